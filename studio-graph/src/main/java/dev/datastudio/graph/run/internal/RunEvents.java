package dev.datastudio.graph.run.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.graph.event.EventIterator;
import dev.datastudio.graph.event.EventStream;
import dev.datastudio.graph.event.RunEvent;
import dev.datastudio.graph.event.RunId;
import dev.datastudio.graph.event.RunListener;
import dev.datastudio.graph.event.StreamOptions;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** The ways to read a log. Thread-safe. */
record RunEvents(RunId run, EventLog log, Workers workers, StreamOptions options) implements EventStream {
    @Override
    public void subscribe(Flow.Subscriber<? super RunEvent> subscriber) {
        Objects.requireNonNull(subscriber, "subscriber");
        new EventSubscription(log, options, workers, subscriber).begin();
    }

    @Override
    public EventIterator iterator() {
        return new Reader(run, log.open(options, () -> {}));
    }

    @Override
    public Cancellation.Registration listen(RunListener listener) {
        Objects.requireNonNull(listener, "listener");
        EventSubscription subscription = new EventSubscription(log, options, workers, new Told(run, listener.forRun()));
        subscription.begin();
        return subscription::cancel;
    }

    /** Hands every event to a listener. */
    private record Told(RunId run, RunListener listener) implements Flow.Subscriber<RunEvent> {
        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(RunEvent event) {
            EventLog.tell(listener, event, run);
        }

        @Override
        public void onError(Throwable error) {
            throw new AssertionError("a request without bound is no misuse", error);
        }

        @Override
        public void onComplete() {
            // The terminal event told it.
        }
    }

    /** Takes the events on the reader's own thread. */
    private static final class Reader implements EventIterator {
        private final RunId run;
        private final EventFeed feed;
        private @Nullable RunEvent next;
        private volatile boolean closed;

        Reader(RunId run, EventFeed feed) {
            this.run = run;
            this.feed = feed;
        }

        @Override
        public boolean hasNext() {
            if (next == null && !closed) {
                next = taken();
            }
            return next != null && !closed;
        }

        @Override
        public RunEvent next() {
            if (!hasNext()) {
                throw new NoSuchElementException("run '" + run + "' has no further event, or the iterator is closed");
            }
            RunEvent event = Objects.requireNonNull(next);
            next = null;
            return event;
        }

        @Override
        public void close() {
            closed = true;
            feed.close();
        }

        private @Nullable RunEvent taken() {
            try {
                return feed.take();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StudioException(
                        ErrorCode.CANCELLED,
                        "The wait for an event of run '" + run + "' was interrupted; the run goes on",
                        "Open the stream again from the last event's sequence + 1",
                        e);
            }
        }
    }
}
