package dev.datastudio.graph.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.graph.Graph;
import dev.datastudio.graph.GraphException;
import dev.datastudio.graph.event.RunEvent;
import dev.datastudio.graph.run.Engine;
import dev.datastudio.graph.run.NodeException;
import dev.datastudio.graph.run.Run;
import dev.datastudio.graph.run.RunOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What saved graphs do when they run (G3, G4). */
class SavedGraphRunTest {
    private static final NodeType UPPER = NodeType.define("test.upper", 1)
            .inputs(Port.required("text", PortType.TEXT))
            .outputs(Port.required("text", PortType.TEXT))
            .work(config ->
                    (inputs, context) -> Values.of("text", inputs.text("text").toUpperCase(Locale.ROOT)))
            .build();
    private static final NodeType JOIN = NodeType.define("test.join", 1)
            .inputs(Port.many("texts", PortType.TEXT))
            .outputs(Port.required("text", PortType.TEXT))
            .work(config ->
                    (inputs, context) -> Values.of("text", inputs.list("texts").toString()))
            .build();
    private static final NodeType ADD = NodeType.define("test.add", 1)
            .inputs(Port.required("number", PortType.NUMBER))
            .outputs(Port.required("number", PortType.NUMBER))
            .work(config -> (inputs, context) -> Values.of("number", inputs.number("number") + 1))
            .build();

    private final Engine engine = Engine.create();

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void runsTheGraphThatJsonDescribes() {
        SavedGraph greeting = Graphs.greeting();

        GraphOutput output = run(greeting, Map.of("name", "Ada"));

        assertEquals(Values.of("greeting", "Hello, Ada."), output.values());
        assertEquals(List.of(), output.skipped());
    }

    /** The examples of the package, of NodeType and of the README. */
    @Test
    void theExamplesOfTheDocumentationRun() {
        NodeType upper = NodeType.define("acme.upper", 1)
                .title("Upper case")
                .inputs(Port.required("text", PortType.TEXT))
                .outputs(Port.required("text", PortType.TEXT))
                .work(config -> (inputs, context) ->
                        Values.of("text", inputs.text("text").toUpperCase(Locale.ROOT)))
                .build();
        SavedGraph saved = GraphJson.read(Path.of("../examples/graphs/invitations.json"));
        Graph<GraphInput, GraphOutput> graph =
                GraphCompiler.of(NodeTypes.standard().with(upper)).compile(saved);

        Values letters =
                engine.run(graph, GraphInput.of(Map.of("guests", "Ada"))).values();

        assertEquals(List.of("Dear Ada, you are invited to our summer party."), letters.list("letters"));
    }

    @Test
    void takesADefaultForAnInputThatIsNotGiven() {
        SavedGraph graph = Graphs.greeting()
                .with(Graphs.input("who", "name").withConfig(Map.of("name", "name", "default", "World")));

        assertEquals("Hello, World.", run(graph, Map.of()).values().text("greeting"));
    }

    @Test
    void namesTheInputThatIsMissing() {
        NodeException error = assertThrows(NodeException.class, () -> run(Graphs.greeting(), Map.of()));

        assertEquals(ErrorCode.INVALID_ARGUMENT, error.code());
        assertEquals("Node 'who' ('Who'): Input 'name' was not given", error.what());
        assertEquals("who", error.node());
    }

    @Test
    void readsAnInputInItsFormat() {
        assertEquals("a|b\nc", formatted("text", "a") + "|" + formatted("lines", "b\n\nc\n"));
        assertEquals("12.5|12", formatted("number", " 12.5 ") + "|" + formatted("number", "12"));
        assertEquals("{\"a\":[1,null]}", formatted("json", "{\"a\": [1, null]}"));
        StudioException error = assertThrows(StudioException.class, () -> formatted("number", "twelve"));
        assertEquals("Node 'in': Input 'x' is the text 'twelve'", error.what());
    }

    private String formatted(String format, String given) {
        SavedGraph graph = SavedGraph.named("formats")
                .plus(Graphs.input("in", "x").withConfig(Map.of("name", "x", "format", format)))
                .plus(Graphs.template("fill", "{{x}}"))
                .plus(Graphs.output("out", "y"))
                .plus(SavedEdge.between("in", "value", "fill", "x"))
                .plus(SavedEdge.between("fill", "text", "out", "value"));
        return run(graph, Map.of("x", given)).values().text("y");
    }

    @Test
    void takesTheBranchThatTheConditionChooses() {
        SavedGraph graph = Graphs.branches();

        GraphOutput yes = run(graph, Map.of("score", "0.9"));
        GraphOutput no = run(graph, Map.of("score", "0.2"));

        assertEquals(Values.of("verdict", "good: 0.9"), yes.values());
        assertEquals(Values.of("verdict", "poor: 0.2"), no.values());
    }

    @Test
    void skipsANodeThatABranchLeftWithoutItsInput() {
        SavedGraph graph = Graphs.branches()
                .plus(Graphs.template("both", "{{score}} {{praise}}"))
                .plus(Graphs.output("more", "more"))
                .plus(SavedEdge.between("score", "value", "both", "score"))
                .plus(SavedEdge.between("good", "text", "both", "praise"))
                .plus(SavedEdge.between("both", "text", "more", "value"));

        assertEquals(
                "0.9 good: 0.9", run(graph, Map.of("score", "0.9")).values().text("more"));
        GraphOutput no = run(graph, Map.of("score", "0.2"));
        assertEquals(Values.of("verdict", "poor: 0.2"), no.values());
        assertEquals(List.of("both", "more"), no.skipped());
    }

    @Test
    void goesRoundALoopUntilItsConditionEndsIt() {
        SavedGraph graph = SavedGraph.named("count")
                .plus(Graphs.input("from", "from").withConfig(Map.of("name", "from", "format", "number")))
                .plus(SavedNode.of("add", "test.add", 1))
                .plus(SavedNode.of("enough", "condition", 1).withConfig(Map.of("operator", "greater", "right", 9)))
                .plus(Graphs.output("out", "to"))
                .plus(SavedEdge.between("from", "value", "add", "number"))
                .plus(SavedEdge.between("add", "number", "enough", "value"))
                .plus(SavedEdge.between("enough", "false", "add", "number"))
                .plus(SavedEdge.between("enough", "true", "out", "value"));

        assertEquals(10, run(graph, Map.of("from", "3")).values().number("to"));
    }

    @Test
    void endsALoopAtTheStepLimitOfTheGraph() {
        SavedGraph graph = SavedGraph.named("endless")
                .plus(Graphs.input("from", "from").withConfig(Map.of("name", "from", "format", "number")))
                .plus(SavedNode.of("add", "test.add", 1))
                .plus(SavedNode.of("enough", "condition", 1).withConfig(Map.of("operator", "less", "right", 0)))
                .plus(Graphs.output("out", "to"))
                .plus(SavedEdge.between("from", "value", "add", "number"))
                .plus(SavedEdge.between("add", "number", "enough", "value"))
                .plus(SavedEdge.between("enough", "false", "add", "number"))
                .plus(SavedEdge.between("enough", "true", "out", "value"))
                .withHead("maxSteps", 20);

        StudioException error = assertThrows(StudioException.class, () -> run(graph, Map.of("from", "3")));

        assertEquals(ErrorCode.LIMIT_EXCEEDED, error.code());
    }

    @Test
    void runsBranchesAtTheSameTimeAndJoinsThemInTheOrderOfTheEdges() {
        CyclicBarrier both = new CyclicBarrier(2);
        NodeType meet = NodeType.define("test.meet", 1)
                .inputs(Port.required("text", PortType.TEXT))
                .outputs(Port.required("text", PortType.TEXT))
                .work(config -> (inputs, context) -> {
                    both.await(60, TimeUnit.SECONDS);
                    return Values.of("text", inputs.text("text") + context.node());
                })
                .build();
        SavedGraph graph = SavedGraph.named("parallel")
                .plus(Graphs.input("in", "x"))
                .plus(SavedNode.of("a", "test.meet", 1))
                .plus(SavedNode.of("b", "test.meet", 1))
                .plus(SavedNode.of("join", "test.join", 1))
                .plus(Graphs.output("out", "y"))
                .plus(SavedEdge.between("in", "value", "a", "text"))
                .plus(SavedEdge.between("in", "value", "b", "text"))
                .plus(SavedEdge.between("b", "text", "join", "texts"))
                .plus(SavedEdge.between("a", "text", "join", "texts"))
                .plus(SavedEdge.between("join", "text", "out", "value"));

        GraphOutput output = run(compiler().types().with(meet), graph, Map.of("x", "-"));

        assertEquals("[-b, -a]", output.values().text("y"));
    }

    @Test
    void saysWhichNodeFailedByIdAndTitle() {
        NodeType broken = NodeType.define("test.broken", 1)
                .inputs(Port.required("text", PortType.TEXT))
                .outputs(Port.required("text", PortType.TEXT))
                .work(config -> (inputs, context) -> {
                    throw new IllegalStateException("no luck");
                })
                .build();
        SavedGraph graph = chain(SavedNode.of("n1", "test.broken", 1).withTitle("Try"));

        NodeException error =
                assertThrows(NodeException.class, () -> run(compiler().types().with(broken), graph, Map.of("x", "a")));

        assertEquals("Node 'n1' ('Try') failed in super-step 2, 'IllegalStateException: no luck'", error.what());
        assertEquals("n1", error.node());
        assertEquals(ErrorCode.NODE_FAILED, error.code());
    }

    @Test
    void refusesOutputsThatAreNotThoseOfTheType() {
        NodeType wrong = NodeType.define("test.wrong", 1)
                .inputs(Port.required("text", PortType.TEXT))
                .outputs(Port.required("text", PortType.TEXT))
                .work(config -> (inputs, context) -> Values.of(inputs.text("text"), List.of(1)))
                .build();
        SavedGraph graph = chain(SavedNode.of("n1", "test.wrong", 1));
        NodeTypes types = compiler().types().with(wrong);

        assertEquals(
                "Node 'n1' gave an output 'other', which it has not",
                assertThrows(NodeException.class, () -> run(types, graph, Map.of("x", "other")))
                        .what());
        assertEquals(
                "Node 'n1' gave a list of 1 as output 'text'",
                assertThrows(NodeException.class, () -> run(types, graph, Map.of("x", "text")))
                        .what());
    }

    @Test
    void refusesAtTheInputWhatAnyBroughtAndDoesNotFit() {
        SavedGraph graph = chain(SavedNode.of("n1", "test.upper", 1))
                .with(Graphs.input("in", "x").withConfig(Map.of("name", "x", "format", "json")));

        assertEquals("12", run(graph, Map.of("x", "12")).values().text("y"));
        assertEquals(
                "Input 'text' of node 'n1' takes text, but a list of 1 arrived",
                assertThrows(NodeException.class, () -> run(graph, Map.of("x", "[1]")))
                        .what());
    }

    @Test
    void runsOneNodeAlone() {
        SavedGraph graph = Graphs.greeting().plus(SavedNode.of("odd", "no.such.type", 1));

        Graph<GraphInput, GraphOutput> alone = compiler().compileNode(graph, "greet");

        GraphOutput output = engine.run(alone, GraphInput.of(Map.of("name", "Bob")));
        assertEquals(Values.of("text", "Hello, Bob."), output.values());
        StudioException missing = assertThrows(StudioException.class, () -> engine.run(alone, GraphInput.of(Map.of())));
        assertEquals("Node 'in-0': Input 'name' was not given", missing.what());
        assertThrows(GraphException.class, () -> compiler().compileNode(graph, "odd"));
        assertEquals(
                "The graph has no node 'gone'",
                assertThrows(StudioException.class, () -> compiler().compileNode(graph, "gone"))
                        .what());
    }

    @Test
    void runsOneNodeAloneThatTakesManyOrChooses() {
        SavedGraph graph = Graphs.branches().plus(SavedNode.of("join", "test.join", 1));

        GraphOutput joined =
                engine.run(compiler().compileNode(graph, "join"), GraphInput.of(Map.of("texts", List.of("a", "b"))));
        GraphOutput chosen = engine.run(compiler().compileNode(graph, "check"), GraphInput.of(Map.of("value", 0.1)));

        assertEquals(Values.of("text", "[a, b]"), joined.values());
        assertEquals(Values.of("false", 0.1), chosen.values());
    }

    @Test
    void reportsTheSavedNodesInItsEvents() {
        Graph<GraphInput, GraphOutput> graph = compiler().compile(Graphs.greeting());

        Run<GraphOutput> run = engine.start(graph, GraphInput.of(Map.of("name", "Ada")), RunOptions.defaults());
        run.await();

        List<String> finished = run.events().stream()
                .filter(event -> event instanceof RunEvent.NodeFinished)
                .map(event -> ((RunEvent.NodeFinished) event).node())
                .toList();
        assertEquals(List.of("who", "greet", "out"), finished);
    }

    @Test
    void doesNotRunAGraphWithProblems() {
        SavedGraph graph = Graphs.greeting()
                .plus(SavedNode.of("odd", "tmplate", 1))
                .plus(SavedEdge.between("odd", "x", "gone", "y"));

        GraphException error =
                assertThrows(GraphException.class, () -> compiler().compile(graph));

        assertEquals(2, error.problems().size());
        assertTrue(error.mend().startsWith("Mend all"), error.mend());
        assertTrue(error.problems().get(0).mend().contains("'template' is the nearest"), error.what());
    }

    private static SavedGraph chain(SavedNode node) {
        return SavedGraph.named("chain")
                .plus(Graphs.input("in", "x"))
                .plus(node)
                .plus(Graphs.output("out", "y"))
                .plus(SavedEdge.between("in", "value", node.id(), "text"))
                .plus(SavedEdge.between(node.id(), "text", "out", "value"));
    }

    static GraphCompiler compiler() {
        return GraphCompiler.of(NodeTypes.standard().with(UPPER, JOIN, ADD));
    }

    private GraphOutput run(SavedGraph graph, Map<String, ?> inputs) {
        return run(compiler().types(), graph, inputs);
    }

    private GraphOutput run(NodeTypes types, SavedGraph graph, Map<String, ?> inputs) {
        return engine.run(GraphCompiler.of(types).compile(graph), GraphInput.of(inputs));
    }
}
