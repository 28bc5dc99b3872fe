package dev.nuxari.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.nuxari.kernel.Claim;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** An owner invites somebody, who opens the mail in a browser of their own and becomes a member. */
@Claim("I4")
class ConsoleInvitesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Pattern LINK = Pattern.compile("(http://\\S+/invite#nxi_[A-Za-z0-9_-]+)");

    private final String email = "p" + UUID.randomUUID() + "@people.example";
    private final String password = "heron-lantern-quarry-" + UUID.randomUUID();

    @Test
    void invitedPersonSetsAPasswordAndIsAMemberAndTheLinkIsUsedUp() {
        try (Chromium chromium = new Chromium();
                Visit owner = Visit.wide(chromium.browser(), ColorScheme.LIGHT)
                        .signIn(Composed.stack().organization("acme").account("owner"));
                BrowserContext fresh = chromium.browser().newContext()) {
            owner.follow("Invitations");
            owner.isAccessible();
            invite(owner);
            assertThat(row(owner)).containsText("Sent");

            String link = link();
            Page page = fresh.newPage();
            accept(page, link);
            setPassword(page);
            signIn(page);

            assertThat(heading(page, "Overview")).isVisible();
            assertThat(page.getByRole(AriaRole.NAVIGATION)
                            .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("Audit log")))
                    .isVisible();
            owner.open("/invites");
            assertThat(row(owner)).containsText("Accepted");
            page.navigate("about:blank");
            page.navigate(link);
            assertThat(heading(page, "This invitation opens nothing")).isVisible();
        }
    }

    private void invite(Visit owner) {
        owner.field("E-mail address").fill(email);
        owner.page()
                .getByRole(AriaRole.COMBOBOX, new Page.GetByRoleOptions().setName("Role"))
                .click();
        owner.page()
                .getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName("Auditor"))
                .click();
        owner.button("Send invitation").click();
        row(owner).waitFor();
        Eventually.isTrue("the mail is sent", PATIENCE, () -> {
            owner.open("/invites");
            return row(owner).innerText().contains("Sent");
        });
    }

    private static void accept(Page page, String link) {
        page.navigate(link);
        assertThat(heading(page, "Join Acme Corporation")).isVisible();
        assertThat(page.url()).as("the address has forgotten the token").doesNotContain("nxi_");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Accept invitation"))
                .click();
    }

    private void setPassword(Page page) {
        page.locator("a[href*='login-actions/action-token']").click();
        page.getByLabel("New Password").fill(password);
        page.getByLabel("Confirm password").fill(password);
        page.keyboard().press("Enter");
        page.getByLabel("First name").fill("Pia");
        page.getByLabel("Last name").fill("Person");
        page.keyboard().press("Enter");
        page.locator("a[href$='/login/start']").click();
    }

    private void signIn(Page page) {
        page.locator("#username").fill(email);
        if (!page.locator("#password").isVisible()) {
            page.locator("#kc-login").click();
        }
        page.locator("#password").fill(password);
        page.locator("#kc-login").click();
    }

    private Locator row(Visit visit) {
        return visit.page().getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText(email));
    }

    private static Locator heading(Page page, String name) {
        return page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(name));
    }

    /** In the mail that came. */
    private String link() {
        return Eventually.get("the mail", PATIENCE, () -> {
            try (Stream<Path> files = Files.list(Composed.DATA.resolve("mail"))) {
                return files.filter(file -> file.toString().endsWith(email + ".eml"))
                        .findFirst()
                        .flatMap(ConsoleInvitesTest::linkIn);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static Optional<String> linkIn(Path mail) {
        try {
            // The text may be folded as quoted-printable (RFC 2045, section 6.7).
            String text = Files.readString(mail).replaceAll("=\\r?\\n", "").replace("=3D", "=");
            Matcher link = LINK.matcher(text);
            return link.find() ? Optional.of(link.group(1)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
