package dev.datastudio.graph;

import static dev.datastudio.graph.Graph.END;
import static dev.datastudio.graph.Graph.START;

import dev.datastudio.graph.channel.AppendChannel;
import dev.datastudio.graph.channel.Channel;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.channel.View;
import dev.datastudio.graph.policy.Join;
import dev.datastudio.graph.policy.NodeOptions;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;

/**
 * A random graph with loops, fan-outs, joins of all kinds, deferred nodes and error nodes, and what it must do, worked
 * out by following the words of the documentation with sets and searches. Tasks are done in task order, one after the
 * other. Each task adds an entry to the log; where a route leads, how many items a fan-out has and what fails depends on
 * the seed and the length of the log.
 */
public final class RandomFlow {
    /** Nothing. */
    public record In() {}

    /** Which tasks were done. */
    public record Out(List<String> log) {}

    /** A task that the model wants done: its number among those of its node and whether a failure is its input. */
    public record Done(int node, int task, boolean failed, boolean cancelled) {}

    public static final AppendChannel<String> LOG = Channel.append("log", String.class);

    private static final int LOOPS_UNTIL = 30;

    private enum Kind {
        PLAIN,
        ITEM,
        ERROR
    }

    /** A node; the number of nodes stands for END. */
    private static final class Node {
        private final Kind kind;
        private final TreeSet<Integer> plain = new TreeSet<>();
        private List<Integer> route = List.of();
        private int fanOut = -1;
        private int onError = -1;
        private Join join = Join.all();
        private boolean deferred;

        Node(Kind kind) {
            this.kind = kind;
        }
    }

    private final long seed;
    private final List<Node> nodes = new ArrayList<>();
    private final List<Set<Integer>> next = new ArrayList<>();

    private RandomFlow(long seed) {
        this.seed = seed;
    }

    /** The graph of a seed; it may have problems. */
    public static RandomFlow of(long seed) {
        RandomFlow flow = new RandomFlow(seed);
        // The first numbers of Random are nearly the same for seeds that follow each other.
        Random random = new Random(new SplittableRandom(seed).nextLong());
        int size = 3 + random.nextInt(10);
        for (int i = 0; i < size; i++) {
            int kind = random.nextInt(8);
            flow.nodes.add(new Node(i == 0 || kind > 2 ? Kind.PLAIN : kind == 2 ? Kind.ERROR : Kind.ITEM));
        }
        for (int i = 1; i < size; i++) {
            flow.lead(random, i);
        }
        for (int i = 0; i < size; i++) {
            flow.finish(random, i);
        }
        for (int i = 0; i <= size; i++) {
            flow.next.add(i == size ? Set.of() : flow.targets(i));
        }
        return flow;
    }

    private void lead(Random random, int to) {
        for (int k = 1 + random.nextInt(3); k > 0; k--) {
            int first = random.nextInt(to);
            int from = IntStream.range(0, to)
                    .map(i -> (first + i) % to)
                    .filter(i -> isFree(i, to))
                    .findFirst()
                    .orElse(-1);
            if (from >= 0) {
                connect(nodes.get(from), to);
            } else if (k == 1
                    && IntStream.range(0, to).noneMatch(i -> targets(i).contains(to))) {
                nodes.set(to, new Node(Kind.PLAIN));
                nodes.get(first).plain.add(to);
            }
        }
    }

    private boolean isFree(int from, int to) {
        return switch (nodes.get(to).kind) {
            case PLAIN -> true;
            case ITEM -> nodes.get(from).fanOut < 0;
            case ERROR -> nodes.get(from).onError < 0;
        };
    }

    private void connect(Node from, int to) {
        switch (nodes.get(to).kind) {
            case PLAIN -> from.plain.add(to);
            case ITEM -> from.fanOut = to;
            case ERROR -> from.onError = to;
        }
    }

    private void finish(Random random, int number) {
        Node node = nodes.get(number);
        if (random.nextInt(3) == 0 || (node.plain.isEmpty() && node.fanOut < 0)) {
            List<Integer> forward = plainAfter(number);
            List<Integer> back = IntStream.rangeClosed(0, number)
                    .filter(i -> nodes.get(i).kind == Kind.PLAIN)
                    .boxed()
                    .toList();
            List<Integer> second = random.nextInt(3) == 0 ? back : forward;
            node.route =
                    List.of(forward.get(random.nextInt(forward.size())), second.get(random.nextInt(second.size())));
        }
        if (node.kind == Kind.PLAIN && random.nextInt(2) == 0) {
            Join join = random.nextBoolean() ? Join.any() : Join.quorum(2);
            node.join = random.nextBoolean() ? join.cancelRest() : join;
        } else if (node.kind == Kind.PLAIN && random.nextInt(3) == 0) {
            node.deferred = true;
        }
    }

    private List<Integer> plainAfter(int number) {
        List<Integer> after = new ArrayList<>();
        for (int i = number + 1; i < nodes.size(); i++) {
            if (nodes.get(i).kind == Kind.PLAIN) {
                after.add(i);
            }
        }
        after.add(nodes.size());
        return after;
    }

    private Set<Integer> targets(int number) {
        Node node = nodes.get(number);
        Set<Integer> targets = new TreeSet<>(node.plain);
        targets.addAll(node.route);
        targets.addAll(node.fanOut < 0 ? Set.of() : Set.of(node.fanOut));
        targets.addAll(node.onError < 0 ? Set.of() : Set.of(node.onError));
        return targets;
    }

    /** Built, after joins that build() refuses were mended. */
    public Graph<In, Out> mended() {
        try {
            return graph();
        } catch (GraphException e) {
            e.problems().forEach(problem -> mend(problem.what()));
            return graph();
        }
    }

    private void mend(String problem) {
        for (int i = 0; i < nodes.size(); i++) {
            Node node = nodes.get(i);
            if (problem.startsWith("Node '" + name(i) + "' joins by ")) {
                boolean loop = problem.contains(" in a loop") && node.join.kind() != Join.Kind.ALL;
                node.join = loop ? node.join.cancelRest() : Join.all();
            }
        }
    }

    public String name(int node) {
        return node == nodes.size() ? END : "n" + node;
    }

    /** The graph, built. */
    public Graph<In, Out> graph() {
        GraphBuilder<In, Out> builder = Graph.define("random", 1)
                .input(In.class)
                .output(Out.class)
                .channels(LOG)
                .edge(START, "n0");
        for (int i = 0; i < nodes.size(); i++) {
            int number = i;
            Node node = nodes.get(i);
            builder.node(
                    name(i),
                    (view, context) -> {
                        if (fails(number, context.task(), view.get(LOG).size())) {
                            throw new IllegalStateException("as it must");
                        }
                        return Update.of(LOG.add(entry(number, context.task())));
                    },
                    options -> options(options, node));
            node.plain.forEach(target -> builder.edge(name(number), name(target)));
            if (!node.route.isEmpty()) {
                String[] targets =
                        node.route.stream().map(this::name).distinct().toArray(String[]::new);
                builder.when(
                        name(i),
                        Route.by((View view) ->
                                        name(chosen(number, view.get(LOG).size())))
                                .to(targets));
            }
            if (node.fanOut >= 0) {
                builder.fanOut(
                        name(i),
                        view -> Collections.nCopies(items(number, view.get(LOG).size()), "item"),
                        name(node.fanOut));
            }
        }
        return builder.build();
    }

    private NodeOptions options(NodeOptions options, Node node) {
        NodeOptions joined = options.join(node.join);
        NodeOptions put = node.deferred ? joined.deferred() : joined;
        return node.onError < 0 ? put : put.onError(name(node.onError));
    }

    private int chosen(int node, int log) {
        List<Integer> route = nodes.get(node).route;
        int choice = route.get(hash(node, log, 1) & 1);
        return choice <= node && log >= LOOPS_UNTIL ? route.get(0) : choice;
    }

    private int items(int node, int log) {
        return hash(node, log, 2) & 3;
    }

    /** Whether a task fails that began with a log of this length. */
    public boolean fails(int node, int task, int log) {
        return nodes.get(node).onError >= 0 && hash(node, log * 31 + task, 3) % 3 == 0;
    }

    private int hash(int a, int b, int c) {
        return (int) (new Random(seed * 1_000_003 + a * 7919L + b * 104_729L + c).nextLong() >>> 40);
    }

    public static String entry(int node, int task) {
        return "n" + node + "#" + task;
    }

    /** What the model makes of the graph. */
    public Model model() {
        return new Model();
    }

    /** The graph by the words of its documentation. */
    public final class Model {
        private final List<String> log = new ArrayList<>();
        private final TreeMap<Integer, Integer> inputs = new TreeMap<>();
        private final TreeSet<Integer> waiting = new TreeSet<>();
        private final Map<Integer, Integer> arrivals = new HashMap<>();
        private final Set<Integer> fired = new HashSet<>();

        /** What all tasks did; each step's tasks are told to the watcher. */
        public List<String> run(BiConsumer<List<String>, List<Done>> watcher) {
            reach(0, 1);
            List<Done> tasks = next();
            while (!tasks.isEmpty()) {
                List<Done> done = done(tasks);
                List<String> before = List.copyOf(log);
                done.stream()
                        .filter(task -> !task.failed() && !task.cancelled())
                        .forEach(task -> log.add(entry(task.node(), task.task())));
                watcher.accept(before, done);
                after(done);
                tasks = next();
            }
            return log;
        }

        private List<Done> done(List<Done> tasks) {
            List<Done> done = new ArrayList<>();
            for (Done task : tasks) {
                boolean needless = tasks.size() > 1 && isNeedless(task.node(), done);
                boolean fails = !needless && fails(task.node(), task.task(), log.size());
                done.add(new Done(task.node(), task.task(), fails, needless));
            }
            return done;
        }

        private boolean isNeedless(int node, List<Done> finished) {
            for (int join = 0; join < nodes.size(); join++) {
                int at = join;
                long arriving = finished.stream()
                        .filter(task -> !task.failed()
                                && !task.cancelled()
                                && nodes.get(task.node()).plain.contains(at))
                        .count();
                if (isCounted(join)
                        && !fired.contains(join)
                        && nodes.get(join).join.rest() == Join.Rest.CANCEL
                        && arriving > 0
                        && arrivals.getOrDefault(join, 0) + arriving >= needed(join)
                        && isRest(node, join)) {
                    return true;
                }
            }
            return false;
        }

        private boolean isRest(int node, int join) {
            Set<Integer> region = region(join);
            boolean several =
                    nodes.get(node).kind != Kind.PLAIN && next.get(node).contains(join);
            Set<Integer> reached = reachable(node, join);
            reached.remove(node);
            return node != join && (several || region.contains(node)) && region.containsAll(reached);
        }

        private void after(List<Done> done) {
            TreeMap<Integer, Integer> succeeded = new TreeMap<>();
            for (Done task : done) {
                if (task.failed()) {
                    inputs.merge(nodes.get(task.node()).onError, 1, Integer::sum);
                } else if (!task.cancelled()) {
                    succeeded.merge(task.node(), 1, Integer::sum);
                }
            }
            TreeSet<Integer> empty = new TreeSet<>();
            succeeded.forEach((node, tasks) -> leave(node, tasks, empty));
            Set<Integer> passed = new HashSet<>();
            while (!empty.isEmpty()) {
                int node = empty.pollFirst();
                if (!inputs.containsKey(node) && passed.add(node)) {
                    leave(node, 0, empty);
                }
            }
        }

        private void leave(int number, int tasks, Set<Integer> empty) {
            Node node = nodes.get(number);
            Set<Integer> reached = new TreeSet<>(node.plain);
            if (!node.route.isEmpty()) {
                reached.add(chosen(number, log.size()));
            }
            reached.forEach(target -> reach(target, tasks));
            if (node.fanOut >= 0) {
                int items = items(number, log.size());
                if (items == 0) {
                    empty.add(node.fanOut);
                } else {
                    inputs.merge(node.fanOut, items, Integer::sum);
                }
            }
        }

        private void reach(int target, int tasks) {
            if (target == nodes.size() || fired.contains(target)) {
                return;
            }
            waiting.add(target);
            if (isCounted(target)) {
                arrivals.merge(target, tasks, Integer::sum);
            }
        }

        private List<Done> next() {
            TreeSet<Integer> ready = new TreeSet<>();
            for (int join : List.copyOf(waiting)) {
                if (waiting.contains(join) && isCounted(join) && arrivals.getOrDefault(join, 0) >= needed(join)) {
                    ready.add(join);
                    if (nodes.get(join).join.rest() == Join.Rest.CANCEL) {
                        Set<Integer> region = region(join);
                        waiting.removeAll(region);
                        ready.removeAll(region);
                        inputs.keySet().removeAll(region);
                        arrivals.keySet().removeAll(region);
                    }
                }
            }
            Set<Integer> active = new HashSet<>(waiting);
            active.addAll(inputs.keySet());
            waiting.stream()
                    .filter(node -> !nodes.get(node).deferred && Collections.disjoint(region(node), active))
                    .forEach(ready::add);
            if (ready.isEmpty() && inputs.isEmpty()) {
                waiting.stream().filter(node -> nodes.get(node).deferred).forEach(ready::add);
                if (ready.isEmpty() && !waiting.isEmpty()) {
                    ready.add(waiting.first());
                }
            }
            waiting.removeAll(ready);
            ready.stream().filter(this::isCounted).forEach(join -> {
                arrivals.remove(join);
                fired.add(join);
            });
            fired.removeIf(join -> Collections.disjoint(region(join), active));
            return tasks(ready);
        }

        private List<Done> tasks(Set<Integer> ready) {
            TreeMap<Integer, Integer> all = new TreeMap<>(inputs);
            inputs.clear();
            ready.forEach(node -> all.put(node, 1));
            List<Done> tasks = new ArrayList<>();
            all.forEach((node, count) ->
                    IntStream.range(0, count).forEach(task -> tasks.add(new Done(node, task, false, false))));
            return tasks;
        }

        private boolean isCounted(int node) {
            return nodes.get(node).join.kind() != Join.Kind.ALL;
        }

        private int needed(int node) {
            return nodes.get(node).join.kind() == Join.Kind.ANY
                    ? 1
                    : nodes.get(node).join.count();
        }
    }

    private final Map<Integer, Set<Integer>> regions = new HashMap<>();

    /** The nodes that lead to a join around the last node that every path to it goes through. */
    private Set<Integer> region(int join) {
        return regions.computeIfAbsent(join, this::madeRegion);
    }

    private Set<Integer> madeRegion(int join) {
        int start = -1;
        long leading = IntStream.range(0, nodes.size())
                .filter(node -> next.get(node).contains(join))
                .count();
        if (leading + (join == 0 ? 1 : 0) < 2) {
            return Set.of();
        }
        Set<Integer> dominators = new HashSet<>();
        for (int node = 0; node < nodes.size(); node++) {
            if (node != join && (node == 0 || !reachable(0, node).contains(join)) && join != 0) {
                dominators.add(node);
            }
        }
        int last = start;
        for (int node : dominators) {
            if (dominators.stream().allMatch(other -> other == node || isBefore(other, node))) {
                last = node;
            }
        }
        Set<Integer> region = new HashSet<>();
        for (int node = 0; node < nodes.size(); node++) {
            if (node != join && node != last && reachable(node, last).contains(join)) {
                region.add(node);
            }
        }
        return region;
    }

    /** Whether every path from the start to the second goes through the first. */
    private boolean isBefore(int first, int second) {
        return first == 0 || !reachable(0, first).contains(second);
    }

    /** What can be reached from a node without going through another. */
    private Set<Integer> reachable(int from, int avoided) {
        Set<Integer> seen = new HashSet<>();
        BitSet open = new BitSet();
        next.get(from).forEach(open::set);
        while (!open.isEmpty()) {
            int node = open.nextSetBit(0);
            open.clear(node);
            if (node != avoided && seen.add(node)) {
                next.get(node).forEach(open::set);
            }
        }
        return seen;
    }
}
