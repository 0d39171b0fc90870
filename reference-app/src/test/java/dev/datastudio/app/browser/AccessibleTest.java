package dev.datastudio.app.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertAll;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.datastudio.app.AppServer;
import dev.datastudio.app.Belongings;
import dev.datastudio.app.Person;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.function.Executable;
import tools.jackson.databind.JsonNode;

/** Pages keep the rules of WCAG 2.2 AA in light, in dark and in the narrowest window, and print no error. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS) // one person and one browser for all
class AccessibleTest {
    private static final byte[] HOURS =
            "# Opening hours\n\nWe are open from nine to five.".getBytes(StandardCharsets.UTF_8);
    private static final String QUESTION = "Total revenue by category";

    private final AppServer server = AppServer.shared();
    private final Browsing browsing = Browsing.open(server, 1280, 800);
    private final Person ada = server.newPerson();
    private final JsonNode samples = ada.post("/api/v1/samples", "").is(200).json();
    private final String dataset = samples.path("datasetId").asString();
    private final String conversation = conversation(ada, dataset);

    @BeforeAll
    void signIn() {
        browsing.signInAs(ada);
    }

    @AfterAll
    void close() {
        browsing.close();
    }

    @Test
    void pagesOfNobodyYet() {
        try (Browsing nobody = Browsing.open(server, 1280, 800)) {
            Page page = nobody.page("/sign-in");
            List<Executable> looks = new ArrayList<>();
            for (String path :
                    List.of("/sign-in", "/sign-up", "/forgot-password", "/new-password#none", "/invitation#none")) {
                looks.addAll(looks(page, () -> page.navigate(path)));
            }
            assertAll(looks);
            nobody.expectNoErrors();
        }
    }

    @Test
    void pagesOfWork() {
        expectEach(List.of(
                "/nowhere",
                "/",
                "/assistant",
                "/assistant/" + conversation,
                "/graphs",
                "/graphs/" + samples.path("graphId").asString(),
                "/documents",
                "/documents/" + Belongings.document(ada, "hours.md", HOURS)));
    }

    @Test
    void pagesOfDataSets() {
        List<String> paths =
                new ArrayList<>(List.of("/datasets", "/datasets/" + dataset + "?tab=ask&question=" + QUESTION));
        for (String tab : List.of("charts", "data", "sql", "profile", "results", "versions")) {
            paths.add("/datasets/" + dataset + "?tab=" + tab);
        }
        expectEach(paths);
    }

    @Test
    void pagesOfLearning() {
        expectEach(List.of("/learning", "/learning/new", "/learning/" + Belongings.trainedModel(ada)));
    }

    @Test
    void pagesOfSettings() {
        List<String> paths = new ArrayList<>();
        for (String part : List.of("models", "agents", "account", "members", "organisation", "usage", "audit")) {
            paths.add("/settings/" + part);
        }
        expectEach(paths);
    }

    @Test
    void openDialogsAndMenus() {
        Page page = browsing.page("/assistant/" + conversation);
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

    /** Opens the first, follows links to the others, looks at each, and tells everything that is wrong at once. */
    private void expectEach(List<String> paths) {
        Page page = browsing.page(paths.get(0));
        List<Executable> looks = new ArrayList<>(looks(page, () -> {}));
        for (String path : paths.subList(1, paths.size())) {
            looks.addAll(looks(page, () -> Browsing.follow(page, path)));
        }
        assertAll(looks);
        browsing.expectNoErrors();
        page.close();
    }

    private static List<Executable> looks(Page page, Runnable way) {
        return List.of(
                () -> {
                    page.setViewportSize(1280, 800);
                    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
                    way.run();
                    Browsing.expectLoaded(page);
                },
                () -> Browsing.expectAccessible(page),
                () -> {
                    Browsing.inColours(page, ColorScheme.DARK);
                    Browsing.expectContrast(page);
                },
                () -> {
                    page.setViewportSize(320, 700);
                    Browsing.expectLoaded(page);
                    Browsing.expectNoSidewaysScrolling(page);
                },
                () -> Browsing.expectAccessible(page),
                () -> {
                    Browsing.inColours(page, ColorScheme.LIGHT);
                    Browsing.expectContrast(page);
                });
    }
}
