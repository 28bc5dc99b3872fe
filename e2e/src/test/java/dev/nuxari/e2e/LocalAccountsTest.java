package dev.nuxari.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import dev.nuxari.cli.demo.Ground;
import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.platform.KeycloakAdmin;
import dev.nuxari.platform.OneTimePassword;
import dev.nuxari.platform.RealmTemplate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * An organization with local accounts says on what terms its people come in, and the next one who comes meets them at the broker:
 * from the rule in the API to the page in a browser.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Claim({"I2", "I6"})
class LocalAccountsTest {
    private static final String REALM = "/admin/realms/" + RealmTemplate.REALM;

    private final Composed stack = Composed.stack();
    private final KeycloakAdmin admin = stack.keycloakAdmin();
    private final Chromium chromium = new Chromium();
    private OwnOrganization organization = new OwnOrganization(stack, "", "");
    private Ground.Account member = new Ground.Account("", "", "");
    private Wire owner = new Wire(stack.ground().url(), "", "");

    @BeforeEach
    void givenAnOrganizationWithLocalAccounts() {
        organization = OwnOrganization.make(stack);
        owner = organization.wire(organization.enrol("owner"));
        member = organization.enrol("requester");
    }

    @AfterAll
    void closeBrowser() {
        chromium.close();
    }

    @Test
    void whoHasNoSecondFactorSetsOneUpAndIsIn() {
        demand(Json.object("mfaRequired", "everybody"));

        try (Visit visit = Visit.wide(chromium.browser(), ColorScheme.LIGHT)) {
            fill(visit);
            String secret = visit.page().locator("#totpSecret").inputValue();
            assertThat(sessions()).isEmpty();
            visit.page().locator("#totp").fill(new OneTimePassword(secret, InstantSource.system()).code());
            visit.page().locator("#saveTOTPBtn").click();
            visit.heading("Overview").waitFor();

            assertThat(visit.page().evaluate("async () => (await (await fetch('/api/v1/me')).json()).acr"))
                    .isEqualTo("mfa");
        }
    }

    @Test
    void nobodyComesFromANetworkThatIsNotAccepted() {
        demand(Json.object("ipAllowlist", List.of("203.0.113.0/24")));

        try (Visit visit = Visit.wide(chromium.browser(), ColorScheme.DARK)) {
            fill(visit);

            assertThat(visit.page().locator("#kc-page-title")).hasText("This network is not accepted");
            assertThat(sessions()).isEmpty();
        }
    }

    @Test
    void nobodyComesByAMethodThatIsNotAccepted() {
        demand(Json.object("loginMethods", List.of("passkey", "oidc")));

        try (Visit visit = Visit.wide(chromium.browser(), ColorScheme.LIGHT)) {
            fill(visit);

            assertThat(visit.page().locator("#kc-page-title")).hasText("This way of signing in is not accepted");
            assertThat(sessions()).isEmpty();
        }
    }

    /** Changes the policy, also where it shuts out whoever changes it, and waits until the broker knows. */
    private void demand(Json.Obj terms) {
        Json.Obj policy = owner.get("/identity-policy").json().without("version");
        for (var member : terms.members().entrySet()) {
            policy = policy.with(member.getKey(), member.getValue());
        }
        Wire.Answer answer = owner.send(
                "PUT",
                "/identity-policy?lockMeOut=true",
                policy.canonical().getBytes(UTF_8),
                "Content-Type",
                "application/json",
                "If-Match",
                "\"1\"");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        Eventually.isTrue("the broker is told", Duration.ofSeconds(30), this::isTold);
    }

    private boolean isTold() {
        Json.Obj found = Json.parseObject(admin.exchange("GET", REALM + "/organizations/" + organization.id(), "")
                .body());
        return Optional.of(found)
                .filter(known -> known.has("attributes"))
                .filter(known -> known.object("attributes").has("nuxari.terms"))
                .isPresent();
    }

    private void fill(Visit visit) {
        visit.page().navigate(stack.ground().url().resolve("/login/start").toString());
        visit.page().locator("#username").fill(member.email());
        if (!visit.page().locator("#password").isVisible()) {
            visit.page().locator("#kc-login").click();
        }
        visit.page().locator("#password").fill(member.password());
        visit.page().locator("#kc-login").click();
    }

    private List<Json.Obj> sessions() {
        return admin.list(REALM + "/users/"
                + admin.userId(RealmTemplate.REALM, member.email()).orElseThrow() + "/sessions");
    }
}
