package dev.nuxari.server.identity;

import static dev.nuxari.server.testing.TestDatabase.beyondTheWalls;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Role;
import dev.nuxari.platform.KeycloakAdmin;
import dev.nuxari.platform.ScriptedBrowser;
import dev.nuxari.platform.testing.SharedKeycloak;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestBroker;
import dev.nuxari.server.testing.TestHttp;
import dev.nuxari.server.testing.TestHttp.Answer;
import dev.nuxari.server.testing.TestMember;
import dev.nuxari.server.testing.TestOrganization;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What somebody signs in with, at the real Keycloak: they see it, and take it away. */
@ServerTest
@Claim({"I2", "I6"})
class OwnCredentialsHttpTest {
    private static final String CREDENTIALS = "/api/v1/me/credentials";
    private static final String REMOVALS = CREDENTIALS + "/removals";
    private static final String USERS = "/admin/realms/nuxari/users/";
    private static final String SECRET = "a-secret-that-nobody-sees";

    @Autowired
    TestHttp http;

    private final KeycloakAdmin broker = SharedKeycloak.instance().admin();
    private TestOrganization organization = TestOrganization.atBroker();
    private TestMember member = organization.member(Role.REQUESTER);

    @BeforeEach
    void givenSomebodyAtTheBroker() {
        organization = TestOrganization.atBroker();
        member = organization.member(Role.REQUESTER);
    }

    @Test
    void personSeesWithWhatTheySignInAndNoSecret() {
        has(totp("My phone"), passkey("Blue key"));

        Answer answer = http.as(member).get(CREDENTIALS);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.items().stream()
                        .map(one -> one.string("kind") + " "
                                + one.optionalString("label").orElse("-") + " " + one.bool("removable")))
                .containsExactlyInAnyOrder("password - false", "totp My phone true", "passkey Blue key true");
        assertThat(answer.body()).contains("createdAt").doesNotContain(SECRET, "secretData", "credentialData");
        assertThat(http.anonymous().get(CREDENTIALS).problem()).isEqualTo("unauthenticated");
    }

    @Test
    void removedOneIsGoneAndWhoeverElseIsSignedInIsNotAnyMore() {
        signInAtBroker();
        String elsewhere = brokerSessions().getFirst();
        signInAtBroker();
        String here = brokerSessions().stream()
                .filter(one -> !one.equals(elsewhere))
                .findFirst()
                .orElseThrow();
        has(totp("My phone"), passkey("Blue key"));
        TestHttp.Session other = http.browserOf(member);
        TestHttp.Session browser = http.browserOf(member);
        beganWith(here);

        Answer left = browser.post(REMOVALS, removal("passkey"));

        assertThat(left.status()).as(left.body()).isEqualTo(201);
        assertThat(kinds(left)).containsExactlyInAnyOrder("password", "totp");
        assertThat(kinds(browser.get(CREDENTIALS))).containsExactlyInAnyOrder("password", "totp");
        assertThat(other.get(CREDENTIALS).problem()).isEqualTo("unauthenticated");
        assertThat(brokerSessions()).containsExactly(here);
        assertThat(recorded()).containsExactly("credential.remove succeeded passkey 1");
    }

    @Test
    void lastFactorStaysWhereOneIsDemanded() {
        has(totp("My phone"), passkey("Blue key"));
        demand("mfa_required = 'everybody'");
        TestHttp.Session both = withFactor();

        assertThat(both.post(REMOVALS, removal("passkey")).status()).isEqualTo(201);
        assertThat(both.post(REMOVALS, removal("totp")).problem()).isEqualTo("last-second-factor");

        assertThat(kinds(both.get(CREDENTIALS))).contains("totp");
        demand("mfa_required = 'privileged'");
        assertThat(both.post(REMOVALS, removal("totp")).status()).isEqualTo(201);
        assertThat(recorded())
                .containsExactly(
                        "credential.remove succeeded passkey 0",
                        "credential.remove refused last-second-factor",
                        "credential.remove succeeded totp 0");
    }

    @Test
    void onlyWayInStays() {
        has(totp("My phone"), passkey("Blue key"));
        String password = id("password");
        assertThat(broker.exchange("DELETE", USERS + member.subject() + "/credentials/" + password, "")
                        .status())
                .isEqualTo(204);

        assertThat(http.as(member).post(REMOVALS, removal("passkey")).problem()).isEqualTo("last-way-in");
        assertThat(http.as(member).post(REMOVALS, removal("totp")).status()).isEqualTo(201);
    }

    @Test
    void passwordAndWhatIsSomebodyElsesIsNotRemoved() {
        TestMember other = organization.member(Role.ADMIN);
        has(totp("My phone"));
        String theirs = id("totp");

        for (String id : List.of(id("password"), UUID.randomUUID().toString(), "../../users")) {
            assertThat(http.as(member).post(REMOVALS, body(id)).problem()).isEqualTo("no-such-credential");
        }
        assertThat(http.as(other).post(REMOVALS, body(theirs)).problem()).isEqualTo("no-such-credential");

        assertThat(id("totp")).isEqualTo(theirs);
        assertThat(kinds(http.as(other).get(CREDENTIALS))).containsExactly("password");
    }

    @Test
    void removingTakesAStepUpWhereTheOrganizationAsksForOne() {
        has(totp("My phone"), passkey("Blue key"));
        demand("step_up_age = '10 minutes'");

        assertThat(http.as(member).post(REMOVALS, removal("totp")).problem()).isEqualTo("step-up-required");
        assertThat(kinds(http.as(member).get(CREDENTIALS))).contains("totp");
        assertThat(withFactor().post(REMOVALS, removal("totp")).status()).isEqualTo(201);
    }

    private TestHttp.Session withFactor() {
        return http.withToken(TestBroker.instance().token(member, claims -> claims.claim("acr", "mfa")));
    }

    private void has(Json.Obj... credentials) {
        Json.Obj user = Json.parseObject(
                broker.exchange("GET", USERS + member.subject(), "").body());
        assertThat(broker.exchange(
                                "PUT",
                                USERS + member.subject(),
                                user.with("credentials", Arrays.asList(credentials))
                                        .canonical())
                        .status())
                .isEqualTo(204);
    }

    private static Json.Obj totp(String label) {
        return Json.object(
                "type",
                "otp",
                "userLabel",
                label,
                "secretData",
                Json.object("value", SECRET).canonical(),
                "credentialData",
                Json.object("subType", "totp", "digits", 6, "period", 30, "algorithm", "HmacSHA1", "counter", 0)
                        .canonical());
    }

    private static Json.Obj passkey(String label) {
        return Json.object(
                "type",
                "webauthn-passwordless",
                "userLabel",
                label,
                "secretData",
                "{}",
                "credentialData",
                Json.object(
                                "aaguid", "00000000-0000-0000-0000-000000000000",
                                "credentialId", "AAAA",
                                "counter", 0,
                                "credentialPublicKey", "AAAA")
                        .canonical());
    }

    private void signInAtBroker() {
        var browser = new ScriptedBrowser(ScriptedBrowser.Person.of(member.email(), "correct-horse-battery"));
        SharedKeycloak.instance().login().signIn(browser, Map.of("scope", "openid"));
    }

    private List<String> brokerSessions() {
        return broker.list(USERS + member.subject() + "/sessions").stream()
                .map(one -> one.string("id"))
                .toList();
    }

    /** The newest session of the person, which the stand-in for the broker has signed them in to. */
    private void beganWith(String brokerSession) {
        beyondTheWalls().sql("""
                UPDATE session SET broker_session = ?
                WHERE session_id = (SELECT max(session_id::text)::uuid FROM session WHERE member_id = ?)
                """).params(brokerSession, member.id().value()).update();
    }

    private String removal(String kind) {
        return body(id(kind));
    }

    private static String body(String id) {
        return "{'credentialId': '" + id + "'}";
    }

    private String id(String kind) {
        String type = Map.of("password", "password", "totp", "otp", "passkey", "webauthn-passwordless")
                .get(kind);
        return broker.list(USERS + member.subject() + "/credentials").stream()
                .filter(one -> one.string("type").equals(type))
                .map(one -> one.string("id"))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> kinds(Answer answer) {
        return answer.items().stream().map(one -> one.string("kind")).toList();
    }

    private void demand(String change) {
        beyondTheWalls()
                .sql("UPDATE identity_policy SET " + change + ", version = version + 1 WHERE organization_id = ?")
                .param(organization.id().value())
                .update();
    }

    private List<String> recorded() {
        return beyondTheWalls()
                .sql("""
                SELECT convert_from(leaf, 'UTF8')
                FROM audit_event WHERE organization_id = ? AND action = 'credential.remove' ORDER BY sequence
                """)
                .param(organization.id().value())
                .query((row, _) -> Json.parseObject(row.getString(1)))
                .list()
                .stream()
                .map(event -> "credential.remove " + event.string("outcome") + " " + what(event.object("metadata")))
                .toList();
    }

    private static String what(Json.Obj metadata) {
        return metadata.optionalString("refusal")
                .orElseGet(() -> metadata.string("kind") + " " + metadata.integer("sessionsEnded"));
    }
}
