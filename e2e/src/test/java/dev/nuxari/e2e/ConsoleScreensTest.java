package dev.nuxari.e2e;

import com.microsoft.playwright.options.ColorScheme;
import dev.nuxari.cli.api.Api;
import dev.nuxari.cli.api.Fields;
import dev.nuxari.kernel.Json;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
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
    private static final Set<String> ALSO_DARK = Set.of("overview", "approval", "workflow", "evidence-package");
    private static final Set<String> ALSO_SMALL = Set.of("overview", "catalogue", "approval");

    private final Composed stack = Composed.stack();
    private final Deeds deeds = new Deeds(stack);
    private final Chromium chromium = new Chromium();

    @AfterAll
    void closeBrowser() {
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
        try (Visit visit = new Visit(chromium.browser(), ColorScheme.LIGHT, 390, 844)
                .signIn(stack.organization("acme").account("admin"))) {
            screens().forEach((name, path) -> {
                if (ALSO_SMALL.contains(name)) {
                    visit.open(path);
                    picture(visit, name + "-small");
                    visit.isAccessible();
                    visit.isQuiet();
                }
            });
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
