package dev.datastudio.graph.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.graph.channel.AppendChannel;
import dev.datastudio.graph.channel.Channel;
import dev.datastudio.graph.channel.LastChannel;
import dev.datastudio.graph.channel.ReduceChannel;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.channel.View;
import dev.datastudio.graph.channel.Write;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The values of all channels at one moment. Immutable; a new one shares all values that did not change. */
public final class State implements View {
    /** Stands for a value that was never set, so that the array holds no nulls. */
    static final Object NO_VALUE = new Object();

    private final ChannelTable table;
    private final Object[] values;

    State(ChannelTable table, Object[] values) {
        this.table = table;
        this.values = values;
    }

    @Override
    @SuppressWarnings("unchecked") // only values of the channel's type are ever written
    public <T> T get(Channel<T> channel) {
        Object value = values[table.place(channel)];
        if (value == NO_VALUE) {
            throw new StudioException(
                    ErrorCode.GRAPH_INVALID,
                    "Channel '" + channel.name() + "' has no value yet",
                    "Read it with find(), give it an initial value, or set it on every path that leads here");
        }
        return (T) value;
    }

    @Override
    @SuppressWarnings("unchecked") // only values of the channel's type are ever written
    public <T> Optional<T> find(Channel<T> channel) {
        Object value = values[table.place(channel)];
        return value == NO_VALUE ? Optional.empty() : Optional.of((T) value);
    }

    /** The state after one task's update. */
    public State plus(Update update) {
        List<Write> writes = update.writes();
        if (writes.isEmpty()) {
            return this;
        }
        Object[] changed = values.clone();
        for (int i = 0; i < writes.size(); i++) {
            Write write = writes.get(i);
            int place = table.place(write.channel());
            write(changed, place, write.value());
        }
        return new State(table, changed);
    }

    /** The state after all tasks' updates, applied in task order. */
    public State plus(List<Task> tasks, List<Update> updates, int step) {
        Object[] changed = values.clone();
        Task[] setters = new Task[values.length];
        for (int i = 0; i < tasks.size(); i++) {
            for (Write write : updates.get(i).writes()) {
                int place = table.place(write.channel());
                Channel<?> channel = table.channels().get(place);
                requireOneSetter(channel, setters, place, tasks.get(i), step);
                write(changed, place, write.value());
            }
        }
        return new State(table, changed);
    }

    private void write(Object[] changed, int place, Object value) {
        changed[place] = combined(table.channels().get(place), changed[place], value);
        if (table.hasCopies()) {
            int copy = table.copy(place);
            if (copy >= 0) {
                boolean single = table.channels().get(place) instanceof ReduceChannel<?>;
                changed[copy] = combined(table.channels().get(copy), changed[copy], single ? List.of(value) : value);
            }
        }
    }

    /** This state with other values at some places. */
    State with(Map<Integer, Object> others) {
        Object[] changed = values.clone();
        others.forEach((place, value) -> changed[place] = value);
        return new State(table, changed);
    }

    /** What a channel holds, or {@link #NO_VALUE}. */
    Object held(int place) {
        return values[place];
    }

    /** Whether every channel written to is one of the graph's. */
    public void requireDeclared(Update update) {
        List<Write> writes = update.writes();
        for (int i = 0; i < writes.size(); i++) {
            table.place(writes.get(i).channel());
        }
    }

    private static void requireOneSetter(Channel<?> channel, Task[] setters, int place, Task task, int step) {
        if (!(channel instanceof LastChannel<?>)) {
            return;
        }
        Task first = setters[place];
        if (first != null) {
            throw new StudioException(
                    ErrorCode.GRAPH_INVALID,
                    (first.node() == task.node()
                                    ? "Two tasks of node '" + task.node().name() + "'"
                                    : "Nodes '" + first.node().name() + "' and '"
                                            + task.node().name() + "'")
                            + " both set channel '" + channel.name() + "' in super-step " + step,
                    "Make it a channel by Channel.append or Channel.reduce, or let one of them run after the other");
        }
        setters[place] = task;
    }

    @SuppressWarnings("unchecked") // writes are made by their channel, which checks the type of the value
    private static Object combined(Channel<?> channel, Object held, Object written) {
        if (channel instanceof AppendChannel<?>) {
            return ((AppendList) held).plus((List<?>) written);
        }
        if (channel instanceof ReduceChannel<?> reduce) {
            return reduced((ReduceChannel<Object>) reduce, held, written);
        }
        return written;
    }

    private static Object reduced(ReduceChannel<Object> channel, Object held, Object written) {
        try {
            return Objects.requireNonNull(channel.reducer().apply(held, written), "the reducer returned null");
        } catch (RuntimeException e) {
            throw new StudioException(
                    ErrorCode.GRAPH_INVALID,
                    "The reducer of channel '" + channel.name() + "' failed: " + StudioException.quote(e.getMessage()),
                    "Mend the function given to Channel.reduce, so that it gives a value for every pair",
                    e);
        }
    }
}
