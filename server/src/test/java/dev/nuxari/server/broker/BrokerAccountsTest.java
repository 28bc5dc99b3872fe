package dev.nuxari.server.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.Role;
import dev.nuxari.platform.KeycloakAdmin;
import dev.nuxari.platform.KeycloakAdmin.NewUser;
import dev.nuxari.platform.ScriptedBrowser;
import dev.nuxari.platform.testing.SharedKeycloak;
import dev.nuxari.server.api.DependencyDown;
import dev.nuxari.server.testing.ManagedMembers;
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
    private static final String PASSWORD = "correct-horse-battery";
    private static final String PLANTED = "planted-horse-battery";
    private static final Duration HOUR = Duration.ofHours(1);

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

        Map<String, String> first = accounts.takeTogether(organization, List.of(newcomer, again));

        assertThat(first)
                .containsOnlyKeys(newcomer.email(), known.email())
                .containsEntry(known.email(), known.subject());
        assertThat(accounts.takeTogether(organization, List.of(newcomer, again)))
                .isEqualTo(first);
        String made = first.getOrDefault(newcomer.email(), "");
        assertThat(accounts.byEmail(newcomer.email()).map(BrokerAccount::subject))
                .contains(made);
        assertThat(members(organization)).contains(made, known.subject());
        assertThat(realm.get("/users/{id}", known.subject()).object().string("firstName"))
                .isEqualTo("Pia");
        assertThat(accounts.credentials(made)).isEmpty();
    }

    @Test
    @Claim("I3")
    void whomTheOrganizationCannotHaveIsNotLetInWithTheOthers() {
        OrganizationId organization = TestOrganization.atBroker().id();
        OrganizationId other = TestOrganization.atBroker().id();
        NewAccount unverified = somebody();
        BrokerAccount squatter = accounts.ensure(
                new NewAccount(unverified.email(), unverified.givenName(), unverified.familyName(), false));
        NewAccount elsewhere = somebody();
        accounts.take(other, elsewhere);
        NewAccount newcomer = somebody();

        Map<String, String> answered = accounts.takeTogether(organization, List.of(unverified, elsewhere, newcomer));

        assertThat(answered).containsOnlyKeys(newcomer.email());
        assertThat(members(organization))
                .contains(answered.get(newcomer.email()))
                .doesNotContain(squatter.subject());
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
                        .exchange("POST", "/admin/realms/nuxari/nuxari-enrolments/batch", asked.canonical())
                        .status())
                .isEqualTo(403);
        assertThatThrownBy(() -> accounts.takeTogether(new OrganizationId(UUID.randomUUID()), List.of(newcomer)))
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
        keycloak().exchange("POST", "/admin/realms/nuxari/users/" + member.subject() + "/logout", "");
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

    /** Its holder has come from a mail, or the operator has made it: it is theirs, with what opens it. */
    @Test
    void accountThatNobodyHasSpokenForIsTakenAsItIs() {
        NewAccount person = somebody();
        String subject = keycloak().ensureUser("nuxari", new NewUser(person.email(), "Pia", "Person", PASSWORD));
        OrganizationId organization = TestOrganization.atBroker().id();

        assertThat(accounts.take(organization, person)).isEqualTo(new Taking.Taken(subject));

        assertThat(members(organization)).contains(subject);
        assertThat(isLetIn(person.email(), PASSWORD)).isTrue();
    }

    @Test
    void accountOfAnUnverifiedAddressIsNotTaken() {
        NewAccount person = somebody();
        accounts.ensure(new NewAccount(person.email(), "Some", "Body", false));

        assertThat(accounts.take(TestOrganization.atBroker().id(), person))
                .isEqualTo(new Taking.Refused(Taking.Obstacle.ADDRESS_NOT_VERIFIED));
    }

    @Test
    void accountIsMadeAndTakenAtOnce() {
        NewAccount person = somebody();
        OrganizationId organization = TestOrganization.atBroker().id();

        Taking taking = accounts.take(organization, person);

        BrokerAccount made = accounts.byEmail(person.email()).orElseThrow();
        assertThat(taking).isEqualTo(new Taking.Taken(made.subject()));
        assertThat(made.verified()).isTrue();
        assertThat(members(organization)).contains(made.subject());
        assertThat(accounts.take(organization, person)).isEqualTo(taking);
        accounts.leave(organization, made.subject());
        assertThat(accounts.takeAgain(organization, made.subject())).isEqualTo(taking);
        assertThat(members(organization)).contains(made.subject());
    }

    /**
     * Whoever ran the domain before has made an account for the address, and kept a password, a link and a session for it. The
     * victim's organization enrols them: nothing of that opens the account any more.
     */
    @Test
    @Claim({"I1", "T2"})
    void accountThatAnotherOrganizationMadeIsTakenWithoutWhatOpensIt() {
        NewAccount person = somebody();
        OrganizationId attacker = TestOrganization.atBroker().id();
        OrganizationId victim = TestOrganization.atBroker().id();
        String subject = taken(accounts.take(attacker, person));
        plant(subject);
        assertThat(isLetIn(person.email(), PLANTED)).isTrue();

        // As long as it is in the other one, it is that one's: nobody takes people away from each other.
        var refused = new Taking.Refused(Taking.Obstacle.SPOKEN_FOR_ELSEWHERE);
        assertThat(accounts.take(victim, person)).isEqualTo(refused);
        assertThat(accounts.takeAgain(victim, subject)).isEqualTo(refused);
        assertThat(accounts.join(victim, subject)).isEqualTo(refused);
        assertThat(accounts.setUp(victim, subject, List.of("UPDATE_PASSWORD"), HOUR))
                .isEmpty();
        assertThat(isLetIn(person.email(), PLANTED)).isTrue();

        accounts.leave(attacker, subject);
        // A sign-in proves nothing: it may be the planted one.
        assertThat(accounts.join(victim, subject)).isEqualTo(refused);
        assertThat(members(victim)).doesNotContain(subject);
        assertThat(accounts.take(victim, person)).isEqualTo(new Taking.Taken(subject));

        assertThat(members(victim)).contains(subject);
        assertThat(isLetIn(person.email(), PLANTED)).isFalse();
        assertThat(waysIn(subject)).isEmpty();
        assertThat(sessions(subject)).isZero();
        // From now on it is the victim's.
        assertThat(accounts.take(attacker, person)).isEqualTo(refused);
    }

    /** The same for somebody who comes from a mail. */
    @Test
    @Claim({"I4", "T2"})
    void linkForAnAccountThatAnotherOrganizationLetGoTakesAwayWhatOpenedIt() {
        NewAccount person = somebody();
        OrganizationId attacker = TestOrganization.atBroker().id();
        OrganizationId victim = TestOrganization.atBroker().id();
        String subject = taken(accounts.take(attacker, person));
        plant(subject);
        accounts.leave(attacker, subject);

        assertThat(accounts.setUp(victim, subject, List.of("UPDATE_PASSWORD"), HOUR))
                .isPresent();

        assertThat(isLetIn(person.email(), PLANTED)).isFalse();
        assertThat(waysIn(subject)).isEmpty();
        assertThat(members(victim)).contains(subject);
    }

    @Test
    @Claim({"I4", "T2"})
    void nobodySetsUpAnAccountOfAnotherOrganization() {
        OrganizationId other = TestOrganization.atBroker().id();
        OrganizationId organization = TestOrganization.atBroker().id();
        BrokerAccount person = accounts.ensure(somebody());
        accounts.join(other, person.subject());

        assertThat(accounts.setUp(organization, person.subject(), List.of("UPDATE_PASSWORD"), HOUR))
                .isEmpty();

        accounts.leave(other, person.subject());
        assertThat(accounts.setUp(organization, person.subject(), List.of("UPDATE_PASSWORD"), HOUR))
                .isPresent();
    }

    /** What the broker's session stands for in the other organization is not for this one to end. */
    @Test
    @Claim({"I3", "T2"})
    void sessionEndsWithTheLastOrganizationOnly() {
        OrganizationId one = TestOrganization.atBroker().id();
        OrganizationId other = TestOrganization.atBroker().id();
        NewAccount person = somebody();
        String subject = keycloak().ensureUser("nuxari", new NewUser(person.email(), "Pia", "Person", PASSWORD));
        accounts.join(one, subject);
        accounts.join(other, subject);
        SharedKeycloak.instance()
                .login()
                .signIn(
                        new ScriptedBrowser(ScriptedBrowser.Person.of(person.email(), PASSWORD)),
                        Map.of("scope", "openid"));
        assertThat(sessions(subject)).isOne();

        accounts.leave(one, subject);
        assertThat(sessions(subject)).isOne();
        assertThat(members(other)).contains(subject);

        accounts.leave(other, subject);
        assertThat(sessions(subject)).isZero();
    }

    /** Of Keycloak's managed members the account goes with the membership; earlier versions made those. */
    @Test
    void managedMemberKeepsTheAccountWhenLetGo() {
        OrganizationId organization = TestOrganization.atBroker().id();
        String subject = taken(accounts.take(organization, somebody()));
        ManagedMembers.make(subject);

        accounts.leave(organization, subject);

        assertThat(members(organization)).doesNotContain(subject);
        assertThat(accounts.bySubject(subject)).isPresent();
    }

    @Test
    void nobodyButTheServerLetsAccountsInOrOut() {
        for (String path : List.of("/nuxari-enrolments", "/nuxari-account-setups")) {
            assertThat(keycloak()
                            .exchange("POST", "/admin/realms/nuxari" + path, "{}")
                            .status())
                    .isEqualTo(403);
            assertThat(keycloak()
                            .exchange(
                                    "DELETE",
                                    "/admin/realms/nuxari" + path + "/" + UUID.randomUUID() + "/" + UUID.randomUUID(),
                                    "")
                            .status())
                    .isEqualTo(403);
        }
    }

    private static String taken(Taking taking) {
        return taking instanceof Taking.Taken(String subject) ? subject : "";
    }

    private static KeycloakAdmin keycloak() {
        return SharedKeycloak.instance().admin();
    }

    private static String user(String subject, String more) {
        return "/admin/realms/nuxari/users/" + subject + more;
    }

    private static void plant(String subject) {
        String password = Json.object("type", "password", "value", PLANTED, "temporary", false)
                .canonical();
        assertThat(keycloak()
                        .exchange("PUT", user(subject, "/reset-password"), password)
                        .status())
                .isEqualTo(204);
    }

    private static List<String> waysIn(String subject) {
        return keycloak().list(user(subject, "/credentials")).stream()
                .map(one -> one.string("type"))
                .toList();
    }

    private static int sessions(String subject) {
        return keycloak().list(user(subject, "/sessions")).size();
    }

    private static boolean isLetIn(String email, String password) {
        try {
            SharedKeycloak.instance()
                    .login()
                    .signIn(new ScriptedBrowser(ScriptedBrowser.Person.of(email, password)), Map.of("scope", "openid"));
            return true;
        } catch (ScriptedBrowser.SignInRefused _) {
            return false;
        }
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
