package dev.datastudio.graph.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.graph.GraphException;
import dev.datastudio.graph.GraphException.Problem;
import dev.datastudio.graph.json.GraphProblem.Kind;
import dev.datastudio.graph.run.Engine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Each kind of problem is found, placed and mended; a graph with one opens but does not run (G2, G4). */
class GraphProblemsTest {
    private static final NodeType GREET3 = NodeType.define("acme.greet", 3)
            .config("{\"type\":\"object\",\"required\":[\"salutation\"],\"additionalProperties\":false,"
                    + "\"properties\":{\"salutation\":{\"type\":\"string\"}}}")
            .outputs(Port.required("text", PortType.TEXT))
            .migrate(1, config -> Values.of("greeting", config.text("word")))
            .migrate(2, config -> Values.of("salutation", config.text("greeting") + "!"))
            .work(config -> (inputs, context) -> Values.of("text", config.text("salutation")))
            .build();
    private static final NodeType STRANDED = NodeType.define("acme.stranded", 2)
            .outputs(Port.required("text", PortType.TEXT))
            .work(config -> (inputs, context) -> Values.of("text", ""))
            .build();
    private static final NodeType NUMBER = NodeType.define("acme.number", 1)
            .inputs(Port.optional("on", PortType.BOOLEAN))
            .outputs(Port.required("number", PortType.NUMBER))
            .work(config -> (inputs, context) -> Values.of("number", 1))
            .build();

    private final Map<String, SavedGraph> gallery = new HashMap<>();
    private final GraphCompiler compiler = GraphCompiler.of(NodeTypes.standard().with(GREET3, STRANDED, NUMBER))
            .withResolver(id -> Optional.ofNullable(gallery.get(id)));

    @Test
    void findsNothingInARightGraph() {
        assertEquals(List.of(), compiler.problems(Graphs.greeting()));
        assertEquals(List.of(), compiler.problems(Graphs.branches()));
    }

    @Test
    void namesAnUnknownTypeAndTheNearest() {
        GraphProblem problem = only(Graphs.greeting().plus(SavedNode.of("n", "templte", 1)));

        assertEquals(Kind.NODE_TYPE_UNKNOWN, problem.kind());
        assertEquals("n", problem.node());
        assertEquals("/nodes/3/type", problem.place());
        assertEquals("Node 'n' is of type 'templte', which is not registered", problem.what());
        assertTrue(problem.mend().contains("; 'template' is the nearest"), problem.mend());
    }

    @Test
    void refusesANewerVersionOfAType() {
        GraphProblem problem = only(Graphs.greeting().plus(SavedNode.of("n", "acme.greet", 9)));

        assertEquals(Kind.NODE_VERSION_NEWER, problem.kind());
        assertEquals("Node 'n' was saved with version 9 of 'acme.greet', registered is 3", problem.what());
    }

    @Test
    void migratesAnOlderVersionStepByStep() {
        SavedGraph graph = SavedGraph.named("old")
                .plus(SavedNode.of("n", "acme.greet", 1).withConfig(Map.of("word", "Hi")))
                .plus(Graphs.output("out", "y"))
                .plus(SavedEdge.between("n", "text", "out", "value"));

        GraphProblem problem = only(graph);
        SavedGraph migrated = compiler.migrated(graph);

        assertEquals(Kind.NODE_MIGRATED, problem.kind());
        assertEquals("Node 'n' was saved with version 1 of 'acme.greet' and is migrated 1 to 2 to 3", problem.what());
        assertEquals(Values.of("salutation", "Hi!"), migrated.nodes().get(0).config());
        assertEquals(3, migrated.nodes().get(0).typeVersion());
        assertEquals(List.of(), compiler.problems(migrated));
        try (Engine engine = Engine.create()) {
            assertEquals(
                    "Hi!",
                    engine.run(compiler.compile(graph), GraphInput.of(Map.of()))
                            .values()
                            .text("y"));
        }
    }

    @Test
    void tellsWhenThereIsNoWayFromAnOlderVersion() {
        GraphProblem stranded = only(Graphs.greeting().plus(SavedNode.of("n", "acme.stranded", 1)));
        GraphProblem broken = only(Graphs.greeting().plus(SavedNode.of("n", "acme.greet", 1)));

        assertEquals(Kind.NODE_VERSION_STRANDED, stranded.kind());
        assertEquals(Kind.CONFIG_INVALID, broken.kind());
        assertTrue(broken.what().contains("can't be migrated from version 1"), broken.what());
    }

    @Test
    void namesEachBrokenRuleOfAConfigurationWithItsPlace() {
        SavedGraph graph = Graphs.greeting()
                .plus(SavedNode.of("c", "condition", 1)
                        .withConfig(Map.of("operator", "equal", "ignoreCase", "no", "rihgt", 1)));

        List<GraphProblem> problems = compiler.problems(graph);

        assertEquals(
                List.of(
                        "/nodes/3/data/config/ignoreCase",
                        "/nodes/3/data/config/operator",
                        "/nodes/3/data/config/rihgt"),
                problems.stream().map(GraphProblem::place).sorted().toList());
        assertTrue(problems.stream().allMatch(problem -> problem.kind() == Kind.CONFIG_INVALID));
        GraphProblem operator = problems.stream()
                .filter(problem -> problem.place().endsWith("operator"))
                .findFirst()
                .orElseThrow();
        assertEquals("'operator' of node 'c' is the text 'equal'", operator.what());
        assertTrue(operator.mend().endsWith("; 'equals' is the nearest"), operator.mend());
    }

    @Test
    void namesABrokenTemplate() {
        for (String template : List.of("Hello {{name", "Hello {{}}", "Hello {{a b}}")) {
            List<GraphProblem> problems = compiler.problems(Graphs.greeting().with(Graphs.template("greet", template)));
            assertEquals(Kind.CONFIG_INVALID, problems.get(0).kind(), template);
            assertEquals("/nodes/1/data/config/template", problems.get(0).place());
        }
    }

    @Test
    void namesBrokenSettings() {
        SavedGraph graph = GraphJson.read(GraphJson.write(Graphs.greeting())
                .replace(
                        "\"title\": \"Who\"",
                        "\"title\": \"Who\", \"timeoutSeconds\": 0, \"retry\": {\"attempts\": 2.5}"));

        assertEquals(
                List.of("/nodes/0/data/timeoutSeconds", "/nodes/0/data/retry/attempts"),
                places(graph, Kind.CONFIG_INVALID));
    }

    @Test
    void namesAnEdgeToNowhere() {
        SavedGraph graph = Graphs.greeting().plus(SavedEdge.between("greet", "text", "outt", "value"));

        GraphProblem problem = only(graph);

        assertEquals(Kind.EDGE_NODE_MISSING, problem.kind());
        assertEquals("/edges/2/target", problem.place());
        assertEquals("The edge's target 'outt' is not a node of the graph", problem.what());
        assertEquals("Connect it to a node, or remove it; 'out' is the nearest", problem.mend());
    }

    @Test
    void namesAHandleThatTheNodeHasNot() {
        SavedGraph graph = Graphs.greeting()
                .plus(SavedEdge.between("who", "value", "greet", "nam"))
                .plus(SavedEdge.between("out", "text", "greet", "name"));

        List<GraphProblem> problems = compiler.problems(graph);

        assertEquals(
                List.of("/edges/2/targetHandle", "/edges/3/sourceHandle"), places(graph, Kind.EDGE_HANDLE_MISSING));
        assertEquals("Node 'greet' has no input 'nam'", problems.get(0).what());
        assertEquals("Use one of [name]; 'name' is the nearest", problems.get(0).mend());
        assertEquals(
                "Remove the edge; this node has no outputs", problems.get(1).mend());
    }

    @Test
    void namesTypesThatDoNotFit() {
        SavedGraph graph = Graphs.greeting()
                .plus(SavedNode.of("n", "acme.number", 1))
                .plus(SavedEdge.between("who", "value", "n", "on"));

        GraphProblem problem = only(graph);

        assertEquals(Kind.EDGE_TYPES_DIFFER, problem.kind());
        assertEquals(
                "Output 'value' of node 'who' ('Who') gives text, but input 'on' of node 'n' takes true or false",
                problem.what());
    }

    @Test
    void namesAnInputThatIsNotConnected() {
        GraphProblem problem = only(Graphs.greeting().plus(Graphs.output("more", "more")));

        assertEquals(Kind.INPUT_NOT_CONNECTED, problem.kind());
        assertEquals("Input 'value' of node 'more' is not connected", problem.what());
    }

    @Test
    void namesTwoEdgesThatBringAValueAtOnce() {
        SavedGraph graph = Graphs.greeting().plus(SavedEdge.between("who", "value", "out", "value"));

        GraphProblem problem = only(graph);

        assertEquals(Kind.INPUT_CONNECTED_TWICE, problem.kind());
        assertEquals("/edges/2", problem.place());
        assertEquals(
                "Input 'value' of node 'out' takes one value, but both node 'greet' and node 'who' ('Who') lead to it",
                problem.what());
    }

    @Test
    void namesALoopWithoutACondition() {
        SavedGraph graph = Graphs.greeting()
                .with(Graphs.template("greet", "{{name}} {{echo}}"))
                .plus(Graphs.template("echo", "{{said}}"))
                .plus(SavedEdge.between("greet", "text", "echo", "said"))
                .plus(SavedEdge.between("echo", "text", "greet", "echo"));

        GraphProblem problem = only(graph);

        assertEquals(Kind.CYCLE_WITHOUT_CONDITION, problem.kind());
        assertEquals("Nodes [greet, echo] form a loop that nothing ends", problem.what());
    }

    @Test
    void namesALoopThatNothingLeadsInto() {
        SavedGraph graph = Graphs.greeting()
                .plus(SavedNode.of("c", "condition", 1).withConfig(Map.of("operator", "isEmpty")))
                .plus(Graphs.template("t", "{{x}}"))
                .plus(SavedEdge.between("c", "true", "t", "x"))
                .plus(SavedEdge.between("t", "text", "c", "value"));

        GraphProblem problem = only(graph);

        assertEquals(Kind.CYCLE_WITHOUT_ENTRY, problem.kind());
        assertEquals("Nodes [c, t] wait for each other, and nothing leads to them from outside", problem.what());
    }

    @Test
    void namesIdsThatAreMissingWrongOrTwice() {
        SavedGraph graph = GraphJson.read("""
                {"nodes": [
                   {"id": "a", "type": "text.input", "data": {"config": {"name": "x"}}},
                   {"id": "a", "type": "text.output", "data": {"config": {"name": "y"}}},
                   {"type": "template", "data": {"config": {"template": "-"}}},
                   {"id": "my node", "type": "template", "data": {"config": {"template": "-"}}}],
                 "edges": [{"id": "e", "source": "a", "target": "a"}, {"id": "e"}]}
                """);

        assertEquals(List.of("/nodes/1/id"), places(graph, Kind.NODE_ID_DUPLICATE));
        assertEquals(List.of("/nodes/2/id", "/nodes/3/id"), places(graph, Kind.NODE_ID_INVALID));
        assertEquals(List.of("/edges/1/id"), places(graph, Kind.EDGE_ID_DUPLICATE));
        assertEquals(List.of("/edges/1/source", "/edges/1/target"), places(graph, Kind.EDGE_NODE_MISSING));
    }

    @Test
    void namesInputsAndOutputsOfOneName() {
        SavedGraph graph = Graphs.greeting()
                .plus(Graphs.input("who2", "name"))
                .plus(Graphs.output("out2", "greeting"))
                .plus(SavedEdge.between("who2", "value", "out2", "value"));

        assertEquals(
                List.of("/nodes/3/data/config/name", "/nodes/4/data/config/name"), places(graph, Kind.NAME_DUPLICATE));
    }

    @Test
    void wantsAnOutput() {
        assertEquals(
                Kind.NO_OUTPUT,
                only(SavedGraph.named("idle").plus(Graphs.input("a", "x"))).kind());
        assertEquals(Kind.NO_OUTPUT, only(SavedGraph.named("empty")).kind());
    }

    @Test
    void refusesAFormOfANewerStudio() {
        GraphProblem problem = only(Graphs.greeting().withHead("schemaVersion", 2));

        assertEquals(Kind.SCHEMA_VERSION_NEWER, problem.kind());
        assertEquals("Open it with a newer Studio", problem.mend());
    }

    @Test
    void tellsWhatIsWrongInsideAnEmbeddedGraph() {
        SavedGraph inner = Graphs.greeting().plus(Graphs.output("more", "more"));
        SavedGraph graph = around(Map.of("graph", inner.json().all()));

        GraphProblem problem = compiler.problems(graph).get(0);

        assertEquals(Kind.INPUT_NOT_CONNECTED, problem.kind());
        assertEquals("s", problem.node());
        assertEquals("/nodes/1/data/config/graph/nodes/3", problem.place());
        assertEquals("In node 's': Input 'value' of node 'more' is not connected", problem.what());
    }

    @Test
    void wantsOneGraphForASubgraph() {
        assertEquals(
                "The configuration of node 's' has neither 'graph' nor 'graphId'",
                compiler.problems(around(Map.of())).get(0).what());
        assertEquals(
                Kind.CONFIG_INVALID,
                compiler.problems(around(Map.of("graph", Map.of("nodes", 3))))
                        .get(0)
                        .kind());
    }

    @Test
    void namesAGraphThatIsNotThereOrRunsItself() {
        SavedGraph a = around(Map.of("graphId", "b")).withHead("id", "a");
        gallery.put("a", a);
        gallery.put("b", around(Map.of("graphId", "a")).withHead("id", "b"));

        GraphProblem missing =
                compiler.problems(around(Map.of("graphId", "gone"))).get(0);
        GraphProblem recursive = compiler.problems(a).get(0);

        assertEquals(Kind.SUBGRAPH_MISSING, missing.kind());
        assertEquals("Node 's' runs graph 'gone', which is not there", missing.what());
        assertEquals(Kind.SUBGRAPH_RECURSIVE, recursive.kind());
        assertTrue(recursive.what().contains("would run graph 'a' within itself, by [a, b]"), recursive.what());
    }

    @Test
    void limitsHowDeepGraphsNameEachOther() {
        for (int i = 1; i < 40; i++) {
            gallery.put("g" + i, around(Map.of("graphId", "g" + (i + 1))));
        }

        assertEquals(
                Kind.LIMIT,
                compiler.problems(around(Map.of("graphId", "g1"))).get(0).kind());
    }

    @Test
    void tellsTheProblemsOfALargeHostileGraphQuickly() {
        SavedGraph graph = SavedGraph.named("large");
        List<SavedNode> nodes = new ArrayList<>();
        for (int i = 0; i < GraphJson.MAX_NODES; i++) {
            nodes.add(Graphs.template("t" + i, "{{a}}{{b}}"));
        }
        Map<String, Object> json = new HashMap<>(graph.withNodes(nodes).json().all());
        List<Object> edges = new ArrayList<>();
        for (int i = 0; i < GraphJson.MAX_EDGES; i++) {
            edges.add(SavedEdge.between("t" + i % 2000, "text", "t" + (i * 7919) % 2000, i % 2 == 0 ? "a" : "b")
                    .json()
                    .all());
        }
        json.put("edges", edges);
        SavedGraph large = SavedGraph.from(Values.of(json));

        long start = System.nanoTime();
        int found = compiler.problems(large).size();

        assertTrue(found > 1000, () -> "found " + found);
        assertTrue(System.nanoTime() - start < 30_000_000_000L, "took longer than 30 s");
    }

    @Test
    void opensWhatItCannotRunAndRefusesTheRunWithEveryProblem() {
        SavedGraph graph = Graphs.greeting()
                .plus(SavedNode.of("n", "acme.gone", 4).withConfig(Map.of("kept", true)))
                .plus(SavedEdge.between("n", "x", "gone", "y"));

        SavedGraph again = GraphJson.read(GraphJson.write(graph));
        GraphException error = assertThrows(GraphException.class, () -> compiler.compile(again));

        assertEquals(graph, again);
        assertEquals(
                List.of(
                        "Node 'n' is of type 'acme.gone', which is not registered (/nodes/3/type)",
                        "The edge's target 'gone' is not a node of the graph (/edges/2/target)"),
                error.problems().stream().map(Problem::what).toList());
    }

    private static SavedGraph around(Map<String, Object> config) {
        return SavedGraph.named("around")
                .plus(Graphs.input("who", "name"))
                .plus(SavedNode.of("s", "sub-graph", 1).withConfig(config))
                .plus(Graphs.output("out", "y"))
                .plus(SavedEdge.between("who", "value", "s", "name"))
                .plus(SavedEdge.between("s", "greeting", "out", "value"));
    }

    private List<String> places(SavedGraph graph, Kind kind) {
        return compiler.problems(graph).stream()
                .filter(problem -> problem.kind() == kind)
                .map(GraphProblem::place)
                .toList();
    }

    private GraphProblem only(SavedGraph graph) {
        List<GraphProblem> problems = compiler.problems(graph);
        assertEquals(1, problems.size(), problems::toString);
        return problems.get(0);
    }
}
