package dev.datastudio.core.source.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.core.dataset.RowSource;
import dev.datastudio.core.source.SourceSpec;
import dev.datastudio.core.source.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is read of a source: a table, or a statement that was checked. Not thread-safe. */
final class Selection {
    private static final int FETCH_ROWS = 2_000;

    private final Connection connection;
    private final Product product;
    private final String sql;
    private final long maxRows;
    private final Cancellation cancellation;
    private final List<String> notes = new ArrayList<>();

    private Selection(Connection connection, String sql, long maxRows, Cancellation cancellation) throws SQLException {
        this.connection = connection;
        this.product = Product.of(connection);
        this.sql = sql;
        this.maxRows = maxRows;
        this.cancellation = cancellation;
    }

    /** A statement that the gate let through. */
    static Selection ofQuery(Connection connection, String sql, long maxRows, Cancellation cancellation)
            throws SQLException {
        return new Selection(connection, sql, maxRows, cancellation);
    }

    /** The columns of a table that can be read, without those of binary data. */
    static Selection ofTable(
            SourceSpec spec, Connection connection, TableName table, long maxRows, Cancellation cancellation)
            throws SQLException {
        Product product = Product.of(connection);
        String from = qualified(spec, connection, product, table);
        List<String> names = new ArrayList<>();
        List<String> binary = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement("SELECT * FROM " + from + " WHERE 1 = 0");
                ResultSet none = statement.executeQuery()) {
            ResultSetMetaData meta = none.getMetaData();
            for (int i = 1; i <= meta.getColumnCount(); i++) {
                String name = meta.getColumnLabel(i);
                boolean readable = product == Product.SQLITE
                        || ReadColumn.of(product, meta, i).isPresent();
                (readable ? names : binary).add(name);
            }
        }
        if (names.isEmpty()) {
            throw onlyBinary(table.toString());
        }
        long limit = maxRows == Long.MAX_VALUE ? maxRows : maxRows + 1;
        String columns = String.join(", ", names.stream().map(product::quote).toList());
        Selection selection = new Selection(connection, product.limited(columns, from, limit), maxRows, cancellation);
        binary.forEach(selection::leaveOut);
        return selection;
    }

    private static String qualified(SourceSpec spec, Connection connection, Product product, TableName table)
            throws SQLException {
        String schema = table.schema();
        if (schema.isEmpty() && hasSchemas(product)) {
            schema = Optional.ofNullable(connection.getSchema()).orElse("");
        }
        String lower = schema.toLowerCase(Locale.ROOT);
        boolean system = lower.startsWith("pg_")
                || lower.equals("information_schema")
                || product == Product.SQLSERVER && lower.equals("sys")
                || product == Product.SQLITE
                        && table.name().toLowerCase(Locale.ROOT).startsWith("sqlite_");
        boolean elsewhere = !schema.isEmpty()
                        && (product == Product.MARIADB || product == Product.MYSQL
                                ? !schema.equals(spec.database())
                                : false)
                || !spec.schema().isEmpty() && !schema.equals(spec.schema());
        if (system || elsewhere) {
            throw new StudioException(
                    ErrorCode.UNKNOWN_TABLE,
                    "The source " + StudioException.quote(spec.name()) + " has no table "
                            + StudioException.quote(table),
                    "Read the schema of the source to see its tables");
        }
        String name = schema.isEmpty()
                ? product.quote(table.name())
                : product.quote(schema) + "." + product.quote(table.name());
        // Without its catalogue a name of DuckDB may be one of its own tables.
        return product == Product.DUCKDB ? product.quote(connection.getCatalog()) + "." + name : name;
    }

    private static boolean hasSchemas(Product product) {
        return product == Product.POSTGRESQL || product == Product.SQLSERVER || product == Product.DUCKDB;
    }

    private void leaveOut(String column) {
        notes.add("Column '" + column + "' holds binary data and was left out.");
    }

    private static StudioException onlyBinary(String what) {
        return new StudioException(
                ErrorCode.SOURCE_INVALID,
                StudioException.quote(what) + " has no columns but those of binary data",
                "Choose what has numbers, texts or dates");
    }

    /** Does something with rows while they are there. */
    interface Work<T> {
        T run(RowSource rows) throws SQLException;
    }

    /** Runs the statement and hands its rows on, a few thousand at a time in memory. */
    <T> T read(Work<T> work) throws SQLException {
        cancellation.throwIfCancelled();
        try (PreparedStatement statement = connection.prepareStatement(sql);
                Cancellation.Registration waiting = Cancelling.on(cancellation, statement)) {
            statement.setFetchSize(FETCH_ROWS);
            if (maxRows < Integer.MAX_VALUE) {
                statement.setMaxRows((int) maxRows + 1);
            }
            List<Optional<ReadColumn>> decided = product == Product.SQLITE
                    ? new SqliteColumns(connection, cancellation).decide(sql, statement.getMetaData())
                    : List.of();
            cancellation.throwIfCancelled();
            try (ResultSet result = statement.executeQuery()) {
                DatabaseRows rows = new DatabaseRows(result, columns(result.getMetaData(), decided), notes, maxRows);
                assert waiting != null;
                try (PrefetchedRows ahead = new PrefetchedRows(rows, statement)) {
                    return work.run(ahead);
                } finally {
                    if (rows.isCut()) {
                        statement.cancel(); // otherwise some drivers read the rest before they let go
                    }
                }
            }
        }
    }

    private List<ReadColumn> columns(ResultSetMetaData meta, List<Optional<ReadColumn>> decided) throws SQLException {
        List<ReadColumn> columns = new ArrayList<>();
        for (int i = 1; i <= meta.getColumnCount(); i++) {
            Optional<ReadColumn> column = decided.isEmpty() ? ReadColumn.of(product, meta, i) : decided.get(i - 1);
            if (column.isPresent()) {
                columns.add(column.get());
            } else {
                leaveOut(meta.getColumnLabel(i));
            }
        }
        if (columns.isEmpty()) {
            throw onlyBinary("The result");
        }
        return columns;
    }
}
