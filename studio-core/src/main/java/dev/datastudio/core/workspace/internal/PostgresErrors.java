package dev.datastudio.core.workspace.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Says in the words of Studio what PostgreSQL reports; states as in appendix A of its manual. */
public final class PostgresErrors {
    private PostgresErrors() {}

    /** Whether the transaction was undone because of another one, and may be run again. */
    public static boolean isCollision(SQLException error) {
        String state = state(error);
        return state.equals("40001") || state.equals("40P01");
    }

    /** What a user is told. */
    public static StudioException translate(SQLException error) {
        String state = state(error);
        if (isCollision(error) || state.equals("55P03") || state.equals("53300")) {
            return busy(error);
        }
        if (state.equals("53100")) {
            return new StudioException(
                    ErrorCode.STORAGE_FULL,
                    "The disk of the PostgreSQL server is full",
                    "Free some space there, then try again",
                    error);
        }
        if (state.equals("25006") || state.equals("42501")) {
            return new StudioException(
                    ErrorCode.STORAGE_NOT_WRITABLE,
                    "The PostgreSQL database can't be written: " + firstLine(error),
                    "Connect to the primary server as a user who owns Studio's schema",
                    error);
        }
        if (state.startsWith("XX00")) {
            return new StudioException(
                    ErrorCode.WORKSPACE_DAMAGED,
                    "The PostgreSQL database is damaged: " + firstLine(error),
                    "Restore it from a backup",
                    error);
        }
        if (state.startsWith("08") || state.startsWith("57P")) {
            return new StudioException(
                    ErrorCode.STORAGE_FAILED,
                    "The PostgreSQL server can't be reached: " + firstLine(error),
                    "Check that it runs and that host, port, user and password are right, then try again",
                    error);
        }
        return failed(error);
    }

    /** When others would not let it through for too long. */
    public static StudioException busy(@Nullable Throwable cause) {
        return new StudioException(
                ErrorCode.STORAGE_BUSY,
                "The PostgreSQL database stayed busy with other changes of the same data",
                "Try again in a moment; if it lasts, look for transactions that stay open",
                cause);
    }

    static StudioException failed(Exception cause) {
        return new StudioException(
                ErrorCode.STORAGE_FAILED,
                "The PostgreSQL database failed: " + firstLine(cause),
                "Look at the cause and at the server's log",
                cause);
    }

    static StudioException tooNew(int version, int known) {
        return new StudioException(
                ErrorCode.WORKSPACE_TOO_NEW,
                "The PostgreSQL database has version " + version + ", this Studio knows versions up to " + known,
                "Use the newer Studio that wrote it, or another database or schema");
    }

    static StudioException notPostgres(String product) {
        return new StudioException(
                ErrorCode.INVALID_ARGUMENT,
                "The data source is of " + StudioException.quote(product) + ", not of PostgreSQL",
                "Give a data source of a PostgreSQL server");
    }

    static StudioException flywayMissing(Throwable cause) {
        return new StudioException(
                ErrorCode.DEPENDENCY_MISSING,
                "Flyway's part for PostgreSQL is not on the class path",
                "Add the dependency org.flywaydb:flyway-database-postgresql",
                cause);
    }

    /** The lines below it may hold the contents of rows. */
    private static String firstLine(Exception error) {
        return String.valueOf(error.getMessage()).lines().findFirst().orElse("no message");
    }

    /** The five characters of its state; empty when it has none. */
    public static String state(SQLException error) {
        String state = error.getSQLState();
        return state == null ? "" : state;
    }
}
