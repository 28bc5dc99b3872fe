package dev.nuxari.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.nuxari.cli.demo.Ground;
import dev.nuxari.kernel.Claim;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** One person in two browsers, who ends in the one what goes on in the other. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleSessionsTest {
    private final Ground.Account person = Composed.stack().organization("acme").account("readonly");
    private final Chromium chromium = new Chromium();

    @AfterAll
    void closeBrowser() {
        chromium.close();
    }

    private Visit visit(ColorScheme scheme) {
        return Visit.wide(chromium.browser(), scheme).signIn(person);
    }

    private static Locator dialog(Visit visit) {
        return visit.page().getByRole(AriaRole.DIALOG);
    }

    private static void confirm(Visit visit, String label) {
        dialog(visit)
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(label).setExact(true))
                .click();
        assertThat(dialog(visit)).hasCount(0);
    }

    private static Locator endings(Visit visit) {
        return visit.page()
                .getByRole(
                        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("^End the session from")));
    }

    @Test
    @Claim("I3")
    void otherBrowserIsSignedOutAndThisOneStays() {
        try (Visit before = visit(ColorScheme.LIGHT);
                Visit here = visit(ColorScheme.DARK)) {
            here.page()
                    .getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Your sessions"))
                    .click();
            here.settled();
            here.hasContrast();
            here.button("End all other sessions").click();
            here.isAccessible();
            confirm(here, "End other sessions");
            assertThat(endings(here)).hasCount(0);
            before.open("/workflows");
            assertThat(before.button("Sign in")).isVisible();

            try (Visit other = visit(ColorScheme.LIGHT)) {
                here.open("/sessions");
                assertThat(here.text("This browser")).isVisible();
                assertThat(endings(here)).hasCount(1);
                endings(here).click();
                confirm(here, "End session");
                assertThat(endings(here)).hasCount(0);

                other.open("/workflows");
                assertThat(other.button("Sign in")).isVisible();
            }
            here.open("/workflows");
            assertThat(here.heading("Workflows")).isVisible();
            here.fits();
            here.isQuiet();
        }
    }
}
