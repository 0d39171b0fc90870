package dev.datastudio.graph.checkpoint.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.sql.SQLException;
import java.util.Set;

/** Says in the words of Studio what PostgreSQL reports, by its SQLSTATE codes. */
final class PostgresFailures {
    private static final String WHAT = "The checkpoint database on PostgreSQL ";

    /** The server undid the transaction so that others could go on: serialization failure, deadlock. */
    private static final Set<String> UNDONE = Set.of("40001", "40P01");

    /** Lock not available, too many connections, no connection slot, the server is starting or stopping. */
    private static final Set<String> BUSY = Set.of("55P03", "53300", "57P03", "57P01");

    /** Read-only transaction, insufficient privilege. */
    private static final Set<String> NOT_WRITABLE = Set.of("25006", "42501");

    private PostgresFailures() {}

    static boolean isUndone(SQLException error) {
        return UNDONE.contains(stateOf(error));
    }

    static StudioException translate(SQLException error) {
        String state = stateOf(error);
        if (isUndone(error) || BUSY.contains(state)) {
            return new StudioException(
                    ErrorCode.STORAGE_BUSY,
                    WHAT + "is too busy: " + error.getMessage(),
                    "Try again; if it lasts, give the server more connections or the writers less work",
                    error);
        }
        if (state.equals("53100")) {
            return new StudioException(
                    ErrorCode.STORAGE_FULL,
                    WHAT + "could not be written: the server's disk is full",
                    "Free some space there; what was stored before is kept",
                    error);
        }
        if (NOT_WRITABLE.contains(state)) {
            return new StudioException(
                    ErrorCode.STORAGE_NOT_WRITABLE,
                    WHAT + "can't be written: " + error.getMessage(),
                    "Connect to the primary server as a user that may create and write the tables graph_schema,"
                            + " graph_thread and graph_entry",
                    error);
        }
        if (state.startsWith("XX00") && !state.equals("XX000")) {
            return new StudioException(
                    ErrorCode.CHECKPOINT_DAMAGED,
                    WHAT + "is damaged: " + error.getMessage(),
                    "Restore it from a backup",
                    error);
        }
        return new StudioException(
                ErrorCode.STORAGE_FAILED,
                WHAT + "failed: " + error.getMessage(),
                "Look at the cause and try again; if it lasts, check the server and the way to it",
                error);
    }

    static StudioException tooNew(int version, int known) {
        return new StudioException(
                ErrorCode.WORKSPACE_TOO_NEW,
                WHAT + "has checkpoint tables of version " + version + ", this Studio knows versions up to " + known,
                "Use the newer Studio that made them, or another database");
    }

    private static String stateOf(SQLException error) {
        return String.valueOf(error.getSQLState());
    }
}
