package dev.nuxari.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.nuxari.kernel.Json;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The main job in a browser, as three people with the identity broker's own sign-in. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleLoopTest {
    private static final double PATIENCE = 60_000;

    private final Composed stack = Composed.stack();
    private final Deeds deeds = new Deeds(stack);
    private final Chromium chromium = new Chromium();

    @TempDir
    private Path folder;

    @AfterAll
    void closeBrowser() {
        chromium.close();
    }

    private Visit visit(String role) {
        return Visit.wide(chromium.browser(), ColorScheme.LIGHT)
                .signIn(stack.organization("acme").account(role));
    }

    @Test
    void accessIsAskedForDecidedCarriedOutAndProven() {
        Json.Obj entitlement = deeds.firstNotHeld(stack.connector("keycloak"));
        String name = entitlement.string("name");

        try (Visit requester = visit("requester")) {
            ask(requester, name);
            String request = requester.page().url();

            try (Visit approver = visit("approver")) {
                approve(approver, approvalOf(request));
            }

            requester.page().navigate(request);
            requester.settled();
            assertThat(requester.text("Completed"))
                    .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE));
            requester.isQuiet();
        }
        try (Visit auditor = visit("auditor")) {
            proves(auditor);
        }
    }

    private void ask(Visit requester, String name) {
        requester.follow("Request access");
        requester.page().getByLabel("Search the catalogue").fill(name);
        Locator found = requester
                .page()
                .getByRole(
                        AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
        found.first().click();
        requester.button("Request access").click();
        requester.field("Justification").fill("On call for this system from Monday");
        requester.button("Submit request").click();
        requester.page().waitForURL(Pattern.compile(".*/requests/[0-9a-f-]{36}.*"));
        requester.settled();
    }

    private String approvalOf(String request) {
        String id = request.replaceFirst(".*/requests/([0-9a-f-]{36}).*", "$1");
        return stack.api("requester").get("/requests/" + id).string("approvalId");
    }

    private static void approve(Visit approver, String approval) {
        approver.follow("Approvals");
        approver.page().locator("a[href*='" + approval + "']").first().click();
        approver.settled();
        assertThat(approver.heading("Exact plan")).isVisible();
        approver.field("Reason").fill("Agreed in the weekly planning");
        approver.button("Approve plan").click();
        approver.button("Confirm approval").click();
        assertThat(approver.text("Granted")).isVisible();
        approver.isQuiet();
    }

    private void proves(Visit auditor) {
        auditor.follow("Evidence");
        auditor.page().locator("table a").first().click();
        auditor.settled();
        Download download = auditor.page()
                .waitForDownload(() -> auditor.button("Download package").click());
        Path file = folder.resolve("package.json");
        download.saveAs(file);
        auditor.follow("Audit log");
        assertThat(auditor.text("evidence.seal")).isVisible();
        auditor.isQuiet();

        assertThat(Program.run("verify", file.toString()).code()).isZero();
    }
}
