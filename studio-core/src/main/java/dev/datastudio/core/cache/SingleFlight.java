package dev.datastudio.core.cache;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Computes what many ask for at the same time once. Thread-safe.
 *
 * <p>The first caller of a key computes, on its own thread; those who come before it is done wait for its result. All
 * get the same object or the same exception. Nothing is kept afterwards.
 *
 * <p>A caller's cancellation ends its own waiting only. The computation is cancelled when every caller is; until then a
 * cancelled first caller goes on for the others, and reports its own cancellation when it is done.
 *
 * <p>A computation may ask for other keys. One that would wait for itself, alone or in a ring of threads, fails instead.
 *
 * @param <K> what is asked for, with equals and hashCode
 * @param <V> the result
 */
public final class SingleFlight<K, V> {
    /** The computation that this thread is in, in any SingleFlight: a ring may lead through several. */
    private static final ThreadLocal<@Nullable Flight<?>> CURRENT = new ThreadLocal<>();

    private final ConcurrentMap<K, Flight<V>> flights = new ConcurrentHashMap<>();

    /**
     * The result of a computation of this key that began not earlier than the last one ended.
     *
     * @param cancellation this caller's own
     * @throws StudioException with code CANCELLED when this caller is cancelled or its thread interrupted, INTERNAL
     *     when the computation would wait for itself; and whatever the computation throws, unchanged
     */
    public V get(K key, Cancellation cancellation, Computation<V> computation) {
        while (true) {
            cancellation.throwIfCancelled();
            Flight<V> mine = new Flight<>();
            Flight<V> flying = flights.putIfAbsent(key, mine);
            if (flying == null) {
                return lead(key, mine, cancellation, computation);
            }
            if (flying.join()) {
                return await(key, flying, cancellation);
            }
            flights.remove(key, flying); // nobody wants that one any more: it is being cancelled
        }
    }

    /** How many callers wait for the computation of a key, the computing one not counted. For tests. */
    int waiting(K key) {
        Flight<V> flight = flights.get(key);
        return flight == null ? 0 : flight.interested() - 1;
    }

    private V lead(K key, Flight<V> flight, Cancellation cancellation, Computation<V> computation) {
        Flight<?> outer = CURRENT.get();
        flight.startedIn(outer);
        CURRENT.set(flight);
        Cancellation.Registration registration = cancellation.onCancel(flight::leave);
        try {
            flight.succeed(computation.compute(flight.cancellation()));
        } catch (RuntimeException | Error e) {
            flight.fail(e);
        } finally {
            registration.close();
            flights.remove(key, flight);
            Flight.stopWaiting(outer);
            restore(outer);
        }
        cancellation.throwIfCancelled();
        return flight.outcome();
    }

    private static void restore(@Nullable Flight<?> outer) {
        if (outer == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(outer);
        }
    }

    private V await(K key, Flight<V> flight, Cancellation cancellation) {
        Flight<?> waiting = CURRENT.get();
        if (!Flight.mayWait(waiting, flight)) {
            flight.leave();
            throw new StudioException(
                    ErrorCode.INTERNAL,
                    "The computation of " + StudioException.quote(key) + " waits for itself",
                    "Report this fault of Studio with what was asked");
        }
        Cancellation.Registration registration = cancellation.onCancel(flight::wake);
        try {
            flight.awaitDone(cancellation);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            flight.leave();
            throw Cancellation.cancelledError();
        } finally {
            registration.close();
            Flight.stopWaiting(waiting);
        }
        if (!flight.isDone()) {
            flight.leave();
            throw Cancellation.cancelledError();
        }
        return flight.outcome();
    }
}
