package dev.datastudio.agents.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.agents.graph.GraphRunEvent.NodeChanged;
import dev.datastudio.agents.graph.GraphRunEvent.RunEnded;
import dev.datastudio.agents.graph.GraphRunEvent.TokenWritten;
import dev.datastudio.agents.graph.RunDesk.Seen;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.graph.json.NodeType;
import dev.datastudio.graph.json.Port;
import dev.datastudio.graph.json.PortType;
import dev.datastudio.graph.json.SavedEdge;
import dev.datastudio.graph.json.SavedGraph;
import dev.datastudio.graph.json.SavedNode;
import dev.datastudio.graph.json.Values;
import dev.datastudio.testkit.model.ModelReply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GraphRunsTest {
    private final RunDesk desk = RunDesk.open();

    @AfterEach
    void close() {
        desk.close();
    }

    private static NodeState state(GraphRun run, String node) {
        return run.node(node).orElseThrow().state();
    }

    @Test
    void aRunTellsWhatEveryNodeGotAndGave() throws Exception {
        String graph = desk.keep(RunDesk.greeting());

        GraphRun run = desk.run(RunRequest.of(graph).given(Map.of("name", "Ada")));

        assertEquals(RunState.DONE, run.state());
        assertEquals("Hello Ada", run.outputs().orElseThrow().text("text"));
        NodeRun greet = run.node("greet").orElseThrow();
        assertEquals(NodeState.DONE, greet.state());
        assertEquals("Ada", greet.inputs().orElseThrow().text("name"));
        assertEquals("Hello Ada", greet.outputs().orElseThrow().text("text"));
        assertEquals(1, greet.rounds());
        assertEquals("Ada", run.inputs().text("name"));
        assertEquals(run, desk.runs.get(run.id()));
        assertEquals(
                List.of(run.id()),
                desk.runs.list(graph, 10, "").items().stream().map(GraphRun::id).toList());
    }

    @Test
    void aRunBelongsToTheUserWhoStartedIt() throws Exception {
        String graph = desk.keep(RunDesk.greeting());
        GraphRun run = desk.run(RunRequest.of(graph).given(Map.of("name", "Ada")));

        for (Caller other : List.of(new Caller("acme", "ben"), new Caller("other", "ann"))) {
            GraphRuns theirs = GraphRuns.of(desk.studio).as(other);
            assertThrows(StudioException.class, () -> theirs.get(run.id()));
            assertThrows(StudioException.class, () -> theirs.cancel(run.id()));
            assertThrows(StudioException.class, () -> theirs.subscribe(run.id(), 0, event -> {}));
            assertThrows(StudioException.class, () -> theirs.approve(run.id()));
            assertEquals(List.of(), theirs.list(graph, 10, "").items());
        }
    }

    @Test
    void tokensAreToldAsTheyComeAndAReconnectLosesAndDoublesNothing() throws Exception {
        desk.withModel();
        CountDownLatch more = new CountDownLatch(1);
        desk.server.inTurn(
                ModelReply.pieces("The ", "sea ", "comes ", "and ", "goes.").heldAfter(2, more));
        String graph = desk.keep(RunDesk.writing());
        GraphRun begun = desk.runs.start(RunRequest.of(graph).given(Map.of("topic", "tides")));
        Seen first = new Seen();
        RunSubscription cut = desk.runs.subscribe(begun.id(), 0, first::add);

        List<GraphRunEvent> before = first.untilWritten("model", "The sea ");
        cut.close();
        long last = before.get(before.size() - 1).sequence();
        Seen second = new Seen();
        desk.runs.subscribe(begun.id(), last, second::add);
        Seen late = new Seen();
        desk.runs.subscribe(begun.id(), 0, late::add);
        late.until(all -> !all.isEmpty());
        more.countDown();

        List<GraphRunEvent> after = second.untilEnded();
        List<GraphRunEvent> both = new ArrayList<>(before);
        both.addAll(after);
        assertEquals("The sea comes and goes.", Seen.written(both, "model"));
        assertEquals("comes and goes.", tokens(after));
        long sequence = 0;
        for (GraphRunEvent event : both.subList(1, both.size())) {
            assertTrue(sequence == 0 || event.sequence() == sequence + 1, both::toString);
            sequence = event.sequence();
        }
        List<GraphRunEvent> lateEvents = late.untilEnded();
        assertEquals("The sea comes and goes.", Seen.written(lateEvents, "model"));
        GraphRun done = ((RunEnded) after.get(after.size() - 1)).run();
        assertEquals("The sea comes and goes.", done.outputs().orElseThrow().text("text"));
        assertEquals("The sea comes and goes.", done.node("model").orElseThrow().text());
        assertTrue(done.usage().tokens() > 0);
    }

    private static String tokens(List<GraphRunEvent> events) {
        StringBuilder text = new StringBuilder();
        for (GraphRunEvent event : events) {
            if (event instanceof TokenWritten token) {
                text.append(token.text());
            }
        }
        return text.toString();
    }

    @Test
    void nodesAreQueuedThenRunThenDone() throws Exception {
        desk.withModel();
        CountDownLatch hold = new CountDownLatch(1);
        desk.server.inTurn(ModelReply.text("ok").heldBy(hold));
        GraphRun begun = desk.runs.start(RunRequest.of(desk.keep(RunDesk.writing())));
        Seen seen = new Seen();
        desk.runs.subscribe(begun.id(), 0, seen::add);
        hold.countDown();

        List<NodeState> states = new ArrayList<>();
        for (GraphRunEvent event : seen.untilEnded()) {
            if (event instanceof NodeChanged changed && changed.node().node().equals("out")) {
                states.add(changed.node().state());
            }
        }
        assertEquals(List.of(NodeState.QUEUED, NodeState.RUNNING, NodeState.DONE), states);
    }

    @Test
    void withoutAModelTheNodeSaysWhatToDo() throws Exception {
        GraphRun run = desk.run(RunRequest.of(desk.keep(RunDesk.writing())));

        assertEquals(RunState.FAILED, run.state());
        RunProblem error = run.error().orElseThrow();
        assertEquals("model", error.node());
        assertEquals("ENTRY_NOT_FOUND", error.code());
        assertTrue(error.what().contains("No language model is configured"), error.what());
        assertTrue(error.mend().contains("Settings"), error.mend());
        assertEquals(NodeState.FAILED, state(run, "model"));
        assertEquals(NodeState.DONE, state(run, "prompt"));
        assertEquals(NodeState.IDLE, state(run, "out"));
    }

    @Test
    void oneNodeIsRunWithWhatLedToItBefore() throws Exception {
        desk.withModel();
        desk.server.when("tides").reply(ModelReply.text("first"), ModelReply.text("second"));
        String graph = desk.keep(RunDesk.writing());
        desk.run(RunRequest.of(graph).given(Map.of("topic", "tides")));

        GraphRun again = desk.run(RunRequest.of(graph).only("model"));

        assertEquals(RunState.DONE, again.state());
        assertEquals(
                List.of("prompt", "model"),
                again.nodes().stream().map(NodeRun::node).toList());
        assertEquals(NodeState.CACHED, state(again, "prompt"));
        assertEquals("second", again.outputs().orElseThrow().text("text"));
        GraphRun from = desk.run(RunRequest.of(graph).from("out"));
        assertEquals(NodeState.CACHED, state(from, "model"));
        assertEquals("second", from.outputs().orElseThrow().text("text"));
    }

    @Test
    void whatWasChangedSinceIsRunAgain() throws Exception {
        String id = desk.keep(RunDesk.greeting());
        desk.run(RunRequest.of(id).given(Map.of("name", "Ada")));
        GraphDraft draft = desk.graphs.get(id);
        SavedNode changed = draft.graph().node("greet").orElseThrow().withConfig(Map.of("template", "Bye {{name}}"));
        desk.graphs.save(id, 1, "Greeting", "", draft.graph().with(changed));

        GraphRun run = desk.run(RunRequest.of(id).only("out"));
        GraphRun other = desk.run(RunRequest.of(id).only("out").given(Map.of("name", "Bob")));

        assertEquals("Bye Ada", run.outputs().orElseThrow().text("text"));
        assertEquals(NodeState.CACHED, state(run, "who"));
        assertEquals(NodeState.DONE, state(run, "greet"));
        assertEquals("Bye Bob", other.outputs().orElseThrow().text("text"));
        assertEquals(NodeState.DONE, state(other, "who"));
    }

    @Test
    void aNodeThatWasNeverReachedIsRunWithAllThatLeadsToIt() throws Exception {
        String id = desk.keep(RunDesk.greeting());

        GraphRun run = desk.run(RunRequest.of(id).only("greet").given(Map.of("name", "Ada")));

        assertEquals("Hello Ada", run.outputs().orElseThrow().text("text"));
        assertEquals(NodeState.DONE, state(run, "who"));
        assertTrue(run.node("out").isEmpty());
    }

    @Test
    void aRunIsCancelledInTheMiddleOfAnAnswer() throws Exception {
        desk.withModel();
        desk.server.inTurn(ModelReply.pieces("never ", "ends").stalledAfter(1));
        GraphRun begun = desk.runs.start(RunRequest.of(desk.keep(RunDesk.writing())));
        Seen seen = new Seen();
        desk.runs.subscribe(begun.id(), 0, seen::add);
        seen.untilWritten("model", "never ");

        desk.runs.cancel(begun.id());

        GraphRun run = desk.runs.await(begun.id());
        assertEquals(RunState.CANCELLED, run.state());
        assertEquals(NodeState.CANCELLED, state(run, "model"));
        assertEquals(NodeState.IDLE, state(run, "out"));
        desk.server.awaitAbandoned(1, RunDesk.SOON);
        assertEquals(RunState.CANCELLED, desk.runs.cancel(begun.id()).state());
    }

    @Test
    void aPersonApprovesChangesOrRejects() throws Exception {
        String graph = desk.keep(RunDesk.approving());
        GraphRun one = desk.run(RunRequest.of(graph).given(Map.of("text", "Dear all")));
        GraphRun two = desk.run(RunRequest.of(graph).given(Map.of("text", "Dear all")));
        GraphRun three = desk.run(RunRequest.of(graph).given(Map.of("text", "Dear all")));

        assertEquals(RunState.WAITING, one.state());
        PendingQuestion asked = one.waitingFor().get(0);
        assertEquals("Send it?", asked.question());
        assertEquals("Dear all", asked.value());
        assertEquals("person", asked.node());
        assertEquals(NodeState.WAITING, state(one, "person"));
        assertThrows(StudioException.class, () -> desk.runs.resume(one.id(), "", Values.of("answer", "yes")));
        desk.runs.approve(one.id());
        desk.runs.reject(two.id());
        desk.runs.resume(three.id(), asked.id(), Values.of(Map.of("approved", true, "value", "Hi")));

        assertEquals(
                "Dear all", desk.runs.await(one.id()).outputs().orElseThrow().text("yes"));
        GraphRun rejected = desk.runs.await(two.id());
        assertEquals("Dear all", rejected.outputs().orElseThrow().text("no"));
        assertFalse(rejected.outputs().orElseThrow().has("yes"));
        assertEquals("Hi", desk.runs.await(three.id()).outputs().orElseThrow().text("yes"));
        assertEquals(
                ErrorCode.INVALID_ARGUMENT,
                assertThrows(StudioException.class, () -> desk.runs.approve(one.id()))
                        .code());
    }

    @Test
    void aRunThatWaitsCanBeCancelled() throws Exception {
        GraphRun run = desk.run(RunRequest.of(desk.keep(RunDesk.approving())).given(Map.of("text", "x")));

        assertEquals(RunState.CANCELLED, desk.runs.cancel(run.id()).state());
        assertThrows(StudioException.class, () -> desk.runs.approve(run.id()));
    }

    /** A loop that its condition never ends. */
    private static SavedGraph endless() {
        return SavedGraph.named("Endless")
                .plus(SavedNode.of("begin", "text.input", 1).withConfig(Map.of("name", "x", "default", "a")))
                .plus(SavedNode.of("more", "template", 1).withConfig(Map.of("template", "{{x}}")))
                .plus(SavedNode.of("enough", "condition", 1).withConfig(Map.of("operator", "equals", "right", "b")))
                .plus(SavedNode.of("out", "text.output", 1).withConfig(Map.of("name", "text")))
                .plus(SavedEdge.between("begin", "value", "more", "x"))
                .plus(SavedEdge.between("more", "text", "enough", "value"))
                .plus(SavedEdge.between("enough", "false", "more", "x"))
                .plus(SavedEdge.between("enough", "true", "out", "value"));
    }

    @Test
    void aGraphThatLoopsForEverIsEndedWithATypedError() throws Exception {
        GraphRun run = desk.run(RunRequest.of(desk.keep(endless())));

        assertEquals(RunState.FAILED, run.state());
        assertTrue(
                List.of("LIMIT_EXCEEDED", "BUDGET_EXCEEDED")
                        .contains(run.error().orElseThrow().code()),
                run.error()::toString);
        assertTrue(run.node("more").orElseThrow().rounds() > 100);
    }

    @Test
    void noMoreThanSoManyRunsOfAnOrganisationGoOnAtOnce() throws Exception {
        try (Studio studio = Studio.inMemory()) {
            GraphRuns runs = GraphRuns.of(studio, GraphRunLimits.DEFAULT.withConcurrentRuns(2))
                    .as(RunDesk.ANN);
            CountDownLatch hold = new CountDownLatch(1);
            String graph = holding(studio, hold);
            GraphRun one = runs.start(RunRequest.of(graph));
            GraphRun two = runs.start(RunRequest.of(graph));
            int refused = 0;
            for (int i = 0; i < 100; i++) {
                StudioException error = assertThrows(StudioException.class, () -> runs.start(RunRequest.of(graph)));
                refused += error.code() == ErrorCode.QUOTA_EXCEEDED ? 1 : 0;
            }
            hold.countDown();

            assertEquals(100, refused);
            assertEquals(429, ErrorCode.QUOTA_EXCEEDED.type().httpStatus());
            assertEquals(RunState.DONE, runs.await(one.id()).state());
            assertEquals(RunState.DONE, runs.await(two.id()).state());
            assertEquals(
                    RunState.DONE,
                    runs.await(runs.start(RunRequest.of(graph)).id()).state());
        }
    }

    @Test
    void whoSeesThatARunHasEndedMayBeginTheNext() throws Exception {
        try (Studio studio = Studio.inMemory()) {
            GraphRuns runs = GraphRuns.of(studio, GraphRunLimits.DEFAULT.withConcurrentRuns(1))
                    .as(RunDesk.ANN);
            CountDownLatch hold = new CountDownLatch(0);
            String graph = holding(studio, hold);
            for (int i = 0; i < 20; i++) {
                String id = runs.start(RunRequest.of(graph)).id();
                while (!runs.get(id).state().isEnded()) {
                    Thread.onSpinWait();
                }
            }
        }
    }

    /** A saved graph whose one node works until it is let go. */
    private static String holding(Studio studio, CountDownLatch hold) {
        GraphNodeTypes.of(studio).register(holding(hold));
        return SavedGraphs.of(studio)
                .as(RunDesk.ANN)
                .create(
                        "Holding",
                        SavedGraph.named("Holding")
                                .plus(SavedNode.of("hold", "acme.hold", 1))
                                .plus(SavedNode.of("out", "text.output", 1).withConfig(Map.of("name", "text")))
                                .plus(SavedEdge.between("hold", "text", "out", "value")))
                .id();
    }

    private static NodeType holding(CountDownLatch hold) {
        return NodeType.define("acme.hold", 1)
                .outputs(Port.required("text", PortType.TEXT))
                .work(config -> (inputs, context) -> {
                    hold.await();
                    return Values.of("text", "held");
                })
                .build();
    }

    @Test
    void aSubscriberThatTakesNothingHoldsUpNoRun() throws Exception {
        desk.withModel();
        desk.server.inTurn(ModelReply.text("one two three four five"));
        CountDownLatch never = new CountDownLatch(1);
        GraphRun begun = desk.runs.start(RunRequest.of(desk.keep(RunDesk.writing())));
        desk.runs.subscribe(begun.id(), 0, event -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });

        assertEquals(RunState.DONE, desk.runs.await(begun.id()).state());
        never.countDown();
    }

    @Test
    void aVersionRunsAsItWasThen() throws Exception {
        String id = desk.keep(RunDesk.greeting());
        desk.graphs.publish(id, "");
        GraphDraft draft = desk.graphs.get(id);
        desk.graphs.save(id, 1, "Greeting", "", SavedGraph.named("empty"));

        GraphRun run = desk.run(RunRequest.of(id).version(1).given(Map.of("name", "Ada")));

        assertEquals("Hello Ada", run.outputs().orElseThrow().text("text"));
        assertEquals(3, draft.stored().nodeCount());
        StudioException wrong = assertThrows(StudioException.class, () -> desk.runs.start(RunRequest.of(id)));
        assertEquals(ErrorCode.GRAPH_INVALID, wrong.code());
    }

    @Test
    void aSubGraphThatIsNamedByItsIdIsRun() throws Exception {
        String inner = desk.keep(RunDesk.greeting());
        SavedGraph outer = SavedGraph.named("Outer")
                .plus(SavedNode.of("who", "text.input", 1).withConfig(Map.of("name", "who")))
                .plus(SavedNode.of("sub", "sub-graph", 1).withConfig(Map.of("graphId", inner)))
                .plus(SavedNode.of("out", "text.output", 1).withConfig(Map.of("name", "text")))
                .plus(SavedEdge.between("who", "value", "sub", "name"))
                .plus(SavedEdge.between("sub", "text", "out", "value"));

        GraphRun run = desk.run(RunRequest.of(desk.keep(outer)).given(Map.of("who", "Ada")));

        assertEquals("Hello Ada", run.outputs().orElseThrow().text("text"));
        assertEquals(NodeState.DONE, state(run, "sub"));
        assertEquals(
                "Hello Ada",
                run.node("sub").orElseThrow().outputs().orElseThrow().text("text"));
    }

    @Test
    void longValuesAreCutAndSaySo() throws Exception {
        GraphRun run =
                desk.run(RunRequest.of(desk.keep(RunDesk.greeting())).given(Map.of("name", "x".repeat(600_000))));

        NodeRun greet = run.node("greet").orElseThrow();
        assertEquals(NodeRun.Extent.CUT, greet.extent());
        String shown = greet.outputs().orElseThrow().text("text");
        assertTrue(shown.length() < 60_000 && shown.endsWith("more characters)"), shown.substring(shown.length() - 60));
    }

    @Test
    void oldRunsAreForgotten() throws Exception {
        try (Studio studio = Studio.inMemory()) {
            GraphRuns runs =
                    GraphRuns.of(studio, GraphRunLimits.DEFAULT.withKeptRuns(3)).as(RunDesk.ANN);
            String graph = SavedGraphs.of(studio)
                    .as(RunDesk.ANN)
                    .create("Greeting", RunDesk.greeting())
                    .id();
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                GraphRun run = runs.start(RunRequest.of(graph).given(Map.of("name", "n" + i)));
                ids.add(run.id());
                runs.await(run.id());
            }

            assertEquals(
                    List.of(ids.get(4), ids.get(3), ids.get(2)),
                    runs.list(graph, 10, "").items().stream().map(GraphRun::id).toList());
            assertThrows(StudioException.class, () -> runs.get(ids.get(0)));
            SavedGraphs.of(studio).as(RunDesk.ANN).delete(graph);
            assertThrows(StudioException.class, () -> runs.get(ids.get(4)));
        }
    }

    @Test
    void aNodeTypeOfTheProgramIsRunForItsCaller() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        GraphNodeTypes.of(desk.studio)
                .register(NodeType.define("acme.who", 1)
                        .outputs(Port.required("text", PortType.TEXT))
                        .work(config -> (inputs, context) -> {
                            calls.incrementAndGet();
                            return Values.of("text", context.caller().user());
                        })
                        .build());
        SavedGraph graph = SavedGraph.named("Who")
                .plus(SavedNode.of("who", "acme.who", 1))
                .plus(SavedNode.of("out", "text.output", 1).withConfig(Map.of("name", "text")))
                .plus(SavedEdge.between("who", "text", "out", "value"));

        GraphRun run = desk.run(RunRequest.of(desk.keep(graph)));

        assertEquals("ann", run.outputs().orElseThrow().text("text"));
        assertEquals(1, calls.get());
        assertThrows(
                IllegalArgumentException.class,
                () -> GraphNodeTypes.of(desk.studio)
                        .register(NodeType.define("tool.mine", 1)
                                .work(config -> (inputs, context) -> inputs)
                                .build()));
    }
}
