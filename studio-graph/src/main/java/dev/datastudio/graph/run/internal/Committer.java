package dev.datastudio.graph.run.internal;

import dev.datastudio.api.checkpoint.Append;
import dev.datastudio.api.checkpoint.AppendResult;
import dev.datastudio.api.checkpoint.CheckpointStore;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.graph.checkpoint.SqliteCheckpointStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Brings what the runs of an engine have written to their store, that of all runs in one transaction at a time.
 *
 * <p>A store is called by one thread of its own, so that the interrupt of a cancelled node never meets a file or a
 * connection; it ends when nothing has come for a while. A store in memory, and SQLite where a run waits, are called by
 * the threads of the runs themselves: no interrupt reaches them, and to change threads twice takes as long as a third of
 * what is waited for. Thread-safe.
 */
public final class Committer {
    private static final long IDLE_SECONDS = 10;

    private final CheckpointStore store;
    private final InstantSource clock;
    private final Duration lease;
    private final boolean inMemory;
    private final boolean isLocal;
    private final LinkedBlockingQueue<Journal> dirty = new LinkedBlockingQueue<>();
    private final Set<Journal> open = ConcurrentHashMap.newKeySet();
    private final ConcurrentLinkedQueue<Journal> urgent = new ConcurrentLinkedQueue<>();
    private final ReentrantLock committing = new ReentrantLock();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition stored = lock.newCondition();
    private final Duration pause;
    private long renewedAt;
    private @Nullable Thread thread;

    /** @param lease for how long a thread is claimed without an append */
    public Committer(CheckpointStore store, InstantSource clock, Duration lease) {
        this.store = store;
        this.clock = clock;
        this.lease = lease;
        this.inMemory = store.key().isEmpty();
        Duration third = lease.dividedBy(3);
        Duration idle = Duration.ofSeconds(IDLE_SECONDS);
        this.pause = idle.compareTo(third) < 0 ? idle : third;
        this.isLocal = store instanceof SqliteCheckpointStore;
    }

    public CheckpointStore store() {
        return store;
    }

    boolean isInMemory() {
        return inMemory;
    }

    Instant now() {
        return clock.instant();
    }

    Instant leaseEnd(Instant now) {
        return now.plus(lease);
    }

    /** Has a journal's lease renewed until it is closed. */
    void opened(Journal journal) {
        open.add(journal);
        ensureThread();
    }

    void closed(Journal journal) {
        open.remove(journal);
    }

    /** Has a journal's new entries stored soon. */
    void schedule(Journal journal) {
        if (inMemory) {
            journal.alone(() -> commit(List.of(journal)));
        } else if (journal.markDirty()) {
            dirty.add(journal);
            ensureThread();
        }
    }

    /** Waits until a journal's entries are stored, or can't be; an interrupt is kept for later. */
    void await(Journal journal, long sequence) {
        if (isLocal) {
            commitUrgently(journal, sequence);
            return;
        }
        schedule(journal);
        if (journal.isSettled(sequence)) {
            return;
        }
        lock.lock();
        try {
            while (!journal.isSettled(sequence)) {
                stored.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Of several threads that wait, the first to get its turn stores what all of them wait for. */
    private void commitUrgently(Journal journal, long sequence) {
        urgent.add(journal);
        committing.lock();
        try {
            if (!journal.isSettled(sequence)) {
                List<Journal> batch = new ArrayList<>();
                for (Journal next = urgent.poll(); next != null; next = urgent.poll()) {
                    batch.add(next);
                }
                if (!batch.contains(journal)) {
                    batch.add(journal);
                }
                commit(batch);
            }
        } finally {
            committing.unlock();
        }
    }

    private void ensureThread() {
        lock.lock();
        try {
            if (thread == null) {
                Thread made = new Thread(this::work, "studio-graph-checkpoints");
                made.setDaemon(true);
                made.start();
                thread = made;
            }
        } finally {
            lock.unlock();
        }
    }

    private void work() {
        List<Journal> batch = new ArrayList<>();
        Duration idle = Duration.ZERO;
        while (true) {
            Journal first = poll();
            if (first == null) {
                idle = idle.plus(pause);
                renewLeases();
                if (idle.toSeconds() >= IDLE_SECONDS && ended()) {
                    return;
                }
                continue;
            }
            idle = Duration.ZERO;
            batch.add(first);
            dirty.drainTo(batch);
            committing.lock();
            try {
                commit(batch);
            } finally {
                committing.unlock();
            }
            batch.clear();
            wakeWaiting();
            renewLeasesInTime();
        }
    }

    /** Runs that write much must not keep those from being renewed that write nothing for long. */
    private void renewLeasesInTime() {
        if (System.nanoTime() - renewedAt >= pause.toNanos()) {
            renewLeases();
        }
    }

    private @Nullable Journal poll() {
        try {
            return dirty.poll(pause.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            return null; // nobody has this thread to interrupt it; what is queued is stored in the next round
        }
    }

    private boolean ended() {
        lock.lock();
        try {
            if (!dirty.isEmpty() || !open.isEmpty()) {
                return false;
            }
            thread = null;
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void wakeWaiting() {
        lock.lock();
        try {
            stored.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** A run whose nodes take longer than its lease would lose its thread to whoever resumes it. */
    private void renewLeases() {
        renewedAt = System.nanoTime();
        Instant soon = leaseEnd(now()).minus(lease.dividedBy(2));
        for (Journal journal : open) {
            if (journal.leaseUntil().isBefore(soon)) {
                renew(journal);
            }
        }
    }

    private void renew(Journal journal) {
        journal.renew();
        if (inMemory) {
            journal.alone(() -> commit(List.of(journal)));
        } else if (journal.markDirty()) {
            dirty.add(journal);
        }
    }

    private void commit(List<Journal> journals) {
        Instant now = now();
        Instant until = leaseEnd(now);
        List<Append> appends = new ArrayList<>(journals.size());
        List<Journal> writers = new ArrayList<>(journals.size());
        for (int i = 0; i < journals.size(); i++) {
            Append append = journals.get(i).take(now, until);
            if (append != null) {
                appends.add(append);
                writers.add(journals.get(i));
            }
        }
        if (!appends.isEmpty()) {
            commit(writers, appends);
        }
    }

    private void commit(List<Journal> writers, List<Append> appends) {
        List<AppendResult> results;
        try {
            results = store.append(appends);
        } catch (StudioException e) {
            writers.forEach(journal -> journal.failed(e));
            return;
        } catch (RuntimeException | Error e) {
            StudioException failure = new StudioException(
                    ErrorCode.STORAGE_FAILED,
                    "The checkpoint store failed, " + StudioException.quote(e.toString()),
                    "Resume the thread when the store works again; nothing that was stored is lost",
                    e);
            writers.forEach(journal -> journal.failed(failure));
            return;
        }
        for (int i = 0; i < writers.size(); i++) {
            stored(writers.get(i), appends.get(i), results.get(i));
        }
    }

    /** What goes wrong when a run is told ends that run, not this thread, which the others need. */
    private static void stored(Journal journal, Append append, AppendResult result) {
        try {
            journal.stored(append, result);
        } catch (RuntimeException | Error e) {
            journal.failed(new StudioException(
                    ErrorCode.INTERNAL,
                    "A run could not be told what was stored, " + StudioException.quote(e.toString()),
                    "Resume the thread; nothing that was stored is lost",
                    e));
        }
    }
}
