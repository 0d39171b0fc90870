package dev.datastudio.core.query;

import dev.datastudio.core.query.internal.DuckDbDriver;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Writes data files as the importer does. */
final class StoredTables {
    private StoredTables() {}

    static DuckDbTable write(Path folder, String table, String select) throws SQLException {
        Path file = folder.resolve(table + ".duckdb");
        try (Connection connection = DuckDbDriver.open();
                Statement statement = connection.createStatement()) {
            statement.execute("ATTACH " + DuckDbDriver.literal(file.toString())
                    + " AS stored (TYPE DUCKDB, STORAGE_VERSION 'v1.5.0')");
            statement.execute("CREATE TABLE stored.main.data AS " + select);
            statement.execute("DETACH stored");
        }
        return new DuckDbTable(table, file);
    }
}
