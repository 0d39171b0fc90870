package dev.datastudio.graph.run.internal;

import dev.datastudio.api.checkpoint.ThreadStatus;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.event.Interrupt;
import dev.datastudio.graph.internal.Plan;
import dev.datastudio.graph.internal.State;
import dev.datastudio.graph.internal.log.FrontierState;
import dev.datastudio.graph.internal.log.LogRecord;
import dev.datastudio.graph.internal.log.SavedLoop;
import dev.datastudio.graph.internal.log.SavedThread;
import dev.datastudio.graph.internal.log.Spent;
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
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, SavedLoop> earlier;
    private final Map<String, Loop> loops = new HashMap<>();
    private final List<Interrupt> interrupts;
    private final List<Update> queued;
    private volatile boolean hasQueued;
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
        this.earlier = new HashMap<>(saved.loops());
        saved.loops().forEach((path, loop) -> loops.put(path, new Loop(loop)));
        this.interrupts = List.copyOf(saved.interrupts());
        this.queued = new ArrayList<>(saved.queued());
        this.hasQueued = !queued.isEmpty();
    }

    /**
     * Writes what is to be written before a thread goes on: its answers, or all of it where the log that is there can't be
     * read on as it is, because it is damaged or was written by an older version.
     */
    void reopened(ThreadOpener.Opened opened) {
        lock.lock();
        try {
            List<LogRecord> records = opened.needsSnapshot()
                    ? List.of(new LogRecord.Snapshot(snapshot(ThreadStatus.RUNNING, interrupts)))
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
            if (interrupt.id().startsWith(task + "?") && interrupt.kind() != Interrupt.Kind.AFTER) {
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
        long sequence;
        lock.lock();
        try {
            loops.put(path, new Loop(state, next));
            if (path.isEmpty() && isNew) {
                sequence = journal.add(
                        new LogRecord.Snapshot(snapshot(ThreadStatus.RUNNING, List.of())), ThreadStatus.RUNNING);
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
        if (journal.keepsSteps()) {
            Spent used = spent.get();
            journal.settleStep(addStep(path, step, alone, taken, after, next, used), used.activeNanos());
        } else {
            mirror(path, step, after, next);
        }
    }

    private void mirror(String path, int step, State after, FrontierState next) {
        lock.lock();
        try {
            done(path, step, after, next);
        } finally {
            lock.unlock();
        }
    }

    private void done(String path, int step, State after, FrontierState next) {
        open(path).stepDone(step, after, next);
        if (loops.size() > 1) {
            loops.keySet().removeIf(other -> TaskPath.isWithin(other, path, step));
        }
        ledger.stepDone(path, step);
    }

    private long addStep(
            String path,
            int step,
            @Nullable TaskResult alone,
            List<Update> taken,
            State after,
            FrontierState next,
            Spent used) {
        List<TaskResult> results = alone == null ? List.of() : List.of(alone);
        lock.lock();
        try {
            done(path, step, after, next);
            long sequence = journal.add(
                    new LogRecord.StepDone(
                            path, step, results, taken.size(), taken, after, next, used, events.getAsLong()),
                    ThreadStatus.RUNNING);
            return journal.isSnapshotDue()
                    ? journal.add(
                            new LogRecord.Snapshot(snapshot(ThreadStatus.RUNNING, List.of())), ThreadStatus.RUNNING)
                    : sequence;
        } finally {
            lock.unlock();
        }
    }

    /** Queues an update for the end of the next super-step. */
    void queue(Update update) {
        long sequence;
        lock.lock();
        try {
            requireOpen();
            queued.add(update);
            hasQueued = true;
            sequence = journal.add(new LogRecord.Queued(update), ThreadStatus.RUNNING);
        } finally {
            lock.unlock();
        }
        journal.settle(sequence);
    }

    /** Takes what was queued. */
    List<Update> takeQueued() {
        if (!hasQueued) {
            return List.of();
        }
        lock.lock();
        try {
            List<Update> taken = List.copyOf(queued);
            queued.clear();
            hasQueued = false;
            return taken;
        } finally {
            lock.unlock();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the run has ended; resume its thread to send it more");
        }
    }

    /** Writes how the run ended and waits until everything is stored. */
    void close(Stop stop) {
        ThreadStatus status = status(stop);
        long sequence;
        lock.lock();
        try {
            closed = true;
            if (!journal.keepsSteps()) {
                journal.add(new LogRecord.Snapshot(snapshot(status, stop.interrupts())), ThreadStatus.RUNNING);
            }
            sequence = journal.add(last(stop, status), status);
        } finally {
            lock.unlock();
        }
        try {
            journal.await(sequence);
        } finally {
            journal.close();
        }
    }

    private LogRecord last(Stop stop, ThreadStatus status) {
        if (status == ThreadStatus.INTERRUPTED) {
            return new LogRecord.Asked(stop.interrupts(), spent.get(), events.getAsLong());
        }
        String message =
                stop.error() == null ? "" : Objects.toString(stop.error().getMessage(), "");
        return new LogRecord.Ended(status, message, spent.get(), events.getAsLong());
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
    private SavedThread snapshot(ThreadStatus status, List<Interrupt> open) {
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
                events.getAsLong());
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

        Loop(State state, FrontierState next) {
            this.state = state;
            this.next = next;
        }

        Loop(SavedLoop saved) {
            this.step = saved.step();
            this.state = saved.state();
            this.next = saved.next();
            this.results.addAll(saved.results());
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
            return new SavedLoop(path, step, state, next, results, List.of());
        }
    }
}
