package dev.datastudio.core.workspace;

import dev.datastudio.core.workspace.internal.PrivateFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the schema of a state database to the version that this code knows.
 *
 * <p>The version stands in {@code PRAGMA user_version}, a number in the file's header. When it is the expected one,
 * nothing else is looked at and Flyway, whose classes take longer to load than the rest of a question takes, is not
 * touched. One process at a time upgrades: the others wait at a lock file.
 */
final class SchemaUpgrade {
    /** The number of the last script in {@code db/migration/sqlite}. */
    static final int VERSION = 2;

    private static final Logger log = LoggerFactory.getLogger(SchemaUpgrade.class);
    private static final String SCRIPTS = "classpath:db/migration/sqlite";
    private static final String HISTORY = "flyway_schema_history";
    /** File locks hold between processes only; threads of this one wait here. */
    private static final ReentrantLock IN_THIS_PROCESS = new ReentrantLock();

    private final Path file;
    private final int version;
    private final String[] scripts;

    SchemaUpgrade(Path file) {
        this(file, VERSION, SCRIPTS);
    }

    /**
     * @param version the number of the last script
     * @param scripts where the scripts lie, as Flyway says it
     */
    SchemaUpgrade(Path file, int version, String... scripts) {
        this.file = file;
        this.version = version;
        this.scripts = scripts;
    }

    /** What {@code PRAGMA user_version} says; 0 in a new file. */
    static int versionOf(Connection connection) throws SQLException {
        return number(connection, "PRAGMA user_version");
    }

    void run() throws SQLException, IOException {
        Path lock = sibling(".lock");
        IN_THIS_PROCESS.lock();
        try {
            PrivateFiles.createFile(lock);
            try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
                    FileLock held = channel.lock()) {
                log.debug("Holding {} to upgrade {}", held, file);
                upgrade();
            }
        } finally {
            IN_THIS_PROCESS.unlock();
        }
    }

    private void upgrade() throws SQLException, IOException {
        try (Connection connection = new SqliteConnections(file, SqliteConnections.Access.READ_WRITE).open()) {
            SqliteConnections.execute(connection, "PRAGMA journal_mode = WAL"); // kept in the file from then on
            if (versionOf(connection) == version) {
                return; // another process did it while this one waited
            }
            int found = storedVersion(connection);
            if (found > version) {
                throw SqliteErrors.tooNew(file, found, version);
            }
            if (found > 0 && found < version) {
                backUp(connection, found);
            }
            FlywayMigration.run(file, scripts);
            SqliteConnections.execute(connection, "PRAGMA user_version = " + version);
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
    private void backUp(Connection connection, int found) throws SQLException, IOException {
        Path backup = sibling(".backup-v" + found);
        Path half = sibling(".backup-v" + found + ".part");
        Files.deleteIfExists(half);
        SqliteConnections.copy(connection, half);
        Files.move(half, backup, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        log.info("Upgrading {} from version {} to {}; the old one is kept as {}", file, found, version, backup);
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
