package dev.datastudio.core.workspace;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.locks.ReentrantLock;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteDataSource;

/**
 * Brings the schema of a state database to the version that this code knows.
 *
 * <p>The version stands in {@code PRAGMA user_version}, a number in the file's header. When it is the expected one,
 * nothing else is looked at and Flyway, whose classes take longer to load than the rest of a question takes, is not
 * touched. One process at a time upgrades: the others wait at a lock file.
 */
final class SchemaUpgrade {
    /** The number of the last script in {@code db/migration/sqlite}. */
    static final int VERSION = 1;

    private static final Logger log = LoggerFactory.getLogger(SchemaUpgrade.class);
    private static final String SCRIPTS = "classpath:db/migration/sqlite";
    private static final String HISTORY = "flyway_schema_history";
    /** File locks hold between processes only; threads of this one wait here. */
    private static final ReentrantLock IN_THIS_PROCESS = new ReentrantLock();

    private final Path file;

    SchemaUpgrade(Path file) {
        this.file = file;
    }

    /** What {@code PRAGMA user_version} says; 0 in a new file. */
    static int versionOf(Connection connection) throws SQLException {
        return number(connection, "PRAGMA user_version");
    }

    void run() throws SQLException, IOException {
        IN_THIS_PROCESS.lock();
        try (FileChannel channel =
                        FileChannel.open(sibling(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = channel.lock()) {
            log.debug("Holding {} to upgrade {}", held, file);
            upgrade();
        } finally {
            IN_THIS_PROCESS.unlock();
        }
    }

    private void upgrade() throws SQLException, IOException {
        try (Connection connection = new SqliteConnections(file, SqliteConnections.Access.READ_WRITE).open()) {
            if (versionOf(connection) == VERSION) {
                return; // another process did it while this one waited
            }
            int found = storedVersion(connection);
            if (found > VERSION) {
                throw SqliteErrors.tooNew(file, found, VERSION);
            }
            if (found > 0 && found < VERSION) {
                backUp(connection, found);
            }
            migrate();
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA user_version = " + VERSION);
            }
        }
    }

    /** The version by Flyway's own record: a process may have ended between its last script and user_version. */
    private int storedVersion(Connection connection) throws SQLException {
        if (number(connection, "SELECT count(*) FROM sqlite_master WHERE name = '" + HISTORY + "'") > 0) {
            return number(
                    connection, "SELECT coalesce(max(CAST(version AS INTEGER)), 0) FROM " + HISTORY + " WHERE success");
        }
        if (number(connection, "SELECT count(*) FROM sqlite_master") > 0) {
            throw SqliteErrors.damaged(file, null); // someone else's tables
        }
        return 0;
    }

    /** A consistent copy, also while others read. Written apart and renamed, so that a backup is always whole. */
    private void backUp(Connection connection, int version) throws SQLException, IOException {
        Path backup = sibling(".backup-v" + version);
        Path half = sibling(".backup-v" + version + ".part");
        Files.deleteIfExists(half);
        try (PreparedStatement statement = connection.prepareStatement("VACUUM INTO ?")) {
            statement.setString(1, half.toString());
            statement.execute();
        }
        Files.move(half, backup, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        log.info("Upgrading {} from version {} to {}; the old one is kept as {}", file, version, VERSION, backup);
    }

    private void migrate() throws SQLException {
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + SqliteConnections.uri(file));
        try {
            Flyway.configure(SchemaUpgrade.class.getClassLoader())
                    .dataSource(source)
                    .locations(SCRIPTS)
                    .loggers("slf4j")
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
                if (cause instanceof SQLException inner) {
                    throw inner;
                }
            }
            throw SqliteErrors.failed(file, e);
        }
    }

    private Path sibling(String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }

    private static int number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getInt(1) : 0;
        }
    }
}
