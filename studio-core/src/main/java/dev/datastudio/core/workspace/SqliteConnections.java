package dev.datastudio.core.workspace;

import dev.datastudio.core.workspace.internal.PrivateFiles;
import dev.datastudio.core.workspace.internal.StorageErrors;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/** Opens connections to one SQLite file. Immutable. */
final class SqliteConnections {
    /** How long SQLite itself waits for another process before it reports back. */
    private static final int BUSY_MILLIS = (int) StateDatabase.MAX_WAIT.toMillis();

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
        try {
            execute(connection, "PRAGMA foreign_keys = ON");
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return connection;
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** A consistent copy, also while others read and write, readable by this user only. */
    static void copy(Connection connection, Path copy) throws SQLException {
        try {
            PrivateFiles.createFile(copy); // SQLite fills an empty file and keeps its mode
        } catch (IOException e) {
            throw StorageErrors.writing("The copy of the state database could not be made", copy, e);
        }
        try (PreparedStatement statement = connection.prepareStatement("VACUUM INTO ?")) {
            statement.setString(1, copy.toString());
            statement.execute();
        }
    }

    /** What SQLite's own check of the whole file finds. */
    static List<String> integrityProblems(Connection connection) throws SQLException {
        List<String> problems = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("PRAGMA integrity_check")) {
            while (rows.next()) {
                problems.add(rows.getString(1));
            }
        }
        problems.remove("ok");
        return List.copyOf(problems);
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
