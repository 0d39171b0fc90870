package dev.datastudio.app.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.ReducedMotion;
import com.microsoft.playwright.options.SameSiteAttribute;
import dev.datastudio.app.AppServer;
import dev.datastudio.app.Person;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;

/**
 * A real Chromium, with which tests use the pages as people do. One per process; {@link #open} gives each test a
 * browser profile of its own. What pages print as errors is collected and must be nothing at the end.
 */
final class Browsing implements AutoCloseable {
    private static final List<Path> PLACES = List.of(
            Path.of("/usr/bin/chromium"), Path.of("/usr/bin/chromium-browser"), Path.of("/usr/bin/google-chrome"));
    private static final List<String> FLAGS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");
    /** A busy machine takes its time; what is there is found at once, and a test that passes waits no longer for it. */
    private static final double TIMEOUT_MS = 60_000;

    private static final String REFRESH = "studio-refresh";
    private static final String REFRESH_PATH = "/api/v1/auth";
    private static Browser browser;

    private final BrowserContext context;
    private final List<String> errors = new ArrayList<>();
    private final Set<Request> asked = new HashSet<>(); // and not yet answered

    private Browsing(BrowserContext context) {
        this.context = context;
        context.onRequest(asked::add);
        context.onRequestFinished(asked::remove);
        context.onRequestFailed(asked::remove);
    }

    /** A new profile at a size; skips the test when there is no Chromium or the pages were not built. */
    static Browsing open(AppServer server, int width, int height) {
        Assumptions.assumeTrue(
                Browsing.class.getResource("/META-INF/resources/index.html") != null,
                "The pages were not built: leave out -Dskip.ui");
        Browsing opened = new Browsing(browser()
                .newContext(new Browser.NewContextOptions()
                        .setBaseURL(server.address().toString())
                        .setExtraHTTPHeaders(Map.of("X-Forwarded-For", Person.newHouse()))
                        .setViewportSize(width, height)
                        .setReducedMotion(ReducedMotion.REDUCE)
                        .setAcceptDownloads(true)));
        opened.context.setDefaultTimeout(TIMEOUT_MS);
        return opened;
    }

    private static synchronized Browser browser() {
        if (browser == null) {
            Path chromium =
                    PLACES.stream().filter(Files::isExecutable).findFirst().orElse(null);
            Assumptions.assumeTrue(chromium != null, "Chromium is not installed (Debian: apt install chromium)");
            Playwright playwright = Playwright.create(
                    new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
            PlaywrightAssertions.setDefaultAssertionTimeout(TIMEOUT_MS);
            browser = playwright
                    .chromium()
                    .launch(new BrowserType.LaunchOptions()
                            .setExecutablePath(chromium)
                            .setArgs(FLAGS));
            Runtime.getRuntime().addShutdownHook(new Thread(playwright::close));
        }
        return browser;
    }

    /** A tab at a path. */
    Page page(String path) {
        Page page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                errors.add(message.text());
            }
        });
        page.onPageError(errors::add);
        page.navigate(path);
        return page;
    }

    /**
     * Goes on in a tab to another path as a link of the pages leads there, which takes less than to load them anew; past
     * a place that is none, so that nothing of the page before is taken for the new one.
     */
    static void follow(Page page, String path) {
        Locator nowhere = page.getByText("This address leads nowhere");
        push(page, "/no-such-place");
        assertThat(nowhere).isVisible();
        push(page, path);
        assertThat(nowhere).hasCount(0);
    }

    private static void push(Page page, String path) {
        page.evaluate(
                "path => { history.pushState({}, '', path); dispatchEvent(new PopStateEvent('popstate')) }", path);
    }

    /** Gives the profile the session of somebody. */
    void signInAs(Person person) {
        person.cookies()
                .forEach((name, value) -> context.addCookies(List.of(new Cookie(name, value)
                        .setDomain("127.0.0.1")
                        .setPath(name.equals(REFRESH) ? REFRESH_PATH : "/")
                        .setHttpOnly(!name.equals("studio-csrf"))
                        .setSameSite(SameSiteAttribute.STRICT))));
    }

    /** Ends the session as time does: what stands for it is no longer sent. A page that still asks would find out alone. */
    void expireSession(Page page) {
        page.waitForCondition(asked::isEmpty);
        context.clearCookies(new BrowserContext.ClearCookiesOptions().setName("studio"));
        context.clearCookies(new BrowserContext.ClearCookiesOptions().setName(REFRESH));
    }

    /** The profile, for what a tab can't do. */
    BrowserContext context() {
        return context;
    }

    /** Fails when pages have printed errors that none of these words explains. */
    void expectNoErrors(String... explained) {
        List<String> unexplained = errors.stream()
                .filter(error -> List.of(explained).stream().noneMatch(error::contains))
                .toList();
        assertEquals(List.of(), unexplained, "errors on the console");
    }

    /** The button of a page that is called so. */
    static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    /** Waits until a page shows what it is about. */
    static void expectLoaded(Page page) {
        assertThat(page.getByRole(AriaRole.HEADING).first()).isVisible();
        assertThat(page.locator("[role=status] > .animate-pulse")).hasCount(0);
    }

    /** Fails when axe finds that a page breaks a rule of WCAG 2.2, level A or AA. */
    static void expectAccessible(Page page) {
        expectNothingOf(page, "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']");
    }

    /** As {@link #expectAccessible}, but looks at colours only. */
    static void expectContrast(Page page) {
        expectNothingOf(page, "['color-contrast']");
    }

    private static void expectNothingOf(Page page, String rules) {
        if (page.evaluate("typeof axe").equals("undefined")) {
            page.evaluate(axe());
        }
        Object found = page.evaluate("""
                async () => (await axe.run(document, {runOnly: RULES, resultTypes: ['violations']}))
                    .violations.map(v => v.id + ': ' + v.help + ' at ' + v.nodes.map(n => n.target.join(' ')).join(', '))
                """.replace("RULES", rules));
        assertEquals(List.of(), found, "broken rules of WCAG on " + page.url());
    }

    /** Has a page in light or dark colours, and waits until it is drawn in them. */
    static void inColours(Page page, ColorScheme scheme) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
        page.evaluate("""
                async () => {
                    await new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)));
                    await Promise.all(document.getAnimations()
                        .filter(one => one.effect.getComputedTiming().iterations !== Infinity)
                        .map(one => one.finished.catch(() => {})));
                }
                """);
    }

    /** Waits until the nodes of a graph stand still: they are brought into sight, and arranged, in several frames. */
    static void expectStill(Page page) {
        page.evaluate("delete window.stillSince");
        page.waitForFunction("""
                () => {
                    const nodes = [...document.querySelectorAll('.react-flow__node')];
                    const now = JSON.stringify(nodes.map(node => node.getBoundingClientRect()));
                    const seen = window.stillSince;
                    window.stillSince = seen?.places === now
                        ? {...seen, frames: seen.frames + 1}
                        : {places: now, frames: 0, at: performance.now()};
                    return window.stillSince.frames > 10 && performance.now() - window.stillSince.at > 250;
                }
                """);
    }

    /** Fails when a page is wider than its window. */
    static void expectNoSidewaysScrolling(Page page) {
        Object wide = page.evaluate("""
                () => document.documentElement.scrollWidth <= innerWidth ? [] :
                    [...document.querySelectorAll('body *')]
                        .filter(e => e.getBoundingClientRect().right > innerWidth + 0.5)
                        .slice(0, 8)
                        .map(e => e.outerHTML.slice(0, 120))
                """);
        assertEquals(List.of(), wide, "wider than the window on " + page.url());
    }

    private static String axe() {
        try {
            return Files.readString(Path.of("src/main/frontend/node_modules/axe-core/axe.min.js"));
        } catch (IOException e) {
            throw new UncheckedIOException("axe-core comes with the packages of the pages: run npm ci there", e);
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
