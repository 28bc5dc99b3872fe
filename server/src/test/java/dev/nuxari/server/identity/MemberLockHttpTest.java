package dev.nuxari.server.identity;

import static dev.nuxari.server.testing.TestDatabase.beyondTheWalls;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Role;
import dev.nuxari.platform.ScriptedBrowser;
import dev.nuxari.platform.testing.SharedKeycloak;
import dev.nuxari.server.broker.BrokerAccounts;
import dev.nuxari.server.testing.ManualClock;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestHttp;
import dev.nuxari.server.testing.TestHttp.Answer;
import dev.nuxari.server.testing.TestMember;
import dev.nuxari.server.testing.TestOrganization;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The lock of the real Keycloak, seen and ended by an administrator. */
@ServerTest
@Claim("I5")
class MemberLockHttpTest {
    @Autowired
    TestHttp http;

    @Autowired
    BrokerAccounts accounts;

    @Autowired
    ManualClock clock;

    private TestOrganization organization = TestOrganization.atBroker();

    @BeforeEach
    void givenAnOrganization() {
        organization = TestOrganization.atBroker();
    }

    @AfterEach
    void resetTheClock() {
        clock.reset();
    }

    @Test
    void adminSeesALockAndEndsIt() {
        TestMember member = organization.member(Role.REQUESTER);
        assertThat(lock(member).json().bool("locked")).isFalse();

        failFiveTimes(member);
        assertThat(lock(member).json().bool("locked")).isTrue();

        assertThat(unlock(member).status()).isEqualTo(201);
        assertThat(lock(member).json().bool("locked")).isFalse();
        assertThat(recorded()).containsExactly("member.unlock succeeded");
    }

    @Test
    void lockIsNotEndedAgainAtOnce() {
        TestMember member = organization.member(Role.REQUESTER);
        unlock(member);
        failFiveTimes(member);

        assertThat(unlock(member).problem()).isEqualTo("unlocked-too-soon");
        assertThat(lock(member).json().bool("locked")).isTrue();
        assertThat(unlock(organization.member(Role.APPROVER)).status()).isEqualTo(201);

        clock.advance(MemberLocks.PAUSE);
        assertThat(unlock(member).status()).isEqualTo(201);
        assertThat(lock(member).json().bool("locked")).isFalse();
        assertThat(recorded())
                .containsExactly(
                        "member.unlock succeeded",
                        "member.unlock refused",
                        "member.unlock succeeded",
                        "member.unlock succeeded");
    }

    @Test
    @Claim({"I5", "T1"})
    void memberOfAnotherOrganizationStaysLocked() {
        TestMember foreign = TestOrganization.atBroker().member(Role.REQUESTER);
        failFiveTimes(foreign);

        assertThat(lock(foreign).problem()).isEqualTo("no-such-member");
        assertThat(unlock(foreign).problem()).isEqualTo("no-such-member");

        assertThat(accounts.isLocked(foreign.subject())).isTrue();
    }

    private Answer lock(TestMember member) {
        return asAdmin().get(path(member) + "/lock");
    }

    private Answer unlock(TestMember member) {
        return asAdmin().post(path(member) + "/unlocks", "{}");
    }

    private TestHttp.Session asAdmin() {
        return http.as(organization.member(Role.ADMIN));
    }

    private String path(TestMember member) {
        return "/members/" + member.id();
    }

    private static void failFiveTimes(TestMember member) {
        for (int failure = 0; failure < 5; failure++) {
            var browser = new ScriptedBrowser(ScriptedBrowser.Person.of(member.email(), "wrong-and-long-" + failure));
            assertThatThrownBy(() -> SharedKeycloak.instance().login().signIn(browser, Map.of("scope", "openid")))
                    .isInstanceOf(ScriptedBrowser.SignInRefused.class);
        }
    }

    private List<String> recorded() {
        return beyondTheWalls()
                .sql("SELECT action || ' ' || outcome FROM audit_event WHERE organization_id = ? ORDER BY sequence")
                .param(organization.id().value())
                .query((row, _) -> row.getString(1))
                .list();
    }
}
