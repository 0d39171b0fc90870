package dev.datastudio.agents.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.agents.graph.GraphRunEvent.NodeChanged;
import dev.datastudio.agents.graph.GraphRunEvent.RunChanged;
import dev.datastudio.agents.graph.RunDesk.Seen;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.graph.json.SavedEdge;
import dev.datastudio.graph.json.SavedGraph;
import dev.datastudio.graph.json.SavedNode;
import dev.datastudio.testkit.model.ModelReply;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Runs of a part of a graph, with what people gave or pinned; and what shows of graphs inside of others (G3). */
class PartialRunsTest {
    private final RunDesk desk = RunDesk.open();

    @AfterEach
    void close() {
        desk.close();
    }

    private static NodeState state(GraphRun run, String node) {
        return run.node(node).orElseThrow().state();
    }

    private static List<String> ids(GraphRun run) {
        return run.nodes().stream().map(NodeRun::node).toList();
    }

    private static String text(GraphRun run) {
        return run.outputs().orElseThrow().text("text");
    }

    private static SavedNode pinned(SavedGraph graph, String node, String output, Object value) {
        return graph.node(node).orElseThrow().withSetting("pinned", Map.of("outputs", Map.of(output, value)));
    }

    @Test
    void runningToANodeDoesAllThatLeadsThereAgainAndNothingAfterIt() throws Exception {
        desk.withModel();
        desk.server.when("tides").reply(ModelReply.text("first"), ModelReply.text("second"));
        String graph = desk.keep(RunDesk.writing());
        desk.run(RunRequest.of(graph).given(Map.of("topic", "tides")));

        GraphRun again =
                desk.run(RunRequest.of(graph).given(Map.of("topic", "tides")).to("model"));

        assertEquals(List.of("topic", "prompt", "model"), ids(again));
        assertEquals(NodeState.DONE, state(again, "prompt"));
        assertEquals("second", text(again));
    }

    @Test
    void aNodeIsRunAgainWithInputsThatAPersonEdited() throws Exception {
        String graph = desk.keep(RunDesk.greeting());
        desk.run(RunRequest.of(graph).given(Map.of("name", "Ada")));

        GraphRun alone = desk.run(RunRequest.of(graph).only("greet").nodeGiven(Map.of("name", "Eve")));
        GraphRun from = desk.run(RunRequest.of(graph).from("greet").nodeGiven(Map.of("name", "Bob")));

        assertEquals(List.of("greet"), ids(alone));
        assertEquals(
                "Eve", alone.node("greet").orElseThrow().inputs().orElseThrow().text("name"));
        assertEquals("Hello Eve", text(alone));
        assertEquals(List.of("greet", "out"), ids(from));
        assertEquals("Hello Bob", text(from));
        GraphRun own = desk.run(RunRequest.of(graph).only("out"));
        assertEquals("Hello Ada", text(own), "what was given by hand is nobody's latest output");
        StudioException wrong = assertThrows(
                StudioException.class,
                () -> desk.runs.start(RunRequest.of(graph).only("greet").nodeGiven(Map.of("nmae", "Eve"))));
        assertTrue(wrong.getMessage().contains("has no input 'nmae'"), wrong.getMessage());
    }

    @Test
    void anInputForManyEdgesTakesAnEditedList() throws Exception {
        SavedGraph joining = SavedGraph.named("Joining")
                .plus(SavedNode.of("a", "text.input", 1).withConfig(Map.of("name", "a", "default", "1")))
                .plus(SavedNode.of("list", "list", 1))
                .plus(SavedNode.of("out", "text.output", 1).withConfig(Map.of("name", "text")))
                .plus(SavedEdge.between("a", "value", "list", "items"))
                .plus(SavedEdge.between("list", "list", "out", "value"));
        String graph = desk.keep(joining);

        GraphRun run = desk.run(RunRequest.of(graph).from("list").nodeGiven(Map.of("items", List.of("x", "y"))));

        assertEquals(List.of("x", "y"), run.outputs().orElseThrow().list("text"));
    }

    @Test
    void whatIsPinnedTakesThePlaceOfItsNodeOnlyForWhoAsks() throws Exception {
        SavedGraph graph = RunDesk.greeting();
        String id = desk.keep(graph.with(pinned(graph, "greet", "text", "Pinned words")));
        desk.graphs.publish(id, "");

        GraphRun honoured = desk.run(RunRequest.of(id).withPins());
        GraphRun plain = desk.run(RunRequest.of(id).given(Map.of("name", "Ada")));
        GraphRun published = desk.run(RunRequest.of(id).version(1).given(Map.of("name", "Ada")));
        GraphRun asked = desk.run(
                RunRequest.of(id).given(Map.of("name", "Ada")).only("greet").withPins());

        assertEquals("Pinned words", text(honoured));
        assertEquals(NodeState.PINNED, state(honoured, "greet"));
        assertEquals(List.of("greet", "out"), ids(honoured), "what leads only to a pinned node is not run");
        assertEquals("Hello Ada", text(plain));
        assertEquals("Hello Ada", text(published));
        assertEquals("Hello Ada", text(asked), "the node that is asked for runs, pinned or not");
        GraphRun from = desk.run(RunRequest.of(id).from("out").withPins());
        assertEquals("Pinned words", text(from));
        assertEquals(NodeState.PINNED, state(from, "greet"));
    }

    @Test
    void aPinnedConditionTakesThePinnedBranchAndWhatLeadsElsewhereStillRuns() throws Exception {
        SavedGraph graph = SavedGraph.named("Choosing")
                .plus(SavedNode.of("in", "text.input", 1).withConfig(Map.of("name", "in", "default", "a")))
                .plus(SavedNode.of("is", "condition", 1).withConfig(Map.of("operator", "equals", "right", "a")))
                .plus(SavedNode.of("yes", "text.output", 1).withConfig(Map.of("name", "yes")))
                .plus(SavedNode.of("no", "text.output", 1).withConfig(Map.of("name", "no")))
                .plus(SavedNode.of("echo", "text.output", 1).withConfig(Map.of("name", "echo")))
                .plus(SavedEdge.between("in", "value", "is", "value"))
                .plus(SavedEdge.between("in", "value", "echo", "value"))
                .plus(SavedEdge.between("is", "true", "yes", "value"))
                .plus(SavedEdge.between("is", "false", "no", "value"));
        String id = desk.keep(graph.with(pinned(graph, "is", "false", "never")));

        GraphRun run = desk.run(RunRequest.of(id).withPins());

        assertEquals("never", run.outputs().orElseThrow().text("no"));
        assertEquals("a", run.outputs().orElseThrow().text("echo"));
        assertTrue(!run.outputs().orElseThrow().has("yes"), run::toString);
        assertEquals(NodeState.DONE, state(run, "in"));
    }

    private static SavedGraph around(String type, SavedGraph inner) {
        return SavedGraph.named("Outer")
                .plus(SavedNode.of("who", "text.input", 1)
                        .withConfig(Map.of("name", "who", "format", type.equals("map") ? "lines" : "text")))
                .plus(SavedNode.of("sub", type, 1)
                        .withConfig(Map.of("graph", inner.json().all())))
                .plus(SavedNode.of("out", "text.output", 1).withConfig(Map.of("name", "text")))
                .plus(SavedEdge.between("who", "value", "sub", type.equals("map") ? "items" : "name"))
                .plus(SavedEdge.between("sub", type.equals("map") ? "results" : "text", "out", "value"));
    }

    @Test
    void nodesInsideOfANodeShowHowTheyStandAndWhatTheyGotAndGave() throws Exception {
        GraphRun begun = desk.runs.start(RunRequest.of(desk.keep(around("sub-graph", RunDesk.greeting())))
                .given(Map.of("who", "Ada")));
        Seen seen = new Seen();
        desk.runs.subscribe(begun.id(), 0, seen::add);
        seen.untilEnded();
        GraphRun run = desk.runs.get(begun.id());

        assertEquals("Hello Ada", text(run));
        assertEquals(Set.of("who", "sub", "out", "sub/who", "sub/greet", "sub/out"), new LinkedHashSet<>(ids(run)));
        assertEquals(List.of("who", "sub", "out"), ids(run).subList(0, 3));
        NodeRun greet = run.node("sub/greet").orElseThrow();
        assertEquals(NodeState.DONE, greet.state());
        assertEquals("Ada", greet.inputs().orElseThrow().text("name"));
        assertEquals("Hello Ada", greet.outputs().orElseThrow().text("text"));
        assertEquals(NodeState.DONE, state(run, "sub"));
        List<NodeState> told = new ArrayList<>();
        for (GraphRunEvent event : seen.events) {
            if (event instanceof NodeChanged changed && changed.node().node().equals("sub/greet")) {
                told.add(changed.node().state());
            } else if (event instanceof RunChanged whole) { // all that is told when the run is over already
                whole.run().node("sub/greet").ifPresent(node -> told.add(node.state()));
            }
        }
        assertEquals(NodeState.DONE, told.get(told.size() - 1));
    }

    @Test
    void nodesInsideOfAMapShowTheirLatestRound() throws Exception {
        GraphRun run = desk.run(
                RunRequest.of(desk.keep(around("map", RunDesk.greeting()))).given(Map.of("who", "Ada\nBob\nCleo")));

        assertEquals(NodeState.DONE, state(run, "sub/greet"));
        assertEquals(3, run.node("sub/greet").orElseThrow().rounds());
        assertEquals(6, run.nodes().size());
    }

    @Test
    void tokensAndCostsOfAModelInsideShowThereAndAroundItAndCountOnce() throws Exception {
        desk.withModel();
        desk.server.when("Ada").reply(ModelReply.text("a poem"));
        SavedGraph writing =
                RunDesk.writing().with(SavedNode.of("topic", "text.input", 1).withConfig(Map.of("name", "name")));

        GraphRun run =
                desk.run(RunRequest.of(desk.keep(around("sub-graph", writing))).given(Map.of("who", "Ada")));

        assertEquals("a poem", run.node("sub/model").orElseThrow().text());
        assertEquals("a poem", run.node("sub").orElseThrow().text());
        long tokens = run.node("sub/model").orElseThrow().usage().tokens();
        assertTrue(tokens > 0, run::toString);
        assertEquals(tokens, run.usage().tokens());
    }

    @Test
    void aNodeInsideThatFailsIsShownWithWhatIsAroundIt() throws Exception {
        SavedGraph writing =
                RunDesk.writing().with(SavedNode.of("topic", "text.input", 1).withConfig(Map.of("name", "name")));

        GraphRun run =
                desk.run(RunRequest.of(desk.keep(around("sub-graph", writing))).given(Map.of("who", "Ada")));

        assertEquals(RunState.FAILED, run.state());
        assertEquals("sub", run.error().orElseThrow().node());
        assertEquals(NodeState.FAILED, state(run, "sub"));
        RunProblem inner = run.node("sub/model").orElseThrow().error().orElseThrow();
        assertTrue(inner.what().contains("No language model is configured"), inner.what());
        assertEquals(NodeState.DONE, state(run, "sub/prompt"));
    }

    @Test
    void aPersonIsAskedInsideOfANodeWhichThenGoesOn() throws Exception {
        SavedGraph inner = RunDesk.approving()
                .with(SavedNode.of("text", "text.input", 1).withConfig(Map.of("name", "name")))
                .with(SavedNode.of("yes", "text.output", 1).withConfig(Map.of("name", "text")));
        GraphRun run =
                desk.run(RunRequest.of(desk.keep(around("sub-graph", inner))).given(Map.of("who", "Ada")));

        assertEquals(NodeState.WAITING, state(run, "sub"));
        assertEquals(NodeState.WAITING, state(run, "sub/person"));
        desk.runs.approve(run.id());
        GraphRun done = desk.runs.await(run.id());

        assertEquals(NodeState.DONE, state(done, "sub"));
        assertEquals(NodeState.DONE, state(done, "sub/person"));
        assertEquals("Ada", text(done));
    }

    @Test
    void whatIsPinnedInsideOfANodeCountsButNotInAGraphThatANodeOnlyNames() throws Exception {
        SavedGraph greeting = RunDesk.greeting();
        SavedGraph inner = greeting.with(pinned(greeting, "greet", "text", "Pinned words"));
        String id = desk.keep(around("sub-graph", inner));

        GraphRun honoured =
                desk.run(RunRequest.of(id).given(Map.of("who", "Ada")).withPins());
        GraphRun plain = desk.run(RunRequest.of(id).given(Map.of("who", "Ada")));
        GraphRun asked = desk.run(
                RunRequest.of(id).given(Map.of("who", "Ada")).only("sub/greet").withPins());
        SavedGraph naming = around("sub-graph", inner)
                .with(SavedNode.of("sub", "sub-graph", 1).withConfig(Map.of("graphId", desk.keep(inner))));
        GraphRun named = desk.run(
                RunRequest.of(desk.keep(naming)).given(Map.of("who", "Ada")).withPins());

        assertEquals("Pinned words", text(honoured));
        assertEquals(NodeState.PINNED, state(honoured, "sub/greet"));
        assertEquals("Hello Ada", text(plain));
        assertEquals("Hello Ada", text(asked), "the node that is asked for runs, pinned or not");
        assertEquals("Hello Ada", text(named), "the pins of another graph are for its own draft");
    }

    @Test
    void aNodeInsideOfAnotherIsRunAloneOrUpToIt() throws Exception {
        String id = desk.keep(around("sub-graph", RunDesk.greeting()));
        desk.run(RunRequest.of(id).given(Map.of("who", "Ada")));

        GraphRun alone = desk.run(RunRequest.of(id).only("sub/greet"));
        GraphRun upTo = desk.run(RunRequest.of(id).given(Map.of("who", "Bob")).to("sub/greet"));
        GraphRun given = desk.run(RunRequest.of(id).only("sub/greet").nodeGiven(Map.of("name", "Eve")));

        assertEquals("Hello Ada", text(alone));
        assertEquals(NodeState.CACHED, state(alone, "who"));
        assertEquals(Set.of("who", "sub", "sub/who", "sub/greet"), Set.copyOf(ids(alone)));
        assertEquals("Hello Bob", text(upTo));
        assertEquals(NodeState.DONE, state(upTo, "who"));
        assertEquals("Hello Eve", text(given));
        assertEquals(Set.of("sub", "sub/greet"), Set.copyOf(ids(given)), "nothing else is needed");
        GraphRun out = desk.run(RunRequest.of(id).given(Map.of("who", "Ada")).only("out"));
        assertEquals("Hello Ada", text(out), "what a part of it gave is nobody's latest output");
    }

    @Test
    void aNodeInsideOfAMapRunsForEachElementAndDeeperOnesRunToo() throws Exception {
        String map = desk.keep(around("map", RunDesk.greeting()));
        String deep = desk.keep(around(
                "sub-graph",
                SavedGraph.from(around("sub-graph", RunDesk.greeting()).json())
                        .with(SavedNode.of("who", "text.input", 1).withConfig(Map.of("name", "name")))));

        GraphRun each =
                desk.run(RunRequest.of(map).given(Map.of("who", "Ada\nBob")).only("sub/greet"));
        GraphRun inner =
                desk.run(RunRequest.of(deep).given(Map.of("who", "Ada")).only("sub/sub/greet"));

        assertEquals(RunState.DONE, each.state(), each::toString);
        assertEquals(2, each.node("sub/greet").orElseThrow().rounds());
        assertEquals("Hello Ada", inner.outputs().orElseThrow().text("text"));
        assertTrue(inner.node("sub/out").isEmpty(), inner::toString);
        StudioException refused = assertThrows(
                StudioException.class,
                () -> desk.runs.start(RunRequest.of(map).only("sub/greet").nodeGiven(Map.of("name", "Eve"))));
        assertTrue(refused.getMessage().contains("for each element"), refused.getMessage());
    }

    /** Names, what is said to them and what is said to all, joined; {@code aside} leads to an output of its own. */
    private static SavedGraph chain() {
        return SavedGraph.named("Chain")
                .plus(SavedNode.of("in", "text.input", 1).withConfig(Map.of("name", "name")))
                .plus(SavedNode.of("first", "template", 1).withConfig(Map.of("template", "Dear {{name}}")))
                .plus(SavedNode.of("then", "template", 1).withConfig(Map.of("template", "{{text}}!")))
                .plus(SavedNode.of("aside", "template", 1).withConfig(Map.of("template", "({{name}})")))
                .plus(SavedNode.of("text", "text.output", 1).withConfig(Map.of("name", "text")))
                .plus(SavedNode.of("other", "text.output", 1).withConfig(Map.of("name", "other")))
                .plus(SavedEdge.between("in", "value", "first", "name"))
                .plus(SavedEdge.between("first", "text", "then", "text"))
                .plus(SavedEdge.between("then", "text", "text", "value"))
                .plus(SavedEdge.between("in", "value", "aside", "name"))
                .plus(SavedEdge.between("aside", "text", "other", "value"));
    }

    @Test
    void fromANodeInsideOnWhatComesAfterItRunsThereAndAroundItAndWhatLeadsToItDoesNot() throws Exception {
        SavedGraph whole = around("sub-graph", chain());
        String id = desk.keep(whole);
        desk.run(RunRequest.of(id).given(Map.of("who", "Ada")));
        SavedGraph edited =
                chain().with(SavedNode.of("then", "template", 1).withConfig(Map.of("template", "{{text}}, hello!")));
        desk.graphs.save(id, desk.graphs.get(id).revision(), "Outer", "", around("sub-graph", edited));

        GraphRun from = desk.run(RunRequest.of(id).from("sub/then"));
        GraphRun after = desk.run(RunRequest.of(id).only("out"));
        GraphRun alone = desk.run(RunRequest.of(id).only("sub/then"));
        GraphRun given = desk.run(RunRequest.of(id).from("sub/then").nodeGiven(Map.of("text", "You")));
        GraphRun own = desk.run(RunRequest.of(id).given(Map.of("who", "Ada")).only("out"));
        GraphRun other = desk.run(RunRequest.of(id).given(Map.of("who", "Bob")).from("sub/then"));

        assertEquals("Dear Ada, hello!", text(from));
        assertEquals(NodeState.CACHED, state(from, "sub/first"));
        assertEquals(NodeState.CACHED, state(from, "sub/aside"), "what else the node around gives is not made again");
        for (String ran : List.of("sub/then", "sub/text", "sub/other", "sub", "out")) {
            assertEquals(NodeState.DONE, state(from, ran), ran);
        }
        assertEquals("Dear Ada, hello!", text(after));
        assertEquals(NodeState.CACHED, state(after, "sub"), "what it gave as a whole counts");
        assertEquals(NodeState.CACHED, state(alone, "sub/first"));
        assertEquals("You, hello!", text(given));
        assertEquals("Dear Ada, hello!", text(own), "what was given by hand is nobody's latest output");
        assertEquals("Dear Bob, hello!", text(other));
        assertEquals(NodeState.DONE, state(other, "sub/first"), "it was made from something else");
    }

    @Test
    void fromANodeDeeperInsideOnAllAroundItGoesOnAndOfAMapEachElement() throws Exception {
        SavedGraph middle = around("sub-graph", chain())
                .with(SavedNode.of("who", "text.input", 1).withConfig(Map.of("name", "name")));
        String deep = desk.keep(around("sub-graph", middle));
        String map = desk.keep(around("map", chain()));
        desk.run(RunRequest.of(deep).given(Map.of("who", "Ada")));

        GraphRun inner = desk.run(RunRequest.of(deep).from("sub/sub/then"));
        GraphRun each =
                desk.run(RunRequest.of(map).given(Map.of("who", "Ada\nBob")).from("sub/then"));

        assertEquals("Dear Ada!", text(inner));
        assertEquals(NodeState.CACHED, state(inner, "sub/sub/first"));
        assertEquals(NodeState.DONE, state(inner, "sub/out"));
        assertEquals(2, each.node("sub/then").orElseThrow().rounds());
        assertEquals(NodeState.DONE, state(each, "sub/first"));
        assertEquals(NodeState.DONE, state(each, "out"));
        StudioException refused = assertThrows(
                StudioException.class,
                () -> desk.runs.start(RunRequest.of(map).from("sub/then").nodeGiven(Map.of("text", "Eve"))));
        assertTrue(refused.getMessage().contains("for each element"), refused.getMessage());
    }

    @Test
    void whatCannotBeRunInsideOfANodeIsRefused() {
        String id = desk.keep(around("sub-graph", RunDesk.greeting()));

        StudioException from = assertThrows(
                StudioException.class, () -> desk.runs.start(RunRequest.of(id).from("sub/gret")));
        StudioException none = assertThrows(
                StudioException.class, () -> desk.runs.start(RunRequest.of(id).only("sub/gret")));
        StudioException notAGraph = assertThrows(
                StudioException.class, () -> desk.runs.start(RunRequest.of(id).only("out/greet")));

        assertEquals(ErrorCode.ENTRY_NOT_FOUND, from.code());
        assertEquals(ErrorCode.ENTRY_NOT_FOUND, none.code());
        assertEquals(ErrorCode.ENTRY_NOT_FOUND, notAGraph.code());
    }
}
