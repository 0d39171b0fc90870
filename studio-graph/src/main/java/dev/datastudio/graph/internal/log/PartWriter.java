package dev.datastudio.graph.internal.log;

import dev.datastudio.graph.channel.Channel;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.channel.Write;
import dev.datastudio.graph.event.Interrupt;
import dev.datastudio.graph.internal.State;
import dev.datastudio.graph.internal.Task;
import dev.datastudio.graph.internal.log.GraphCodec.ChannelCodec;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the parts that entries are made of. Not thread-safe. */
final class PartWriter {
    private static final byte[] PATH = Keys.bytes(Keys.PATH);
    private static final byte[] NEXT = Keys.bytes(Keys.NEXT);
    private static final byte[] SPENT = Keys.bytes(Keys.SPENT);
    private static final byte[] EVENTS = Keys.bytes(Keys.EVENTS);

    private final JsonOut out;
    private final ValueTypes types;

    PartWriter(JsonOut out, ValueTypes types) {
        this.out = out;
        this.types = types;
    }

    void path(String path) {
        if (!path.isEmpty()) {
            out.key(PATH);
            out.string(path);
        }
    }

    void text(String key, String value) {
        out.key(key);
        out.string(value);
    }

    void number(String key, long value) {
        out.key(key);
        out.number(value);
    }

    /** What a task or a person writes; reduce channels only where the values to fold are asked for. */
    void writes(Update update, GraphCodec codec, boolean folds) {
        out.beginObject();
        List<Write> writes = update.writes();
        for (int i = 0; i < writes.size(); i++) {
            Write write = writes.get(i);
            ChannelCodec channel = codec.channel(write.channel());
            switch (channel.kind()) {
                case LAST -> {
                    out.key(channel.key());
                    channel.write(write.value(), out);
                }
                case APPEND -> {
                    if (isFirst(writes, i)) {
                        added(writes, i, channel);
                    }
                }
                case REDUCE -> {
                    if (folds && isFirst(writes, i)) {
                        folded(writes, i, channel);
                    }
                }
            }
        }
        out.endObject();
    }

    private static boolean isFirst(List<Write> writes, int place) {
        Channel<?> channel = writes.get(place).channel();
        for (int i = 0; i < place; i++) {
            if (writes.get(i).channel().name().equals(channel.name())) {
                return false;
            }
        }
        return true;
    }

    private void added(List<Write> writes, int from, ChannelCodec channel) {
        String name = channel.channel().name();
        out.key(channel.key());
        out.beginArray();
        for (int i = from; i < writes.size(); i++) {
            if (writes.get(i).channel().name().equals(name)) {
                List<?> elements = (List<?>) writes.get(i).value();
                for (int k = 0; k < elements.size(); k++) {
                    channel.write(elements.get(k), out);
                }
            }
        }
        out.endArray();
    }

    private void folded(List<Write> writes, int from, ChannelCodec channel) {
        String name = channel.channel().name();
        out.key(channel.foldKey());
        out.beginArray();
        for (int i = from; i < writes.size(); i++) {
            if (writes.get(i).channel().name().equals(name)) {
                channel.write(writes.get(i).value(), out);
            }
        }
        out.endArray();
    }

    /** All values. */
    void state(State state, GraphCodec codec) {
        out.key(Keys.VALUE);
        out.beginObject();
        for (ChannelCodec channel : codec.channels()) {
            Object value = state.valueAt(channel.place());
            if (value != null) {
                out.key(channel.key());
                if (channel.kind() == ChannelCodec.Kind.APPEND) {
                    out.beginArray();
                    ((List<?>) value).forEach(element -> channel.write(element, out));
                    out.endArray();
                } else {
                    channel.write(value, out);
                }
            }
        }
        out.endObject();
    }

    /** The values of reduce channels that are not the same as before. */
    void folds(State after, @Nullable State before, GraphCodec codec) {
        boolean begun = false;
        List<ChannelCodec> folds = codec.folds();
        for (int i = 0; i < folds.size(); i++) {
            ChannelCodec channel = folds.get(i);
            Object value = after.valueAt(channel.place());
            if (value != null && (before == null || before.valueAt(channel.place()) != value)) {
                if (!begun) {
                    out.key(Keys.VALUE);
                    out.beginObject();
                    begun = true;
                }
                out.key(channel.key());
                channel.write(value, out);
            }
        }
        if (begun) {
            out.endObject();
        }
    }

    void frontier(FrontierState frontier) {
        if (!frontier.next().isEmpty()) {
            out.key(NEXT);
            out.beginArray();
            List<TaskRef> next = frontier.next();
            for (int i = 0; i < next.size(); ) {
                i = tasks(next, i);
            }
            out.endArray();
        }
        names(Keys.WAITING, frontier.waiting());
        if (!frontier.arrivals().isEmpty()) {
            out.key(Keys.ARRIVALS);
            out.beginObject();
            for (Map.Entry<String, Integer> entry : frontier.arrivals().entrySet()) {
                number(entry.getKey(), entry.getValue());
            }
            out.endObject();
        }
        names(Keys.FIRED, frontier.fired());
    }

    private void names(String key, List<String> names) {
        if (!names.isEmpty()) {
            out.key(key);
            out.beginArray();
            names.forEach(out::string);
            out.endArray();
        }
    }

    /** One task, or all of a fan-out; gives the place of the first task behind them. */
    private int tasks(List<TaskRef> next, int from) {
        TaskRef first = next.get(from);
        if (first.input() == Task.NO_INPUT && first.number() == 0) {
            out.string(first.node());
            return from + 1;
        }
        if (first.number() != 0) {
            single(first);
            return from + 1;
        }
        out.beginArray();
        out.string(first.node());
        int i = from;
        while (i < next.size() && follows(next.get(i), first, i - from)) {
            types.open().write(next.get(i).input(), out);
            i++;
        }
        out.endArray();
        return i;
    }

    private static boolean follows(TaskRef task, TaskRef first, int number) {
        return task.number() == number
                && task.input() != Task.NO_INPUT
                && task.node().equals(first.node());
    }

    private void single(TaskRef task) {
        out.beginObject();
        text(Keys.TASK, task.node());
        number(Keys.NUMBER, task.number());
        if (task.input() != Task.NO_INPUT) {
            out.key(Keys.VALUE);
            types.open().write(task.input(), out);
        }
        out.endObject();
    }

    /** A task's name, its writes and its failure, inside an object. */
    void result(TaskResult result, GraphCodec codec) {
        text(Keys.TASK, result.node());
        if (result.number() != 0) {
            number(Keys.NUMBER, result.number());
        }
        if (!result.update().writes().isEmpty()) {
            out.key(Keys.WRITES);
            writes(result.update(), codec, true);
        }
        if (result.failure().isPresent()) {
            out.key(Keys.FAILURE);
            types.failure().write(result.failure().get(), out);
        }
    }

    void spent(Spent spent, long expectedSteps) {
        if (spent.equals(Spent.NOTHING)) {
            return;
        }
        if (spent.steps() == expectedSteps && spent.tokens() == 0 && spent.cost() == 0) {
            out.key(SPENT);
            out.number(spent.activeNanos());
        } else {
            out.key(SPENT);
            out.beginArray();
            out.number(spent.activeNanos());
            out.number(spent.steps());
            out.number(spent.tokens());
            out.number(spent.cost());
            out.endArray();
        }
    }

    void events(long events) {
        if (events != 0) {
            out.key(EVENTS);
            out.number(events);
        }
    }

    void interrupts(List<Interrupt> interrupts) {
        out.key(Keys.ASKED);
        out.beginArray();
        for (Interrupt one : interrupts) {
            out.beginObject();
            text("id", one.id());
            text("node", one.node());
            number("step", one.step());
            number("task", one.task());
            text("kind", one.kind().name());
            text("key", one.key());
            if (one.question().isPresent()) {
                out.key(Keys.VALUE);
                types.open().write(one.question().get(), out);
            }
            text("type", one.answerType());
            out.endObject();
        }
        out.endArray();
    }

    void raw(String key, RawJson value) {
        out.key(key);
        out.raw(value.utf8());
    }
}
