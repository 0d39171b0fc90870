package dev.datastudio.core.relation.internal;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.query.Query;
import dev.datastudio.api.query.QueryEngine;
import dev.datastudio.core.relation.RelationTable;
import dev.datastudio.core.table.TableInfo.ColumnInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks the engine about the values of columns, in SQL that all engines know. Remembers the answers; not thread-safe.
 *
 * <p>Small data sets are read instead. Columns and pairs of small tables of databases are asked about many at a time,
 * since there a statement costs more than its counting; those of large ones in statements that stay short enough to be cancelled and to keep within time limits.
 */
public final class KeyValues {
    private static final long SMALL_ROWS = 100_000;
    private static final long SMALL_NUMBER = 1_000;
    private static final int COLUMNS_AT_ONCE = 24;
    private static final int PAIRS_AT_ONCE = 24;

    private final QueryEngine engine;
    private final Cancellation cancellation;
    private final LoadedColumns loaded = new LoadedColumns();
    private final Map<String, Counts> counts = new HashMap<>();
    private final Map<String, Long> found = new HashMap<>();

    public KeyValues(QueryEngine engine, Cancellation cancellation) {
        this.engine = engine;
        this.cancellation = cancellation;
    }

    /**
     * The values of a column in numbers.
     *
     * @param rows all rows
     * @param values rows with a value
     * @param distinct different values
     * @param least of a column of whole numbers that has a value, else 0
     * @param greatest of a column of whole numbers that has a value, else 0
     */
    public record Counts(long rows, long values, long distinct, long least, long greatest) {
        /** Whether each value names one row. */
        public boolean isUnique() {
            return rows > 0 && values == rows && distinct == rows;
        }

        /** Whether whole numbers leave few gaps or are small, so that others fall among them by chance. */
        public boolean isCommon() {
            return greatest < SMALL_NUMBER || greatest - least < 2 * distinct;
        }
    }

    /** Counts columns of a table, to be asked for one by one afterwards. */
    public void count(RelationTable table, List<ColumnInfo> columns) {
        if (columns.isEmpty() || loaded.load(table, columns, engine, cancellation)) {
            return;
        }
        int atOnce = isSmall(table) ? COLUMNS_AT_ONCE : 1;
        for (int start = 0; start < columns.size(); start += atOnce) {
            countAll(table, columns.subList(start, Math.min(columns.size(), start + atOnce)));
        }
    }

    private void countAll(RelationTable table, List<ColumnInfo> columns) {
        StringBuilder sql = new StringBuilder("SELECT COUNT(*)");
        for (ColumnInfo column : columns) {
            String name = column.sql();
            sql.append(", COUNT(").append(name).append("), COUNT(DISTINCT ").append(name);
            sql.append(')');
            if (column.type() == ColumnType.INTEGER) {
                sql.append(", MIN(").append(name).append("), MAX(").append(name).append(')');
            }
        }
        List<?> row = row(sql.append(" FROM ").append(table.info().sql()).toString());
        int next = 1;
        for (ColumnInfo column : columns) {
            boolean ranged = column.type() == ColumnType.INTEGER;
            counts.put(
                    name(table, column),
                    new Counts(
                            number(row.get(0)),
                            number(row.get(next)),
                            number(row.get(next + 1)),
                            ranged ? number(row.get(next + 2)) : 0,
                            ranged ? number(row.get(next + 3)) : 0));
            next += ranged ? 4 : 2;
        }
    }

    /** The counts of a column that was counted. */
    public Counts counts(RelationTable table, ColumnInfo column) {
        if (loaded.has(table, column)) {
            return loaded.counts(table, column);
        }
        Counts known = counts.get(name(table, column));
        if (known == null) {
            throw new IllegalStateException(name(table, column) + " was not counted");
        }
        return known;
    }

    /** Compares the values of columns with those of keys, to be asked for one by one afterwards. */
    public void compare(List<Candidate> candidates) {
        List<Candidate> together = new ArrayList<>();
        for (Candidate candidate : candidates) {
            if (isLoaded(candidate)) {
                continue;
            }
            boolean small = isSmall(candidate.table()) && isSmall(candidate.other());
            if (small) {
                together.add(candidate);
            }
            if (!small || together.size() == PAIRS_AT_ONCE) {
                findAll(small ? together : List.of(candidate));
            }
            if (together.size() == PAIRS_AT_ONCE) {
                together.clear();
            }
        }
        if (!together.isEmpty()) {
            findAll(together);
        }
    }

    private boolean isLoaded(Candidate candidate) {
        return loaded.has(candidate.table(), candidate.column()) && loaded.has(candidate.other(), candidate.key());
    }

    private void findAll(List<Candidate> candidates) {
        List<String> counting = candidates.stream().map(KeyValues::foundSql).toList();
        List<?> row = row("SELECT " + String.join(", ", counting));
        for (int i = 0; i < counting.size(); i++) {
            found.put(counting.get(i), number(row.get(i)));
        }
    }

    private static String foundSql(Candidate candidate) {
        String value = candidate.column().sql();
        return "(SELECT COUNT(*) FROM (SELECT DISTINCT " + value + " AS v FROM "
                + candidate.table().info().sql() + " WHERE " + value
                + " IS NOT NULL) AS d WHERE EXISTS (SELECT 1 FROM "
                + candidate.other().info().sql() + " AS k WHERE k."
                + candidate.key().sql() + " = d.v))";
    }

    /** How many different values of a column were found in the key that it was compared with. */
    public long found(Candidate candidate) {
        if (isLoaded(candidate)) {
            return loaded.found(candidate);
        }
        Long known = found.get(foundSql(candidate));
        if (known == null) {
            throw new IllegalStateException(foundSql(candidate) + " was not compared");
        }
        return known;
    }

    static String name(RelationTable table, ColumnInfo column) {
        return table.info().sql() + "." + column.sql();
    }

    private static boolean isSmall(RelationTable table) {
        return table.info().rows() >= 0 && table.info().rows() <= SMALL_ROWS;
    }

    private List<?> row(String sql) {
        return engine.execute(Query.of(sql), cancellation).rows().get(0);
    }

    private static long number(@Nullable Object value) {
        return value == null ? 0 : ((Number) value).longValue();
    }
}
