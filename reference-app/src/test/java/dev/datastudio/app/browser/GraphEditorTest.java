package dev.datastudio.app.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.datastudio.app.GraphText.edge;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.microsoft.playwright.Keyboard;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.KeyboardModifier;
import com.microsoft.playwright.options.MouseButton;
import dev.datastudio.app.AppServer;
import dev.datastudio.app.Belongings;
import dev.datastudio.app.GraphText;
import dev.datastudio.app.Person;
import dev.datastudio.testkit.model.ModelReply;
import dev.datastudio.testkit.model.ScriptedModelServer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The graph editor as people use it: by mouse, by keyboard, with runs, versions and each other (G1-G4). */
class GraphEditorTest {
    private static final Pattern EDITOR = Pattern.compile("/graphs/[0-9a-f-]{36}$");

    private final AppServer server = AppServer.shared();
    private final Person ada = server.newPerson();
    private final ScriptedModelServer model = ScriptedModelServer.start();
    private final Browsing browsing = Browsing.open(server, 1440, 900);

    @AfterEach
    void close() {
        browsing.close();
        model.close();
    }

    /** A name, greeted, then shouted. */
    private static final String GREETING = "{'nodes':["
            + GraphText.node("who", "text.input", 0, "{'name':'name','default':'Ada'}") + ","
            + GraphText.node("greet", "template", 320, "{'template':'Hello {{name}}'}") + ","
            + GraphText.node("shout", "template", 640, "{'template':'{{text}}!'}") + ","
            + GraphText.node("out", "text.output", 960, "{'name':'text'}") + "],'edges':["
            + edge("who", "value", "greet", "name") + "," + edge("greet", "text", "shout", "text") + ","
            + edge("shout", "text", "out", "value") + "]}";

    /** Opens a menu and goes to its last entry before the browser has told anybody that it is open. */
    private static final String CHOSEN_AT_ONCE = """
            async () => {
                document.querySelector('[aria-label="Actions for By keys"]').click();
                const menu = document.querySelector('[popover]:popover-open');
                const told = new Promise(told => menu.addEventListener('toggle', told));
                [...menu.querySelectorAll('[role=menuitem]')].at(-1).focus();
                await told;
                return document.activeElement.textContent;
            }
            """;

    private Page editor(String name, String graph, int nodes) {
        browsing.signInAs(ada);
        Page page = browsing.page("/graphs/" + Belongings.graph(ada, name, graph));
        assertThat(nodes(page)).hasCount(nodes);
        return page;
    }

    private static Locator nodes(Page page) {
        return page.locator(".react-flow__node");
    }

    private static Locator edges(Page page) {
        return page.locator(".react-flow__edge");
    }

    private static Locator node(Page page, String id) {
        return page.locator(".react-flow__node[data-id='" + id + "']");
    }

    private static Locator inState(Page page, String state) {
        return page.locator(".graph-node[data-state=" + state + "]");
    }

    private static Locator details(Page page) {
        return page.getByRole(AriaRole.COMPLEMENTARY, new Page.GetByRoleOptions().setName("Details"));
    }

    private static void tab(Page page, String name) {
        page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName(name)).click();
    }

    private static Locator dialog(Page page, String title) {
        return page.getByRole(AriaRole.DIALOG, new Page.GetByRoleOptions().setName(title));
    }

    @Test
    void nodesAreDraggedFoundRefusedUndoneCopiedDeletedAndArranged() {
        Page page = editor(
                "Building",
                "{'nodes':[" + GraphText.node("list", "list", 0, "{}") + ","
                        + GraphText.node("model", "chat.model", 420, "{}") + "],'edges':[]}",
                2);
        browsing.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
        Locator pane = page.locator(".react-flow__pane");

        Browsing.button(page, "Template").dragTo(pane, new Locator.DragToOptions().setTargetPosition(300, 150));
        assertThat(nodes(page)).hasCount(3);
        pane.click(new Locator.ClickOptions().setButton(MouseButton.RIGHT).setPosition(300, 650));
        dialog(page, "Add a node").getByRole(AriaRole.COMBOBOX).fill("text output");
        page.keyboard().press("Enter");
        assertThat(nodes(page)).hasCount(4);

        Browsing.expectStill(page);
        node(page, "list")
                .locator(".graph-port.source")
                .dragTo(node(page, "model").locator(".graph-port.target").first());
        assertThat(page.locator(".graph-canvas [role=status]")).containsText("a list");
        assertThat(edges(page)).hasCount(0);
        Browsing.expectStill(page);
        node(page, "model")
                .locator(".graph-port.source")
                .first()
                .dragTo(node(page, "output").locator(".graph-port.target"));
        assertThat(edges(page)).hasCount(1);

        Keyboard keys = page.keyboard();
        keys.press("Control+z");
        assertThat(edges(page)).hasCount(0);
        keys.press("Control+Shift+z");
        assertThat(edges(page)).hasCount(1);
        node(page, "template").click();
        keys.press("Control+c");
        assertThat(page.getByText("Copied 1 node")).isAttached();
        keys.press("Control+v");
        assertThat(node(page, "template-2")).isVisible();
        node(page, "output").click();
        keys.press("Delete");
        assertThat(nodes(page)).hasCount(4);
        assertThat(edges(page)).hasCount(0);
        keys.press("Control+z");
        assertThat(edges(page)).hasCount(1);
        keys.press("l");
        assertThat(page.getByText("Arranged the nodes")).isAttached();
        assertThat(page.getByText("Saved", new Page.GetByTextOptions().setExact(true)))
                .isVisible();
        page.reload();
        assertThat(nodes(page)).hasCount(5);
        assertThat(edges(page)).hasCount(1);
        browsing.expectNoErrors();
    }

    @Test
    void aTemplateOfTheGalleryStreamsAndAPersonApprovesChangesAndRejects() {
        Belongings.addModel(ada, model);
        CountDownLatch more = new CountDownLatch(1);
        model.inTurn(
                ModelReply.pieces("Dear ", "Ada, ", "thank ", "you.").heldAfter(2, more),
                ModelReply.text("Second draft"),
                ModelReply.text("Third draft"));
        browsing.signInAs(ada);
        Page page = browsing.page("/graphs");
        Browsing.button(page, "Use it: Reply with approval").click();
        page.waitForURL(EDITOR);
        assertThat(nodes(page)).hasCount(6);
        tab(page, "Run");
        page.locator("aside form textarea").fill("When do you open?");
        Locator asked = page.getByRole(AriaRole.GROUP, new Page.GetByRoleOptions().setName("Your answer is needed"));
        Locator draft = asked.getByRole(AriaRole.TEXTBOX);

        Browsing.button(page, "Run the graph").click();
        assertThat(node(page, "model")).containsText("Dear Ada,");
        assertThat(node(page, "model").locator("[data-state=running]")).isVisible();
        more.countDown();
        assertThat(draft).hasValue("Dear Ada, thank you.");
        assertThat(asked).isFocused();
        Browsing.expectAccessible(page);
        Browsing.button(page, "Approve").click();
        assertThat(node(page, "sent").locator("[data-state=done]")).isVisible();
        assertThat(details(page)).containsText("Dear Ada, thank you.");

        Browsing.button(page, "Run the graph").click();
        assertThat(draft).hasValue("Second draft");
        draft.fill("Nine to five.");
        Browsing.button(page, "Approve").click();
        assertThat(node(page, "sent").locator("[data-state=done]")).isVisible();
        assertThat(details(page)).containsText("Nine to five.");

        Browsing.button(page, "Run the graph").click();
        assertThat(draft).hasValue("Third draft");
        Browsing.button(page, "Reject").click();
        assertThat(node(page, "rejected").locator("[data-state=done]")).isVisible();
        assertThat(node(page, "sent").locator("[data-state=done]")).hasCount(0);
        assertThat(page.locator("aside section")
                        .filter(new Locator.FilterOptions().setHasText("Earlier runs"))
                        .getByRole(AriaRole.LISTITEM))
                .hasCount(3);
        browsing.expectNoErrors();
    }

    @Test
    void partsRunWithOtherInputsArePinnedAndGroupedIntoAGraphThatShowsItsNodes() {
        Page page = editor("Parts", GREETING, 4);
        Browsing.button(page, "Run").click();
        assertThat(inState(page, "done")).hasCount(4);

        node(page, "greet").click();
        tab(page, "Node");
        Browsing.button(page, "Run again with other inputs").click();
        page.getByLabel("name", new Page.GetByLabelOptions().setExact(true)).fill("Eve");
        Browsing.button(page, "Run from here").click();
        assertThat(details(page)).containsText("Hello Eve!");
        assertThat(node(page, "who").locator("[data-state]")).hasCount(0);
        assertThat(page.getByText("This run, around Template")).isVisible();

        tab(page, "Node");
        Browsing.button(page, "Pin what it gave").click();
        Browsing.button(page, "Change").click();
        page.getByLabel("text", new Page.GetByLabelOptions().setExact(true)).fill("Pinned words");
        Browsing.button(page, "Pin these").click();
        Browsing.button(page, "Run").click();
        assertThat(inState(page, "pinned")).hasCount(1);
        assertThat(details(page)).containsText("Pinned words!");
        Browsing.expectAccessible(page);
        Browsing.button(page, "Unpin it").click();

        node(page, "greet").click();
        node(page, "shout").click(new Locator.ClickOptions().setModifiers(List.of(KeyboardModifier.SHIFT)));
        tab(page, "Node");
        Browsing.button(page, "Make a sub-graph").click();
        assertThat(nodes(page)).hasCount(3);
        assertThat(edges(page)).hasCount(2);
        Browsing.button(page, "Run").click();
        assertThat(node(page, "group")).containsText("Inside: 4 of 4 done");
        assertThat(details(page)).containsText("Hello Ada!");
        node(page, "group").dblclick();
        Locator way =
                page.getByRole(AriaRole.NAVIGATION, new Page.GetByRoleOptions().setName("Graphs inside of graphs"));
        assertThat(way).containsText("Group");
        assertThat(inState(page, "done")).hasCount(4);
        Browsing.expectAccessible(page);
        runOneInsideAndPinIt(page);
        node(page, "shout").click();
        tab(page, "Node");
        details(page)
                .getByRole(AriaRole.TEXTBOX, new Locator.GetByRoleOptions().setName("Template"))
                .fill("{{text}}?");
        Browsing.button(page, "Run").click();
        assertThat(details(page)).containsText("Hello Ada?");
        node(page, "shout").click();
        tab(page, "Node");
        Browsing.button(page, "From here").click();
        assertThat(page.getByText("This run, around Group › Template")).isVisible();
        assertThat(node(page, "greet").locator("[data-state=cached]")).hasCount(1);
        assertThat(details(page)).containsText("Hello Ada?");
        way.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Parts"))
                .click();
        assertThat(nodes(page)).hasCount(3);
        assertThat(way).hasCount(0);
        browsing.expectNoErrors();
    }

    private static void runOneInsideAndPinIt(Page page) {
        node(page, "greet").click();
        tab(page, "Node");
        Browsing.button(page, "Run it").click();
        assertThat(page.getByText("This run, around Group › Template")).isVisible();
        assertThat(node(page, "greet").locator("[data-state=done]")).hasCount(1);
        assertThat(node(page, "shout").locator("[data-state]")).hasCount(0);
        tab(page, "Node");
        Browsing.button(page, "Run again with other inputs").click();
        page.getByLabel("name", new Page.GetByLabelOptions().setExact(true)).fill("Bob");
        details(page)
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName("Run it").setExact(true))
                .last()
                .click();
        assertThat(details(page)).containsText("Hello Bob");

        tab(page, "Node");
        Browsing.button(page, "Pin what it gave").click();
        Browsing.button(page, "Run").click();
        assertThat(inState(page, "pinned")).hasCount(1);
        assertThat(details(page)).containsText("Hello Bob!");
        Browsing.expectAccessible(page);
        assertThat(details(page)).containsText("One node is pinned");
        Browsing.button(page, "Unpin it").click();
        assertThat(details(page)).not().containsText("One node is pinned");
    }

    @Test
    void whatIsUnknownIsKeptVersionsAreGoneBackToAndTwoWhoSaveKeepBoth() {
        browsing.signInAs(ada);
        Page page = browsing.page("/graphs");
        String strange = ("{'name':'Strange','nodes':["
                        + GraphText.node("in", "text.input", 0, "{'name':'in','default':'a'}")
                        + ","
                        + GraphText.node("gone", "acme.gone", 320, "{'secret':'kept'}") + ","
                        + GraphText.node("out", "text.output", 640, "{'name':'text'}") + "],'edges':["
                        + edge("in", "value", "gone", "x") + "," + edge("gone", "y", "out", "value") + ","
                        + edge("in", "nothing", "out", "value").replace("in-out", "wrong") + "]}")
                .replace('\'', '"');
        page.getByLabel("Graph file")
                .setInputFiles(
                        new FilePayload("strange.json", "application/json", strange.getBytes(StandardCharsets.UTF_8)));
        page.waitForURL(EDITOR);
        String address = page.url();
        assertThat(node(page, "gone")).containsText("Unknown type “acme.gone”");
        assertThat(edges(page)).hasCount(3);
        assertThat(page.locator(".react-flow__edge.is-broken")).not().hasCount(0);
        assertThat(page.getByText("no output 'nothing'").first()).isVisible();
        tab(page, "Problems");
        assertThat(details(page)).containsText("acme.gone");
        Browsing.expectAccessible(page);
        node(page, "gone").click();
        tab(page, "Node");
        assertThat(details(page)).containsText("kept");

        tab(page, "Versions");
        Browsing.button(page, "Publish a version").click();
        Browsing.button(page, "Publish").click();
        assertThat(details(page)).containsText("Version 1");
        node(page, "gone").click();
        page.keyboard().press("Delete");
        assertThat(nodes(page)).hasCount(2);
        tab(page, "Versions");
        Browsing.button(page, "Compare").click();
        Locator compared = dialog(page, "From version 1 to the draft");
        assertThat(compared).containsText("removed");
        Browsing.expectAccessible(page);
        Browsing.button(page, "Restore version 1").click();
        assertThat(nodes(page)).hasCount(3);

        String id = address.substring(address.lastIndexOf('/') + 1);
        int revision =
                ada.get("/api/v1/graphs/" + id).is(200).json().path("revision").asInt();
        ada.put(
                        "/api/v1/graphs/" + id,
                        "{'name':'Theirs','description':'','graph':{'nodes':[],'edges':[]}}",
                        "\"" + revision + "\"")
                .is(200);
        page.getByLabel("Name of the graph").fill("Mine");
        Locator conflict = dialog(page, "This graph was changed elsewhere");
        assertThat(conflict).isVisible();
        Browsing.expectAccessible(page);
        Browsing.button(page, "Keep both: mine as a copy").click();
        page.waitForCondition(() -> !page.url().equals(address));
        assertThat(page.getByLabel("Name of the graph")).hasValue("Mine (my changes)");
        assertThat(nodes(page)).hasCount(3);
        assertEquals(
                "Theirs",
                ada.get("/api/v1/graphs/" + id).is(200).json().path("name").asString());
        assertNotEquals(address, page.url());
        browsing.expectNoErrors("409", "412");
    }

    @Test
    void theListIsUsedByKeyboardAloneAndEveryDialogIsAccessible() {
        Page page = editor(
                "By keys",
                "{'nodes':[" + GraphText.node("in", "text.input", 0, "{'name':'in','default':'a'}") + ","
                        + GraphText.node("out", "text.output", 320, "{'name':'text'}") + "],'edges':[]}",
                2);
        Keyboard keys = page.keyboard();
        node(page, "in").focus();
        for (String key : List.of("a", "Control+f", "?")) {
            keys.press(key);
            assertThat(page.locator("dialog[open]")).isVisible();
            Browsing.expectAccessible(page);
            keys.press("Escape");
            assertThat(page.locator("dialog[open]")).hasCount(0);
        }

        Browsing.button(page, "More").press("Enter");
        page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("Run it from a program"))
                .press("Enter");
        assertThat(dialog(page, "Run it from a program")).containsText("/api/v1/graphs/");
        Browsing.expectAccessible(page);
        keys.press("Escape");

        Browsing.button(page, "Show as a list").press("Enter");
        Browsing.button(page, "Connect Text input to…").press("Enter");
        assertThat(dialog(page, "Connect Text input")).isVisible();
        Browsing.expectAccessible(page);
        Browsing.button(page, "Connect").press("Enter");
        assertThat(page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Edges")))
                .containsText("Text output");
        Browsing.button(page, "Run up to Text output").press("Enter");
        assertThat(page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Nodes"))
                        .getByText("Done"))
                .hasCount(2);
        Browsing.expectAccessible(page);
        Browsing.button(page, "Delete Text output").press("Enter");
        assertThat(page.getByText("Nodes (1)")).isVisible();
        keys.press("Control+z");
        assertThat(page.getByText("Nodes (2)")).isVisible();

        page.navigate("/graphs");
        Browsing.button(page, "New graph").press("Enter");
        Browsing.expectAccessible(page);
        keys.press("Escape");
        Browsing.button(page, "Actions for By keys").waitFor();
        assertEquals("Delete…", page.evaluate(CHOSEN_AT_ONCE), "where the focus is when the menu has opened");
        keys.press("Enter");
        assertThat(page.locator("dialog[open]")).isVisible();
        Browsing.expectAccessible(page);
        page.locator("dialog[open]")
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Delete"))
                .press("Enter");
        assertThat(page.getByText("No graph yet")).isVisible();
        browsing.expectNoErrors();
    }
}
