package dev.nuxari.server.requests;

import static dev.nuxari.server.requests.RequestFixtures.ACCOUNT;
import static dev.nuxari.server.requests.RequestFixtures.WIKI;
import static dev.nuxari.server.requests.RequestFixtures.anyAccount;
import static dev.nuxari.server.requests.RequestFixtures.asked;
import static dev.nuxari.server.requests.RequestFixtures.disable;
import static dev.nuxari.server.requests.RequestFixtures.grant;
import static dev.nuxari.server.requests.RequestFixtures.revoke;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Risk;
import dev.nuxari.server.access.Account;
import dev.nuxari.server.access.Account.State;
import dev.nuxari.server.access.Standing;
import dev.nuxari.server.requests.RequestFixtures.Asked;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestRuleTest {
    @Test
    void ownAccountMayBeGivenWhatItDoesNotHold() {
        assertThat(refusals(asked(grant()))).isEmpty();
    }

    @Test
    void unknownEntitlementCannotBeAskedFor() {
        assertThat(refusals(asked(grant()).entitlement(null))).containsExactly(RequestRefusal.NO_SUCH_ENTITLEMENT);
    }

    @Test
    void unknownAccountCannotBeNamed() {
        assertThat(refusals(asked(grant(ACCOUNT.id())).on())).containsExactly(RequestRefusal.NO_SUCH_ACCOUNT);
    }

    @Test
    void whoeverHasNoAccountInTheSystemHasToNameOne() {
        assertThat(refusals(asked(grant()).on())).containsExactly(RequestRefusal.NO_ACCOUNT_IN_SYSTEM);
    }

    @Test
    void whoeverHasSeveralAccountsInTheSystemHasToNameOne() {
        assertThat(refusals(asked(grant()).on(ACCOUNT, anyAccount())))
                .containsExactly(RequestRefusal.SEVERAL_ACCOUNTS_IN_SYSTEM);
    }

    @Test
    void accessOfOthersNeedsARoleThatMayAskForIt() {
        Asked foreign = asked(grant(ACCOUNT.id())).ofSomebodyElse();

        assertThat(refusals(foreign)).containsExactly(RequestRefusal.NOT_PERMITTED);
        assertThat(refusals(foreign.byApprover())).isEmpty();
    }

    @Test
    void nothingIsSaidAboutAnAccountThatTheCallerMayNotAskAbout() {
        Asked foreign = asked(grant(ACCOUNT.id()))
                .on(RequestFixtures.in(State.DISABLED))
                .ofSomebodyElse()
                .standing(new Standing(true, true));

        assertThat(refusals(foreign)).containsExactly(RequestRefusal.NOT_PERMITTED);
    }

    @Test
    void entitlementAndAccountBelongToOneSystem() {
        assertThat(refusals(asked(grant(ACCOUNT.id())).on(RequestFixtures.ofAnotherSystem())))
                .containsExactly(RequestRefusal.ENTITLEMENT_OF_ANOTHER_SYSTEM);
    }

    @Test
    void whatVanishedFromTheSystemIsNotAskedFor() {
        assertThat(refusals(asked(grant()).entitlement(RequestFixtures.vanished(WIKI))))
                .containsExactly(RequestRefusal.ENTITLEMENT_ABSENT);
        assertThat(refusals(asked(grant()).on(RequestFixtures.in(State.ABSENT))))
                .containsExactly(RequestRefusal.ACCOUNT_ABSENT);
    }

    @Test
    void disabledAccountIsGivenNothingButMayLoseWhatItHolds() {
        Account disabled = RequestFixtures.in(State.DISABLED);
        Standing held = new Standing(true, true);

        assertThat(refusals(asked(grant()).on(disabled))).containsExactly(RequestRefusal.ACCOUNT_DISABLED);
        assertThat(refusals(asked(disable(ACCOUNT.id())).on(disabled)))
                .containsExactly(RequestRefusal.ACCOUNT_DISABLED);
        assertThat(refusals(asked(revoke()).on(disabled).standing(held))).isEmpty();
    }

    @Test
    void whatIsHeldByBothBooksIsNotAskedForAgain() {
        assertThat(refusals(asked(grant()).standing(new Standing(true, true))))
                .containsExactly(RequestRefusal.ALREADY_HELD);
    }

    @Test
    void whatIsHeldByNeitherBookIsNotTakenAway() {
        assertThat(refusals(asked(revoke()).standing(new Standing(false, false))))
                .containsExactly(RequestRefusal.NOT_HELD);
    }

    @Test
    void driftCanBeSettledEitherWay() {
        for (Standing drift : List.of(new Standing(true, false), new Standing(false, true))) {
            assertThat(refusals(asked(grant()).standing(drift))).isEmpty();
            assertThat(refusals(asked(revoke()).standing(drift))).isEmpty();
        }
    }

    @Test
    void takingAccessAwayIsLessDangerousThanGivingIt() {
        Asked critical = asked(grant()).entitlement(RequestFixtures.with(WIKI, Risk.CRITICAL));

        assertThat(critical.circumstances().risk()).isEqualTo(Risk.CRITICAL);
        assertThat(asked(revoke())
                        .entitlement(RequestFixtures.with(WIKI, Risk.CRITICAL))
                        .circumstances()
                        .risk())
                .isEqualTo(Risk.LOW);
        assertThat(asked(disable(ACCOUNT.id())).circumstances().risk()).isEqualTo(Risk.MEDIUM);
    }

    private static List<RequestRefusal> refusals(Asked asked) {
        return RequestRule.firstViolated(asked.circumstances()).stream().toList();
    }
}
