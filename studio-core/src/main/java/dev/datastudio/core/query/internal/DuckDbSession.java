package dev.datastudio.core.query.internal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** One connection, used by one call at a time, with its prepared parser. Not thread-safe. */
public final class DuckDbSession implements AutoCloseable {
    private static final String PARSE =
            "SELECT json_serialize_sql(?::VARCHAR, skip_null := true, skip_empty := true, skip_default := true)";

    private final Connection connection;
    private @Nullable PreparedStatement parser;
    private boolean inTransaction;

    public DuckDbSession(Connection connection) {
        this.connection = connection;
    }

    /** The syntax tree of a text, see {@link SqlGate.Parser}. */
    public String parse(String sql) throws SQLException {
        PreparedStatement statement = parser;
        if (statement == null) {
            statement = connection.prepareStatement(PARSE);
            parser = statement;
        }
        statement.setString(1, sql);
        try (ResultSet tree = statement.executeQuery()) {
            tree.next();
            return tree.getString(1);
        } catch (SQLException e) {
            parser = null;
            statement.close();
            throw e;
        }
    }

    /** Opens the transaction in which nothing can be written. */
    public void beginReadOnly() throws SQLException {
        run("BEGIN TRANSACTION READ ONLY");
        inTransaction = true;
    }

    /** Ends it; there is nothing to keep. */
    public void rollback() throws SQLException {
        run("ROLLBACK");
        inTransaction = false;
    }

    /** Whether a transaction was begun and not rolled back. */
    public boolean isInTransaction() {
        return inTransaction;
    }

    /** Prepares a statement; the caller closes it. */
    public PreparedStatement prepare(String sql) throws SQLException {
        return connection.prepareStatement(sql);
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        PreparedStatement statement = parser;
        parser = null;
        try {
            if (statement != null) {
                statement.close();
            }
        } finally {
            connection.close();
        }
    }
}
