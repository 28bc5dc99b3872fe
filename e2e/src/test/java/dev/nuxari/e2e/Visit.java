package dev.nuxari.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import dev.nuxari.cli.demo.Ground;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** One person at the console, in a browser session of their own. What the browser complains about fails the test. */
final class Visit implements AutoCloseable {
    private static final String TELL_VIOLATIONS = """
            document.addEventListener('securitypolicyviolation', e =>
              console.error('Content-Security-Policy: ' + e.violatedDirective + ' ' + e.blockedURI));
            """;
    /**
     * Waits until no transition runs: a colour that is measured halfway is none of ours. What runs for ever (a skeleton) is
     * not waited for. Asked by {@code evaluate}: {@code waitForFunction} would need what the page's policy forbids.
     */
    private static final String AT_REST = """
            async () => {
              const running = () => document.getAnimations().filter(
                  a => a.playState === 'running' && Number.isFinite(a.effect?.getComputedTiming().endTime));
              while (running().length > 0) await Promise.allSettled(running().map(a => a.finished));
            }
            """;

    private static final double MOST_LOADING_MS = 30_000;

    private static final String TOO_WIDE = """
            () => [...document.querySelectorAll('body *')]
              .filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
              .filter(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)
              .map(e => e.outerHTML.slice(0, 120))
            """;

    private static final String CUT_TABLES = """
            () => [...document.querySelectorAll('table')]
              .filter(e => e.parentElement.scrollWidth > e.parentElement.clientWidth + 1)
              .map(e => e.getAttribute('aria-label') + ': ' + e.scrollWidth + ' in ' + e.parentElement.clientWidth)
            """;

    private static final int PATIENCE = 30_000;

    private final String server;
    private final BrowserContext context;
    private final Page page;
    private final List<String> complaints = new ArrayList<>();

    Visit(Browser browser, ColorScheme scheme, int width, int height) {
        this.server = Composed.stack().ground().url().toString();
        this.context = browser.newContext(new Browser.NewContextOptions()
                .setColorScheme(scheme)
                .setReducedMotion(ReducedMotion.REDUCE)
                .setLocale("en-GB")
                .setTimezoneId("UTC")
                .setViewportSize(width, height)
                .setAcceptDownloads(true));
        this.context.setDefaultTimeout(PATIENCE);
        this.context.addInitScript(TELL_VIOLATIONS);
        this.page = context.newPage();
        page.onPageError(error -> complaints.add("uncaught: " + error));
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") && message.location().startsWith(server)) {
                complaints.add(message.text() + " at " + message.location());
            }
        });
    }

    static Visit wide(Browser browser, ColorScheme scheme) {
        return new Visit(browser, scheme, 1440, 900);
    }

    Page page() {
        return page;
    }

    /** Signs in through the identity broker's own pages. */
    Visit signIn(Ground.Account account) {
        page.navigate(server + "/");
        button("Sign in").click();
        page.locator("#username").fill(account.email());
        if (!page.locator("#password").isVisible()) {
            page.locator("#kc-login").click();
        }
        page.locator("#password").fill(account.password());
        page.locator("#kc-login").click();
        page.waitForURL(Pattern.compile(Pattern.quote(server) + "/.*"));
        heading("Overview").waitFor();
        // Being signed out is answered with 401, which browsers show as an error.
        complaints.removeIf(complaint -> complaint.contains("401"));
        return this;
    }

    /** Goes to a page of the console and waits until it shows what it was loading. */
    Visit open(String path) {
        page.navigate(server + path);
        settled();
        return this;
    }

    /** Waits until nothing is loading any more. */
    void settled() {
        page.locator("h1").first().waitFor();
        PlaywrightAssertions.assertThat(page.locator("[role=status][aria-label^=Loading], [aria-busy=true]"))
                .hasCount(0, new LocatorAssertions.HasCountOptions().setTimeout(MOST_LOADING_MS));
    }

    Visit follow(String link) {
        page.getByRole(AriaRole.NAVIGATION)
                .getByRole(
                        AriaRole.LINK,
                        new Locator.GetByRoleOptions().setName(link).setExact(true))
                .first()
                .click();
        settled();
        return this;
    }

    Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    Locator heading(String name) {
        return page.getByRole(
                AriaRole.HEADING, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    Locator field(String label) {
        return page.getByLabel(label, new Page.GetByLabelOptions().setExact(false))
                .first();
    }

    Locator text(String shown) {
        return page.getByText(shown).first();
    }

    /** Everything axe knows of WCAG 2.2 AA. */
    void isAccessible() {
        findsNothing(axe().withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")));
    }

    /** What another color scheme changes of it. */
    void hasContrast() {
        findsNothing(axe().withRules(List.of("color-contrast")));
    }

    /** The pages have no frames, for which axe would otherwise open another page each time. */
    private AxeBuilder axe() {
        return new AxeBuilder(page).setLegacyMode(true);
    }

    private void findsNothing(AxeBuilder axe) {
        page.evaluate(AT_REST);
        List<String> found =
                axe.analyze().getViolations().stream().map(Visit::words).toList();
        assertThat(found).as("axe on " + page.url()).isEmpty();
    }

    private static String words(Rule rule) {
        return rule.getId() + ": " + rule.getHelp() + " "
                + rule.getNodes().stream().limit(3).map(node -> node.getHtml()).toList();
    }

    /** Nothing makes the page wider than the window. */
    void fits() {
        assertThat((List<?>) page.evaluate(TOO_WIDE))
                .as("wider than the window on " + page.url())
                .isEmpty();
    }

    /** Nobody has to scroll a table sideways. */
    void showsWholeTables() {
        assertThat((List<?>) page.evaluate(CUT_TABLES))
                .as("tables that are cut on " + page.url())
                .isEmpty();
    }

    void screenshot(Path file) {
        page.evaluate(AT_REST);
        page.screenshot(new Page.ScreenshotOptions().setPath(file));
    }

    /** The server was to refuse something, which browsers show as an error. */
    void wasRefused(int status) {
        assertThat(complaints.removeIf(complaint -> complaint.contains(" " + status + " ")))
                .as("a refusal with status " + status)
                .isTrue();
    }

    /** The browser had nothing to complain about: no blocked content, no uncaught error. */
    void isQuiet() {
        assertThat(complaints).as("what the browser complained about").isEmpty();
    }

    @Override
    public void close() {
        context.close();
    }
}
