package dev.nuxari.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A link to part of the log: made by an auditor, opened by somebody without an account, and revoked. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleSharesTest {
    private static final Pattern LINK = Pattern.compile("http\\S+/shared#nxl_\\S+");
    private static final String REVOKE = "Revoke link";

    private final Composed stack = Composed.stack();
    private final Chromium chromium = new Chromium();

    @AfterAll
    void closeBrowser() {
        chromium.close();
    }

    @Test
    void strangerReadsAndVerifiesWhatIsSharedUntilTheLinkIsRevoked() {
        try (Visit auditor = Visit.wide(chromium.browser(), ColorScheme.LIGHT)
                        .signIn(stack.organization("acme").account("auditor"));
                Visit stranger = Visit.wide(chromium.browser(), ColorScheme.DARK)) {
            String link = made(auditor, "Ernst of the browser test");
            List<Request> sent = new ArrayList<>();
            stranger.page().onRequest(sent::add);

            stranger.page().navigate(link);
            stranger.settled();

            assertThat(stranger.heading("Audit events")).isVisible();
            assertThat(stranger.text("session.begin")).isVisible();
            stranger.isAccessible();
            stranger.fits();
            stranger.page()
                    .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("^Event \\d+")))
                    .first()
                    .click();
            assertThat(stranger.text("followed the proof to the root of the checkpoint"))
                    .isVisible();
            assertThat(stranger.page().url()).doesNotContain("nxl_");
            assertThat(sent)
                    .noneMatch(request -> request.url().contains("nxl_")
                            || String.valueOf(request.headers().get("referer")).contains("nxl_"));

            revoke(auditor, "Ernst of the browser test");
            stranger.page().navigate("about:blank");
            stranger.page().navigate(link);
            assertThat(stranger.heading("This link opens nothing")).isVisible();
            stranger.isAccessible();
            stranger.wasRefused(404);
            stranger.isQuiet();
            auditor.isQuiet();
        }
    }

    private static String made(Visit auditor, String recipient) {
        auditor.open("/audit?action=session.begin");
        auditor.button("Share").click();
        auditor.field("For whom").fill(recipient);
        auditor.button("Make link").click();
        Locator link = auditor.page().getByText(LINK).first();
        link.waitFor();
        auditor.isAccessible();
        String address = link.innerText().strip();
        auditor.button("Done").click();
        return address;
    }

    private static void revoke(Visit auditor, String recipient) {
        auditor.follow("Share links");
        auditor.page()
                .getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(recipient))
                .first()
                .click();
        assertThat(auditor.text("share.open")).isVisible();
        auditor.isAccessible();
        auditor.button(REVOKE).click();
        Locator dialog = auditor.page()
                .getByRole(
                        AriaRole.DIALOG, new Page.GetByRoleOptions().setName("Revoke the link for " + recipient + "?"));
        dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(REVOKE))
                .click();
        assertThat(auditor.text("Revoked by")).isVisible();
    }
}
