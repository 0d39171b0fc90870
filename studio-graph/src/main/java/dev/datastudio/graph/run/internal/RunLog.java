package dev.datastudio.graph.run.internal;

import dev.datastudio.api.checkpoint.ThreadStatus;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.event.Interrupt;
import dev.datastudio.graph.internal.Plan;
import dev.datastudio.graph.internal.PlanNode;
import dev.datastudio.graph.internal.State;
import dev.datastudio.graph.internal.log.FrontierState;
import dev.datastudio.graph.internal.log.LogRecord;
import dev.datastudio.graph.internal.log.SavedLoop;
import dev.datastudio.graph.internal.log.SavedLoop.Compensable;
import dev.datastudio.graph.internal.log.SavedThread;
import dev.datastudio.graph.internal.log.Spent;
import dev.datastudio.graph.internal.log.TaskKey;
import dev.datastudio.graph.internal.log.TaskResult;
import dev.datastudio.graph.internal.log.ThreadCodec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a run with a thread tells its journal, and what an earlier run of the thread left: the loops that had not ended,
 * with the results of tasks whose step had not. Mirrors the thread as the log has it, for snapshots. Thread-safe.
 */
final class RunLog {
    private final Plan<?, ?> plan;
    private final Journal journal;
    private final Ledger ledger;
    private final Supplier<Spent> spent;
    private final LongSupplier events;
    private final boolean isNew;
    private final boolean canUndo;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, SavedLoop> earlier;
    private final Map<String, Loop> loops = new HashMap<>();
    private final List<Update> queued;
    private volatile List<Interrupt> interrupts;
    private boolean closed;

    /**
     * @param saved what an earlier run left; without loops for a new thread
     * @param spent what the run has used up until now
     * @param events sequence of the last event
     */
    RunLog(Plan<?, ?> plan, Journal journal, SavedThread saved, Supplier<Spent> spent, LongSupplier events) {
        this.plan = plan;
        this.journal = journal;
        this.ledger = new Ledger(journal, saved);
        this.spent = spent;
        this.events = events;
        this.isNew = saved.loops().isEmpty();
        this.canUndo = canUndo(plan);
        this.earlier = new HashMap<>(saved.loops());
        saved.loops().forEach((path, loop) -> loops.put(path, new Loop(loop)));
        this.interrupts = saved.interrupts().stream()
                .filter(one -> one.kind() != Interrupt.Kind.AFTER)
                .toList();
        this.queued = new ArrayList<>(saved.queued());
    }

    private static boolean canUndo(Plan<?, ?> plan) {
        for (int i = 0; i < plan.nodes().size(); i++) {
            PlanNode node = plan.node(i);
            if (node.isCompensated()
                    || (node.inner().isPresent() && canUndo(node.inner().get()))) {
                return true;
            }
        }
        return false;
    }

    /** The graph whose loop has this path. */
    Plan<?, ?> plan(String path) {
        return journal.codec().plan(path);
    }

    /** Whether nothing more can be written. */
    boolean isBroken() {
        return journal.isBroken();
    }

    /**
     * Writes what is to be written before a thread goes on: its answers, or all of it where the log that is there can't be
     * read on as it is, because it is damaged or was written by an older version.
     */
    void reopened(ThreadOpener.Opened opened) {
        long last = events.getAsLong();
        lock.lock();
        try {
            List<LogRecord> records = opened.needsSnapshot()
                    ? List.of(new LogRecord.Snapshot(snapshot(ThreadStatus.RUNNING, interrupts, last)))
                    : opened.records();
            records.forEach(each -> journal.add(each, ThreadStatus.RUNNING));
        } finally {
            lock.unlock();
        }
    }

    Ledger ledger() {
        return ledger;
    }

    /** What an earlier run left of a loop, once. */
    Optional<SavedLoop> earlier(String path) {
        lock.lock();
        try {
            return Optional.ofNullable(earlier.remove(path));
        } finally {
            lock.unlock();
        }
    }

    /** The interrupts that a task of an earlier run asked and nobody answered, when none of them was answered. */
    List<Interrupt> stillOpen(String task) {
        if (interrupts.isEmpty()) {
            return List.of();
        }
        List<Interrupt> open = new ArrayList<>();
        for (Interrupt interrupt : interrupts) {
            if (interrupt.id().startsWith(task + "?")) {
                if (ledger.isAnswered(interrupt.id())) {
                    return List.of();
                }
                open.add(interrupt);
            }
        }
        return open;
    }

    /** A loop that no earlier run began takes its first step. */
    void began(String path, State state, FrontierState next) {
        long last = events.getAsLong();
        long sequence;
        lock.lock();
        try {
            List<Compensable> triedBefore = canUndo ? undoable(path) : List.of();
            loops.put(path, new Loop(state, next, triedBefore));
            if (path.isEmpty() && isNew) {
                sequence = journal.add(
                        new LogRecord.Snapshot(snapshot(ThreadStatus.RUNNING, List.of(), last)), ThreadStatus.RUNNING);
            } else if (journal.keepsSteps()) {
                sequence = journal.add(new LogRecord.Began(path, state, next), ThreadStatus.RUNNING);
            } else {
                return;
            }
        } finally {
            lock.unlock();
        }
        journal.settle(sequence);
    }

    /** A task was done while others of its step were not. */
    void taskDone(String path, int step, TaskResult result) {
        long sequence = 0;
        lock.lock();
        try {
            open(path).results.add(result);
            if (canUndo) {
                keepInner(path, step, result);
            }
            String inner = new TaskKey(path, step, result.node(), result.number()).innerPath();
            if (loops.size() > 1) {
                loops.keySet().removeIf(other -> TaskPath.isOf(other, inner));
            }
            ledger.taskDone(inner);
            forget(id -> TaskPath.isOf(id, inner));
            if (journal.keepsSteps()) {
                sequence = journal.add(new LogRecord.TaskDone(path, step, result), ThreadStatus.RUNNING);
            }
        } finally {
            lock.unlock();
        }
        if (sequence > 0) {
            journal.settle(sequence);
        }
    }

    /**
     * A super-step was done.
     *
     * @param alone the result of its only task; of several, each was told before
     */
    void stepDone(
            String path, int step, @Nullable TaskResult alone, List<Update> taken, State after, FrontierState next) {
        long sequence = 0;
        long last = events.getAsLong();
        lock.lock();
        try {
            queued.subList(0, taken.size()).clear();
            if (canUndo) {
                keepUndoable(path, step, alone);
            }
            open(path).stepDone(step, after, next);
            if (loops.size() > 1) {
                loops.keySet().removeIf(other -> TaskPath.isWithin(other, path, step));
            }
            ledger.stepDone(path, step);
            forget(id -> TaskPath.isWithin(id, path, step));
            if (journal.keepsSteps()) {
                List<TaskResult> results = alone == null ? List.of() : List.of(alone);
                sequence = journal.add(
                        new LogRecord.StepDone(
                                path, step, results, taken.size(), taken, after, next, spent.get(), last),
                        ThreadStatus.RUNNING);
                if (journal.isSnapshotDue()) {
                    sequence = journal.add(
                            new LogRecord.Snapshot(snapshot(ThreadStatus.RUNNING, interrupts, last)),
                            ThreadStatus.RUNNING);
                }
            }
        } finally {
            lock.unlock();
        }
        if (sequence > 0) {
            journal.settle(sequence);
        }
    }

    /** Questions of tasks that are done are no longer open; called while the lock is held. */
    private void forget(Predicate<String> id) {
        if (!interrupts.isEmpty()) {
            interrupts = interrupts.stream().filter(one -> !id.test(one.id())).toList();
        }
    }

    /** Queues an update for the end of the next super-step. */
    void queue(Update update) {
        long sequence;
        lock.lock();
        try {
            requireOpen();
            queued.add(update);
            sequence = journal.add(new LogRecord.Queued(update), ThreadStatus.RUNNING);
        } finally {
            lock.unlock();
        }
        journal.settle(sequence);
    }

    /** What was queued; it counts as queued until the step that takes it is done. */
    List<Update> takeQueued() {
        lock.lock();
        try {
            return queued.isEmpty() ? List.of() : List.copyOf(queued);
        } finally {
            lock.unlock();
        }
    }

    /** The tasks of a loop, and of those inside it, that can be undone, while the lock is held. */
    private List<Compensable> undoable(String path) {
        Loop loop = loops.get(path);
        if (loop == null) {
            return List.of();
        }
        List<Compensable> found = new ArrayList<>(loop.compensable);
        loop.results.forEach(result -> addUndoable(path, loop.step + 1, result, found));
        List<String> inside = loops.keySet().stream()
                .filter(other -> other.startsWith(path + "/") && other.indexOf('/', path.length() + 1) < 0)
                .sorted()
                .toList();
        inside.forEach(each -> found.addAll(undoable(each)));
        return found;
    }

    private void addUndoable(String path, int step, TaskResult result, List<Compensable> to) {
        if (result.failure().isEmpty() && journal.codec().isCompensable(path, result.node())) {
            to.add(new Compensable(path, step, result));
        }
    }

    /** What a sub-graph did can still be undone when its task is done. */
    private void keepInner(String path, int step, TaskResult result) {
        String inner = new TaskKey(path, step, result.node(), result.number()).innerPath();
        List<Compensable> done = undoable(inner);
        open(path).compensable.addAll(done);
    }

    private void keepUndoable(String path, int step, @Nullable TaskResult alone) {
        Loop loop = open(path);
        int depth = path.isEmpty() ? 0 : path.length() + 1;
        List<String> inside = loops.keySet().stream()
                .filter(other -> TaskPath.isWithin(other, path, step) && other.indexOf('/', depth) < 0)
                .sorted()
                .toList();
        inside.forEach(each -> loop.compensable.addAll(undoable(each)));
        loop.results.forEach(result -> addUndoable(path, step, result, loop.compensable));
        if (alone != null && loop.results.isEmpty()) {
            addUndoable(path, step, alone, loop.compensable);
        }
    }

    /** Has the log say what there is to undo, where it does not yet. */
    void undoing() {
        long last = events.getAsLong();
        long sequence;
        lock.lock();
        try {
            if (journal.keepsSteps() || loops.isEmpty()) {
                return;
            }
            sequence = journal.add(
                    new LogRecord.Snapshot(snapshot(ThreadStatus.RUNNING, List.of(), last)), ThreadStatus.RUNNING);
        } finally {
            lock.unlock();
        }
        journal.await(sequence);
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the run has ended; resume its thread to send it more");
        }
    }

    /** Writes how the run ended and waits until everything is stored. */
    void close(Stop stop) {
        ThreadStatus status = status(stop);
        long last = events.getAsLong();
        long sequence;
        lock.lock();
        try {
            closed = true;
            if (!journal.keepsSteps()) {
                List<Interrupt> open = status == ThreadStatus.INTERRUPTED ? stop.interrupts() : interrupts;
                journal.add(new LogRecord.Snapshot(snapshot(status, open, last)), ThreadStatus.RUNNING);
            }
            sequence = journal.add(last(stop, status, last), status);
        } finally {
            lock.unlock();
        }
        try {
            journal.await(sequence);
        } finally {
            journal.close();
        }
    }

    /** Writes that the run failed, where how it ended can't be written. */
    void closeFailed(Stop failed) {
        long last = events.getAsLong();
        try {
            journal.await(journal.add(last(failed, ThreadStatus.FAILED, last), ThreadStatus.FAILED));
        } finally {
            journal.close();
        }
    }

    /** Writes nothing more; for a thread that was opened in vain. */
    void abandon() {
        journal.close();
    }

    private LogRecord last(Stop stop, ThreadStatus status, long last) {
        if (status == ThreadStatus.INTERRUPTED) {
            return new LogRecord.Asked(stop.interrupts(), spent.get(), last);
        }
        String message =
                stop.error() == null ? "" : Objects.toString(stop.error().getMessage(), "");
        return new LogRecord.Ended(status, message, spent.get(), last);
    }

    private static ThreadStatus status(Stop stop) {
        return switch (stop.reason()) {
            case FINISHED -> ThreadStatus.FINISHED;
            case FAILED -> ThreadStatus.FAILED;
            case CANCELLED -> ThreadStatus.CANCELLED;
            case INTERRUPTED -> ThreadStatus.INTERRUPTED;
        };
    }

    /** The thread as it stands, while the lock is held. */
    private SavedThread snapshot(ThreadStatus status, List<Interrupt> open, long last) {
        Map<String, SavedLoop> saved = new HashMap<>();
        loops.forEach((path, loop) -> saved.put(path, loop.saved(path)));
        return new SavedThread(
                plan.name(),
                plan.version(),
                ThreadCodec.shape(plan),
                status,
                saved,
                ledger.savedMemos(),
                ledger.savedEffects(),
                open,
                ledger.savedAnswers(),
                queued,
                spent.get(),
                last);
    }

    private Loop open(String path) {
        return Objects.requireNonNull(loops.get(path), path);
    }

    /** A loop as the log has it; guarded by the lock. */
    private static final class Loop {
        private int step;
        private State state;
        private FrontierState next;
        private List<TaskResult> results = new ArrayList<>();
        private final List<Compensable> compensable = new ArrayList<>();

        Loop(State state, FrontierState next, List<Compensable> triedBefore) {
            this.state = state;
            this.next = next;
            this.compensable.addAll(triedBefore);
        }

        Loop(SavedLoop saved) {
            this.step = saved.step();
            this.state = saved.state();
            this.next = saved.next();
            this.results.addAll(saved.results());
            this.compensable.addAll(saved.compensable());
        }

        void stepDone(int done, State after, FrontierState following) {
            step = done;
            state = after;
            next = following;
            if (!results.isEmpty()) {
                results = new ArrayList<>();
            }
        }

        SavedLoop saved(String path) {
            return new SavedLoop(path, step, state, next, results, compensable);
        }
    }
}
