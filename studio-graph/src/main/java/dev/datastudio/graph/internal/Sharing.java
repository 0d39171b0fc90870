package dev.datastudio.graph.internal;

import dev.datastudio.graph.GraphException.Problem;
import dev.datastudio.graph.channel.AppendChannel;
import dev.datastudio.graph.channel.Channel;
import dev.datastudio.graph.channel.LastChannel;
import dev.datastudio.graph.channel.ReduceChannel;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.channel.Write;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a sub-graph works on channels of the graph around it. What it writes to them is kept beside their values, in
 * further channels of its own state: the values alone don't tell what was folded in, and a run that is resumed has
 * nothing but the state. Immutable.
 */
public final class Sharing<I> {
    private static final int LONGEST_COPIED_NAME = 56;

    private final ChannelTable outer;
    private final Plan<I, ?> plan;
    private final RecordShape input;
    private final Map<Channel<?>, Channel<?>> written = new LinkedHashMap<>();

    /** For graphs that {@link #problems} finds nothing wrong with. */
    Sharing(ChannelTable outer, Plan<I, ?> inner) {
        this.outer = outer;
        this.input = new RecordShape(inner.inputType(), outer);
        List<Channel<?>> channels = new ArrayList<>(inner.channels());
        Map<Integer, Integer> copies = new HashMap<>();
        for (Channel<?> channel : inner.channels()) {
            if (isShared(channel, outer)) {
                Channel<?> copy = copy(channel, channels);
                copies.put(inner.table().place(channel), channels.size());
                channels.add(copy);
                written.put(channel, copy);
            }
        }
        this.plan = inner.on(new ChannelTable(inner.name(), channels, copies));
    }

    static List<Problem> problems(String node, ChannelTable outer, Plan<?, ?> inner) {
        List<Problem> problems = new ArrayList<>(RecordShape.sharedProblems(node, inner.inputType(), outer));
        List<String> inputs = Arrays.stream(inner.inputType().getRecordComponents())
                .map(component -> component.getName())
                .toList();
        boolean shares = false;
        for (Channel<?> channel : inner.channels()) {
            Optional<Channel<?>> around = outer.find(channel.name());
            shares |= isShared(channel, outer);
            if (around.isPresent() && !isShared(channel, outer) && !inputs.contains(channel.name())) {
                problems.add(new Problem(
                        "Channel '" + channel.name() + "' is " + described(channel) + " in the sub-graph of node '"
                                + node + "' and " + described(around.get()) + " around it, so it can't be shared",
                        "Give both the same kind and type, or rename one of them"));
            }
        }
        if (!shares) {
            problems.add(new Problem(
                    "The sub-graph of node '" + node + "' has no channel in common with the graph around it",
                    "Use one channel in both, or connect them by Mapping.of(...)"));
        }
        return problems;
    }

    private static boolean isShared(Channel<?> channel, ChannelTable outer) {
        return outer.find(channel.name())
                .filter(around -> ChannelTable.same(around, channel))
                .isPresent();
    }

    private static String described(Channel<?> channel) {
        if (channel instanceof AppendChannel<?> append) {
            return "an append of " + append.elementType().getTypeName();
        }
        return (channel instanceof ReduceChannel<?> ? "a reduce of " : "a last of ")
                + channel.type().getTypeName();
    }

    private static Channel<?> copy(Channel<?> channel, List<Channel<?>> others) {
        String name = "written_"
                + (channel.name().length() > LONGEST_COPIED_NAME
                        ? channel.name().substring(0, LONGEST_COPIED_NAME - 4) + others.size()
                        : channel.name());
        while (isTaken(name, others)) {
            name = "w" + name.substring(0, Math.min(name.length(), LONGEST_COPIED_NAME));
        }
        if (channel instanceof LastChannel<?> last) {
            return Channel.last(name, last.type());
        }
        if (channel instanceof AppendChannel<?> append) {
            return Channel.append(name, append.elementType());
        }
        return Channel.append(name, channel.type());
    }

    private static boolean isTaken(String name, List<Channel<?>> channels) {
        return channels.stream().anyMatch(channel -> channel.name().equals(name));
    }

    /** The sub-graph, with the further channels. */
    public Plan<I, ?> plan() {
        return plan;
    }

    /** The sub-graph's first state: shared channels as they are around it, the input's others written anew. */
    public State begin(State around) {
        I given = plan.inputType().cast(input.write(around));
        State initial = plan.table().initial();
        Map<Integer, Object> values = new HashMap<>();
        written.keySet().forEach(channel -> values.put(plan.table().place(channel), around.held(outer.place(channel))));
        List<Write> others = plan.begun(given).writes().stream()
                .filter(write -> !written.containsKey(write.channel()))
                .toList();
        return initial.with(values).plus(Update.of(others));
    }

    /** What the sub-graph changes around it. */
    public Update end(State state) {
        List<Write> writes = new ArrayList<>();
        written.forEach(
                (channel, copy) -> add(writes, channel, state.held(plan.table().place(copy))));
        return Update.of(writes);
    }

    @SuppressWarnings("unchecked") // the copies took what was written to the channels
    private static void add(List<Write> writes, Channel<?> channel, Object held) {
        if (held == State.NO_VALUE) {
            return;
        }
        if (channel instanceof LastChannel<?> last) {
            writes.add(((LastChannel<Object>) last).set(held));
        } else if (channel instanceof AppendChannel<?> append) {
            List<?> added = (List<?>) held;
            if (!added.isEmpty()) {
                writes.add(((AppendChannel<Object>) append).addAll(added));
            }
        } else if (channel instanceof ReduceChannel<?> reduce) {
            ((List<?>) held).forEach(value -> writes.add(((ReduceChannel<Object>) reduce).add(value)));
        } else {
            throw new AssertionError(channel);
        }
    }
}
