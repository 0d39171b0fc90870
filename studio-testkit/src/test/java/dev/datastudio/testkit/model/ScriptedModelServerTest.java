package dev.datastudio.testkit.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.model.output.FinishReason;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The scripted model, spoken to by a real client of the protocol. */
@Timeout(60)
class ScriptedModelServerTest {
    private final ScriptedModelServer server = ScriptedModelServer.start();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void answersByTheTextOfTheLastMessage() {
        server.when("capital of France").reply(ModelReply.text("Paris"));
        server.when(Pattern.compile("capital of (Spain|Castile)")).reply(ModelReply.text("Madrid"));

        assertEquals("Madrid", model().chat("What is the capital of Spain?"));
        assertEquals("Paris", model().chat("What is the capital of France?"));
    }

    @Test
    void takesTheFirstRuleThatFits() {
        server.when("France").reply(ModelReply.text("the first"));
        server.when("capital").reply(ModelReply.text("the second"));

        assertEquals("the first", model().chat("capital of France"));
    }

    @Test
    void aRuleGivesItsRepliesInTurnAndTheLastOneAgain() {
        server.when("next").reply(ModelReply.text("one"), ModelReply.text("two"));

        assertEquals(
                List.of("one", "two", "two"),
                IntStream.range(0, 3).mapToObj(i -> model().chat("next")).toList());
    }

    @Test
    void aRuleMayComputeItsAnswer() {
        server.when(request -> request.messages().size() == 2)
                .reply(request -> ModelReply.text(request.messages().get(0).role() + ": "
                        + request.messages().get(0).text()));

        ChatResponse response = model().chat(SystemMessage.from("be brief"), UserMessage.from("hello"));

        assertEquals("system: be brief", response.aiMessage().text());
    }

    @Test
    void requestsWithoutARuleTakeTheNextTurn() {
        server.inTurn(ModelReply.text("first"), ModelReply.text("second"));

        assertEquals("first", model().chat("a"));
        assertEquals("second", model().chat("b"));
    }

    @Test
    void requestsThatNothingFitsAreRefusedOnce() {
        InvalidRequestException refused =
                assertThrows(InvalidRequestException.class, () -> model(2).chat("unforeseen"));

        assertContains("no rule of the scripted model fits the last message: unforeseen", refused);
        assertEquals(1, server.requests().size());
    }

    @Test
    void aRuleThatThrowsIsNamedInTheRefusal() {
        server.when("boom").reply(request -> {
            throw new IllegalStateException("the script is wrong");
        });

        InvalidRequestException refused = assertThrows(InvalidRequestException.class, () -> model().chat("boom"));

        assertContains("the script is wrong", refused);
    }

    @Test
    void callsTools() {
        server.when("weather")
                .reply(ModelReply.toolCall("weather", "{\"city\":\"Kelby\"}")
                        .andToolCall("weather", "{\"city\":\"Tarn\"}"));

        ChatResponse response = model().chat(weatherRequest());

        assertEquals(FinishReason.TOOL_EXECUTION, response.finishReason());
        assertEquals(
                List.of("{\"city\":\"Kelby\"}", "{\"city\":\"Tarn\"}"),
                response.aiMessage().toolExecutionRequests().stream()
                        .map(ToolExecutionRequest::arguments)
                        .toList());
        assertEquals(List.of("weather"), server.requests().get(0).tools());
    }

    @Test
    void countsTokensOrSaysWhatItIsTold() {
        server.when("count").reply(ModelReply.text("three small words"));
        server.when("told").reply(ModelReply.text("hello").usage(100, 20));

        assertEquals(
                4,
                model().chat(UserMessage.from("please count these words"))
                        .tokenUsage()
                        .inputTokenCount());
        assertEquals(3, model().chat(UserMessage.from("count")).tokenUsage().outputTokenCount());
        assertEquals(120, model().chat(UserMessage.from("told")).tokenUsage().totalTokenCount());
    }

    @Test
    void aRateLimitIsTriedAgainByTheClient() {
        server.when("busy").reply(ModelReply.error(429, "slow down"), ModelReply.text("now"));

        assertEquals("now", model(1).chat("busy"));
        assertEquals(2, server.requests().size());
    }

    @Test
    void errorsReachTheClientWithTheirWords() {
        server.when("busy").reply(ModelReply.error(429, "slow down"));
        server.when("broken").reply(ModelReply.error(500, "out of order"));

        RateLimitException busy = assertThrows(RateLimitException.class, () -> model().chat("busy"));
        InternalServerException broken = assertThrows(InternalServerException.class, () -> model().chat("broken"));

        assertContains("slow down", busy);
        assertContains("out of order", broken);
    }

    @Test
    void holdsAnAnswerUntilTheTestLetsItGo() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        server.when("wait").reply(ModelReply.text("done").heldBy(go));

        CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> model().chat("wait"));
        ModelRequest arrived = server.awaitRequest(1, Duration.ofSeconds(30));

        assertEquals("wait", arrived.lastText());
        assertFalse(answer.isDone());
        go.countDown();
        assertEquals("done", answer.get(30, TimeUnit.SECONDS));
    }

    @Test
    void streamsWordByWordWithItsUsage() throws Exception {
        server.when("tell").reply(ModelReply.text("once upon  a time\n"));

        Streamed streamed = stream("tell");
        ChatResponse whole = streamed.whole.get(30, TimeUnit.SECONDS);

        assertEquals(List.of("once", " upon", "  a", " time", "\n"), List.copyOf(streamed.pieces));
        assertEquals("once upon  a time\n", whole.aiMessage().text());
        assertEquals(5, whole.tokenUsage().outputTokenCount());
        assertEquals(FinishReason.STOP, whole.finishReason());
        assertTrue(server.requests().get(0).isStreamed());
    }

    @Test
    void holdsAStreamInTheMiddle() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        server.when("tell").reply(ModelReply.pieces("a", "b", "c").heldAfter(2, go));

        Streamed streamed = stream("tell");

        assertEquals("a", streamed.pieces.poll(30, TimeUnit.SECONDS));
        assertEquals("b", streamed.pieces.poll(30, TimeUnit.SECONDS));
        assertFalse(streamed.whole.isDone());
        go.countDown();
        assertEquals("c", streamed.pieces.poll(30, TimeUnit.SECONDS));
        assertEquals("abc", streamed.whole.get(30, TimeUnit.SECONDS).aiMessage().text());
    }

    @Test
    void streamsToolCalls() throws Exception {
        server.when("weather").reply(ModelReply.toolCall("weather", "{\"city\":\"Kelby\"}"));
        Streamed streamed = new Streamed();

        streamingModel().chat(weatherRequest(), streamed);

        assertEquals(
                "{\"city\":\"Kelby\"}",
                streamed.whole
                        .get(30, TimeUnit.SECONDS)
                        .aiMessage()
                        .toolExecutionRequests()
                        .get(0)
                        .arguments());
    }

    @Test
    void answersManyRequestsAtOnce() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        server.when("number")
                .reply(request -> ModelReply.text(request.lastText()).heldBy(go));

        Set<String> expected =
                IntStream.range(0, 4).mapToObj(i -> "number " + i).collect(Collectors.toSet());
        BlockingQueue<String> given = new LinkedBlockingQueue<>();
        expected.forEach(text -> new Thread(() -> given.add(model().chat(text))).start());
        server.awaitRequest(4, Duration.ofSeconds(30));

        assertTrue(given.isEmpty());
        go.countDown();
        Set<String> all = new HashSet<>();
        for (int i = 0; i < 4; i++) {
            all.add(given.poll(30, TimeUnit.SECONDS));
        }
        assertEquals(expected, all);
    }

    @Test
    void followsAScript() {
        server.script("""
                [{"when": "France", "text": "Paris", "usage": [7, 1]},
                 {"error": 429, "message": "slow down", "retryAfter": 3},
                 {"tool": "weather", "arguments": {"city": "Kelby"}},
                 {"raw": "no JSON"}]""");

        assertThrows(RateLimitException.class, () -> model().chat("first"));
        assertEquals(
                "{\"city\":\"Kelby\"}",
                model().chat(weatherRequest())
                        .aiMessage()
                        .toolExecutionRequests()
                        .get(0)
                        .arguments());
        assertEquals(8, model().chat(UserMessage.from("France")).tokenUsage().totalTokenCount());
        assertThrows(RuntimeException.class, () -> model().chat("third"));
    }

    @Test
    void aScriptLineThatAnswersNothingIsRefused() {
        IllegalArgumentException wrong =
                assertThrows(IllegalArgumentException.class, () -> server.script("[{\"when\": \"x\"}]"));

        assertContains("needs text, tool, error or raw", wrong);
    }

    @Test
    void cutsAnAnswerOff() {
        server.when("tell").reply(ModelReply.pieces("a", "b", "c").cutAfter(2));

        Streamed streamed = stream("tell");

        assertThrows(Exception.class, () -> streamed.whole.get(30, TimeUnit.SECONDS));
        assertFalse(streamed.pieces.contains("c")); // this client may drop what came before, too
        assertThrows(RuntimeException.class, () -> model().chat("tell"));
    }

    @Test
    void seesThatTheClientGoesAway() throws Exception {
        server.when("wait").reply(ModelReply.text("never").stalledAfter(0));
        ChatModel impatient = OpenAiChatModel.builder()
                .baseUrl(server.baseUrl())
                .modelName("scripted")
                .timeout(Duration.ofMillis(200))
                .maxRetries(0)
                .build();

        do { // on a busy machine the time may be over before a request is sent
            assertThrows(RuntimeException.class, () -> impatient.chat("wait"));
        } while (server.requests().isEmpty());

        server.awaitAbandoned(1, Duration.ofSeconds(30));
    }

    @Test
    void refusesAnotherKeyAndRepeatsIt() {
        server.requireKey("right");

        AuthenticationException refused = assertThrows(AuthenticationException.class, () -> model().chat("hello"));

        assertContains("Incorrect API key provided: none", refused);
    }

    @Test
    void aMissingRequestIsSaid() {
        AssertionError missing = assertThrows(AssertionError.class, () -> server.awaitRequest(1, Duration.ofMillis(1)));

        assertEquals("request 1 did not arrive within PT0.001S, only 0", missing.getMessage());
    }

    @Test
    void closingEndsHeldAnswers() throws Exception {
        server.when("wait").reply(ModelReply.text("never").heldBy(new CountDownLatch(1)));
        CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> model().chat("wait"));
        server.awaitRequest(1, Duration.ofSeconds(30));

        server.close();

        assertThrows(Exception.class, () -> answer.get(30, TimeUnit.SECONDS));
    }

    private static void assertContains(String words, Throwable failure) {
        assertTrue(String.valueOf(failure.getMessage()).contains(words), failure::toString);
    }

    private static ChatRequest weatherRequest() {
        return ChatRequest.builder()
                .messages(UserMessage.from("weather please"))
                .toolSpecifications(ToolSpecification.builder()
                        .name("weather")
                        .parameters(JsonObjectSchema.builder()
                                .addStringProperty("city")
                                .build())
                        .build())
                .build();
    }

    private Streamed stream(String text) {
        Streamed streamed = new Streamed();
        streamingModel().chat(text, streamed);
        return streamed;
    }

    private ChatModel model() {
        return model(0);
    }

    private ChatModel model(int maxRetries) {
        return OpenAiChatModel.builder()
                .baseUrl(server.baseUrl())
                .apiKey("none")
                .modelName("scripted")
                .maxRetries(maxRetries)
                .build();
    }

    private StreamingChatModel streamingModel() {
        return OpenAiStreamingChatModel.builder()
                .baseUrl(server.baseUrl())
                .apiKey("none")
                .modelName("scripted")
                .build();
    }

    private static final class Streamed implements StreamingChatResponseHandler {
        private final BlockingQueue<String> pieces = new LinkedBlockingQueue<>();
        private final CompletableFuture<ChatResponse> whole = new CompletableFuture<>();

        @Override
        public void onPartialResponse(String piece) {
            pieces.add(piece);
        }

        @Override
        public void onCompleteResponse(ChatResponse response) {
            whole.complete(response);
        }

        @Override
        public void onError(Throwable error) {
            whole.completeExceptionally(error);
        }
    }
}
