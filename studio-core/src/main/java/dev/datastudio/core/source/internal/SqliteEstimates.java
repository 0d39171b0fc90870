package dev.datastudio.core.source.internal;

import dev.datastudio.core.source.TableName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;

/**
 * How many rows the tables of a SQLite file have about: SQLite keeps no count, but the largest row id stands at the end
 * of the table's tree and costs nothing to read. Not thread-safe.
 */
final class SqliteEstimates {
    private final Connection connection;
    private final SchemaDraft draft;

    SqliteEstimates(Connection connection, SchemaDraft draft) {
        this.connection = connection;
        this.draft = draft;
    }

    void read() throws SQLException {
        Set<String> withRowId = new HashSet<>();
        try (Statement statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery(
                    "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND wr = 0")) {
                while (rows.next()) {
                    withRowId.add(rows.getString(1));
                }
            }
            for (TableName table : draft.names()) {
                if (withRowId.contains(table.name())) {
                    String sql = "SELECT coalesce(max(rowid), 0) FROM " + Product.SQLITE.quote(table.name());
                    try (ResultSet rows = statement.executeQuery(sql)) {
                        rows.next();
                        draft.setEstimate(table, rows.getLong(1));
                    }
                }
            }
        }
    }
}
