package dev.datastudio.graph.internal.log;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.graph.NodeFailure;
import dev.datastudio.graph.channel.AppendChannel;
import dev.datastudio.graph.channel.Channel;
import dev.datastudio.graph.channel.LastChannel;
import dev.datastudio.graph.channel.ReduceChannel;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.channel.Write;
import dev.datastudio.graph.event.Interrupt;
import dev.datastudio.graph.internal.State;
import dev.datastudio.graph.internal.Task;
import dev.datastudio.graph.internal.log.GraphCodec.ChannelCodec;
import dev.datastudio.graph.internal.log.SavedLoop.Compensable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes live values of a thread whose log was read, by the types that the graph declares now. Not thread-safe. */
final class ThreadDecoder {
    private final GraphCodec codec;
    private final LogFold fold;

    ThreadDecoder(GraphCodec codec, LogFold fold) {
        this.codec = codec;
        this.fold = fold;
    }

    /**
     * @throws UnreadableException if the graph's types can't hold what was stored
     * @throws StudioException with code GRAPH_VERSION_MISMATCH if the graph has not the parts that are under way
     */
    SavedThread thread() {
        try {
            return decoded();
        } catch (IllegalArgumentException | ClassCastException | NullPointerException e) {
            throw new UnreadableException("it has a value that is refused", e);
        }
    }

    StudioException unreadable(UnreadableException why) {
        return new StudioException(
                ErrorCode.GRAPH_VERSION_MISMATCH,
                "What was stored can't be read, " + why.getMessage() + ", in a thread of graph '"
                        + codec.plan().name() + "' version " + codec.plan().version(),
                "Run the thread with the graph that wrote it, raise the graph's version and lead to it with migrate, or"
                        + " fork the thread from an earlier checkpoint",
                why);
    }

    StudioException mismatch(String what, @Nullable Throwable cause) {
        return new StudioException(
                ErrorCode.GRAPH_VERSION_MISMATCH,
                what + " in a thread of graph '" + codec.plan().name() + "' version "
                        + codec.plan().version(),
                "Run the thread with the graph that wrote it, or raise the graph's version and lead to it with migrate",
                cause);
    }

    private SavedThread decoded() {
        Map<String, SavedLoop> loops = new LinkedHashMap<>();
        fold.loops.forEach((path, loop) -> loops.put(path, loop(loop)));
        Map<TaskKey, Map<String, RawJson>> memos = new LinkedHashMap<>();
        fold.memos.forEach((task, values) -> memos.put(task, raws(values)));
        Map<String, Optional<RawJson>> effects = new LinkedHashMap<>();
        fold.effects.forEach((key, value) -> effects.put(key, effect(value)));
        List<Interrupt> interrupts =
                fold.interrupts.stream().map(this::interrupt).toList();
        List<Update> queued =
                fold.queued.stream().map(writes -> update(writes, codec)).toList();
        return new SavedThread(
                codec.plan().name(),
                codec.plan().version(),
                codec.shape(),
                fold.status,
                loops,
                memos,
                effects,
                interrupts,
                raws(fold.answers),
                queued,
                fold.spent,
                fold.events);
    }

    private static Optional<RawJson> effect(Object value) {
        if (value == LogFold.CLAIMED) {
            return Optional.empty();
        }
        return Optional.of(raw(value == LogFold.NOTHING ? null : value));
    }

    private static Map<String, RawJson> raws(Map<String, @Nullable Object> trees) {
        Map<String, RawJson> raws = new LinkedHashMap<>();
        trees.forEach((name, tree) -> raws.put(name, raw(tree)));
        return raws;
    }

    static RawJson raw(@Nullable Object tree) {
        JsonOut out = new JsonOut();
        out.tree(tree);
        return new RawJson(out.toBytes());
    }

    private GraphCodec at(String path) {
        return codec.at(path)
                .orElseThrow(() -> mismatch("A sub-graph is under way at '" + path + "', which is gone", null));
    }

    private SavedLoop loop(LoopFold loop) {
        GraphCodec graph = at(loop.path);
        List<TaskResult> results =
                loop.results.values().stream().map(one -> result(one, graph)).toList();
        List<Compensable> compensable = loop.compensable.stream()
                .map(done -> new Compensable(done.path(), done.step(), undoable(done)))
                .toList();
        return new SavedLoop(
                loop.path, loop.step, state(loop, graph), frontier(loop.next, graph), results, compensable);
    }

    private TaskResult undoable(LoopFold.Done done) {
        Update update = update(done.writes(), at(done.path()));
        return new TaskResult(done.name().node(), done.name().number(), update, Optional.empty());
    }

    private TaskResult result(LoopFold.Result result, GraphCodec graph) {
        Optional<NodeFailure> failure = Optional.ofNullable(result.failure())
                .map(tree -> (NodeFailure) codec.types().failure().read(tree));
        return new TaskResult(
                requireNode(result.name().node(), graph),
                result.name().number(),
                update(result.writes(), graph),
                failure);
    }

    private String requireNode(String node, GraphCodec graph) {
        if (graph.plan().target(node).isEmpty()) {
            throw mismatch(
                    "Node " + StudioException.quote(node) + " is under way, which is not a node of the graph", null);
        }
        return node;
    }

    private FrontierState frontier(LoopFold.Next next, GraphCodec graph) {
        List<TaskRef> tasks = new ArrayList<>(next.tasks().size());
        for (LoopFold.Ref task : next.tasks()) {
            Object input = task.input() == LoopFold.NO_INPUT
                    ? Task.NO_INPUT
                    : codec.types().open().read(task.input());
            tasks.add(new TaskRef(
                    requireNode(task.name().node(), graph), task.name().number(), input));
        }
        next.waiting().forEach(node -> requireNode(node, graph));
        next.arrivals().keySet().forEach(node -> requireNode(node, graph));
        next.fired().forEach(node -> requireNode(node, graph));
        return new FrontierState(tasks, next.waiting(), next.arrivals(), next.fired());
    }

    private State state(LoopFold loop, GraphCodec graph) {
        List<String> unknown = loop.values.keySet().stream()
                .filter(name -> graph.find(name).isEmpty())
                .toList();
        if (!unknown.isEmpty()) {
            throw mismatch("The state has values of " + unknown + ", which are not channels of the graph,", null);
        }
        @Nullable Object[] values = new @Nullable Object[graph.channels().size()];
        for (ChannelCodec channel : graph.channels()) {
            Object tree = loop.values.get(channel.channel().name());
            if (tree != null) {
                values[channel.place()] = value(channel, tree);
            }
        }
        return graph.plan().restored(values);
    }

    private static Object value(ChannelCodec channel, Object tree) {
        try {
            return channel.kind() == ChannelCodec.Kind.APPEND
                    ? elements(channel, tree)
                    : checked(channel, channel.codec().read(tree));
        } catch (UnreadableException e) {
            throw new UnreadableException(
                    "the value of channel '" + channel.channel().name() + "': " + e.getMessage(), e);
        }
    }

    private static Object checked(ChannelCodec channel, Object value) {
        if (!channel.channel().type().isInstance(value)) {
            throw new UnreadableException("it is no " + channel.channel().type().getSimpleName());
        }
        return value;
    }

    private static List<Object> elements(ChannelCodec channel, @Nullable Object tree) {
        if (!(tree instanceof List<?> trees)) {
            throw new UnreadableException("it is no list");
        }
        List<Object> values = new ArrayList<>(trees.size());
        for (Object each : trees) {
            if (each == null) {
                throw new UnreadableException("it has an element that is null");
            }
            values.add(channel.codec().read(each));
        }
        return values;
    }

    Update update(Map<?, ?> writes, GraphCodec graph) {
        List<String> unknown = new ArrayList<>();
        List<Write> made = new ArrayList<>();
        writes.forEach((key, tree) -> {
            String name = LoopFold.bare((String) key);
            Optional<ChannelCodec> channel = graph.find(name);
            if (channel.isEmpty()) {
                unknown.add(name);
            } else {
                addWrites(channel.get(), tree, made);
            }
        });
        if (!unknown.isEmpty()) {
            throw mismatch(
                    "A step under way has writes to " + unknown + ", which are not channels of the graph,", null);
        }
        return Update.of(made);
    }

    private static void addWrites(ChannelCodec channel, @Nullable Object tree, List<Write> writes) {
        if (tree == null) {
            throw new UnreadableException("it writes null");
        }
        try {
            switch (channel.kind()) {
                case LAST -> writes.add(set(channel.channel(), channel.codec().read(tree)));
                case APPEND -> writes.add(addAll(channel.channel(), elements(channel, tree)));
                case REDUCE -> elements(channel, tree).forEach(value -> writes.add(add(channel.channel(), value)));
            }
        } catch (IllegalArgumentException e) {
            throw new UnreadableException("a write to '" + channel.channel().name() + "' is of another type", e);
        }
    }

    @SuppressWarnings("unchecked") // the channel checks the value
    private static Write set(Channel<?> channel, Object value) {
        return ((LastChannel<Object>) channel).set(value);
    }

    @SuppressWarnings("unchecked") // the channel checks the values
    private static Write addAll(Channel<?> channel, List<Object> values) {
        return ((AppendChannel<Object>) channel).addAll(values);
    }

    @SuppressWarnings("unchecked") // the channel checks the value
    private static Write add(Channel<?> channel, Object value) {
        return ((ReduceChannel<Object>) channel).add(value);
    }

    private Interrupt interrupt(Part one) {
        Object question = one.get(Keys.VALUE);
        return new Interrupt(
                one.text("id"),
                one.text("node"),
                one.count("step", 0),
                one.count("task", 0),
                kind(one.text("kind")),
                one.text("key"),
                Optional.ofNullable(question).map(tree -> codec.types().open().read(tree)),
                one.text("type"));
    }

    private static Interrupt.Kind kind(String name) {
        try {
            return Interrupt.Kind.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw new UnreadableException("it has an interrupt of a kind that is not known", e);
        }
    }
}
