package dev.datastudio.core.metadata;

import dev.datastudio.api.metadata.CounterAddition;
import dev.datastudio.api.metadata.CounterSums;
import dev.datastudio.core.workspace.TransactionalDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counters with limits; each addition looks at the limit and adds in one statement. Thread-safe. */
final class Counters {
    private static final Duration KEPT = Duration.ofDays(1);
    private static final Comparator<CounterAddition> ORDER =
            Comparator.comparing(CounterAddition::counter).thenComparing(CounterAddition::window);
    private static final String ROW = " WHERE tenant = ? AND name = ? AND begins_at = ?";

    private final TransactionalDatabase database;
    private final InstantSource clock;

    Counters(TransactionalDatabase database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    CounterSums add(String tenant, List<CounterAddition> additions) {
        Added added;
        try {
            added = database.writeRelaxed(connection -> addAll(connection, tenant, additions));
        } catch (LimitReachedException e) {
            return new CounterSums(false, database.read(connection -> sums(connection, tenant, additions)));
        }
        if (added.aWindowBegan()) {
            forgetPast(tenant);
        }
        return new CounterSums(true, additions.stream().map(added.sums()::get).toList());
    }

    long sum(String tenant, String counter, Instant window) {
        return database.read(connection -> sum(connection, tenant, counter, window));
    }

    /** In the order of names, so that two groups wait for each other's rows in one direction only. */
    private Added addAll(Connection connection, String tenant, List<CounterAddition> additions) throws SQLException {
        if (database.kind() == TransactionalDatabase.Kind.POSTGRESQL) {
            // Every statement here is exact on its own; to be serializable would only make busy counters start over.
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET TRANSACTION ISOLATION LEVEL READ COMMITTED");
            }
        }
        Map<CounterAddition, Long> sums = new HashMap<>();
        boolean began = false;
        for (CounterAddition addition : additions.stream().sorted(ORDER).toList()) {
            long sum =
                    addition.amount() > 0 ? add(connection, tenant, addition) : giveBack(connection, tenant, addition);
            began |= addition.amount() > 0 && sum == addition.amount();
            sums.put(addition, sum);
        }
        return new Added(sums, began);
    }

    private static long add(Connection connection, String tenant, CounterAddition addition) throws SQLException {
        if (addition.amount() > addition.limit()) {
            throw new LimitReachedException();
        }
        BoundSql sql = new BoundSql()
                .add(
                        "INSERT INTO counter (tenant, name, begins_at, ends_at, total) VALUES (?, ?, ?, ?, ?)",
                        tenant,
                        addition.counter(),
                        addition.window().toEpochMilli(),
                        addition.window().plus(addition.length()).toEpochMilli(),
                        addition.amount())
                .add(
                        " ON CONFLICT (tenant, name, begins_at) DO UPDATE SET total = counter.total + excluded.total"
                                + " WHERE counter.total <= ? RETURNING total",
                        addition.limit() - addition.amount());
        try (PreparedStatement statement = sql.prepare(connection);
                ResultSet rows = statement.executeQuery()) {
            if (!rows.next()) {
                throw new LimitReachedException();
            }
            return rows.getLong(1);
        }
    }

    private static long giveBack(Connection connection, String tenant, CounterAddition addition) throws SQLException {
        long amount = addition.amount() == Long.MIN_VALUE ? Long.MAX_VALUE : -addition.amount();
        BoundSql sql = new BoundSql()
                .add("UPDATE counter SET total = CASE WHEN total > ? THEN total - ? ELSE 0 END", amount, amount)
                .add(ROW, tenant, addition.counter(), addition.window().toEpochMilli())
                .add(" RETURNING total");
        return EntryRows.number(connection, sql);
    }

    private static List<Long> sums(Connection connection, String tenant, List<CounterAddition> additions)
            throws SQLException {
        Long[] sums = new Long[additions.size()];
        for (int i = 0; i < sums.length; i++) {
            CounterAddition addition = additions.get(i);
            sums[i] = sum(connection, tenant, addition.counter(), addition.window());
        }
        return List.of(sums);
    }

    private static long sum(Connection connection, String tenant, String counter, Instant window) throws SQLException {
        return EntryRows.number(
                connection,
                new BoundSql().add("SELECT total FROM counter" + ROW, tenant, counter, window.toEpochMilli()));
    }

    /** As often as windows begin, which is as often as windows pass. */
    private void forgetPast(String tenant) {
        long before = clock.instant().minus(KEPT).toEpochMilli();
        database.writeRelaxed(connection -> new BoundSql()
                .add("DELETE FROM counter WHERE tenant = ? AND ends_at < ?", tenant, before)
                .execute(connection));
    }

    private record Added(Map<CounterAddition, Long> sums, boolean aWindowBegan) {}

    /** Takes back the additions of the transaction that it leaves. */
    private static final class LimitReachedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        LimitReachedException() {
            super(null, null, false, false);
        }
    }
}
