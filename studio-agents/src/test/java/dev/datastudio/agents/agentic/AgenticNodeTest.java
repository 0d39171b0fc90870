package dev.datastudio.agents.agentic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.graph.Graph;
import dev.datastudio.graph.NodeFunction;
import dev.datastudio.graph.channel.Channel;
import dev.datastudio.graph.channel.LastChannel;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.event.RunEvent;
import dev.datastudio.graph.run.Engine;
import dev.datastudio.graph.run.NodeException;
import dev.datastudio.graph.run.Run;
import dev.datastudio.testkit.model.ModelReply;
import dev.datastudio.testkit.model.ModelRequest;
import dev.datastudio.testkit.model.ScriptedModelServer;
import dev.datastudio.testkit.server.RefusingPort;
import dev.langchain4j.agentic.Agent;
import dev.langchain4j.agentic.AgenticServices;
import dev.langchain4j.agentic.UntypedAgent;
import dev.langchain4j.agentic.scope.AgenticScope;
import dev.langchain4j.service.TokenStream;
import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.V;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Agents and workflows of LangChain4j as nodes of our graphs, on a scripted model. */
@Timeout(60)
class AgenticNodeTest {
    private static final LastChannel<String> TOPIC = Channel.last("topic", String.class);
    private static final LastChannel<String> STORY = Channel.last("story", String.class);

    private final ScriptedModelServer server = ScriptedModelServer.start();
    private final Engine engine = Engine.create();

    record Wish(String topic) {}

    record Told(String story) {}

    @AfterEach
    void close() {
        engine.close();
        server.close();
    }

    @Test
    void aSequenceOfAgentsReadsAndSetsChannels() {
        server.when("Write about dragons").reply(ModelReply.text("a draft"));
        server.when("Shorten: a draft").reply(ModelReply.text("short"));
        UntypedAgent writers = AgenticServices.sequenceBuilder()
                .subAgents(
                        ScriptedModels.asking(server, "Write about {{topic}}", "draft"),
                        ScriptedModels.asking(server, "Shorten: {{draft}}", "story"))
                .outputKey("story")
                .build();

        Told told = engine.run(graph(AgenticNode.of(writers, List.of(TOPIC), STORY)), new Wish("dragons"));

        assertEquals("short", told.story());
    }

    @Test
    void aLoopOfAgentsRunsUntilItsExitCondition() {
        server.when("Improve").reply(ModelReply.text("bad"), ModelReply.text("better"), ModelReply.text("good"));
        UntypedAgent loop = AgenticServices.loopBuilder()
                .subAgents(ScriptedModels.asking(server, "Improve {{topic}}", "story"))
                .exitCondition(scope -> "good".equals(scope.readState("story")))
                .maxIterations(5)
                .outputKey("story")
                .build();

        assertEquals(
                "good",
                engine.run(graph(AgenticNode.of(loop, List.of(TOPIC), STORY)), new Wish("it"))
                        .story());
        assertEquals(3, server.requests().size());
    }

    @Test
    void parallelAgentsAreWaitedFor() {
        server.when("Title of dragons").reply(ModelReply.text("Dragons"));
        server.when("Text of dragons").reply(ModelReply.text("Fire."));
        UntypedAgent both = AgenticServices.parallelBuilder()
                .subAgents(
                        ScriptedModels.asking(server, "Title of {{topic}}", "title"),
                        ScriptedModels.asking(server, "Text of {{topic}}", "text"))
                .output(scope -> scope.readState("title") + ": " + scope.readState("text"))
                .build();

        assertEquals(
                "Dragons: Fire.",
                engine.run(graph(AgenticNode.of(both, List.of(TOPIC), STORY)), new Wish("dragons"))
                        .story());
    }

    @Test
    void argumentsAndUpdateAreMadeByFunctions() {
        server.when("Write about red dragons").reply(ModelReply.text("a tale"));
        NodeFunction node = AgenticNode.of(
                workflow("Write about {{colour}} {{topic}}"),
                view -> Map.of("topic", view.get(TOPIC), "colour", "red"),
                result -> Update.of(STORY.set("Once: " + result)));

        assertEquals(
                "Once: a tale", engine.run(graph(node), new Wish("dragons")).story());
    }

    @Test
    void anAgentIsCalledByItsOwnInterface() {
        server.when("Story on dragons").reply(ModelReply.text("typed"));
        Storyteller storyteller = AgenticServices.agentBuilder(Storyteller.class)
                .chatModel(ScriptedModels.model(server))
                .build();
        NodeFunction node = AgenticNode.calling(
                storyteller, (agent, view) -> agent.tell(view.get(TOPIC)), text -> Update.of(STORY.set(text)));

        assertEquals("typed", engine.run(graph(node), new Wish("dragons")).story());
    }

    @Test
    void aStreamingAgentsPiecesAreTheNodesTokens() {
        server.when("Story on dragons").reply(ModelReply.pieces("Once", " upon", " a time"));
        StreamingStoryteller storyteller = streaming();
        NodeFunction node = AgenticNode.streaming(
                storyteller, (agent, view) -> agent.tell(view.get(TOPIC)), text -> Update.of(STORY.set(text)));

        Run<Told> run = engine.start(graph(node), new Wish("dragons"));

        assertEquals("Once upon a time", run.await().story());
        assertEquals(
                List.of("Once", " upon", " a time"),
                run.events().stream()
                        .filter(RunEvent.TokenProduced.class::isInstance)
                        .map(event -> ((RunEvent.TokenProduced) event).text())
                        .toList());
    }

    @Test
    void aWorkflowWhoseLastAgentStreamsIsWaitedFor() {
        server.when("Pick").reply(ModelReply.text("knights"));
        server.when("Story on knights").reply(ModelReply.pieces("Sir", " Tarn"));
        UntypedAgent sequence = AgenticServices.sequenceBuilder()
                .subAgents(ScriptedModels.asking(server, "Pick one like {{wish}}", "topic"), streaming())
                .outputKey("story")
                .build();
        NodeFunction node = AgenticNode.of(
                sequence, view -> Map.of("wish", view.get(TOPIC)), result -> Update.of(STORY.set((String) result)));

        Run<Told> run = engine.start(graph(node), new Wish("dragons"));

        assertEquals("Sir Tarn", run.await().story());
        assertEquals(
                2,
                run.events().stream()
                        .filter(RunEvent.TokenProduced.class::isInstance)
                        .count());
    }

    @Test
    void aRateLimitIsAFailureThatMayPass() {
        server.when("Write").reply(ModelReply.error(429, "slow down"));

        NodeException failure = failureOf(AgenticNode.of(workflow("Write {{topic}}"), List.of(TOPIC), STORY));

        assertEquals(ErrorCode.MODEL_FAILED, failure.code());
        assertEquals("The model failed: 'slow down'", failure.what());
        assertEquals("tell", failure.node());
    }

    @Test
    void aWrongKeyIsARefusal() {
        server.when("Write").reply(ModelReply.error(401, "Incorrect API key"));

        NodeException failure = failureOf(AgenticNode.of(workflow("Write {{topic}}"), List.of(TOPIC), STORY));

        assertEquals(ErrorCode.MODEL_REFUSED, failure.code());
        assertEquals("The model refused the request: 'Incorrect API key'", failure.what());
        assertEquals("Enter the key again: it is wrong, has expired, or has no right to this model", failure.mend());
    }

    @Test
    @SuppressWarnings("try") // only keeps the port
    void anUnreachableModelIsAFailureThatMayPass() throws IOException {
        UntypedAgent agent = workflow("Write {{topic}}");
        server.close();
        try (RefusingPort gone = RefusingPort.after(URI.create(server.baseUrl()).getPort())) {
            assertEquals(
                    ErrorCode.MODEL_FAILED,
                    failureOf(AgenticNode.of(agent, List.of(TOPIC), STORY)).code());
        }
    }

    @Test
    void anErrorOfOursKeepsItsCodeWordsAndMend() {
        StudioException ours = new StudioException(ErrorCode.UNKNOWN_COLUMN, "No column 'x'", "Use 'y'");
        UntypedAgent agent = acting(scope -> {
            throw ours;
        });

        NodeException failure = failureOf(AgenticNode.of(agent, List.of(TOPIC), STORY));

        assertEquals(ErrorCode.UNKNOWN_COLUMN, failure.code());
        assertEquals("No column 'x'. Use 'y'.", failure.getMessage());
        assertSame(ours, failure.getCause());
    }

    @Test
    void anyOtherFailureIsSaidWithoutTheWrappingsAroundIt() {
        UntypedAgent agent = acting(scope -> {
            throw new IllegalStateException("the tool broke");
        });

        NodeException failure = failureOf(AgenticNode.of(agent, List.of(TOPIC), STORY));

        assertEquals(ErrorCode.NODE_FAILED, failure.code());
        assertEquals("The agent of node 'tell' failed, 'IllegalStateException: the tool broke'", failure.what());
    }

    @Test
    void aFailureInParallelAgentsIsFound() {
        server.when("Write").reply(ModelReply.error(500, "out of order"));
        UntypedAgent both = AgenticServices.parallelBuilder()
                .subAgents(
                        ScriptedModels.asking(server, "Write a {{topic}}", "a"),
                        ScriptedModels.asking(server, "Write b {{topic}}", "b"))
                .build();

        assertEquals(
                "The model failed: 'out of order'",
                failureOf(AgenticNode.of(both, List.of(TOPIC), STORY)).what());
    }

    @Test
    void aWorkflowWithoutAResultIsAFailure() {
        UntypedAgent silent = acting(scope -> scope.writeState("other", "value"));

        NodeException failure = failureOf(AgenticNode.of(silent, List.of(TOPIC), STORY));

        assertEquals("The agent of node 'tell' gave no result", failure.what());
    }

    @Test
    void cancellingEndsACallThatIsUnderWay() throws Exception {
        server.when("Write").reply(ModelReply.text("too late").heldBy(new CountDownLatch(1)));
        Run<Told> run = engine.start(
                graph(AgenticNode.of(workflow("Write {{topic}}"), List.of(TOPIC), STORY)), new Wish("dragons"));
        server.awaitRequest(1, Duration.ofSeconds(30));

        run.cancel();

        assertEquals(
                ErrorCode.CANCELLED,
                assertThrows(StudioException.class, run::await).code());
    }

    @Test
    void cancellingStartsNoFurtherAgentOfASequence() throws Exception {
        server.when("First").reply(ModelReply.text("too late").heldBy(new CountDownLatch(1)));
        UntypedAgent sequence = AgenticServices.sequenceBuilder()
                .subAgents(
                        ScriptedModels.asking(server, "First {{topic}}", "first"),
                        ScriptedModels.asking(server, "Second {{first}}", "story"))
                .outputKey("story")
                .build();
        Run<Told> run = engine.start(graph(AgenticNode.of(sequence, List.of(TOPIC), STORY)), new Wish("dragons"));
        server.awaitRequest(1, Duration.ofSeconds(30));

        run.cancel();

        assertThrows(StudioException.class, run::await);
        assertEquals(
                List.of("First dragons"),
                server.requests().stream().map(ModelRequest::lastText).toList());
    }

    @Test
    void cancellingEndsAStream() throws Exception {
        server.when("Story").reply(ModelReply.pieces("Once", " upon").heldAfter(1, new CountDownLatch(1)));
        StreamingStoryteller storyteller = streaming();
        CompletableFuture<String> firstToken = new CompletableFuture<>();
        NodeFunction node = AgenticNode.streaming(
                storyteller, (agent, view) -> agent.tell(view.get(TOPIC)), text -> Update.of(STORY.set(text)));
        try (Engine listening = Engine.builder()
                .listener(event -> {
                    if (event instanceof RunEvent.TokenProduced token) {
                        firstToken.complete(token.text());
                    }
                })
                .build()) {
            Run<Told> run = listening.start(graph(node), new Wish("dragons"));
            assertEquals("Once", firstToken.get(30, TimeUnit.SECONDS));

            run.cancel();

            assertEquals(
                    ErrorCode.CANCELLED,
                    assertThrows(StudioException.class, run::await).code());
        }
    }

    @Test
    void optionsOfTheNodeAreKnownToItsAgentOnly() {
        IllegalStateException outside = assertThrows(IllegalStateException.class, AgenticNode::runOptions);

        assertTrue(
                String.valueOf(outside.getMessage()).startsWith("no AgenticNode is calling its agent on thread"),
                outside::toString);
    }

    private NodeException failureOf(NodeFunction node) {
        return assertThrows(NodeException.class, () -> engine.run(graph(node), new Wish("dragons")));
    }

    private UntypedAgent workflow(String question) {
        return AgenticServices.sequenceBuilder()
                .subAgents(ScriptedModels.asking(server, question, "story"))
                .outputKey("story")
                .build();
    }

    private static UntypedAgent acting(Action action) {
        return AgenticServices.sequenceBuilder()
                .subAgents(AgenticServices.agentAction(action::accept))
                .outputKey("story")
                .build();
    }

    private StreamingStoryteller streaming() {
        return AgenticServices.agentBuilder(StreamingStoryteller.class)
                .streamingChatModel(ScriptedModels.streamingModel(server))
                .build();
    }

    private static Graph<Wish, Told> graph(NodeFunction node) {
        return Graph.define("stories", 1)
                .input(Wish.class)
                .output(Told.class)
                .channels(TOPIC, STORY)
                .node("tell", node)
                .edge(Graph.START, "tell")
                .edge("tell", Graph.END)
                .build();
    }

    private interface Action {
        void accept(AgenticScope scope);
    }

    public interface Storyteller {
        @UserMessage("Story on {{topic}}")
        @Agent
        String tell(@V("topic") String topic);
    }

    public interface StreamingStoryteller {
        @UserMessage("Story on {{topic}}")
        @Agent(outputKey = "story")
        TokenStream tell(@V("topic") String topic);
    }
}
