package dev.datastudio.core.query.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns DuckDB's errors into Studio's: its own words for what happened, and a mend. */
public final class DuckDbErrors {
    /** 1.5 puts this line before the real message. */
    private static final String WRAPPER = "Attempting to execute an unsuccessful or closed pending query result";

    private static final Pattern ERROR_LINE = Pattern.compile("^(?:Error: )?([A-Z][A-Za-z ]*? Error): (.*)$");
    private static final Pattern QUOTED = Pattern.compile("\"((?:[^\"]|\"\")+)\"");
    private static final Pattern CANDIDATES =
            Pattern.compile("(?:Candidate bindings|Did you mean|Candidate functions):?\\s*(.*)", Pattern.DOTALL);
    private static final Pattern NO_COLUMN = Pattern.compile("Referenced column \"([^\"]+)\" not found");
    private static final Pattern NO_FUNCTION = Pattern.compile("Function with name (\\S+) does not exist");

    /** The line of the statement, and a sign below the place in it. */
    private static final Pattern PLACE =
            Pattern.compile("^(?<head>LINE (?<line>\\d+): )(?<text>[^\\n]*)\\n(?<caret> *\\^)", Pattern.MULTILINE);

    private DuckDbErrors() {}

    /** The error for a failed statement. */
    public static StudioException of(SQLException failure) {
        String message = String.valueOf(failure.getMessage());
        Matcher line = firstError(message);
        String kind = line == null ? "" : line.group(1);
        String words = line == null
                ? message.lines().findFirst().orElse("")
                : kind + ": " + line.group(2).replaceAll("[!.]+$", "");
        return switch (kind) {
            case "Out of Memory Error" ->
                new StudioException(
                        ErrorCode.QUERY_OUT_OF_MEMORY,
                        "The statement needed more memory than it may use: " + Refusals.cut(words),
                        "Narrow it with WHERE, group by fewer columns, or raise the memory limit of the engine",
                        failure);
            case "Permission Error", "TransactionContext Error" ->
                new StudioException(
                        ErrorCode.SQL_REFUSED,
                        "The engine refused the statement: " + Refusals.cut(words),
                        "Write it as a SELECT that only reads the tables",
                        failure);
            case "IO Error" ->
                new StudioException(
                        ErrorCode.STORAGE_FAILED,
                        "The stored data could not be read: " + Refusals.cut(words),
                        "Check that the file is still there and whole, or import the data again",
                        failure);
            case "INTERNAL Error", "FATAL Error", "" ->
                new StudioException(
                        ErrorCode.INTERNAL,
                        "DuckDB failed: " + Refusals.cut(words),
                        "Report this with the statement; writing it another way may help",
                        failure);
            default ->
                new StudioException(
                        ErrorCode.SQL_INVALID,
                        "The statement failed: " + Refusals.cut(words) + place(message),
                        mend(kind, message),
                        failure);
        };
    }

    /** Where the error is, such as {@code  (line 2, column 8)}; empty where DuckDB does not show it. */
    private static String place(String message) {
        Matcher place = PLACE.matcher(message);
        if (!place.find()) {
            return "";
        }
        String line = " (line " + place.group("line");
        // A long line is shown in part, and its column can't be told.
        boolean isWhole = !place.group("text").startsWith("...");
        int column = place.group("caret").length() - place.group("head").length();
        return isWhole && column > 0 ? line + ", column " + column + ")" : line + ")";
    }

    private static @Nullable Matcher firstError(String message) {
        for (String text : message.lines().toList()) {
            Matcher line = ERROR_LINE.matcher(text.strip());
            if (line.matches() && !line.group(2).startsWith(WRAPPER)) {
                return line;
            }
        }
        return null;
    }

    private static String mend(String kind, String message) {
        if (message.contains("ambda") && (message.contains("->") || message.contains("arrow"))) {
            return "Write the lambda as 'lambda x: x + 1' in place of 'x -> x + 1'";
        }
        String candidates = candidates(message);
        if (!candidates.isEmpty()) {
            return candidates;
        }
        Matcher function = NO_FUNCTION.matcher(message);
        if (function.find()) {
            return "Use a function of DuckDB in place of " + StudioException.quote(function.group(1));
        }
        if (message.contains("GROUP BY")) {
            return "Add the column to GROUP BY, or wrap it in an aggregate such as any_value(column)";
        }
        return switch (kind) {
            case "Conversion Error" -> "Use TRY_CAST, which gives NULL where a value does not convert";
            case "Parser Error" -> "Mend the statement at that place; the dialect is DuckDB's";
            case "Out of Range Error" -> "Cast to a wider type such as DOUBLE or HUGEINT before computing";
            default -> "Mend the statement; text values stand in single quotes, names in double quotes";
        };
    }

    private static String candidates(String message) {
        Matcher matcher = CANDIDATES.matcher(message);
        if (!matcher.find()) {
            return "";
        }
        String tail = matcher.group(1);
        int end = tail.toUpperCase(Locale.ROOT).indexOf("LINE 1");
        List<String> names = new ArrayList<>();
        Matcher quoted = QUOTED.matcher(end < 0 ? tail : tail.substring(0, end));
        while (quoted.find()) {
            names.add(quoted.group(1));
        }
        if (names.isEmpty()) {
            return "";
        }
        Matcher column = NO_COLUMN.matcher(message);
        String nearest = column.find()
                ? NearestName.of(column.group(1), names)
                        .map(name -> "; " + StudioException.quote(name) + " is the nearest")
                        .orElse("")
                : "";
        return "Use one of " + names + nearest;
    }
}
