package dev.nuxari.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.platform.testing.SharedKeycloak;
import dev.nuxari.platform.testing.SharedPostgres;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class KeycloakTest {
    private static final String PASSWORD = "correct-horse-battery";

    private static String initech = "";
    private static String alice = "";

    @BeforeAll
    static void makeAnOrganizationWithAMember() {
        initech = admin().ensureOrganization("nuxari", "initech", "Initech", "initech.example");
        alice = admin().ensureUser("nuxari", person("alice@initech.example"));
        admin().ensureMember("nuxari", initech, alice);
    }

    @Test
    void accessTokenCarriesWhatTheServerDecidesOn() {
        Json.Obj claims = claims(login().signIn(ScriptedBrowser.Person.of("alice@initech.example", PASSWORD), "openid")
                .accessToken());

        assertThat(claims.string("sub")).isEqualTo(alice);
        assertThat(claims.string("iss")).isEqualTo(SharedKeycloak.instance().issuer());
        assertThat(claims.object("organization").object("initech").string("id")).isEqualTo(initech);
        assertThat(claims.string("acr")).isEqualTo("pwd");
        assertThat(claims.strings("amr")).containsExactly("pwd");
        assertThat(claims.integer("auth_time")).isPositive();
        assertThat(claims.string("aud")).isEqualTo("nuxari-api");
        assertThat(claims.string("azp")).isEqualTo("nuxari-cli");
        assertThat(claims.string("email")).isEqualTo("alice@initech.example");
        assertThat(claims.string("name")).isEqualTo("Alice Example");
        assertThat(claims.integer("exp") - claims.integer("iat")).isEqualTo(900);
        assertThat(claims.has("realm_access")).isFalse();
    }

    @Test
    void memberOfSeveralOrganizationsChoosesOne() {
        String umbrella = admin().ensureOrganization("nuxari", "umbrella", "Umbrella", "umbrella.example");
        String bob = admin().ensureUser("nuxari", person("bob@initech.example"));
        admin().ensureMember("nuxari", initech, bob);
        admin().ensureMember("nuxari", umbrella, bob);

        Json.Obj claims = claims(
                login().signIn(new ScriptedBrowser.Person("bob@initech.example", PASSWORD, Optional.of("umbrella")))
                        .accessToken());

        assertThat(claims.object("organization").members()).containsOnlyKeys("umbrella");
        assertThat(claims.object("organization").object("umbrella").string("id"))
                .isEqualTo(umbrella);
    }

    @Test
    @Claim("I1")
    void signInWithoutPkceIsRefused() {
        assertThatThrownBy(
                        () -> login().authorize(ScriptedBrowser.Person.of("alice@initech.example", PASSWORD), Map.of()))
                .isInstanceOf(ScriptedBrowser.SignInRefused.class)
                .hasMessageContaining("code_challenge");
        assertThatThrownBy(() -> login().authorize(
                                ScriptedBrowser.Person.of("alice@initech.example", PASSWORD),
                                Map.of("code_challenge", "x".repeat(43), "code_challenge_method", "plain")))
                .isInstanceOf(ScriptedBrowser.SignInRefused.class)
                .hasMessageContaining("code challenge method");
    }

    @Test
    @Claim("I4")
    void nobodyRegistersThemselves() {
        HttpResponse<String> answer =
                Http.send(Http.request(URI.create(SharedKeycloak.instance().issuer()
                                + "/protocol/openid-connect/registrations?client_id=nuxari-cli&response_type=code"
                                + "&scope=openid&redirect_uri=http://127.0.0.1/callback"
                                + "&code_challenge_method=S256&code_challenge=" + "x".repeat(43)))
                        .build());

        assertThat(answer.statusCode()).isGreaterThanOrEqualTo(400);
    }

    @Test
    void wrongPasswordIsRefused() {
        assertThatThrownBy(() -> login().signIn("alice@initech.example", "not-the-password"))
                .isInstanceOf(ScriptedBrowser.SignInRefused.class)
                .hasMessageContaining("Invalid");
    }

    @Test
    void levelMfaAsksForTheSecondFactor() {
        assertThatThrownBy(() -> login().authorize(
                                ScriptedBrowser.Person.of("alice@initech.example", PASSWORD),
                                Map.of(
                                        "acr_values",
                                        "mfa",
                                        "code_challenge",
                                        "x".repeat(43),
                                        "code_challenge_method",
                                        "S256")))
                .isInstanceOf(ScriptedBrowser.SignInRefused.class)
                .hasMessageContaining("totp");
    }

    @Test
    @Claim("I2")
    void secondFactorIsAskedForAndSigned() {
        ScriptedBrowser browser = browserWithFactor("dora@initech.example");
        Json.Obj password =
                claims(login().signIn(browser, Map.of("scope", "openid")).accessToken());
        Json.Obj both = claims(login().signIn(browser, Map.of("scope", "openid", "acr_values", "mfa"))
                .accessToken());

        assertThat(password.string("acr")).isEqualTo("pwd");
        assertThat(both.string("acr")).isEqualTo("mfa");
        assertThat(both.strings("amr")).containsExactlyInAnyOrder("pwd", "otp");
        assertThat(both.has("identity_provider")).isFalse();
        assertThat(both.has("login_method")).isFalse();
    }

    /** The broker says mfa to whoever asks for less afterwards; when that was, it says as well, and only that counts. */
    @Test
    @Claim("I2")
    void secondFactorIsNoYoungerForASignInThatDidNotAskForIt() {
        ScriptedBrowser browser = browserWithFactor("emil@initech.example");
        Json.Obj shown = claims(login().signIn(browser, Map.of("scope", "openid", "acr_values", "mfa"))
                .accessToken());
        awaitSecondAfter(shown.integer("auth_time"));
        Json.Obj later =
                claims(login().signIn(browser, Map.of("scope", "openid")).accessToken());
        Json.Obj again = claims(login().signIn(browser, Map.of("scope", "openid", "prompt", "login"))
                .accessToken());

        assertThat(shown.string("acr")).isEqualTo("mfa");
        assertThat(later.string("acr")).isEqualTo("mfa");
        assertThat(later.integer("auth_time")).isEqualTo(shown.integer("auth_time"));
        assertThat(again.integer("auth_time")).isGreaterThan(shown.integer("auth_time"));
        assertThat(again.string("acr")).isEqualTo("pwd");
    }

    /** The broker's clock is that of this machine, and it signs whole seconds. */
    private static void awaitSecondAfter(long second) {
        while (InstantSource.system().instant().getEpochSecond() <= second) {
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }

    @Test
    @Claim("I6")
    void signInByAnotherIdentityProviderSaysByWhichAndOfWhatKind() {
        ForeignProvider provider = ForeignProvider.in(SharedKeycloak.instance(), "initech-sso");
        String email = provider.ensureUser("fritz");

        Json.Obj claims = claims(login().signIn(
                        new ScriptedBrowser(ScriptedBrowser.Person.of(email, PASSWORD)),
                        Map.of("scope", "openid", "kc_idp_hint", provider.alias()))
                .accessToken());

        assertThat(claims.string("identity_provider")).isEqualTo("initech-sso");
        assertThat(claims.string("login_method")).isEqualTo("oidc");
        assertThat(claims.strings("amr")).doesNotContain("pwd");
        assertThat(claims.string("acr")).isEqualTo("pwd");
    }

    private static ScriptedBrowser browserWithFactor(String email) {
        var factor = new OneTimePassword("a-shared-secret-of-" + email, InstantSource.system());
        admin().ensureUser("nuxari", person(email), factor);
        return new ScriptedBrowser(ScriptedBrowser.Person.of(email, PASSWORD).with(factor));
    }

    @Test
    void flowForBrokeredLoginsEndsWithTheTermsOfTheOrganization() {
        assertThat(admin().list("/admin/realms/nuxari/authentication/flows/nuxari-after-broker/executions"))
                .extracting(execution -> execution.optionalString("providerId").orElse("flow"))
                .startsWith(
                        "nuxari-broker-bounds",
                        "flow",
                        "conditional-level-of-authentication",
                        "allow-access-authenticator",
                        "nuxari-entry-terms")
                .contains("auth-otp-form", "webauthn-authenticator-passwordless")
                .endsWith("nuxari-entry-terms");
    }

    @Test
    void importAndMembersAreMadeOnce() {
        assertThat(admin().ensureRealm("nuxari", () -> RealmTemplate.render("http://localhost:1", "other", "another")))
                .isFalse();
        assertThat(admin().ensureOrganization("nuxari", "initech", "Initech", "initech.example"))
                .isEqualTo(initech);
        assertThat(admin().ensureUser("nuxari", person("alice@initech.example")))
                .isEqualTo(alice);
        admin().ensureMember("nuxari", initech, alice);
    }

    @Test
    void portInUseIsReported() {
        assertThatThrownBy(() -> Keycloak.start(
                        SharedPostgres.instance().postgres(),
                        KeycloakOptions.in(
                                        SharedPostgres.instance().directory(),
                                        SharedPostgres.instance().directory().resolve("secrets"))
                                .onPort(SharedKeycloak.instance().keycloak().port()),
                        Progress.silent()))
                .isInstanceOf(PlatformFailure.class)
                .hasMessageContaining("is in use");
    }

    private static KeycloakAdmin.NewUser person(String email) {
        String name = email.substring(0, email.indexOf('@'));
        return new KeycloakAdmin.NewUser(
                email, name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1), "Example", PASSWORD);
    }

    private static KeycloakAdmin admin() {
        return SharedKeycloak.instance().admin();
    }

    private static ScriptedLogin login() {
        return SharedKeycloak.instance().login();
    }

    private static Json.Obj claims(String token) {
        String payload = token.substring(token.indexOf('.') + 1, token.lastIndexOf('.'));
        return Json.parseObject(new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8));
    }
}
