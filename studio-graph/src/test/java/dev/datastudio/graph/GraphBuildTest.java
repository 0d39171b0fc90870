package dev.datastudio.graph;

import static dev.datastudio.graph.Graph.END;
import static dev.datastudio.graph.Graph.START;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.graph.GraphException.Problem;
import dev.datastudio.graph.channel.AppendChannel;
import dev.datastudio.graph.channel.Channel;
import dev.datastudio.graph.channel.LastChannel;
import dev.datastudio.graph.channel.Update;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class GraphBuildTest {
    record In(String question) {}

    record Out(String question, List<Integer> numbers) {}

    record Wrong(int question, List<String> numbers, String missing) {}

    record Nothing() {}

    static final LastChannel<String> QUESTION = Channel.last("question", String.class);
    static final AppendChannel<Integer> NUMBERS = Channel.append("numbers", Integer.class);
    static final NodeFunction NOTHING = (view, context) -> Update.none();

    static GraphBuilder<In, Out> right() {
        return Graph.define("g", 1)
                .input(In.class)
                .output(Out.class)
                .channels(QUESTION, NUMBERS)
                .node("a", NOTHING)
                .edge(START, "a")
                .edge("a", END);
    }

    static List<String> whats(GraphBuilder<?, ?> builder) {
        GraphException error = assertThrows(GraphException.class, builder::build);
        assertEquals(ErrorCode.GRAPH_INVALID, error.code());
        error.problems().forEach(problem -> assertTrue(!problem.mend().isBlank(), problem.what()));
        return error.problems().stream().map(Problem::what).toList();
    }

    static List<String> whats(UnaryOperator<GraphBuilder<In, Out>> change) {
        return whats(change.apply(right()));
    }

    @Test
    void aRightGraphTellsItsParts() {
        Graph<In, Out> graph = right().maxSteps(5).build();

        assertEquals("g", graph.name());
        assertEquals(1, graph.version());
        assertEquals(In.class, graph.inputType());
        assertEquals(Out.class, graph.outputType());
        assertEquals(List.of("a"), graph.nodes());
        assertEquals(List.of(QUESTION, NUMBERS), graph.channels());
        assertEquals(5, graph.maxSteps());
    }

    @Test
    void allProblemsAreReportedAtOnceEachWithItsMend() {
        GraphException error = assertThrows(
                GraphException.class,
                () -> Graph.define("bad name", 0)
                        .node("a", NOTHING)
                        .node("a", NOTHING)
                        .node("island", NOTHING)
                        .edge(START, "a")
                        .edge("a", "b")
                        .edge("island", END)
                        .maxSteps(0)
                        .build());

        assertEquals(
                List.of(
                        "The name of the graph is 'bad name'",
                        "The version of the graph is 0",
                        "The limit of super-steps is 0",
                        "The graph has no input type",
                        "The graph has no output type",
                        "Two nodes are named 'a'",
                        "An edge leads from 'a' to 'b', which is not a node",
                        "Node 'a' leads nowhere",
                        "Node 'island' can't be reached from START"),
                error.problems().stream().map(Problem::what).toList());
        assertTrue(
                error.what()
                        .contains("(7) An edge leads from 'a' to 'b', which is not a node. Use one of [a, island]."),
                error.getMessage());
        assertEquals("Mend all of them and build again", error.mend());
    }

    @Test
    void aSingleProblemIsToldWithoutANumber() {
        GraphException error =
                assertThrows(GraphException.class, () -> right().maxSteps(-1).build());

        assertEquals(
                "Graph 'g' can't be built: The limit of super-steps is -1. Give maxSteps 1 or more. "
                        + "Mend it and build again.",
                error.getMessage());
    }

    @Test
    void recordsMustFitTheirChannels() {
        assertEquals(
                List.of(
                        "Input component 'Wrong.question' is a int, but channel 'question' holds a java.lang.String",
                        "Input component 'Wrong.numbers' is a java.util.List<java.lang.String>, but channel 'numbers'"
                                + " holds a List<java.lang.Integer>",
                        "Input component 'Wrong.missing' has no channel of its name"),
                whats(right().input(Wrong.class)));
        assertEquals(3, whats(right().output(Wrong.class)).size());
    }

    @Test
    void recordsMayBeEmpty() {
        Graph<Nothing, Nothing> graph =
                right().input(Nothing.class).output(Nothing.class).build();

        assertEquals(Nothing.class, graph.inputType());
    }

    @Test
    void twoChannelsOfOneNameAreRefused() {
        assertEquals(
                List.of("Two channels are named 'question'"),
                whats(g -> g.channels(Channel.last("question", String.class))));
    }

    @Test
    void reservedAndMalformedNodeNamesAreRefused() {
        assertEquals(
                List.of("Node name '$start' is reserved", "Node name 'a b' is not allowed"),
                whats(g -> g.node(START, NOTHING).node("a b", NOTHING)));
    }

    @Test
    void edgesNeitherEnterStartNorLeaveEnd() {
        assertEquals(
                List.of("An edge leads from 'a' to START", "An edge leads from END to [a]"),
                whats(g -> g.edge("a", START).edge(END, "a")));
    }

    @Test
    void edgesFromUnknownNodesAndDoubledEdgesAreRefused() {
        assertEquals(
                List.of("An edge leads from 'x', which is not a node", "The edge from 'a' to [$end] is there twice"),
                whats(g -> g.edge("x", "a").edge("a", END)));
    }

    @Test
    void aLoopThatNeverEndsIsRefused() {
        assertEquals(
                List.of("Node 'b' has no path to END", "Node 'c' has no path to END"),
                whats(g -> g.node("b", NOTHING)
                        .node("c", NOTHING)
                        .edge("a", "b")
                        .edge("b", "c")
                        .edge("c", "b")));
    }

    @Test
    void aGraphMustStartSomewhere() {
        assertEquals(
                List.of("No edge leads from START"),
                whats(Graph.define("g", 1)
                        .input(In.class)
                        .output(In.class)
                        .channels(QUESTION)
                        .node("a", NOTHING)
                        .edge("a", END)));
    }

    @Test
    void routesMayNameOnlyNodes() {
        assertEquals(
                List.of(
                        "An edge leads from 'a' to 'x', which is not a node",
                        "An edge leads from 'a' to 'y', which is not a node"),
                whats(g -> g.when("a", Route.on(v -> true).then("x").otherwise("y"))));
        assertEquals(
                List.of("The route from 'a' has no target"),
                whats(g -> g.when("a", Route.by(v -> "x").to())));
    }

    @Test
    void aFanOutNeedsANodeOfItsOwn() {
        assertEquals(
                List.of(
                        "A fan-out leads from 'a' to END",
                        "Node 'b' is reached by a fan-out and from 'a', where it would have no item"),
                whats(g -> g.node("b", NOTHING)
                        .edge("a", "b")
                        .edge("b", END)
                        .fanOut("a", v -> v.get(NUMBERS), "b")
                        .fanOut("a", v -> v.get(NUMBERS), END)));
    }
}
