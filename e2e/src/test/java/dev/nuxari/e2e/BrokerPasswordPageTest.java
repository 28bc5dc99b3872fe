package dev.nuxari.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.nuxari.cli.api.Fields;
import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.platform.KeycloakAdmin;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Somebody who has to choose a new password, on the broker's page. */
@Claim("I5")
class BrokerPasswordPageTest {
    private static final String EMAIL = "new-password@acme.example";
    private static final String GIVEN = "given-by-the-administrator";

    @Test
    void thePageCountsWhileOneTypesAndTheBrokerSaysWhatIsWrong() {
        mustChooseAPassword();
        try (Chromium chromium = new Chromium();
                BrowserContext context = chromium.browser()
                        .newContext(new Browser.NewContextOptions().setColorScheme(ColorScheme.DARK))) {
            Page page = context.newPage();
            page.navigate(Composed.stack().ground().url() + "/login/start");
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

    private static Page.GetByLabelOptions exactly() {
        return new Page.GetByLabelOptions().setExact(true);
    }

    private static void mustChooseAPassword() {
        Json.Obj keycloak = Composed.stack().file().object("keycloak");
        String realm = keycloak.string("realm");
        var admin = new KeycloakAdmin(
                keycloak.string("url"), keycloak.string("adminUser"), Fields.text(keycloak, "adminPassword"));
        String person = admin.ensureUser(realm, new KeycloakAdmin.NewUser(EMAIL, "Nora", "Example", GIVEN));
        admin.exchange(
                "PUT",
                "/admin/realms/" + realm + "/users/" + person,
                Json.object("requiredActions", List.of("UPDATE_PASSWORD")).canonical());
    }
}
