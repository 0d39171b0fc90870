package dev.datastudio.graph.run.internal;

import dev.datastudio.graph.event.RunEvent;
import dev.datastudio.graph.event.StreamOptions;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * One subscriber's demand and its signals, which one thread at a time gives; the numbers in the comments are rules of
 * Reactive Streams 1.0.4. Thread-safe.
 */
final class EventSubscription implements Flow.Subscription, Runnable {
    private static final int IDLE = 0;
    private static final int LOOKING = 1;
    private static final int CALLED_AGAIN = 2;

    private final EventFeed feed;
    private final Workers workers;
    private final AtomicLong demand = new AtomicLong();
    private final AtomicInteger state = new AtomicInteger(LOOKING);

    private volatile Flow.@Nullable Subscriber<? super RunEvent> subscriber;
    private volatile @Nullable IllegalArgumentException misuse;

    EventSubscription(
            EventLog log, StreamOptions options, Workers workers, Flow.Subscriber<? super RunEvent> subscriber) {
        this.subscriber = subscriber;
        this.workers = workers;
        this.feed = log.open(options, this::stirred);
    }

    /** Introduces itself (1.9) and begins to deliver. */
    void begin() {
        Flow.Subscriber<? super RunEvent> target = subscriber;
        if (target != null && told(() -> target.onSubscribe(this))) {
            execute();
        }
    }

    @Override
    public void request(long count) {
        if (count <= 0) {
            misuse = new IllegalArgumentException("a request must be for at least 1 event, was " + count + " (3.9)");
        } else {
            demand.accumulateAndGet(count, EventSubscription::capped);
        }
        call();
    }

    /** 3.17: more than can be counted is without bound. */
    private static long capped(long held, long more) {
        long sum = held + more;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }

    /** 3.5 and 3.13: at once, again without effect, and the subscriber is let go. */
    @Override
    public void cancel() {
        subscriber = null;
        feed.close();
    }

    /** Without demand there is nothing to give; a later request looks again. */
    private void stirred() {
        if (demand.get() > 0) {
            call();
        }
    }

    /** Asks for a look at the feed, by a thread of the engine, unless one is looking and can look again. */
    private void call() {
        if (subscriber != null && state.getAndUpdate(now -> now == IDLE ? LOOKING : CALLED_AGAIN) == IDLE) {
            execute();
        }
    }

    /** An engine that is closed takes no more work, yet its runs still have an end to tell. */
    private void execute() {
        try {
            workers.execute(this);
        } catch (RejectedExecutionException e) {
            Thread thread = new Thread(this, "studio-graph-events");
            thread.setDaemon(true);
            thread.start();
        }
    }

    @Override
    public void run() {
        do {
            state.set(LOOKING);
            deliver();
        } while (!state.compareAndSet(LOOKING, IDLE));
    }

    private void deliver() {
        Flow.Subscriber<? super RunEvent> target = subscriber;
        while (target != null) {
            IllegalArgumentException error = misuse;
            if (error != null) {
                cancel();
                told(() -> target.onError(error));
                return;
            }
            RunEvent event = demand.get() > 0 ? feed.poll() : null;
            if (event == null || !next(target, event)) {
                return;
            }
        }
    }

    /** Gives one event; false when it was the last. */
    private boolean next(Flow.Subscriber<? super RunEvent> target, RunEvent event) {
        if (demand.get() != Long.MAX_VALUE) {
            demand.decrementAndGet();
        }
        if (!told(() -> target.onNext(event)) || subscriber == null) {
            return false;
        }
        if (event instanceof RunEvent.Terminal) {
            cancel();
            told(target::onComplete);
            return false;
        }
        return true;
    }

    /** 2.13: a subscriber that throws has given up its subscription. */
    private boolean told(Runnable signal) {
        try {
            signal.run();
            return true;
        } catch (RuntimeException e) {
            cancel();
            LoggerFactory.getLogger(EventSubscription.class)
                    .warn("A subscriber threw and gets no further event; the run goes on", e);
            return false;
        } catch (Error e) {
            cancel();
            throw e;
        }
    }
}
