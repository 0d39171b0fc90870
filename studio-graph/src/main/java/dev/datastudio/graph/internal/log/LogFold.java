package dev.datastudio.graph.internal.log;

import dev.datastudio.api.checkpoint.EntryKind;
import dev.datastudio.api.checkpoint.ThreadStatus;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.graph.event.Interrupt;
import dev.datastudio.graph.internal.log.LoopFold.Done;
import dev.datastudio.graph.internal.log.LoopFold.Name;
import dev.datastudio.graph.internal.log.LoopFold.Result;
import dev.datastudio.graph.internal.log.ThreadCodec.CheckpointInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Applies entries one after the other to what the last snapshot had. It works on JSON alone, so it needs no graph and
 * calls no reducer, and reads the threads of every version. After an UnreadableException it is of no more use. Not
 * thread-safe.
 */
final class LogFold {
    String graph = "";
    int version;
    String shape = "";
    ThreadStatus status = ThreadStatus.READY;
    final Map<String, LoopFold> loops = new LinkedHashMap<>();
    final Map<TaskKey, Map<String, @Nullable Object>> memos = new LinkedHashMap<>();
    final Map<String, Object> effects = new LinkedHashMap<>();
    final List<Part> interrupts = new ArrayList<>();
    final Map<String, @Nullable Object> answers = new LinkedHashMap<>();
    final List<Map<?, ?>> queued = new ArrayList<>();
    Spent spent = Spent.NOTHING;
    long events;

    /** Stands for the result of an effect that is claimed and not done. */
    static final Object CLAIMED = new Object();

    /** Stands for a result that is null. */
    static final Object NOTHING = new Object();

    void apply(EntryKind kind, Part entry) {
        switch (kind) {
            case SNAPSHOT -> snapshot(entry);
            case STEP -> {
                wentOn();
                if (entry.has(Keys.RECORD)) {
                    began(entry);
                } else {
                    step(entry);
                }
            }
            case TASK -> {
                wentOn();
                task(entry);
            }
            case MEMO -> {
                wentOn();
                memo(entry);
            }
            case EFFECT -> effect(entry);
            case INTERRUPT -> interrupt(entry);
            case INPUT -> input(entry);
            case END -> {
                wentOn();
                status = status(entry);
                counters(entry, 0);
            }
        }
    }

    /**
     * Takes what came from outside while the rest of the log can't be used; gives what is lost, or nothing.
     *
     * @throws UnreadableException if it can't be read
     */
    String honour(EntryKind kind, Part entry) {
        switch (kind) {
            case EFFECT -> effect(entry);
            case INPUT -> {
                if (entry.has(Keys.RECORD)) {
                    return "it is an edit, which is lost with the state that it changed";
                }
                input(entry);
            }
            case INTERRUPT -> {
                if (entry.has(Keys.ANSWERED) && !answered(entry)) {
                    return "it is an answer to what is not yet asked in the state before";
                }
            }
            default -> {
                // what a run did itself is done again
            }
        }
        return "";
    }

    /** Whether that was an answer to what is open. */
    private boolean answered(Part entry) {
        String id = entry.text(Keys.ANSWERED);
        boolean wasOpen = interrupts.removeIf(one -> one.text("id").equals(id));
        if (wasOpen) {
            answers.put(id, entry.get(Keys.VALUE));
        }
        return wasOpen;
    }

    /** A run under way has passed all stops after nodes; questions stay until their tasks are done. */
    private void wentOn() {
        status = ThreadStatus.RUNNING;
        if (!interrupts.isEmpty()) {
            interrupts.removeIf(one -> Interrupt.Kind.AFTER.name().equals(one.get("kind")));
        }
    }

    /** This moment, as that of an entry. */
    CheckpointInfo checkpoint(long sequence) {
        LoopFold root = loops.get("");
        if (root == null) {
            throw new UnreadableException("it has no state of the graph itself");
        }
        return new CheckpointInfo(
                sequence,
                root.step,
                root.next.tasks().stream().map(task -> task.name().node()).toList());
    }

    private static ThreadStatus status(Part entry) {
        try {
            return ThreadStatus.valueOf(entry.text(Keys.STATUS));
        } catch (IllegalArgumentException e) {
            throw new UnreadableException("it has a status that is not known", e);
        }
    }

    private void snapshot(Part entry) {
        loops.clear();
        memos.clear();
        effects.clear();
        interrupts.clear();
        answers.clear();
        queued.clear();
        graph = entry.text(Keys.GRAPH);
        version = entry.count(Keys.VERSION, 0);
        shape = entry.text(Keys.SHAPE);
        status = status(entry);
        for (Object each : entry.list(Keys.LOOPS)) {
            LoopFold loop = LoopFold.read(Part.of(each));
            loops.put(loop.path, loop);
        }
        entry.list(Keys.MEMO).forEach(each -> memo(Part.of(each)));
        entry.texts(Keys.ALL_CLAIMED).forEach(key -> effects.put(key, CLAIMED));
        entry.object(Keys.ALL_DONE).forEach((key, value) -> effects.put((String) key, value == null ? NOTHING : value));
        asked(entry);
        entry.object(Keys.ANSWERS).forEach((id, value) -> answers.put((String) id, value));
        entry.list(Keys.INPUTS).forEach(each -> queued.add(Part.of(each).map()));
        spent = Spent.NOTHING;
        events = 0;
        counters(entry, 0);
    }

    private LoopFold loop(Part entry) {
        String path = entry.text(Keys.PATH, "");
        LoopFold loop = loops.get(path);
        if (loop == null) {
            throw new UnreadableException("it belongs to a sub-graph that had not begun, '" + path + "'");
        }
        return loop;
    }

    private void began(Part entry) {
        if (!entry.text(Keys.RECORD).equals(Keys.BEGAN)) {
            throw unknown(entry);
        }
        LoopFold loop = LoopFold.read(entry);
        loop.compensable.addAll(0, undoable(loop.path));
        dropInside(loop.path + "/");
        loops.put(loop.path, loop);
    }

    private static StudioException unknown(Part entry) {
        return new StudioException(
                ErrorCode.GRAPH_VERSION_MISMATCH,
                "The thread's log has a record of the kind " + StudioException.quote(entry.text(Keys.RECORD))
                        + ", which this version of Studio does not know; a newer one wrote it",
                "Use the version of Studio that wrote the thread, or a later one");
    }

    /** The tasks of a loop, and of those inside it, that can be undone. */
    private List<Done> undoable(String path) {
        LoopFold loop = loops.get(path);
        if (loop == null) {
            return List.of();
        }
        List<Done> found = new ArrayList<>(loop.compensable);
        for (Result result : loop.results.values()) {
            if (result.compensable()) {
                found.add(new Done(path, loop.step + 1, result.name(), result.writes()));
            }
        }
        for (LoopFold each : List.copyOf(loops.values())) {
            if (each.path.startsWith(path + "/") && each.path.indexOf('/', path.length() + 1) < 0) {
                found.addAll(undoable(each.path));
            }
        }
        return found;
    }

    private LoopFold openStep(Part entry) {
        LoopFold loop = loop(entry);
        if (entry.number(Keys.STEP) != loop.step + 1) {
            throw new UnreadableException(
                    "it belongs to super-step " + entry.number(Keys.STEP) + ", but " + loop.step + " was the last");
        }
        return loop;
    }

    private void step(Part entry) {
        LoopFold loop = openStep(entry);
        List<Result> results = loop.ordered(entry);
        for (Result result : results) {
            loop.apply(result.writes());
        }
        int used = entry.count(Keys.QUEUED, 0);
        if (used > queued.size()) {
            throw new UnreadableException("it used " + used + " queued inputs, where " + queued.size() + " were left");
        }
        List<Map<?, ?>> inputs = queued.subList(0, used);
        inputs.forEach(loop::apply);
        inputs.clear();
        loop.set(entry.object(Keys.VALUE));
        loop.step++;
        keepCompensable(loop, results);
        loop.next = LoopFold.next(entry);
        loop.results.clear();
        forgetStep(loop);
        counters(entry, loop.step);
    }

    private void keepCompensable(LoopFold loop, List<Result> results) {
        for (LoopFold.Ref task : loop.next.tasks()) {
            Name name = task.name();
            keepInner(loop, new TaskKey(loop.path, loop.step, name.node(), name.number()).innerPath());
        }
        for (Result result : results) {
            if (result.compensable()) {
                loop.compensable.add(new Done(loop.path, loop.step, result.name(), result.writes()));
            }
        }
    }

    /** What a sub-graph did can still be undone when it has ended. */
    private void keepInner(LoopFold loop, String path) {
        LoopFold inner = loops.get(path);
        if (inner != null) {
            loop.compensable.addAll(undoable(path));
            inner.compensable.clear();
            inner.results.clear();
        }
    }

    /** Drops all that belonged to the step that was just done. */
    private void forgetStep(LoopFold loop) {
        dropInside(loop.path.isEmpty() ? "" : loop.path + "/");
        memos.keySet().removeIf(task -> task.path().equals(loop.path) && task.step() <= loop.step);
        forgetAnswers(id -> isOf(loop, TaskKey.innerPathOf(id)));
    }

    private static boolean isOf(LoopFold loop, String innerPath) {
        int slash = innerPath.lastIndexOf('/');
        String path = slash < 0 ? "" : innerPath.substring(0, slash);
        if (!path.equals(loop.path)) {
            return path.startsWith(loop.path) && (loop.path.isEmpty() || path.startsWith(loop.path + "/"));
        }
        String[] parts = innerPath.substring(slash + 1).split(":", -1);
        return parts.length == 3 && parts[1].matches("[0-9]{1,9}") && Integer.parseInt(parts[1]) <= loop.step;
    }

    private void forgetAnswers(java.util.function.Predicate<String> id) {
        if (!answers.isEmpty()) {
            answers.keySet().removeIf(id);
        }
        if (!interrupts.isEmpty()) {
            interrupts.removeIf(one -> id.test(one.text("id")));
        }
    }

    /** Drops the loops, memos and answers of sub-graphs whose paths begin so. */
    private void dropInside(String prefix) {
        if (prefix.isEmpty() ? loops.size() > 1 : true) {
            loops.keySet().removeIf(path -> !path.isEmpty() && path.startsWith(prefix));
        }
        memos.keySet().removeIf(task -> !task.path().isEmpty() && (task.path() + "/").startsWith(prefix));
    }

    private void task(Part entry) {
        LoopFold loop = openStep(entry);
        Result result = LoopFold.result(entry);
        Name name = result.name();
        if (!loop.isNext(name)) {
            throw new UnreadableException("it has a result of task " + name + ", which was not to run");
        }
        loop.add(result);
        forgetTask(loop, new TaskKey(loop.path, loop.step + 1, name.node(), name.number()));
    }

    private void forgetTask(LoopFold loop, TaskKey task) {
        String inner = task.innerPath();
        keepInner(loop, inner);
        loops.remove(inner);
        dropInside(inner + "/");
        memos.remove(task);
        forgetAnswers(id -> {
            String of = TaskKey.innerPathOf(id);
            return of.equals(inner) || of.startsWith(inner + "/");
        });
    }

    private void memo(Part entry) {
        TaskKey task = new TaskKey(
                entry.text(Keys.PATH, ""),
                entry.count(Keys.STEP, 0),
                entry.text(Keys.TASK),
                entry.count(Keys.NUMBER, 0));
        memos.computeIfAbsent(task, key -> new LinkedHashMap<>()).put(entry.text(Keys.MEMO), entry.get(Keys.VALUE));
    }

    void effect(Part entry) {
        if (entry.has(Keys.CLAIMED)) {
            effects.put(entry.text(Keys.CLAIMED), CLAIMED);
        } else if (entry.has(Keys.DONE)) {
            Object value = entry.get(Keys.VALUE);
            effects.put(entry.text(Keys.DONE), value == null ? NOTHING : value);
        } else {
            effects.remove(entry.text(Keys.RELEASED));
        }
    }

    private void interrupt(Part entry) {
        if (entry.has(Keys.ANSWERED)) {
            String id = entry.text(Keys.ANSWERED);
            interrupts.removeIf(one -> one.text("id").equals(id));
            answers.put(id, entry.get(Keys.VALUE));
            return;
        }
        interrupts.clear();
        asked(entry);
        status = ThreadStatus.INTERRUPTED;
        counters(entry, 0);
    }

    private void asked(Part entry) {
        for (Object each : entry.list(Keys.ASKED)) {
            Part one = Part.of(each);
            one.text("id");
            interrupts.add(one);
        }
    }

    private void input(Part entry) {
        if (entry.has(Keys.RECORD)) {
            throw unknown(entry);
        }
        queued.add(entry.object(Keys.WRITES));
    }

    private void counters(Part entry, long steps) {
        Object tree = entry.get(Keys.SPENT);
        if (tree instanceof Long nanos) {
            spent = new Spent(steps, 0, 0, nanos);
        } else if (tree instanceof List<?> parts
                && parts.size() == 4
                && parts.get(0) instanceof Long nanos
                && parts.get(1) instanceof Long all
                && parts.get(2) instanceof Long tokens
                && parts.get(3) != null) {
            spent = new Spent(all, tokens, (Double) Scalars.DOUBLE.read(parts.get(3)), nanos);
        } else if (tree != null) {
            throw new UnreadableException("it says in an unknown way what was spent");
        }
        events = Math.max(events, entry.number(Keys.EVENTS, 0));
    }
}
