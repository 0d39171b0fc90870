package dev.datastudio.graph.internal.log;

import dev.datastudio.api.checkpoint.EntryKind;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.internal.State;
import dev.datastudio.graph.internal.log.LogRecord.Answered;
import dev.datastudio.graph.internal.log.LogRecord.Asked;
import dev.datastudio.graph.internal.log.LogRecord.Began;
import dev.datastudio.graph.internal.log.LogRecord.EffectClaimed;
import dev.datastudio.graph.internal.log.LogRecord.EffectDone;
import dev.datastudio.graph.internal.log.LogRecord.EffectReleased;
import dev.datastudio.graph.internal.log.LogRecord.Ended;
import dev.datastudio.graph.internal.log.LogRecord.Memo;
import dev.datastudio.graph.internal.log.LogRecord.Queued;
import dev.datastudio.graph.internal.log.LogRecord.Snapshot;
import dev.datastudio.graph.internal.log.LogRecord.StepDone;
import dev.datastudio.graph.internal.log.LogRecord.TaskDone;
import dev.datastudio.graph.internal.log.SavedLoop.Compensable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes records. It remembers what the last record of each loop said, to leave out what the reader knows; when it does
 * not remember, it writes everything. Not thread-safe.
 */
final class EntryWriter {
    private static final byte[] STEP = Keys.bytes(Keys.STEP);
    private static final byte[] WRITES = Keys.bytes(Keys.WRITES);

    private final GraphCodec codec;
    private final JsonOut out;
    private final PartWriter parts;
    private final Map<String, Known> known = new HashMap<>();
    private @Nullable Known own;

    EntryWriter(GraphCodec codec, JsonOut out) {
        this.codec = codec;
        this.out = out;
        this.parts = new PartWriter(out, codec.types());
    }

    private record Known(State state, FrontierState next) {}

    private @Nullable Known known(String path) {
        return path.isEmpty() ? own : known.get(path);
    }

    private void know(String path, State state, FrontierState next) {
        if (path.isEmpty()) {
            own = new Known(state, next);
            known.clear();
        } else {
            String inner = path + "/";
            known.keySet().removeIf(other -> other.startsWith(inner));
            known.put(path, new Known(state, next));
        }
    }

    /** Writes one record as one object and gives its kind. */
    EntryKind write(LogRecord record) {
        out.beginObject();
        EntryKind kind = body(record);
        out.endObject();
        return kind;
    }

    private EntryKind body(LogRecord record) {
        if (record instanceof StepDone step) {
            step(step);
            return EntryKind.STEP;
        }
        if (record instanceof TaskDone task) {
            task(task);
            return EntryKind.TASK;
        }
        if (record instanceof Memo memo) {
            memo(memo.task(), memo.name(), memo.value());
            return EntryKind.MEMO;
        }
        if (record instanceof Began began) {
            began(began);
            return EntryKind.STEP;
        }
        if (record instanceof Snapshot snapshot) {
            snapshot(snapshot.thread());
            return EntryKind.SNAPSHOT;
        }
        if (record instanceof Asked || record instanceof Answered) {
            interrupt(record);
            return EntryKind.INTERRUPT;
        }
        if (record instanceof Queued queued) {
            out.key(WRITES);
            parts.writes(queued.update(), codec, true);
            return EntryKind.INPUT;
        }
        if (record instanceof Ended ended) {
            ended(ended);
            return EntryKind.END;
        }
        effect(record);
        return EntryKind.EFFECT;
    }

    private GraphCodec at(String path) {
        return path.isEmpty()
                ? codec
                : codec.at(path)
                        .orElseThrow(() -> new IllegalArgumentException("path must lead to a sub-graph, was " + path));
    }

    private void step(StepDone done) {
        GraphCodec graph = at(done.path());
        Known before = known(done.path());
        parts.path(done.path());
        out.key(STEP);
        out.number(done.step());
        results(done.results(), graph, before != null && before.next().next().size() == 1);
        parts.folds(done.after(), before == null ? null : before.state(), graph);
        if (done.queued() > 0) {
            parts.number(Keys.QUEUED, done.queued());
        }
        parts.frontier(done.next());
        parts.spent(done.spent(), done.step());
        parts.events(done.events());
        know(done.path(), done.after(), done.next());
    }

    private void results(List<TaskResult> results, GraphCodec graph, boolean one) {
        if (results.isEmpty()) {
            return;
        }
        if (one && results.size() == 1) {
            TaskResult only = results.get(0);
            boolean compensable = isCompensable(only, graph);
            if (compensable || !only.update().writes().isEmpty()) {
                out.key(WRITES);
                parts.writes(
                        only.update(), graph, compensable || !graph.copies().isEmpty());
            }
        } else {
            out.key(Keys.RESULTS);
            out.beginArray();
            for (TaskResult result : results) {
                named(result, graph);
            }
            out.endArray();
        }
        compensable(results, graph);
    }

    private void named(TaskResult result, GraphCodec graph) {
        out.beginArray();
        out.string(result.node());
        parts.writes(
                result.update(),
                graph,
                isCompensable(result, graph) || !graph.copies().isEmpty());
        if (result.number() != 0) {
            out.number(result.number());
        }
        out.endArray();
    }

    private void compensable(List<TaskResult> results, GraphCodec graph) {
        boolean begun = false;
        for (int i = 0; i < results.size(); i++) {
            if (isCompensable(results.get(i), graph)) {
                if (!begun) {
                    out.key(Keys.COMPENSABLE);
                    out.beginArray();
                    begun = true;
                }
                out.number(i);
            }
        }
        if (begun) {
            out.endArray();
        }
    }

    private static boolean isCompensable(TaskResult result, GraphCodec graph) {
        return graph.isCompensable(result.node()) && result.failure().isEmpty();
    }

    private void task(TaskDone done) {
        GraphCodec graph = at(done.path());
        parts.path(done.path());
        out.key(STEP);
        out.number(done.step());
        parts.result(done.result(), graph);
        if (isCompensable(done.result(), graph)) {
            parts.number(Keys.COMPENSABLE, 1);
        }
    }

    private void memo(TaskKey task, String name, RawJson value) {
        task(task);
        parts.text(Keys.MEMO, name);
        parts.raw(Keys.VALUE, value);
    }

    private void task(TaskKey task) {
        parts.path(task.path());
        out.key(STEP);
        out.number(task.step());
        parts.text(Keys.TASK, task.node());
        if (task.task() != 0) {
            parts.number(Keys.NUMBER, task.task());
        }
    }

    private void began(Began began) {
        GraphCodec graph = at(began.path());
        parts.text(Keys.RECORD, Keys.BEGAN);
        parts.path(began.path());
        origin(graph);
        parts.state(began.state(), graph);
        parts.frontier(began.next());
        know(began.path(), began.state(), began.next());
    }

    private void origin(GraphCodec graph) {
        parts.number(Keys.VERSION, graph.plan().version());
        if (!graph.copies().isEmpty()) {
            out.key(Keys.COPIES);
            out.beginObject();
            graph.copies().forEach(parts::text);
            out.endObject();
        }
        parts.text(Keys.SHAPE, graph.shape());
    }

    private void effect(LogRecord record) {
        if (record instanceof EffectClaimed claimed) {
            parts.text(Keys.CLAIMED, claimed.key());
        } else if (record instanceof EffectDone done) {
            parts.text(Keys.DONE, done.key());
            parts.raw(Keys.VALUE, done.value());
        } else if (record instanceof EffectReleased released) {
            parts.text(Keys.RELEASED, released.key());
        } else {
            throw new AssertionError(record);
        }
    }

    private void interrupt(LogRecord record) {
        if (record instanceof Asked asked) {
            parts.interrupts(asked.interrupts());
            parts.spent(asked.spent(), 0);
            parts.events(asked.events());
        } else if (record instanceof Answered answered) {
            parts.text(Keys.ANSWERED, answered.interrupt());
            parts.raw(Keys.VALUE, answered.value());
        }
    }

    private void ended(Ended ended) {
        parts.text(Keys.STATUS, ended.status().name());
        if (!ended.message().isEmpty()) {
            parts.text(Keys.MESSAGE, ended.message());
        }
        parts.spent(ended.spent(), 0);
        parts.events(ended.events());
    }

    private void snapshot(SavedThread thread) {
        parts.text(Keys.GRAPH, thread.graph());
        origin(codec);
        parts.text(Keys.STATUS, thread.status().name());
        own = null;
        known.clear();
        out.key(Keys.LOOPS);
        out.beginArray();
        thread.loops().values().forEach(this::loop);
        out.endArray();
        memos(thread.memos());
        effects(thread);
        if (!thread.interrupts().isEmpty()) {
            parts.interrupts(thread.interrupts());
        }
        answers(thread.answers());
        inputs(thread.queued());
        parts.spent(thread.spent(), 0);
        parts.events(thread.events());
    }

    private void answers(Map<String, RawJson> answers) {
        if (!answers.isEmpty()) {
            out.key(Keys.ANSWERS);
            out.beginObject();
            answers.forEach(parts::raw);
            out.endObject();
        }
    }

    private void inputs(List<Update> queued) {
        if (!queued.isEmpty()) {
            out.key(Keys.INPUTS);
            out.beginArray();
            for (Update update : queued) {
                parts.writes(update, codec, true);
            }
            out.endArray();
        }
    }

    private void loop(SavedLoop loop) {
        GraphCodec graph = at(loop.path());
        out.beginObject();
        parts.path(loop.path());
        out.key(STEP);
        out.number(loop.step());
        origin(graph);
        parts.state(loop.state(), graph);
        parts.frontier(loop.next());
        results(loop.results(), graph);
        compensable(loop.compensable());
        out.endObject();
        if (loop.path().isEmpty()) {
            own = new Known(loop.state(), loop.next());
        } else {
            known.put(loop.path(), new Known(loop.state(), loop.next()));
        }
    }

    private void results(List<TaskResult> results, GraphCodec graph) {
        if (results.isEmpty()) {
            return;
        }
        out.key(Keys.RESULTS);
        out.beginArray();
        for (TaskResult result : results) {
            out.beginObject();
            parts.result(result, graph);
            if (isCompensable(result, graph)) {
                parts.number(Keys.COMPENSABLE, 1);
            }
            out.endObject();
        }
        out.endArray();
    }

    private void compensable(List<Compensable> tasks) {
        if (tasks.isEmpty()) {
            return;
        }
        out.key(Keys.COMPENSABLE);
        out.beginArray();
        for (Compensable done : tasks) {
            out.beginObject();
            parts.path(done.path());
            out.key(STEP);
            out.number(done.step());
            parts.result(done.result(), at(done.path()));
            out.endObject();
        }
        out.endArray();
    }

    private void memos(Map<TaskKey, Map<String, RawJson>> memos) {
        if (memos.isEmpty()) {
            return;
        }
        out.key(Keys.MEMO);
        out.beginArray();
        memos.forEach((task, values) -> values.forEach((name, value) -> {
            out.beginObject();
            memo(task, name, value);
            out.endObject();
        }));
        out.endArray();
    }

    private void effects(SavedThread thread) {
        if (thread.effects().isEmpty()) {
            return;
        }
        out.key(Keys.ALL_CLAIMED);
        out.beginArray();
        thread.effects().forEach((key, value) -> {
            if (value.isEmpty()) {
                out.string(key);
            }
        });
        out.endArray();
        out.key(Keys.ALL_DONE);
        out.beginObject();
        thread.effects().forEach((key, value) -> value.ifPresent(done -> parts.raw(key, done)));
        out.endObject();
    }
}
