package dev.datastudio.core.chart.internal;

import dev.datastudio.api.chart.AreaChart;
import dev.datastudio.api.chart.BarChart;
import dev.datastudio.api.chart.BoxChart;
import dev.datastudio.api.chart.BoxChart.Box;
import dev.datastudio.api.chart.Chart;
import dev.datastudio.api.chart.Chart.Point;
import dev.datastudio.api.chart.DensityChart;
import dev.datastudio.api.chart.HeatmapChart;
import dev.datastudio.api.chart.HistogramChart;
import dev.datastudio.api.chart.HistogramChart.Bin;
import dev.datastudio.api.chart.LineChart;
import dev.datastudio.api.chart.PairChart;
import dev.datastudio.api.chart.PieChart;
import dev.datastudio.api.chart.ScatterChart;
import dev.datastudio.api.chart.ValueFormat;
import dev.datastudio.api.chart.ViolinChart;
import java.util.List;
import java.util.Locale;

/** Says in one or two sentences what a chart shows, for people who don't see it. */
public final class Descriptions {
    private static final int MAX_NAMED = 6;

    private final NumberWords numbers;
    private final Locale locale;

    private Descriptions(Locale locale) {
        this.numbers = new NumberWords(locale);
        this.locale = locale;
    }

    /** The chart in words; its title is not repeated. */
    public static String of(Chart chart, Locale locale) {
        Descriptions words = new Descriptions(locale);
        if (chart.isEmpty()) {
            return "A " + chart.kind() + " chart without values.";
        }
        if (chart instanceof HistogramChart histogram) {
            return words.histogram(histogram);
        }
        if (chart instanceof BarChart bar) {
            return words.bar(bar);
        }
        if (chart instanceof LineChart line) {
            return words.line(line);
        }
        if (chart instanceof ScatterChart scatter) {
            return words.scatter(scatter);
        }
        if (chart instanceof BoxChart box) {
            return words.box(box);
        }
        if (chart instanceof PieChart pie) {
            return words.pie(pie);
        }
        if (chart instanceof DensityChart density) {
            return words.density(density);
        }
        if (chart instanceof HeatmapChart heatmap) {
            return words.heatmap(heatmap);
        }
        if (chart instanceof ViolinChart violin) {
            List<Box> boxes =
                    violin.violins().stream().map(ViolinChart.Violin::box).toList();
            return words.box(new BoxChart(violin.text(), violin.categoryTitle(), violin.value(), boxes))
                    .replaceFirst("Box", "Violin");
        }
        if (chart instanceof AreaChart area) {
            String stacked = area.layout() == AreaChart.Layout.STACKED ? "Stacked area" : "Area";
            return words.line(new LineChart(area.text(), area.x(), area.y(), area.series()))
                    .replaceFirst("Line", stacked);
        }
        if (chart instanceof PairChart pair) {
            return words.pair(pair);
        }
        throw new AssertionError(chart);
    }

    private String histogram(HistogramChart chart) {
        long count = 0;
        Bin fullest = chart.bins().get(0);
        for (Bin bin : chart.bins()) {
            count += bin.count();
            fullest = bin.count() > fullest.count() ? bin : fullest;
        }
        ValueFormat format = chart.value().format();
        String range = !Double.isFinite(fullest.from())
                ? "below " + write(fullest.to(), format)
                : !Double.isFinite(fullest.to())
                        ? "from " + write(fullest.from(), format) + " on"
                        : "from " + write(fullest.from(), format) + " to " + write(fullest.to(), format);
        String median = Double.isNaN(chart.median()) ? "" : " The median is " + write(chart.median(), format) + ".";
        return "Histogram of " + chart.value().label() + ": " + numbers.whole(count) + " values in "
                + chart.bins().size() + " ranges, most of them (" + numbers.whole(fullest.count()) + ") " + range + "."
                + median;
    }

    private String bar(BarChart chart) {
        StringBuilder text = new StringBuilder("Bar chart of " + chart.value().label());
        if (!chart.categoryTitle().isEmpty()) {
            text.append(" by ").append(chart.categoryTitle());
        }
        text.append(", ").append(chart.categories().size()).append(" categories");
        if (chart.series().size() > 1) {
            return text.append(" in ")
                    .append(chart.series().size())
                    .append(" series.")
                    .toString();
        }
        text.append(": ");
        int named = Math.min(MAX_NAMED, chart.categories().size());
        for (int i = 0; i < named; i++) {
            double value = chart.series().get(0).values().get(i);
            text.append(i == 0 ? "" : ", ")
                    .append(chart.categories().get(i))
                    .append(' ')
                    .append(write(value, chart.value().format()));
        }
        return text.append(named < chart.categories().size() ? ", …" : ".").toString();
    }

    private String line(LineChart chart) {
        StringBuilder text = new StringBuilder("Line chart of " + chart.y().label());
        int named = Math.min(MAX_NAMED, chart.series().size());
        for (int i = 0; i < named; i++) {
            LineChart.Series series = chart.series().get(i);
            text.append(i == 0 ? ": " : "; ");
            if (chart.series().size() > 1) {
                text.append(series.name()).append(' ');
            }
            text.append(course(series, chart));
        }
        return text.append(named < chart.series().size() ? "; …" : ".").toString();
    }

    private String course(LineChart.Series series, LineChart chart) {
        Point first = null;
        Point last = null;
        Point lowest = null;
        Point highest = null;
        for (Point point : series.points()) {
            if (!Double.isNaN(point.y())) {
                first = first == null ? point : first;
                last = point;
                lowest = lowest == null || point.y() < lowest.y() ? point : lowest;
                highest = highest == null || point.y() > highest.y() ? point : highest;
            }
        }
        if (first == null || last == null || lowest == null || highest == null) {
            return "without values";
        }
        return "from " + place(first, chart) + " to " + place(last, chart) + ", lowest " + place(lowest, chart)
                + ", highest " + place(highest, chart);
    }

    private String place(Point point, LineChart chart) {
        return write(point.y(), chart.y().format()) + " at "
                + write(point.x(), chart.x().format());
    }

    private String scatter(ScatterChart chart) {
        long count = 0;
        for (ScatterChart.Group group : chart.groups()) {
            count += group.points().size();
        }
        StringBuilder text = new StringBuilder("Scatter plot of " + numbers.whole(count) + " points, "
                + chart.y().label() + " against " + chart.x().label());
        if (chart.groups().size() > 1) {
            text.append(", in ").append(chart.groups().size()).append(" groups");
        }
        for (Chart.FitLine fit : chart.fits()) {
            text.append(". A line ")
                    .append(fit.name().isEmpty() ? "" : "through " + fit.name() + " ")
                    .append(fit.slope() < 0 ? "falls" : "rises")
                    .append(" and explains ")
                    .append(numbers.value(fit.rSquared(), ValueFormat.percent()))
                    .append(" of the variance");
        }
        return text.append('.').toString();
    }

    private String box(BoxChart chart) {
        StringBuilder text = new StringBuilder("Box plot of " + chart.value().label());
        int named = Math.min(MAX_NAMED, chart.boxes().size());
        for (int i = 0; i < named; i++) {
            Box box = chart.boxes().get(i);
            ValueFormat format = chart.value().format();
            text.append(i == 0 ? ": " : "; ")
                    .append(box.label())
                    .append(" median ")
                    .append(write(box.median(), format))
                    .append(", middle half ")
                    .append(write(box.q1(), format))
                    .append(" to ")
                    .append(write(box.q3(), format));
        }
        return text.append(named < chart.boxes().size() ? "; …" : ".").toString();
    }

    private String pie(PieChart chart) {
        StringBuilder text = new StringBuilder("Pie chart of " + chart.value().label() + ": ");
        for (int i = 0; i < Math.min(10, chart.slices().size()); i++) {
            PieChart.Slice slice = chart.slices().get(i);
            text.append(i == 0 ? "" : ", ")
                    .append(slice.label())
                    .append(' ')
                    .append(numbers.value(slice.value() / chart.total(), ValueFormat.percent()));
        }
        return text.append('.').toString();
    }

    private String density(DensityChart chart) {
        StringBuilder text = new StringBuilder("Density of " + chart.value().label());
        int named = Math.min(MAX_NAMED, chart.curves().size());
        for (int i = 0; i < named; i++) {
            DensityChart.Curve curve = chart.curves().get(i);
            Point densest = curve.points().get(0);
            for (Point point : curve.points()) {
                densest = point.y() > densest.y() ? point : densest;
            }
            text.append(i == 0 ? ": " : "; ");
            if (chart.curves().size() > 1) {
                text.append(curve.name()).append(' ');
            }
            text.append("densest at ").append(write(densest.x(), chart.value().format()));
        }
        return text.append(named < chart.curves().size() ? "; …" : ".").toString();
    }

    private String heatmap(HeatmapChart chart) {
        String lowest = "";
        String highest = "";
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        for (int r = 0; r < chart.rows().size(); r++) {
            for (int c = 0; c < chart.columns().size(); c++) {
                double value = chart.values().get(r).get(c);
                String place = chart.rows().get(r) + " and " + chart.columns().get(c);
                if (value < min) {
                    min = value;
                    lowest = place;
                }
                if (value > max) {
                    max = value;
                    highest = place;
                }
            }
        }
        return "Heatmap of " + chart.value().label() + ", " + chart.rows().size() + " rows and "
                + chart.columns().size() + " columns: lowest "
                + write(min, chart.value().format()) + " at " + lowest
                + ", highest " + write(max, chart.value().format()) + " at " + highest + ".";
    }

    private String pair(PairChart chart) {
        long count = 0;
        for (PairChart.Group group : chart.groups()) {
            count += group.rows().size();
        }
        double strongest = Double.NaN;
        String which = "";
        for (int r = 0; r < chart.variables().size(); r++) {
            for (int c = r + 1; c < chart.variables().size(); c++) {
                double value = chart.correlations().get(r).get(c);
                if (!Double.isNaN(value) && !(Math.abs(value) <= Math.abs(strongest))) {
                    strongest = value;
                    which = chart.variables().get(r).axis().title() + " and "
                            + chart.variables().get(c).axis().title();
                }
            }
        }
        String names = String.join(
                ", ", chart.variables().stream().map(v -> v.axis().title()).toList());
        String groups = chart.groups().size() > 1 ? " in " + chart.groups().size() + " groups" : "";
        return "Pair plot of " + names + ", " + numbers.whole(count) + " points" + groups + "."
                + (which.isEmpty()
                        ? ""
                        : " The strongest correlation is " + numbers.hundredths(strongest) + ", between " + which
                                + ".");
    }

    private String write(double value, ValueFormat format) {
        if (Double.isNaN(value)) {
            return "none";
        }
        return format instanceof ValueFormat.Date date
                ? DateTicks.words(value, date.grain(), locale)
                : numbers.value(value, format);
    }
}
