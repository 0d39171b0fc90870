package dev.datastudio.core.source.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.source.SourceKind;
import dev.datastudio.core.source.SourceSpec;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;

/** Says in words why a database did not do what it was asked. */
final class SourceErrors {
    private static final int SQLSERVER_LOGIN_FAILED = 18456;
    private static final int SQLSERVER_NO_DATABASE = 4060;
    private static final int SQLSERVER_LOCK_TIMEOUT = 1222;

    private SourceErrors() {}

    /** Why no connection came about. */
    static StudioException connecting(SourceSpec spec, SQLException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof StudioException known) {
                return known;
            }
            if (GuardedSocketFactory.RefusedAddressException.isCauseOf(cause)) {
                return new StudioException(
                        ErrorCode.URL_REFUSED,
                        "The host " + StudioException.quote(spec.host())
                                + " has an address where no database may be reached",
                        "Name the server of the database, or have the policy for hosts changed",
                        failure);
            }
        }
        return new StudioException(
                ErrorCode.SOURCE_UNREACHABLE,
                "The source " + StudioException.quote(spec.name()) + " could not be connected: " + words(failure),
                mend(spec, failure),
                failure);
    }

    private static String mend(SourceSpec spec, SQLException failure) {
        String state = state(failure);
        boolean sqlServer = spec.kind() == SourceKind.SQLSERVER;
        if (state.startsWith("28") || (sqlServer && failure.getErrorCode() == SQLSERVER_LOGIN_FAILED)) {
            return "Check the user and the password";
        } else if (state.startsWith("3D")
                || state.equals("42000")
                || (sqlServer && failure.getErrorCode() == SQLSERVER_NO_DATABASE)) {
            return "Check the name of the database, and that the user may use it";
        } else if (spec.kind().isFile()) {
            return "Check that the file is a database of " + spec.kind();
        } else if (spec.kind().isServer()) {
            return "Check host and port, that the server runs, and that it takes connections from this machine";
        }
        return "Check the data source of the host program";
    }

    /** Why a statement failed on an open connection. */
    static StudioException reading(SourceSpec spec, SQLException failure) {
        String state = state(failure);
        boolean timeout = failure instanceof SQLTimeoutException
                || state.equals("57014")
                || words(failure).contains("max_statement_time")
                || words(failure).contains("maximum statement execution time")
                || (spec.kind() == SourceKind.SQLSERVER && failure.getErrorCode() == SQLSERVER_LOCK_TIMEOUT);
        if (timeout) {
            return new StudioException(
                    ErrorCode.QUERY_TIMEOUT,
                    "The source " + StudioException.quote(spec.name()) + " took longer than "
                            + spec.readTimeout().toSeconds() + " s",
                    "Ask for less, or raise the source's read timeout",
                    failure);
        }
        if (isUnknownTable(state, words(failure))) {
            return new StudioException(
                    ErrorCode.UNKNOWN_TABLE,
                    "The source " + StudioException.quote(spec.name()) + " answered: " + words(failure),
                    "Read the schema of the source to see its tables",
                    failure);
        }
        boolean broken = state.startsWith("08") || state.startsWith("57P");
        return new StudioException(
                broken ? ErrorCode.SOURCE_UNREACHABLE : ErrorCode.SQL_INVALID,
                "The source " + StudioException.quote(spec.name()) + " answered: " + words(failure),
                broken ? "Check that the server runs, then try again" : "Check the table or the statement",
                failure);
    }

    private static boolean isUnknownTable(String state, String words) {
        return state.equals("42P01")
                || state.equals("42S02")
                || words.contains("Invalid object name")
                || words.contains("no such table")
                || words.contains("Catalog Error: Table with name");
    }

    private static String state(SQLException failure) {
        return failure.getSQLState() == null ? "" : failure.getSQLState();
    }

    private static String words(SQLException failure) {
        return StudioException.quote(String.valueOf(failure.getMessage()).strip());
    }
}
