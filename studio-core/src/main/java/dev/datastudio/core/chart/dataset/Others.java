package dev.datastudio.core.chart.dataset;

import dev.datastudio.api.chart.ChartText;
import dev.datastudio.core.chart.dataset.CategoryCharts.Amount;
import java.util.List;
import java.util.function.Function;

/**
 * Whether the categories that are gathered in one are drawn. Many of them together may have so much that nothing could be
 * told apart beside them; then they are left out, and a note says how much they have. Immutable.
 *
 * @param greatest the greatest amount drawn for all that is gathered; 0 when it is drawn too
 */
record Others(Groups groups, Amount amount, double greatest) {
    /** What is so many times the greatest of the others leaves them no room. */
    private static final double DWARFING = 5;

    /**
     * Of an amount that adds up. Means of many are no greater than those of few.
     *
     * @param drawn what is drawn for a category; NaN is nothing
     */
    static Others of(Groups groups, Amount amount, Function<String, List<Double>> drawn) {
        if (groups.others() == 0 || !amount.isAdded()) {
            return new Others(groups, amount, 0);
        }
        double kept = groups.kept().stream()
                .mapToDouble(name -> greatest(drawn.apply(name)))
                .max()
                .orElse(0);
        double other = greatest(drawn.apply(groups.other()));
        return new Others(groups, amount, other > DWARFING * kept ? other : 0);
    }

    private static double greatest(List<Double> values) {
        return values.stream()
                .filter(value -> !Double.isNaN(value))
                .mapToDouble(Math::abs)
                .max()
                .orElse(0);
    }

    /** The categories that are drawn. */
    List<String> shown() {
        return greatest > 0 ? groups.kept() : groups.names();
    }

    String subtitle() {
        return greatest > 0 ? groups.subtitleWithoutOthers() : groups.subtitle();
    }

    ChartText noted(ChartText text) {
        return greatest > 0
                ? text.withNote(groups.other() + " with " + amount.said(greatest)
                        + " would leave no room for these and is left out")
                : text;
    }
}
