package dev.nuxari.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.nuxari.kernel.Json;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Approving, and changing members and rules, without a mouse. */
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
    private final Membership membership = new Membership(stack);
    private final Chromium chromium = new Chromium();

    @AfterAll
    void closeBrowser() {
        chromium.close();
    }

    @Test
    void planIsApprovedWithTheKeyboardAlone() {
        Json.Obj request = deeds.ask("grant", deeds.firstNotHeld(stack.connector("postgresql")));
        try (Visit approver = visit("approver")) {
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

    @Test
    void roleIsChangedWithTheKeyboardAlone() {
        String reader = membership.who("readonly").string("displayName");
        try (Visit admin = visit("admin")) {
            admin.open("/members");

            tabTo(admin, "Change role: " + reader);
            press(admin, "Enter");
            admin.page().getByRole(AriaRole.DIALOG).waitFor();
            assertThat(focused(admin)).startsWith("New role");
            press(admin, "ArrowDown", "ArrowUp", "Enter");
            tabTo(admin, "Change role");
            press(admin, "Enter");

            assertThat(admin.text(reader + ": Auditor")).isVisible();
            admin.isQuiet();
        } finally {
            membership.give("readonly", "readonly");
        }
    }

    @Test
    void domainIsAddedAndRemovedWithTheKeyboardAlone() {
        try (Visit admin = visit("admin")) {
            admin.open("/sign-in-rules");

            tabTo(admin, "Add a domain");
            admin.page().keyboard().type("hr.example");
            press(admin, "Enter");
            tabTo(admin, "Remove hr.example");
            press(admin, "Enter");

            assertThat(admin.button("Remove hr.example")).hasCount(0);
            assertThat(focused(admin)).startsWith("Add a domain");
            admin.isQuiet();
        }
    }

    /** From the fleet to the command, and to an action of another one. */
    @Test
    void hostIsNamedFoundAndAskedWithTheKeyboardAlone() {
        EnrolledHost host = new EnrolledHost(stack, "keyboard.example");
        try (Visit admin = visit("admin")) {
            admin.open("/agents");
            tabTo(admin, "Search the agents");
            admin.page().keyboard().type("keyboard.ex");
            assertThat(admin.page().getByRole(AriaRole.ROW)).hasCount(2);
            tabTo(admin, "keyboard.example");
            press(admin, "Enter");
            admin.heading("keyboard.example").waitFor();

            tabTo(admin, "Action");
            press(admin, "ArrowDown", "Enter");
            tabTo(admin, "Path");
            admin.page().keyboard().type("/srv/app/run");
            tabTo(admin, "Permission bits");
            admin.page().keyboard().type("0755");
            tabTo(admin, "Justification");
            admin.page().keyboard().type("Asked without a mouse");
            tabTo(admin, "Ask for it");
            press(admin, "Enter");

            assertThat(admin.text("Asked without a mouse")).isVisible();
            admin.isQuiet();
            admin.open("/agents/" + host.id());
            tabTo(admin, "Revoke or report lost");
            press(admin, "Enter");
            admin.page().getByRole(AriaRole.DIALOG).waitFor();
            tabTo(admin, "Revoke agent");
            press(admin, "Enter");
            assertThat(admin.text("keyboard.example revoked")).isVisible();
            admin.isQuiet();
        }
    }

    private Visit visit(String role) {
        return Visit.wide(chromium.browser(), ColorScheme.LIGHT)
                .signIn(stack.organization("acme").account(role));
    }

    private static void press(Visit visit, String... keys) {
        for (String key : keys) {
            visit.page().keyboard().press(key);
        }
    }

    private static String focused(Visit visit) {
        return String.valueOf(visit.page().evaluate(FOCUSED));
    }

    /** Every stop on the way can be seen, and the right one comes. */
    private static void tabTo(Visit visit, String name) {
        List<String> stops = new ArrayList<>();
        while (stops.size() < MOST_STOPS) {
            visit.page().keyboard().press("Tab");
            stops.add(focused(visit));
            if (stops.getLast().startsWith(name)) {
                return;
            }
        }
        assertThat(stops).as("stops of the Tab key").contains(name);
    }
}
