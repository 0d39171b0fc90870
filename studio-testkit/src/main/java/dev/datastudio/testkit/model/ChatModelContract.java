package dev.datastudio.testkit.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What a model of any provider keeps, over real HTTP against a {@link ScriptedModelServer}: answers, tools, streams,
 * counts, retries, limits, cancellation, and errors that say what happened and never have the key.
 */
@Timeout(60)
public abstract class ChatModelContract {
    /** The key that all models are made with. */
    protected static final String KEY = "sk-contract-5e17c0de";

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration PATIENT = Duration.ofSeconds(30);
    private static final Duration IMPATIENT = Duration.ofMillis(300);

    private static final ToolSpecification WEATHER = ToolSpecification.builder()
            .name("weather")
            .description("tells the weather")
            .parameters(JsonObjectSchema.builder().addStringProperty("city").build())
            .build();

    private final ScriptedModelServer server = ScriptedModelServer.start();

    /**
     * How a model is made.
     *
     * @param server the service it calls
     * @param modelName the model it asks for
     * @param key its key
     * @param timeout its limit
     * @param maxRetries how often it sends a request again
     * @param cancellation stops its calls
     */
    public record Setup(
            ScriptedModelServer server,
            String modelName,
            String key,
            Duration timeout,
            int maxRetries,
            Cancellation cancellation) {}

    /** What the model speaks. */
    protected abstract ModelProtocol protocol();

    /** A model that answers as a whole. */
    protected abstract ChatModel chat(Setup setup);

    /** A model that answers piece by piece. */
    protected abstract StreamingChatModel streaming(Setup setup);

    /** Whether a JSON schema is sent with a request, which not every provider has. */
    protected boolean sendsJsonSchema() {
        return true;
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void answersAQuestion() {
        server.when("capital of France").reply(ModelReply.text("Paris"));

        assertEquals("Paris", chat().chat("What is the capital of France?"));
        assertEquals(protocol(), server.requests().get(0).protocol());
        assertEquals("scripted-1", server.requests().get(0).model());
        assertFalse(server.requests().get(0).isStreamed());
    }

    @Test
    void sendsTheKeyWhereItBelongs() {
        server.requireKey(KEY);
        server.inTurn(ModelReply.text("welcome"));

        assertEquals("welcome", chat().chat("hello"));
        assertFalse(server.requests().get(0).target().contains(KEY));
    }

    @Test
    void sendsTheSystemMessage() {
        server.inTurn(ModelReply.text("fine"));

        chat().chat(SystemMessage.from("be brief"), UserMessage.from("how are you?"));

        assertEquals(
                List.of(new ModelMessage("system", "be brief"), new ModelMessage("user", "how are you?")),
                server.requests().get(0).messages());
    }

    @Test
    void carriesACallOfAToolAndItsResult() {
        server.when("dry").reply(ModelReply.text("It is dry in Kelby"));
        server.when("weather").reply(ModelReply.toolCall("weather", "{\"city\":\"Kelby\"}"));
        ChatMessage question = UserMessage.from("the weather in Kelby?");

        ChatResponse asked = chat().chat(withTools(question));
        ToolExecutionRequest call = asked.aiMessage().toolExecutionRequests().get(0);
        ChatResponse answered =
                chat().chat(withTools(question, asked.aiMessage(), ToolExecutionResultMessage.from(call, "dry")));

        assertEquals("weather", call.name());
        assertEquals("{\"city\":\"Kelby\"}", call.arguments().replaceAll("\\s", ""));
        assertEquals(FinishReason.TOOL_EXECUTION, asked.finishReason());
        assertEquals("It is dry in Kelby", answered.aiMessage().text());
        assertEquals(List.of("weather"), server.requests().get(1).tools());
        assertEquals("tool", server.requests().get(1).messages().get(2).role());
    }

    @Test
    void sendsTheSchemaOfTheJsonThatIsWanted() {
        assumeTrue(sendsJsonSchema(), () -> protocol() + " has no schema for answers");
        server.inTurn(ModelReply.text("{\"cityName\":\"Kelby\"}"));

        ChatResponse response = chat().chat(ChatRequest.builder()
                .messages(UserMessage.from("a city"))
                .responseFormat(ResponseFormat.builder()
                        .type(ResponseFormatType.JSON)
                        .jsonSchema(JsonSchema.builder()
                                .name("City")
                                .rootElement(JsonObjectSchema.builder()
                                        .addStringProperty("cityName")
                                        .required("cityName")
                                        .build())
                                .build())
                        .build())
                .build());

        assertEquals("{\"cityName\":\"Kelby\"}", response.aiMessage().text());
        assertTrue(server.requests().get(0).json().contains("cityName"));
    }

    @Test
    void streamsInOrder() {
        server.when("tell").reply(ModelReply.pieces("once ", "upon ", "a ", "time"));
        CollectedStream stream = new CollectedStream();

        streaming().chat("tell", stream);

        assertEquals("once upon a time", stream.answer().aiMessage().text());
        assertEquals(List.of("once ", "upon ", "a ", "time"), stream.pieces());
        assertTrue(server.requests().get(0).isStreamed());
        assertEquals(1, stream.ends());
    }

    @Test
    void streamsACallOfATool() {
        server.when("weather").reply(ModelReply.toolCall("weather", "{\"city\":\"Kelby\"}"));
        CollectedStream stream = new CollectedStream();

        streaming().chat(withTools(UserMessage.from("the weather in Kelby?")), stream);

        ToolExecutionRequest call =
                stream.answer().aiMessage().toolExecutionRequests().get(0);
        assertEquals("weather", call.name());
        assertEquals("{\"city\":\"Kelby\"}", call.arguments().replaceAll("\\s", ""));
    }

    @Test
    void saysHowManyTokensWereUsed() {
        server.when("count").reply(ModelReply.text("four words in all").usage(11, 4));
        CollectedStream stream = new CollectedStream();

        ChatResponse whole = chat().chat(UserMessage.from("count"));
        streaming().chat("count", stream);

        assertEquals(11, whole.tokenUsage().inputTokenCount());
        assertEquals(4, whole.tokenUsage().outputTokenCount());
        assertEquals(11, stream.answer().tokenUsage().inputTokenCount());
        assertEquals(4, stream.answer().tokenUsage().outputTokenCount());
    }

    @Test
    void saysThatTheKeyIsRefusedWithoutRepeatingIt() {
        server.requireKey("another");
        CollectedStream stream = new CollectedStream();

        StudioException whole = assertThrows(StudioException.class, () -> chat().chat("hello"));
        streaming().chat("hello", stream);
        StudioException streamed = assertInstanceOf(StudioException.class, stream.error());

        for (StudioException refused : List.of(whole, streamed)) {
            assertEquals(ErrorCode.MODEL_REFUSED, refused.code());
            assertTrue(refused.what().contains("Incorrect API key provided"), refused::what);
            assertTrue(refused.mend().startsWith("Enter the key again"), refused::mend);
            assertHasNoKey(refused);
        }
        assertEquals(2, server.requests().size());
    }

    @Test
    void saysThatTheModelIsNotKnown() {
        server.when("hello").reply(ModelReply.error(404, "model 'scripted-1' not found"));

        StudioException unknown = assertThrows(StudioException.class, () -> chat().chat("hello"));

        assertEquals(ErrorCode.MODEL_REFUSED, unknown.code());
        assertTrue(unknown.what().contains("model 'scripted-1' not found"), unknown::what);
        assertEquals("Check the name of the model and the address of its service", unknown.mend());
        assertEquals(1, server.requests().size());
    }

    @Test
    void asksABusyServiceAgain() {
        server.when("hello").reply(ModelReply.error(429, "slow down").retryAfter(0), ModelReply.text("now"));
        server.when("tell").reply(ModelReply.error(503, "overloaded").retryAfter(0), ModelReply.text("now"));
        CollectedStream stream = new CollectedStream();

        assertEquals("now", chat().chat("hello"));
        streaming().chat("tell", stream);

        assertEquals("now", stream.answer().aiMessage().text());
        assertEquals(4, server.requests().size());
    }

    @Test
    void givesABrokenServiceUp() {
        server.when("hello").reply(ModelReply.error(500, "out of order").retryAfter(0));
        CollectedStream stream = new CollectedStream();

        StudioException whole = assertThrows(StudioException.class, () -> chat().chat("hello"));
        streaming().chat("hello", stream);

        assertEquals(ErrorCode.MODEL_FAILED, whole.code());
        assertEquals("The model failed: 'out of order'", whole.what());
        assertEquals(
                ErrorCode.MODEL_FAILED,
                assertInstanceOf(StudioException.class, stream.error()).code());
        assertEquals(6, server.requests().size());
    }

    @Test
    void doesNotWaitForAServiceThatWantsALongPause() {
        server.when("hello").reply(ModelReply.error(429, "come back tomorrow").retryAfter(86_400));

        StudioException busy = assertThrows(StudioException.class, () -> chat().chat("hello"));

        assertEquals(ErrorCode.MODEL_FAILED, busy.code());
        assertEquals(1, server.requests().size());
    }

    @Test
    void aServiceThatSaysNothingIsLeftAfterATime() throws Exception {
        server.when("hello").reply(ModelReply.text("never").stalledAfter(0));
        server.when("tell").reply(ModelReply.pieces("once", "upon").stalledAfter(1));
        int sent = 1;

        StudioException whole = assertThrows(
                StudioException.class,
                () -> chat(setup().withTimeout(IMPATIENT)).chat("hello"));
        server.awaitAbandoned(sent, SOON);
        CollectedStream stream;
        StudioException streamed;
        Duration patience = IMPATIENT;
        do { // a busy machine may take longer to say the first piece
            stream = new CollectedStream();
            streaming(setup().withTimeout(patience)).chat("tell", stream);
            streamed = assertInstanceOf(StudioException.class, stream.error());
            server.awaitAbandoned(++sent, SOON);
            patience = patience.multipliedBy(4);
        } while (stream.pieces().isEmpty() && patience.compareTo(PATIENT) < 0);

        for (StudioException late : List.of(whole, streamed)) {
            assertEquals(ErrorCode.MODEL_FAILED, late.code());
            assertEquals("Try again, allow more time, or use a faster model", late.mend());
        }
        assertEquals(List.of("once"), stream.pieces());
        assertEquals(sent, server.requests().size());
    }

    @Test
    void anAnswerThatBreaksOffIsAnError() {
        server.when("tell").reply(ModelReply.pieces("once", "upon", "a").cutAfter(2));
        CollectedStream stream = new CollectedStream();

        streaming().chat("tell", stream);
        StudioException whole = assertThrows(
                StudioException.class, () -> chat(setup().withRetries(0)).chat("tell"));

        assertEquals(
                ErrorCode.MODEL_FAILED,
                assertInstanceOf(StudioException.class, stream.error()).code());
        assertEquals(List.of("once", "upon"), stream.pieces());
        assertEquals(1, stream.ends());
        assertEquals(ErrorCode.MODEL_FAILED, whole.code());
    }

    @Test
    void anAnswerThatCantBeReadIsAnError() {
        String junk = "data: {\"no json, but " + KEY + "\n\n";
        server.when("tell").reply(ModelReply.raw(junk));
        CollectedStream stream = new CollectedStream();

        StudioException whole = assertThrows(StudioException.class, () -> chat().chat("tell"));
        streaming().chat("tell", stream);
        StudioException streamed = assertInstanceOf(StudioException.class, stream.error());

        for (StudioException unreadable : List.of(whole, streamed)) {
            assertEquals(ErrorCode.MODEL_FAILED, unreadable.code());
            assertHasNoKey(unreadable);
        }
        assertEquals(1, stream.ends());
    }

    @Test
    void cancellingCutsTheConnection() throws Exception {
        server.when("hello").reply(ModelReply.text("never").stalledAfter(0));
        Cancellation cancellation = Cancellation.create();
        ChatModel model = chat(setup().withCancellation(cancellation));

        CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> model.chat("hello"));
        server.awaitRequest(1, SOON);
        cancellation.cancel();

        CompletionException failed = assertThrows(CompletionException.class, answer::join);
        assertEquals(
                ErrorCode.CANCELLED,
                assertInstanceOf(StudioException.class, failed.getCause()).code());
        server.awaitAbandoned(1, SOON);
    }

    @Test
    void cancellingAStreamEndsItOnBothSides() throws Exception {
        server.when("tell").reply(ModelReply.pieces("once", "upon").stalledAfter(1));
        Cancellation cancellation = Cancellation.create();
        CollectedStream stream = new CollectedStream((piece, context) -> cancellation.cancel());

        streaming(setup().withCancellation(cancellation)).chat("tell", stream);

        assertEquals(
                ErrorCode.CANCELLED,
                assertInstanceOf(StudioException.class, stream.error()).code());
        server.awaitAbandoned(1, SOON);
        assertEquals(List.of("once"), stream.pieces());
        assertEquals(1, stream.ends());
    }

    @Test
    void cancellingAStreamByItsHandleEndsItToo() throws Exception {
        server.when("tell").reply(ModelReply.pieces("once", "upon").stalledAfter(1));
        CollectedStream stream = new CollectedStream(
                (piece, context) -> context.streamingHandle().cancel());

        streaming().chat("tell", stream);

        assertEquals(
                ErrorCode.CANCELLED,
                assertInstanceOf(StudioException.class, stream.error()).code());
        server.awaitAbandoned(1, SOON);
        assertEquals(1, stream.ends());
    }

    @Test
    void whatIsCancelledAlreadyIsNotSent() {
        Cancellation cancellation = Cancellation.create();
        cancellation.cancel();
        CollectedStream stream = new CollectedStream();

        StudioException whole = assertThrows(
                StudioException.class,
                () -> chat(setup().withCancellation(cancellation)).chat("hello"));
        streaming(setup().withCancellation(cancellation)).chat("hello", stream);

        assertEquals(ErrorCode.CANCELLED, whole.code());
        assertEquals(
                ErrorCode.CANCELLED,
                assertInstanceOf(StudioException.class, stream.error()).code());
        assertTrue(server.requests().isEmpty());
    }

    private static ChatRequest withTools(ChatMessage... messages) {
        return ChatRequest.builder()
                .messages(messages)
                .toolSpecifications(WEATHER)
                .build();
    }

    private static void assertHasNoKey(Throwable error) {
        StringWriter trace = new StringWriter();
        error.printStackTrace(new PrintWriter(trace));
        assertFalse(trace.toString().contains(KEY), trace::toString);
    }

    private ChatModel chat() {
        return chat(setup());
    }

    private ChatModel chat(Changed changed) {
        return chat(changed.setup());
    }

    private StreamingChatModel streaming() {
        return streaming(setup());
    }

    private StreamingChatModel streaming(Changed changed) {
        return streaming(changed.setup());
    }

    private Changed setup() {
        return new Changed(new Setup(server, "scripted-1", KEY, PATIENT, 2, Cancellation.none()));
    }

    /** A setup with something else. */
    private record Changed(Setup setup) {
        Changed withTimeout(Duration timeout) {
            return new Changed(new Setup(
                    setup.server(), setup.modelName(), setup.key(), timeout, setup.maxRetries(), setup.cancellation()));
        }

        Changed withRetries(int maxRetries) {
            return new Changed(new Setup(
                    setup.server(), setup.modelName(), setup.key(), setup.timeout(), maxRetries, setup.cancellation()));
        }

        Changed withCancellation(Cancellation cancellation) {
            return new Changed(new Setup(
                    setup.server(), setup.modelName(), setup.key(), setup.timeout(), setup.maxRetries(), cancellation));
        }
    }
}
