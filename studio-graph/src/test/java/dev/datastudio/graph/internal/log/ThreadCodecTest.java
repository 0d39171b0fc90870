package dev.datastudio.graph.internal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.datastudio.api.checkpoint.CheckpointKey;
import dev.datastudio.api.checkpoint.ThreadKey;
import dev.datastudio.api.checkpoint.ThreadStatus;
import dev.datastudio.graph.Graph;
import dev.datastudio.graph.channel.AppendChannel;
import dev.datastudio.graph.channel.Channel;
import dev.datastudio.graph.channel.LastChannel;
import dev.datastudio.graph.channel.ReduceChannel;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.internal.Plan;
import dev.datastudio.graph.internal.State;
import dev.datastudio.graph.internal.Task;
import dev.datastudio.graph.internal.log.LogRecord.Snapshot;
import dev.datastudio.graph.internal.log.LogRecord.StepDone;
import dev.datastudio.graph.internal.log.LogRecord.TaskDone;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ThreadCodecTest {
    static final LastChannel<Integer> COUNT = Channel.last("count", Integer.class);
    static final AppendChannel<String> NOTES = Channel.append("notes", String.class);
    static final ReduceChannel<Long> SUM = Channel.reduce("sum", Long.class, 0L, Long::sum);
    static final ThreadKey THREAD = new ThreadKey("local", "t1");

    record In(int count) {}

    record Out(int count) {}

    static Plan<In, Out> plan() {
        return (Plan<In, Out>) Graph.define("g", 1)
                .input(In.class)
                .output(Out.class)
                .channels(COUNT, NOTES, SUM)
                .node("a", (view, context) -> Update.none())
                .node("b", (view, context) -> Update.none())
                .edge(Graph.START, "a")
                .edge(Graph.START, "b")
                .edge("a", Graph.END)
                .edge("b", Graph.END)
                .build();
    }

    static SavedLoop own(SavedThread thread) {
        return Objects.requireNonNull(thread.loops().get(""));
    }

    static FrontierState next(String... nodes) {
        List<TaskRef> tasks = java.util.Arrays.stream(nodes)
                .map(node -> new TaskRef(node, 0, Task.NO_INPUT))
                .toList();
        return new FrontierState(tasks, List.of(), Map.of(), List.of());
    }

    static SavedThread begun(Plan<?, ?> plan, State state, FrontierState next) {
        return new SavedThread(
                plan.name(),
                plan.version(),
                ThreadCodec.shape(plan),
                ThreadStatus.RUNNING,
                Map.of("", new SavedLoop("", 0, state, next, List.of(), List.of())),
                Map.of(),
                Map.of(),
                List.of(),
                Map.of(),
                List.of(),
                Spent.NOTHING,
                0);
    }

    @Test
    void oneTaskStepIsShort() {
        Plan<In, Out> plan = plan();
        State state = plan.begin(new In(1));
        ThreadCodec codec = new ThreadCodec(plan, THREAD, Optional.empty());
        codec.encode(1, new Snapshot(begun(plan, state, next("a"))));

        Update update = Update.of(COUNT.set(5));
        String body = new String(
                codec.encode(
                                2,
                                new StepDone(
                                        "",
                                        1,
                                        List.of(new TaskResult("a", 0, update, Optional.empty())),
                                        0,
                                        List.of(),
                                        state.plus(update),
                                        next("b"),
                                        new Spent(1, 0, 0, 123_456_789),
                                        12345))
                        .body(),
                StandardCharsets.UTF_8);

        assertEquals("{\"s\":1,\"w\":{\"count\":5},\"n\":[\"b\"],\"u\":123456789,\"e\":12345}", body);
    }

    @Test
    void replayGivesWhatWasWritten() {
        Plan<In, Out> plan = plan();
        State state = plan.begin(new In(1));
        CheckpointKey key = CheckpointKey.of(new byte[32]);
        ThreadCodec codec = new ThreadCodec(plan, THREAD, Optional.of(key));
        ListStore store = new ListStore();
        store.add(codec.encode(1, new Snapshot(begun(plan, state, next("a", "b")))));
        Update a = Update.of(NOTES.add("from a"), SUM.add(3L));
        Update b = Update.of(NOTES.add("from b"), SUM.add(4L), COUNT.set(9));
        store.add(codec.encode(2, new TaskDone("", 1, new TaskResult("b", 0, b, Optional.empty()))));
        State after = state.plus(a).plus(b);
        store.add(codec.encode(
                3,
                new StepDone(
                        "",
                        1,
                        List.of(new TaskResult("a", 0, a, Optional.empty())),
                        0,
                        List.of(),
                        after,
                        next("a"),
                        new Spent(1, 10, 0.5, 7),
                        4)));

        SavedThread read = new ThreadCodec(plan, THREAD, Optional.of(key))
                .replay(store, Long.MAX_VALUE)
                .thread();
        SavedLoop loop = own(read);

        assertEquals(List.of("from a", "from b"), loop.state().get(NOTES));
        assertEquals(7L, loop.state().get(SUM));
        assertEquals(9, loop.state().get(COUNT));
        assertEquals(new Spent(1, 10, 0.5, 7), read.spent());
        assertEquals(List.of(new TaskRef("a", 0, Task.NO_INPUT)), loop.next().next());
        assertEquals(1, loop.step());
    }
}
