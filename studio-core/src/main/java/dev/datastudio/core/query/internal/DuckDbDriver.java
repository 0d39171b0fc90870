package dev.datastudio.core.query.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.duckdb.DuckDBDriver;

/**
 * The one place that opens DuckDB. Paths never become part of a JDBC URL, where a {@code ;} starts options that run
 * SQL files: files are attached with {@link #literal(String)} instead.
 */
public final class DuckDbDriver {
    private static final String IN_MEMORY = "jdbc:duckdb:";

    private DuckDbDriver() {}

    /**
     * A new in-memory database; more connections to it come from {@code DuckDBConnection.duplicate()}. Results are held
     * by the engine before the first row is read: while the driver streams a result, a statement can't be interrupted.
     */
    public static Connection open() throws SQLException {
        return open("false");
    }

    /** As {@link #open()}, but rows are handed out while they are computed, so that memory does not grow with them. */
    public static Connection openStreaming() throws SQLException {
        return open("true");
    }

    private static Connection open(String streamed) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty(DuckDBDriver.JDBC_STREAM_RESULTS, streamed);
        return new DuckDBDriver().connect(IN_MEMORY, properties);
    }

    /** A text as an SQL literal. */
    public static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /** A name as a quoted SQL identifier. */
    public static String identifier(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }
}
