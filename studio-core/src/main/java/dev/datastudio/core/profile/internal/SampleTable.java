package dev.datastudio.core.profile.internal;

import dev.datastudio.api.dataset.ColumnType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows chosen evenly, in their order: all of them when they are few. Chosen by a hash of the row number, so the same
 * rows each time.
 */
final class SampleTable {
    /** The table's name in SQL. */
    static final String NAME = "sample";

    private static final long MAX_CELLS = 10_000_000;
    private static final long HASH_RANGE = 1_000_000_000L;

    private final ProfileSession session;
    private final long rows;

    private SampleTable(ProfileSession session, long rows) {
        this.session = session;
        this.rows = rows;
    }

    static SampleTable create(ProfileSession session, long rows, int columns, int sampleRows) {
        session.report("choosing a sample", 0, columns);
        long wanted = Math.min(sampleRows, Math.max(100, MAX_CELLS / columns));
        if (rows <= wanted) {
            session.execute("CREATE TEMP VIEW " + NAME + " AS FROM " + ProfileSession.DATA);
            return new SampleTable(session, rows);
        }
        long threshold = (long) ((double) wanted / rows * HASH_RANGE);
        session.execute("CREATE TEMP TABLE " + NAME + " AS SELECT * FROM " + ProfileSession.DATA
                + " WHERE hash(rowid) % " + HASH_RANGE + " < " + threshold + " LIMIT " + wanted);
        return new SampleTable(
                session, session.row("SELECT count(*) FROM " + NAME).asLong());
    }

    long rows() {
        return rows;
    }

    /** The finite numbers of columns, NaN for a missing value; times as seconds. */
    List<double[]> numbers(List<ColumnBuilder> columns) {
        List<double[]> values = new ArrayList<>();
        columns.forEach(column -> values.add(new double[(int) rows]));
        String list =
                String.join(", ", columns.stream().map(SampleTable::number).toList());
        if (columns.isEmpty()) {
            return values;
        }
        session.read("SELECT " + list + " FROM " + NAME, result -> {
            for (int row = 0; result.next(); row++) {
                for (int i = 0; i < values.size(); i++) {
                    double value = result.getDouble(i + 1);
                    values.get(i)[row] = result.wasNull() ? Double.NaN : value;
                }
            }
        });
        return values;
    }

    private static String number(ColumnBuilder column) {
        if (column.isNumeric()) {
            return column.number();
        }
        String finite = "CASE WHEN isfinite(" + column.sql() + ") THEN epoch(" + column.sql() + ") END";
        return column.column.type() == ColumnType.TIME ? "epoch(" + column.sql() + ")" : finite;
    }

    /** The values of columns as numbers from 0, the same for equal values, -1 for a missing one. */
    List<int[]> codes(List<ColumnBuilder> columns) {
        List<int[]> codes = new ArrayList<>();
        List<Map<Long, Integer>> known = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            codes.add(new int[(int) rows]);
            known.add(new HashMap<>());
        }
        if (columns.isEmpty()) {
            return codes;
        }
        String list = String.join(
                ", ",
                columns.stream()
                        .map(column -> "CASE WHEN " + column.sql() + " IS NOT NULL THEN CAST(hash(" + column.sql()
                                + ") >> 1 AS BIGINT) ELSE -1 END")
                        .toList());
        session.read("SELECT " + list + " FROM " + NAME, result -> {
            for (int row = 0; result.next(); row++) {
                for (int i = 0; i < codes.size(); i++) {
                    long hash = result.getLong(i + 1);
                    Map<Long, Integer> numbers = known.get(i);
                    codes.get(i)[row] = hash == -1 ? -1 : numbers.computeIfAbsent(hash, key -> numbers.size());
                }
            }
        });
        return codes;
    }
}
