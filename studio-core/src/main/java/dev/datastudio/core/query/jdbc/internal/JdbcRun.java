package dev.datastudio.core.query.jdbc.internal;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.query.Query;
import dev.datastudio.api.query.QueryResult;
import dev.datastudio.api.query.ResultColumn;
import dev.datastudio.api.query.RowConsumer;
import dev.datastudio.core.query.internal.StatementWatch;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs an admitted statement: keeps the rows that are wanted and counts the others as they pass. */
public final class JdbcRun {
    private static final int TYPES_FROM_ROWS = 1_000;

    private final ReadOnlySession session;
    private final StatementWatch watch;
    private final JdbcValues values;

    public JdbcRun(ReadOnlySession session, StatementWatch watch) {
        this.session = session;
        this.watch = watch;
        this.values = new JdbcValues(session.dialect());
    }

    /** Prepares the statement without running it. */
    public List<ResultColumn> describe(Query query, DialectGate.Admitted admitted) throws SQLException {
        checkParameters(query, admitted);
        try (PreparedStatement statement = session.prepare(admitted.sql())) {
            return values.columns(statement.getMetaData());
        }
    }

    /** Runs the statement and reads its rows. */
    public QueryResult execute(Query query, DialectGate.Admitted admitted) throws SQLException {
        checkParameters(query, admitted);
        long start = System.nanoTime();
        try (PreparedStatement statement = session.prepare(admitted.sql())) {
            values.bind(statement, query.parameters());
            try (ResultSet result = watch.watch(statement).executeQuery()) {
                List<ResultColumn> columns = values.columns(result.getMetaData());
                List<List<@Nullable Object>> rows = new ArrayList<>();
                long total = 0;
                while (result.next()) {
                    if (total++ < query.limits().maxRows()) {
                        rows.add(values.row(result, columns));
                    }
                    watch.throwIfStopped();
                }
                return new QueryResult(typed(columns, rows), rows, total, Duration.ofNanos(System.nanoTime() - start));
            }
        }
    }

    /** Runs the statement and hands on its rows, at most as many as the limit says; how many there were. */
    public long stream(Query query, DialectGate.Admitted admitted, RowConsumer rows) throws SQLException {
        checkParameters(query, admitted);
        try (PreparedStatement statement = session.prepare(admitted.sql())) {
            values.bind(statement, query.parameters());
            try (ResultSet result = watch.watch(statement).executeQuery()) {
                List<ResultColumn> columns = values.columns(result.getMetaData());
                List<List<@Nullable Object>> first = new ArrayList<>();
                long count = 0;
                boolean told = false;
                while (count < query.limits().maxRows() && result.next()) {
                    first.add(values.row(result, columns));
                    watch.throwIfStopped();
                    count++;
                    if (told || first.size() == TYPES_FROM_ROWS) {
                        handOn(columns, first, rows, told);
                        told = true;
                    }
                }
                handOn(columns, first, rows, told);
                return count;
            }
        }
    }

    /** The columns are told when the first rows have shown their types. */
    private static void handOn(
            List<ResultColumn> columns, List<List<@Nullable Object>> waiting, RowConsumer rows, boolean told) {
        if (!told) {
            rows.columns(typed(columns, waiting));
        }
        waiting.forEach(rows::row);
        waiting.clear();
    }

    private static void checkParameters(Query query, DialectGate.Admitted admitted) {
        if (admitted.parameters() != query.parameters().size()) {
            throw new StudioException(
                    ErrorCode.SQL_INVALID,
                    "The statement has " + admitted.parameters() + " parameters, but "
                            + query.parameters().size() + " values were given",
                    "Give one value for each '?'");
        }
    }

    /** Columns of SQLite that are computed have the type of their values. */
    private static List<ResultColumn> typed(List<ResultColumn> columns, List<List<@Nullable Object>> rows) {
        List<ResultColumn> typed = new ArrayList<>(columns.size());
        for (int i = 0; i < columns.size(); i++) {
            ResultColumn column = columns.get(i);
            ColumnType type = column.type() == ColumnType.OTHER ? seen(rows, i) : column.type();
            typed.add(new ResultColumn(column.name(), type));
        }
        return typed;
    }

    private static ColumnType seen(List<List<@Nullable Object>> rows, int column) {
        ColumnType seen = null;
        for (List<@Nullable Object> row : rows) {
            ColumnType type = type(row.get(column));
            if (type != null && type != seen) {
                boolean numbers = seen != null && seen.isNumeric() && type.isNumeric();
                seen = seen == null ? type : numbers ? ColumnType.DECIMAL : ColumnType.OTHER;
            }
        }
        return seen == null ? ColumnType.OTHER : seen;
    }

    private static @Nullable ColumnType type(@Nullable Object value) {
        if (value instanceof Long) {
            return ColumnType.INTEGER;
        } else if (value instanceof Double || value instanceof BigDecimal || value instanceof BigInteger) {
            return ColumnType.DECIMAL;
        }
        return value == null ? null : ColumnType.OTHER;
    }
}
