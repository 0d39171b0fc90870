package dev.datastudio.core.chart.dataset;

import dev.datastudio.api.dataset.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The categories of a column that a chart shows: the first ones of an order, the others gathered in one. Immutable.
 *
 * @param kept shown by their own names, in the order in which they are drawn
 * @param others how many categories are gathered
 * @param first what the kept ones are, for the subtitle: {@code most frequent}
 */
record Groups(Column column, List<String> kept, long others, String first) {
    /** The categories with the most rows. */
    static Groups mostFrequent(Rows rows, Column column, int most) {
        return of(rows, column, "*", "count(*)", most, "most frequent");
    }

    /**
     * The categories with the greatest of some number, those without one last; when all are kept and have an order of
     * their own, such as that of numbers and dates, they stand in it.
     *
     * @param value what the number is of, in SQL
     * @param rank the number in SQL, of {@code v}
     */
    static Groups of(Rows rows, Column column, String value, String rank, int most, String first) {
        String read = value.equals("*") ? "1" : value;
        String sql = "SELECT g, " + rank + " AS n, min(o) AS least FROM (SELECT " + Rows.category(column) + " AS g, "
                + Rows.name(column.name()) + " AS o, " + read + " AS v FROM " + rows.table() + ") GROUP BY g ORDER BY ";
        boolean all = column.distinctCount() >= 0 && column.distinctCount() + 1 <= most;
        String order = all && Inputs.isOrdered(column) ? "least NULLS LAST, g" : "n DESC NULLS LAST, g";
        var result = rows.query(sql + order, List.of(), most + 1L);
        boolean oneMore = result.totalRows() == most + 1L;
        List<String> kept = new ArrayList<>();
        for (List<@Nullable Object> row : result.rows()) {
            if (kept.size() < most || oneMore) {
                kept.add(String.valueOf(row.get(0)));
            }
        }
        return new Groups(column, List.copyOf(kept), result.totalRows() - kept.size(), first);
    }

    /** The shown category of a row in SQL; its {@code ?} are {@link #parameters()}. */
    String sql() {
        if (others == 0) {
            return Rows.category(column);
        }
        String places = "?, ".repeat(kept.size()).replaceFirst(", $", "");
        return "CASE WHEN " + Rows.category(column) + " IN (" + places + ") THEN " + Rows.category(column) + " ELSE '"
                + other() + "' END";
    }

    List<String> parameters() {
        return others == 0 ? List.of() : kept;
    }

    String other() {
        return "Other (" + others + ")";
    }

    /** The names in the order in which they are drawn. */
    List<String> names() {
        List<String> names = new ArrayList<>(kept);
        if (others > 0) {
            names.add(other());
        }
        return names;
    }

    /** What the subtitle says: {@code the 20 most frequent of 200 values of City}; empty when all are shown. */
    String subtitle() {
        return subtitle("gathered");
    }

    /** The same where the others are not drawn. */
    String subtitleWithoutOthers() {
        return subtitle("left out");
    }

    private String subtitle(String fate) {
        return others == 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        "the %d %s of %,d values of %s, the others %s",
                        kept.size(),
                        first,
                        kept.size() + others,
                        column.name(),
                        fate);
    }
}
