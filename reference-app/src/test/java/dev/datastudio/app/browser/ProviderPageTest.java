package dev.datastudio.app.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.datastudio.app.ProviderServer;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The page on which people sign in, where they can do so through another service. */
class ProviderPageTest {
    private final ProviderServer server = ProviderServer.shared();
    private final Browsing browsing = Browsing.open(server.app(), 320, 800);

    @AfterEach
    void close() {
        browsing.close();
    }

    @Test
    void somebodyIsToldWhyNotAndThenComesInWhereTheyWanted() {
        server.provider().is(UUID.randomUUID().toString(), UUID.randomUUID() + "@example.org", true);
        Page page = browsing.page("/datasets");
        Locator acme = page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Sign in with Acme"));
        acme.click();
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("Nobody has invited you yet");
        Browsing.expectAccessible(page);
        Browsing.expectNoSidewaysScrolling(page);
        Browsing.inColours(page, ColorScheme.DARK);
        Browsing.expectContrast(page);

        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Sign in with house"))
                .click();
        page.waitForURL("**/datasets");
        assertThat(page.getByRole(
                        AriaRole.HEADING,
                        new Page.GetByRoleOptions().setName("Data").setLevel(1)))
                .isVisible();
        page.reload();
        assertThat(page.getByRole(AriaRole.HEADING).first()).isVisible();
        browsing.expectNoErrors();
    }
}
