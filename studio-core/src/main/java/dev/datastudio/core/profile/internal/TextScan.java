package dev.datastudio.core.profile.internal;

import dev.datastudio.core.profile.TextDetails;
import dev.datastudio.core.profile.TextPatterns;
import dev.datastudio.core.query.internal.DuckDbDriver;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * Lengths, white space and shapes of text. Where values were grouped anyway, each different value is measured once. Shapes
 * are looked for in some of the sampled rows.
 */
final class TextScan {
    private static final long PATTERN_ROWS = 10_000;
    private static final long FOLDED_VALUES = 100_000;
    private static final double LEAST_SHARE = 0.05;

    private TextScan() {}

    static void run(ProfileSession session, List<ColumnBuilder> all) {
        List<ColumnBuilder> columns = all.stream()
                .filter(column -> column.isText() && column.hasValues())
                .toList();
        List<ColumnBuilder> rest =
                columns.stream().filter(column -> column.texts == null).toList();
        new Batches(session, "measuring text")
                .runOver(rest, TextScan::values, TextScan::lengths, TextScan::readLengths);
        String sample = "(FROM " + SampleTable.NAME + " LIMIT " + PATTERN_ROWS + ")";
        new Batches(session, "looking for patterns").run(columns, sample, TextScan::shapes, TextScan::readShapes);
    }

    /** Whether the different values are so few that they are told apart without case and outer white space. */
    static boolean isFolded(long distinct) {
        return distinct <= FOLDED_VALUES;
    }

    /** Aggregates over different values {@code v} and their counts {@code n}, for {@link #readGrouped}. */
    static String grouped() {
        return "min(length(v)), sum(length(v) * n), max(length(v)), coalesce(sum(n) FILTER (" + trimmed("v")
                + " = ''), 0), coalesce(sum(n) FILTER (" + trimmed("v") + " <> v), 0), count(DISTINCT lower("
                + trimmed("v") + "))";
    }

    /** Takes what {@link #grouped} gave. */
    static void readGrouped(ColumnBuilder column, SqlRow row) {
        long shortest = row.asLong();
        double mean = row.asDouble() / column.count;
        column.texts = details(column, shortest, mean, row);
    }

    private static String values(ColumnBuilder column) {
        return column.sql() + " AS " + x(column) + ", " + trimmed(column.sql()) + " AS " + t(column);
    }

    private static String x(ColumnBuilder column) {
        return "x" + column.position;
    }

    private static String t(ColumnBuilder column) {
        return "t" + column.position;
    }

    /** DuckDB's trim looks at each character; values of ASCII without a blank at an end need no look. */
    private static String trimmed(String value) {
        return "CASE WHEN strlen(" + value + ") = length(" + value + ") AND NOT starts_with(" + value
                + ", ' ') AND NOT ends_with(" + value + ", ' ') THEN " + value + " ELSE trim(" + value + ") END";
    }

    private static String lengths(ColumnBuilder column) {
        String x = x(column);
        String t = t(column);
        String folded = isFolded(column.distinct) ? "count(DISTINCT lower(" + t + "))" : "CAST(NULL AS BIGINT)";
        return "min(length(" + x + ")), avg(length(" + x + ")), max(length(" + x + ")), count(*) FILTER (" + t
                + " = ''), count(*) FILTER (" + t + " <> " + x + "), " + folded;
    }

    private static void readLengths(ColumnBuilder column, SqlRow row) {
        long shortest = row.asLong();
        double mean = row.asDouble();
        column.texts = details(column, shortest, mean, row);
    }

    private static TextDetails details(ColumnBuilder column, long shortest, double mean, SqlRow row) {
        long longest = row.asLong();
        long blank = row.asLong();
        long padded = row.asLong();
        double folded = row.asDouble();
        long sameButForCase = Double.isNaN(folded) ? -1 : column.distinct - (long) folded;
        return new TextDetails(shortest, mean, longest, blank, padded, sameButForCase, List.of(), 0);
    }

    private static String shapes(ColumnBuilder column) {
        StringBuilder sql = new StringBuilder("count(").append(column.sql()).append(')');
        for (String name : TextPatterns.names()) {
            String pattern = TextPatterns.regex(name).orElseThrow();
            sql.append(", count(*) FILTER (regexp_full_match(")
                    .append(column.sql())
                    .append(", ")
                    .append(DuckDbDriver.literal(pattern))
                    .append("))");
        }
        return sql.toString();
    }

    private static void readShapes(ColumnBuilder column, SqlRow row) {
        long rows = row.asLong();
        List<TextDetails.Pattern> found = new ArrayList<>();
        for (String name : TextPatterns.names()) {
            double share = rows == 0 ? 0 : (double) row.asLong() / rows;
            if (share >= LEAST_SHARE) {
                found.add(new TextDetails.Pattern(name, share));
            }
        }
        found.sort(Comparator.comparingDouble(TextDetails.Pattern::share).reversed());
        TextDetails texts = Objects.requireNonNull(column.texts);
        column.texts = new TextDetails(
                texts.shortest(),
                texts.meanLength(),
                texts.longest(),
                texts.blank(),
                texts.padded(),
                texts.sameButForCase(),
                found,
                rows);
    }
}
