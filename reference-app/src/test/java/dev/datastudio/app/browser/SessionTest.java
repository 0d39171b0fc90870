package dev.datastudio.app.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.datastudio.app.GraphText.edge;
import static dev.datastudio.app.GraphText.graph;
import static dev.datastudio.app.GraphText.node;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.WebSocketRoute;
import com.microsoft.playwright.options.AriaRole;
import dev.datastudio.app.AppServer;
import dev.datastudio.app.Belongings;
import dev.datastudio.app.Person;
import dev.datastudio.app.identity.account.Sessions;
import dev.datastudio.testkit.model.ModelReply;
import dev.datastudio.testkit.model.ScriptedModelServer;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What goes wrong while somebody works: sessions end, nodes fail, runs are stopped, connections break. */
class SessionTest {
    private final AppServer server = AppServer.shared();
    private final Person ada = server.newPerson();
    private final ScriptedModelServer model = ScriptedModelServer.start();
    private final Browsing browsing = Browsing.open(server, 1440, 900);

    @AfterEach
    void close() {
        browsing.close();
        model.close();
    }

    private void signIn(Page page) {
        page.getByLabel("Email").fill(ada.account().email());
        page.getByLabel("Password").fill(Person.PASSWORD);
        Browsing.button(page, "Sign in").click();
    }

    @Test
    void aSessionThatEndsLeadsToTheSignInAndBackToTheSamePlace() {
        String dataset = Belongings.dataset(ada, "visitors.csv", "city,visitors\nGraz,120\n");
        Page page = browsing.page("/datasets");
        signIn(page);
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("visitors"))
                .click();
        page.waitForURL("**/datasets/" + dataset);
        Locator profile = page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName("Profile"));
        assertThat(profile).isVisible();

        browsing.expireSession(page);
        profile.click();
        page.waitForURL(Pattern.compile("/sign-in\\?to="));
        signIn(page);

        page.waitForURL("**/datasets/" + dataset + "?tab=profile");
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("visitors"))
                        .first())
                .isVisible();
        browsing.expectNoErrors("401");
    }

    @Test
    void aSignOutInOneTabEndsTheOther() {
        Page one = browsing.page("/sign-in?to=/datasets");
        signIn(one);
        one.waitForURL("**/datasets");
        Page other = browsing.page("/assistant");
        Browsing.expectLoaded(other);

        one.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Your account:"))
                .click();
        one.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("Sign out"))
                .click();

        one.waitForURL("**/sign-in");
        other.waitForURL("**/sign-in?to=%2Fassistant");
        assertThat(other.getByText("Ask in your own words")).hasCount(0);
        browsing.expectNoErrors("401");
    }

    @Test
    void aSessionThatEndsWhileAnAnswerIsWrittenLeadsToTheSignInAndBackToTheAnswer() {
        Belongings.addModel(ada, model);
        CountDownLatch more = new CountDownLatch(1);
        model.inTurn(ModelReply.pieces("The ", "sea ", "is deep.").heldAfter(2, more));
        browsing.signInAs(ada);
        Page page = browsing.page("/assistant");
        page.getByLabel("Who answers").selectOption("data_analyst");
        Locator box = page.getByRole(AriaRole.FORM).getByRole(AriaRole.TEXTBOX);
        box.fill("How is the sea?");
        box.press("Enter");
        assertThat(page.getByLabel("Answer being written")).containsText("The sea");
        String place = page.url();

        server.bean(Sessions.class).endAll(ada.account().caller());
        page.waitForURL(Pattern.compile("/sign-in\\?to=%2Fassistant%2F"));
        assertThat(page.getByText("The sea")).hasCount(0);
        signIn(page);
        page.waitForURL(place);
        assertThat(page.getByLabel("Answer being written")).containsText("The sea");
        more.countDown();

        assertThat(page.getByLabel("Answer of Data analyst")).containsText("The sea is deep.");
        browsing.expectNoErrors("401");
    }

    @Test
    void aViewerIsToldWhyAndAPageWithoutItsServerIsNotBlank() {
        String link = ada.post(
                        "/api/v1/invitations", "{'email':'" + UUID.randomUUID() + "@example.org','role':'viewer'}")
                .is(201)
                .json()
                .path("link")
                .asString();
        Person ben = server.nobody();
        ben.post(
                        "/api/v1/auth/invitations/accept",
                        "{'token':'" + URI.create(link).getFragment() + "','name':'Ben','password':'" + Person.PASSWORD
                                + "'}")
                .is(200);
        browsing.signInAs(ben);
        Page page = browsing.page("/settings/audit");
        assertThat(page.getByRole(AriaRole.MAIN)).containsText("audit:get");
        page.navigate("/settings/agents");
        assertThat(page.getByText("SQL expert")).isVisible();
        assertThat(page.getByLabel("Edit SQL expert")).hasCount(0);

        browsing.context().route("**/api/**", Route::abort);
        page.navigate("/assistant");
        assertThat(page.getByRole(AriaRole.MAIN)).containsText("Studio can’t be reached");
        browsing.context().unroute("**/api/**");
        Browsing.button(page, "Try again").click();
        assertThat(page.getByText("What do you want to know?")).isVisible();
        browsing.expectNoErrors("403", "ERR_FAILED");
    }

    @Test
    void aFailedNodeSaysWhyAndIsWhereTheFocusGoes() {
        Page page = editor();

        Browsing.button(page, "Run").click();

        Locator failed = page.locator(".react-flow__node[data-id='model']");
        assertThat(failed.locator("[data-state=failed]")).containsText("No language model is configured");
        assertThat(page.getByRole(AriaRole.COMPLEMENTARY, new Page.GetByRoleOptions().setName("Details")))
                .containsText("Settings");
        assertThat(failed).isFocused();
        browsing.expectNoErrors();
    }

    @Test
    void tokensShowInTheNodeAndTheRunIsStopped() {
        Belongings.addModel(ada, model);
        model.inTurn(ModelReply.pieces("never ", "ends").stalledAfter(1));
        Page page = editor();

        Browsing.button(page, "Run").click();
        Locator writer = page.locator(".react-flow__node[data-id='model']");
        assertThat(writer).containsText("never");
        Browsing.button(page, "Stop").first().click();

        assertThat(writer.locator("[data-state=cancelled]")).isVisible();
        assertThat(Browsing.button(page, "Run")).isVisible();
        browsing.expectNoErrors();
    }

    @Test
    void aConnectionThatBreaksInMidStreamIsMadeAgainAndNothingIsLostOrDoubled() {
        Belongings.addModel(ada, model);
        CountDownLatch more = new CountDownLatch(1);
        model.inTurn(
                ModelReply.pieces("The ", "sea ", "comes ", "and ", "goes.").heldAfter(2, more));
        List<WebSocketRoute> sockets = new ArrayList<>();
        AtomicBoolean isBroken = new AtomicBoolean();
        browsing.context().routeWebSocket(Pattern.compile("/ws/runs/"), socket -> {
            if (isBroken.get()) {
                socket.close(new WebSocketRoute.CloseOptions().setCode(1012));
            } else {
                sockets.add(socket);
                socket.connectToServer();
            }
        });
        Page page = editor();
        Browsing.button(page, "Run").click();
        Locator writer = page.locator(".react-flow__node[data-id='model']");
        assertThat(writer).containsText("The sea");

        isBroken.set(true);
        sockets.get(0).close(new WebSocketRoute.CloseOptions().setCode(1012));
        assertThat(page.getByText("The connection broke; trying again")).isVisible();
        isBroken.set(false);
        page.waitForCondition(() -> sockets.size() == 2);
        more.countDown();

        assertThat(page.locator(".graph-node[data-state=done]")).hasCount(3);
        assertThat(writer).containsText("The sea comes and goes.");
        assertTrue(sockets.get(1).url().contains("after="), sockets.get(1).url());
        browsing.expectNoErrors();
    }

    /** The editor with a graph that lets a model write. */
    private Page editor() {
        String graph = graph(
                node("topic", "text.input", 0, "{'name':'topic','default':'tides'}") + ","
                        + node("model", "chat.model", 320, "{}") + ","
                        + node("out", "text.output", 640, "{'name':'text'}"),
                edge("topic", "value", "model", "prompt") + "," + edge("model", "text", "out", "value"));
        browsing.signInAs(ada);
        Page page = browsing.page("/graphs/" + Belongings.graph(ada, "Writing", graph));
        assertThat(page.locator(".react-flow__edge")).hasCount(2);
        return page;
    }
}
