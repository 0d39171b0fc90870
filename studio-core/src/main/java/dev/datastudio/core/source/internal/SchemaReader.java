package dev.datastudio.core.source.internal;

import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.Progress;
import dev.datastudio.api.progress.ProgressListener;
import dev.datastudio.core.source.SourceColumn;
import dev.datastudio.core.source.SourceSchema;
import dev.datastudio.core.source.SourceTable;
import dev.datastudio.core.source.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Reads what a database says of itself. It counts nothing, so it is quick on large tables too. Not thread-safe. */
final class SchemaReader {
    private static final int MAX_CATALOGUE_ROWS = 500_000;
    private static final int STEPS = 4;

    private final Connection connection;
    private final Product product;
    private final String schema;
    private final ProgressListener progress;
    private final Cancellation cancellation;
    private final SchemaDraft draft = new SchemaDraft();

    SchemaReader(Connection connection, String schema, ProgressListener progress, Cancellation cancellation)
            throws SQLException {
        this.connection = connection;
        this.product = Product.of(connection);
        this.schema = schema;
        this.progress = progress;
        this.cancellation = cancellation;
    }

    SourceSchema read() throws SQLException {
        Catalogue catalogue = catalogue();
        if (catalogue == null) {
            new JdbcCatalogue(connection, product, schema, draft, progress, cancellation).read();
        } else {
            read(catalogue);
        }
        return draft.finish();
    }

    /** How many rows the catalogue believes a table has; -1 when it does not say. */
    long estimate(TableName wanted) throws SQLException {
        Catalogue catalogue = catalogue();
        long[] estimate = {-1};
        if (catalogue != null && product != Product.SQLITE) {
            each(catalogue.tables(), 0, row -> {
                TableName name = table(row);
                boolean found = name.name().equals(wanted.name())
                        && (wanted.schema().isEmpty() || wanted.schema().equals(name.schema()));
                estimate[0] = found ? row.getLong(5) : estimate[0];
                return !found;
            });
        }
        return estimate[0];
    }

    private @Nullable Catalogue catalogue() {
        return switch (product) {
            case POSTGRESQL -> Catalogue.POSTGRESQL;
            case MARIADB, MYSQL -> Catalogue.MARIADB;
            case SQLITE -> Catalogue.SQLITE;
            case DUCKDB -> Catalogue.DUCKDB;
            case SQLSERVER, OTHER -> null;
        };
    }

    private void read(Catalogue catalogue) throws SQLException {
        each(catalogue.tables(), 0, row -> {
            SourceTable.Kind kind = SourceTable.Kind.valueOf(row.getString(3));
            return draft.add(table(row), kind, text(row, 4), row.getLong(5));
        });
        each(catalogue.columns(), 1, row -> {
            String type = text(row, 4);
            draft.addColumn(
                    table(row),
                    new SourceColumn(
                            row.getString(3),
                            type,
                            NativeTypes.of(product, type),
                            row.getInt(5) == 1,
                            text(row, 6),
                            text(row, 7)));
            return true;
        });
        each(catalogue.keys(), 2, row -> {
            draft.addKeyColumn(table(row), row.getString(3), row.getString(4).equals("P"), row.getString(5));
            return true;
        });
        each(catalogue.foreignKeys(), 3, row -> {
            TableName target = new TableName(text(row, 5), row.getString(6));
            draft.addForeignKeyColumn(table(row), row.getString(3), row.getString(4), target, row.getString(7));
            return true;
        });
        if (product == Product.SQLITE) {
            new SqliteEstimates(connection, draft).read();
        }
        progress.onProgress(new Progress("reading the schema", STEPS, STEPS, "steps"));
    }

    /** Takes a row; false when no more are wanted. */
    private interface Taker {
        boolean take(ResultSet row) throws SQLException;
    }

    private void each(String sql, int step, Taker taker) throws SQLException {
        cancellation.throwIfCancelled();
        progress.onProgress(new Progress("reading the schema", step, STEPS, "steps"));
        try (PreparedStatement statement = connection.prepareStatement(sql);
                Cancellation.Registration waiting = Cancelling.on(cancellation, statement)) {
            statement.setMaxRows(MAX_CATALOGUE_ROWS);
            int parameters = (int) sql.chars().filter(c -> c == '?').count();
            for (int i = 1; i <= parameters; i++) {
                statement.setString(i, schema);
            }
            try (ResultSet rows = statement.executeQuery()) {
                boolean more = rows.next();
                while (more && taker.take(rows)) {
                    more = rows.next();
                }
            }
            assert waiting != null;
        }
    }

    private static TableName table(ResultSet row) throws SQLException {
        return new TableName(row.getString(1), row.getString(2));
    }

    static String text(ResultSet row, int column) throws SQLException {
        String text = row.getString(column);
        return text == null ? "" : text;
    }
}
