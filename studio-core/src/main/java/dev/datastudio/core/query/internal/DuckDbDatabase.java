package dev.datastudio.core.query.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * An in-memory database that shows stored tables and is locked: nothing can be attached, read or set afterwards. Hands
 * out connections. Thread-safe.
 */
public final class DuckDbDatabase implements AutoCloseable {
    private final Connection root;
    private final @Nullable Path spill;

    private DuckDbDatabase(Connection root, @Nullable Path spill) {
        this.root = root;
        this.spill = spill;
    }

    /**
     * Attaches the files read-only, then locks.
     *
     * @param files where each table is stored, by the table's name
     * @param limits statements that set what the database may use, run before the lock
     * @param spillParent where the engine's own folder for intermediate results is made when first needed; null for
     *     none, so that no file can be opened at all
     */
    public static DuckDbDatabase open(Map<String, Stored> files, Iterable<String> limits, @Nullable Path spillParent) {
        Path spill = spillParent == null ? null : spillParent.resolve("studio-spill-" + UUID.randomUUID());
        if (spillParent != null) {
            makeFolder(spillParent);
        }
        try {
            Connection root = DuckDbDriver.open();
            try (Statement statement = root.createStatement()) {
                attach(statement, files);
                for (String limit : limits) {
                    statement.execute(limit);
                }
                lock(statement, spill);
                return new DuckDbDatabase(root, spill);
            } catch (SQLException | RuntimeException e) {
                root.close();
                throw e;
            }
        } catch (SQLException e) {
            throw DuckDbErrors.of(e);
        }
    }

    private static void makeFolder(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new StudioException(
                    ErrorCode.STORAGE_NOT_WRITABLE,
                    "The folder for intermediate results " + StudioException.quote(folder) + " could not be made",
                    "Make it writable, or name another spill directory",
                    e);
        }
    }

    /** A table or view in a schema of a file. */
    public record Stored(Path file, String schema, String table) {}

    private static void attach(Statement statement, Map<String, Stored> files) throws SQLException {
        Map<Path, String> attached = new LinkedHashMap<>();
        for (Map.Entry<String, Stored> table : files.entrySet()) {
            Stored stored = table.getValue();
            Path file = stored.file();
            if (!attached.containsKey(file)) {
                String name = "studio_" + attached.size();
                attachFile(statement, file, name);
                attached.put(file, name);
            }
            statement.execute("CREATE VIEW " + DuckDbDriver.identifier(table.getKey()) + " AS SELECT * FROM "
                    + attached.get(file) + "." + DuckDbDriver.identifier(stored.schema()) + "."
                    + DuckDbDriver.identifier(stored.table()));
        }
    }

    private static void attachFile(Statement statement, Path file, String name) throws SQLException {
        if (!Files.isRegularFile(file)) {
            throw new StudioException(
                    ErrorCode.FILE_NOT_FOUND,
                    "The stored data " + StudioException.quote(file) + " is not there",
                    "Import the data again");
        }
        statement.execute(
                "ATTACH " + DuckDbDriver.literal(file.toString()) + " AS " + name + " (TYPE DUCKDB, READ_ONLY)");
    }

    /**
     * Without external access DuckDB still opens the files that are attached, for writing too: a {@code COPY … TO} one
     * of them was seen to overwrite it. So the file system is switched off as well, unless it is needed for spilling.
     * What is attached stays readable.
     */
    private static void lock(Statement statement, @Nullable Path spill) throws SQLException {
        statement.execute("SET GLOBAL temp_directory = " + DuckDbDriver.literal(spill == null ? "" : spill.toString()));
        statement.execute("SET GLOBAL autoinstall_known_extensions = false");
        statement.execute("SET GLOBAL autoload_known_extensions = false");
        statement.execute("SET GLOBAL allow_community_extensions = false");
        statement.execute("SET GLOBAL enable_external_access = false");
        if (spill == null) {
            statement.execute("SET GLOBAL disabled_filesystems = 'LocalFileSystem'");
        }
        statement.execute("SET GLOBAL lock_configuration = true");
    }

    /** What runs, such as {@code v2.0.0}. */
    public String version() {
        try (Statement statement = root.createStatement();
                ResultSet result = statement.executeQuery("SELECT version()")) {
            result.next();
            return result.getString(1);
        } catch (SQLException e) {
            throw DuckDbErrors.of(e);
        }
    }

    /** Another connection to the same database. */
    public DuckDbSession newSession() throws SQLException {
        return new DuckDbSession(root.unwrap(DuckDBConnection.class).duplicate());
    }

    /** Gives up the first connection; the memory is free when every session is closed too. */
    @Override
    public void close() {
        try {
            root.close();
            if (spill != null) {
                Files.deleteIfExists(spill);
            }
        } catch (SQLException e) {
            throw DuckDbErrors.of(e);
        } catch (IOException e) {
            throw new StudioException(
                    ErrorCode.STORAGE_FAILED,
                    "The folder for intermediate results " + StudioException.quote(spill) + " could not be removed",
                    "Remove it by hand",
                    e);
        }
    }
}
