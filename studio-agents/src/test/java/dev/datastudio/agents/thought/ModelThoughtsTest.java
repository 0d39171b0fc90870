package dev.datastudio.agents.thought;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.graph.Graph;
import dev.datastudio.graph.run.Budget;
import dev.datastudio.graph.run.Engine;
import dev.datastudio.graph.run.NodeException;
import dev.datastudio.graph.run.Run;
import dev.datastudio.graph.run.RunOptions;
import dev.datastudio.testkit.model.ModelMessage;
import dev.datastudio.testkit.model.ModelReply;
import dev.datastudio.testkit.model.ModelRequest;
import dev.datastudio.testkit.model.ScriptedModelServer;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Strategies of a chat model: what it is asked, and what becomes of its answers. */
@Timeout(60)
class ModelThoughtsTest {
    private static final ThoughtProblem PROBLEM = new ThoughtProblem("Name a small bird.");
    private static final String GOOD = "{\"thoughts\": [\"wren\"]}";
    private static final String SCORE = "{\"score\": 0.75, \"refused\": false, \"reason\": \"it is small\"}";

    private final ScriptedModelServer server = ScriptedModelServer.start();
    private final Engine engine = Engine.create();

    @AfterEach
    void close() {
        engine.close();
        server.close();
    }

    @Test
    void asksForThoughtsAndForTheirScores() {
        whenProposing(ModelReply.text(GOOD));
        whenScoring(ModelReply.text(SCORE));

        ThoughtTree tree = search(thoughts().task("Birds of Europe only."));

        assertEquals(List.of(new Thought(1, 0, 1, "wren", 0.75, false, true, "it is small")), tree.best());
        ModelRequest proposal = server.requests().get(0);
        assertTrue(proposal.messages().get(0).text().contains("in up to 3 different ways"));
        assertTrue(proposal.messages().get(0).text().contains("Birds of Europe only."));
        assertEquals("""
                Problem:
                Name a small bird.

                Thoughts so far:
                none

                Propose at most 3 next thoughts.""", proposal.lastText());
        assertEquals("""
                Problem:
                Name a small bird.

                Thoughts so far:
                1. wren

                Judge the latest thought.""", server.requests().get(1).lastText());
    }

    @Test
    void readsAnswersInMarkdownBlocks() {
        whenProposing(ModelReply.text("```json\n" + GOOD + "\n```"));
        whenScoring(ModelReply.text("```\n{\"score\": 1}\n```\n"));

        assertEquals("wren", search(thoughts()).best().get(0).text());
    }

    @Test
    void aRefusedThoughtIsNotKept() {
        whenProposing(ModelReply.text(GOOD));
        whenScoring(ModelReply.text("{\"score\": 0.9, \"refused\": true, \"reason\": \"no bird\"}"));

        ThoughtTree tree = search(thoughts());

        assertEquals(List.of(), tree.best());
        assertEquals("no bird", tree.tree().get(0).reason());
    }

    @Test
    void givesABadAnswerBackWithTheReason() {
        whenProposing(
                ModelReply.text("A wren, I think."),
                ModelReply.text("{\"thoughts\": \"wren\"}"),
                ModelReply.text(GOOD));
        whenScoring(ModelReply.text(SCORE));

        assertEquals("wren", search(thoughts()).best().get(0).text());
        List<ModelMessage> third = server.requests().get(2).messages();
        assertEquals(
                List.of("system", "user", "assistant", "user", "assistant", "user"),
                third.stream().map(ModelMessage::role).toList());
        assertEquals("A wren, I think.", third.get(2).text());
        assertTrue(
                third.get(3).text().startsWith("That answer can't be used: it is not JSON, 'A wren, I think.'."),
                () -> third.get(3).text());
        assertTrue(
                third.get(5)
                        .text()
                        .startsWith("That answer can't be used: 'thoughts' must be a list of texts, was '\"wren\"'."),
                () -> third.get(5).text());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    I'd say high                            | it is not JSON, 'I'd say high'
                    {"score": 0.5} as I said                | it is not JSON, '{"score": 0.5} as I said'
                    [0.5]                                   | it must be a JSON object, was '[0.5]'
                    {"value": 0.5}                          | 'score' must be a number from 0 to 1, was missing
                    {"score": "high"}                       | 'score' must be a number from 0 to 1, was '"high"'
                    {"score": 7}                            | 'score' must be a number from 0 to 1, was '7'
                    {"score": -0.1}                         | 'score' must be a number from 0 to 1, was '-0.1'
                    {"score": null}                         | 'score' must be a number from 0 to 1, was 'null'
                    {"score": 0.5, "refused": "no"}         | 'refused' must be true or false, was '"no"'
                    """)
    void refusesAScoreThatCantBeUsed(String answer, String why) {
        whenProposing(ModelReply.text(GOOD));
        whenScoring(ModelReply.text(answer));

        NodeException failure =
                assertThrows(NodeException.class, () -> search(thoughts().repairs(1)));

        assertEquals(ErrorCode.MODEL_ANSWER_INVALID, failure.code());
        assertEquals("The model's answer can't be used after 2 tries: " + why, failure.what());
        assertEquals("score", failure.node());
        assertEquals(3, server.requests().size());
    }

    @Test
    void refusesAnEmptyAnswer() {
        whenProposing(ModelReply.text(""));

        NodeException failure =
                assertThrows(NodeException.class, () -> search(thoughts().repairs(0)));

        assertEquals("The model's answer can't be used after 1 try: it must be a JSON object, was ''", failure.what());
        assertEquals(
                "Say the task more clearly, allow more repairs, or use a model that keeps to a form", failure.mend());
    }

    @Test
    void refusesAThoughtThatIsNoText() {
        whenProposing(ModelReply.text("{\"thoughts\": [\"wren\", 5]}"));

        NodeException failure =
                assertThrows(NodeException.class, () -> search(thoughts().repairs(0)));

        assertEquals(
                "The model's answer can't be used after 1 try: 'thoughts' must be a list of texts only, was '5'",
                failure.what());
    }

    @Test
    void aBusyModelEndsTheRunWithNodeAndWords() {
        whenProposing(ModelReply.error(429, "slow down"));

        NodeException failure = assertThrows(NodeException.class, () -> search(thoughts()));

        assertEquals("propose", failure.node());
        assertEquals(ErrorCode.MODEL_FAILED, failure.code());
        assertEquals("The model failed: 'slow down'", failure.what());
    }

    @Test
    void aWrongKeyIsARefusalAndNoRepairIsTried() {
        whenProposing(ModelReply.error(401, "Incorrect API key"));

        NodeException failure = assertThrows(NodeException.class, () -> search(thoughts()));

        assertEquals(ErrorCode.MODEL_REFUSED, failure.code());
        assertEquals(1, server.requests().size());
    }

    @Test
    void cancellingEndsACallThatIsUnderWay() throws InterruptedException {
        whenProposing(ModelReply.text(GOOD).heldBy(new CountDownLatch(1)));
        Run<ThoughtTree> run = engine.start(graph(thoughts()), PROBLEM);
        server.awaitRequest(1, Duration.ofSeconds(30));

        run.cancel();

        assertEquals(
                ErrorCode.CANCELLED,
                assertThrows(StudioException.class, run::await).code());
    }

    @Test
    void theTokensOfTheModelCountAgainstTheBudget() {
        whenProposing(ModelReply.text(GOOD));
        whenScoring(ModelReply.text(SCORE));
        Graph<ThoughtProblem, ThoughtTree> graph = graph(thoughts());
        RunOptions little =
                RunOptions.builder().budget(Budget.UNLIMITED.maxTokens(50)).build();
        RunOptions much =
                RunOptions.builder().budget(Budget.UNLIMITED.maxTokens(5_000)).build();

        StudioException refused = assertThrows(StudioException.class, () -> engine.run(graph, PROBLEM, little));
        int asked = server.requests().size();
        ThoughtTree found = engine.run(graph, PROBLEM, much);

        assertEquals(ErrorCode.BUDGET_EXCEEDED, refused.code());
        assertEquals(1, asked);
        assertEquals("wren", found.best().get(0).text());
    }

    @Test
    void repairsOutsideTheirRangeAreRefused() {
        assertEquals(
                "repairs must be in 0..10, was 11",
                assertThrows(IllegalArgumentException.class, () -> thoughts().repairs(11))
                        .getMessage());
    }

    private ThoughtTree search(ModelThoughts thoughts) {
        return engine.run(graph(thoughts), PROBLEM);
    }

    private static Graph<ThoughtProblem, ThoughtTree> graph(ModelThoughts thoughts) {
        return TreeOfThought.of(thoughts.proposer(), thoughts.scorer())
                .options(ThoughtOptions.defaults().depth(1))
                .graph();
    }

    private void whenProposing(ModelReply first, ModelReply... then) {
        server.when((ModelRequest request) -> request.messages().get(0).text().startsWith("You solve"))
                .reply(first, then);
    }

    private void whenScoring(ModelReply reply) {
        server.when((ModelRequest request) -> request.messages().get(0).text().startsWith("You judge"))
                .reply(reply);
    }

    private ModelThoughts thoughts() {
        ChatModel model = OpenAiChatModel.builder()
                .baseUrl(server.baseUrl())
                .apiKey("none")
                .modelName("scripted")
                .maxRetries(0)
                .build();
        return ModelThoughts.of(model);
    }
}
