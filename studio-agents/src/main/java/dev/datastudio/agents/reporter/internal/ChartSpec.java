package dev.datastudio.agents.reporter.internal;

import java.util.List;
import java.util.Locale;

/**
 * Which chart is wanted of some rows: its kind and its columns, no values. Immutable.
 *
 * @param kind what is drawn
 * @param x the column of the categories, of the time or of the first number
 * @param y the columns of numbers
 * @param series the column whose values get a colour each; empty for none
 * @param title empty lets the columns decide
 */
record ChartSpec(Kind kind, String x, List<String> y, String series, String title) {
    ChartSpec {
        y = List.copyOf(y);
    }

    /** What can be drawn of rows. */
    enum Kind {
        BAR,
        STACKED_BAR,
        LINE,
        AREA,
        PIE,
        SCATTER,
        HISTOGRAM,
        HEATMAP;

        String words() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
