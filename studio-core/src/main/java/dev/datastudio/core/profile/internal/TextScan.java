package dev.datastudio.core.profile.internal;

import dev.datastudio.core.profile.TextDetails;
import dev.datastudio.core.query.internal.DuckDbDriver;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Lengths, white space and shapes of text. Shapes are looked for in some of the sampled rows. */
final class TextScan {
    private static final long PATTERN_ROWS = 10_000;
    private static final long FOLDED_VALUES = 100_000;
    private static final double LEAST_SHARE = 0.05;
    private static final Map<String, String> PATTERNS = patterns();

    private TextScan() {}

    private static Map<String, String> patterns() {
        Map<String, String> patterns = new LinkedHashMap<>();
        patterns.put("email", "[^@\\s]+@[^@\\s]+\\.[A-Za-z]{2,}");
        patterns.put("url", "(?i)https?://\\S+|www\\.\\S+");
        patterns.put("uuid", "(?i)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
        patterns.put("ip address", "(\\d{1,3}\\.){3}\\d{1,3}");
        patterns.put("phone", "\\+?[(]?\\d[\\d ()./-]{5,18}\\d");
        patterns.put(
                "postcode", "\\d{5}(-\\d{4})?|(?i)[a-z]{1,2}\\d[a-z\\d]? ?\\d[a-z]{2}|(?i)[a-z]\\d[a-z] ?\\d[a-z]\\d");
        patterns.put("number", "[-+]?[$€£]? ?\\d[\\d,.]*%?");
        patterns.put(
                "date",
                "\\d{4}[-/.]\\d{1,2}[-/.]\\d{1,2}.*|\\d{1,2}[-/.]\\d{1,2}[-/.]\\d{2,4}|[A-Z][a-z]{2} \\d{1,2},? \\d{4}");
        patterns.put("JSON", "(?s)\\s*[\\[{].*[\\]}]\\s*");
        return patterns;
    }

    static void run(ProfileSession session, List<ColumnBuilder> all) {
        List<ColumnBuilder> columns = all.stream()
                .filter(column -> column.isText() && column.hasValues())
                .toList();
        new Batches(session, "measuring text")
                .run(columns, ProfileSession.DATA, TextScan::lengths, TextScan::readLengths);
        String sample = "(FROM " + SampleTable.NAME + " LIMIT " + PATTERN_ROWS + ")";
        new Batches(session, "looking for patterns").run(columns, sample, TextScan::shapes, TextScan::readShapes);
    }

    private static String lengths(ColumnBuilder column) {
        String name = column.sql();
        String folded =
                column.distinct <= FOLDED_VALUES ? "count(DISTINCT lower(trim(" + name + ")))" : "CAST(NULL AS BIGINT)";
        return "min(length(" + name + ")), avg(length(" + name + ")), max(length(" + name
                + ")), count(*) FILTER (trim(" + name + ") = ''), count(*) FILTER (trim(" + name + ") <> " + name
                + "), " + folded;
    }

    private static void readLengths(ColumnBuilder column, SqlRow row) {
        long shortest = row.asLong();
        double mean = row.asDouble();
        long longest = row.asLong();
        long blank = row.asLong();
        long padded = row.asLong();
        double folded = row.asDouble();
        column.texts = new TextDetails(
                shortest,
                mean,
                longest,
                blank,
                padded,
                Double.isNaN(folded) ? -1 : column.distinct - (long) folded,
                List.of(),
                0);
    }

    private static String shapes(ColumnBuilder column) {
        StringBuilder sql = new StringBuilder("count(").append(column.sql()).append(')');
        for (String pattern : PATTERNS.values()) {
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
        for (String name : PATTERNS.keySet()) {
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
