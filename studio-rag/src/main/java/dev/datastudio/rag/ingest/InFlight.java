package dev.datastudio.rag.ingest;

import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.search.SearchIndex;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What this process brings in at the moment: one content and one document at a time, so that whoever adds the same as
 * somebody else waits, and gets what that one made. Thread-safe.
 */
public final class InFlight {
    private static final long LOOK_MILLIS = 50;

    private final Map<String, Turn> turns = new HashMap<>();
    private final GroupPublisher publisher;

    /** What is brought into an index, which stays open. */
    public InFlight(SearchIndex index) {
        this.publisher = new GroupPublisher(index);
    }

    /** Publishes what threads want published at once in one go. */
    GroupPublisher publisher() {
        return publisher;
    }

    /** Who has a key, and how many want it. */
    private static final class Turn {
        private final ReentrantLock lock = new ReentrantLock();
        private int users;
        private @Nullable Cancellation running;
    }

    /**
     * Does a piece of work while nobody else does one of the same key. A thread that has a key can have it again.
     *
     * @param cancellation ends the waiting
     */
    <T> T alone(String key, Cancellation cancellation, Supplier<T> work) {
        Turn turn = join(key);
        try {
            lock(turn.lock, cancellation);
            try {
                return work.get();
            } finally {
                turn.lock.unlock();
            }
        } finally {
            leave(key, turn);
        }
    }

    /** As {@link #alone(String, Cancellation, Supplier)}, for work that {@link #stop} can end. */
    <T> T stoppable(String key, Cancellation cancellation, Work<T> work) {
        return alone(key, cancellation, () -> {
            Cancellation own = Cancellation.create();
            Cancellation.Registration registration = cancellation.onCancel(own::cancel);
            try {
                running(key, own);
                return work.run(own);
            } finally {
                running(key, null);
                registration.close();
            }
        });
    }

    /** Ends the work of a key that runs at the moment, if one does; doesn't wait for its end. */
    void stop(String key) {
        Cancellation running;
        synchronized (turns) {
            Turn turn = turns.get(key);
            running = turn == null ? null : turn.running;
        }
        if (running != null) {
            running.cancel();
        }
    }

    private Turn join(String key) {
        synchronized (turns) {
            Turn turn = turns.computeIfAbsent(key, any -> new Turn());
            turn.users++;
            return turn;
        }
    }

    private void leave(String key, Turn turn) {
        synchronized (turns) {
            turn.users--;
            if (turn.users == 0) {
                turns.remove(key);
            }
        }
    }

    private void running(String key, @Nullable Cancellation own) {
        synchronized (turns) {
            Objects.requireNonNull(turns.get(key), "held").running = own;
        }
    }

    private static void lock(ReentrantLock lock, Cancellation cancellation) {
        try {
            do {
                cancellation.throwIfCancelled();
            } while (!lock.tryLock(LOOK_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Cancellation.cancelledError();
        }
    }

    /** Work that can be ended. */
    interface Work<T> {
        T run(Cancellation cancellation);
    }
}
