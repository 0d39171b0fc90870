package dev.datastudio.core.dataset.internal;

import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.progress.Cancellation;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The DuckDB file of one data set while it is made: a single table, {@code main.data}. Both lines of DuckDB read it.
 * Not thread-safe.
 */
final class TableFile implements AutoCloseable {
    /** The name of the file in its upload folder. */
    static final String NAME = "data.duckdb";
    /** The table within it, as a reader that attached it under the name {@code target} sees it. */
    static final String TABLE = "target.main.data";

    private static final String MEMORY_LIMIT = "512MB";
    private static final int MAX_THREADS = 4;
    private static final long COUNT_ALL_ROWS = 100_000;
    private static final long COUNT_ALL_VALUES = 15_000;
    private static final int COLUMNS_AT_ONCE = 100;

    private final Connection connection;
    private final Cancellation cancellation;
    private boolean attached;

    private TableFile(Connection connection, Cancellation cancellation) {
        this.connection = connection;
        this.cancellation = cancellation;
    }

    /** A column as it was decided, before its values were counted. */
    record Shape(String name, ColumnType type, String unit) {}

    static TableFile create(Path file, Path scratch, Cancellation cancellation) throws SQLException {
        Connection connection = DuckDb.open();
        TableFile table = new TableFile(connection, cancellation);
        try {
            int threads = Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors());
            table.execute("SET memory_limit = '" + MEMORY_LIMIT + "'");
            table.execute("SET threads = " + threads);
            table.execute("SET temp_directory = " + Sql.text(scratch.toString()));
            table.execute("ATTACH " + Sql.text(file.toString()) + " AS target (STORAGE_VERSION 'v1.5.0')");
            table.attached = true;
            return table;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    Connection connection() {
        return connection;
    }

    void execute(String sql) throws SQLException {
        DuckDb.execute(connection, sql, cancellation);
    }

    /** Fills the table from a query. When it fails there is no table. */
    void fill(String select) throws SQLException {
        execute("CREATE TABLE " + TABLE + " AS " + select);
    }

    void drop() throws SQLException {
        execute("DROP TABLE IF EXISTS " + TABLE);
    }

    long rowCount() throws SQLException {
        return numbers("SELECT count(*) FROM " + TABLE, 1).get(0);
    }

    /** Counts the values of each column and tells what each is for. */
    List<Column> columns(List<Shape> shapes, long rows) throws SQLException {
        List<Column> columns = new ArrayList<>();
        for (int from = 0; from < shapes.size(); from += COLUMNS_AT_ONCE) {
            List<Shape> part = shapes.subList(from, Math.min(shapes.size(), from + COLUMNS_AT_ONCE));
            columns.addAll(count(part, from, rows));
        }
        return columns;
    }

    private List<Column> count(List<Shape> shapes, int first, long rows) throws SQLException {
        boolean exact = rows <= COUNT_ALL_ROWS;
        StringBuilder sql = new StringBuilder("SELECT ");
        for (Shape shape : shapes) {
            String name = Sql.name(shape.name());
            boolean whole = shape.type() == ColumnType.INTEGER;
            sql.append("count(").append(name).append("), ");
            sql.append(exact ? "count(DISTINCT " : "approx_count_distinct(")
                    .append(name)
                    .append("), ");
            sql.append(whole ? "min(" + name + "), max(" + name + "), " : "NULL, NULL, ");
        }
        sql.setLength(sql.length() - 2);
        List<Long> counts = numbers(sql + " FROM " + TABLE, shapes.size() * 4);
        List<Long> distinct = exact ? List.of() : exactDistinct(shapes, counts);
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < shapes.size(); i++) {
            Shape shape = shapes.get(i);
            long values = counts.get(4 * i);
            long different = exact ? counts.get(4 * i + 1) : distinct.get(i);
            ColumnFacts facts = new ColumnFacts(
                    shape.name(),
                    shape.type(),
                    first + i,
                    rows,
                    values,
                    different,
                    counts.get(4 * i + 2),
                    counts.get(4 * i + 3));
            columns.add(new Column(shape.name(), shape.type(), facts.role(), shape.unit(), different, rows - values));
        }
        return columns;
    }

    /** Exact where there are few; the approximation is a sketch that can be several per cent off. */
    private List<Long> exactDistinct(List<Shape> shapes, List<Long> counts) throws SQLException {
        StringBuilder sql = new StringBuilder("SELECT ");
        for (int i = 0; i < shapes.size(); i++) {
            long values = counts.get(4 * i);
            long about = Math.min(values, counts.get(4 * i + 1));
            sql.append(i == 0 ? "" : ", ");
            sql.append(
                    about <= COUNT_ALL_VALUES
                            ? "count(DISTINCT " + Sql.name(shapes.get(i).name()) + ")"
                            : about);
        }
        return numbers(sql + " FROM " + TABLE, shapes.size());
    }

    private List<Long> numbers(String sql, int count) throws SQLException {
        cancellation.throwIfCancelled();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            List<Long> numbers = new ArrayList<>(count);
            for (int i = 1; i <= count; i++) {
                numbers.add(rows.getLong(i));
            }
            return numbers;
        }
    }

    /** Writes everything into the file and lets go of it. */
    void finish() throws SQLException {
        execute("CHECKPOINT target");
        execute("DETACH target");
        attached = false;
    }

    /** Lets go of the file; what was not finished is worth nothing. */
    @Override
    public void close() throws SQLException {
        try (connection) {
            if (attached) {
                attached = false;
                try (Statement statement = connection.createStatement()) {
                    statement.execute("DETACH target");
                }
            }
        }
    }
}
