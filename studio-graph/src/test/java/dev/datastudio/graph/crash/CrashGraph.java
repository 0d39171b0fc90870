package dev.datastudio.graph.crash;

import dev.datastudio.graph.Graph;
import dev.datastudio.graph.Mapping;
import dev.datastudio.graph.NodeContext;
import dev.datastudio.graph.NodeFunction;
import dev.datastudio.graph.Route;
import dev.datastudio.graph.channel.AppendChannel;
import dev.datastudio.graph.channel.Channel;
import dev.datastudio.graph.channel.LastChannel;
import dev.datastudio.graph.channel.ReduceChannel;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.channel.View;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * Twelve nodes with parallel branches, a fan-out, a loop, a sub-graph, memoised steps and effects. Each node writes to a
 * file outside that it began; each effect writes its key to another, so that both can be counted whatever was killed.
 */
final class CrashGraph {
    record In(int seed) {}

    record Out(List<String> trace, Long sum, Integer rounds) {}

    record InnerIn(Integer number, Integer around) {}

    record InnerOut(Integer doubled) {}

    private static final AppendChannel<String> TRACE = Channel.append("trace", String.class);
    private static final ReduceChannel<Long> SUM = Channel.reduce("sum", Long.class, 0L, Long::sum);
    private static final LastChannel<Integer> SEED = Channel.last("seed", Integer.class);
    private static final LastChannel<Integer> ROUNDS = Channel.last("rounds", Integer.class, 0);
    private static final LastChannel<Integer> NUMBER = Channel.last("number", Integer.class);
    private static final LastChannel<Integer> AROUND = Channel.last("around", Integer.class);
    private static final LastChannel<Integer> DOUBLED = Channel.last("doubled", Integer.class);

    private final Path executions;
    private final Path effects;

    /** @param folder where the two files are */
    CrashGraph(Path folder) {
        this.executions = executions(folder);
        this.effects = effects(folder);
    }

    static Path executions(Path folder) {
        return folder.resolve("executions.txt");
    }

    static Path effects(Path folder) {
        return folder.resolve("effects.txt");
    }

    /** The output of a run that ended in this state. */
    static Out output(View state) {
        return new Out(state.get(TRACE), state.get(SUM), state.get(ROUNDS));
    }

    Graph<In, Out> graph() {
        return Graph.define("crash", 1)
                .input(In.class)
                .output(Out.class)
                .channels(SEED, TRACE, SUM, ROUNDS)
                .node("begin", traced("begin"))
                .node("left", traced("left"))
                .node("right", effectful("right"))
                .node("middle", stepped("middle"))
                .node("join", traced("join"))
                .node("each", this::each)
                .node("gather", effectful("gather"))
                .subgraph(
                        "inner",
                        inner(),
                        Mapping.of(
                                (view, context) -> new InnerIn(view.get(SEED), context.superStep()),
                                out -> Update.of(SUM.add((long) out.doubled()), TRACE.add("inner " + out.doubled()))))
                .node("beside", effectful("beside"))
                .node("round", this::round)
                .node("last", effectful("last"))
                .edge(Graph.START, "begin")
                .edge("begin", "left")
                .edge("begin", "right")
                .edge("begin", "middle")
                .edge("left", "join")
                .edge("right", "join")
                .edge("middle", "join")
                .fanOut("join", view -> IntStream.range(0, 5).boxed().toList(), "each")
                .edge("each", "gather")
                .edge("gather", "inner")
                .edge("gather", "beside")
                .edge("inner", "round")
                .edge("beside", "round")
                .when(
                        "round",
                        Route.on(view -> view.get(ROUNDS) < 2).then("join").otherwise("last"))
                .edge("last", Graph.END)
                .build();
    }

    private Graph<InnerIn, InnerOut> inner() {
        return Graph.define("inner", 1)
                .input(InnerIn.class)
                .output(InnerOut.class)
                .channels(NUMBER, AROUND, DOUBLED)
                .node("double", (view, context) -> {
                    began(context, "inner:" + view.get(AROUND) + ":0/double");
                    return Update.of(DOUBLED.set(2 * view.get(NUMBER)));
                })
                .node("check", (view, context) -> {
                    began(context, "inner:" + view.get(AROUND) + ":0/check");
                    return Update.none();
                })
                .edge(Graph.START, "double")
                .edge("double", "check")
                .edge("check", Graph.END)
                .build();
    }

    private NodeFunction traced(String name) {
        return (view, context) -> {
            began(context, name);
            return Update.of(TRACE.add(name), SUM.add((long) view.get(SEED)));
        };
    }

    private NodeFunction effectful(String name) {
        return (view, context) -> {
            began(context, name);
            String key = name + " in round " + view.get(ROUNDS);
            String receipt = context.effect(key, String.class, idempotencyKey -> {
                append(effects, idempotencyKey);
                return "receipt of " + key;
            });
            return Update.of(TRACE.add(receipt));
        };
    }

    private NodeFunction stepped(String name) {
        return (view, context) -> {
            began(context, name);
            int first = context.step("first", Integer.class, () -> view.get(SEED) + 1);
            pause();
            int second = context.step("second", Integer.class, () -> first + 1);
            return Update.of(SUM.add((long) second));
        };
    }

    private Update each(View view, NodeContext context) {
        began(context, "each");
        int item = context.input(Integer.class);
        return Update.of(SUM.add((long) item), TRACE.add("each " + item));
    }

    private Update round(View view, NodeContext context) {
        began(context, "round");
        return Update.of(ROUNDS.set(view.get(ROUNDS) + 1), TRACE.add("round"));
    }

    /** Named as the engine's log names a task: by path, super-step and number. */
    private void began(NodeContext context, String node) {
        append(executions, node + ":" + context.superStep() + ":" + context.task());
        pause();
    }

    /** Long enough for a kill to fall into it. */
    private static void pause() {
        LockSupport.parkNanos(2_000_000);
    }

    private static void append(Path file, String line) {
        try {
            Files.write(
                    file,
                    (line + "\n").getBytes(StandardCharsets.UTF_8),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
