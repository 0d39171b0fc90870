package dev.datastudio.core.query.jdbc.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.query.internal.NearestName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns the errors of databases into Studio's: what happened in one line, and a mend. */
public final class JdbcErrors {
    private static final int MAX_WORDS = 300;
    private static final int MAX_NAMES = 2_000;
    private static final int SQLSERVER_LOCK_TIMEOUT = 1222;
    private static final int SQLSERVER_READ_ONLY = 3906;
    private static final Pattern NO_TABLE = Pattern.compile(
            "relation \"([^\"]+)\" does not exist|no such table: (\\S+?)\\)?$|Table '([^']+)' doesn't exist"
                    + "|Invalid object name '([^']+)'");
    private static final Pattern NO_COLUMN = Pattern.compile(
            "column \"?([^\"]+?)\"? does not exist|no such column: (\\S+?)\\)?$|Unknown column '([^']+)'"
                    + "|Invalid column name '([^']+)'");
    private static final Pattern NOISE =
            Pattern.compile("^(ERROR: |\\(conn=\\d+\\) |\\[SQLITE_[A-Z_]+\\] )|\\s*\\bPosition: \\d+$");

    private JdbcErrors() {}

    /** The error for a connection that could not be had. */
    public static StudioException unreachable(String name, SQLException failure) {
        return new StudioException(
                ErrorCode.SOURCE_UNREACHABLE,
                "The database " + StudioException.quote(name) + " can't be reached: " + words(failure),
                "Check that it runs, and that address, user and password are right",
                failure);
    }

    /** The error for a failed statement; the connection is still open and is asked for the names there are. */
    static StudioException of(SQLException failure, String name, Connection connection) {
        String state = String.valueOf(failure.getSQLState());
        String words = words(failure);
        if (isTimeout(failure, state, words)) {
            return new StudioException(
                    ErrorCode.QUERY_TIMEOUT,
                    "The database stopped the statement: " + words,
                    "Narrow it with WHERE or LIMIT, or raise the timeout",
                    failure);
        } else if (state.equals("53200") || state.equals("53100") || state.equals("53400")) {
            return new StudioException(
                    ErrorCode.QUERY_OUT_OF_MEMORY,
                    "The statement needed more memory than the database gives it: " + words,
                    "Narrow it with WHERE, or group by fewer columns",
                    failure);
        } else if (isReadOnly(failure, state, words)) {
            return new StudioException(
                    ErrorCode.SQL_REFUSED,
                    "The database refused the statement: " + words,
                    "Write it as a SELECT that only reads the tables",
                    failure);
        } else if (state.startsWith("08") || state.startsWith("57P")) {
            return unreachable(name, failure);
        }
        return new StudioException(ErrorCode.SQL_INVALID, what(words), mend(words, connection, failure), failure);
    }

    private static boolean isTimeout(SQLException failure, String state, String words) {
        return failure instanceof SQLTimeoutException
                || Set.of("57014", "70100").contains(state)
                || words.contains("max_statement_time")
                || words.contains("maximum statement execution time")
                || (failure.getErrorCode() == SQLSERVER_LOCK_TIMEOUT && words.startsWith("Lock request"));
    }

    private static boolean isReadOnly(SQLException failure, String state, String words) {
        return state.equals("25006")
                || words.contains("READ ONLY transaction")
                || words.contains("readonly")
                || (failure.getErrorCode() == SQLSERVER_READ_ONLY && words.contains("read-only"));
    }

    private static String what(String words) {
        String table = first(NO_TABLE, words);
        return table == null
                ? "The statement failed: " + words
                : "There is no table " + StudioException.quote(table.substring(table.lastIndexOf('.') + 1));
    }

    private static String mend(String words, Connection connection, SQLException failure) {
        String table = first(NO_TABLE, words);
        String column = first(NO_COLUMN, words);
        String wanted = table == null ? column : table;
        if (wanted == null) {
            return "Mend the statement; texts stand in single quotes, names in double quotes";
        }
        String last = wanted.substring(wanted.lastIndexOf('.') + 1);
        String kind = table == null ? "column" : "table";
        try {
            return NearestName.of(last, names(connection, table == null))
                    .map(n -> "Use a " + kind + " that is there; " + StudioException.quote(n) + " is the nearest")
                    .orElse("Use a " + kind + " that is there");
        } catch (SQLException e) {
            failure.addSuppressed(e);
            return "Use a " + kind + " that is there";
        }
    }

    private static List<String> names(Connection connection, boolean columns) throws SQLException {
        if (!connection.getAutoCommit()) {
            connection.rollback();
        }
        List<String> names = new ArrayList<>();
        try (ResultSet found = columns
                ? connection.getMetaData().getColumns(connection.getCatalog(), null, "%", "%")
                : connection.getMetaData().getTables(connection.getCatalog(), null, "%", null)) {
            while (found.next() && names.size() < MAX_NAMES) {
                String schema = String.valueOf(found.getString("TABLE_SCHEM")).toLowerCase(Locale.ROOT);
                if (!Set.of("pg_catalog", "information_schema", "sys").contains(schema)) {
                    names.add(found.getString(columns ? "COLUMN_NAME" : "TABLE_NAME"));
                }
            }
        }
        return names;
    }

    private static @Nullable String first(Pattern pattern, String words) {
        Matcher matcher = pattern.matcher(words);
        if (!matcher.find()) {
            return null;
        }
        for (int i = 1; i <= matcher.groupCount(); i++) {
            if (matcher.group(i) != null) {
                return matcher.group(i);
            }
        }
        return null;
    }

    /** The first line that says something, without what the driver adds. */
    private static String words(SQLException failure) {
        String line = String.valueOf(failure.getMessage())
                .lines()
                .map(String::strip)
                .filter(l -> !l.isEmpty())
                .findFirst()
                .orElse("no reason given");
        String plain = NOISE.matcher(NOISE.matcher(line).replaceAll("")).replaceAll("");
        return plain.length() <= MAX_WORDS ? plain : plain.substring(0, MAX_WORDS) + "…";
    }
}
