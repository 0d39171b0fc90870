package dev.datastudio.app.question;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.app.AppServer;
import dev.datastudio.app.Person;
import dev.datastudio.testkit.model.ModelReply;
import dev.datastudio.testkit.model.ScriptedModelServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of a question whose client goes away (D3). */
@Timeout(60)
class DeparturesTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String OF_THE_NORTH = """
            {"steps":[{"intent":"the northerners","op":"aggregate","tables":["sales"],
              "filter":{"compare":"equal","left":{"column":"region"},"right":"North"},
              "measures":[{"aggregate":"sum","of":{"column":"sales"}}]}]}
            """;

    private final Person ann = AppServer.shared().newPerson();
    private final ScriptedModelServer model = ScriptedModelServer.start();
    private final CountDownLatch held = new CountDownLatch(1);
    private String file = "";

    @BeforeEach
    void askAModelThatThinksForLong() throws Exception {
        ann.post(
                        "/api/v1/models",
                        "{'name':'Scripted','provider':'generic','model_name':'scripted-1','endpoint_url':'"
                                + model.baseUrl() + "','configuration':{'max_retries':0},'api_key':'key-1'}")
                .is(201);
        model.when(request -> true)
                .reply(ModelReply.toolCall("plan", OF_THE_NORTH).heldBy(held));
        var ticket = ann.post("/upload", "{'file_name':'sales.csv','content_type':'text/csv'}")
                .is(200)
                .json();
        QuestionsTest.put(
                ticket.path("presigned_url").asString(), "region,sales\nNorth,10\nNorth,40\nSouth,5\n", "text/csv");
        file = ticket.path("file_id").asString();
    }

    @AfterEach
    void close() {
        held.countDown();
        model.close();
    }

    private Socket ask(String who) throws IOException {
        URI address = AppServer.shared().address();
        Socket client = new Socket(address.getHost(), address.getPort());
        client.setSoTimeout((int) LIMIT.toMillis());
        String question = "{\"file_id\":\"" + file + "\",\"question\":\"what did the " + who + " fetch\"}";
        client.getOutputStream().write(http("POST /ask", question));
        return client;
    }

    private byte[] http(String line, String body) {
        String head = String.join(
                "\r\n",
                line + " HTTP/1.1",
                "Host: " + AppServer.shared().address().getAuthority(),
                "Content-Type: application/json",
                "Content-Length: " + body.length(),
                "Cookie: " + ann.cookieHeader(),
                "X-CSRF-Token: " + ann.cookies().get("studio-csrf"));
        return (head + "\r\n\r\n" + body).getBytes(UTF_8);
    }

    @Test
    void aQuestionEndsWhenItsClientLeaves() throws Exception {
        Socket client = ask("northerners");
        model.awaitRequest(1, LIMIT);

        client.close();

        model.awaitAbandoned(1, LIMIT);
    }

    @Test
    void aQuestionEndsWhenItsConnectionIsReset() throws Exception {
        Socket client = ask("northerners");
        model.awaitRequest(1, LIMIT);

        client.setSoLinger(true, 0);
        client.close();

        model.awaitAbandoned(1, LIMIT);
    }

    @Test
    void aQuestionThatSomebodyElseWaitsForGoesOn() throws Exception {
        try (Socket stays = ask("northerners")) {
            model.awaitRequest(1, LIMIT);
            stays.getOutputStream().write(http("GET /api/health", "")); // what is sent ahead is no departure
            ask("northerners").close();
            Socket other = ask("southerners");
            model.awaitRequest(2, LIMIT);
            other.close();
            model.awaitAbandoned(2, LIMIT); // all who came before were looked at by then

            held.countDown();

            BufferedReader answers = new BufferedReader(new InputStreamReader(stays.getInputStream(), UTF_8));
            assertEquals("HTTP/1.1 200 ", answers.readLine());
            assertTrue(
                    answers.lines().anyMatch(line -> line.endsWith("HTTP/1.1 200 ")),
                    "the request sent ahead was not answered");
            assertEquals(2, model.requests().size());
        }
    }
}
