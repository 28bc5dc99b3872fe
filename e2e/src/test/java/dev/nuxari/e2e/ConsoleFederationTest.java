package dev.nuxari.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.platform.RealmTemplate;
import dev.nuxari.platform.testing.OidcProvider;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * An organization brings the identity provider that it has, in the console, and its people sign in by it: with providers that
 * nobody here has written, and everything else as it is run.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleFederationTest {
    private static final String GROUPS = "deciders = approver\nlookers = auditor";

    private final Composed stack = Composed.stack();
    private final Chromium chromium = new Chromium();

    @SuppressWarnings("NullAway.Init")
    private FederatedGround ground;

    @BeforeEach
    void givenAnOrganizationWithAVerifiedDomain() {
        ground = FederatedGround.of(stack, chromium);
    }

    @AfterEach
    void ownerLeaves() {
        ground.owner().close();
    }

    @AfterAll
    void closeBrowser() {
        chromium.close();
    }

    @Test
    @Claim({"I1", "I2", "T5"})
    void organizationEnrolsWithOpenIdConnect() {
        try (OidcProvider provider = new OidcProvider()) {
            Json.Obj us = ground.addsDraft(
                    "Other (OpenID Connect)",
                    Map.of(
                            "Name",
                            "Acme",
                            "Issuer",
                            provider.issuer().toString(),
                            "Client id",
                            OidcProvider.CLIENT,
                            "Client secret",
                            OidcProvider.SECRET,
                            "Groups claim",
                            "groups",
                            "Roles by groups",
                            GROUPS));
            provider.start(
                    us.string("redirectUri"),
                    Json.object(
                            "people",
                            Json.object(
                                    "mara", person("mara", "gardeners"),
                                    "dora", person("dora", "deciders"),
                                    "elsa", person("elsa", "deciders").with("email", "elsa@elsewhere.example"))));
            ground.checksAndEnables();
            ground.owner().isAccessible();
            ground.owner().isQuiet();

            assertThat(roleOf("mara", page -> atOidcProvider(page, "mara"))).isEqualTo("requester");
            assertThat(roleOf("dora", page -> atOidcProvider(page, "dora"))).isEqualTo("approver");
            assertThat(roleOf("mara", page -> atOidcProvider(page, "mara"))).isEqualTo("requester");
            assertThat(refusalOf("elsa", page -> atOidcProvider(page, "elsa")))
                    .contains("none of your organization's verified domains");
            ownerComesWithAPassword();

            demandedFactorThatNobodyAskedForIsNoFactor();
        }
    }

    /** Claim I2: what the broker says about the factors is what counts, and here it says that there was one. */
    private void demandedFactorThatNobodyAskedForIsNoFactor() {
        // Its owner has no factor either, and is out with the rest.
        String alias = ground.alias();
        ground.demand("mfaRequired", "everybody");
        try (Visit visit = arrives("mara", "", page -> atOidcProvider(page, "mara"))) {
            assertThat(visit.page().locator("#totpSecret")).isAttached();
            assertThat(isIn(visit)).isFalse();
        }
        brokerAsksForNothingMore(alias);
        try (Visit visit = arrives("mara", "?acr=mfa", page -> atOidcProvider(page, "mara"))) {
            assertThat(visit.heading("You were not asked for a second factor")).isVisible();
            assertThat(isIn(visit)).isFalse();
        }
        try (Visit visit = arrives("mara", "", page -> atOidcProvider(page, "mara"))) {
            assertThat(visit.text("Your organization demands a second factor.")).isVisible();
            assertThat(isIn(visit)).isFalse();
        }
    }

    /** As if somebody had taken the step away that asks, at the broker. */
    private void brokerAsksForNothingMore(String alias) {
        String instance = "/admin/realms/" + RealmTemplate.REALM + "/identity-provider/instances/" + alias;
        Json.Obj known = Json.parseObject(
                stack.keycloakAdmin().exchange("GET", instance, "").body());
        assertThat(stack.keycloakAdmin()
                        .exchange(
                                "PUT",
                                instance,
                                known.with("postBrokerLoginFlowAlias", "").canonical())
                        .status())
                .isEqualTo(204);
    }

    @Test
    @Claim("I1")
    void organizationEnrolsWithAnotherRealmByOpenIdConnect() {
        ForeignRealm realm =
                ForeignRealm.make(stack, "idp-" + ground.organization().slug());
        String password = realm.hires("mara@" + ground.domain(), "gardeners");
        realm.hires("dora@" + ground.domain(), "deciders");
        Json.Obj us = ground.addsDraft(
                "Other (OpenID Connect)",
                Map.of(
                        "Name",
                        "Realm",
                        "Issuer",
                        realm.url(),
                        "Client id",
                        "nuxari",
                        "Client secret",
                        ForeignRealm.SECRET,
                        "Groups claim",
                        "groups",
                        "Roles by groups",
                        GROUPS));
        realm.knowsClient(us.string("redirectUri"));
        ground.checksAndEnables();

        assertThat(roleOf("mara", page -> atRealm(page, "mara@" + ground.domain(), password)))
                .isEqualTo("requester");
        assertThat(roleOf("dora", page -> atRealm(page, "dora@" + ground.domain(), password)))
                .isEqualTo("approver");
    }

    @Test
    @Claim({"I3", "T5"})
    void organizationEnrolsWithSamlAndTheProviderChangesItsKey() {
        ForeignRealm realm =
                ForeignRealm.make(stack, "idp-" + ground.organization().slug());
        String password = realm.hires("mara@" + ground.domain(), "gardeners");
        realm.hires("dora@" + ground.domain(), "deciders");
        Json.Obj us = ground.addsDraft(
                "Other (SAML)",
                Map.of(
                        "Name",
                        "Acme SAML",
                        "Metadata URL",
                        realm.metadata(),
                        "Groups claim",
                        "groups",
                        "Roles by groups",
                        GROUPS));
        realm.knowsServiceProvider(us);
        ground.checksAndEnables();
        ground.owner().isAccessible();

        assertThat(roleOf("mara", page -> atRealm(page, "mara@" + ground.domain(), password)))
                .isEqualTo("requester");
        assertThat(roleOf("dora", page -> atRealm(page, "dora@" + ground.domain(), password)))
                .isEqualTo("approver");

        String next = realm.publishesNextKey();
        ground.press("Save");
        Eventually.isTrue(
                "both certificates are known",
                Duration.ofSeconds(20),
                () -> ground.provider().objects("certificates").size() == 2);
        realm.signsWith(next);
        assertThat(roleOf("mara", page -> atRealm(page, "mara@" + ground.domain(), password)))
                .isEqualTo("requester");

        realm.signsWithUnpublishedKey();
        try (Visit visit = arrives("dora", "", page -> atRealm(page, "dora@" + ground.domain(), password))) {
            assertThat(visit.text("Invalid signature")).isVisible();
            assertThat(isIn(visit)).isFalse();
        }
    }

    private Json.Obj person(String name, String group) {
        return Json.object(
                "email",
                name + "@" + ground.domain(),
                "email_verified",
                true,
                "given_name",
                name,
                "family_name",
                "Member",
                "groups",
                List.of(group));
    }

    /** In a browser of their own: the address at the broker, the rest at the provider. */
    private Visit arrives(String name, String question, Consumer<Page> atTheProvider) {
        Visit visit = Visit.wide(chromium.browser(), ColorScheme.LIGHT);
        Page page = visit.page();
        page.navigate(stack.ground().url().resolve("/login/start" + question).toString());
        page.locator("#username").fill(name + "@" + ground.domain());
        page.locator("#kc-login").click();
        atTheProvider.accept(page);
        return visit;
    }

    private String roleOf(String name, Consumer<Page> atTheProvider) {
        try (Visit visit = arrives(name, "", atTheProvider)) {
            visit.heading("Overview").waitFor();
            return String.valueOf(visit.page().evaluate("async () => (await (await fetch('/api/v1/me')).json()).role"));
        }
    }

    private String refusalOf(String name, Consumer<Page> atTheProvider) {
        try (Visit visit = arrives(name, "", atTheProvider)) {
            assertThat(visit.page().locator("#kc-error-message")).isVisible();
            assertThat(isIn(visit)).isFalse();
            return visit.page().locator("#kc-error-message").innerText();
        }
    }

    private boolean isIn(Visit visit) {
        return visit.page()
                        .context()
                        .request()
                        .get(stack.ground().url().resolve("/api/v1/me").toString())
                        .status()
                == 200;
    }

    /** Owners are not let in on a provider's word, and so are not sent to it either. */
    private void ownerComesWithAPassword() {
        try (Visit visit = Visit.wide(chromium.browser(), ColorScheme.LIGHT)) {
            visit.signIn(ground.account());
        }
    }

    private static void atOidcProvider(Page page, String login) {
        page.locator("input[name=login]").fill(login);
        page.locator("input[name=password]").fill("whatever");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign-in"))
                .click();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Continue"))
                .click();
    }

    private static void atRealm(Page page, String email, String password) {
        page.locator("#username").fill(email);
        page.locator("#password").fill(password);
        page.locator("#kc-login").click();
    }
}
