package dev.datastudio.core.chart.dataset;

import dev.datastudio.api.chart.AreaChart;
import dev.datastudio.api.chart.Axis;
import dev.datastudio.api.chart.Chart;
import dev.datastudio.api.chart.Chart.Point;
import dev.datastudio.api.chart.ChartText;
import dev.datastudio.api.chart.LineChart;
import dev.datastudio.api.chart.LineChart.Series;
import dev.datastudio.api.chart.ValueFormat;
import dev.datastudio.api.chart.ValueFormat.DateGrain;
import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.query.QueryResult;
import dev.datastudio.core.chart.Charts;
import dev.datastudio.core.chart.HistogramBins;
import dev.datastudio.core.chart.dataset.CategoryCharts.Amount;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** How an amount moves along time or a number: lines and areas. Not thread-safe. */
final class CourseCharts {
    private static final int MAX_SERIES = 8;
    private static final int MAX_PLACES = 400;
    private static final int MAX_STACKED_PLACES = 120;

    /** With more holes than this share of the points, values are just rare, and the line is drawn across. */
    private static final double MAX_HOLES = 0.2;

    private static final int BINS = 200;

    /** Points that are read at most, where a grain was asked for that is too fine for the time covered. */
    private static final int MAX_READ = 20_000;

    private final Rows rows;
    private final Inputs inputs;

    CourseCharts(Rows rows, Inputs inputs) {
        this.rows = rows;
        this.inputs = inputs;
    }

    Chart course(ChartKind kind) {
        Column x = inputs.needX(kind, "a time or a number");
        @Nullable Column y = inputs.y() == null ? null : inputs.numeric(inputs.y(), kind);
        Amount amount = Amount.of(inputs, y, kind == ChartKind.STACKED_AREA);
        Places places = places(x, kind);
        @Nullable Column by = inputs.group();
        @Nullable Groups groups = by == null ? null : Groups.mostFrequent(rows, by, MAX_SERIES);
        Map<String, SortedMap<Double, Double>> found = read(places, amount, groups);
        List<Series> series = new ArrayList<>();
        boolean aligned = kind == ChartKind.STACKED_AREA || (amount.isAdded() && groups != null);
        for (String name : groups == null ? List.of("") : groups.names()) {
            Map<Double, Double> values = found.getOrDefault(name, new TreeMap<>());
            series.add(new Series(
                    groups == null ? amount.title() : name, points(values, aligned ? all(found) : null, places)));
        }
        String per = places.period().isEmpty() ? x.name() : places.period();
        ChartText text = amount.noted(
                rows, inputs.text(amount.words() + " by " + per + inputs.by().replace(" by ", " and ")));
        text = Wording.withoutPlace(text, x, unplaced(places));
        if (x.type().isTemporal() && amount.isAdded()) {
            text = PartPeriods.noted(rows, x, places.grain(), text);
        }
        text = Wording.subtitle(text, places.subtitle(), groups == null ? "" : groups.subtitle());
        return chart(kind, text, places.axis(), amount, series);
    }

    private Chart chart(ChartKind kind, ChartText text, Axis x, Amount amount, List<Series> series) {
        Axis plain = amount.axis();
        if (kind == ChartKind.LINE) {
            return new LineChart(
                    text,
                    x,
                    new Axis(plain.title(), plain.format(), inputs.request().scale()),
                    series);
        }
        if (kind == ChartKind.AREA) {
            return new AreaChart(text, x, plain, series, AreaChart.Layout.OVERLAID);
        }
        for (Series one : series) {
            for (Point point : one.points()) {
                if (point.y() < 0) {
                    throw new StudioException(
                            ErrorCode.CHART_INVALID,
                            "Areas can't be stacked, because " + StudioException.quote(one.name())
                                    + " has negative amounts",
                            "Draw lines");
                }
            }
        }
        return new AreaChart(text, x, plain, series, AreaChart.Layout.STACKED);
    }

    private Map<String, SortedMap<Double, Double>> read(Places places, Amount amount, @Nullable Groups groups) {
        String sql = "SELECT p, s, " + amount.aggregateSql() + " FROM (SELECT " + places.sql() + " AS p, "
                + (groups == null ? "''" : groups.sql()) + " AS s, " + amount.valueSql() + " AS v FROM " + rows.table()
                + ") WHERE p IS NOT NULL GROUP BY p, s";
        Map<String, SortedMap<Double, Double>> found = new HashMap<>();
        QueryResult result = rows.query(sql, SpreadCharts.parameters(groups), MAX_READ);
        if (result.totalRows() > MAX_READ) {
            throw new StudioException(
                    ErrorCode.CHART_INVALID,
                    String.format(
                            Locale.ROOT,
                            "A line of %,d points for each %s would have more than the %,d that a chart can show",
                            result.totalRows(),
                            places.period(),
                            MAX_READ),
                    "Choose a coarser grain, or leave it to the data");
        }
        for (List<@Nullable Object> row : result.rows()) {
            double place = places.place(Rows.number(row.get(0)));
            double value = Rows.number(row.get(2));
            found.computeIfAbsent(String.valueOf(row.get(1)), name -> new TreeMap<>())
                    .put(place, Double.isInfinite(value) ? Double.NaN : value);
        }
        return found;
    }

    /** How many rows have no place along the axis. */
    private long unplaced(Places places) {
        return Rows.whole(rows.one("SELECT count(*) FROM (SELECT " + places.sql() + " AS p FROM " + rows.table()
                        + ") WHERE p IS NULL")
                .get(0));
    }

    private static SortedSet<Double> all(Map<String, SortedMap<Double, Double>> found) {
        SortedSet<Double> places = new TreeSet<>();
        found.values().forEach(one -> places.addAll(one.keySet()));
        return places;
    }

    /** Points at all places, where nothing adds nothing, or at those with a value and with gaps between. */
    private static List<Point> points(Map<Double, Double> values, @Nullable SortedSet<Double> places, Places axis) {
        List<Point> points = new ArrayList<>();
        if (places != null) {
            for (double place : places) {
                points.add(new Point(place, values.getOrDefault(place, 0.0)));
            }
            return points;
        }
        values.forEach((place, value) -> points.add(new Point(place, value)));
        if (axis.axis().format() instanceof ValueFormat.Date date) {
            List<Point> parted = Charts.withGaps(points, date.grain());
            return parted.size() - points.size() <= MAX_HOLES * points.size() ? parted : points;
        }
        return points;
    }

    private Places places(Column x, ChartKind kind) {
        int most = kind == ChartKind.STACKED_AREA ? MAX_STACKED_PLACES : MAX_PLACES;
        if (x.type().isTemporal()) {
            DateGrain grain = inputs.request().grain().orElseGet(() -> Periods.of(rows, x, most));
            String sql = "epoch_ms(date_trunc('" + Periods.sql(grain) + "', " + Rows.time(x) + "))";
            return new Places(sql, Axis.of(x.name(), ValueFormat.date(grain)), Periods.sql(grain), "", Shift.NONE);
        }
        inputs.numeric(x, kind);
        Spread spread = Spread.of(rows, x, Axis.Scale.LINEAR);
        if (isYear(x, spread)) {
            Axis years = Axis.of(x.name(), ValueFormat.date(DateGrain.YEAR));
            return new Places(Rows.number(x), years, "", "", Shift.YEARS);
        }
        boolean few = x.distinctCount() >= 0 && x.distinctCount() <= MAX_PLACES;
        Axis axis = Rows.axis(x, Axis.Scale.LINEAR);
        if (few || spread.summary().count() == 0) {
            return new Places(Rows.number(x), axis, "", "", Shift.NONE);
        }
        double[] edges = HistogramBins.about(
                BINS,
                spread.summary().min(),
                spread.summary().max(),
                spread.summary().values());
        double width = edges[1] - edges[0];
        String sql = BinCounts.literal(edges[0]) + " + " + BinCounts.literal(width) + " * ("
                + BinCounts.number(Rows.number(x), edges) + " + 0.5)";
        String subtitle = String.format(Locale.ROOT, "%s in %,d ranges", x.name(), edges.length - 1);
        return new Places(
                "CASE WHEN " + Rows.number(x) + " IS NOT NULL THEN " + sql + " END", axis, "", subtitle, Shift.NONE);
    }

    /** Whole numbers such as 1987 in a column that says so are no quantity: 1987, not 1,987. */
    private static boolean isYear(Column x, Spread spread) {
        return x.type() == ColumnType.INTEGER
                && x.name().toLowerCase(Locale.ROOT).contains("year")
                && spread.summary().min() >= 1000
                && spread.summary().max() <= 2999;
    }

    private enum Shift {
        NONE,
        YEARS
    }

    /** Where the rows stand along the axis. */
    private record Places(String sql, Axis axis, String period, String subtitle, Shift shift) {
        /** The grain of a place in time. */
        DateGrain grain() {
            return DateGrain.valueOf(period.toUpperCase(Locale.ROOT));
        }

        double place(double value) {
            return shift == Shift.NONE
                    ? value
                    : LocalDate.of((int) value, 1, 1)
                            .atStartOfDay()
                            .toInstant(ZoneOffset.UTC)
                            .toEpochMilli();
        }
    }
}
