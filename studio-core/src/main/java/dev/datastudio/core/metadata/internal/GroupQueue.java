package dev.datastudio.core.metadata.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.metadata.EntryChange;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Changes on their way to the store, in order. Who adds waits while it is full; who takes waits for a first one and
 * then until it has waited long enough, a group is full, or somebody waits for it. Thread-safe.
 */
final class GroupQueue {
    private final GroupWriter.Words words;
    private final int capacity;
    private final int maxGroup;
    private final ReentrantLock lock = new ReentrantLock();
    /** There is something for whoever takes; not signalled with each change, which would wake it for nothing. */
    private final Condition due = lock.newCondition();

    private final Condition room = lock.newCondition();
    private final Deque<Waiting> changes = new ArrayDeque<>();
    private boolean isUrgent;
    private boolean closed;

    GroupQueue(GroupWriter.Words words, int capacity, int maxGroup) {
        this.words = words;
        this.capacity = capacity;
        this.maxGroup = maxGroup;
    }

    /** A change on its way. */
    static final class Waiting {
        private final Supplier<EntryChange> source;
        private final CompletableFuture<Void> written = new CompletableFuture<>();
        private @Nullable EntryChange change;

        Waiting(Supplier<EntryChange> source) {
            this.source = source;
        }

        /** The change, made when it is first asked for and the same ever after. For the one who writes only. */
        EntryChange change() {
            EntryChange made = change;
            if (made == null) {
                made = source.get();
                change = made;
            }
            return made;
        }

        /** Completed when it is in the store, or failed when it could not be written at once. */
        CompletableFuture<Void> written() {
            return written;
        }
    }

    /** Whether somebody waits for what is added. */
    enum Urgency {
        SOON,
        NOW
    }

    /** @throws StudioException STORAGE_BUSY when it stayed full so long */
    Waiting add(Supplier<EntryChange> change, Urgency urgency, Duration longest) {
        long left = longest.toNanos();
        lock.lock();
        try {
            requireOpen();
            while (changes.size() >= capacity) {
                if (left <= 0) {
                    throw full(null);
                }
                left = room.awaitNanos(left);
                requireOpen();
            }
            Waiting waiting = new Waiting(change);
            changes.add(waiting);
            isUrgent |= urgency == Urgency.NOW;
            if (isUrgent || changes.size() == 1 || changes.size() == maxGroup) {
                due.signalAll();
            }
            return waiting;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw full(e);
        } finally {
            lock.unlock();
        }
    }

    /** The next group, which stays in the queue until it is {@link #remove removed}; empty when all is done and closed. */
    List<Waiting> next(Duration longest) throws InterruptedException {
        lock.lock();
        try {
            while (changes.isEmpty() && !closed) {
                due.await();
            }
            long left = longest.toNanos();
            while (left > 0 && changes.size() < maxGroup && !isUrgent && !closed) {
                left = due.awaitNanos(left);
            }
            return changes.stream().limit(maxGroup).toList();
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
                done.add(changes.remove());
            }
            isUrgent &= !changes.isEmpty();
            room.signalAll();
        } finally {
            lock.unlock();
        }
        done.forEach(waiting -> waiting.written().complete(null));
    }

    /** The last one that waits, which is now waited for; null when none does. */
    @Nullable
    Waiting hurry() {
        lock.lock();
        try {
            isUrgent |= !changes.isEmpty();
            due.signalAll();
            return changes.peekLast();
        } finally {
            lock.unlock();
        }
    }

    /** Waits between two tries, but no longer when the queue is closed. */
    void pause(Duration pause) throws InterruptedException {
        lock.lock();
        try {
            long left = pause.toNanos();
            while (left > 0 && !closed) {
                left = due.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Refuses more changes. */
    void close() {
        lock.lock();
        try {
            closed = true;
            due.signalAll();
            room.signalAll();
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
            return changes.size();
        } finally {
            lock.unlock();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException(words.owner() + " is closed");
        }
    }

    private StudioException full(@Nullable Throwable cause) {
        return new StudioException(
                ErrorCode.STORAGE_BUSY,
                words.owner() + " has " + capacity + " records waiting to be written and takes no more",
                "Look in the log for why they can't be written; until then nothing is done that must be "
                        + words.done(),
                cause);
    }
}
