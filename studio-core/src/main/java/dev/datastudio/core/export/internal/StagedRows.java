package dev.datastudio.core.export.internal;

import static dev.datastudio.core.query.internal.DuckDbDriver.identifier;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.progress.Progress;
import dev.datastudio.api.progress.ProgressListener;
import dev.datastudio.api.query.ResultColumn;
import dev.datastudio.api.query.RowConsumer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a query on their way into a file: a temporary table. A column of decimals is exact when its first rows
 * all have one scale, as those of a database column do; otherwise it is floating point, and that is noted.
 */
final class StagedRows implements RowConsumer, AutoCloseable {
    static final String TABLE = "staged";

    private static final int FIRST_ROWS = 2_000;
    private static final int TELL_EVERY = 8_192;
    private static final int FLOATING = -1;
    private static final int MAX_SCALE = 30;

    private final Connection connection;
    private final ProgressListener progress;
    private final List<List<@Nullable Object>> first = new ArrayList<>();
    private final Set<String> notes = new LinkedHashSet<>();
    private List<ResultColumn> columns = List.of();
    /** The scale of each column that is a DECIMAL in the table. */
    private int[] scales = {};

    private @Nullable DuckDBAppender appender;
    private long count;

    StagedRows(Connection connection, ProgressListener progress) {
        this.connection = connection;
        this.progress = progress;
    }

    /** Two columns of one label, as of a join, get different names. */
    @Override
    public void columns(List<ResultColumn> told) {
        Set<String> taken = new HashSet<>();
        List<ResultColumn> unique = new ArrayList<>();
        for (ResultColumn column : told) {
            String name = column.name();
            for (int i = 2; !taken.add(name.toLowerCase(Locale.ROOT)); i++) {
                name = column.name() + "_" + i;
            }
            unique.add(new ResultColumn(name, column.type()));
        }
        columns = unique;
    }

    @Override
    public void row(List<@Nullable Object> values) {
        try {
            if (appender == null && first.size() < FIRST_ROWS) {
                first.add(values);
            } else {
                append(appender == null ? begin() : appender, values);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("A row could not be kept: " + e.getMessage(), e);
        }
        count++;
        if (count % TELL_EVERY == 0) {
            progress.onProgress(new Progress("reading", count, -1, "rows"));
        }
    }

    /** Ends the rows. */
    void finish() throws SQLException {
        DuckDBAppender open = appender == null ? begin() : appender;
        open.close();
    }

    private DuckDBAppender begin() throws SQLException {
        scales = new int[columns.size()];
        List<String> definitions = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            scales[i] = scale(i);
            definitions.add(identifier(columns.get(i).name()) + " " + type(i));
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TEMP TABLE " + TABLE + " (" + String.join(", ", definitions) + ")");
        }
        DuckDBAppender opened = connection.unwrap(DuckDBConnection.class).createAppender("temp", "main", TABLE);
        appender = opened;
        for (List<@Nullable Object> row : first) {
            append(opened, row);
        }
        first.clear();
        return opened;
    }

    private String type(int column) {
        return switch (columns.get(column).type()) {
            case BOOLEAN -> "BOOLEAN";
            case INTEGER -> scales[column] == FLOATING ? "BIGINT" : "DECIMAL(38, 0)";
            case DECIMAL -> scales[column] == FLOATING ? "DOUBLE" : "DECIMAL(38, " + scales[column] + ")";
            case DATE -> "DATE";
            case TIMESTAMP -> "TIMESTAMP";
            case TIME -> "TIME";
            case TEXT, OTHER -> "VARCHAR";
        };
    }

    /** The one scale of the first values of a column, or that there is none. */
    private int scale(int column) {
        if (columns.get(column).type() == ColumnType.INTEGER) {
            return first.stream().anyMatch(row -> row.get(column) instanceof BigInteger) ? 0 : FLOATING;
        }
        Set<Integer> found = first.stream()
                .map(row -> row.get(column))
                .filter(Objects::nonNull)
                .map(StagedRows::scaleOf)
                .collect(Collectors.toSet());
        int only = found.size() == 1 ? found.iterator().next() : FLOATING;
        return only >= 0 && only <= MAX_SCALE ? only : FLOATING;
    }

    private static int scaleOf(Object value) {
        if (value instanceof BigDecimal number) {
            return number.scale();
        }
        return value instanceof BigInteger || value instanceof Long ? 0 : FLOATING;
    }

    private void append(DuckDBAppender open, List<@Nullable Object> row) throws SQLException {
        open.beginRow();
        for (int i = 0; i < columns.size(); i++) {
            append(open, row.get(i), i);
        }
        open.endRow();
    }

    private void append(DuckDBAppender open, @Nullable Object value, int column) throws SQLException {
        if (value == null) {
            open.appendNull();
        } else if (scales[column] != FLOATING) {
            open.append(new BigDecimal(value.toString()).setScale(scales[column], RoundingMode.UNNECESSARY));
        } else if (columns.get(column).type() == ColumnType.INTEGER) {
            open.append(value instanceof BigInteger number ? number.longValueExact() : ((Number) value).longValue());
        } else if (value instanceof BigDecimal number) {
            notes.add("Decimals of column '" + columns.get(column).name() + "' are written as 64-bit floating point.");
            open.append(number.doubleValue());
        } else if (value instanceof Number number) {
            open.append(number.doubleValue());
        } else if (value instanceof Boolean truth) {
            open.append(truth.booleanValue());
        } else if (value instanceof LocalDate date) {
            open.append(date);
        } else if (value instanceof LocalDateTime time) {
            open.append(time);
        } else if (value instanceof LocalTime time) {
            open.append(time);
        } else {
            open.append(value.toString());
        }
    }

    List<ResultColumn> columns() {
        return columns;
    }

    long count() {
        return count;
    }

    List<String> notes() {
        return List.copyOf(notes);
    }

    @Override
    public void close() throws SQLException {
        if (appender != null) {
            appender.close();
        }
    }
}
