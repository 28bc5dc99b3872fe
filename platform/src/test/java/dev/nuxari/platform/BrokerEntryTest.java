package dev.nuxari.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.platform.ScriptedBrowser.Person;
import dev.nuxari.platform.ScriptedBrowser.SignInRefused;
import dev.nuxari.platform.testing.BrokerTerms;
import dev.nuxari.platform.testing.SharedKeycloak;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** What the real Keycloak makes of the terms of an organization: nobody whom it refuses has a session there. */
@Claim({"I2", "I6"})
class BrokerEntryTest {
    private static final String REALM = "nuxari";
    private static final String PASSWORD = "correct-horse-battery";
    private static final String ELSEWHERE = "203.0.113.0/24";
    private static final String METHOD = "does not accept the way";
    private static final String ADDRESS = "from certain networks only. You come from 127.0.0.1";
    private static final String UNREADABLE = "cannot be read";

    private String organization = "";
    private String email = "";
    private String person = "";
    private OneTimePassword factor = new OneTimePassword("", InstantSource.system());

    @BeforeAll
    static void rememberEvents() {
        KeycloakAdmin.expect(
                admin().exchange(
                                "PUT",
                                "/admin/realms/nuxari/events/config",
                                Json.object(
                                                "eventsEnabled",
                                                true,
                                                "eventsListeners",
                                                List.of("jboss-logging"),
                                                "enabledEventTypes",
                                                List.of("LOGIN", "LOGIN_ERROR", "IDENTITY_PROVIDER_POST_LOGIN_ERROR"))
                                        .canonical()),
                "remember events");
    }

    /** An organization and a person of its own for each test: Keycloak takes a code once, and remembers who signed in. */
    @BeforeEach
    void givenMemberWithASecondFactor(TestInfo test) {
        String alias = test.getTestMethod().orElseThrow().getName().toLowerCase(Locale.ROOT);
        organization = admin().ensureOrganization(REALM, alias, alias, alias + ".example");
        email = "mia@" + alias + ".example";
        factor = new OneTimePassword("a-shared-secret-of-" + alias, InstantSource.system());
        person = admin().ensureUser(REALM, new KeycloakAdmin.NewUser(email, "Mia", "Member", PASSWORD), factor);
        admin().ensureMember(REALM, organization, person);
    }

    @Test
    void methodThatIsNotAcceptedGetsNoSession() {
        tell(BrokerTerms.OPEN.methods("passkey", "oidc", "saml"));
        refused(browser(), Map.of(), METHOD);
        assertThat(sessions(person)).isEmpty();

        tell(BrokerTerms.OPEN.methods("password"));
        assertThat(signIn(browser(), Map.of()).strings("amr")).containsExactly("pwd");
        assertThat(sessions(person)).hasSize(1);
    }

    @Test
    void addressThatIsNotAcceptedGetsNoSession() {
        tell(BrokerTerms.OPEN.networks(ELSEWHERE, "::/0"));
        refused(browser(), Map.of(), ADDRESS);
        assertThat(sessions(person)).isEmpty();

        tell(BrokerTerms.OPEN.networks(ELSEWHERE, "127.0.0.0/8"));
        assertThat(signIn(browser(), Map.of()).string("acr")).isEqualTo("pwd");
    }

    /** Five wrong passwords lock an account; five refusals are none. */
    @Test
    void refusalIsAnEventAndNoWrongPassword() {
        tell(BrokerTerms.OPEN.networks(ELSEWHERE));
        for (int i = 0; i < 6; i++) {
            refused(browser(), Map.of(), ADDRESS);
        }

        assertThat(admin().list("/admin/realms/nuxari/events?type=LOGIN_ERROR&user=" + person))
                .hasSize(6)
                .allSatisfy(event -> {
                    assertThat(event.string("error")).isEqualTo("nuxari_entry_refused");
                    assertThat(event.string("ipAddress")).isEqualTo("127.0.0.1");
                    assertThat(event.object("details").string("nuxari_refusal")).isEqualTo("address");
                });
        tell(BrokerTerms.OPEN);
        assertThat(signIn(browser(), Map.of()).string("sub")).isEqualTo(person);
    }

    @Test
    void secondFactorThatIsDemandedIsAskedFor() {
        tell(BrokerTerms.OPEN.mfa());

        Json.Obj claims = signIn(browser(), Map.of());

        assertThat(claims.string("acr")).isEqualTo("mfa");
        assertThat(claims.strings("amr")).containsExactlyInAnyOrder("pwd", "otp");
    }

    @Test
    void whoeverHasNoSecondFactorSetsOneUpBeforeTheyHaveASession() {
        tell(BrokerTerms.OPEN.mfa());
        String other = "nina@" + email.substring(email.indexOf('@') + 1);
        String nina = admin().ensureUser(REALM, new KeycloakAdmin.NewUser(other, "Nina", "Member", PASSWORD));
        admin().ensureMember(REALM, organization, nina);

        refused(new ScriptedBrowser(Person.of(other, PASSWORD)), Map.of(), "totp");

        assertThat(sessions(nina)).isEmpty();
    }

    @Test
    void sessionOfAPasswordIsNoSecondFactor() {
        ScriptedBrowser browser = browser();
        assertThat(signIn(browser, Map.of()).string("acr")).isEqualTo("pwd");

        tell(BrokerTerms.OPEN.mfa());

        assertThat(signIn(browser, Map.of()).string("acr")).isEqualTo("mfa");
        assertThat(sessions(person)).hasSize(1);
    }

    @Test
    void sessionIsOfNoUseFromElsewhere() {
        ScriptedBrowser browser = browser();
        signIn(browser, Map.of());

        tell(BrokerTerms.OPEN.networks(ELSEWHERE));

        refused(browser, Map.of(), ADDRESS);
        refused(browser, Map.of("acr_values", "mfa"), ADDRESS);
        refused(browser, Map.of("prompt", "none"), "login_required");
    }

    @Test
    void sessionOfAnotherMethodDoesNotHelp() {
        ScriptedBrowser browser = browser();
        signIn(browser, Map.of());

        tell(BrokerTerms.OPEN.methods("passkey"));

        refused(browser, Map.of(), METHOD);
    }

    @Test
    void whatCannotBeReadLetsNobodyIn() {
        ScriptedBrowser browser = browser();
        signIn(browser, Map.of());
        for (List<String> values : List.of(List.of("{}"), List.of("1/1:{}"), List.of("1/2:{"))) {
            admin().setAttribute(REALM, organization, "nuxari.terms", values);

            refused(browser, Map.of(), UNREADABLE);
            refused(browser(), Map.of(), UNREADABLE);
        }
    }

    @Test
    void aThousandNetworksAreTold() {
        List<String> networks = IntStream.range(0, 999)
                .mapToObj(i -> "2001:db8:%x::/48".formatted(i))
                .toList();
        tell(new BrokerTerms(BrokerTerms.OPEN.loginMethods(), networks, "nobody"));
        refused(browser(), Map.of(), ADDRESS);

        List<String> ours = new ArrayList<>(networks);
        ours.add("127.0.0.1/32");
        tell(new BrokerTerms(BrokerTerms.OPEN.loginMethods(), ours, "nobody"));
        assertThat(signIn(browser(), Map.of()).string("sub")).isEqualTo(person);
    }

    @Test
    void memberOfSeveralComesInWhereTheyMay() {
        String other = "other-" + email.substring(email.indexOf('@') + 1).replace(".example", "");
        String open = admin().ensureOrganization(REALM, other, other, other + ".example");
        admin().ensureMember(REALM, open, person);
        String alias = email.substring(email.indexOf('@') + 1).replace(".example", "");
        tell(BrokerTerms.OPEN.networks(ELSEWHERE));

        assertThat(signIn(browser(), Map.of("scope", "openid organization:*")).string("sub"))
                .isEqualTo(person);
        refused(browser(), Map.of("scope", "openid organization:" + alias), ADDRESS);
        assertThat(signIn(browser(), Map.of("scope", "openid organization:" + other))
                        .string("sub"))
                .isEqualTo(person);

        BrokerTerms.OPEN.methods("saml").tell(admin(), open);
        refused(browser(), Map.of("scope", "openid organization:*"), METHOD);
    }

    @Test
    void signInByAnIdentityProviderIsJudgedBeforeItHasASession() {
        ForeignProvider provider = ForeignProvider.in(SharedKeycloak.instance(), "entry-sso");
        Person frida = Person.of(provider.ensureUser("frida"), PASSWORD);
        Map<String, String> hint = Map.of("kc_idp_hint", provider.alias());
        signIn(new ScriptedBrowser(frida), hint);
        String id = admin().userId(REALM, frida.email()).orElseThrow();
        admin().ensureMember(REALM, organization, id);
        admin().exchange("POST", "/admin/realms/nuxari/users/" + id + "/logout", "");

        tell(BrokerTerms.OPEN.methods("password", "passkey", "saml"));
        refused(new ScriptedBrowser(frida), hint, METHOD);
        assertThat(sessions(id)).isEmpty();
        tell(BrokerTerms.OPEN.networks(ELSEWHERE));
        refused(new ScriptedBrowser(frida), hint, ADDRESS);
        assertThat(sessions(id)).isEmpty();

        tell(BrokerTerms.OPEN.methods("oidc"));
        ScriptedBrowser browser = new ScriptedBrowser(frida);
        assertThat(signIn(browser, hint).string("login_method")).isEqualTo("oidc");
        assertThat(signIn(browser, Map.of()).string("login_method")).isEqualTo("oidc");
    }

    /** Otherwise a password would be worth as much as the identity provider that was asked in the morning. */
    @Test
    void passwordInASessionOfAnIdentityProviderIsAPassword() {
        ForeignProvider provider = ForeignProvider.in(SharedKeycloak.instance(), "renewed-sso");
        Person gerd = Person.of(provider.ensureUser("gerd"), PASSWORD);
        Map<String, String> hint = Map.of("kc_idp_hint", provider.alias());
        signIn(new ScriptedBrowser(gerd), hint);
        String id = admin().userId(REALM, gerd.email()).orElseThrow();
        admin().exchange(
                        "PUT",
                        "/admin/realms/nuxari/users/" + id + "/reset-password",
                        Json.object("type", "password", "value", PASSWORD, "temporary", false)
                                .canonical());
        ScriptedBrowser browser = new ScriptedBrowser(gerd);
        assertThat(signIn(browser, hint).string("identity_provider")).isEqualTo("renewed-sso");

        Json.Obj claims = signIn(browser, Map.of("prompt", "login"));

        assertThat(claims.strings("amr")).containsExactly("pwd");
        assertThat(claims.has("identity_provider")).isFalse();
        assertThat(claims.has("login_method")).isFalse();
    }

    /** Keycloak makes a client of that kind in every realm. */
    @Test
    void passwordAloneWithoutAPageIsWorthNothing() {
        HttpResponse<String> answer = Http.send(Http.form(
                URI.create(SharedKeycloak.instance().issuer() + "/protocol/openid-connect/token"),
                Map.of("grant_type", "password", "client_id", "admin-cli", "username", email, "password", PASSWORD)));

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).doesNotContain("access_token");
        assertThat(sessions(person)).isEmpty();
    }

    private void tell(BrokerTerms terms) {
        terms.tell(admin(), organization);
    }

    private ScriptedBrowser browser() {
        return new ScriptedBrowser(Person.of(email, PASSWORD).with(factor));
    }

    private static void refused(ScriptedBrowser browser, Map<String, String> asked, String words) {
        assertThatThrownBy(() -> signIn(browser, asked))
                .isInstanceOf(SignInRefused.class)
                .hasMessageContaining(words);
    }

    private static Json.Obj signIn(ScriptedBrowser browser, Map<String, String> asked) {
        Map<String, String> all = new HashMap<>(Map.of("scope", "openid"));
        all.putAll(asked);
        String token = SharedKeycloak.instance().login().signIn(browser, all).accessToken();
        String payload = token.substring(token.indexOf('.') + 1, token.lastIndexOf('.'));
        return Json.parseObject(new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8));
    }

    private static List<Json.Obj> sessions(String person) {
        return admin().list("/admin/realms/nuxari/users/" + person + "/sessions");
    }

    private static KeycloakAdmin admin() {
        return SharedKeycloak.instance().admin();
    }
}
