package dev.datastudio.core.query.internal;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.query.Query;
import dev.datastudio.api.query.QueryLimits;
import dev.datastudio.api.query.QueryResult;
import dev.datastudio.api.query.ResultColumn;
import dev.datastudio.api.query.RowConsumer;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs an admitted statement in the open transaction of a session.
 *
 * <p>The engine is asked for one row more than wanted, so it can stop early and holds no more; when that row exists the
 * exact number comes from a second statement that only counts. A statement that is not the same twice, or can't stand in
 * brackets, runs whole once, and the rows beyond the limit are counted as they pass.
 */
public final class StatementRun {
    private final DuckDbSession session;
    private final StatementWatch watch;
    private final ResultValues values;

    public StatementRun(DuckDbSession session, StatementWatch watch, ZoneId zone) {
        this.session = session;
        this.watch = watch;
        this.values = new ResultValues(zone);
    }

    /** Prepares the statement without running it. */
    public List<ResultColumn> describe(Query query) throws SQLException {
        try (PreparedStatement statement = prepare(query.sql(), query)) {
            return columns(statement.getMetaData());
        }
    }

    /** Plans the statement without running it. */
    public String explain(Query query, SqlGate.Admitted admitted) throws SQLException {
        try (PreparedStatement statement = prepare("EXPLAIN " + admitted.body(), query);
                ResultSet plan = run(statement)) {
            StringBuilder text = new StringBuilder();
            while (plan.next()) {
                text.append(plan.getString(2)); // the first column says which plan it is
            }
            return text.toString();
        }
    }

    /** Runs the statement and reads its rows. */
    public QueryResult execute(Query query, SqlGate.Admitted admitted) throws SQLException {
        long start = System.nanoTime();
        long maxRows = query.limits().maxRows();
        try (PreparedStatement statement = prepare(query.sql(), query)) {
            if (maxRows == QueryLimits.NO_ROW_LIMIT || !admitted.isInnerQuery() || !admitted.isRepeatable()) {
                return readAll(statement, maxRows, start);
            }
            return readFirst(columns(statement.getMetaData()), query, admitted, start);
        }
    }

    /** Runs the statement and hands on its rows; how many there were. */
    public long stream(Query query, SqlGate.Admitted admitted, RowConsumer rows) throws SQLException {
        long maxRows = query.limits().maxRows();
        boolean all = maxRows == QueryLimits.NO_ROW_LIMIT || !admitted.isInnerQuery();
        try (PreparedStatement statement = prepare(all ? query.sql() : admitted.firstRows(maxRows), query);
                ResultSet result = run(statement)) {
            List<ResultColumn> columns = columns(result.getMetaData());
            List<ColumnType> types = columns.stream().map(ResultColumn::type).toList();
            rows.columns(columns);
            long count = 0;
            while (count < maxRows && result.next()) {
                rows.row(values.row(result, types));
                watch.throwIfStopped();
                count++;
            }
            return count;
        }
    }

    private QueryResult readAll(PreparedStatement statement, long maxRows, long start) throws SQLException {
        try (ResultSet result = run(statement)) {
            List<ResultColumn> columns = columns(result.getMetaData());
            List<List<@Nullable Object>> rows = read(result, columns, maxRows);
            long total = rows.size();
            if (total == maxRows) {
                while (result.next()) {
                    total++;
                }
            }
            return result(columns, rows, total, start);
        }
    }

    private QueryResult readFirst(List<ResultColumn> columns, Query query, SqlGate.Admitted admitted, long start)
            throws SQLException {
        long maxRows = query.limits().maxRows();
        List<List<@Nullable Object>> rows;
        boolean more;
        try (PreparedStatement statement = prepare(admitted.firstRows(maxRows + 1), query);
                ResultSet result = run(statement)) {
            rows = read(result, columns, maxRows);
            more = rows.size() == maxRows && result.next();
        }
        return result(columns, rows, more ? count(query, admitted) : rows.size(), start);
    }

    private long count(Query query, SqlGate.Admitted admitted) throws SQLException {
        try (PreparedStatement statement = prepare(admitted.count(), query);
                ResultSet result = run(statement)) {
            result.next();
            return result.getLong(1);
        }
    }

    private ResultSet run(PreparedStatement statement) throws SQLException {
        return watch.watch(statement).executeQuery();
    }

    private PreparedStatement prepare(String sql, Query query) throws SQLException {
        PreparedStatement statement = session.prepare(sql);
        try {
            bind(statement, query.parameters());
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    private static void bind(PreparedStatement statement, List<@Nullable Object> parameters) throws SQLException {
        int expected = statement.getParameterMetaData().getParameterCount();
        if (expected != parameters.size()) {
            throw new StudioException(
                    ErrorCode.SQL_INVALID,
                    "The statement has " + expected + " parameters, but " + parameters.size() + " values were given",
                    "Give one value for each '?'");
        }
        for (int i = 0; i < parameters.size(); i++) {
            statement.setObject(i + 1, parameters.get(i));
        }
    }

    private List<List<@Nullable Object>> read(ResultSet result, List<ResultColumn> columns, long maxRows)
            throws SQLException {
        List<ColumnType> types = columns.stream().map(ResultColumn::type).toList();
        List<List<@Nullable Object>> rows = new ArrayList<>();
        while (rows.size() < maxRows && result.next()) {
            rows.add(values.row(result, types));
            watch.throwIfStopped();
        }
        return rows;
    }

    private static List<ResultColumn> columns(ResultSetMetaData metaData) throws SQLException {
        List<ResultColumn> columns = new ArrayList<>(metaData.getColumnCount());
        for (int i = 1; i <= metaData.getColumnCount(); i++) {
            columns.add(new ResultColumn(metaData.getColumnLabel(i), ResultValues.type(metaData.getColumnTypeName(i))));
        }
        return columns;
    }

    private static QueryResult result(
            List<ResultColumn> columns, List<List<@Nullable Object>> rows, long total, long start) {
        return new QueryResult(columns, rows, total, Duration.ofNanos(System.nanoTime() - start));
    }
}
