package dev.datastudio.app.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import com.sun.net.httpserver.HttpServer;
import dev.datastudio.api.artifact.ArtifactKey;
import dev.datastudio.app.AppServer;
import dev.datastudio.app.Person;
import dev.datastudio.core.Studio;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Data that comes in from elsewhere, is asked by statements, leaves as files and goes (A15, P5). */
class DataPagesTest {
    private static final Pattern DATASET = Pattern.compile("/datasets/[0-9a-f-]{36}");

    private final AppServer server = AppServer.local();
    private final Person person = server.newPerson();
    private final Browsing browsing = Browsing.open(server, 1280, 900);
    private final String mark = "d" + UUID.randomUUID().toString().substring(0, 8);

    @AfterEach
    void close() {
        browsing.close();
    }

    private static Locator item(Page page, String name) {
        return page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName(name));
    }

    private static Locator dialog(Page page) {
        return page.locator("dialog[open]").last();
    }

    private static Locator file(Page page) {
        return page.getByLabel("File", new Page.GetByLabelOptions().setExact(true));
    }

    private static Locator row(Page page, String name) {
        return page.getByLabel("On their way in")
                .getByRole(AriaRole.LISTITEM)
                .filter(new Locator.FilterOptions().setHasText(name));
    }

    private static Locator in(Locator place, AriaRole role, String name) {
        return place.getByRole(
                role, new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    private boolean isThere(String name) {
        JsonNode items = person.get("/api/v1/datasets?limit=200").is(200).json().path("items");
        for (JsonNode each : items) {
            if (each.path("name").asString().equals(name)) {
                return true;
            }
        }
        return false;
    }

    @Test
    void aFileOfTheWebIsSeenBeforeItIsImportedAndAskedByStatements() throws Exception {
        HttpServer web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("code,sales\n007,10\n008,20\n009,many\n".getBytes(UTF_8));
            exchange.close();
        });
        web.start();
        try {
            String url = "http://127.0.0.1:" + web.getAddress().getPort() + "/" + mark + ".csv";
            Page page = browsing.page("/datasets");
            Browsing.button(page, "Import").click();
            item(page, "From a URL").click();
            Browsing.expectAccessible(page);
            page.getByLabel("Address").fill("http://localhost:1/none.csv");
            page.keyboard().press("Enter");
            assertThat(dialog(page).getByRole(AriaRole.ALERT)).containsText("URL_REFUSED");
            page.getByLabel("Address").fill(url);
            Browsing.button(page, "Look at it").last().click();
            assertThat(dialog(page)).containsText("3 rows, 2 columns");
            Browsing.expectAccessible(page);
            dialog(page).getByText("Types of the columns").click();
            page.getByLabel("sales").selectOption("INTEGER");
            assertThat(dialog(page).getByRole(AriaRole.ALERT)).containsText("FILE_MALFORMED");
            page.getByLabel("Leave out rows that can’t be read").check();
            assertThat(dialog(page)).containsText("1 row would be left out");
            assertTrue(!isThere(mark + ".csv"), "it is not imported before that is confirmed");
            in(dialog(page), AriaRole.BUTTON, "Import").click();
            in(row(page, mark), AriaRole.LINK, "Open").click();

            page.waitForURL(DATASET);
            assertThat(page.getByText("1 row could not be read")).isVisible();
            askByStatements(page);
            opensAFileOfAnAnswer(page);
            page.setViewportSize(320, 700);
            Browsing.expectNoSidewaysScrolling(page);
            Browsing.expectAccessible(page);
        } finally {
            web.stop(0);
        }
        browsing.expectNoErrors("status of 400", "status of 499");
    }

    private void opensAFileOfAnAnswer(Page page) {
        String id = page.url().replaceAll(".*/datasets/([0-9a-f-]{36}).*", "$1");
        person.post("/api/v1/analysis/ask", "{'datasetIds':['" + id + "'],'question':'Distribution of sales'}")
                .is(200);
        page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName("Results"))
                .click();
        Locator made = page.locator("main a[href*='/files/']").first();
        assertThat(made).isVisible();
        assertTrue(page.request().get(made.getAttribute("href")).ok(), made.getAttribute("href"));
    }

    private void askByStatements(Page page) throws Exception {
        page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName("SQL")).click();
        Locator statement = page.getByLabel("Statement", new Page.GetByLabelOptions().setExact(true));
        statement.fill("SELECT chr(61) || code AS formula, sales\nFROM " + mark + "\nORDER BY sales");
        statement.press("Control+Enter");
        assertThat(page.getByLabel("Rows of the statement")).containsText("=007");
        Browsing.button(page, "Explain").click();
        assertThat(page.getByLabel("plan", new Page.GetByLabelOptions().setExact(true)))
                .containsText("Order By");
        Browsing.expectAccessible(page);
        Download file = page.waitForDownload(() -> {
            Browsing.button(page, "Export all rows").click();
            item(page, "CSV").click();
        });
        // What a spreadsheet would run is text.
        assertEquals("formula,sales\n'=007,10\n'=008,20\n", Files.readString(file.path()));
        statement.fill("SELECT sales,\n  salez\nFROM " + mark);
        Browsing.button(page, "Run").click();
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("line 2, column 3");
        statement.fill("SELECT count(*) FROM range(100000000) a, range(100000) b");
        Browsing.button(page, "Run").click();
        Browsing.button(page, "Stop").click();
        assertThat(page.getByText("The statement was stopped.")).isVisible();
    }

    @Test
    void aTableOfADatabaseIsImportedAndDeletedWithWhatRestsOnIt() throws Exception {
        String path = AppServer.databases().resolve(mark + ".db").toString();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + path);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE " + mark + " (id INTEGER, region TEXT)");
            statement.execute("INSERT INTO " + mark + " VALUES (1, 'North'), (2, 'South')");
        }
        Page page = browsing.page("/datasets");
        Browsing.button(page, "Import").click();
        item(page, "From a database").click();
        Browsing.button(page, "Connect a database").click();
        page.getByLabel("Kind").selectOption("sqlite");
        page.getByLabel("Name").fill("Shop " + mark);
        file(page).fill("/etc/passwd");
        Browsing.button(page, "Connect").click();
        assertThat(dialog(page).getByRole(AriaRole.ALERT)).containsText("studio serve --source-folder");
        Browsing.expectAccessible(page);
        file(page).fill(path);
        Browsing.button(page, "Connect").click();
        changes(page, path);
        dialog(page)
                .getByText(mark, new Locator.GetByTextOptions().setExact(true))
                .click();
        assertThat(dialog(page)).containsText("2 rows");
        assertThat(dialog(page)).containsText("North");
        Browsing.expectAccessible(page);
        page.setViewportSize(320, 700);
        Browsing.expectNoSidewaysScrolling(page);
        page.setViewportSize(1280, 900);
        in(dialog(page), AriaRole.BUTTON, "Import").click();
        in(row(page, mark), AriaRole.LINK, "Open").click();
        page.waitForURL(DATASET);
        String id = page.url().replaceAll(".*/datasets/([0-9a-f-]{36}).*", "$1");
        Download rows = page.waitForDownload(() -> {
            Browsing.button(page, "Export").click();
            item(page, "CSV").click();
        });
        assertEquals("id,region\n1,North\n2,South\n", Files.readString(rows.path()));
        person.post(
                        "/api/v1/graphs",
                        "{'name':'Graph " + mark
                                + "','graph':{'nodes':[{'id':'q','type':'question','data':{'config':{'datasets':['" + id
                                + "']}}}],'edges':[]}}")
                .is(201);

        Browsing.button(page, "Delete").click();
        assertThat(dialog(page)).containsText("1 graph: Graph " + mark);
        Browsing.expectAccessible(page);
        page.keyboard().press("Escape");
        assertThat(page.locator("dialog[open]")).hasCount(0);
        assertThat(Browsing.button(page, "Delete")).isFocused();
        Browsing.button(page, "Delete").click();
        in(dialog(page), AriaRole.BUTTON, "Delete").click();

        page.waitForURL(Pattern.compile("/datasets$"));
        assertTrue(!isThere(mark));
        browsing.expectNoErrors("status of 400", "status of 403", "status of 409");
    }

    /** A database is renamed; a change that somebody else made meanwhile is seen and not overwritten. */
    private void changes(Page page, String path) {
        Browsing.button(page, "Databases").click();
        Browsing.button(page, "Change Shop " + mark).click();
        Browsing.expectAccessible(page);
        String id = source();
        String theirs = "{'name':'Theirs " + mark + "','kind':'sqlite','database':'" + path + "'}";
        person.put("/api/v1/sources/" + id, theirs, "\"1\"").is(200);
        page.getByLabel("Name").fill("Ours " + mark);
        Browsing.button(page, "Save").click();
        assertThat(dialog(page).getByRole(AriaRole.ALERT)).containsText("ENTRY_CONFLICT");
        Browsing.button(page, "Show it as it is now").click();
        assertThat(page.getByLabel("Name")).hasValue("Theirs " + mark);
        page.getByLabel("Name").fill("Ours " + mark);
        Browsing.button(page, "Save").click();
        page.getByLabel("Databases").getByText("Ours " + mark).click();
    }

    private String source() {
        for (JsonNode each : person.get("/api/v1/sources?limit=200").json().path("items")) {
            if (each.path("name").asString().endsWith(mark)) {
                return each.path("id").asString();
            }
        }
        throw new AssertionError("There is no source of this test");
    }

    @Test
    void anUploadThatIsCancelledInTheMiddleLeavesNothing() {
        Page page = browsing.page("/datasets");
        CDPSession line = browsing.context().newCDPSession(page);
        line.send("Network.enable");
        throttle(line, 400_000);
        byte[] csv = ("a,b\n" + "1,2\n".repeat(2_000_000)).getBytes(UTF_8);

        page.getByLabel("Files to upload").setInputFiles(new FilePayload(mark + ".csv", "text/csv", csv));
        assertThat(row(page, mark)).containsText(Pattern.compile("Sending [1-9]"));
        Browsing.button(page, "Cancel " + mark + ".csv").click();
        assertThat(row(page, mark)).containsText("Cancelled");
        throttle(line, -1);

        // What comes later has the server's whole attention, and finds nothing of what was cancelled.
        byte[] small = "a,b\n1,2\n".getBytes(UTF_8);
        page.getByLabel("Files to upload").setInputFiles(new FilePayload("s" + mark + ".csv", "text/csv", small));
        assertThat(row(page, "s" + mark)).containsText("Ready");
        assertTrue(!isThere(mark + ".csv"));
        Studio studio = server.bean(Studio.class);
        page.waitForCondition(() -> studio.artifacts()
                .list(ArtifactKey.of(studio.caller()).resolve("incoming"))
                .isEmpty());
        browsing.expectNoErrors();
    }

    /** How many bytes a second the browser may send; -1 for as many as it can. */
    private static void throttle(CDPSession line, int bytesPerSecond) {
        JsonObject limits = new JsonObject();
        limits.addProperty("offline", false);
        limits.addProperty("latency", 0);
        limits.addProperty("downloadThroughput", -1);
        limits.addProperty("uploadThroughput", bytesPerSecond);
        line.send("Network.emulateNetworkConditions", limits);
    }
}
