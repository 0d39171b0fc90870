package dev.datastudio.app.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertAll;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.datastudio.app.AppServer;
import dev.datastudio.app.Person;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import tools.jackson.databind.JsonNode;

/** Pages keep the rules of WCAG 2.2 AA in light, in dark and in the narrowest window, and print no error. */
class AccessibleTest {
    private static final String QUESTION = "Total revenue by category";

    private final AppServer server = AppServer.shared();
    private final Browsing browsing = Browsing.open(server, 1280, 800);

    @AfterEach
    void close() {
        browsing.close();
    }

    @Test
    void pagesOfNobodyYet() {
        Page page = browsing.page("/sign-in");
        expectEach(page, List.of("/sign-in", "/sign-up", "/forgot-password", "/new-password#none", "/invitation#none"));
        browsing.expectNoErrors();
    }

    @Test
    void pagesOfWork() {
        Person ada = signedIn();
        JsonNode samples = ada.post("/api/v1/samples", "").is(200).json();
        String dataset = samples.path("datasetId").asString();
        Page page = browsing.page("/");
        expectEach(
                page,
                List.of(
                        "/",
                        "/assistant",
                        "/assistant/" + conversation(ada, dataset),
                        "/graphs",
                        "/graphs/" + samples.path("graphId").asString(),
                        "/documents",
                        "/documents/" + document(ada),
                        "/nowhere"));
        browsing.expectNoErrors();
    }

    @Test
    void pagesOfDataSets() {
        Person ada = signedIn();
        JsonNode samples = ada.post("/api/v1/samples", "").is(200).json();
        String dataset = "/datasets/" + samples.path("datasetId").asString();
        List<String> paths = new ArrayList<>(List.of("/datasets", dataset + "?tab=ask&question=" + QUESTION));
        for (String tab : List.of("charts", "data", "sql", "profile", "results", "versions")) {
            paths.add(dataset + "?tab=" + tab);
        }
        expectEach(browsing.page("/"), paths);
        browsing.expectNoErrors();
    }

    @Test
    void pagesOfSettings() {
        signedIn();
        List<String> paths = new ArrayList<>();
        for (String part : List.of("models", "agents", "account", "members", "organisation", "usage", "audit")) {
            paths.add("/settings/" + part);
        }
        expectEach(browsing.page("/"), paths);
        browsing.expectNoErrors();
    }

    @Test
    void openDialogsAndMenus() {
        Person ada = signedIn();
        String dataset =
                ada.post("/api/v1/samples", "").is(200).json().path("datasetId").asString();
        Page page = browsing.page("/assistant/" + conversation(ada, dataset));
        Locator header = page.locator("main header");
        expectOpens(page, page.getByText("Add", new Page.GetByTextOptions().setExact(true)), "dialog[open]");
        for (String action : List.of("Rename", "Delete")) {
            header.getByLabel("What to do with “Revenue”").click();
            expectOpens(
                    page,
                    page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName(action)),
                    "dialog[open]");
        }
        expectOpens(page, header.getByLabel("What to do with “Revenue”"), "[popover]:popover-open");
        expectOpens(
                page,
                page.getByLabel("Your account:")
                        .or(page.getByText("Your account:"))
                        .first(),
                "[popover]:popover-open");
        expectOpens(page, page.getByText("Studio is:").first(), "[popover]:popover-open");
        expectOpens(page, page.getByText("Go to…").first(), "dialog[open]");
        page.navigate("/settings/agents");
        expectOpens(page, page.getByLabel("Edit SQL expert"), "dialog[open]");
        page.navigate("/settings/models");
        expectOpens(
                page,
                page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Add a model"))
                        .first(),
                "dialog[open]");

        page.setViewportSize(320, 700);
        page.navigate("/assistant");
        expectOpens(
                page,
                page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Conversations")),
                "dialog[open]");
        expectOpens(page, page.getByText("More", new Page.GetByTextOptions().setExact(true)), "dialog[open]");
        browsing.expectNoErrors();
    }

    /** Opens something over a page, looks at it, and closes it by Escape. */
    private static void expectOpens(Page page, Locator opener, String what) {
        opener.click();
        assertThat(page.locator(what)).isVisible();
        Browsing.expectAccessible(page);
        Browsing.expectNoSidewaysScrolling(page);
        page.keyboard().press("Escape");
        assertThat(page.locator(what)).hasCount(0);
    }

    private Person signedIn() {
        Person ada = server.newPerson();
        browsing.signInAs(ada);
        return ada;
    }

    private static String conversation(Person person, String dataset) {
        String id = person.post("/api/v1/conversations", "{'title':'Revenue'}")
                .is(201)
                .json()
                .path("id")
                .asString();
        person.post(
                        "/api/v1/conversations/" + id + "/messages",
                        "{'message':'" + QUESTION + "','context':{'datasetIds':['" + dataset + "']}}")
                .is(200);
        return id;
    }

    private static String document(Person person) {
        byte[] text = "# Opening hours\n\nWe are open from nine to five.".getBytes(StandardCharsets.UTF_8);
        String id = person.sendFile("/api/v1/documents", "hours.md", text)
                .is(202)
                .json()
                .path("id")
                .asString();
        // Ends when the document was read.
        person.get("/api/v1/documents/" + id + "/events").is(200);
        return id;
    }

    /** Looks at each, and tells everything that is wrong at once. */
    private static void expectEach(Page page, List<String> paths) {
        List<Executable> looks = new ArrayList<>();
        for (String path : paths) {
            looks.add(() -> {
                page.setViewportSize(1280, 800);
                page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
                page.navigate(path);
                Browsing.expectLoaded(page);
            });
            looks.add(() -> Browsing.expectAccessible(page));
            looks.add(() -> {
                Browsing.inColours(page, ColorScheme.DARK);
                Browsing.expectContrast(page);
            });
            looks.add(() -> {
                page.setViewportSize(320, 700);
                Browsing.expectLoaded(page);
                Browsing.expectNoSidewaysScrolling(page);
            });
            looks.add(() -> Browsing.expectAccessible(page));
            looks.add(() -> {
                Browsing.inColours(page, ColorScheme.LIGHT);
                Browsing.expectContrast(page);
            });
        }
        assertAll(looks);
    }
}
