package dev.datastudio.app.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import dev.datastudio.app.AppServer;
import dev.datastudio.app.Belongings;
import dev.datastudio.app.Person;
import dev.datastudio.testkit.model.ModelReply;
import dev.datastudio.testkit.model.ModelRequest;
import dev.datastudio.testkit.model.ScriptedModelServer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An organisation makes the agents its own, and sees what Studio can do now and why. */
class AgentSettingsTest {
    private final AppServer server = AppServer.shared();
    private final Person ada = server.newPerson();
    private final ScriptedModelServer model = ScriptedModelServer.start();
    private final Browsing browsing = Browsing.open(server, 1440, 900);

    @AfterEach
    void close() {
        browsing.close();
        model.close();
    }

    private static Locator status(Page page) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Studio is:"))
                .first();
    }

    @Test
    void anAgentIsChangedAnswersSoAndIsBroughtBack() {
        Belongings.addModel(ada, model);
        model.inTurn(ModelReply.text("Aye."));
        browsing.signInAs(ada);
        Page page = browsing.page("/settings/agents");
        page.getByLabel("Edit SQL expert").click();
        Locator dialog = page.getByRole(AriaRole.DIALOG, new Page.GetByRoleOptions().setName("SQL expert"));
        dialog.getByLabel("Model", new Locator.GetByLabelOptions().setExact(true))
                .selectOption("Scripted");
        dialog.getByLabel("Temperature").fill("0.3");
        dialog.getByLabel("Instructions").fill("Answer like a sailor.");
        dialog.getByLabel("get_dataset_info").uncheck();
        Browsing.button(page, "Save").click();

        Locator entry = page.getByRole(AriaRole.MAIN)
                .getByRole(AriaRole.LISTITEM)
                .filter(new Locator.FilterOptions().setHas(page.getByLabel("Edit SQL expert")));
        assertThat(entry).containsText("Changed");
        assertThat(entry).containsText("Scripted");
        assertThat(entry).not().containsText("get_dataset_info");

        page.navigate("/assistant");
        page.getByLabel("Who answers").selectOption("sql_expert");
        Locator box = page.getByRole(AriaRole.FORM).getByRole(AriaRole.TEXTBOX);
        box.fill("Hello?");
        box.press("Enter");
        assertThat(page.getByLabel("Answer of SQL expert")).containsText("Aye.");
        ModelRequest asked = model.requests().get(0);
        assertTrue(asked.json().contains("Answer like a sailor."), asked.json());
        assertTrue(asked.json().contains("\"temperature\":0.3"), asked.json());
        assertTrue(asked.tools().contains("sql_query"), asked.tools().toString());
        assertFalse(asked.tools().contains("get_dataset_info"), asked.tools().toString());

        page.navigate("/settings/agents");
        page.getByLabel("Edit SQL expert").click();
        Browsing.button(page, "Back to how it came").click();
        assertThat(entry).not().containsText("Changed");
        assertThat(entry).containsText("get_dataset_info");
        browsing.expectNoErrors();
    }

    @Test
    void datesAndNumbersAreWrittenAsTheOrganisationWantsThem() {
        ada.put("/api/v1/settings", "{'locale':'de-DE','timeZone':'Pacific/Kiritimati'}", "\"0\"")
                .is(200);
        ada.sendFile("/api/v1/datasets", "visitors.csv", "city,visitors\nGraz,120\n".getBytes(StandardCharsets.UTF_8))
                .is(201);
        browsing.signInAs(ada);
        Page page = browsing.page("/");
        // What is done is written down a moment later.
        page.waitForCondition(
                () -> !ada.get("/api/v1/audit").json().path("items").isEmpty());
        Instant at = Instant.parse(
                ada.get("/api/v1/audit").is(200).json().at("/items/0/at").asString());
        page.navigate("/settings/audit");

        String there =
                DateTimeFormatter.ofPattern("dd.MM.yyyy, HH:mm").format(at.atZone(ZoneId.of("Pacific/Kiritimati")));
        assertThat(page.getByText(there).first()).isVisible();
        browsing.expectNoErrors();
    }

    @Test
    void whatStudioCanDoNowIsSaidWithItsReasonAndTheFix() {
        browsing.signInAs(ada);
        Page page = browsing.page("/assistant");
        assertThat(status(page)).containsText("Partial");
        status(page).click();
        Locator told = page.locator("[popover]:popover-open");
        assertThat(told).containsText("No model is set up");
        assertThat(told).containsText("No worker");
        told.getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("Add a model"))
                .click();
        page.waitForURL("**/settings/models");

        Belongings.addModel(ada, model);
        page.reload();
        assertThat(status(page)).containsText("Ready");
        status(page).click();
        assertThat(told).containsText("Scripted (m-1) answers.");

        browsing.context().route("**/studio/agent/capabilities", Route::abort);
        page.reload();
        assertThat(status(page)).containsText("Unavailable");
        status(page).click();
        assertThat(told).containsText("Studio doesn’t answer.");
        browsing.context().unroute("**/studio/agent/capabilities");
        told.getByRole(AriaRole.BUTTON).click();
        assertThat(status(page)).containsText("Ready");
        browsing.expectNoErrors("ERR_FAILED");
    }
}
