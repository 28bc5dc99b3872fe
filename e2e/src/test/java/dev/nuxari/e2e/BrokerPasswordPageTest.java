package dev.nuxari.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.nuxari.cli.demo.Ground;
import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.platform.KeycloakAdmin;
import dev.nuxari.platform.RealmTemplate;
import dev.nuxari.platform.ScriptedBrowser;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Somebody who has to choose a new password, on the broker's page. */
@Claim("I5")
class BrokerPasswordPageTest {
    private static final String EMAIL = "new-password@acme.example";
    private static final String GIVEN = "given-by-the-administrator";
    private static final String CHOSEN = "heron-lantern-quarry-" + UUID.randomUUID();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final URI server = Composed.stack().ground().url();
    private final KeycloakAdmin admin = Composed.stack().keycloakAdmin();

    @Test
    void thePageCountsWhileOneTypesAndTheBrokerSaysWhatIsWrong() {
        mustChooseAPassword();
        try (Chromium chromium = new Chromium();
                BrowserContext context = chromium.browser()
                        .newContext(new Browser.NewContextOptions().setColorScheme(ColorScheme.DARK))) {
            Page page = context.newPage();
            page.navigate(server.resolve("/login/start").toString());
            page.getByLabel("Email").fill(EMAIL);
            if (page.getByLabel("Password", exactly()).count() == 0) {
                page.keyboard().press("Enter");
            }
            page.getByLabel("Password", exactly()).fill(GIVEN);
            page.keyboard().press("Enter");

            page.getByLabel("New Password").fill("🦊🐻🐼🐨🐯🦁");
            assertThat(page.getByRole(AriaRole.STATUS)).containsText("At least 12 characters; 6 more");

            page.getByLabel("New Password").fill("iloveyou1234");
            assertThat(page.getByRole(AriaRole.STATUS)).containsText("Long enough");
            page.getByLabel("Confirm password").fill("iloveyou1234");
            page.keyboard().press("Enter");

            assertThat(page.getByText(Pattern.compile("has become known from other services")))
                    .isVisible();
            page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/broker-password.png")));
        }
    }

    /** Whoever knew the old password may be signed in with it: the page does not ask whether they are to stay. */
    @Test
    @Claim("I3")
    void newPasswordSignsOutEverywhereElse() {
        Ground.Account person = Composed.stack().organization("acme").account("readonly");
        String id = admin.userId(RealmTemplate.REALM, person.email()).orElseThrow();
        String elsewhere = session(person);
        assertEquals(200, me(elsewhere));
        change(id, Json.object("requiredActions", List.of("UPDATE_PASSWORD")));
        try (Chromium chromium = new Chromium();
                BrowserContext context = chromium.browser().newContext()) {
            Page page = context.newPage();
            page.navigate(server.resolve("/login/start").toString());
            page.locator("#username").fill(person.email());
            if (!page.locator("#password").isVisible()) {
                page.keyboard().press("Enter");
            }
            page.locator("#password").fill(person.password());
            page.keyboard().press("Enter");

            assertThat(page.getByText("you are signed out on all other devices"))
                    .isVisible();
            assertThat(page.getByRole(AriaRole.CHECKBOX)).hasCount(0);
            page.getByLabel("New Password").fill(CHOSEN);
            page.getByLabel("Confirm password").fill(CHOSEN);
            page.keyboard().press("Enter");

            assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Overview")))
                    .isVisible();
            Eventually.isTrue("the other session has ended", PATIENCE, () -> me(elsewhere) == 401);
            page.reload();
            assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Overview")))
                    .isVisible();
        } finally {
            change(id, Json.object("requiredActions", List.of()));
            Json.Obj password = Json.object("type", "password", "value", person.password(), "temporary", false);
            admin.exchange(
                    "PUT",
                    "/admin/realms/" + RealmTemplate.REALM + "/users/" + id + "/reset-password",
                    password.canonical());
        }
    }

    private String session(Ground.Account person) {
        ScriptedBrowser browser = new ScriptedBrowser(ScriptedBrowser.Person.of(person.email(), person.password()));
        browser.walk(server.resolve("/login/start"), at -> at.equals(server.resolve("/")));
        return "nuxari_session=" + browser.cookies(server.getAuthority()).get("nuxari_session");
    }

    private int me(String session) {
        return new Wire(server, "", "")
                .send("GET", "//api/v1/me", new byte[0], "Cookie", session)
                .status();
    }

    private static Page.GetByLabelOptions exactly() {
        return new Page.GetByLabelOptions().setExact(true);
    }

    private void mustChooseAPassword() {
        String person =
                admin.ensureUser(RealmTemplate.REALM, new KeycloakAdmin.NewUser(EMAIL, "Nora", "Example", GIVEN));
        change(person, Json.object("requiredActions", List.of("UPDATE_PASSWORD")));
    }

    private void change(String person, Json.Obj what) {
        admin.exchange("PUT", "/admin/realms/" + RealmTemplate.REALM + "/users/" + person, what.canonical());
    }
}
