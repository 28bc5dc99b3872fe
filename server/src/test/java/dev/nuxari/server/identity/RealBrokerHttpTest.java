package dev.nuxari.server.identity;

import static dev.nuxari.server.testing.TestDatabase.beyondTheWalls;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.platform.KeycloakAdmin;
import dev.nuxari.platform.KeycloakAdmin.NewUser;
import dev.nuxari.platform.OneTimePassword;
import dev.nuxari.platform.ScriptedBrowser;
import dev.nuxari.platform.testing.SharedKeycloak;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestDatabase;
import dev.nuxari.server.testing.TestHttp;
import dev.nuxari.server.testing.TestHttp.Answer;
import java.net.URI;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** What the real Keycloak signs, and what the server makes of it: both are asked here, and nothing stands for either. */
@ServerTest
@Claim({"I2", "I6"})
class RealBrokerHttpTest {
    private static final String PASSWORD = "correct-horse-battery";
    private static final String REALM = "nuxari";
    private static final String ME = "/api/v1/me";

    @Autowired
    TestHttp http;

    private final KeycloakAdmin broker = SharedKeycloak.instance().admin();
    private final JdbcClient provisioner = JdbcClient.create(TestDatabase.as("nuxari_provisioner"));
    private String organization = "";
    private ScriptedBrowser browser = new ScriptedBrowser(ScriptedBrowser.Person.of("", ""));

    @DynamicPropertySource
    static void realBroker(DynamicPropertyRegistry settings) {
        settings.add("nuxari.oidc.issuer", () -> SharedKeycloak.instance().issuer());
        settings.add("nuxari.oidc.client-secret", () -> SharedKeycloak.CONSOLE_SECRET);
        settings.add("nuxari.public.base-url", () -> SharedKeycloak.BASE_URL);
    }

    /** Each test has an organization and a person of its own: Keycloak takes a code once, and remembers who signed in. */
    @BeforeEach
    void givenOwnerWithASecondFactor(TestInfo test) {
        String alias = test.getTestMethod().orElseThrow().getName().toLowerCase(Locale.ROOT);
        String email = "owner@" + alias + ".example";
        var factor = new OneTimePassword("a-shared-secret-of-" + alias, InstantSource.system());
        organization = broker.ensureOrganization(REALM, alias, alias, alias + ".example");
        String subject = broker.ensureUser(REALM, new NewUser(email, "Olga", "Owner", PASSWORD), factor);
        broker.ensureMember(REALM, organization, subject);
        provisioner
                .sql("SELECT provision_organization(?, ?, ?)")
                .params(UUID.fromString(organization), alias, alias)
                .query((_, _) -> alias)
                .single();
        provisioner
                .sql("SELECT provision_member(?, ?, ?, 'Olga Owner', 'owner')")
                .params(UUID.fromString(organization), subject, email)
                .query((_, _) -> alias)
                .single();
        browser = new ScriptedBrowser(ScriptedBrowser.Person.of(email, PASSWORD).with(factor));
    }

    @Test
    void passwordIsNoSecondFactor() {
        TestHttp.Session password = http.withToken(token(Map.of()));
        assertThat(password.get(ME).json().string("acr")).isEqualTo("pwd");

        demand("mfa_required = 'privileged'");

        assertThat(password.get(ME).problem()).isEqualTo("mfa-required");
        TestHttp.Session both = http.withToken(token(Map.of("acr_values", "mfa")));
        assertThat(both.get(ME).json().string("acr")).isEqualTo("mfa");
    }

    @Test
    void methodIsTheOneThatWasUsed() {
        TestHttp.Session password = http.withToken(token(Map.of()));

        demand("login_methods = '{password}'");
        assertThat(password.get(ME).status()).isEqualTo(200);
        demand("login_methods = '{oidc,saml,passkey}'");
        assertThat(password.get(ME).problem()).isEqualTo("login-method-not-allowed");
    }

    @Test
    void sensitiveActionTakesAStepUp() {
        demand("step_up_age = '10 minutes'");
        String export = "/api/v1/organizations/" + organization + "/audit-events/export";

        assertThat(http.withToken(token(Map.of())).get(export).problem()).isEqualTo("step-up-required");
        assertThat(http.withToken(token(Map.of("acr_values", "mfa", "max_age", "300")))
                        .get(export)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void browserIsKeptOutBeforeItHasASessionAndComesInWithTheFactor() {
        demand("mfa_required = 'everybody'");

        Answer refused = signIn("/login/start");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body()).contains("Your organization asks you for a second factor", "/login/start?acr=mfa");
        assertThat(refused.response().headers().allValues("Set-Cookie")).noneMatch(c -> c.startsWith("nuxari_session"));

        Answer end = signIn("/login/start?acr=mfa");
        assertThat(end.status()).isEqualTo(302);
        Answer me =
                http.anonymous().with("Cookie", end.cookie("nuxari_session")).get(ME);
        assertThat(me.json().string("acr")).isEqualTo("mfa");
        assertThat(recorded()).isEqualTo("password mfa");
    }

    private String token(Map<String, String> asked) {
        Map<String, String> all = new HashMap<>(asked);
        all.put("scope", "openid organization");
        return SharedKeycloak.instance().login().signIn(browser, all).accessToken();
    }

    /** The broker sends the browser to where the server says it is; the port is another one here. */
    private Answer signIn(String path) {
        Answer start = http.anonymous().get(path);
        URI back = browser.walk(
                URI.create(start.header("Location").orElseThrow()),
                address -> address.toString().startsWith(SharedKeycloak.BASE_URL));
        return http.anonymous()
                .with("Cookie", start.cookie("nuxari_login"))
                .get(back.getPath() + "?" + back.getRawQuery());
    }

    private void demand(String change) {
        beyondTheWalls()
                .sql("UPDATE identity_policy SET " + change + ", version = version + 1 WHERE organization_id = ?")
                .param(UUID.fromString(organization))
                .update();
    }

    private String recorded() {
        return beyondTheWalls()
                .sql("SELECT login_method || ' ' || acr FROM session WHERE organization_id = ?")
                .param(UUID.fromString(organization))
                .query((row, _) -> String.valueOf(row.getString(1)))
                .single();
    }
}
