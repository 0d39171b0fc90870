package dev.datastudio.core.dataset.internal;

import dev.datastudio.api.dataset.ColumnType;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How the texts of a column become values: which are missing, which are valid, and what each gives. It is strict, so a
 * value that the decision did not foresee fails the statement instead of being changed or lost. Immutable.
 *
 * @param type what the values become
 * @param unit what one unit is, empty for none
 * @param missing texts in lower case, without spaces around them, that stand for a missing value
 * @param check SQL that is true for a valid text, with {@code {}} for the text
 * @param value SQL for the value of a valid text, with {@code {}} for the text
 * @param afterwards SQL that is true for a value, {@code {v}}, whose text was not valid, so that the text is cast only
 *     once; empty when the check has to come first
 */
record Conversion(ColumnType type, String unit, List<String> missing, String check, String value, String afterwards) {
    /** Begins the number of the column in the message of a failed statement. */
    static final String FAILED = "@column ";

    static final Conversion TEXT = new Conversion(ColumnType.TEXT, "", List.of(), "true", "{}");
    static final String INTEGER_CHECK = "CAST(TRY_CAST({} AS BIGINT) AS VARCHAR) = {}";

    private static final String BIG_INTEGER_CHECK = matches("-?(?:0|[1-9]\\d{0,37})");
    private static final String EXPONENT = "(?:[eE][-+]?\\d{1,3})?";

    private static final String ODD_DECIMAL =
            "NOT isfinite({v}) OR contains({}, '_') OR {} BETWEEN '00' AND '0:'" + " OR {} BETWEEN '-00' AND '-0:'";
    private static final String ODD_DATE = "strlen({}) NOT BETWEEN 8 AND 10 OR NOT isfinite({v})";
    private static final String NOT_FINITE = "NOT isfinite({v})";

    Conversion {
        missing = List.copyOf(missing);
    }

    Conversion(ColumnType type, String unit, List<String> missing, String check, String value) {
        this(type, unit, missing, check, value, "");
    }

    /** Whole numbers as programs write them. */
    static Conversion integer(List<String> missing) {
        return new Conversion(
                ColumnType.INTEGER, "", missing, INTEGER_CHECK, "CAST({} AS BIGINT)", "CAST({v} AS VARCHAR) <> {}");
    }

    /** Whole numbers with leading zeros, plus signs and the like, on demand. */
    static Conversion looseInteger(List<String> missing) {
        return new Conversion(ColumnType.INTEGER, "", missing, matches("[-+]?\\d{1,19}"), "CAST({} AS BIGINT)");
    }

    /** Whole numbers beyond 64 bits. */
    static Conversion bigInteger(List<String> missing) {
        return new Conversion(ColumnType.DECIMAL, "", missing, BIG_INTEGER_CHECK, "CAST({} AS DECIMAL(38,0))");
    }

    /** Numbers with a point before the fraction and nothing else around them. */
    static Conversion decimal(List<String> missing, boolean leadingZeros) {
        String whole = leadingZeros ? "\\d+" : "(?:0|[1-9]\\d*)";
        return new Conversion(
                ColumnType.DECIMAL,
                "",
                missing,
                matches("[-+]?(?:" + whole + "(?:\\.\\d*)?|\\.\\d+)" + EXPONENT),
                "CAST({} AS DOUBLE)",
                leadingZeros ? "" : ODD_DECIMAL);
    }

    /** Dates and times as ISO 8601 writes them, also with '/'. */
    static Conversion iso(ColumnType type, List<String> missing, boolean zone) {
        String target = type == ColumnType.DATE ? "DATE" : "TIMESTAMP";
        String check = type == ColumnType.DATE
                ? "({} LIKE '____-__-__' OR " + matches("\\d{4}([-/]\\d{1,2}){2}") + ")"
                : matches("\\d{4}([-/]\\d{1,2}){2}([T ]\\d{1,2}:\\d{2}(:\\d{2}(\\.\\d+)?)?"
                        + (zone ? "(Z| ?[-+]\\d{2}:?\\d{2})" : "") + ")?");
        String cast = zone ? "timezone('UTC', TRY_CAST({} AS TIMESTAMPTZ))" : "TRY_CAST({} AS " + target + ")";
        String afterwards = type == ColumnType.DATE ? ODD_DATE : "";
        return new Conversion(type, "", missing, check + " AND " + cast + " IS NOT NULL", cast, afterwards);
    }

    /** Dates and times in other forms. */
    static Conversion formats(ColumnType type, List<String> missing, Collection<String> formats) {
        String list = formats.stream().sorted().map(Sql::text).collect(Collectors.joining(", ", "[", "]"));
        String parse = "try_strptime({}, " + list + ")";
        String value = type == ColumnType.DATE ? "CAST(" + parse + " AS DATE)" : parse;
        return new Conversion(type, "", missing, parse + " IS NOT NULL", value);
    }

    /** Times of day. */
    static Conversion time(List<String> missing) {
        return new Conversion(
                ColumnType.TIME,
                "",
                missing,
                matches("\\d{1,2}:\\d{2}(:\\d{2}(\\.\\d+)?)?") + " AND TRY_CAST({} AS TIME) IS NOT NULL",
                "CAST({} AS TIME)");
    }

    /** Two words for true and false. */
    static Conversion words(String yes, String no, List<String> missing) {
        return new Conversion(
                ColumnType.BOOLEAN,
                "",
                missing,
                "lower({}) IN (" + Sql.text(yes) + ", " + Sql.text(no) + ")",
                "(lower({}) = " + Sql.text(yes) + ")");
    }

    /** Whether it takes whole numbers with nothing around their digits. */
    boolean isPlainWhole() {
        return check.equals(INTEGER_CHECK) || check.equals(BIG_INTEGER_CHECK);
    }

    static String matches(String regex) {
        return "regexp_full_match({}, " + Sql.text(regex) + ")";
    }

    /** These conversion for texts with spaces around them, which then don't count. */
    Conversion trimmed() {
        return new Conversion(type, unit, missing, check.replace("{}", "trim({})"), value.replace("{}", "trim({})"));
    }

    /** Whether a text can be cast first and looked at afterwards, which is faster. */
    boolean canCheckAfterwards() {
        return !afterwards.isEmpty() && missing.isEmpty();
    }

    /**
     * The type that the database's reader of delimited text gives values of without changing any: it takes a date only
     * in the form it is told, and a number with a fraction is one however it is written. Whole numbers are no such
     * type, since the reader rounds "1.5". Empty when the column has to be read as text.
     */
    String readerType() {
        if (canCheckAfterwards() && afterwards.equals(ODD_DECIMAL)) {
            return "DOUBLE";
        }
        return canCheckAfterwards() && afterwards.equals(ODD_DATE) ? "DATE" : "";
    }

    /** SQL for a value that the reader gave; fails when it is infinite, or no number at all. */
    String readSql(String value, int index) {
        return "CASE WHEN " + NOT_FINITE.replace("{v}", value) + " THEN error('" + FAILED + index + "@') ELSE " + value
                + " END";
    }

    /** SQL for a value that may not be valid yet; fails on some texts that are not, without naming the column. */
    String uncheckedSql(String column) {
        return value.replace("TRY_CAST", "CAST").replace("{}", column);
    }

    /** SQL for a value that {@link #uncheckedSql} gave; fails when its text was not valid. */
    String checkedSql(String column, String unchecked, int index) {
        return "CASE WHEN " + afterwards.replace("{}", column).replace("{v}", unchecked) + " THEN error('" + FAILED
                + index + "@') ELSE " + unchecked + " END";
    }

    /** SQL for the value of a column; fails with {@link #FAILED} and the index when a text is not valid. */
    String sql(String column, int index) {
        if (type == ColumnType.TEXT) {
            return column;
        }
        String known = missing.isEmpty()
                ? ""
                : " OR lower(trim(" + column + ")) IN ("
                        + missing.stream().map(Sql::text).collect(Collectors.joining(", ")) + ")";
        return "CASE WHEN " + column + " IS NULL" + known + " THEN NULL WHEN " + check.replace("{}", column) + " THEN "
                + value.replace("{}", column) + " ELSE error('" + FAILED + index + "@') END";
    }
}
