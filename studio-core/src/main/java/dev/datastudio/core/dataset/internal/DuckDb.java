package dev.datastudio.core.dataset.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Properties;

/** Opens DuckDB, and says in the words of Studio what it reports. */
public final class DuckDb {
    private DuckDb() {}

    /** A database of its own in memory; files are attached to it. Results stream, so none is held whole. */
    static Connection open() throws SQLException {
        Properties settings = new Properties();
        settings.setProperty("jdbc_stream_results", "true");
        settings.setProperty("autoinstall_known_extensions", "false");
        settings.setProperty("autoload_known_extensions", "false");
        return DriverManager.getConnection("jdbc:duckdb:", settings);
    }

    /** Runs a statement that a cancellation interrupts. */
    static void execute(Connection connection, String sql, Cancellation cancellation) throws SQLException {
        try (Statement statement = connection.createStatement();
                Cancellation.Registration waiting = cancellation.onCancel(() -> interrupt(statement))) {
            cancellation.throwIfCancelled();
            statement.execute(sql);
            assert waiting != null;
        } catch (SQLException e) {
            cancellation.throwIfCancelled();
            throw e;
        }
    }

    /** Stops what a statement runs. */
    public static void interrupt(Statement statement) {
        try {
            statement.cancel();
        } catch (SQLException e) {
            throw new IllegalStateException("An open statement can be cancelled", e);
        }
    }

    /** Whether a type, in upper case, is one of lists or structures. */
    static boolean isNested(String type) {
        return type.endsWith("]") || type.startsWith("STRUCT") || type.startsWith("MAP") || type.startsWith("UNION");
    }

    /** A path as readers of files take it, which read '*', '?' and '[' as patterns. */
    static String escapeGlob(Path file) {
        return file.toString().replaceAll("[\\[*?]", "[$0]");
    }

    /** The line of a failure's message that tells what is wrong. */
    static String reason(SQLException error) {
        String reason = "";
        for (String line : String.valueOf(error.getMessage()).split("\n", -1)) {
            if (!line.isBlank() && !line.contains("unsuccessful or closed pending query")) {
                reason = line.strip().replaceFirst("^(Error: )?(\\w+ )+Error: ", "");
                break;
            }
        }
        return reason.isEmpty() ? "no reason given" : reason;
    }

    /** The error for a failure that is not the input's fault. */
    static StudioException failed(String what, Path where, SQLException cause) {
        String text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        if (text.contains("no space left") || text.contains("disk quota") || text.contains("disk full")) {
            return new StudioException(
                    ErrorCode.STORAGE_FULL,
                    what + ": the disk of " + StudioException.quote(where) + " is full",
                    "Free some space there, or open another workspace",
                    cause);
        }
        if (text.contains("out of memory") || text.contains("could not allocate")) {
            return new StudioException(
                    ErrorCode.QUERY_OUT_OF_MEMORY,
                    what + ": the memory for an import does not suffice",
                    "Split the file, or import fewer columns",
                    cause);
        }
        return new StudioException(
                ErrorCode.STORAGE_FAILED,
                what + ": " + reason(cause),
                "Look at the cause; if it lasts, check the disk",
                cause);
    }

    /** Whether a failure comes from the machine and not from the input. */
    static boolean isMachineFault(SQLException error) {
        String text = String.valueOf(error.getMessage()).toLowerCase(Locale.ROOT);
        return text.contains("no space left")
                || text.contains("disk quota")
                || text.contains("out of memory")
                || text.contains("could not allocate")
                || text.contains("io error");
    }
}
