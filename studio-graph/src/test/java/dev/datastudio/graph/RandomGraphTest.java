package dev.datastudio.graph;

import static dev.datastudio.graph.Graph.END;
import static dev.datastudio.graph.Graph.START;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.datastudio.graph.channel.AppendChannel;
import dev.datastudio.graph.channel.Channel;
import dev.datastudio.graph.channel.ReduceChannel;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.channel.View;
import dev.datastudio.graph.channel.Write;
import dev.datastudio.graph.run.Engine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Random graphs without loops, against an interpreter that visits the nodes one after the other in topological order
 * and runs each that a node before it has gone on to. A node's value depends on all values before it.
 */
class RandomGraphTest {
    record In() {}

    record Out(List<Value> values, int sum) {}

    record Value(int node, long hash) {}

    static final AppendChannel<Value> VALUES = Channel.append("values", Value.class);
    static final ReduceChannel<Integer> SUM = Channel.reduce("sum", Integer.class, 0, Integer::sum);

    /** For each node, its plain targets and the two targets of its route, if it has one; END is the node count. */
    record Shape(List<TreeSet<Integer>> plain, List<List<Integer>> routed, List<TreeSet<Integer>> ancestors) {
        int size() {
            return plain.size();
        }

        static Shape random(Random random) {
            int size = 2 + random.nextInt(14);
            Shape shape = new Shape(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            for (int i = 0; i < size; i++) {
                shape.plain.add(new TreeSet<>());
                shape.routed.add(List.of());
                shape.ancestors.add(new TreeSet<>());
            }
            for (int i = 1; i < size; i++) {
                for (int k = 1 + random.nextInt(2); k > 0; k--) {
                    shape.plain.get(random.nextInt(i)).add(i);
                }
            }
            for (int i = 0; i < size; i++) {
                if (random.nextInt(3) == 0 || shape.plain.get(i).isEmpty()) {
                    shape.routed.set(i, List.of(later(random, i, size), later(random, i, size)));
                }
            }
            for (int i = 0; i < size; i++) {
                for (int target : shape.targets(i)) {
                    if (target < size) {
                        shape.ancestors.get(target).add(i);
                        shape.ancestors.get(target).addAll(shape.ancestors.get(i));
                    }
                }
            }
            return shape;
        }

        private static int later(Random random, int node, int size) {
            return node + 1 + random.nextInt(size - node);
        }

        List<Integer> targets(int node) {
            List<Integer> targets = new ArrayList<>(plain.get(node));
            targets.addAll(routed.get(node));
            return targets;
        }

        /** The value of a node, from those of its ancestors. */
        Value value(int node, Map<Integer, Long> known) {
            long hash = node + 1L;
            for (int ancestor : ancestors.get(node)) {
                hash = hash * 31 + known.getOrDefault(ancestor, 7L);
            }
            return new Value(node, hash * 0x9E3779B97F4A7C15L);
        }

        int chosen(int node, long hash) {
            return routed.get(node).get((int) (hash >>> 63));
        }
    }

    static Map<Integer, Long> known(List<Value> values) {
        return values.stream().collect(Collectors.toMap(Value::node, Value::hash));
    }

    static String name(Shape shape, int node) {
        return node == shape.size() ? END : "n" + node;
    }

    static Graph<In, Out> graph(Shape shape, Random random) {
        GraphBuilder<In, Out> builder =
                Graph.define("random", 1).input(In.class).output(Out.class).channels(VALUES, SUM);
        List<Integer> declared = new ArrayList<>();
        for (int i = 0; i < shape.size(); i++) {
            declared.add(random.nextInt(declared.size() + 1), i);
        }
        for (int node : declared) {
            builder.node("n" + node, (view, context) -> {
                Value value = shape.value(node, known(view.get(VALUES)));
                List<Write> writes = List.of(VALUES.add(value), SUM.add((int) value.hash()));
                return Update.of(writes);
            });
        }
        builder.edge(START, "n0");
        for (int i = 0; i < shape.size(); i++) {
            int node = i;
            shape.plain.get(i).forEach(target -> builder.edge("n" + node, "n" + target));
            if (!shape.routed.get(i).isEmpty()) {
                Function<View, String> chooser = view ->
                        name(shape, shape.chosen(node, known(view.get(VALUES)).getOrDefault(node, 0L)));
                String[] targets = shape.routed.get(i).stream()
                        .map(target -> name(shape, target))
                        .toArray(String[]::new);
                builder.when("n" + i, Route.by(chooser).to(targets));
            }
        }
        return builder.build();
    }

    static Map<Integer, Long> oneAfterTheOther(Shape shape) {
        Map<Integer, Long> known = new HashMap<>();
        TreeSet<Integer> activated = new TreeSet<>(List.of(0));
        for (int node = 0; node < shape.size(); node++) {
            if (activated.contains(node)) {
                Value value = shape.value(node, known);
                known.put(node, value.hash());
                activated.addAll(shape.plain.get(node));
                if (!shape.routed.get(node).isEmpty()) {
                    activated.add(shape.chosen(node, value.hash()));
                }
            }
        }
        return known;
    }

    @Test
    void aRandomGraphEndsAsIfItsNodesRanOneAfterTheOther() {
        long first = new Random().nextLong();
        try (Engine engine = Engine.create()) {
            for (long seed = first; seed < first + 500; seed++) {
                Random random = new Random(seed);
                Shape shape = Shape.random(random);

                Out out = engine.run(graph(shape, random), new In());

                Map<Integer, Long> expected = oneAfterTheOther(shape);
                assertEquals(expected, known(out.values()), "seed " + seed + ", " + shape);
                assertEquals(expected.values().stream().mapToInt(Long::intValue).sum(), out.sum(), "seed " + seed);
            }
        }
    }

    @Test
    void theOrderOfUpdatesDoesNotDependOnWhichBranchIsFaster() {
        GraphBuilder<In, Out> builder =
                Graph.define("race", 1).input(In.class).output(Out.class).channels(VALUES, SUM);
        for (int i = 0; i < 12; i++) {
            int number = i;
            builder.node("n" + i, (view, context) -> {
                for (int spin = ThreadLocalRandom.current().nextInt(2_000); spin > 0; spin--) {
                    Thread.onSpinWait();
                }
                return Update.of(VALUES.add(new Value(number, view.get(VALUES).size())));
            });
            builder.edge(START, "n" + i).edge("n" + i, "join");
        }
        Graph<In, Out> graph = builder.node("join", (view, context) -> Update.of(VALUES.add(new Value(12, 0))))
                .edge("join", END)
                .build();
        List<Value> expected =
                IntStream.rangeClosed(0, 12).mapToObj(i -> new Value(i, 0)).toList();
        try (Engine engine = Engine.create()) {
            for (int i = 0; i < 200; i++) {
                assertEquals(expected, engine.run(graph, new In()).values(), "repetition " + i);
            }
        }
    }
}
