package dev.datastudio.core.workspace;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/** Opens connections to one SQLite file. Immutable. */
final class SqliteConnections {
    private static final int BUSY_MILLIS = 1_000;

    private final Path file;
    private final Access access;

    SqliteConnections(Path file, Access access) {
        this.file = file;
        this.access = access;
    }

    /** How the file is opened. */
    enum Access {
        READ_WRITE,
        /** Another process may write meanwhile. */
        READ_ONLY,
        /** Nobody can write: the file lies on a read-only place and has no pending log. */
        IMMUTABLE
    }

    Access access() {
        return access;
    }

    Connection open() throws SQLException {
        Connection connection = config().createConnection("jdbc:sqlite:" + uri(file) + options());
        try (Statement statement = connection.createStatement()) {
            if (access == Access.READ_WRITE) {
                statement.execute("PRAGMA journal_mode = WAL");
            }
            statement.execute("PRAGMA foreign_keys = ON");
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return connection;
    }

    private SQLiteConfig config() {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLIS);
        if (access != Access.READ_WRITE) {
            config.setReadOnly(true);
        }
        config.setOpenMode(SQLiteOpenMode.OPEN_URI);
        return config;
    }

    /** A URI, because only that can say immutable; and '?' or '#' in a folder's name can't become options. */
    static String uri(Path file) {
        return "file:" + file.toAbsolutePath().toUri().getRawPath();
    }

    private String options() {
        return switch (access) {
            case READ_WRITE -> "";
            case READ_ONLY -> "?mode=ro";
            case IMMUTABLE -> "?immutable=1";
        };
    }
}
