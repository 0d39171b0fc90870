package dev.datastudio.core.workspace;

import dev.datastudio.core.workspace.SqliteConnections.Access;
import dev.datastudio.core.workspace.internal.PrivateFiles;
import dev.datastudio.core.workspace.internal.StorageErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A state database that was opened and is up to date.
 *
 * @param connections for more connections of the same kind
 * @param first the connection that it was looked at with
 */
record SqliteOpening(SqliteConnections connections, Connection first) {
    private static final Logger log = LoggerFactory.getLogger(SqliteOpening.class);

    /** Opens the file for writing or, where nothing can be written, for reading. */
    static SqliteOpening open(Path file) {
        try {
            if (!Files.exists(file)) {
                create(file);
            }
            if (Files.isWritable(file)) {
                return forWriting(file);
            }
        } catch (SQLException e) {
            if (!SqliteErrors.isNotWritable(e)) {
                throw SqliteErrors.translate(file, e);
            }
            log.debug("{} can't be opened for writing", file, e);
        }
        return forReading(file);
    }

    private static void create(Path file) {
        try {
            PrivateFiles.createFile(file);
        } catch (IOException e) {
            throw StorageErrors.writing("The state database could not be made", file, e);
        }
    }

    private static SqliteOpening forWriting(Path file) throws SQLException {
        SqliteOpening opening = with(new SqliteConnections(file, Access.READ_WRITE));
        try {
            int version = knownVersion(file, opening.first);
            if (version < SchemaUpgrade.VERSION || !isWriteAhead(opening.first)) {
                upgrade(file);
            }
            return opening;
        } catch (SQLException | RuntimeException e) {
            opening.first.close();
            throw e;
        }
    }

    private static void upgrade(Path file) throws SQLException {
        try {
            new SchemaUpgrade(file).run();
        } catch (IOException e) {
            throw StorageErrors.writing("The state database could not be upgraded", file, e);
        }
    }

    /** A database whose log was fully written back can be read as a file that never changes; others need the log. */
    private static SqliteOpening forReading(Path file) {
        try {
            SqliteOpening opening = forReading(file, Access.READ_ONLY);
            log.warn("{} can't be written: it is open for reading only, and nothing new will be kept", file);
            return opening;
        } catch (SQLException e) {
            if (!SqliteErrors.isNotWritable(e) || hasPendingLog(file)) {
                throw SqliteErrors.translate(file, e);
            }
            log.debug("{} can't share its log", file, e);
        }
        try {
            SqliteOpening opening = forReading(file, Access.IMMUTABLE);
            log.warn("{} lies on a read-only place: nothing new will be kept", file);
            return opening;
        } catch (SQLException e) {
            throw SqliteErrors.translate(file, e);
        }
    }

    private static SqliteOpening forReading(Path file, Access access) throws SQLException {
        SqliteOpening opening = with(new SqliteConnections(file, access));
        try {
            if (knownVersion(file, opening.first) < SchemaUpgrade.VERSION) {
                throw SqliteErrors.notWritable(file, null); // it would have to be upgraded first
            }
            return opening;
        } catch (SQLException | RuntimeException e) {
            opening.first.close();
            throw e;
        }
    }

    private static SqliteOpening with(SqliteConnections connections) throws SQLException {
        return new SqliteOpening(connections, connections.open());
    }

    private static int knownVersion(Path file, Connection connection) throws SQLException {
        int version = SchemaUpgrade.versionOf(connection);
        if (version > SchemaUpgrade.VERSION) {
            throw SqliteErrors.tooNew(file, version, SchemaUpgrade.VERSION);
        }
        return version;
    }

    private static boolean isWriteAhead(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("PRAGMA journal_mode")) {
            return rows.next() && "wal".equalsIgnoreCase(rows.getString(1));
        }
    }

    private static boolean hasPendingLog(Path file) {
        try {
            return Files.size(file.resolveSibling(file.getFileName() + "-wal")) > 0;
        } catch (IOException e) {
            return false; // there is none
        }
    }
}
