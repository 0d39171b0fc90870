package dev.datastudio.core.chart;

import dev.datastudio.api.chart.AreaChart;
import dev.datastudio.api.chart.Axis;
import dev.datastudio.api.chart.BarChart;
import dev.datastudio.api.chart.BoxChart;
import dev.datastudio.api.chart.BoxChart.Box;
import dev.datastudio.api.chart.Chart.FitLine;
import dev.datastudio.api.chart.Chart.Point;
import dev.datastudio.api.chart.ChartText;
import dev.datastudio.api.chart.DensityChart;
import dev.datastudio.api.chart.DensityChart.Curve;
import dev.datastudio.api.chart.HeatmapChart;
import dev.datastudio.api.chart.HistogramChart;
import dev.datastudio.api.chart.HistogramChart.Bin;
import dev.datastudio.api.chart.LineChart;
import dev.datastudio.api.chart.PieChart;
import dev.datastudio.api.chart.PieChart.Slice;
import dev.datastudio.api.chart.ScatterChart;
import dev.datastudio.api.chart.ScatterChart.Group;
import dev.datastudio.api.chart.ValueFormat.DateGrain;
import dev.datastudio.api.chart.ViolinChart;
import dev.datastudio.api.chart.ViolinChart.Violin;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.chart.internal.Notes;
import dev.datastudio.core.chart.internal.NumberWords;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Makes charts that are right to look at: it counts, sorts, samples and gathers, and writes what it left out into the
 * notes. Charts whose numbers are ready, such as {@link dev.datastudio.api.chart.BarChart#of}, need none of it.
 */
public final class Charts {
    /** What a category without a value is called. */
    public static final String MISSING = "(missing)";

    /** The slices of a pie at most; the smallest ones are gathered in the last. */
    public static final int MAX_SLICES = 8;

    /** The points of a scatter plot at most. */
    public static final int MAX_POINTS = 2_000;

    /** A line through fewer points says nothing. */
    private static final int MIN_FITTED = 3;

    private static final NumberWords NUMBERS = new NumberWords(Locale.ENGLISH);

    private Charts() {}

    /** The name of a category as charts show it: {@value #MISSING} for null and for blank text. */
    public static String label(@Nullable String category) {
        return category == null || category.isBlank() ? MISSING : category;
    }

    /** The histogram of numbers in memory; NaN counts as missing. */
    public static HistogramChart histogram(ChartText text, Axis value, double[] numbers) {
        ValueSummary summary = ValueSummary.of(numbers);
        double[] edges = summary.edges();
        long[] counts = new long[Math.max(0, edges.length - 1)];
        for (double number : numbers) {
            int bin = edges.length == 0 ? -1 : HistogramBins.binOf(number, edges);
            if (bin >= 0) {
                counts[bin]++;
            }
        }
        return histogram(text, value, summary, counts);
    }

    /**
     * The histogram of numbers that are counted already.
     *
     * @param counts one a bin of {@link ValueSummary#edges()}
     */
    public static HistogramChart histogram(ChartText text, Axis value, ValueSummary summary, long[] counts) {
        double[] edges = summary.edges();
        if (counts.length != Math.max(0, edges.length - 1)) {
            throw new IllegalArgumentException(
                    "counts must have one for each of " + (edges.length - 1) + " bins, had " + counts.length);
        }
        List<Bin> bins = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            bins.add(new Bin(edges[i], edges[i + 1], counts[i]));
        }
        return histogram(text, value, summary, bins);
    }

    /**
     * The histogram of bins that are counted already, with the median marked, and notes on tails and missing values.
     *
     * @param bins as {@link HistogramChart#bins()}, of the values that the summary is of
     */
    public static HistogramChart histogram(ChartText text, Axis value, ValueSummary summary, List<Bin> bins) {
        ChartText noted = withMissing(text, summary.missing());
        if (!bins.isEmpty()) {
            noted = withTails(noted, value, summary, bins);
        }
        return new HistogramChart(noted, value, Axis.count("Rows"), bins, summary.median());
    }

    private static ChartText withTails(ChartText text, Axis value, ValueSummary summary, List<Bin> bins) {
        ChartText noted = text;
        Bin first = bins.get(0);
        Bin last = bins.get(bins.size() - 1);
        if (Double.isInfinite(first.from())) {
            noted = noted.withNote(rows(first.count()) + " below " + NUMBERS.value(first.to(), value.format())
                    + ", down to " + NUMBERS.value(summary.min(), value.format()) + ", gathered at the left");
        }
        if (Double.isInfinite(last.to())) {
            noted = noted.withNote(rows(last.count()) + " from " + NUMBERS.value(last.from(), value.format())
                    + " up to " + NUMBERS.value(summary.max(), value.format()) + " gathered at the right");
        }
        return noted;
    }

    private static String rows(long count) {
        return NUMBERS.whole(count) + (count == 1 ? " row" : " rows");
    }

    /** The text with a note on values left out; the same text when there are none. */
    public static ChartText withMissing(ChartText text, long missing) {
        return missing == 0
                ? text
                : text.withNote(
                        NUMBERS.whole(missing) + (missing == 1 ? " missing value" : " missing values") + " left out");
    }

    /**
     * A box for each category, in the order of the map; NaN are left out and noted, categories without values too.
     *
     * @param numbers the values of each category
     */
    public static BoxChart boxes(ChartText text, String categoryTitle, Axis value, Map<String, double[]> numbers) {
        List<Box> boxes = new ArrayList<>();
        for (Map.Entry<String, double[]> entry : numbers.entrySet()) {
            if (Quantiles.sorted(entry.getValue()).length > 0) {
                boxes.add(BoxStatistics.of(entry.getKey(), entry.getValue()));
            }
        }
        return new BoxChart(withMissing(text, missing(numbers)), categoryTitle, value, boxes);
    }

    /**
     * A smooth curve for each category, in the order of the map; NaN are left out and noted, categories with fewer than
     * two different values too.
     *
     * @param numbers the values of each category
     */
    public static DensityChart densities(ChartText text, Axis value, Map<String, double[]> numbers) {
        List<Curve> curves = new ArrayList<>();
        List<String> few = new ArrayList<>();
        ChartText noted = withMissing(text, missing(numbers));
        KernelDensity.Support support = support(numbers);
        for (Map.Entry<String, double[]> entry : numbers.entrySet()) {
            List<Point> points = KernelDensity.of(entry.getValue(), 3, support);
            if (points.isEmpty()) {
                few.add(entry.getKey());
            } else {
                curves.add(new Curve(entry.getKey(), points));
            }
        }
        return new DensityChart(Notes.withFewValues(noted, few), value, curves);
    }

    /**
     * A violin for each category, in the order of the map; NaN are left out and noted, categories with fewer than two
     * different values too.
     *
     * @param numbers the values of each category
     */
    public static ViolinChart violins(ChartText text, String categoryTitle, Axis value, Map<String, double[]> numbers) {
        List<Violin> violins = new ArrayList<>();
        List<String> few = new ArrayList<>();
        ChartText noted = withMissing(text, missing(numbers));
        KernelDensity.Support support = support(numbers);
        for (Map.Entry<String, double[]> entry : numbers.entrySet()) {
            List<Point> outline = KernelDensity.of(entry.getValue(), 0, support);
            if (outline.isEmpty()) {
                few.add(entry.getKey());
            } else {
                violins.add(new Violin(BoxStatistics.of(entry.getKey(), entry.getValue()), outline));
            }
        }
        return new ViolinChart(
                Notes.withFewValues(Notes.withWidths(noted, violins), few), categoryTitle, value, violins);
    }

    /** All values or none are kept from going below zero, so that the curves can be compared. */
    private static KernelDensity.Support support(Map<String, double[]> numbers) {
        double least = numbers.values().stream()
                .flatMapToDouble(Arrays::stream)
                .filter(value -> !Double.isNaN(value))
                .min()
                .orElse(Double.NaN);
        return KernelDensity.Support.from(least);
    }

    private static long missing(Map<String, double[]> numbers) {
        long missing = 0;
        for (double[] values : numbers.values()) {
            missing += values.length - Quantiles.sorted(values).length;
        }
        return missing;
    }

    /**
     * Points with the line that fits them; of more than {@value #MAX_POINTS} points evenly chosen ones are shown, which is
     * noted. A single group of three points or more gets one line through all its points; several groups get none.
     */
    public static ScatterChart scatter(ChartText text, Axis x, Axis y, List<Group> groups) {
        long all = 0;
        for (Group group : groups) {
            all += group.points().size();
        }
        List<FitLine> fits = new ArrayList<>();
        if (groups.size() == 1 && all >= MIN_FITTED) {
            LinearFit.of("", groups.get(0).points()).ifPresent(fits::add);
        }
        if (all <= MAX_POINTS) {
            return new ScatterChart(text, x, y, groups, fits);
        }
        List<Group> shown = new ArrayList<>();
        long kept = 0;
        for (Group group : groups) {
            int share = (int) Math.max(4, (long) MAX_POINTS * group.points().size() / all);
            List<Point> some = EvenPoints.of(group.points(), share);
            kept += some.size();
            shown.add(new Group(group.name(), some));
        }
        String note = "Showing " + NUMBERS.whole(kept) + " of " + NUMBERS.whole(all) + " points";
        return new ScatterChart(text.withNote(note), x, y, shown, fits);
    }

    /**
     * A pie from the greatest slice to the smallest; of more than {@value #MAX_SLICES} the smallest are gathered as
     * {@code Other}, which is noted.
     *
     * @param labels one a value
     * @param values finite; NaN counts as nothing
     * @throws StudioException with {@link ErrorCode#CHART_INVALID} when a value is negative
     */
    public static PieChart pie(ChartText text, Axis value, List<String> labels, List<Double> values) {
        List<Slice> slices = new ArrayList<>(slices(labels, values));
        slices.sort((a, b) -> Double.compare(b.value(), a.value()));
        if (slices.size() <= MAX_SLICES) {
            return new PieChart(text, value, slices);
        }
        List<Slice> shown = new ArrayList<>(slices.subList(0, MAX_SLICES - 1));
        List<Slice> rest = slices.subList(MAX_SLICES - 1, slices.size());
        double other = 0;
        for (Slice slice : rest) {
            other += slice.value();
        }
        shown.add(new Slice("Other", other));
        return new PieChart(text.withNote("Other gathers " + rest.size() + " small slices"), value, shown);
    }

    /**
     * Slices in the order given, without those of nothing.
     *
     * @param labels one a value
     * @param values finite; NaN counts as nothing
     * @throws StudioException with {@link ErrorCode#CHART_INVALID} when a value is negative
     */
    public static List<Slice> slices(List<String> labels, List<Double> values) {
        if (labels.size() != values.size()) {
            throw new IllegalArgumentException(
                    "labels and values must be as many, were " + labels.size() + " and " + values.size());
        }
        List<Slice> slices = new ArrayList<>();
        for (int i = 0; i < labels.size(); i++) {
            if (values.get(i) < 0) {
                throw new StudioException(
                        ErrorCode.CHART_INVALID,
                        "A pie can't show the negative amount of " + StudioException.quote(labels.get(i)),
                        "Use a bar chart");
            }
            if (values.get(i) > 0) {
                slices.add(new Slice(labels.get(i), values.get(i)));
            }
        }
        return slices;
    }

    /**
     * The lines as areas: stacked when there are several without negative values, where a place without a value adds
     * nothing, else each from zero.
     *
     * @param lines on a linear axis
     */
    public static AreaChart areas(LineChart lines) {
        SortedSet<Double> places = new TreeSet<>();
        boolean negative = false;
        for (LineChart.Series series : lines.series()) {
            for (Point point : series.points()) {
                places.add(point.x());
                negative |= point.y() < 0;
            }
        }
        if (negative || lines.series().size() < 2) {
            return new AreaChart(lines.text(), lines.x(), lines.y(), lines.series(), AreaChart.Layout.OVERLAID);
        }
        List<LineChart.Series> aligned = new ArrayList<>();
        for (LineChart.Series series : lines.series()) {
            Map<Double, Double> values = new HashMap<>();
            series.points().forEach(point -> values.put(point.x(), point.y()));
            List<Point> points = new ArrayList<>();
            places.forEach(place -> points.add(new Point(place, values.getOrDefault(place, Double.NaN))));
            aligned.add(new LineChart.Series(series.name(), points));
        }
        return new AreaChart(lines.text(), lines.x(), lines.y(), aligned, AreaChart.Layout.STACKED);
    }

    /** The bars of several series as coloured cells: a column for each category, a row for each series. */
    public static HeatmapChart heatmap(BarChart bars) {
        List<List<Double>> values =
                bars.series().stream().map(BarChart.Series::values).toList();
        boolean below = values.stream().flatMap(List::stream).anyMatch(value -> value < 0);
        return new HeatmapChart(
                bars.text(),
                bars.categoryTitle(),
                "",
                bars.value(),
                bars.categories(),
                bars.series().stream().map(BarChart.Series::name).toList(),
                values,
                below ? HeatmapChart.Shading.DIVERGING : HeatmapChart.Shading.SEQUENTIAL);
    }

    /**
     * Points of a time line with a gap (a NaN) in each hole of one or more periods, so that no line is drawn across it.
     *
     * @param points with rising x at the beginnings of periods, in milliseconds since 1970-01-01T00:00Z
     * @param grain the length of a period
     */
    public static List<Point> withGaps(List<Point> points, DateGrain grain) {
        List<Point> parted = new ArrayList<>();
        for (int i = 0; i < points.size(); i++) {
            Point point = points.get(i);
            if (i > 0) {
                double next = next(points.get(i - 1).x(), grain);
                if (next < point.x()) {
                    parted.add(new Point(next, Double.NaN));
                }
            }
            parted.add(point);
        }
        return parted;
    }

    private static double next(double millis, DateGrain grain) {
        LocalDateTime moment = LocalDateTime.ofInstant(Instant.ofEpochMilli((long) millis), ZoneOffset.UTC);
        return plusOne(moment, grain).toInstant(ZoneOffset.UTC).toEpochMilli();
    }

    private static LocalDateTime plusOne(LocalDateTime moment, DateGrain grain) {
        return switch (grain) {
            case SECOND -> moment.plusSeconds(1);
            case MINUTE -> moment.plusMinutes(1);
            case HOUR -> moment.plusHours(1);
            case DAY -> moment.plusDays(1);
            case WEEK -> moment.plusWeeks(1);
            case MONTH -> moment.plusMonths(1);
            case QUARTER -> moment.plusMonths(3);
            case YEAR -> moment.plusYears(1);
        };
    }
}
