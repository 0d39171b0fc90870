package dev.datastudio.core.chart.dataset;

import dev.datastudio.api.chart.ChartText;
import dev.datastudio.api.dataset.Column;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The words that charts of data sets share. */
final class Wording {
    private Wording() {}

    /** The text with some facts as its second line, beginning with a capital; empty facts are left out. */
    static ChartText subtitle(ChartText text, String... facts) {
        List<String> said = Arrays.stream(facts).filter(fact -> !fact.isEmpty()).toList();
        String line = said.stream().collect(Collectors.joining("; "));
        return line.isEmpty() ? text : text.withSubtitle(capital(line));
    }

    /** The text with a note on values that no axis can show. */
    static ChartText withInfinite(ChartText text, long count) {
        return count == 0 ? text : text.withNote(count(count, "infinite value") + " left out");
    }

    /** The text with a note on rows that have no place along the axis of a column. */
    static ChartText withoutPlace(ChartText text, Column column, long count) {
        return count == 0 ? text : text.withNote(count(count, "row") + " without " + column.name() + " left out");
    }

    /** The text with a note on values that a logarithmic axis can't show. */
    static ChartText withoutLogarithm(ChartText text, long count) {
        return count == 0
                ? text
                : text.withNote(count(count, "value") + " that " + (count == 1 ? "is" : "are")
                        + " not positive left out, because the axis is logarithmic");
    }

    /** {@code 1 row}, {@code 2,000 rows}. */
    static String count(long count, String thing) {
        return String.format(Locale.ROOT, "%,d %s%s", count, thing, count == 1 ? "" : "s");
    }

    static String capital(String text) {
        return text.isEmpty() ? text : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }
}
