package dev.datastudio.graph.event;

import dev.datastudio.api.progress.Cancellation;
import java.util.concurrent.Flow;

/**
 * The events of one run for any number of readers, each of which gets all of them, as a {@link Flow.Publisher}, an
 * iterator or a callback. Thread-safe.
 *
 * <p>A reader first gets what the run still keeps, then what happens; a run that has ended gives what it keeps. Each
 * reader's last event is the run's {@link RunEvent.Terminal}, whatever was asked for. A reader never holds up the run:
 * what it is too slow for is left out, and one {@link RunEvent.EventsDropped} stands in its place, as it does for events
 * older than what is kept. Waiting takes no thread.
 */
public interface EventStream extends Flow.Publisher<RunEvent>, Iterable<RunEvent> {
    /**
     * Adds a subscriber by the rules of Reactive Streams 1.0.4. It is called on the engine's threads, but for onSubscribe,
     * which is called on this one, and may block there; one that blocks for long keeps a thread from the engine's
     * runs on Java 17. A run that fails is told by {@link RunEvent.RunFailed} and then onComplete, as any end is; onError
     * means that the subscription itself was misused, as by a request of 0.
     */
    @Override
    void subscribe(Flow.Subscriber<? super RunEvent> subscriber);

    /** Adds a reader that waits for each event on its own thread. Don't use it inside a node of the same run. */
    @Override
    EventIterator iterator();

    /**
     * Adds a callback, told of one event at a time on the engine's threads. An exception is logged and ends nothing.
     *
     * @return close it to be told no more
     */
    Cancellation.Registration listen(RunListener listener);
}
