package dev.datastudio.graph;

import static dev.datastudio.graph.Graph.END;
import static dev.datastudio.graph.Graph.START;

import dev.datastudio.graph.channel.AppendChannel;
import dev.datastudio.graph.channel.Channel;
import dev.datastudio.graph.channel.LastChannel;
import dev.datastudio.graph.channel.ReduceChannel;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.channel.View;
import dev.datastudio.graph.channel.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * A random graph whose nodes do all that a thread's log keeps: forks, fan-outs, loops, sub-graphs of both kinds up to two
 * deep, memos, effects, questions, stops before and after nodes, queued inputs, failures. What a node does depends on the
 * seed, its place and the state alone, so that a run comes to the same log however often it was stopped and resumed. A
 * node or an effect that fails does so once for each object of this class.
 */
public final class RandomProgram {
    /** Tells sub-graphs apart that run the same graph. */
    public record In(int number) {}

    /** Which tasks were done. */
    public record Out(List<String> log) {}

    /** A value with parts. */
    public record Note(String text, double weight, List<Integer> parts) {}

    public static final LastChannel<Integer> NUMBER = Channel.last("number", Integer.class);
    public static final AppendChannel<String> LOG = Channel.append("log", String.class);
    public static final ReduceChannel<Integer> SUM = Channel.reduce("sum", Integer.class, 7, (a, b) -> a * 31 + b);
    public static final LastChannel<Note> NOTE = Channel.last("note", Note.class);

    /** Takes what is queued; the graph itself has it, sub-graphs don't. */
    public static final AppendChannel<String> SENT = Channel.append("sent", String.class);

    private static final int DEEPEST = 2;

    private final long seed;
    private final Random random;
    private final Consumer<Update> sender;
    private final Graph<In, Out> graph;
    private final Set<String> failed = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> performed = new ConcurrentSkipListMap<>();

    /** @param sender queues an update in the run under way */
    public RandomProgram(long seed, Consumer<Update> sender) {
        this.seed = seed;
        this.random = new Random(seed);
        this.sender = sender;
        this.graph = made("g", 0, true);
    }

    public Graph<In, Out> graph() {
        return graph;
    }

    /** How often each effect was performed without a failure. */
    public Map<String, Integer> performed() {
        return new TreeMap<>(performed);
    }

    private Graph<In, Out> made(String name, int depth, boolean setsNotes) {
        GraphBuilder<In, Out> builder =
                Graph.define(name, 1).input(In.class).output(Out.class).channels(NUMBER, LOG, SUM, NOTE);
        if (depth == 0) {
            builder.channels(SENT);
        }
        int stages = 1 + random.nextInt(depth == 0 ? 5 : 3);
        for (int i = 0; i <= stages; i++) {
            String hub = name + "h" + i;
            boolean setsNote = random.nextBoolean() && setsNotes;
            int stops = random.nextInt(12);
            builder.node(
                    hub,
                    (view, context) -> act(hub, view, context, setsNote),
                    options ->
                            stops == 0 ? options.interruptBefore() : stops == 1 ? options.interruptAfter() : options);
        }
        builder.edge(START, name + "h0").edge(name + "h" + stages, END);
        for (int i = 0; i < stages; i++) {
            stage(builder, name, i, depth);
        }
        return builder.build();
    }

    private void stage(GraphBuilder<In, Out> builder, String name, int number, int depth) {
        String from = name + "h" + number;
        String to = name + "h" + (number + 1);
        String middle = name + "m" + number;
        switch (random.nextInt(5)) {
            case 0 -> builder.edge(from, to);
            case 1 -> {
                for (int i = 0; i < 2 + random.nextInt(2); i++) {
                    step(builder, middle + "x" + i, depth);
                    builder.edge(from, middle + "x" + i).edge(middle + "x" + i, to);
                }
            }
            case 2 -> {
                step(builder, middle, depth);
                int most = 1 + random.nextInt(3);
                builder.fanOut(
                        from,
                        view -> IntStream.range(0, view.get(LOG).size() % (most + 1))
                                .boxed()
                                .toList(),
                        middle);
                builder.edge(middle, to);
            }
            case 3 -> {
                step(builder, middle, depth);
                builder.edge(from, middle).edge(middle, to);
            }
            default -> {
                String back = name + "h" + random.nextInt(number + 1);
                builder.when(
                        from,
                        Route.by((View view) -> count(view, from) < 3 ? back : to)
                                .to(back, to));
            }
        }
    }

    private static long count(View view, String node) {
        return view.get(LOG).stream()
                .filter(entry -> entry.startsWith(node + "#"))
                .count();
    }

    /** A node or a sub-graph that may run beside others. */
    private void step(GraphBuilder<In, Out> builder, String name, int depth) {
        int kind = depth == DEEPEST ? 2 : random.nextInt(4);
        if (kind == 0) {
            builder.subgraph(
                    name,
                    made(name, depth + 1, true),
                    Mapping.of(
                            (view, context) ->
                                    new In(hash(name, view.get(NUMBER), context.superStep() * 31 + context.task())),
                            out -> Update.of(
                                    LOG.addAll(out.log()), SUM.add(out.log().size()))));
        } else if (kind == 1) {
            builder.subgraph(name, made(name, depth + 1, false), Mapping.shared());
        } else {
            builder.node(name, (view, context) -> act(name, view, context, false));
        }
    }

    private int hash(String name, int a, int b) {
        return (int) (new Random(seed * 1_000_003 + name.hashCode() * 7919L + a * 104_729L + b).nextLong() >>> 33);
    }

    private Update act(String name, View view, NodeContext context, boolean setsNote) throws Exception {
        String task = name + "#" + context.task();
        String key = task + "/" + context.superStep() + "/" + view.get(NUMBER);
        int done = view.get(LOG).size();
        Random chance = new Random(hash(key, done, 1));
        StringBuilder text = new StringBuilder(task);
        for (int left = chance.nextInt(4); left > 0; left--) {
            text.append(part(key + "/" + left, chance, context));
        }
        if (chance.nextInt(6) == 0 && failed.add(key)) {
            throw new IllegalStateException("as it must");
        }
        List<Write> writes = new ArrayList<>();
        writes.add(LOG.add(text.toString()));
        if (chance.nextBoolean()) {
            writes.add(SUM.add(done));
            writes.add(SUM.add(chance.nextInt(100)));
        }
        if (setsNote) {
            writes.add(NOTE.set(new Note(task, done / 3.0, List.of(done, -1))));
        }
        return Update.of(writes);
    }

    private String part(String key, Random chance, NodeContext context) throws Exception {
        int value = chance.nextInt(1000);
        return switch (chance.nextInt(5)) {
            case 0 -> "m" + context.step(key, Integer.class, () -> value);
            case 1 ->
                "n"
                        + context.step(key, Note.class, () -> new Note(key, value, List.of()))
                                .weight();
            case 2 -> "e" + context.effect(key, Integer.class, Uncertain.RETRY, id -> perform(key, value));
            case 3 -> "i" + context.interrupt(key, new Note("what", value, List.of(1)), String.class);
            default ->
                context.step(key, Boolean.class, () -> {
                            sender.accept(Update.of(SENT.add(key)));
                            return true;
                        })
                        ? "s"
                        : "";
        };
    }

    private int perform(String key, int value) {
        if (value % 4 == 0 && failed.add(key)) {
            throw new IllegalStateException("as the effect must");
        }
        performed.merge(key, 1, Integer::sum);
        return value;
    }
}
