package dev.datastudio.graph.run.internal;

import dev.datastudio.api.checkpoint.Append;
import dev.datastudio.api.checkpoint.AppendResult;
import dev.datastudio.api.checkpoint.CheckpointEntry;
import dev.datastudio.api.checkpoint.ThreadKey;
import dev.datastudio.api.checkpoint.ThreadStatus;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.graph.internal.log.LogRecord;
import dev.datastudio.graph.internal.log.ThreadCodec;
import dev.datastudio.graph.run.Durability;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes one thread's log while a run holds its lease: gives each record its sequence and its bytes, in one order for all
 * threads of the run, and lets the {@link Committer} store them. Once an append was refused or has failed, nothing more
 * is written. Thread-safe.
 */
final class Journal {
    /** How many bytes may wait for the store before the run waits too. */
    private static final int MAX_WAITING_BYTES = 4 << 20;

    /** When so much was added since the last snapshot, and twice its size, another one is due. */
    private static final long MIN_BYTES_BETWEEN_SNAPSHOTS = 4 << 20;

    private static final long MAX_ENTRIES_BETWEEN_SNAPSHOTS = 100_000;

    /** A store in memory gets steps that follow within a millisecond in groups of so many. */
    private static final int GROUP = 64;

    private static final long GROUP_NANOS = 1_000_000;

    private final ThreadKey key;
    private final long epoch;
    private final Durability durability;
    private final ThreadCodec codec;
    private final Committer committer;
    private final ReentrantLock lock = new ReentrantLock();
    private final ReentrantLock storing = new ReentrantLock();
    private final Consumer<StudioException> onFailure;
    private final Consumer<Long> onStored;
    private List<CheckpointEntry> waiting = new ArrayList<>();
    private long waitingBytes;
    private long head;
    private long taken;
    private ThreadStatus status = ThreadStatus.RUNNING;
    private boolean dirty;
    private boolean renewal;
    private long lastCheckpoint;
    private volatile long reportable;
    private long snapshotBytes;
    private long bytesSinceSnapshot;
    private long entriesSinceSnapshot;
    private volatile long stored;
    private volatile long lastSettled;
    private volatile boolean snapshotDue;
    private volatile Instant leaseUntil;
    private volatile @Nullable StudioException failure;

    /**
     * @param head sequence of the last entry that is stored
     * @param onFailure told once, when nothing more can be written
     * @param onStored told the sequence of a checkpoint that was stored, the latest of several only, on a thread that writes
     */
    Journal(
            ThreadKey key,
            long epoch,
            long head,
            Instant leaseUntil,
            Durability durability,
            ThreadCodec codec,
            Committer committer,
            Consumer<StudioException> onFailure,
            Consumer<Long> onStored) {
        this.key = key;
        this.epoch = epoch;
        this.head = head;
        this.taken = head;
        this.stored = head;
        this.leaseUntil = leaseUntil;
        this.durability = durability;
        this.codec = codec;
        this.committer = committer;
        this.onFailure = onFailure;
        this.onStored = onStored;
        committer.opened(this);
    }

    ThreadCodec codec() {
        return codec;
    }

    ThreadKey key() {
        return key;
    }

    /** Whether steps and tasks are written at all; at EXIT only what can't be told from the state at the end. */
    boolean keepsSteps() {
        return durability != Durability.EXIT;
    }

    /** Writes a record that is worth as much as the durability says. */
    void write(LogRecord entry) {
        settle(add(entry, ThreadStatus.RUNNING));
    }

    /** Waits for an entry, if the durability says so. */
    void settle(long sequence) {
        if (durability == Durability.SYNC) {
            await(sequence);
        } else {
            committer.schedule(this);
            holdBack();
            report();
        }
    }

    /**
     * Waits for the entry of a step, if the durability says so. Nothing in memory outlasts the process, so that fast steps
     * are handed to such a store in groups.
     *
     * @param nanos the run's time
     */
    void settleStep(long sequence, long nanos) {
        boolean fast = nanos - lastSettled < GROUP_NANOS && sequence - stored < GROUP;
        if (fast && durability == Durability.GROUP && committer.isInMemory()) {
            return;
        }
        lastSettled = nanos;
        settle(sequence);
    }

    /** Writes a record and waits until it is stored, whatever the durability. */
    void writeThrough(LogRecord entry) {
        await(add(entry, ThreadStatus.RUNNING));
    }

    /** Waits until an entry is stored. */
    void await(long sequence) {
        committer.await(this, sequence);
        requireWhole();
        report();
    }

    /** On a thread of the run, so that a listener may take its time or use the store. */
    private void report() {
        if (reportable == 0) {
            return;
        }
        long checkpoint;
        lock.lock();
        try {
            checkpoint = reportable;
            reportable = 0;
        } finally {
            lock.unlock();
        }
        if (checkpoint != 0) {
            onStored.accept(checkpoint);
        }
    }

    /** Lets go of the lease's renewal; what was added stays. */
    void close() {
        committer.closed(this);
    }

    /**
     * Gives a record its place in the log, for the committer to store.
     *
     * @param after how the thread stands then; any but RUNNING gives the lease back
     */
    long add(LogRecord entry, ThreadStatus after) {
        lock.lock();
        try {
            requireWhole();
            CheckpointEntry encoded = codec.encode(head + 1, entry);
            head++;
            status = after;
            waiting.add(encoded);
            int bytes = encoded.body().length;
            waitingBytes += bytes;
            count(entry, bytes);
            return head;
        } finally {
            lock.unlock();
        }
    }

    private void count(LogRecord entry, int bytes) {
        if (entry instanceof LogRecord.Snapshot) {
            snapshotBytes = bytes;
            bytesSinceSnapshot = 0;
            entriesSinceSnapshot = 0;
            lastCheckpoint = head;
            snapshotDue = false;
            return;
        }
        bytesSinceSnapshot += bytes;
        entriesSinceSnapshot++;
        if (!snapshotDue) {
            snapshotDue = entriesSinceSnapshot > MAX_ENTRIES_BETWEEN_SNAPSHOTS
                    || bytesSinceSnapshot > Math.max(MIN_BYTES_BETWEEN_SNAPSHOTS, 2 * snapshotBytes);
        }
        if (isCheckpoint(entry)) {
            lastCheckpoint = head;
        }
    }

    private static boolean isCheckpoint(LogRecord entry) {
        return (entry instanceof LogRecord.StepDone step && step.path().isEmpty()) || entry instanceof LogRecord.Asked;
    }

    /** Whether reading the thread would take much longer than reading a snapshot of it. */
    boolean isSnapshotDue() {
        return snapshotDue;
    }

    private void holdBack() {
        long sequence;
        lock.lock();
        try {
            if (waitingBytes < MAX_WAITING_BYTES) {
                return;
            }
            sequence = head;
        } finally {
            lock.unlock();
        }
        committer.await(this, sequence);
        requireWhole();
    }

    private void requireWhole() {
        StudioException broken = failure;
        if (broken != null) {
            throw broken;
        }
    }

    /** Whether nothing more can be written, so that the log can't say what happens from now on. */
    boolean isBroken() {
        return failure != null;
    }

    /** Whether the journal has to be queued for the committer now. */
    boolean markDirty() {
        lock.lock();
        try {
            if (dirty || failure != null) {
                return false;
            }
            dirty = true;
            return true;
        } finally {
            lock.unlock();
        }
    }

    void renew() {
        lock.lock();
        try {
            renewal = true;
        } finally {
            lock.unlock();
        }
    }

    Instant leaseUntil() {
        return leaseUntil;
    }

    boolean isSettled(long sequence) {
        return stored >= sequence || failure != null;
    }

    /** Does something for this journal that two threads must not do at once. */
    void alone(Runnable work) {
        storing.lock();
        try {
            work.run();
        } finally {
            storing.unlock();
        }
    }

    /** What is to be stored now, or null when there is nothing. */
    @Nullable
    Append take(Instant now, Instant until) {
        lock.lock();
        try {
            dirty = false;
            if (failure != null || (waiting.isEmpty() && !renewal)) {
                return null;
            }
            Append append = new Append(key, epoch, taken, waiting, status, now, until);
            taken += waiting.size();
            waiting = new ArrayList<>();
            waitingBytes = 0;
            renewal = false;
            return append;
        } finally {
            lock.unlock();
        }
    }

    void stored(Append append, AppendResult result) {
        if (result == AppendResult.SUPERSEDED) {
            failed(new StudioException(
                    ErrorCode.RUN_SUPERSEDED,
                    "Thread '" + key + "' was taken over by another run after entry " + append.expectedHead(),
                    "Look at the other run; what this one did since then is not part of the thread"));
            return;
        }
        leaseUntil = append.leaseUntil();
        long last = append.expectedHead() + append.entries().size();
        lock.lock();
        try {
            if (lastCheckpoint != 0 && lastCheckpoint <= last) {
                reportable = lastCheckpoint;
                lastCheckpoint = 0;
            }
        } finally {
            lock.unlock();
        }
        stored = last; // lets go those that wait, who report the checkpoint
    }

    void failed(StudioException error) {
        lock.lock();
        try {
            if (failure != null) {
                return;
            }
            failure = error;
        } finally {
            lock.unlock();
        }
        committer.closed(this);
        onFailure.accept(error);
    }
}
