package dev.nuxari.server.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.Role;
import dev.nuxari.platform.KeycloakAdmin;
import dev.nuxari.platform.ScriptedBrowser;
import dev.nuxari.platform.testing.SharedKeycloak;
import dev.nuxari.server.api.DependencyDown;
import dev.nuxari.server.testing.ManualClock;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestMember;
import dev.nuxari.server.testing.TestOrganization;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;

/** The server's own client at the real Keycloak: what it may do there, and what it may not. */
@ServerTest
@Claim("I1")
class BrokerAccountsTest {
    @Autowired
    BrokerAccounts accounts;

    @Autowired
    RealmAdministration realm;

    @Autowired
    ManualClock clock;

    @AfterEach
    void resetTheClock() {
        clock.reset();
    }

    private static NewAccount somebody() {
        return new NewAccount("p" + UUID.randomUUID() + "@people.example", "Pia", "Person", true);
    }

    @Test
    void accountIsMadeOnce() {
        NewAccount wanted = somebody();

        BrokerAccount made = accounts.ensure(wanted);

        assertThat(accounts.ensure(wanted)).isEqualTo(made);
        assertThat(accounts.byEmail(wanted.email())).contains(made);
        assertThat(accounts.bySubject(made.subject())).contains(made);
        assertThat(accounts.byEmail("nobody" + wanted.email())).isEmpty();
        assertThat(accounts.bySubject(UUID.randomUUID().toString())).isEmpty();
    }

    @Test
    void whoJoinsIsThereAndWhoLeavesIsNot() {
        OrganizationId organization = TestOrganization.atBroker().id();
        BrokerAccount person = accounts.ensure(somebody());

        accounts.join(organization, person.subject());
        accounts.join(organization, person.subject());
        assertThat(members(organization)).contains(person.subject());

        accounts.leave(organization, person.subject());
        accounts.leave(organization, person.subject());
        assertThat(members(organization)).doesNotContain(person.subject());
        assertThat(accounts.bySubject(person.subject())).contains(person);
    }

    @Test
    @Claim("I3")
    void manyComeInTogetherAndWhoIsThereStaysWhoTheyAre() {
        OrganizationId organization = TestOrganization.atBroker().id();
        BrokerAccount known = accounts.ensure(somebody());
        NewAccount newcomer = somebody();
        NewAccount again = new NewAccount(known.email(), "Other", "Name", true);

        List<BrokerAccount> first = accounts.enrol(organization, List.of(newcomer, again));

        assertThat(first).extracting(BrokerAccount::email).containsExactly(newcomer.email(), known.email());
        assertThat(first).contains(known);
        assertThat(accounts.enrol(organization, List.of(newcomer, again))).isEqualTo(first);
        assertThat(accounts.byEmail(newcomer.email())).contains(first.getFirst());
        assertThat(members(organization)).contains(first.getFirst().subject(), known.subject());
        assertThat(realm.get("/users/{id}", known.subject()).object().string("firstName"))
                .isEqualTo("Pia");
        assertThat(accounts.credentials(first.getFirst().subject())).isEmpty();
    }

    @Test
    @Claim("I3")
    void accountWhoseAddressNobodyHasVerifiedIsNotLetInWithTheOthers() {
        OrganizationId organization = TestOrganization.atBroker().id();
        NewAccount taken = somebody();
        BrokerAccount squatter =
                accounts.ensure(new NewAccount(taken.email(), taken.givenName(), taken.familyName(), false));
        NewAccount newcomer = somebody();

        List<BrokerAccount> answered = accounts.enrol(organization, List.of(taken, newcomer));

        assertThat(answered.getFirst()).isEqualTo(squatter);
        assertThat(answered.getFirst().verified()).isFalse();
        assertThat(members(organization)).contains(answered.getLast().subject()).doesNotContain(squatter.subject());
    }

    @Test
    void whomTheBrokerWouldNotHaveIsLeftOutAndTheOthersComeIn() {
        OrganizationId organization = TestOrganization.atBroker().id();
        NewAccount newcomer = somebody();
        NewAccount odd = new NewAccount(somebody().email(), "<script>", "Person", true);

        assertThat(accounts.enrol(organization, List.of(odd, newcomer)))
                .extracting(BrokerAccount::email)
                .containsExactly(newcomer.email());
        assertThat(accounts.byEmail(odd.email())).isEmpty();
    }

    @Test
    @Claim("I3")
    void nobodyButTheServerLetsPeopleInTogether() {
        TestOrganization organization = TestOrganization.atBroker();
        NewAccount newcomer = somebody();
        Json.Obj asked = Json.object(
                "organization",
                organization.id().toString(),
                "people",
                List.of(Json.object("email", newcomer.email())));

        assertThat(SharedKeycloak.instance()
                        .admin()
                        .exchange("POST", "/admin/realms/nuxari/nuxari-enrolments", asked.canonical())
                        .status())
                .isEqualTo(403);
        assertThatThrownBy(() -> accounts.enrol(new OrganizationId(UUID.randomUUID()), List.of(newcomer)))
                .isInstanceOf(DependencyDown.class)
                .hasMessageContaining("404");
        assertThat(accounts.byEmail(newcomer.email())).isEmpty();
    }

    @Test
    void lockedOutAfterFiveFailuresUntilUnlocked() {
        TestMember member = TestOrganization.atBroker().member(Role.REQUESTER);
        assertThat(accounts.isLocked(member.subject())).isFalse();

        for (int failure = 0; failure < 5; failure++) {
            fail(member.email());
        }
        assertThat(accounts.isLocked(member.subject())).isTrue();

        accounts.unlock(member.subject());
        assertThat(accounts.isLocked(member.subject())).isFalse();
        accounts.signOut(member.subject());
    }

    @Test
    void tokenIsRenewedWhenItHasExpiredOrIsNotAccepted() {
        NewAccount wanted = somebody();
        BrokerAccount made = accounts.ensure(wanted);

        clock.advance(Duration.ofHours(1));

        assertThat(accounts.byEmail(wanted.email())).contains(made);
    }

    /** Its rights are those over people, organizations and identity providers; the realm's rules are not among them. */
    @Test
    void serverMayNotRewriteTheRealm() {
        assertThatThrownBy(() -> realm.send(HttpMethod.PUT, Json.object("registrationAllowed", true), "")
                        .expected("let everybody in"))
                .isInstanceOf(DependencyDown.class)
                .hasMessageContaining("403");
        assertThat(realm.get("/clients/{id}", UUID.randomUUID()).status().value())
                .isEqualTo(403);
    }

    private static List<String> members(OrganizationId organization) {
        KeycloakAdmin admin = SharedKeycloak.instance().admin();
        return admin.list("/admin/realms/nuxari/organizations/" + organization + "/members").stream()
                .map(member -> member.string("id"))
                .toList();
    }

    private static void fail(String email) {
        var browser = new ScriptedBrowser(ScriptedBrowser.Person.of(email, "not-the-password-" + email));
        assertThatThrownBy(() -> SharedKeycloak.instance().login().signIn(browser, Map.of("scope", "openid")))
                .isInstanceOf(ScriptedBrowser.SignInRefused.class);
    }
}
