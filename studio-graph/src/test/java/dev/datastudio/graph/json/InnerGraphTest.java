package dev.datastudio.graph.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.graph.Graph;
import dev.datastudio.graph.event.RunEvent;
import dev.datastudio.graph.run.Engine;
import dev.datastudio.graph.run.NodeException;
import dev.datastudio.graph.run.Run;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nodes that run other graphs: once, or for each element of a list (G2). */
class InnerGraphTest {
    private final Engine engine = Engine.create();
    private final Map<String, SavedGraph> gallery = new HashMap<>();
    private NodeTypes types = NodeTypes.standard();

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void runsAnEmbeddedGraph() {
        SavedGraph graph = around(Map.of("graph", Graphs.greeting().json().all()));

        assertEquals("Hello, Ada.", run(graph, Map.of("name", "Ada")).values().text("y"));
    }

    @Test
    void runsAGraphThatTheHostFindsById() {
        gallery.put("greeting", Graphs.greeting());

        assertEquals(
                "Hello, Bob.",
                run(around(Map.of("graphId", "greeting")), Map.of("name", "Bob"))
                        .values()
                        .text("y"));
    }

    @Test
    void leavesAnOptionalInputToTheDefaultOfTheInnerGraph() {
        SavedGraph inner = Graphs.greeting()
                .with(Graphs.input("who", "name").withConfig(Map.of("name", "name", "default", "World")));
        SavedGraph graph = SavedGraph.named("around")
                .plus(SavedNode.of("s", "sub-graph", 1)
                        .withConfig(Map.of("graph", inner.json().all())))
                .plus(Graphs.output("out", "y"))
                .plus(SavedEdge.between("s", "greeting", "out", "value"));

        assertEquals("Hello, World.", run(graph, Map.of()).values().text("y"));
    }

    @Test
    void runsAGraphForEachElementAndKeepsTheOrder() {
        SavedGraph graph = mapping(Map.of("graph", Graphs.greeting().json().all()));

        GraphOutput output = run(graph, Map.of("names", "Ada\nBob\nCleo"));

        assertEquals(
                List.of("Hello, Ada.", "Hello, Bob.", "Hello, Cleo."),
                output.values().list("greetings"));
    }

    @Test
    void givesAnEmptyListForAnEmptyList() {
        SavedGraph graph = mapping(Map.of("graph", Graphs.greeting().json().all()));

        assertEquals(List.of(), run(graph, Map.of("names", "\n")).values().list("greetings"));
    }

    @Test
    void runsTheElementsOfAMapAtTheSameTimeAndStillKeepsTheOrder() {
        CountDownLatch all = new CountDownLatch(4);
        types = types.with(NodeType.define("test.meet", 1)
                .inputs(Port.required("text", PortType.TEXT))
                .outputs(Port.required("text", PortType.TEXT))
                .work(config -> (inputs, context) -> {
                    all.countDown();
                    assertTrue(all.await(60, TimeUnit.SECONDS), "the others did not come");
                    return Values.of("text", inputs.text("text") + "!");
                })
                .build());
        SavedGraph inner = SavedGraph.named("meeting")
                .plus(Graphs.input("in", "x"))
                .plus(SavedNode.of("m", "test.meet", 1))
                .plus(Graphs.output("out", "y"))
                .plus(SavedEdge.between("in", "value", "m", "text"))
                .plus(SavedEdge.between("m", "text", "out", "value"));

        GraphOutput output = run(mapping(Map.of("graph", inner.json().all())), Map.of("names", "a\nb\nc\nd"));

        assertEquals(List.of("a!", "b!", "c!", "d!"), output.values().list("greetings"));
    }

    @Test
    void givesTheOtherInputsOfTheGraphToEachElement() {
        SavedGraph inner = Graphs.greeting()
                .with(Graphs.template("greet", "{{word}}, {{name}}."))
                .plus(Graphs.input("word", "word"))
                .plus(SavedEdge.between("word", "value", "greet", "word"));
        SavedGraph graph = mapping(Map.of("graph", inner.json().all(), "itemInput", "name"))
                .plus(Graphs.input("w", "word"))
                .plus(SavedEdge.between("w", "value", "each", "word"));

        GraphOutput output = run(graph, Map.of("names", "Ada\nBob", "word", "Bye"));

        assertEquals(List.of("Bye, Ada.", "Bye, Bob."), output.values().list("greetings"));
        assertEquals(
                List.of("'itemInput' of node 'each' is not given"),
                compiler().problems(mapping(Map.of("graph", inner.json().all()))).stream()
                        .map(GraphProblem::what)
                        .filter(what -> what.contains("itemInput"))
                        .toList());
    }

    @Test
    void givesAnObjectOfAllOutputsOrTheChosenOne() {
        SavedGraph inner = Graphs.greeting()
                .plus(Graphs.output("raw", "raw"))
                .plus(SavedEdge.between("who", "value", "raw", "value"));

        assertEquals(
                List.of(Map.of("greeting", "Hello, Ada.", "raw", "Ada")),
                run(mapping(Map.of("graph", inner.json().all())), Map.of("names", "Ada"))
                        .values()
                        .list("greetings"));
        assertEquals(
                List.of("Ada"),
                run(mapping(Map.of("graph", inner.json().all(), "output", "raw")), Map.of("names", "Ada"))
                        .values()
                        .list("greetings"));
    }

    @Test
    void skipsASubgraphThatABranchLeftWithoutItsInput() {
        SavedGraph graph = around(Map.of("graph", Graphs.greeting().json().all()))
                .plus(SavedNode.of("c", "condition", 1).withConfig(Map.of("operator", "isEmpty")))
                .plus(Graphs.template("empty", "nobody{{x}}"))
                .plus(SavedEdge.between("who", "value", "c", "value"))
                .plus(SavedEdge.between("c", "true", "empty", "x"));
        SavedGraph branching = SavedGraph.from(Values.of(rewired(graph)));

        GraphOutput somebody = run(branching, Map.of("name", "Ada"));
        GraphOutput nobody = run(branching, Map.of("name", " "));

        assertEquals("Hello, Ada.", somebody.values().text("y"));
        assertEquals(Values.none(), nobody.values());
    }

    /** The sub-graph behind the condition's other branch. */
    private static Map<String, Object> rewired(SavedGraph graph) {
        Map<String, Object> json = new HashMap<>(graph.json().all());
        json.put(
                "edges",
                List.of(
                        SavedEdge.between("who", "value", "c", "value").json().all(),
                        SavedEdge.between("c", "true", "empty", "x").json().all(),
                        SavedEdge.between("c", "false", "s", "name").json().all(),
                        SavedEdge.between("s", "greeting", "out", "value")
                                .json()
                                .all()));
        return json;
    }

    @Test
    void skipsAMapWhoseListDidNotCome() {
        SavedGraph graph = mapping(Map.of("graph", Graphs.greeting().json().all()));
        Map<String, Object> json =
                new HashMap<>(graph.plus(SavedNode.of("c", "condition", 1).withConfig(Map.of("operator", "isEmpty")))
                        .plus(Graphs.template("both", "{{other}}{{list}}"))
                        .json()
                        .all());
        json.put(
                "edges",
                List.of(
                        SavedEdge.between("names", "value", "c", "value").json().all(),
                        SavedEdge.between("c", "false", "each", "items").json().all(),
                        SavedEdge.between("each", "results", "out", "value")
                                .json()
                                .all(),
                        SavedEdge.between("c", "true", "both", "other").json().all(),
                        SavedEdge.between("each", "results", "both", "list")
                                .json()
                                .all()));

        GraphOutput output = run(SavedGraph.from(Values.of(json)), Map.of("names", " "));

        assertEquals(Values.none(), output.values());
        assertEquals(List.of("both"), output.skipped());
    }

    @Test
    void namesTheInnerNodeThatFailed() {
        types = types.with(NodeType.define("test.broken", 1)
                .inputs(Port.required("text", PortType.TEXT))
                .outputs(Port.required("text", PortType.TEXT))
                .work(config -> (inputs, context) -> {
                    throw new IllegalStateException("no luck with " + inputs.text("text"));
                })
                .build());
        SavedGraph inner =
                Graphs.greeting().with(SavedNode.of("greet", "test.broken", 1).withTitle("Greeting"));
        Map<String, Object> json = new HashMap<>(inner.json().all());
        json.put(
                "edges",
                List.of(
                        SavedEdge.between("who", "value", "greet", "text")
                                .json()
                                .all(),
                        SavedEdge.between("greet", "text", "out", "value")
                                .json()
                                .all()));

        NodeException error =
                assertThrows(NodeException.class, () -> run(mapping(Map.of("graph", json)), Map.of("names", "Ada")));

        assertEquals(
                "Node 'greet' ('Greeting') failed in super-step 2, 'IllegalStateException: no luck with Ada'",
                error.what());
    }

    @Test
    void reportsInnerNodesUnderTheirOuterNode() {
        Graph<GraphInput, GraphOutput> graph = compiler()
                .compile(mapping(Map.of("graph", Graphs.greeting().json().all())));

        Run<GraphOutput> run = engine.start(graph, GraphInput.of(Map.of("names", "Ada\nBob")));
        run.await();

        List<String> finished = run.events().stream()
                .filter(event -> event instanceof RunEvent.NodeFinished)
                .map(event -> ((RunEvent.NodeFinished) event).node())
                .toList();
        assertTrue(
                finished.containsAll(
                        List.of("each", "each.item[0]/greet", "each.item[1]/greet", "each.item", "each.results")),
                finished::toString);
    }

    @Test
    void runsAMapNodeAlone() {
        SavedGraph graph = mapping(Map.of("graph", Graphs.greeting().json().all()));

        GraphOutput output = engine.run(
                compiler().compileNode(graph, "each"), GraphInput.of(Map.of("items", List.of("Ada", "Bob"))));

        assertEquals(List.of("Hello, Ada.", "Hello, Bob."), output.values().list("results"));
    }

    @Test
    void mapsInALoopWithoutMixingTheRounds() {
        SavedGraph inner = SavedGraph.named("mark")
                .plus(Graphs.input("in", "x"))
                .plus(Graphs.template("t", "{{x}}!"))
                .plus(Graphs.output("out", "y"))
                .plus(SavedEdge.between("in", "value", "t", "x"))
                .plus(SavedEdge.between("t", "text", "out", "value"));
        SavedGraph graph = SavedGraph.named("rounds")
                .plus(Graphs.input("names", "names").withConfig(Map.of("name", "names", "format", "lines")))
                .plus(SavedNode.of("each", "map", 1)
                        .withConfig(Map.of("graph", inner.json().all())))
                .plus(SavedNode.of("done", "condition", 1).withConfig(Map.of("operator", "contains", "right", "a!!!")))
                .plus(Graphs.output("out", "greetings"))
                .plus(SavedEdge.between("names", "value", "each", "items"))
                .plus(SavedEdge.between("each", "results", "done", "value"))
                .plus(SavedEdge.between("done", "false", "each", "items"))
                .plus(SavedEdge.between("done", "true", "out", "value"));

        assertEquals(
                List.of("a!!!", "b!!!"),
                run(graph, Map.of("names", "a\nb")).values().list("greetings"));
    }

    private static SavedGraph around(Map<String, Object> config) {
        return SavedGraph.named("around")
                .plus(Graphs.input("who", "name"))
                .plus(SavedNode.of("s", "sub-graph", 1).withConfig(config))
                .plus(Graphs.output("out", "y"))
                .plus(SavedEdge.between("who", "value", "s", "name"))
                .plus(SavedEdge.between("s", "greeting", "out", "value"));
    }

    private static SavedGraph mapping(Map<String, Object> config) {
        return SavedGraph.named("mapping")
                .plus(Graphs.input("names", "names").withConfig(Map.of("name", "names", "format", "lines")))
                .plus(SavedNode.of("each", "map", 1).withConfig(config))
                .plus(Graphs.output("out", "greetings"))
                .plus(SavedEdge.between("names", "value", "each", "items"))
                .plus(SavedEdge.between("each", "results", "out", "value"));
    }

    private GraphCompiler compiler() {
        return GraphCompiler.of(types).withResolver(id -> Optional.ofNullable(gallery.get(id)));
    }

    private GraphOutput run(SavedGraph graph, Map<String, ?> inputs) {
        return engine.run(compiler().compile(graph), GraphInput.of(inputs));
    }
}
