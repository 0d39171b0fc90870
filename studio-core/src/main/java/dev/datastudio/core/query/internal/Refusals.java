package dev.datastudio.core.query.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.util.Locale;
import java.util.regex.Pattern;

/** The words with which all gates refuse; those of the gate for DuckDB alone are hidden. */
public final class Refusals {
    private static final int MAX_MESSAGE = 300;
    private static final Pattern LOOKS_LIKE_A_FILE = Pattern.compile("[./\\\\:*?]");
    private static final Pattern SYSTEM_NAME =
            Pattern.compile("(duckdb_|pg_|sqlite_|pragma_|information_schema).*", Pattern.CASE_INSENSITIVE);

    private Refusals() {}

    static StudioException severalStatements(int count) {
        return refused("The text holds " + count + " statements", "Send one SELECT statement at a time");
    }

    static StudioException notSelect(String firstWord) {
        String word = firstWord.toUpperCase(Locale.ROOT);
        if (word.equals("PIVOT")) {
            return refused(
                    "PIVOT without a list of values is not one statement that reads",
                    "Name the values: PIVOT … ON column IN ('a', 'b') USING …");
        }
        return refused(
                "The text " + StudioException.quote(word + " …") + " is not one statement that only reads",
                "Send one SELECT statement over the tables");
    }

    public static StudioException part(String part) {
        return refused(
                "The statement holds " + StudioException.quote(part) + ", which is not allowed here",
                "Write it as a plain SELECT that only reads the tables");
    }

    static StudioException show() {
        return refused("SHOW is not allowed here", "Use DESCRIBE or SUMMARIZE with the name of a table");
    }

    public static StudioException function(String name) {
        return refused(
                "The function " + StudioException.quote(name) + " is not among the functions allowed here",
                "Use functions that only compute from columns and constants");
    }

    static StudioException listFunction(String name) {
        return refused(
                "The function " + StudioException.quote(name) + " may not make a list here, whose length has no limit",
                "Use it as a table: FROM " + name + "(…) t(x)");
    }

    static StudioException growth(String name, String rule) {
        return refused("The function " + StudioException.quote(name) + " may make a text of any length", rule);
    }

    static StudioException tableFunction(String name, TableNames tables) {
        return refused(
                "The table function " + StudioException.quote(name) + " is not allowed here",
                "Read from the tables " + tables.shown() + "; range, generate_series, unnest, json_each and json_tree"
                        + " are the table functions at hand");
    }

    static StudioException qualifiedTable(String path, TableNames tables) {
        return refused(
                "The table " + StudioException.quote(path) + " is named with its schema, which is not allowed here",
                "Name one of the tables " + tables.shown() + " alone");
    }

    static StudioException unknownTable(String name, TableNames tables) {
        String what = "There is no table " + StudioException.quote(name);
        String mend = "Use one of the tables " + tables.shown();
        if (LOOKS_LIKE_A_FILE.matcher(name).find() || SYSTEM_NAME.matcher(name).matches()) {
            return refused(what + "; files and system tables can't be read here", mend);
        }
        String nearest = tables.nearest(name)
                .map(table -> "; " + StudioException.quote(table) + " is the nearest")
                .orElse("");
        return new StudioException(ErrorCode.SQL_INVALID, what, mend + nearest);
    }

    static StudioException tooLong(int length, int limit) {
        return refused(
                "The statement has " + length + " characters; at most " + limit + " are allowed",
                "Shorten it, for instance by joining with a table in place of a long list");
    }

    public static StudioException tooDeep() {
        return refused(
                "The statement is nested too deeply", "Take brackets away, or split it with WITH name AS (SELECT …)");
    }

    public static StudioException controlCharacter() {
        return refused("The statement holds a NUL character or half a character pair", "Take it out and send the rest");
    }

    public static StudioException empty() {
        return new StudioException(
                ErrorCode.SQL_INVALID, "The statement is empty", "Write a SELECT statement over the tables");
    }

    static String cut(String message) {
        String line = message.strip();
        return line.length() <= MAX_MESSAGE ? line : line.substring(0, MAX_MESSAGE) + "…";
    }

    private static StudioException refused(String what, String mend) {
        return new StudioException(ErrorCode.SQL_REFUSED, what, mend);
    }
}
