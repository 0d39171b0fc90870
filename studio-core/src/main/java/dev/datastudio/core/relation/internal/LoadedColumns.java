package dev.datastudio.core.relation.internal;

import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.query.Query;
import dev.datastudio.api.query.QueryEngine;
import dev.datastudio.api.query.QueryLimits;
import dev.datastudio.api.query.ResultColumn;
import dev.datastudio.api.query.RowConsumer;
import dev.datastudio.core.relation.RelationTable;
import dev.datastudio.core.relation.internal.KeyValues.Counts;
import dev.datastudio.core.table.TableInfo.ColumnInfo;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The different values of columns of small tables. Reading a few thousand rows once takes a hundredth of the time in
 * which an engine plans statements about each of the columns. Not thread-safe.
 */
final class LoadedColumns {
    private static final long MAX_ROWS = 10_000;

    /** Of one table, and of all together. */
    private static final long MAX_CELLS = 100_000;

    private static final long MAX_ALL_CELLS = 1_000_000;

    /** What is longer names nothing, and would fill the memory. */
    private static final int MAX_CHARACTERS = 200;

    private final Map<String, Values> loaded = new HashMap<>();
    private long cells;

    private record Values(Counts counts, Set<Object> different) {}

    /**
     * Reads columns of a table, if it is small and its rows were counted by Studio: elsewhere texts may be equal that
     * look different, and the number of rows is an estimate.
     *
     * @return whether they were read
     */
    boolean load(RelationTable table, List<ColumnInfo> columns, QueryEngine engine, Cancellation cancellation) {
        long rows = table.info().rows();
        long more = rows * columns.size();
        if (!table.info().exactRows() || rows > MAX_ROWS || more > MAX_CELLS || cells + more > MAX_ALL_CELLS) {
            return false;
        }
        cells += more;
        List<Reading> readings = columns.stream().map(column -> new Reading()).toList();
        String names = columns.stream().map(ColumnInfo::sql).collect(Collectors.joining(", "));
        Query query = new Query(
                "SELECT " + names + " FROM " + table.info().sql(),
                List.of(),
                QueryLimits.DEFAULT.withMaxRows(QueryLimits.NO_ROW_LIMIT));
        engine.stream(query, new Reader(readings), cancellation);
        for (int i = 0; i < columns.size(); i++) {
            loaded.put(KeyValues.name(table, columns.get(i)), readings.get(i).values());
        }
        return true;
    }

    boolean has(RelationTable table, ColumnInfo column) {
        return loaded.containsKey(KeyValues.name(table, column));
    }

    Counts counts(RelationTable table, ColumnInfo column) {
        return values(table, column).counts();
    }

    /** How many different values of the candidate's column are found in its key. */
    long found(Candidate candidate) {
        Set<Object> keys = values(candidate.other(), candidate.key()).different();
        return values(candidate.table(), candidate.column()).different().stream()
                .filter(keys::contains)
                .count();
    }

    private Values values(RelationTable table, ColumnInfo column) {
        Values values = loaded.get(KeyValues.name(table, column));
        if (values == null) {
            throw new IllegalStateException(KeyValues.name(table, column) + " was not read");
        }
        return values;
    }

    private record Reader(List<Reading> readings) implements RowConsumer {
        @Override
        public void columns(List<ResultColumn> columns) {}

        @Override
        public void row(List<@Nullable Object> values) {
            for (int i = 0; i < values.size(); i++) {
                readings.get(i).add(values.get(i));
            }
        }
    }

    /** One column while it is read. */
    private static final class Reading {
        private final Set<Object> different = new HashSet<>();
        private long least = Long.MAX_VALUE;
        private long greatest = Long.MIN_VALUE;
        private long rows;
        private long values;
        private boolean tooLong;

        void add(@Nullable Object value) {
            rows++;
            if (value == null) {
                return;
            }
            values++;
            tooLong |= value instanceof String text && text.length() > MAX_CHARACTERS;
            if (tooLong) {
                different.clear();
                return;
            }
            different.add(comparable(value));
            if (value instanceof Long number) {
                least = Math.min(least, number);
                greatest = Math.max(greatest, number);
            }
        }

        /** 1 and 1.0 are equal in SQL. */
        private static Object comparable(Object value) {
            if (value instanceof Long || !(value instanceof Number number)) {
                return value;
            }
            BigDecimal exact = new BigDecimal(number.toString()).stripTrailingZeros();
            return exact.scale() <= 0 && exact.precision() <= 18 ? (Object) exact.longValue() : exact;
        }

        Values values() {
            boolean ranged = least <= greatest;
            return new Values(
                    new Counts(rows, values, different.size(), ranged ? least : 0, ranged ? greatest : 0), different);
        }
    }
}
