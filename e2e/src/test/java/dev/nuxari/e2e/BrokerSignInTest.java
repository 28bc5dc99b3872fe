package dev.nuxari.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.nuxari.cli.demo.Ground;
import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.platform.KeycloakAdmin;
import dev.nuxari.platform.OneTimePassword;
import dev.nuxari.platform.RealmTemplate;
import dev.nuxari.platform.testing.BrokerTerms;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Signing in with what one has set up, and being kept out by the broker, in a browser and with the real Keycloak. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrokerSignInTest {
    private static final String ELSEWHERE = "203.0.113.0/24";
    private static final String REALM = "/admin/realms/" + RealmTemplate.REALM;

    private final URI server = Composed.stack().ground().url();
    private final Ground.Organization acme = Composed.stack().organization("acme");
    private final Ground.Account person = acme.account("readonly");
    private final KeycloakAdmin admin = Composed.stack().keycloakAdmin();
    private final String user = REALM + "/users/"
            + admin.userId(RealmTemplate.REALM, person.email()).orElseThrow();
    private final Chromium chromium = new Chromium();

    @BeforeEach
    void signOut() {
        admin.exchange("POST", user + "/logout", "");
    }

    @AfterEach
    void putBack() {
        admin.setAttribute(RealmTemplate.REALM, acme.id(), "nuxari.terms", List.of());
        credentials().stream()
                .filter(credential -> !credential.string("type").equals("password"))
                .forEach(credential -> admin.exchange("DELETE", user + "/credentials/" + credential.string("id"), ""));
    }

    @AfterAll
    void closeBrowser() {
        chromium.close();
    }

    @Test
    @Claim("I2")
    void passkeyIsAddedAndSignsInAloneWithTwoFactors() {
        try (Visit visit = Visit.wide(chromium.browser(), ColorScheme.LIGHT).signIn(person)) {
            VirtualPasskeys device = new VirtualPasskeys(visit.page());
            addPasskey(visit);
            assertThat(device.count()).isEqualTo(1);
            assertThat(acr(visit)).isEqualTo("pwd");

            visit.page()
                    .navigate(server.resolve("/login/start?acr=mfa&returnTo=/sessions")
                            .toString());
            visit.page().locator("#authenticateWebAuthnButton").click();
            visit.heading("Your sessions").waitFor();
            assertThat(acr(visit)).isEqualTo("mfa");

            BrokerTerms.OPEN.methods("passkey").mfa().tell(admin, acme.id());
            forget(visit);
            visit.page()
                    .navigate(server.resolve("/login/start?returnTo=/sessions").toString());
            visit.heading("Your sessions").waitFor();
            visit.settled();
            assertThat(acr(visit)).isEqualTo("mfa");
            assertThat(visit.text("Passkey and a second factor")).isVisible();
        }
    }

    /** Presence alone is one factor: somebody else may have the device. */
    @Test
    @Claim("I2")
    void passkeyThatNobodyUnlocksIsNone() {
        try (Visit visit = Visit.wide(chromium.browser(), ColorScheme.LIGHT).signIn(person)) {
            VirtualPasskeys device = new VirtualPasskeys(visit.page());
            addPasskey(visit);
            forget(visit);
            device.refuseToVerify();

            visit.page().navigate(server.resolve("/login/start").toString());
            visit.page().locator("#authenticateWebAuthnButton").click();

            assertThat(visit.page().locator("#kc-page-title")).isVisible();
            assertThat(sessions()).isEmpty();
        }
    }

    @Test
    @Claim("I2")
    void appIsAddedAndWhoeverCancelsStaysSignedIn() {
        try (Visit visit = Visit.wide(chromium.browser(), ColorScheme.LIGHT).signIn(person)) {
            visit.open("/sessions");
            link(visit, "Add an authenticator app").click();
            visit.page().locator("#cancelTOTPBtn").click();
            visit.heading("Your sessions").waitFor();
            assertThat(types()).containsExactly("password");

            link(visit, "Add an authenticator app").click();
            String secret = visit.page().locator("#totpSecret").inputValue();
            visit.page().locator("#totp").fill(new OneTimePassword(secret, InstantSource.system()).code());
            visit.page().locator("#userLabel").fill("Phone");
            visit.page().locator("#saveTOTPBtn").click();
            visit.heading("Your sessions").waitFor();
            visit.settled();

            assertThat(types()).containsExactlyInAnyOrder("password", "otp");
            assertThat(visit.heading("How you sign in")).isVisible();
            visit.isAccessible();
            visit.fits();
        }
    }

    @Test
    @Claim("I6")
    void addressThatIsNotAcceptedIsToldSoAndHasNoSession() {
        BrokerTerms.OPEN.networks(ELSEWHERE).tell(admin, acme.id());
        try (Visit visit = Visit.wide(chromium.browser(), ColorScheme.DARK)) {
            // What a client says about itself is not believed.
            visit.page().setExtraHTTPHeaders(Map.of("X-Forwarded-For", "203.0.113.7", "Forwarded", "for=203.0.113.7"));
            fill(visit);

            assertThat(visit.page().locator("#kc-page-title")).hasText("This network is not accepted");
            assertThat(visit.text("You come from 127.0.0.1")).isVisible();
            assertThat(visit.page().content()).doesNotContain(ELSEWHERE, "203.0.113");
            visit.isAccessible();
            visit.screenshot(Path.of("target/broker-refused.png"));
            assertThat(sessions()).isEmpty();

            visit.page().locator("#nuxari-again").click();
            assertThat(visit.page().locator("#kc-page-title")).hasText("This network is not accepted");
            BrokerTerms.OPEN.networks("127.0.0.0/8").tell(admin, acme.id());
            visit.page().locator("#nuxari-again").click();
            visit.heading("Overview").waitFor();
        }
    }

    @Test
    @Claim("I6")
    void methodThatIsNotAcceptedIsToldSoAndAnotherOneIsOffered() {
        BrokerTerms.OPEN.methods("oidc", "saml").tell(admin, acme.id());
        try (Visit visit = Visit.wide(chromium.browser(), ColorScheme.LIGHT)) {
            fill(visit);

            assertThat(visit.page().locator("#kc-page-title")).hasText("This way of signing in is not accepted");
            visit.isAccessible();
            assertThat(sessions()).isEmpty();

            visit.page().locator("#nuxari-another-way").click();
            assertThat(visit.page().locator("#username")).isVisible();
            assertThat(sessions()).isEmpty();
        }
    }

    private void addPasskey(Visit visit) {
        // The page asks for a name.
        visit.page().onDialog(dialog -> dialog.accept("Laptop"));
        visit.open("/sessions");
        link(visit, "Add a passkey").click();
        visit.page().locator("#registerWebAuthn").click();
        visit.heading("Your sessions").waitFor();
        assertThat(types()).containsExactlyInAnyOrder("password", "webauthn-passwordless");
    }

    private void fill(Visit visit) {
        Page page = visit.page();
        page.navigate(server.resolve("/login/start").toString());
        page.locator("#username").fill(person.email());
        if (!page.locator("#password").isVisible()) {
            page.locator("#kc-login").click();
        }
        page.locator("#password").fill(person.password());
        page.locator("#kc-login").click();
    }

    /** The browser forgets that it was signed in, here and at the broker. */
    private void forget(Visit visit) {
        visit.page().context().clearCookies();
        signOut();
    }

    private static Locator link(Visit visit, String name) {
        return visit.page()
                .getByRole(
                        AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static String acr(Visit visit) {
        return String.valueOf(visit.page().evaluate("async () => (await (await fetch('/api/v1/me')).json()).acr"));
    }

    private List<Json.Obj> sessions() {
        return admin.list(user + "/sessions");
    }

    private List<Json.Obj> credentials() {
        return admin.list(user + "/credentials");
    }

    private List<String> types() {
        return credentials().stream()
                .map(credential -> credential.string("type"))
                .toList();
    }
}
