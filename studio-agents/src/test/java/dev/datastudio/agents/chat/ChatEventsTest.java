package dev.datastudio.agents.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.datastudio.agents.chat.ChatContext.Enriched;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tool.SideEffect;
import dev.datastudio.core.conversation.Message;
import dev.datastudio.testkit.model.ModelReply;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What clients are told, and what they send (A18, P8). */
@Timeout(60)
class ChatEventsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<Class<?>, ChatEvent.Content> ONE_OF_EACH = List.<ChatEvent.Content>of(
                    new ChatEvent.Connected(),
                    new ChatEvent.Said(3, 2, Message.Role.ASSISTANT, "Hi", "{\"a\":1}"),
                    new ChatEvent.Typing("sql_expert", ChatEvent.Typing.Phase.STARTED),
                    new ChatEvent.Update(ChatEvent.Update.Stage.MEMORY, "Of what was said"),
                    new ChatEvent.Routed(new Routing(
                            List.of(new Routing.Choice("sql_expert", "Total?")),
                            Routing.Order.TOGETHER,
                            Routing.By.MODEL,
                            "It asks for a sum.")),
                    new ChatEvent.Token("sql_expert", 1, "\"x\"\n"),
                    new ChatEvent.ToolCalled("sql_expert", "c1", "sql_query", "{}"),
                    new ChatEvent.ToolReturned(
                            "sql_expert",
                            "c1",
                            "sql_query",
                            ChatEvent.ToolReturned.Outcome.ERROR,
                            "no",
                            List.of("k"),
                            7),
                    new ChatEvent.ApprovalAsked("sql_expert", "1", "send_mail", "{}", SideEffect.EXTERNAL),
                    new ChatEvent.ApprovalDecided("1", ChatEvent.ApprovalDecided.Outcome.REFUSED),
                    new ChatEvent.Failed(ErrorCode.MODEL_FAILED, "what", "mend", true))
            .stream()
            .collect(Collectors.toMap(Object::getClass, content -> content));

    @Test
    void everyEventHasItsNameAndItsJson() throws Exception {
        Set<String> names = new TreeSet<>();
        for (Class<?> type : ChatEvent.Content.class.getPermittedSubclasses()) {
            ChatEvent.Content content = Objects.requireNonNull(ONE_OF_EACH.get(type), type::getName);
            ChatEvent event = new ChatEvent("c", "t", 5, Instant.EPOCH, content);
            JsonNode json = JSON.readTree(ChatJson.write(event));
            assertEquals(event.name(), json.path("type").asText());
            assertEquals(5, json.path("sequence").asInt());
            assertEquals("c", json.path("conversation_id").asText());
            names.add(event.name());
        }

        assertEquals(
                Set.of(
                        "connection_established",
                        "message",
                        "typing",
                        "analysis_update",
                        "error",
                        "token",
                        "tool_call",
                        "tool_result",
                        "approval_needed",
                        "approval_decided"),
                names);
    }

    @Test
    void eventsComeInTheOrderOfAConversation() throws Exception {
        try (ChatDesk desk = ChatDesk.withModel()) {
            desk.server.inTurn(
                    ModelReply.toolCall("sql_query", desk.sql("SELECT sum(sales) AS total FROM orders")),
                    ModelReply.pieces("It is ", "130."));
            ChatTurn turn = desk.chat().send(desk.about("Total?").to("sql_expert"));
            CollectedEvents events = new CollectedEvents();
            turn.listen(0, events);

            assertEquals(
                    List.of(
                            "connection_established",
                            "message",
                            "analysis_update",
                            "typing",
                            "tool_call",
                            "tool_result",
                            "token",
                            "token",
                            "typing",
                            "message"),
                    events.all().stream().map(ChatEvent::name).toList());
            JsonNode last = JSON.readTree(ChatJson.write(events.all().get(9)));
            assertEquals("It is 130.", last.path("text").asText());
            assertEquals("answered", last.path("detail").path("status").asText());
        }
    }

    @Test
    void aClientThatWasCutOffGoesOnAfterTheLastEventThatItHad() throws Exception {
        try (ChatDesk desk = ChatDesk.withModel()) {
            desk.server.inTurn(ModelReply.pieces("One ", "two ", "three."));
            ChatTurn turn = desk.chat().send(ChatRequest.of("Count").to("data_analyst"));
            CollectedEvents first = new CollectedEvents();
            turn.listen(0, first);
            long had = first.await(CollectedEvents.token("two ")).sequence();
            turn.await();

            CollectedEvents second = new CollectedEvents();
            desk.chat().turn(turn.conversation()).orElseThrow().listen(had, second);

            List<ChatEvent> all = first.all();
            List<ChatEvent> rest = second.all();
            assertEquals("connection_established", rest.get(0).name());
            assertEquals(all.stream().filter(event -> event.sequence() > had).toList(), rest.subList(1, rest.size()));
            assertTrue(rest.stream().anyMatch(CollectedEvents.token("three.")));
        }
    }

    @Test
    void aReplyIsWrittenForProgramsThatDontListen() throws Exception {
        try (ChatDesk desk = ChatDesk.withModel()) {
            desk.server.inTurn(ModelReply.text("There are 7 moons."), ModelReply.text("There are 7 moons."));
            ChatReply reply = desk.chat()
                    .send(ChatRequest.of("How many?").to("data_analyst"))
                    .await();

            JsonNode json = JSON.readTree(ChatJson.write(reply));

            assertEquals("There are 7 moons.", json.path("response").asText());
            assertEquals(reply.conversation(), json.path("conversation_id").asText());
            assertEquals("[\"7\"]", json.path("unsupported").toString());
            assertTrue(json.path("problem").isNull());
        }
    }

    @Test
    void aRequestIsReadWithItsContext() {
        ChatRequest request = ChatJson.readRequest("""
                {"message":"Why?","conversation_id":"c-1","more":1,"context":{"source_id":"s-1","issue_id":"i-1",
                 "enriched":{"source":{"id":"s-1","name":"Orders","type":"csv"},"schema":[{"name":"a"}],
                 "metrics":"good","dataSample":null}}}""");

        assertEquals("c-1", request.conversation());
        assertEquals(ChatRequest.AUTO, request.agent());
        assertEquals(
                new ChatContext(
                        List.of("s-1"),
                        "i-1",
                        "",
                        new Enriched("s-1", "Orders", "csv", "[{\"name\":\"a\"}]", "good", "")),
                request.context());
    }

    @Test
    void aRequestThatBreaksARuleIsRefusedByName() {
        String tooMuch = "x".repeat(Enriched.MAX_CHARACTERS + 1);
        for (String json : Arrays.asList(
                "no json",
                "[]",
                "{}",
                "{\"message\":\"  \"}",
                "{\"message\":7}",
                "{\"message\":\"a\",\"context\":7}",
                "{\"message\":\"a\",\"context\":{\"source_id\":\"a b\"}}",
                "{\"message\":\"a\",\"context\":{\"issue_id\":[]}}",
                "{\"message\":\"a\",\"context\":{\"enriched\":{\"schema\":\"" + tooMuch + "\"}}}",
                "{\"message\":\"" + "a".repeat(ChatRequest.MAX_MESSAGE + 1) + "\"}")) {
            StudioException refused = assertThrows(StudioException.class, () -> ChatJson.readRequest(json), () -> json);
            assertEquals(ErrorCode.INVALID_ARGUMENT, refused.code());
        }
    }
}
