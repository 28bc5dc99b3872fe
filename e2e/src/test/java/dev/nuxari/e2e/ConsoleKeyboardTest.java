package dev.nuxari.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import dev.nuxari.kernel.Json;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Approving without a mouse. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleKeyboardTest {
    private static final int MOST_STOPS = 80;
    private static final String FOCUSED = """
            () => { const e = document.activeElement;
                    const labels = e.labels ? [...e.labels].map(l => l.textContent) : [];
                    return [e.getAttribute('aria-label') ?? '', ...labels, e.textContent ?? ''].join(' ').trim(); }
            """;

    private final Composed stack = Composed.stack();
    private final Deeds deeds = new Deeds(stack);
    private final Chromium chromium = new Chromium();

    @AfterAll
    void closeBrowser() {
        chromium.close();
    }

    @Test
    void planIsApprovedWithTheKeyboardAlone() {
        Json.Obj request = deeds.ask("grant", deeds.firstNotHeld(stack.connector("postgresql")));
        try (Visit approver = Visit.wide(chromium.browser(), ColorScheme.LIGHT)
                .signIn(stack.organization("acme").account("approver"))) {
            approver.open("/approvals/" + request.string("approvalId"));

            tabTo(approver, "Reason");
            approver.page().keyboard().type("Decided without a mouse");
            tabTo(approver, "Approve plan");
            approver.page().keyboard().press("Enter");
            approver.button("Confirm approval").waitFor();
            tabTo(approver, "Confirm approval");
            approver.page().keyboard().press("Enter");

            assertThat(approver.text("Granted")).isVisible();
            approver.isQuiet();
        }
    }

    /** Every stop on the way can be seen, and the right one comes. */
    private static void tabTo(Visit visit, String name) {
        for (int stop = 0; stop < MOST_STOPS; stop++) {
            visit.page().keyboard().press("Tab");
            String focused = String.valueOf(visit.page().evaluate(FOCUSED));
            if (focused.startsWith(name)) {
                return;
            }
        }
        assertThat(name)
                .as("reached with the Tab key within " + MOST_STOPS + " stops")
                .isNull();
    }
}
