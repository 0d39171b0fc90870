package dev.datastudio.core.query.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Stops the statements of one call when its time is over, when it is cancelled or when its engine is closed, and knows
 * which of the three it was: the driver reports them alike.
 *
 * <p>DuckDB forgets an interrupt that comes between two statements, so it is repeated until the call is over. Thread-safe.
 */
public final class StatementWatch implements AutoCloseable {
    private static final Duration REPEAT = Duration.ofMillis(20);

    private final Duration timeout;
    private final Duration repeat;
    private final AtomicReference<@Nullable Reason> reason = new AtomicReference<>();
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private final Cancellation.Registration registration;
    private volatile @Nullable Statement running;

    private enum Reason {
        TIMEOUT,
        CANCELLED,
        CLOSED
    }

    public StatementWatch(Duration timeout, Cancellation cancellation) {
        this(timeout, cancellation, REPEAT);
    }

    /** @param repeat how long to wait before an interrupt is repeated */
    public StatementWatch(Duration timeout, Cancellation cancellation, Duration repeat) {
        this.timeout = timeout;
        this.repeat = repeat;
        CompletableFuture<Void> unused = over.copy()
                .orTimeout(millis(timeout), TimeUnit.MILLISECONDS)
                .whenCompleteAsync((done, failure) -> {
                    if (failure != null) {
                        stop(Reason.TIMEOUT);
                    }
                });
        this.registration = cancellation.onCancel(() -> stop(Reason.CANCELLED));
    }

    private static long millis(Duration timeout) {
        return timeout.compareTo(Duration.ofMillis(Long.MAX_VALUE)) > 0
                ? Long.MAX_VALUE
                : Math.max(1, timeout.toMillis());
    }

    /** Names the statement to interrupt from now on. */
    public <S extends Statement> S watch(S statement) {
        running = statement;
        throwIfStopped();
        return statement;
    }

    /** Stops the call because its engine is being closed. */
    public void engineClosed() {
        stop(Reason.CLOSED);
    }

    /**
     * Ends the call here if it was stopped.
     *
     * @throws StudioException with the reason
     */
    public void throwIfStopped() {
        Reason why = reason.get();
        if (why != null) {
            throw error(why);
        }
    }

    private StudioException error(Reason why) {
        return switch (why) {
            case CANCELLED -> Cancellation.cancelledError();
            case CLOSED ->
                new StudioException(
                        ErrorCode.CANCELLED,
                        "The query engine was closed while the statement ran",
                        "Run it again on an open engine");
            case TIMEOUT ->
                new StudioException(
                        ErrorCode.QUERY_TIMEOUT,
                        "The statement ran longer than " + shown(timeout),
                        "Narrow it with WHERE or LIMIT, or raise the timeout");
        };
    }

    private static String shown(Duration timeout) {
        return timeout.toMillis() % 1000 == 0 ? timeout.toSeconds() + " s" : timeout.toMillis() + " ms";
    }

    private void stop(Reason why) {
        if (reason.compareAndSet(null, why)) {
            interrupt();
        }
    }

    private void interrupt() {
        Statement statement = running;
        if (statement == null || over.isDone()) {
            return;
        }
        try {
            statement.cancel();
        } catch (SQLException e) {
            // The statement ended and was closed in the meantime: nothing is left to interrupt.
            return;
        }
        CompletableFuture.delayedExecutor(repeat.toMillis(), TimeUnit.MILLISECONDS)
                .execute(this::interrupt);
    }

    /** The call is over: nothing is interrupted any more. */
    @Override
    public void close() {
        registration.close();
        over.complete(null);
    }
}
