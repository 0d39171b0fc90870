package dev.datastudio.graph.checkpoint.internal;

import dev.datastudio.api.checkpoint.CheckpointKey;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.SynchronousMode;

/** A SQLite file and how connections to it are made. Immutable. */
public final class SqliteFile {
    /** How long a writer waits for another one, unless told otherwise. */
    public static final Duration MAX_WAIT = Duration.ofSeconds(30);

    /**
     * How many pages the write-ahead log may have before it is begun anew, from its start: a log that still grows has the
     * file's length to sync with each commit, which costs more than the rarer checkpoints of a longer one save.
     */
    private static final int CHECKPOINT_PAGES = 500;

    private final Path path;
    private final Duration maxWait;
    private final SqliteFailures failures;

    private SqliteFile(Path path, Duration maxWait) {
        this.path = path;
        this.maxWait = maxWait;
        this.failures = new SqliteFailures(path);
    }

    /**
     * Threads in the database at a path, which is made if it is not there.
     *
     * @param given the key; null for the one in the file beside it, which is made with the database
     * @param maxWait how long a writer waits for another thread or process
     */
    public static SqlThreads open(Path path, @Nullable CheckpointKey given, Duration maxWait) {
        requireDriver();
        SqliteFile file = new SqliteFile(path.toAbsolutePath().normalize(), maxWait);
        try {
            return file.open(given);
        } catch (SQLException e) {
            throw file.failures.translate(e);
        } catch (IOException e) {
            throw file.failures.translate(e);
        }
    }

    private static void requireDriver() {
        try {
            Class.forName("org.sqlite.JDBC", true, SqliteFile.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new StudioException(
                    ErrorCode.DEPENDENCY_MISSING,
                    "The driver 'org.xerial:sqlite-jdbc' for checkpoints in SQLite is not on the class path",
                    "Add it to the program's dependencies",
                    e);
        }
    }

    private SqlThreads open(@Nullable CheckpointKey given) throws SQLException, IOException {
        KeyFile keyFile = new KeyFile(path, failures);
        create(given == null && keyFile.exists());
        Connection connection = connect();
        boolean opened = false;
        try {
            StatementCache session = new StatementCache(connection);
            CheckpointKey key = prepare(session, keyFile, given);
            SqlThreads threads = new SqlThreads(new SqliteDatabase(this, session), key);
            opened = true;
            return threads;
        } finally {
            if (!opened) {
                connection.close();
            }
        }
    }

    /** @param isKnown whether there was a database before: it has been emptied if nothing is in it */
    private void create(boolean isKnown) throws IOException {
        if (!Files.exists(path)) {
            try {
                KeyFile.createPrivate(path);
            } catch (FileAlreadyExistsException e) {
                return; // another process was faster
            }
        } else if (isKnown && Files.size(path) == 0) {
            throw failures.damaged(null);
        } else if (!Files.isRegularFile(path) || !Files.isWritable(path)) {
            throw failures.notWritable(null);
        }
    }

    /** Makes tables and key; one process at a time, as the database is locked meanwhile. */
    private CheckpointKey prepare(StatementCache session, KeyFile keyFile, @Nullable CheckpointKey given)
            throws SQLException, IOException {
        requireKnown(SqliteSchema.versionOf(session));
        Optional<CheckpointKey> found = given == null ? keyFile.read() : Optional.of(given);
        if (found.isPresent() && SqliteSchema.versionOf(session) == SqliteSchema.VERSION) {
            return found.get();
        }
        session.execute("BEGIN IMMEDIATE");
        boolean done = false;
        try {
            int version = SqliteSchema.versionOf(session);
            requireKnown(version);
            if (version == 0) {
                SqliteSchema.create(session);
            }
            CheckpointKey key = given == null ? keyOf(session, keyFile) : given;
            session.execute("COMMIT");
            done = true;
            return key;
        } finally {
            if (!done) {
                session.execute("ROLLBACK");
            }
        }
    }

    private void requireKnown(int version) {
        if (version > SqliteSchema.VERSION) {
            throw failures.tooNew(version, SqliteSchema.VERSION);
        }
    }

    private CheckpointKey keyOf(StatementCache session, KeyFile keyFile) throws SQLException, IOException {
        Optional<CheckpointKey> found = keyFile.read();
        if (found.isPresent()) {
            return found.get();
        }
        if (SqliteSchema.hasEntries(session)) {
            throw failures.keyMissing(keyFile.path());
        }
        return keyFile.make();
    }

    SqliteFailures failures() {
        return failures;
    }

    Duration maxWait() {
        return maxWait;
    }

    Connection connect() throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout((int) maxWait.toMillis());
        config.setSynchronous(SynchronousMode.FULL);
        config.setPragma(SQLiteConfig.Pragma.WAL_AUTOCHECKPOINT, String.valueOf(CHECKPOINT_PAGES));
        // A URI, so that '?' or '#' in a folder's name can't become options.
        Connection connection =
                config.createConnection("jdbc:sqlite:file:" + path.toUri().getRawPath());
        boolean ready = false;
        try {
            requireWriteAheadLog(new StatementCache(connection));
            ready = true;
            return connection;
        } finally {
            if (!ready) {
                connection.close();
            }
        }
    }

    private void requireWriteAheadLog(StatementCache session) throws SQLException {
        try (ResultSet rows = session.prepare("PRAGMA journal_mode = WAL").executeQuery()) {
            String mode = rows.next() ? rows.getString(1) : "unknown";
            if (!"wal".equalsIgnoreCase(mode)) {
                throw failures.failed(new SQLException("its file system allows only the journal mode " + mode));
            }
        }
        session.closeStatements();
    }
}
