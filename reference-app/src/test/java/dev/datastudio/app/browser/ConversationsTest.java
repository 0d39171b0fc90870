package dev.datastudio.app.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.datastudio.app.Belongings.id;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.app.AppServer;
import dev.datastudio.app.Person;
import dev.datastudio.core.Studio;
import dev.datastudio.core.conversation.Conversations;
import dev.datastudio.core.conversation.Message;
import dev.datastudio.core.conversation.Turn;
import dev.datastudio.core.conversation.Turns;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Conversations are found, kept in order and taken away, and one that broke off goes on. */
class ConversationsTest {
    private static final String ORDERS = "region,sales\nNorth,50\nSouth,45\nWest,35\n";

    private final AppServer server = AppServer.shared();
    private final Person ada = server.newPerson();
    private final Browsing browsing = Browsing.open(server, 1440, 900);
    private final String data =
            id(ada.sendFile("/api/v1/datasets", "orders.csv", ORDERS.getBytes(StandardCharsets.UTF_8))
                    .is(201));

    @AfterEach
    void close() {
        browsing.close();
    }

    private String conversation(String title) {
        return id(ada.post("/api/v1/conversations", "{'title':'" + title + "'}").is(201));
    }

    private static void choose(Page page, String title, String action) {
        page.locator("main header")
                .last()
                .getByLabel("What to do with “" + title + "”")
                .click();
        page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName(action))
                .click();
    }

    @Test
    void conversationsAreFoundRenamedPutAwayTakenUpSavedAndDeleted() throws IOException {
        conversation("Visitors of Graz");
        String id = conversation("Sales of spring");
        ada.post(
                        "/api/v1/conversations/" + id + "/messages",
                        "{'message':'total sales by region','context':{'datasetIds':['" + data + "']}}")
                .is(200);
        browsing.signInAs(ada);
        Page page = browsing.page("/assistant/" + id);
        Locator list = page.getByRole(AriaRole.COMPLEMENTARY, new Page.GetByRoleOptions().setName("Conversations"));
        assertThat(list.getByRole(AriaRole.NAVIGATION).getByRole(AriaRole.LISTITEM))
                .hasCount(2);
        assertThat(page.getByLabel("What this conversation is about").getByRole(AriaRole.LINK))
                .hasText("orders.csv");

        list.getByLabel("Search conversations").fill("graz");
        assertThat(list.getByRole(AriaRole.NAVIGATION).getByRole(AriaRole.LISTITEM))
                .hasCount(1);
        list.getByLabel("Search conversations").fill("by Region");
        assertThat(list.getByRole(AriaRole.NAVIGATION).getByRole(AriaRole.LISTITEM))
                .containsText("total sales by region");
        assertThat(list.locator("mark")).hasText("by region");
        list.locator("mark").click();
        assertThat(page.getByText("Found here")).isVisible();
        Browsing.expectAccessible(page);
        list.getByLabel("Search conversations").fill("nothing of it");
        assertThat(list).containsText("Nothing holds “nothing of it”.");
        list.getByLabel("Search conversations").fill("");

        list.getByLabel("With whom").selectOption("sql_expert");
        assertThat(list).containsText("No conversation was begun with this agent.");
        list.getByLabel("With whom").selectOption("");

        choose(page, "Sales of spring", "Rename");
        page.getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("Name"))
                .fill("Sales of 2026");
        Browsing.button(page, "Rename").click();
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Sales of 2026")))
                .isVisible();

        Download file = page.waitForDownload(() -> choose(page, "Sales of 2026", "Save as Markdown"));
        String text = Files.readString(file.path());
        assertTrue(text.contains("total sales by region") && text.contains("North"), text);

        choose(page, "Sales of 2026", "Archive");
        assertThat(page.getByPlaceholder("Archived: take it out of the archive to go on"))
                .isDisabled();
        Browsing.button(page, "archived").click();
        assertThat(list.getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("Sales of 2026")))
                .isVisible();
        choose(page, "Sales of 2026", "Take out of the archive");
        assertThat(page.getByPlaceholder("Ask about your data or documents")).isEnabled();

        choose(page, "Sales of 2026", "Delete");
        assertThat(page.getByRole(AriaRole.ALERTDIALOG).or(page.getByRole(AriaRole.DIALOG)))
                .containsText("Its 2 messages go with it");
        Browsing.button(page, "Delete").click();
        page.waitForURL("**/assistant");
        ada.get("/api/v1/conversations/" + id + "/messages").is(404);
        assertEquals(1, ada.get("/api/v1/conversations").json().path("items").size());
        browsing.expectNoErrors();
    }

    @Test
    void aHitOfTheSearchOpensAtItsMessageFarUpAndOneThatLeftTheBranchIsSaidToBeGone() {
        String id = conversation("A long talk");
        conversation("Another");
        Conversations talk = Conversations.of(
                server.bean(Studio.class).metadata(), ada.account().caller());
        for (int i = 1; i <= 60; i++) {
            String text = i == 7 ? "Where is the lighthouse?" : "Line " + i;
            talk.add(id, i % 2 == 1 ? Message.Role.USER : Message.Role.ASSISTANT, text, "{}");
        }
        browsing.signInAs(ada);
        Page page = browsing.page("/assistant");
        Locator list = page.getByRole(AriaRole.COMPLEMENTARY, new Page.GetByRoleOptions().setName("Conversations"));
        list.getByLabel("Search conversations").fill("lighthouse");
        assertThat(list.locator("mark")).hasText("lighthouse");
        Locator hit = list.getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("A long talk"));
        Locator found =
                page.getByRole(AriaRole.GROUP, new Page.GetByRoleOptions().setName("The message that was found"));

        hit.click();
        assertThat(found).isInViewport();
        assertThat(found).isFocused();
        assertThat(found).containsText("Found here");
        assertThat(found).containsText("Where is the lighthouse?");

        Browsing.button(page, "To the end").click();
        assertThat(found).not().isInViewport();
        assertThat(page.getByText("Line 60")).isInViewport();
        hit.click();
        assertThat(found).isInViewport();
        assertThat(found).isFocused();

        page.setViewportSize(360, 740);
        Browsing.button(page, "To the end").click();
        page.getByLabel("Conversations").and(page.getByRole(AriaRole.BUTTON)).click();
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        dialog.getByLabel("Search conversations").fill("lighthouse");
        assertThat(dialog.locator("mark")).hasText("lighthouse");
        dialog.getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("A long talk"))
                .click();
        assertThat(dialog).hasCount(0);
        assertThat(found).isInViewport();
        assertThat(found).isFocused();

        talk.addAfter(id, 0, Message.Role.USER, "Begun anew", "{}");
        page.reload();
        assertThat(page.getByText("The message that was found is not on the branch that is shown."))
                .isVisible();
        browsing.expectNoErrors();
    }

    @Test
    void aQuestionThatIsAnsweredElsewhereIsSaidToBeAndOneThatWasCutOffIsAskedAgain() {
        Studio studio = server.bean(Studio.class);
        Caller caller = ada.account().caller();
        String id = conversation("Cut off");
        Conversations.of(studio.metadata(), caller)
                .addAfter(
                        id,
                        0,
                        Message.Role.USER,
                        "total sales by region",
                        "{\"agent\":\"auto\",\"sources\":[\"" + data + "\"]}");
        Turns turns = Turns.of(studio.metadata(), caller, studio.clock());
        Turn held = turns.begin(id, "another process", Duration.ofHours(1));
        browsing.signInAs(ada);
        Page page = browsing.page("/assistant/" + id);

        assertThat(page.getByText("It is being answered elsewhere.")).isVisible();
        assertThat(page.getByLabel("Stop the answer (Escape)")).isVisible();
        turns.renew(held, Duration.ZERO); // as when nobody renews it

        Locator note = page.getByText("The answer was cut off");
        assertThat(note).isVisible();
        Browsing.button(page, "Ask again").click();
        assertThat(page.getByRole(AriaRole.ARTICLE, new Page.GetByRoleOptions().setName("Answer of Data analyst")))
                .containsText("North");
        assertThat(note).hasCount(0);
        browsing.expectNoErrors();
    }
}
