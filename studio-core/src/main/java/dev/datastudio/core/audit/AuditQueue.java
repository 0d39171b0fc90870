package dev.datastudio.core.audit;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Records on their way to the store, in order. Who adds waits while it is full; who takes waits for a first record and
 * then until it has waited long enough, a group is full, or somebody waits for it. Thread-safe.
 */
final class AuditQueue {
    private final int capacity;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Waiting> records = new ArrayDeque<>();
    private boolean isUrgent;
    private boolean closed;

    AuditQueue(int capacity) {
        this.capacity = capacity;
    }

    /**
     * A record on its way.
     *
     * @param written completed when it is in the store, or failed when it could not be written at once
     */
    record Waiting(AuditRecord audited, CompletableFuture<Void> written) {}

    /** Whether somebody waits for what is added. */
    enum Urgency {
        SOON,
        NOW
    }

    /** @throws StudioException STORAGE_BUSY when it stayed full so long */
    CompletableFuture<Void> add(AuditRecord audited, Urgency urgency, Duration longest) {
        long left = longest.toNanos();
        lock.lock();
        try {
            requireOpen();
            while (records.size() >= capacity) {
                if (left <= 0) {
                    throw full(null);
                }
                left = changed.awaitNanos(left);
                requireOpen();
            }
            Waiting waiting = new Waiting(audited, new CompletableFuture<>());
            records.add(waiting);
            isUrgent |= urgency == Urgency.NOW;
            changed.signalAll();
            return waiting.written();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw full(e);
        } finally {
            lock.unlock();
        }
    }

    /** The next group, which stays in the queue until it is {@link #remove removed}; empty when all is done and closed. */
    List<Waiting> next(Duration longest, int maxGroup) throws InterruptedException {
        lock.lock();
        try {
            while (records.isEmpty() && !closed) {
                changed.await();
            }
            long left = longest.toNanos();
            while (left > 0 && records.size() < maxGroup && !isUrgent && !closed) {
                left = changed.awaitNanos(left);
            }
            return records.stream().limit(maxGroup).toList();
        } finally {
            lock.unlock();
        }
    }

    /** Takes out the first so many, which are written. */
    void remove(int count) {
        List<Waiting> done = new ArrayList<>();
        lock.lock();
        try {
            for (int i = 0; i < count; i++) {
                done.add(records.remove());
            }
            isUrgent &= !records.isEmpty();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        done.forEach(waiting -> waiting.written().complete(null));
    }

    /** Waits between two tries, but no longer when the queue is closed. */
    void pause(Duration pause) throws InterruptedException {
        lock.lock();
        try {
            long left = pause.toNanos();
            while (left > 0 && !closed) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Refuses more records. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return records.size();
        } finally {
            lock.unlock();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("The audit log is closed");
        }
    }

    private StudioException full(@Nullable Throwable cause) {
        return new StudioException(
                ErrorCode.STORAGE_BUSY,
                "The audit log has " + capacity + " records waiting to be written and takes no more",
                "Look in the log for why they can't be written; until then nothing is done that must be audited",
                cause);
    }
}
