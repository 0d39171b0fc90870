package dev.datastudio.app.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.datastudio.app.AppServer;
import dev.datastudio.app.Person;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An administrator and somebody they invite: role, lock, link for a new password, tokens; each in their own browser. */
class PeopleTest {
    private final AppServer server = AppServer.shared();
    private final Person ada = server.newPerson();
    private final Browsing adas = Browsing.open(server, 1280, 900);
    private final Browsing bobs = Browsing.open(server, 1280, 900);
    private final String bob = "bob-" + UUID.randomUUID() + "@example.org";

    @AfterEach
    void close() {
        adas.close();
        bobs.close();
    }

    private static Locator dialog(Page page) {
        return page.locator("dialog[open]").last();
    }

    /** The link that a dialog shows once, after which the dialog is closed. */
    private static String link(Page page) {
        assertThat(dialog(page)).containsText("is shown this once");
        Browsing.expectAccessible(page);
        String link = dialog(page).locator("code").textContent();
        Browsing.button(page, "Done").click();
        assertThat(page.locator("dialog[open]")).hasCount(0);
        return link;
    }

    private static Locator bobsRow(Page page) {
        return page.getByRole(AriaRole.LISTITEM).filter(new Locator.FilterOptions().setHasText("Bob"));
    }

    private static void choose(Page page, String item) {
        Browsing.button(page, "More about Bob").click();
        page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName(item))
                .click();
    }

    @Test
    void somebodyIsInvitedGivenARoleLockedOutAndGivenANewPassword() {
        adas.signInAs(ada);
        Page page = adas.page("/settings/members");
        Browsing.button(page, "Invite").press("Enter");
        Browsing.expectAccessible(page);
        page.getByLabel("Email").fill(bob);
        page.getByLabel("Role").selectOption("viewer");
        page.getByLabel("Email").press("Enter");
        String invitation = link(page);
        assertThat(page.getByText(bob)).isVisible();

        Page joining = bobs.page(invitation);
        Browsing.expectAccessible(joining);
        joining.getByLabel("Your name").fill("Bob");
        joining.getByLabel("Password").fill("short");
        Browsing.button(joining, "Join").click();
        assertThat(joining.getByText("Join Studio")).isVisible();
        joining.getByLabel("Password").fill(Person.PASSWORD);
        joining.getByLabel("Password").press("Enter");
        joining.waitForURL(Pattern.compile("/$"));
        joining.navigate("/datasets");
        Browsing.expectLoaded(joining);
        assertThat(Browsing.button(joining, "Upload")).hasCount(0);

        page.reload();
        page.waitForResponse(
                response -> response.request().method().equals("PATCH"),
                () -> bobsRow(page).getByLabel("Role of Bob").selectOption("editor"));
        // Another role begins with another session, which leads back to where they were.
        joining.reload();
        signIn(joining, Person.PASSWORD);
        assertThat(Browsing.button(joining, "Upload")).isVisible();

        choose(page, "Lock out");
        assertThat(bobsRow(page)).containsText("Locked out");
        joining.reload();
        assertThat(joining.getByLabel("Password")).isVisible();
        choose(page, "Let in again");
        assertThat(bobsRow(page)).not().containsText("Locked out");
        choose(page, "Link for a new password");
        String reset = link(page);
        choosesANewPassword(reset);

        choose(page, "Remove");
        assertThat(dialog(page)).containsText("no conversations");
        Browsing.expectAccessible(page);
        page.getByLabel("Also delete what is theirs alone").check();
        dialog(page)
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Remove and delete"))
                .click();
        assertThat(bobsRow(page)).hasCount(0);
        page.setViewportSize(320, 700);
        Browsing.expectNoSidewaysScrolling(page);
        adas.expectNoErrors();
        bobs.expectNoErrors("status of 400", "status of 401");
    }

    @Test
    void anOrganisationIsDeletedByItsName() {
        adas.signInAs(ada);
        String name = ada.get("/api/v1/organisation").json().path("name").asString();
        Page page = adas.page("/settings/organisation");
        Browsing.button(page, "Delete this organisation").click();
        assertThat(dialog(page)).containsText("the account of 1 person, no versions of data sets");
        Browsing.expectAccessible(page);
        page.setViewportSize(320, 700);
        Browsing.expectNoSidewaysScrolling(page);
        page.getByLabel("Name of the organisation").fill(name + "!");
        assertThat(Browsing.button(page, "Delete for good")).isDisabled();
        page.getByLabel("Name of the organisation").fill(name);
        page.getByLabel("Your password").fill("another one");
        Browsing.button(page, "Delete for good").click();
        assertThat(dialog(page)).containsText("The password is another one");
        page.getByLabel("Your password").fill(Person.PASSWORD);
        Browsing.button(page, "Delete for good").click();
        page.waitForURL(Pattern.compile("/sign-in"));
        assertThat(page.getByLabel("Email")).isVisible();
        ada.get("/api/v1/datasets").is(401);
        adas.expectNoErrors("status of 403", "status of 401");
    }

    private void choosesANewPassword(String link) {
        String other = Person.PASSWORD + " at all";
        Page page = bobs.page(link);
        Browsing.expectAccessible(page);
        page.getByLabel("New password").fill(other);
        page.getByLabel("New password").press("Enter");
        assertThat(page.getByText("The password is changed")).isVisible();
        page.getByText("Back to sign in").click();
        signIn(page, other);
        page.waitForURL(Pattern.compile("/$"));
    }

    private void signIn(Page page, String password) {
        page.getByLabel("Email").fill(bob);
        page.getByLabel("Password").fill(password);
        page.getByLabel("Password").press("Enter");
    }

    @Test
    void aTokenIsShownOnceWorksAndIsRevoked() {
        adas.signInAs(ada);
        Page page = adas.page("/settings/account");
        Browsing.button(page, "New token").click();
        Browsing.expectAccessible(page);
        page.setViewportSize(320, 700);
        Browsing.expectNoSidewaysScrolling(page);
        page.setViewportSize(1280, 900);
        page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true))
                .last()
                .fill("Nightly");
        Browsing.button(page, "Create").click();
        assertThat(dialog(page)).containsText("It is shown this once");
        Browsing.expectAccessible(page);
        String token = dialog(page).locator("code").textContent();
        Browsing.button(page, "I have it").click();
        assertThat(page.getByText("never used")).isVisible();
        assertThat(page.getByText(token)).hasCount(0);
        assertEquals(200, status(token));

        Browsing.button(page, "Revoke Nightly").click();
        Browsing.expectAccessible(page);
        dialog(page)
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Revoke"))
                .click();
        assertThat(Browsing.button(page, "Revoke Nightly")).hasCount(0);
        assertEquals(401, status(token));
        adas.expectNoErrors();
    }

    private int status(String token) {
        Person nobody = server.nobody();
        return nobody.send(nobody.bare("/api/v1/datasets")
                        .header("Authorization", "Bearer " + token)
                        .GET())
                .status();
    }
}
