package dev.datastudio.core.export.internal;

import static dev.datastudio.core.query.internal.DuckDbDriver.literal;

import java.util.regex.Pattern;

/**
 * Texts that a spreadsheet would run: those that begin with {@code = + - @}, their full-width forms, a tab, a carriage
 * return or a line feed, as OWASP lists them. Plain numbers such as -5 run nothing.
 */
final class FormulaCells {
    private static final String BEGINNING = "^[=+\\-@\\t\\r\\n\\x{FF1D}\\x{FF0B}\\x{FF0D}\\x{FF20}]";
    private static final String NUMBER = "[+-]?[0-9]+([.,][0-9]+)*([eE][+-]?[0-9]+)?%?";
    private static final Pattern BEGINS = Pattern.compile(BEGINNING);
    private static final Pattern IS_NUMBER = Pattern.compile(NUMBER);

    private FormulaCells() {}

    /** The text, with an apostrophe in front where it would be run. */
    static String neutral(String text) {
        return BEGINS.matcher(text).find() && !IS_NUMBER.matcher(text).matches() ? "'" + text : text;
    }

    /** The same in DuckDB's SQL. */
    static String neutralSql(String text) {
        return "CASE WHEN regexp_matches(" + text + ", " + literal(BEGINNING) + ") AND NOT regexp_full_match(" + text
                + ", " + literal(NUMBER) + ") THEN '''' || " + text + " ELSE " + text + " END";
    }
}
