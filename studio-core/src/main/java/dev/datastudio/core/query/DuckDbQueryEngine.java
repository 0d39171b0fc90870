package dev.datastudio.core.query;

import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.query.Query;
import dev.datastudio.api.query.QueryResult;
import dev.datastudio.api.query.ResultColumn;
import dev.datastudio.api.query.RowConsumer;
import dev.datastudio.api.query.SupportsExplain;
import dev.datastudio.core.query.internal.DuckDbDatabase;
import dev.datastudio.core.query.internal.DuckDbDriver;
import dev.datastudio.core.query.internal.DuckDbErrors;
import dev.datastudio.core.query.internal.DuckDbSession;
import dev.datastudio.core.query.internal.SqlGate;
import dev.datastudio.core.query.internal.StatementRun;
import dev.datastudio.core.query.internal.StatementWatch;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Answers SQL over imported files with DuckDB.
 *
 * <p>Three walls stand one behind the other: the gate lets through one statement that only reads the tables, each
 * statement runs in a read-only transaction on files attached read-only, and the database is locked so that it can
 * neither open another file nor change a setting. Thread-safe; each running call has a connection of its own.
 */
public final class DuckDbQueryEngine implements SupportsExplain {
    private static final Duration DESCRIBE_TIMEOUT = Duration.ofSeconds(60);
    private static final int MAX_IDLE = 8;

    private final DuckDbDatabase database;
    private final DuckDbSettings settings;
    private final SqlGate gate;
    private final String version;
    private final Object lock = new Object();
    private final Deque<DuckDbSession> idle = new ArrayDeque<>();
    private final Set<StatementWatch> running = new HashSet<>();
    private boolean closed;

    private DuckDbQueryEngine(DuckDbDatabase database, DuckDbSettings settings, SqlGate gate) {
        this.database = database;
        this.settings = settings;
        this.gate = gate;
        this.version = "duckdb " + database.version();
    }

    /** Opens the tables with {@link DuckDbSettings#DEFAULT}; see {@link #open(List, DuckDbSettings)}. */
    public static DuckDbQueryEngine open(List<DuckDbTable> tables) {
        return open(tables, DuckDbSettings.DEFAULT);
    }

    /**
     * Opens the tables. Several may show the same file.
     *
     * @throws IllegalArgumentException if two tables have the same name, or one that statements can't use
     * @throws StudioException if a file is not there or is not a readable DuckDB database
     */
    public static DuckDbQueryEngine open(List<DuckDbTable> tables, DuckDbSettings settings) {
        Map<String, DuckDbDatabase.Stored> files = new LinkedHashMap<>();
        Set<String> folded = new HashSet<>();
        for (DuckDbTable table : tables) {
            if (!folded.add(table.table().toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException("tables must have different names, but "
                        + StudioException.quote(table.table()) + " is there twice");
            }
            files.put(table.table(), new DuckDbDatabase.Stored(table.file(), table.schema(), table.stored()));
        }
        DuckDbDatabase database =
                DuckDbDatabase.open(files, limits(settings), settings.spills() ? settings.spillDirectory() : null);
        return new DuckDbQueryEngine(database, settings, new SqlGate(files.keySet()));
    }

    private static List<String> limits(DuckDbSettings settings) {
        return List.of(
                "SET GLOBAL memory_limit = '" + settings.maxMemoryBytes() + "B'",
                "SET GLOBAL threads = " + settings.threads(),
                "SET GLOBAL max_temp_directory_size = '" + settings.maxSpillBytes() + "B'",
                "SET GLOBAL TimeZone = " + DuckDbDriver.literal(settings.zone().getId()));
    }

    @Override
    public String name() {
        return "duckdb";
    }

    @Override
    public String version() {
        return version;
    }

    /** @throws IllegalStateException if the engine is closed */
    @Override
    public QueryResult execute(Query query, Cancellation cancellation) {
        cancellation.throwIfCancelled();
        return call(query, query.limits().timeout(), cancellation, StatementRun::execute);
    }

    /**
     * {@inheritDoc}
     *
     * <p>DuckDB keeps the result within its limit of memory; Java holds a row at a time.
     *
     * @throws IllegalStateException if the engine is closed
     */
    @Override
    public long stream(Query query, RowConsumer rows, Cancellation cancellation) {
        cancellation.throwIfCancelled();
        return call(
                query,
                query.limits().timeout(),
                cancellation,
                (run, asked, admitted) -> run.stream(asked, admitted, rows));
    }

    /** @throws IllegalStateException if the engine is closed */
    @Override
    public List<ResultColumn> describe(Query query) {
        return call(query, DESCRIBE_TIMEOUT, Cancellation.none(), (run, asked, admitted) -> run.describe(asked));
    }

    /** @throws IllegalStateException if the engine is closed */
    @Override
    public String explain(Query query) {
        return call(query, DESCRIBE_TIMEOUT, Cancellation.none(), StatementRun::explain);
    }

    private <T> T call(Query query, Duration timeout, Cancellation cancellation, Work<T> work) {
        try (StatementWatch watch = new StatementWatch(timeout, cancellation)) {
            DuckDbSession session = enter(watch);
            try {
                T answer = inTransaction(session, watch, query, work);
                leave(watch, session);
                return answer;
            } catch (SQLException e) {
                discard(watch, session, e);
                watch.throwIfStopped();
                throw DuckDbErrors.of(e);
            } catch (RuntimeException | Error e) {
                discard(watch, session, e);
                throw e;
            }
        }
    }

    private <T> T inTransaction(DuckDbSession session, StatementWatch watch, Query query, Work<T> work)
            throws SQLException {
        SqlGate.Admitted admitted = gate.check(query.sql(), session::parse);
        session.beginReadOnly();
        T answer = work.run(new StatementRun(session, watch, settings.zone()), query, admitted);
        session.rollback();
        return answer;
    }

    private DuckDbSession enter(StatementWatch watch) {
        synchronized (lock) {
            if (closed) {
                throw new IllegalStateException("The query engine is closed");
            }
            running.add(watch);
            DuckDbSession session = idle.pollFirst();
            if (session != null) {
                return session;
            }
            try {
                return database.newSession();
            } catch (SQLException e) {
                running.remove(watch);
                throw DuckDbErrors.of(e);
            }
        }
    }

    private void leave(StatementWatch watch, DuckDbSession session) throws SQLException {
        synchronized (lock) {
            running.remove(watch);
            if (!closed && idle.size() < MAX_IDLE) {
                idle.addFirst(session);
                return;
            }
        }
        session.close();
    }

    /** A connection that failed in its transaction is not used again: the transaction goes with it. */
    private void discard(StatementWatch watch, DuckDbSession session, Throwable failure) {
        try {
            if (!session.isInTransaction()) {
                leave(watch, session);
                return;
            }
            synchronized (lock) {
                running.remove(watch);
            }
            session.close();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    /** Stops the running calls, which fail with code {@code CANCELLED}, and frees the files when the last has ended. */
    @Override
    public void close() {
        List<DuckDbSession> sessions;
        synchronized (lock) {
            if (closed) {
                return;
            }
            closed = true;
            sessions = new ArrayList<>(idle);
            idle.clear();
            running.forEach(StatementWatch::engineClosed);
        }
        closeAll(sessions);
    }

    private void closeAll(List<DuckDbSession> sessions) {
        try {
            for (DuckDbSession session : sessions) {
                session.close();
            }
        } catch (SQLException e) {
            throw DuckDbErrors.of(e);
        } finally {
            database.close();
        }
    }

    @FunctionalInterface
    private interface Work<T> {
        T run(StatementRun run, Query query, SqlGate.Admitted admitted) throws SQLException;
    }
}
