package dev.datastudio.agents.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.secret.Secret;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.fetch.UrlGuard;
import dev.datastudio.core.usage.Measure;
import dev.datastudio.core.usage.QuotaLimits;
import dev.datastudio.core.usage.TokenBudget;
import dev.datastudio.core.usage.Window;
import dev.datastudio.testkit.model.CollectedStream;
import dev.datastudio.testkit.model.ModelReply;
import dev.datastudio.testkit.model.ScriptedModelServer;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.math.BigDecimal;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ModelsTest {
    private static final AtomicInteger TENANTS = new AtomicInteger();
    private static final Secret KEY = Secret.of("sk-models-5150");
    private static final BigDecimal ONE = BigDecimal.ONE;

    private static final Studio STUDIO = Studio.builder()
            .temporary()
            .quotas(QuotaLimits.NONE.perUser(Measure.TOKENS, Window.DAY, 1_000))
            .build();

    private final ScriptedModelServer server = ScriptedModelServer.start();
    private final String tenant = "acme" + TENANTS.incrementAndGet();
    private final Caller ann = new Caller(tenant, "ann");
    private final Models models = Models.of(STUDIO, Map.of()).as(ann);

    @AfterAll
    static void closeStudio() {
        STUDIO.close();
    }

    @AfterEach
    void close() {
        server.close();
    }

    private ModelConfig add(String name) {
        return add(name, ModelParameters.DEFAULT.withMaxRetries(0));
    }

    private ModelConfig add(String name, ModelParameters parameters) {
        ModelSpec spec = new ModelSpec(name, Provider.GENERIC, name + "-model", server.baseUrl(), parameters);
        return models.configs().create(spec, ModelScope.TENANT, KEY);
    }

    private List<ModelCall> calls() {
        return models.calls().mine(Instant.MIN, Instant.MAX);
    }

    @Test
    void withoutAConfigurationTheErrorSaysHowToGetOne() {
        StudioException none = assertThrows(StudioException.class, models::chat);

        assertEquals(
                "No language model is configured. Add one with 'studio models add', or set OPENAI_API_KEY.",
                none.getMessage());
    }

    @Test
    void usesTheActiveModelOrTheOneThatIsNamed() {
        add("first");
        add("second");
        server.when("hello").reply(request -> ModelReply.text(request.model()));

        assertEquals("first-model", models.chat().chat("hello"));
        assertEquals("second-model", models.chat("Second").chat("hello"));
        assertEquals(
                "There is no configuration of a model 'third'",
                assertThrows(StudioException.class, () -> models.chat("third")).what());
    }

    @Test
    void aShortKeyStaysOutOfErrorsAndSpoilsNoAnswer() {
        ModelSpec spec = new ModelSpec(
                "own", Provider.GENERIC, "own-model", server.baseUrl(), ModelParameters.DEFAULT.withMaxRetries(0));
        models.configs().create(spec, ModelScope.TENANT, Secret.of("k"));
        server.when("hello").reply(ModelReply.text("Take k or two tokens, ok?"));
        server.when("tell").reply(ModelReply.pieces("k ", "or two"));
        server.when("refuse").reply(ModelReply.error(400, "The key 'k' is too weak"));
        CollectedStream stream = new CollectedStream();
        models.streaming().chat("tell", stream);

        assertEquals("Take k or two tokens, ok?", models.chat().chat("hello"));
        assertEquals("k or two", stream.answer().aiMessage().text());
        StudioException refused =
                assertThrows(StudioException.class, () -> models.chat().chat("refuse"));
        assertTrue(refused.what().contains("The key '***' is too weak"), refused::what);
    }

    @Test
    void writesDownWhatACallUsedAndCost() {
        add("priced", ModelParameters.DEFAULT.withPrices(ONE, new BigDecimal("2.5")));
        server.when("hello").reply(ModelReply.text("well").usage(100, 20));
        server.when("tell").reply(ModelReply.pieces("once", "upon").usage(50, 2));
        Models inChat = models.in(ModelUse.NONE.inConversation("c-1").inRun("r-1"));
        CollectedStream stream = new CollectedStream();

        inChat.chat().chat("hello");
        inChat.streaming().chat("tell", stream);
        stream.answer();

        List<ModelCall> calls = models.calls().ofConversation("c-1");
        assertEquals(calls, models.calls().ofRun("r-1"));
        assertEquals(calls, calls());
        assertEquals(2, calls.size());
        ModelTotals totals = ModelTotals.of(calls);
        assertEquals(150, totals.inputTokens());
        assertEquals(22, totals.outputTokens());
        assertEquals(0, new BigDecimal("0.000205").compareTo(totals.cost().orElseThrow()));
        assertEquals(ModelCall.Counted.BY_SERVICE, calls.get(0).counted());
        assertEquals("priced", calls.get(0).config());
        assertEquals("ann", calls.get(0).user());
        assertTrue(models.as(new Caller(tenant, "bob"))
                .calls()
                .ofConversation("c-1")
                .isEmpty());
        assertTrue(models.as(new Caller("other", "ann"))
                .calls()
                .ofTenant(Instant.MIN, Instant.MAX)
                .isEmpty());
        assertEquals(2, models.calls().deleteBefore(Instant.now().plusSeconds(5)));
    }

    @Test
    void aPriceThatIsNotKnownIsNotInvented() {
        add("unpriced");
        server.when("hello").reply(ModelReply.text("well").usage(100, 20));

        models.chat().chat("hello");

        assertEquals(Optional.empty(), calls().get(0).cost());
        assertEquals(Optional.empty(), ModelTotals.of(calls()).cost());
        assertEquals(1, ModelTotals.of(calls()).callsWithoutCost());
    }

    @Test
    void aFailedCallIsWrittenDownAndCostsNothing() {
        add("broken");
        server.when("hello").reply(ModelReply.error(400, "too long"));

        assertThrows(StudioException.class, () -> models.chat().chat("hello"));

        ModelCall call = calls().get(0);
        assertEquals(Optional.of(ErrorCode.MODEL_REFUSED), call.error());
        assertEquals(0, call.inputTokens() + call.outputTokens());
        assertEquals(
                0,
                STUDIO.usage().of(ann).stream()
                        .filter(line -> line.quota().measure() == Measure.TOKENS)
                        .mapToLong(line -> line.used())
                        .sum());
    }

    @Test
    void aStreamThatBreaksOffIsCountedByWhatCame() {
        add("cut");
        server.when("tell").reply(ModelReply.pieces("12345678", "9012", "more").cutAfter(2));
        CollectedStream stream = new CollectedStream();

        models.streaming().chat("tell", stream);
        stream.error();

        ModelCall call = calls().get(0);
        assertEquals(ModelCall.Counted.ESTIMATED, call.counted());
        assertEquals(3, call.outputTokens());
        assertEquals(Optional.of(ErrorCode.MODEL_FAILED), call.error());
    }

    @Test
    void aQuotaIsHeldBeforeTheCallIsSent() {
        add("limited");
        server.when("hello").reply(ModelReply.text("well").usage(600, 300));
        CollectedStream stream = new CollectedStream();
        models.chat().chat("hello");

        String longQuestion = "hello ".repeat(200);
        StudioException refused =
                assertThrows(StudioException.class, () -> models.chat().chat(longQuestion));
        models.streaming().chat(longQuestion, stream);

        assertEquals(ErrorCode.QUOTA_EXCEEDED, refused.code());
        assertEquals(
                ErrorCode.QUOTA_EXCEEDED,
                assertInstanceOf(StudioException.class, stream.error()).code());
        assertEquals(1, server.requests().size());
    }

    @Test
    void aBudgetEndsAfterTheCallThatPassesIt() {
        add("budgeted");
        server.when("hello").reply(ModelReply.text("well").usage(40, 20));
        TokenBudget budget = TokenBudget.of(50);
        ChatModel model = models.in(ModelUse.NONE.within(budget)).chat();

        assertEquals("well", model.chat("hello"));
        StudioException refused = assertThrows(StudioException.class, () -> model.chat("hello"));

        assertEquals(ErrorCode.BUDGET_EXCEEDED, refused.code());
        assertEquals(60, budget.used());
        assertEquals(1, server.requests().size());
    }

    @Test
    void theNextModelAnswersWhenOneFails() {
        add("down");
        add("up");
        server.when(request -> request.model().equals("down-model")).reply(ModelReply.error(500, "out of order"));
        server.when("hello").reply(ModelReply.text("from the second"));
        CollectedStream stream = new CollectedStream();

        assertEquals("from the second", models.fallback(List.of("down", "up")).chat("hello"));
        models.streamingFallback(List.of("down", "up")).chat("hello", stream);

        assertEquals("from the second", stream.answer().aiMessage().text());
        assertEquals(4, server.requests().size());
    }

    @Test
    void whenAllFailTheLastFailureIsTold() {
        add("a");
        add("b");
        server.when("hello").reply(ModelReply.error(500, "first"), ModelReply.error(500, "second"));

        StudioException failed = assertThrows(
                StudioException.class, () -> models.fallback(List.of("a", "b")).chat("hello"));

        assertEquals("The model failed: 'second'", failed.what());
    }

    @Test
    void aStreamThatHasBegunIsNotReplaced() {
        add("cut");
        add("spare");
        server.when(request -> request.model().equals("cut-model"))
                .reply(ModelReply.pieces("once", "upon").cutAfter(1));
        CollectedStream stream = new CollectedStream();

        models.streamingFallback(List.of("cut", "spare")).chat("tell", stream);

        assertEquals(
                ErrorCode.MODEL_FAILED,
                assertInstanceOf(StudioException.class, stream.error()).code());
        assertEquals(List.of("once"), stream.pieces());
        assertEquals(1, server.requests().size());
    }

    @Test
    void aStrongerModelAnswersWhenTheCheapOnesAnswerDoesNotPass() {
        add("cheap");
        add("strong");
        server.when(request -> request.model().equals("cheap-model")).reply(ModelReply.text("about forty"));
        server.when(request -> request.model().equals("strong-model")).reply(ModelReply.text("42"));
        ChatModel escalating =
                Escalating.of(ModelsTest::isNumber, List.of(models.chat("cheap"), models.chat("strong")));

        assertEquals("42", escalating.chat("how many?"));
        assertEquals(2, calls().size());
    }

    @Test
    void anAnswerThatPassesNoCheckIsAnError() {
        add("cheap");
        add("strong");
        server.when("how many").reply(ModelReply.text("many"));
        ChatModel escalating =
                Escalating.of(ModelsTest::isNumber, List.of(models.chat("cheap"), models.chat("strong")));

        StudioException useless = assertThrows(StudioException.class, () -> escalating.chat("how many?"));

        assertEquals(ErrorCode.MODEL_ANSWER_INVALID, useless.code());
        assertEquals("None of the 2 models gave an answer that can be used: it is no number, 'many'", useless.what());
    }

    private static Optional<String> isNumber(ChatResponse response) {
        String text = response.aiMessage().text();
        return text.matches("\\d+") ? Optional.empty() : Optional.of("it is no number, " + StudioException.quote(text));
    }

    @Test
    void aTestCallTellsWhoAnswers() {
        ModelConfig config = add("tested");
        server.when("ready").reply(ModelReply.text("ready"));

        ModelCheck check = models.test(config);

        assertTrue(check.works());
        assertEquals(
                "tested-model",
                assertInstanceOf(ModelCheck.Answered.class, check).modelName());
    }

    @Test
    void aTestCallTellsWhatIsWrong() throws Exception {
        server.requireKey("another");
        ModelSpec spec = ModelSpec.of(Provider.OPENAI, "draft", "gpt-4o-mini", server.baseUrl());
        int freePort;
        try (ServerSocket socket = new ServerSocket(0)) {
            freePort = socket.getLocalPort();
        }

        ModelCheck.Failed refused = assertInstanceOf(ModelCheck.Failed.class, models.test(spec, KEY));
        ModelCheck.Failed nobody = assertInstanceOf(
                ModelCheck.Failed.class,
                models.test(
                        spec.withEndpoint("http://127.0.0.1:" + freePort + "/v1")
                                .withParameters(ModelParameters.DEFAULT.withMaxRetries(0)),
                        KEY));
        ModelCheck.Failed keyless = assertInstanceOf(ModelCheck.Failed.class, models.test(spec, Secret.of("")));

        assertEquals(ErrorCode.MODEL_REFUSED, refused.code());
        assertFalse(refused.toString().contains(KEY.reveal()));
        assertEquals(ErrorCode.MODEL_FAILED, nobody.code());
        assertTrue(nobody.what().contains("refused"), nobody::what);
        assertEquals(
                "Try again later, or check that the model's address is right and its service is up", nobody.mend());
        assertEquals(ErrorCode.INVALID_ARGUMENT, keyless.code());
    }

    @Test
    void aNameThatLeadsIntoTheNetworkIsRefusedWhenItIsConnectedTo() {
        UrlGuard turned = UrlGuard.DEFAULT.resolving(
                host -> List.of(java.net.InetAddress.getByAddress(host, new byte[] {10, 0, 0, 7})));
        try (Studio guarded =
                Studio.builder().temporary().modelEndpoints(turned).build()) {
            Models theirs = Models.of(guarded, Map.of());
            theirs.configs()
                    .create(
                            ModelSpec.of(Provider.GENERIC, "rebound", "any", "https://models.example.org/v1"),
                            ModelScope.TENANT,
                            KEY);

            StudioException refused =
                    assertThrows(StudioException.class, () -> theirs.chat().chat("hello"));

            assertEquals(ErrorCode.URL_REFUSED, refused.code());
        }
    }

    @Test
    void theEnvironmentsModelAnswersFromWhereTheOperatorSays() {
        try (Studio strict =
                Studio.builder().temporary().modelEndpoints(UrlGuard.DEFAULT).build()) {
            server.requireKey("sk-env");
            server.when("hello").reply(ModelReply.text("well"));
            Models theirs = Models.of(strict, Map.of("OPENAI_API_KEY", "sk-env", "OPENAI_API_BASE", server.baseUrl()));

            assertEquals("well", theirs.chat().chat("hello"));
            assertEquals(1, theirs.calls().ofTenant(Instant.MIN, Instant.MAX).size());
        }
    }

    @Test
    void theModelOfAnotherTenantCantBeMade() {
        ModelConfig anns = add("anns");

        Models eves = models.as(new Caller("other", "eve"));

        assertEquals(
                ErrorCode.ENTRY_NOT_FOUND,
                assertThrows(StudioException.class, () -> eves.create(anns)).code());
        assertEquals(
                ErrorCode.ENTRY_NOT_FOUND,
                assertThrows(StudioException.class, () -> eves.createStreaming(anns))
                        .code());
    }

    @Test
    void whatWasCalledBeforeTheStudioClosedIsWrittenDown(@TempDir Path folder) throws Exception {
        server.when("hello").reply(ModelReply.text("hi there").usage(3, 2));
        server.when("tell").reply(ModelReply.pieces("once ", "upon").stalledAfter(1));
        CountDownLatch begun = new CountDownLatch(1);
        CollectedStream stream = new CollectedStream((piece, context) -> begun.countDown());

        try (Studio studio = Studio.builder().workspace(folder).build()) {
            Models own = Models.of(studio, Map.of());
            own.configs()
                    .create(
                            new ModelSpec("a", Provider.GENERIC, "m", server.baseUrl(), ModelParameters.DEFAULT),
                            ModelScope.TENANT,
                            KEY);
            own.streaming().chat("tell", stream);
            begun.await();
            own.chat().chat("hello");
        }

        assertInstanceOf(StudioException.class, stream.error());
        try (Studio studio = Studio.builder().workspace(folder).build()) {
            List<ModelCall> calls = Models.of(studio, Map.of()).calls().mine(Instant.MIN, Instant.MAX);
            assertEquals(
                    List.of("ESTIMATED MODEL_FAILED", "BY_SERVICE -"),
                    calls.stream()
                            .map(call -> call.counted() + " "
                                    + call.error().map(ErrorCode::name).orElse("-"))
                            .toList());
        }
    }
}
