package dev.datastudio.api.chart;

import java.util.Objects;

/**
 * One chart with everything that it shows: words, axes and numbers that are computed already. Immutable.
 *
 * <p>Kinds are records. A new kind is a record that implements this interface and a painter in each renderer that
 * declares it in {@link ChartRenderer#kinds()}; nothing changes for the kinds that exist. Callers that look into a
 * chart must expect kinds that they don't know.
 */
public sealed interface Chart
        permits HistogramChart,
                BarChart,
                LineChart,
                ScatterChart,
                BoxChart,
                PieChart,
                DensityChart,
                HeatmapChart,
                ViolinChart,
                AreaChart,
                PairChart,
                CustomChart {
    /** Title, subtitle, notes and the text for people who don't see the picture. */
    ChartText text();

    /** The stable name of the kind, as programs read it: {@code histogram}, {@code bar}, {@code line}. */
    String kind();

    /** Whether there is nothing to draw; renderers then show the words and "No values to show". */
    boolean isEmpty();

    /**
     * A pair of numbers on two axes. Immutable.
     *
     * @param x never NaN
     * @param y NaN where a line has a gap
     */
    record Point(double x, double y) {
        public Point {
            if (!Double.isFinite(x)) {
                throw new IllegalArgumentException("x must be finite, was " + x);
            }
            if (Double.isInfinite(y)) {
                throw new IllegalArgumentException("y must be finite or NaN, was " + y);
            }
        }
    }

    /**
     * A straight line through points. Immutable.
     *
     * @param name what it fits; empty when it fits all points
     * @param from where the line begins on the x axis
     * @param to where it ends, at least {@code from}
     * @param rSquared share of the variance that the line explains, 0 to 1
     */
    record FitLine(String name, double slope, double intercept, double from, double to, double rSquared) {
        public FitLine {
            Objects.requireNonNull(name, "name");
            if (!(from <= to)) {
                throw new IllegalArgumentException("from must be at most to, was " + from + " and " + to);
            }
        }

        /** The height of the line at a place on the x axis. */
        public double at(double x) {
            return intercept + slope * x;
        }
    }
}
