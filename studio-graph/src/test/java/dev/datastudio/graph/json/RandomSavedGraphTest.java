package dev.datastudio.graph.json;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.graph.Graph;
import dev.datastudio.graph.run.Engine;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Graphs by chance: what the check lets through can be built by the engine and comes to an end. */
class RandomSavedGraphTest {
    private static final int ROUNDS = 3_000;

    @Test
    void whatHasNoProblemsIsBuiltAndEnds() {
        GraphCompiler compiler = GraphCompiler.of(NodeTypes.standard());
        int ran = 0;
        try (Engine engine = Engine.create()) {
            for (int seed = 0; seed < ROUNDS; seed++) {
                SavedGraph graph = graph(new Random(seed));
                if (compiler.problems(graph).stream().noneMatch(GraphProblem::stopsRuns)) {
                    Graph<GraphInput, GraphOutput> built =
                            assertDoesNotThrow(() -> compiler.compile(graph), "seed " + seed);
                    run(engine, built, seed);
                    ran++;
                }
            }
        }
        int runs = ran;
        assertTrue(runs > ROUNDS / 20, () -> "only " + runs + " of " + ROUNDS + " could run");
    }

    /** A loop may go round until its limit; nothing else may go wrong. */
    private static void run(Engine engine, Graph<GraphInput, GraphOutput> graph, int seed) {
        try {
            engine.run(graph, GraphInput.of(Map.of("x", seed % 2 == 0 ? "a" : "")));
        } catch (StudioException e) {
            assertTrue(Set.of(ErrorCode.LIMIT_EXCEEDED).contains(e.code()), () -> "seed " + seed + ": " + e);
        }
    }

    private static SavedGraph graph(Random random) {
        SavedGraph graph = SavedGraph.named("random").withHead("maxSteps", 40).plus(Graphs.input("n0", "x"));
        int middle = 1 + random.nextInt(5);
        for (int i = 1; i <= middle; i++) {
            graph = graph.plus(
                    switch (random.nextInt(3)) {
                        case 0 -> SavedNode.of("n" + i, "condition", 1).withConfig(Map.of("operator", "isEmpty"));
                        case 1 -> Graphs.template("n" + i, "{{a}}");
                        default -> Graphs.template("n" + i, "{{a}}{{b}}");
                    });
        }
        int last = middle + 1;
        graph = graph.plus(Graphs.output("n" + last, "y"));
        for (int i = 1; i <= last; i++) {
            List<Port> inputs =
                    GraphCompiler.of(NodeTypes.standard()).inputs(graph.nodes().get(i));
            for (Port input : inputs) {
                for (int edges = random.nextInt(4) == 0 ? 2 : 1; edges > 0; edges--) {
                    int source = random.nextInt(8) == 0 ? random.nextInt(last) : random.nextInt(i);
                    graph = graph.plus(
                            edge(graph.nodes().get(source), graph.nodes().get(i), input, random));
                }
            }
        }
        return graph;
    }

    private static SavedEdge edge(SavedNode source, SavedNode target, Port input, Random random) {
        String output = switch (source.type()) {
            case "condition" -> random.nextBoolean() ? "true" : "false";
            case "template" -> "text";
            default -> "value";
        };
        return SavedEdge.between(source.id(), output, target.id(), input.name());
    }
}
