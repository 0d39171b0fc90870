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
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A graph with parallel branches, steps, effects, a fan-out, a sub-graph with an effect, a question and a loop, which
 * remembers what was executed and performed.
 */
final class BusyGraph {
    record In(Integer seed) {}

    record Out(List<String> trace, Integer sum) {}

    record InnerIn(Integer number, Integer around) {}

    record InnerOut(List<String> notes) {}

    private static final LastChannel<Integer> SEED = Channel.last("seed", Integer.class);
    private static final AppendChannel<String> TRACE = Channel.append("trace", String.class);
    private static final ReduceChannel<Integer> SUM = Channel.reduce("sum", Integer.class, 0, Integer::sum);
    private static final ReduceChannel<Integer> ROUNDS = Channel.reduce("rounds", Integer.class, 0, Integer::sum);
    private static final LastChannel<Integer> NUMBER = Channel.last("number", Integer.class);
    private static final LastChannel<Integer> AROUND = Channel.last("around", Integer.class);
    private static final AppendChannel<String> NOTES = Channel.append("notes", String.class);

    /** Names of the tasks that began, as {@link FinishedTasks} takes them. */
    final Queue<String> executed = new ConcurrentLinkedQueue<>();

    /** Idempotency keys of the effects that were performed. */
    final Queue<String> performed = new ConcurrentLinkedQueue<>();

    final Graph<In, Out> graph = graph();

    private Graph<In, Out> graph() {
        return Graph.define("busy", 1)
                .input(In.class)
                .output(Out.class)
                .channels(SEED, TRACE, SUM, ROUNDS)
                .node("begin", traced("begin"))
                .node("left", traced("left"))
                .node("right", effectful("right"))
                .node("steps", this::steps)
                .node("join", traced("join"))
                .node("each", this::each)
                .subgraph(
                        "inner",
                        inner(),
                        Mapping.of(
                                (view, context) -> new InnerIn(view.get(ROUNDS), context.superStep()),
                                out -> Update.of(TRACE.add(String.join(" ", out.notes())))))
                .node("beside", traced("beside"))
                .node("round", this::round)
                .node("ask", this::ask)
                .edge(Graph.START, "begin")
                .edge("begin", "left")
                .edge("begin", "right")
                .edge("begin", "steps")
                .edge("left", "join")
                .edge("right", "join")
                .edge("steps", "join")
                .fanOut("join", view -> List.of(1, 2), "each")
                .edge("each", "inner")
                .edge("each", "beside")
                .edge("inner", "round")
                .edge("beside", "round")
                .when(
                        "round",
                        Route.on(view -> view.get(ROUNDS) < 2).then("join").otherwise("ask"))
                .edge("ask", Graph.END)
                .build();
    }

    private Graph<InnerIn, InnerOut> inner() {
        return Graph.define("inner", 1)
                .input(InnerIn.class)
                .output(InnerOut.class)
                .channels(NUMBER, AROUND, NOTES)
                .node("one", (view, context) -> {
                    began(context, "inner:" + view.get(AROUND) + ":0/one");
                    return Update.of(NOTES.add(receipt(context, "inner " + view.get(NUMBER))));
                })
                .node("two", (view, context) -> {
                    began(context, "inner:" + view.get(AROUND) + ":0/two");
                    return Update.of(NOTES.add("two"));
                })
                .edge(Graph.START, "one")
                .edge("one", "two")
                .edge("two", Graph.END)
                .build();
    }

    private NodeFunction traced(String name) {
        return (view, context) -> {
            began(context, name);
            return Update.of(TRACE.add(name), SUM.add(view.get(SEED)));
        };
    }

    private NodeFunction effectful(String name) {
        return (view, context) -> {
            began(context, name);
            return Update.of(TRACE.add(receipt(context, name)));
        };
    }

    private String receipt(NodeContext context, String key) throws Exception {
        return context.effect(key, String.class, idempotencyKey -> {
            performed.add(key);
            return "receipt " + key;
        });
    }

    private Update steps(View view, NodeContext context) throws Exception {
        began(context, "steps");
        int first = context.step("first", Integer.class, () -> view.get(SEED) + 1);
        int second = context.step("second", Integer.class, () -> first * 2);
        return Update.of(SUM.add(second));
    }

    private Update each(View view, NodeContext context) {
        began(context, "each");
        return Update.of(TRACE.add("each " + context.input(Integer.class)));
    }

    private Update round(View view, NodeContext context) {
        began(context, "round");
        return Update.of(ROUNDS.add(1));
    }

    private Update ask(View view, NodeContext context) throws Exception {
        began(context, "ask");
        String before = receipt(context, "ask");
        String answer = context.interrupt("sure", "Sure?", String.class);
        return Update.of(TRACE.add(before + " " + answer));
    }

    private void began(NodeContext context, String node) {
        executed.add(node + ":" + context.superStep() + ":" + context.task());
    }
}
