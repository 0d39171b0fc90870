package dev.datastudio.core.source.internal;

import dev.datastudio.core.dataset.RowColumn;
import dev.datastudio.core.dataset.RowSource;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of a result, at most so many. Not thread-safe. */
final class DatabaseRows implements RowSource {
    /** What DuckDB can hold lies within; databases write "infinity" as a date beyond. */
    private static final int MAX_YEAR = 200_000;

    private final ResultSet result;
    private final ReadColumn[] columns;
    private final List<RowColumn> described;
    private final List<String> notes;
    private final long maxRows;
    private final long[] unreadable;
    private long rows;
    private volatile boolean cut;

    DatabaseRows(ResultSet result, List<ReadColumn> columns, List<String> notes, long maxRows) {
        this.result = result;
        this.columns = columns.toArray(ReadColumn[]::new);
        this.described = columns.stream().map(ReadColumn::column).toList();
        this.notes = notes;
        this.maxRows = maxRows;
        this.unreadable = new long[this.columns.length];
    }

    @Override
    public List<RowColumn> columns() {
        return described;
    }

    /** A new array each time, as it may be read on another thread later. */
    @Override
    public @Nullable Object @Nullable [] next() throws SQLException {
        if (!result.next()) {
            return null;
        }
        if (rows == maxRows) {
            cut = true;
            return null;
        }
        rows++;
        @Nullable Object[] row = new Object[columns.length];
        for (int i = 0; i < row.length; i++) {
            row[i] = value(i);
        }
        return row;
    }

    private @Nullable Object value(int index) throws SQLException {
        try {
            Object value = columns[index].getter().get(result, columns[index].index());
            if (value instanceof LocalDateTime time && isBeyond(time.getYear())
                    || value instanceof LocalDate date && isBeyond(date.getYear())) {
                unreadable[index]++;
                return null;
            }
            return value;
        } catch (DateTimeException e) {
            unreadable[index]++;
            return null;
        }
    }

    private static boolean isBeyond(int year) {
        return Math.abs(year) > MAX_YEAR;
    }

    /** Whether there were more rows than wanted. */
    boolean isCut() {
        return cut;
    }

    @Override
    public List<String> notes() {
        List<String> all = new ArrayList<>(notes);
        for (int i = 0; i < columns.length; i++) {
            String name = columns[i].column().name();
            if (!columns[i].note().isEmpty()) {
                all.add("Column '" + name + "' " + columns[i].note() + ".");
            }
            if (unreadable[i] > 0) {
                all.add("Column '" + name + "' has " + unreadable[i] + (unreadable[i] == 1 ? " value" : " values")
                        + " outside the range of its type, read as missing.");
            }
        }
        if (cut) {
            all.add("The source has more rows; the import took the first " + rows + ".");
        }
        return all;
    }
}
