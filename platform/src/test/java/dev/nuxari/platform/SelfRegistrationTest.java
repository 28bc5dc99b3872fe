package dev.nuxari.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.platform.testing.SharedKeycloak;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody makes an account for themselves: every way that Keycloak has for it is tried, and each comes to nothing. */
@Claim("I4")
class SelfRegistrationTest {
    private static final String AUTHORIZE = "/protocol/openid-connect/auth?client_id=nuxari-console&response_type=code"
            + "&scope=openid&redirect_uri=http%3A%2F%2Flocalhost%3A8080%2Flogin%2Foauth2%2Fcode%2Fkeycloak"
            + "&code_challenge_method=S256&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    private static final Map<String, String> MALLORY = Map.of(
            "username", "mallory@evil.example",
            "email", "mallory@evil.example",
            "firstName", "Mallory",
            "lastName", "Evil",
            "password", "correct-horse-battery",
            "password-confirm", "correct-horse-battery");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/protocol/openid-connect/registrations?client_id=nuxari-console&response_type=code&scope=openid"
                        + "&redirect_uri=http%3A%2F%2Flocalhost%3A8080%2Flogin%2Foauth2%2Fcode%2Fkeycloak"
                        + "&code_challenge_method=S256&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
                "/login-actions/registration?client_id=nuxari-console&tab_id=x",
                "/login-actions/reset-credentials?client_id=nuxari-console",
            })
    void pageOfRegistrationIsNone(String path) {
        HttpResponse<String> page = get(path);

        assertThat(page.statusCode()).as(page.body()).isGreaterThanOrEqualTo(400);
        assertThat(page.body()).doesNotContain("password-confirm", "kc-register-form");
        HttpResponse<String> posted = Http.send(Http.form(URI.create(realm() + path), MALLORY));
        assertThat(posted.statusCode()).isGreaterThanOrEqualTo(400);
        nobodyCame();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&prompt=create", "&prompt=login%20create", "&kc_action=register"})
    void signInOffersNone(String prompt) {
        HttpResponse<String> page = get(AUTHORIZE + prompt);

        assertThat(page.body()).doesNotContain("kc-register-form", "password-confirm", "login-actions/registration");
        nobodyCame();
    }

    @Test
    void realmSaysSo() {
        Json.Obj realm = Json.parseObject(
                admin().exchange("GET", "/admin/realms/nuxari", "").body());

        assertThat(realm.bool("registrationAllowed")).isFalse();
        assertThat(realm.bool("resetPasswordAllowed")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/clients-registrations/default",
                "/clients-registrations/openid-connect",
                "/clients-registrations/saml2-entity-descriptor",
            })
    void nobodyRegistersAClientWithoutAToken(String path) {
        HttpResponse<String> answer =
                post(realm() + path, Json.object("redirect_uris", List.of("https://evil.example/")));

        assertThat(answer.statusCode()).as(answer.body()).isIn(400, 401, 403, 415);
        assertThat(admin().list("/admin/realms/nuxari/clients").stream()
                        .map(client -> client.object("attributes").canonical() + client.canonical()))
                .noneMatch(client -> client.contains("evil.example"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/users",
                "/users/count",
                "/organizations",
                "/partialImport",
                "/nuxari-account-setups",
                "/nuxari-enrolments"
            })
    void administrationIsClosedToTheAnonymous(String path) {
        String address = SharedKeycloak.instance().url() + "/admin/realms/nuxari" + path;

        assertThat(post(address, Json.object("username", "mallory@evil.example"))
                        .statusCode())
                .isIn(401, 405);
        assertThat(Http.send(Http.request(URI.create(address)).GET().build()).statusCode())
                .isIn(401, 405);
        nobodyCame();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/account/", "/account/credentials", "/account/organizations"})
    void accountConsoleAnswersNobody(String path) {
        HttpResponse<String> answer = Http.send(Http.request(URI.create(realm() + path))
                .header("Accept", "application/json")
                .GET()
                .build());

        assertThat(answer.statusCode()).isIn(401, 403, 404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/broker/google/login", "/broker/github/endpoint", "/login-actions/first-broker-login"})
    void noIdentityProviderMakesAnAccount(String path) {
        assertThat(get(path).statusCode()).isGreaterThanOrEqualTo(400);
        nobodyCame();
    }

    @ParameterizedTest
    @ValueSource(strings = {"password", "urn:ietf:params:oauth:grant-type:token-exchange", "client_credentials"})
    void noTokenIsGivenForNothing(String grant) {
        HttpResponse<String> answer = Http.send(Http.form(
                URI.create(realm() + "/protocol/openid-connect/token"),
                Map.of(
                        "grant_type", grant,
                        "client_id", "nuxari-cli",
                        "username", "mallory@evil.example",
                        "password", "correct-horse-battery")));

        assertThat(answer.statusCode()).as(answer.body()).isIn(400, 401, 403);
    }

    private static void nobodyCame() {
        assertThat(admin().userId("nuxari", "mallory@evil.example")).isEmpty();
    }

    private static HttpResponse<String> get(String path) {
        return Http.send(Http.request(URI.create(realm() + path)).GET().build());
    }

    private static HttpResponse<String> post(String address, Json body) {
        return Http.send(HttpRequest.newBuilder(URI.create(address))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.canonical()))
                .build());
    }

    private static String realm() {
        return SharedKeycloak.instance().issuer();
    }

    private static KeycloakAdmin admin() {
        return SharedKeycloak.instance().admin();
    }
}
