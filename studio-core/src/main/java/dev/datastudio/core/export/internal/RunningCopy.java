package dev.datastudio.core.export.internal;

import dev.datastudio.api.progress.Cancellation;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.duckdb.DuckDBPreparedStatement;

/** A statement that runs on a thread of its own, so that the calling one can tell how far it is. */
final class RunningCopy implements AutoCloseable {
    private static final long TURN_MILLIS = 100;

    private final PreparedStatement statement;
    private final CompletableFuture<Boolean> done = new CompletableFuture<>();
    private final Cancellation cancellation;
    private final Cancellation.Registration cancelling;

    private RunningCopy(PreparedStatement statement, Cancellation cancellation) {
        this.statement = statement;
        this.cancellation = cancellation;
        this.cancelling = cancellation.onCancel(this::interrupt);
    }

    static RunningCopy start(Connection connection, String sql, Cancellation cancellation) throws SQLException {
        RunningCopy copy = new RunningCopy(connection.prepareStatement(sql), cancellation);
        Thread thread = new Thread(copy::run, "studio-export");
        thread.setDaemon(true);
        thread.start();
        return copy;
    }

    private void run() {
        try {
            statement.execute();
            done.complete(true);
        } catch (SQLException | RuntimeException | Error e) {
            done.completeExceptionally(e);
        }
    }

    private void interrupt() {
        try {
            statement.cancel();
        } catch (SQLException e) {
            done.completeExceptionally(e);
        }
    }

    /** Whether it is over, after waiting a moment. */
    boolean await() throws SQLException {
        try {
            return done.get(TURN_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // An interruption before the statement has begun is lost on it.
            if (cancellation.isCancelled()) {
                interrupt();
            }
            return false;
        } catch (InterruptedException e) {
            interrupt();
            Thread.currentThread().interrupt();
            throw Cancellation.cancelledError();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SQLException cause) {
                throw cause;
            }
            throw new IllegalStateException("The statement ended in an unexpected way", e.getCause());
        }
    }

    /** The part done, 0 to 1, as DuckDB estimates it. */
    double fraction() throws SQLException {
        double percent = statement
                .unwrap(DuckDBPreparedStatement.class)
                .getQueryProgress()
                .getPercentage();
        return Math.max(0, Math.min(100, percent)) / 100;
    }

    /** Ends the statement if it still runs; it must not be closed under a thread that works with it. */
    @Override
    public void close() throws SQLException {
        cancelling.close();
        boolean interrupted = false;
        if (!done.isDone()) {
            interrupt();
        }
        while (!done.isDone()) {
            try {
                done.handle((ended, failure) -> true).get(TURN_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                interrupt();
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (ExecutionException e) {
                throw new IllegalStateException("What is handled does not fail", e);
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        statement.close();
    }
}
