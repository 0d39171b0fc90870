package dev.datastudio.app.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.datastudio.app.Belongings.id;

import com.microsoft.playwright.Page;
import dev.datastudio.app.AppServer;
import dev.datastudio.app.Person;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two people of two organisations at the same application, each with a browser. */
class TwoPeopleTest {
    private static final String SECRET = "salaries";

    private static final Pattern NOTHING =
            Pattern.compile("This address leads nowhere|This (document|conversation) is not there|There is no graph");

    private final AppServer server = AppServer.shared();
    private final Person ada = server.newPerson();
    private final Person eve = server.newPerson();
    private final Browsing adas = Browsing.open(server, 1280, 800);
    private final Browsing eves = Browsing.open(server, 1280, 800);

    @AfterEach
    void close() {
        adas.close();
        eves.close();
    }

    @Test
    void whatOneMadeIsThereForThemAndForNobodyElse() {
        byte[] csv = "name,pay\nAda,100\nBob,90\n".getBytes(StandardCharsets.UTF_8);
        String dataset =
                id(ada.sendFile("/api/v1/datasets", SECRET + ".csv", csv).is(201));
        String graph = id(
                ada.post("/api/v1/graphs", "{'name':'Graph of " + SECRET + "'}").is(201));
        String conversation = id(ada.post("/api/v1/conversations", "{'title':'Talk of " + SECRET + "'}")
                .is(201));
        byte[] text = "What everybody is paid.".getBytes(StandardCharsets.UTF_8);
        String document =
                id(ada.sendFile("/api/v1/documents", SECRET + ".txt", text).is(202));
        adas.signInAs(ada);
        eves.signInAs(eve);
        Map<String, String> things =
                Map.of("/datasets", dataset, "/graphs", graph, "/documents", document, "/assistant", conversation);
        Page mine = adas.page("/");
        Page theirs = eves.page("/");

        things.forEach((list, id) -> {
            mine.navigate(list);
            assertThat(mine.getByText(SECRET).first()).isVisible();
            theirs.navigate(list);
            Browsing.expectLoaded(theirs);
            assertThat(theirs.getByText(SECRET)).hasCount(0);

            theirs.navigate(list + "/" + id);
            assertThat(theirs.getByText(NOTHING).first()).isVisible();
            assertThat(theirs.getByText(SECRET)).hasCount(0);
        });
        adas.expectNoErrors();
        eves.expectNoErrors("404");
    }
}
