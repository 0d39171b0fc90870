package dev.datastudio.core.chart.dataset;

import dev.datastudio.api.chart.Axis;
import dev.datastudio.api.chart.ChartText;
import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.chart.Charts;
import dev.datastudio.core.chart.HistogramBins.Values;
import dev.datastudio.core.chart.KernelDensity;
import dev.datastudio.core.chart.ValueSummary;
import dev.datastudio.core.chart.internal.NumberWords;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What must be known about a column of numbers before it is drawn. Immutable.
 *
 * @param summary of the finite values; of their common logarithms on a logarithmic axis
 * @param infinite how many values are infinite or not a number
 * @param unshown how many finite values a logarithmic axis can't show
 */
record Spread(Column column, Axis.Scale scale, ValueSummary summary, long infinite, long unshown) {
    /** Beyond so many rows quartiles are approximate: exact ones need all values in memory. */
    static final long EXACT_QUARTILES_ROWS = 1_000_000;

    private static final double ORDERS = 1000;

    static Spread of(Rows rows, Column column, Axis.Scale scale) {
        String value = value(column, scale);
        List<@Nullable Object> row = rows.one("SELECT count(*), count(r), count(f), count(v), min(v), "
                + quantile(rows, 0.25) + ", " + quantile(rows, 0.5) + ", " + quantile(rows, 0.75)
                + ", max(v), bool_and(v = trunc(v)) FROM (SELECT " + Rows.name(column.name()) + " AS r, "
                + Rows.number(column) + " AS f, " + value + " AS v FROM " + rows.table() + ")");
        long present = Rows.whole(row.get(1));
        long finite = Rows.whole(row.get(2));
        long count = Rows.whole(row.get(3));
        double min = Rows.number(row.get(4));
        double max = Rows.number(row.get(8));
        if (count > 0 && !Double.isFinite(max - min)) {
            throw new StudioException(
                    ErrorCode.CHART_INVALID,
                    "Values of " + StudioException.quote(column.name()) + " lie from " + min + " to " + max
                            + ", farther apart than an axis can show",
                    "Leave out the farthest values");
        }
        ValueSummary summary = new ValueSummary(
                count,
                Rows.whole(row.get(0)) - present,
                min,
                Rows.number(row.get(5)),
                Rows.number(row.get(6)),
                Rows.number(row.get(7)),
                max,
                Boolean.TRUE.equals(row.get(9)) && scale == Axis.Scale.LINEAR ? Values.WHOLE : Values.CONTINUOUS);
        return new Spread(column, scale, summary, present - finite, finite - count);
    }

    /** The number of a row in SQL; its common logarithm on a logarithmic axis. */
    static String value(Column column, Axis.Scale scale) {
        String number = Rows.number(column);
        return scale == Axis.Scale.LINEAR ? number : "CASE WHEN (" + number + ") > 0 THEN log10(" + number + ") END";
    }

    /** A quantile of {@code v} in SQL. */
    static String quantile(Rows rows, double share) {
        return isExact(rows) ? "quantile_cont(v, " + share + ")" : "approx_quantile(v, " + share + ")";
    }

    static boolean isExact(Rows rows) {
        return rows.dataset().rowCount() <= EXACT_QUARTILES_ROWS;
    }

    /** Where the values can be; for a linear axis. */
    KernelDensity.Support support() {
        return KernelDensity.Support.from(summary.min());
    }

    /** The text with notes on everything that is not drawn; missing values aside. */
    ChartText noted(ChartText text) {
        return Wording.withoutLogarithm(Wording.withInfinite(text, infinite), unshown);
    }

    /** The text with notes on everything that is not drawn. */
    ChartText notedAll(ChartText text) {
        return noted(Charts.withMissing(text, summary.missing()));
    }

    /** Says that a logarithmic axis would show more, when values span so much that the small ones can't be told apart. */
    void suggestLogarithm(List<String> suggestions) {
        boolean wide = scale == Axis.Scale.LINEAR
                && summary.count() > 0
                && summary.min() > 0
                && summary.max() / summary.min() > ORDERS;
        if (wide) {
            NumberWords words = new NumberWords(Locale.ENGLISH);
            Axis axis = Rows.axis(column, scale);
            suggestions.add("Values of " + StudioException.quote(column.name())
                    + " span more than three orders of magnitude (" + words.value(summary.min(), axis.format()) + " to "
                    + words.value(summary.max(), axis.format())
                    + "); on a logarithmic scale the small ones could be told apart.");
        }
    }
}
