package dev.datastudio.graph;

import static dev.datastudio.graph.Graph.END;
import static dev.datastudio.graph.Graph.START;
import static dev.datastudio.graph.GraphBuildTest.NOTHING;
import static dev.datastudio.graph.GraphBuildTest.right;
import static dev.datastudio.graph.GraphBuildTest.whats;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.datastudio.graph.GraphException.Problem;
import dev.datastudio.graph.channel.Channel;
import dev.datastudio.graph.policy.Join;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class GraphOptionsBuildTest {
    record Empty() {}

    record Question(String question) {}

    record Answer(int question, String answer) {}

    /** A right graph whose node 'a' leads to parallel nodes 'b' and 'c' and these to 'join'. */
    static GraphBuilder<GraphBuildTest.In, GraphBuildTest.Out> joined(Join join) {
        return right().node("b", NOTHING)
                .node("c", NOTHING)
                .node("join", NOTHING, n -> n.join(join))
                .edge("a", "b")
                .edge("a", "c")
                .edge("b", "join")
                .edge("c", "join")
                .edge("join", END);
    }

    @Nested
    class ErrorNodes {
        @Test
        void anErrorNodeMustBeAnotherNodeOfTheGraph() {
            assertEquals(
                    List.of(
                            "Node 'b' goes on at itself on errors",
                            "Node 'c' goes on at END on errors",
                            "Node 'd' goes on at START on errors",
                            "Node 'e' goes on at 'x' on errors, which is not a node"),
                    whats(g -> {
                        GraphBuilder<GraphBuildTest.In, GraphBuildTest.Out> all = g.node(
                                        "b", NOTHING, n -> n.onError("b"))
                                .node("c", NOTHING, n -> n.onError(END))
                                .node("d", NOTHING, n -> n.onError(START))
                                .node("e", NOTHING, n -> n.onError("x"));
                        for (String node : List.of("b", "c", "d", "e")) {
                            all.edge("a", node).edge(node, END);
                        }
                        return all;
                    }));
        }

        @Test
        void anErrorNodeIsReachedByErrorsOnly() {
            assertEquals(
                    List.of("Node 'b' is reached by errors and from 'a', where it would have no failure to read"),
                    whats(g -> g.node("b", NOTHING)
                            .node("c", NOTHING, n -> n.onError("b"))
                            .edge("a", "b")
                            .edge("a", "c")
                            .edge("b", END)
                            .edge("c", END)));
        }

        @Test
        void anErrorNodeCountsAsReachableButIsNoWayOnByItself() {
            assertEquals(
                    List.of("Node 'b' leads nowhere"),
                    whats(g -> g.node("b", NOTHING, n -> n.onError("c"))
                            .node("c", NOTHING)
                            .edge("a", "b")
                            .edge("c", END)));
        }
    }

    @Nested
    class Joins {
        @Test
        void aJoinNeedsSeveralThatCanArrive() {
            assertEquals(
                    List.of("Node 'b' joins by any(), but only one task can arrive"),
                    whats(g -> g.node("b", NOTHING, n -> n.join(Join.any()))
                            .edge("a", "b")
                            .edge("b", END)));
        }

        @Test
        void aFanOutBeforeAJoinIsSeveral() {
            Graph<?, ?> graph = right().node("each", NOTHING)
                    .node("join", NOTHING, n -> n.join(Join.quorum(7).cancelRest()))
                    .fanOut("a", v -> v.get(GraphBuildTest.NUMBERS), "each")
                    .edge("each", "join")
                    .edge("join", END)
                    .build();

            assertEquals(List.of("a", "each", "join"), graph.nodes());
        }

        @Test
        void aQuorumMustBeWithinReach() {
            assertEquals(
                    List.of("Node 'join' joins by quorum(3), but at most 2 tasks can arrive"),
                    whats(joined(Join.quorum(3))));
            assertEquals(4, joined(Join.quorum(2)).build().nodes().size());
        }

        @Test
        void aQuorumBehindALoopMayNeedMoreThanThereAreEdges() {
            Graph<?, ?> graph = joined(Join.quorum(5))
                    .when("b", Route.on(v -> true).then("b").otherwise(END))
                    .build();

            assertEquals(4, graph.nodes().size());
        }

        @Test
        void aNodeWithATaskForEachItemOrFailureJoinsNothing() {
            assertEquals(
                    List.of(
                            "Node 'each' joins by any(), but has a task for each item of a fan-out",
                            "Node 'mend' joins by quorum(2), but has a task for each failure"),
                    whats(g -> g.node("each", NOTHING, n -> n.join(Join.any()).onError("mend"))
                            .node("mend", NOTHING, n -> n.join(Join.quorum(2)))
                            .fanOut("a", v -> v.get(GraphBuildTest.NUMBERS), "each")
                            .edge("each", END)
                            .edge("mend", END)));
        }

        @Test
        void aJoinOfSomeInALoopMustCancelTheRest() {
            Route again = Route.on(v -> true).then("a").otherwise(END);

            assertEquals(
                    List.of("Node 'join' joins by any() in a loop, where late branches of one round would count in the"
                            + " next"),
                    whats(joined(Join.any()).when("join", again)));
            assertEquals(
                    4,
                    joined(Join.any().cancelRest())
                            .when("join", again)
                            .build()
                            .nodes()
                            .size());
        }
    }

    @Nested
    class Deferred {
        @Test
        void aDeferredNodeIsReachedByEdgesAndWaitsForAll() {
            assertEquals(
                    List.of(
                            "Node 'each' is deferred and reached by a fan-out",
                            "Node 'mend' is deferred and reached by errors",
                            "Node 'join' is deferred and joins by any()"),
                    whats(g -> g.node("each", NOTHING, n -> n.deferred().onError("mend"))
                            .node("mend", NOTHING, n -> n.deferred())
                            .node("join", NOTHING, n -> n.deferred().join(Join.any()))
                            .fanOut("a", v -> v.get(GraphBuildTest.NUMBERS), "each")
                            .edge("each", "join")
                            .edge("mend", "join")
                            .edge("join", END)));
        }
    }

    @Nested
    class Subgraphs {
        static <I extends Record> GraphBuilder<I, Empty> inner(Class<I> input) {
            return Graph.define("inner", 1)
                    .input(input)
                    .output(Empty.class)
                    .node("n", NOTHING)
                    .edge(START, "n")
                    .edge("n", END);
        }

        static <I> List<String> problems(Graph<I, Empty> inner) {
            return whats(g ->
                    g.subgraph("sub", inner, Mapping.shared()).edge("a", "sub").edge("sub", END));
        }

        @Test
        void aSharedSubgraphHasAChannelInCommon() {
            assertEquals(
                    List.of("The sub-graph of node 'sub' has no channel in common with the graph around it"),
                    problems(inner(Empty.class).build()));
        }

        @Test
        void channelsOfOneNameThatDifferAreNotSharedInSilence() {
            assertEquals(
                    List.of("Channel 'numbers' is an append of java.lang.String in the sub-graph of node 'sub' and an"
                            + " append of java.lang.Integer around it, so it can't be shared"),
                    problems(inner(Question.class)
                            .channels(GraphBuildTest.QUESTION, Channel.append("numbers", String.class))
                            .build()));
        }

        @Test
        void eachComponentOfASharedInputHasAChannelAroundThatFits() {
            assertEquals(
                    List.of(
                            "Node 'sub': input component 'Answer.question' is a int, but channel 'question' holds a"
                                    + " java.lang.String",
                            "Node 'sub': input component 'Answer.answer' has no channel of its name",
                            "The sub-graph of node 'sub' has no channel in common with the graph around it"),
                    problems(inner(Answer.class)
                            .channels(Channel.last("question", Integer.class), Channel.last("answer", String.class))
                            .build()));
        }

        @Test
        void aGraphOfAnotherMakeCannotBeRun() {
            Graph<Empty, Empty> own = inner(Empty.class).build();
            Graph<Empty, Empty> foreign = new Foreign(own);

            assertEquals(
                    List.of("The sub-graph of node 'sub' is a " + Foreign.class.getName()),
                    whats(g -> g.subgraph("sub", foreign, Mapping.shared())
                            .edge("a", "sub")
                            .edge("sub", END)));
        }
    }

    @Nested
    class Migrations {
        static GraphBuilder<Empty, Empty> version(int version, int... from) {
            GraphBuilder<Empty, Empty> builder = Graph.define("g", version)
                    .input(Empty.class)
                    .output(Empty.class)
                    .node("n", NOTHING)
                    .edge(START, "n")
                    .edge("n", END);
            for (int each : from) {
                builder.migrate(each, state -> {});
            }
            return builder;
        }

        @Test
        void aMigrationBeginsBelowTheVersionOfTheGraph() {
            assertEquals(
                    List.of(
                            "A migration begins at version 0, but the graph has version 3",
                            "A migration begins at version 3, but the graph has version 3"),
                    whats(version(3, 0, 1, 2, 3)));
        }

        @Test
        void aVersionHasOneMigrationAndTheChainNoGap() {
            assertEquals(
                    List.of(
                            "Two migrations begin at version 2",
                            "No migration begins at version 3, though one begins at version 2",
                            "No migration begins at version 5, though one begins at version 2"),
                    whats(version(6, 2, 4, 2)));
            assertEquals(6, version(6, 3, 4, 5).build().version());
        }
    }

    @Test
    void problemsOfAllKindsComeAtOnceEachWithItsMend() {
        GraphException error = assertThrows(
                GraphException.class,
                () -> joined(Join.quorum(9))
                        .node("d", NOTHING, n -> n.onError("x"))
                        .edge("a", "d")
                        .edge("d", END)
                        .migrate(1, state -> {})
                        .build());

        assertEquals(
                List.of(
                        new Problem(
                                "Node 'join' joins by quorum(9), but at most 2 tasks can arrive",
                                "Use a quorum of 2 or less"),
                        new Problem(
                                "Node 'd' goes on at 'x' on errors, which is not a node",
                                "Use one of [a, b, c, join, d]"),
                        new Problem(
                                "A migration begins at version 1, but the graph has version 1",
                                "Raise the version of the graph")),
                error.problems());
    }

    /** A graph that no builder made. */
    private record Foreign(Graph<Empty, Empty> own) implements Graph<Empty, Empty> {
        @Override
        public String name() {
            return own.name();
        }

        @Override
        public int version() {
            return own.version();
        }

        @Override
        public Class<Empty> inputType() {
            return own.inputType();
        }

        @Override
        public Class<Empty> outputType() {
            return own.outputType();
        }

        @Override
        public List<String> nodes() {
            return own.nodes();
        }

        @Override
        public List<GraphEdge> edges() {
            return List.of();
        }

        @Override
        public List<Channel<?>> channels() {
            return own.channels();
        }

        @Override
        public int maxSteps() {
            return own.maxSteps();
        }
    }
}
