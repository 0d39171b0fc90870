package dev.datastudio.core.source.internal;

import dev.datastudio.core.query.internal.DuckDbDriver;
import dev.datastudio.core.source.SourceKind;
import dev.datastudio.core.source.SourceSpec;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;

/** Opens files of SQLite and DuckDB for reading, and nothing else. Thread-safe. */
final class FileConnector {
    private static final String MEMORY_LIMIT = "512MB";
    private static final int THREADS = 2;
    /** The engine runs in this process: a text of the gigabyte that it allows by itself would end it. */
    private static final int MAX_VALUE_BYTES = 128 << 20;

    private final SourceSpec spec;
    private final FileRoots roots;

    FileConnector(SourceSpec spec, FileRoots roots) {
        this.spec = spec;
        this.roots = roots;
    }

    Connection open(Purpose purpose) throws SQLException {
        Path file = roots.require(spec.database());
        return spec.kind() == SourceKind.SQLITE ? openSqlite(file) : openDuckDb(file, purpose);
    }

    private Connection openSqlite(Path file) throws SQLException {
        Properties properties = new Properties();
        for (Map.Entry<String, String> property : spec.properties().entrySet()) {
            properties.setProperty(property.getKey(), property.getValue());
        }
        properties.setProperty("open_mode", "1"); // SQLITE_OPEN_READONLY: never makes a file
        properties.setProperty("query_only", "true");
        properties.setProperty("limit_attached", "0");
        properties.setProperty("enable_load_extension", "false");
        properties.setProperty("limit_length", Integer.toString(MAX_VALUE_BYTES));
        Connection connection =
                Drivers.connect("org.xerial:sqlite-jdbc", "org.sqlite.JDBC", "jdbc:sqlite:" + file, properties);
        try (Statement statement = connection.createStatement()) {
            // The views of a file may call what statements may not.
            statement.execute("PRAGMA trusted_schema = OFF");
            statement.execute("PRAGMA cell_size_check = ON");
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /**
     * The path never becomes part of a URL, where a semicolon would begin options that run SQL files: the file is
     * attached to a database in memory, which can then reach no other file and can't be told otherwise.
     */
    private Connection openDuckDb(Path file, Purpose purpose) throws SQLException {
        Connection connection = purpose == Purpose.IMPORT ? DuckDbDriver.openStreaming() : DuckDbDriver.open();
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "ATTACH " + DuckDbDriver.literal(file.toString()) + " AS source (TYPE DUCKDB, READ_ONLY)");
            statement.execute(
                    "USE source" + (spec.schema().isEmpty() ? "" : "." + DuckDbDriver.identifier(spec.schema())));
            statement.execute("SET GLOBAL memory_limit = '" + MEMORY_LIMIT + "'");
            statement.execute("SET GLOBAL threads = " + THREADS);
            statement.execute("SET GLOBAL TimeZone = 'UTC'");
            statement.execute("SET GLOBAL temp_directory = ''");
            statement.execute("SET GLOBAL autoinstall_known_extensions = false");
            statement.execute("SET GLOBAL autoload_known_extensions = false");
            statement.execute("SET GLOBAL allow_community_extensions = false");
            statement.execute("SET GLOBAL enable_external_access = false");
            statement.execute("SET GLOBAL disabled_filesystems = 'LocalFileSystem'");
            statement.execute("SET GLOBAL lock_configuration = true");
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }
}
