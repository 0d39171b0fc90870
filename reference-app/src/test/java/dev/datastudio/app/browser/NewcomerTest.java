package dev.datastudio.app.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import dev.datastudio.app.AppServer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What somebody does in the first minutes, with no key of any model. */
class NewcomerTest {
    private static final String OWN = """
            city,visitors,day
            Graz,120,2026-01-01
            Linz,80,2026-01-02
            Wien,400,2026-01-03
            Graz,60,2026-01-04
            """;

    private static final Pattern EDITOR = Pattern.compile("/graphs/[0-9a-f-]{36}$");

    private final Browsing browsing = Browsing.open(AppServer.local(), 1440, 900);

    @AfterEach
    void close() {
        browsing.close();
    }

    private static Locator link(Page page, String name) {
        return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name));
    }

    private static Locator node(Page page, String id) {
        return page.locator(".react-flow__node[data-id='" + id + "']");
    }

    @Test
    void aQuestionAboutTheSampleDrawsAChartAndOnesOwnFileAnswersToo() {
        Page page = browsing.page("/");

        link(page, "Total revenue by category").click();
        Locator answer =
                page.getByRole(AriaRole.ARTICLE, new Page.GetByRoleOptions().setName("Total revenue by category"));
        assertThat(answer.locator(".plotly .point").first()).isVisible();
        answer.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Show as a table"))
                .click();
        assertThat(answer.getByRole(AriaRole.TABLE)).isVisible();

        page.navigate("/datasets");
        page.getByLabel("Files to upload")
                .setInputFiles(new FilePayload("visitors.csv", "text/csv", OWN.getBytes(StandardCharsets.UTF_8)));
        Locator arrived = page.getByLabel("On their way in").getByRole(AriaRole.LISTITEM);
        assertThat(arrived).containsText("Ready");
        arrived.getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("Open"))
                .click();
        Locator box = page.getByLabel("A question about visitors");
        box.fill("total visitors by city");
        box.press("Enter");

        Locator own = page.getByRole(AriaRole.ARTICLE, new Page.GetByRoleOptions().setName("total visitors by city"));
        assertThat(own.locator(".plotly .point")).hasCount(3);
        own.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Show as a table"))
                .click();
        assertThat(own.getByRole(AriaRole.TABLE)).containsText("180");
        browsing.expectNoErrors();
    }

    @Test
    void aGraphIsBuiltByKeyboardAndByDragRunsLiveIsKeptAndTravelsAsAFile() {
        Page page = browsing.page("/graphs");
        Browsing.button(page, "New graph").click();
        page.getByLabel("Name").fill("Greeting by hand");
        page.getByLabel("Name").press("Enter");
        page.waitForURL(EDITOR);
        assertThat(page.locator(".react-flow__pane")).isVisible();
        build(page);

        page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName("Run")).click();
        page.locator("aside form textarea").fill("Ada");
        Browsing.button(page, "Run the graph").click();
        assertThat(page.locator(".graph-node[data-state=done]")).hasCount(3);
        assertThat(details(page)).containsText("Hello, Ada!");
        assertThat(page.getByText("Saved", new Page.GetByTextOptions().setExact(true)))
                .isVisible();

        page.reload();
        expectTheGraph(page);
        String kept = page.url();
        Browsing.button(page, "More").click();
        Download file =
                page.waitForDownload(() -> page.getByText("Export as JSON").click());
        page.navigate("/graphs");
        page.getByLabel("Graph file").setInputFiles(file.path());
        page.waitForURL(EDITOR);
        expectTheGraph(page);
        assertNotEquals(kept, page.url());
        browsing.expectNoErrors();
    }

    /** A text, in a template, to a result: one connection with the mouse and one with the keyboard. */
    private static void build(Page page) {
        add(page, "Text input", 1);
        add(page, "Template", 2);
        Locator template =
                details(page).getByRole(AriaRole.TEXTBOX, new Locator.GetByRoleOptions().setName("Template"));
        template.fill("Hello, {{name}}!");
        Locator port = node(page, "template").locator(".graph-port.target");
        assertThat(port).hasCount(1);
        node(page, "template").focus();
        add(page, "Text output", 3);
        page.keyboard().press("l");
        assertThat(page.getByText("Arranged the nodes")).isAttached();

        Browsing.expectStill(page);
        node(page, "input").locator(".graph-port.source").dragTo(port);
        assertThat(page.locator(".react-flow__edge")).hasCount(1);

        node(page, "template").focus();
        page.keyboard().press("Enter");
        page.keyboard().press("c");
        Browsing.button(page, "Connect").press("Enter");
        assertThat(page.locator(".react-flow__edge")).hasCount(2);
    }

    private static void expectTheGraph(Page page) {
        assertThat(page.getByLabel("Name of the graph")).hasValue("Greeting by hand");
        assertThat(page.locator(".react-flow__node")).hasCount(3);
        assertThat(page.locator(".react-flow__edge")).hasCount(2);
    }

    private static Locator details(Page page) {
        return page.getByRole(AriaRole.COMPLEMENTARY, new Page.GetByRoleOptions().setName("Details"));
    }

    private static void add(Page page, String title, int thenThereAre) {
        page.keyboard().press("a");
        Locator search = page.locator("dialog[open] [role=combobox]");
        search.fill(title);
        search.press("Enter");
        assertThat(page.locator(".react-flow__node")).hasCount(thenThereAre);
    }
}
