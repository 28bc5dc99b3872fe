package dev.nuxari.e2e;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.nuxari.cli.api.Api;
import dev.nuxari.cli.api.Fields;
import dev.nuxari.kernel.Json;
import dev.nuxari.protocol.agent.Rejection;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every screen of the console, in light and dark: readable for everybody, and nothing the browser complains about. With
 * {@code -Dnuxari.screenshots=write} the pictures in {@code docs/screenshots} are taken again.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Order(2)
class ConsoleScreensTest {
    private static final Path PICTURES = Composed.HOME.resolve("docs").resolve("screenshots");
    private static final boolean WRITE =
            System.getProperty("nuxari.screenshots", "").equals("write");
    private static final Set<String> ALSO_DARK = Set.of(
            "overview", "approval", "workflow", "evidence-package", "agents", "agent", "members", "sign-in-rules");
    private static final Set<String> ALSO_SMALL =
            Set.of("overview", "catalogue", "approval", "agents", "agent", "members", "sign-in-rules", "sessions");

    private final Composed stack = Composed.stack();
    private final Deeds deeds = new Deeds(stack);
    private final Membership membership = new Membership(stack);
    private final Chromium chromium = new Chromium();

    private String pending = "";
    private String agent = "";

    /** One whose host has yet to enrol, and one that was told and has said what an agent can be told and say. */
    @BeforeAll
    void givenAgents() {
        EnrolledHost host = new EnrolledHost(stack, "billing.example");
        agent = host.id();
        host.changed(host.ordered("/srv/billing/run", 493), 420, 493);
        host.rejected(host.ordered("/etc/shadow", 420), Rejection.PARAMETER_NOT_ALLOWED);
        host.ordered("/srv/billing/report", 488);
        host.isWell(95);
        host.isCopied();
        pending = stack.api("admin")
                .post("/agents", Json.object("name", "db1.example"))
                .string("id");
    }

    /** A list that the person who looks is on. */
    @BeforeAll
    void givenAllowedDomains() {
        String email = stack.organization("acme").account("admin").email();
        String domain = email.substring(email.indexOf('@') + 1);
        membership.allow(List.of(domain, "plant." + domain));
    }

    @AfterAll
    void leaveNothingBehind() {
        membership.allow(List.of());
        chromium.close();
    }

    private Map<String, String> screens() {
        Api admin = stack.api("admin");
        Json.Obj entitlement = deeds.firstNotHeld(stack.connector("postgresql"));
        Json.Obj open = deeds.ask("grant", entitlement);
        Json.Obj sealed = admin.list("/evidence-packages", 1).getFirst();
        Json.Obj event = admin.list("/audit-events", 1).getFirst();
        Map<String, String> screens = new LinkedHashMap<>();
        screens.put("overview", "/");
        screens.put("catalogue", "/catalogue");
        screens.put("entitlement", "/catalogue?entitlement=" + entitlement.string("id"));
        screens.put("new-request", "/requests/new?entitlementId=" + entitlement.string("id"));
        screens.put("requests", "/requests");
        screens.put("request", "/requests/" + open.string("id"));
        screens.put("approvals", "/approvals");
        screens.put("approval", "/approvals/" + open.string("approvalId"));
        screens.put("workflows", "/workflows");
        screens.put("workflow", "/workflows/" + sealed.string("workflowId"));
        screens.put("evidence", "/evidence");
        screens.put("evidence-package", "/evidence/" + sealed.string("id"));
        screens.put("audit", "/audit");
        screens.put("audit-event", "/audit?event=" + Fields.text(event, "sequence"));
        screens.put("connectors", "/connectors");
        screens.put("agents", "/agents");
        screens.put("agent", "/agents/" + agent);
        screens.put("agent-pending", "/agents/" + pending);
        screens.put("members", "/members");
        screens.put("invites", "/invites");
        screens.put("domains", "/domains");
        screens.put("single-sign-on", "/single-sign-on");
        screens.put("directories", "/directories");
        screens.put("shares", "/shares");
        screens.put("sessions", "/sessions");
        screens.put("sign-in-rules", "/sign-in-rules");
        screens.put("connector", "/connectors/" + stack.connector("ldap").string("id"));
        return screens;
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void everyScreenIsAccessibleAndQuiet(ColorScheme scheme) {
        try (Visit visit = Visit.wide(chromium.browser(), scheme)
                .signIn(stack.organization("acme").account("admin"))) {
            screens().forEach((name, path) -> {
                visit.open(path);
                if (scheme == ColorScheme.LIGHT) {
                    picture(visit, name);
                    visit.isAccessible();
                    visit.showsWholeTables();
                } else {
                    if (ALSO_DARK.contains(name)) {
                        picture(visit, name + "-dark");
                    }
                    visit.hasContrast();
                }
                visit.isQuiet();
            });
        }
    }

    @Test
    void screensFitASmallWindow() {
        try (Visit visit = new Visit(chromium.browser(), ColorScheme.LIGHT, 375, 812)
                .signIn(stack.organization("acme").account("admin"))) {
            screens().forEach((name, path) -> {
                visit.open(path);
                visit.fits();
                if (ALSO_SMALL.contains(name)) {
                    picture(visit, name + "-small");
                    visit.isAccessible();
                }
                visit.isQuiet();
            });
        }
    }

    @Test
    void roleDialogIsAccessibleAndFits() {
        String who = membership.who("readonly").string("displayName");
        try (Visit visit = new Visit(chromium.browser(), ColorScheme.LIGHT, 375, 812)
                .signIn(stack.organization("acme").account("admin"))) {
            visit.open("/members");
            visit.button("Change role: " + who).click();
            visit.page()
                    .getByRole(AriaRole.COMBOBOX, new Page.GetByRoleOptions().setName("New role"))
                    .click();
            visit.page()
                    .getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName("Auditor"))
                    .click();
            visit.fits();
            visit.isAccessible();
            picture(visit, "member-role-small");
            visit.isQuiet();
        }
    }

    /** The heading is pale until its animation ends; what pulses beside it never ends. */
    @Test
    void colourIsMeasuredWhenItHasStoppedChanging() {
        try (Visit visit = Visit.wide(chromium.browser(), ColorScheme.LIGHT)) {
            visit.open("/");
            visit.page().evaluate("""
                    () => {
                      const heading = document.querySelector('h1');
                      heading.animate([{ color: 'silver' }, { color: 'silver' }], { duration: 8000 });
                      heading.animate([{ opacity: 1 }, { opacity: 1 }], { duration: 500, iterations: Infinity });
                    }
                    """);
            visit.hasContrast();
        }
    }

    @Test
    void signInScreenIsAccessible() {
        try (Visit visit = Visit.wide(chromium.browser(), ColorScheme.LIGHT)) {
            visit.open("/");
            picture(visit, "sign-in");
            visit.isAccessible();
        }
    }

    private static void picture(Visit visit, String name) {
        if (WRITE) {
            visit.screenshot(PICTURES.resolve(name + ".png"));
        }
    }
}
