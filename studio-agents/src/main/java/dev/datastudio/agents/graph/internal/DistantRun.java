package dev.datastudio.agents.graph.internal;

import dev.datastudio.agents.graph.GraphRun;
import dev.datastudio.agents.graph.GraphRunEvent;
import dev.datastudio.agents.graph.RunSubscription;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of a run that ended long ago or goes on in another process, by looking at what is kept of it. Thread-safe. */
final class DistantRun implements RunSubscription {
    private static final Logger log = LoggerFactory.getLogger(DistantRun.class);

    private final Consumer<GraphRunEvent> listener;
    private final Supplier<Optional<GraphRun>> looking;
    private GraphRun seen;
    private final Future<?> beat;
    private volatile boolean isClosed;

    DistantRun(
            GraphRun kept,
            Consumer<GraphRunEvent> listener,
            Supplier<Optional<GraphRun>> looking,
            ScheduledExecutorService beats,
            Executor tellers) {
        this.seen = kept;
        this.listener = listener;
        this.looking = looking;
        tellers.execute(() -> tell(kept));
        this.beat = beats.scheduleWithFixedDelay(() -> look(tellers), 1, 1, TimeUnit.SECONDS);
    }

    private void look(Executor tellers) {
        if (isClosed) {
            close();
            return;
        }
        try {
            tellers.execute(this::look);
        } catch (RejectedExecutionException e) { // the studio is closed
            close();
        }
    }

    private synchronized void look() {
        Optional<GraphRun> now = looking.get();
        if (now.isEmpty()) {
            close();
        } else if (now.get().sequence() != seen.sequence() || now.get().state() != seen.state()) {
            seen = now.get();
            tell(seen);
        }
    }

    private synchronized void tell(GraphRun run) {
        if (isClosed) {
            return;
        }
        try {
            boolean isOver = run.state().isEnded();
            listener.accept(
                    isOver
                            ? new GraphRunEvent.RunEnded(run.sequence(), run)
                            : new GraphRunEvent.RunChanged(run.sequence(), run));
            isClosed |= isOver;
        } catch (RuntimeException e) {
            log.warn("A subscriber of a run failed and is told no more", e);
            isClosed = true;
        }
    }

    @Override
    public void close() {
        isClosed = true;
        beat.cancel(false);
    }
}
