package dev.nuxari.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Changing members, and the terms on which people become members, in a browser. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleMembersTest {
    private static final String NOT_PERMITTED = "Your role does not permit this";

    private final Composed stack = Composed.stack();
    private final Membership membership = new Membership(stack);
    private final String reader = membership.who("readonly").string("displayName");
    private final Chromium chromium = new Chromium();

    @AfterEach
    void putBack() {
        membership.give("readonly", "readonly");
        membership.allow(List.of());
    }

    @AfterAll
    void closeBrowser() {
        chromium.close();
    }

    private Visit visit(String role, ColorScheme scheme) {
        return Visit.wide(chromium.browser(), scheme)
                .signIn(stack.organization("acme").account(role));
    }

    private static Locator dialog(Visit visit) {
        return visit.page().getByRole(AriaRole.DIALOG);
    }

    private static Locator row(Visit visit, String name) {
        return visit.page().getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText(name));
    }

    private static void chooseRole(Visit visit, String member, String role) {
        visit.button("Change role: " + member).click();
        dialog(visit).getByRole(AriaRole.COMBOBOX).click();
        visit.page()
                .getByRole(
                        AriaRole.OPTION,
                        new Page.GetByRoleOptions().setName(role).setExact(true))
                .click();
    }

    private static void confirm(Visit visit, String label) {
        dialog(visit)
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(label).setExact(true))
                .click();
    }

    @Test
    void changedRoleIsSeenAndCountsUntilItIsTakenBack() {
        try (Visit admin = visit("admin", ColorScheme.LIGHT);
                Visit changed = visit("readonly", ColorScheme.LIGHT)) {
            changed.open("/audit");
            assertThat(changed.text(NOT_PERMITTED)).isVisible();

            admin.follow("Members");
            chooseRole(admin, reader, "Auditor");
            assertThat(dialog(admin)).containsText("read the audit log and export evidence");
            admin.isAccessible();
            confirm(admin, "Change role");

            assertThat(row(admin, reader)).containsText("Auditor");
            signsInAgain(changed);
            assertThat(changed.text("Tree size")).isVisible();

            admin.button("Undo").waitFor();
            admin.isAccessible();
            admin.button("Undo").click();
            assertThat(row(admin, reader)).containsText("Read only");
            signsInAgain(changed);
            assertThat(changed.text(NOT_PERMITTED)).isVisible();
            admin.isQuiet();
            changed.isQuiet();
        }
    }

    /** Another role has ended the session here; the broker still knows who it is, and brings them back to the page. */
    private static void signsInAgain(Visit visit) {
        visit.open("/audit");
        visit.button("Sign in").click();
        visit.heading("Audit log").waitFor();
        visit.settled();
        visit.wasRefused(401);
    }

    @Test
    void whoIsSuspendedIsSignedOutAtOnce() {
        try (Visit admin = visit("admin", ColorScheme.DARK);
                Visit suspended = visit("readonly", ColorScheme.LIGHT)) {
            admin.open("/members?role=readonly");
            admin.button("Suspend: " + reader).click();
            assertThat(dialog(admin)).containsText("All their sessions end at once");
            admin.hasContrast();
            confirm(admin, "Suspend member");
            assertThat(row(admin, reader)).containsText("Suspended");

            suspended.open("/workflows");
            assertThat(suspended.button("Sign in")).isVisible();

            admin.button("Reactivate: " + reader).click();
            confirm(admin, "Reactivate member");
            assertThat(row(admin, reader)).containsText("Active");
            admin.isQuiet();
        }
        visit("readonly", ColorScheme.LIGHT).close();
    }

    @Test
    void lastOwnerStaysAndReadsWhy() {
        String name = membership.who("owner").string("displayName");
        try (Visit owner = visit("owner", ColorScheme.LIGHT)) {
            owner.open("/members");
            chooseRole(owner, name, "Admin");
            confirm(owner, "Change role");

            assertThat(dialog(owner).getByRole(AriaRole.ALERT)).containsText("would have no active owner");
            assertThat(dialog(owner).getByRole(AriaRole.ALERT)).containsText("Make somebody else an owner first");
            owner.isAccessible();
            owner.wasRefused(409);
            owner.isQuiet();
        }
        assertThat(membership.who("owner").string("role")).isEqualTo("owner");
    }

    @Test
    void whoChangesWhatSomebodyChangedMeanwhileIsShownItFirst() {
        try (Visit admin = visit("admin", ColorScheme.LIGHT)) {
            admin.open("/members");
            chooseRole(admin, reader, "Auditor");
            membership.give("readonly", "approver");
            confirm(admin, "Change role");

            assertThat(dialog(admin).getByRole(AriaRole.ALERT)).containsText("Somebody changed this meanwhile");
            assertThat(dialog(admin)).containsText("Role nowApprover");
            admin.wasRefused(412);
            confirm(admin, "Change role");
            assertThat(row(admin, reader)).containsText("Auditor");
            admin.isQuiet();
        }
    }

    @Test
    void domainsAreAllowedAfterTheirConsequencesAreSaid() {
        String email = stack.organization("acme").account("admin").email();
        String domain = email.substring(email.indexOf('@') + 1);
        try (Visit admin = visit("admin", ColorScheme.DARK)) {
            admin.follow("Sign-in rules");
            admin.field("Add a domain").fill("*." + domain);
            assertThat(admin.text("There are no wildcards")).isVisible();
            add(admin, "Bücher.Example");

            admin.button("Save domains…").click();
            assertThat(dialog(admin)).containsText("Your own address is not allowed by this list");
            admin.isAccessible();
            confirm(admin, "Go back");
            add(admin, domain.toUpperCase(Locale.ROOT));
            save(admin);
            assertThat(membership.domains()).containsExactlyInAnyOrder(domain, "xn--bcher-kva.example");

            admin.button("Remove xn--bcher-kva.example").click();
            save(admin);
            assertThat(membership.domains()).containsExactly(domain);
            admin.isQuiet();
        }
    }

    private static void add(Visit visit, String domain) {
        visit.field("Add a domain").fill(domain);
        visit.button("Add domain").click();
    }

    private static void save(Visit visit) {
        visit.button("Save domains…").click();
        confirm(visit, "Save domains");
        assertThat(dialog(visit)).hasCount(0);
        assertThat(visit.button("Save domains…")).isDisabled();
    }

    @Test
    void listThatChangedMeanwhileIsNotOverwritten() {
        try (Visit admin = visit("admin", ColorScheme.LIGHT)) {
            admin.open("/sign-in-rules");
            add(admin, "first.example");
            membership.allow(List.of("second.example"));
            admin.button("Save domains…").click();
            confirm(admin, "Save without my domain");

            assertThat(dialog(admin).getByRole(AriaRole.ALERT)).containsText("Somebody changed this meanwhile");
            confirm(admin, "Go back");
            assertThat(admin.text("Somebody changed the list meanwhile")).isVisible();
            admin.isAccessible();
            admin.button("Discard changes").click();
            assertThat(admin.button("Remove second.example")).isVisible();
            admin.wasRefused(412);
            admin.isQuiet();
        }
        assertThat(membership.domains()).containsExactly("second.example");
    }
}
