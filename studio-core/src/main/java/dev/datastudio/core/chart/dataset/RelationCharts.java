package dev.datastudio.core.chart.dataset;

import dev.datastudio.api.chart.Axis;
import dev.datastudio.api.chart.Chart;
import dev.datastudio.api.chart.Chart.FitLine;
import dev.datastudio.api.chart.Chart.Point;
import dev.datastudio.api.chart.ChartText;
import dev.datastudio.api.chart.HeatmapChart;
import dev.datastudio.api.chart.HeatmapChart.Shading;
import dev.datastudio.api.chart.PairChart;
import dev.datastudio.api.chart.ScatterChart;
import dev.datastudio.api.chart.ValueFormat;
import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.chart.Charts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How numbers move together: points, cells, coefficients, pairs. Not thread-safe. */
final class RelationCharts {
    /** More points than this would hide each other, so that their number in each cell is drawn. */
    static final long MAX_SAMPLED = 100_000;

    private static final int MAX_GROUPS = 8;
    private static final int MAX_COEFFICIENTS = 20;
    private static final int DEFAULT_PAIRED = 4;

    private final Rows rows;
    private final Inputs inputs;
    private final List<String> suggestions;

    RelationCharts(Rows rows, Inputs inputs, List<String> suggestions) {
        this.rows = rows;
        this.inputs = inputs;
        this.suggestions = suggestions;
    }

    Chart scatter() {
        Column x = inputs.numeric(inputs.needX(ChartKind.SCATTER, "a number"), ChartKind.SCATTER);
        Column y = inputs.numeric(inputs.needY(ChartKind.SCATTER, "a second number"), ChartKind.SCATTER);
        Axis.Scale scale = inputs.request().scale();
        Spread xSpread = Spread.of(rows, x, scale);
        Spread ySpread = Spread.of(rows, y, scale);
        xSpread.suggestLogarithm(suggestions);
        ySpread.suggestLogarithm(suggestions);
        List<@Nullable Object> fit = rows.one("SELECT count(*) - count_if(rx IS NOT NULL AND ry IS NOT NULL),"
                + " count_if(x IS NOT NULL AND y IS NOT NULL), regr_slope(y, x), regr_intercept(y, x), regr_r2(y, x),"
                + " min(x) FILTER (y IS NOT NULL), max(x) FILTER (y IS NOT NULL) FROM (SELECT " + Rows.name(x.name())
                + " AS rx, " + Rows.name(y.name()) + " AS ry, " + Rows.number(x) + " AS x, " + Rows.number(y)
                + " AS y FROM " + rows.table() + ")");
        long count = Rows.whole(fit.get(1));
        ChartText text = inputs.text(y.name() + " against " + x.name() + inputs.by());
        text = xSpread.noted(ySpread.noted(Charts.withMissing(text, Rows.whole(fit.get(0)))));
        if (count > MAX_SAMPLED && inputs.group() == null && scale == Axis.Scale.LINEAR) {
            return new Cells(rows, xSpread, ySpread).chart(text, count);
        }
        @Nullable Column by = inputs.group();
        @Nullable Groups groups = by == null ? null : Groups.mostFrequent(rows, by, MAX_GROUPS);
        List<ScatterChart.Group> points = points(x, y, scale, groups);
        List<FitLine> fits = groups == null && scale == Axis.Scale.LINEAR ? fit(fit, count) : List.of();
        String sampled = count <= Charts.MAX_POINTS
                ? ""
                : String.format(
                        Locale.ROOT,
                        "%,d of %,d points, evenly sampled%s",
                        Charts.MAX_POINTS,
                        count,
                        fits.isEmpty() ? "" : ", with the line that fits all");
        text = Wording.subtitle(text, sampled, groups == null ? "" : groups.subtitle());
        return new ScatterChart(text, Rows.axis(x, scale), Rows.axis(y, scale), points, fits);
    }

    private static List<FitLine> fit(List<@Nullable Object> row, long count) {
        double slope = Rows.number(row.get(2));
        double intercept = Rows.number(row.get(3));
        double rSquared = Rows.number(row.get(4));
        boolean fits = count >= 3 && Double.isFinite(slope) && Double.isFinite(intercept) && Double.isFinite(rSquared);
        return fits
                ? List.of(new FitLine(
                        "", slope, intercept, Rows.number(row.get(5)), Rows.number(row.get(6)), Math.min(1, rSquared)))
                : List.of();
    }

    private List<ScatterChart.Group> points(Column x, Column y, Axis.Scale scale, @Nullable Groups groups) {
        String positive = scale == Axis.Scale.LOG ? " AND x > 0 AND y > 0" : "";
        String sql = "SELECT g, x, y FROM (SELECT " + (groups == null ? "''" : groups.sql()) + " AS g, "
                + Rows.number(x) + " AS x, " + Rows.number(y) + " AS y, row_number() OVER () AS n FROM " + rows.table()
                + ") WHERE x IS NOT NULL AND y IS NOT NULL" + positive + " ORDER BY hash(n) LIMIT " + Charts.MAX_POINTS;
        Map<String, List<Point>> found = new LinkedHashMap<>();
        for (String name : groups == null ? List.of("") : groups.names()) {
            found.put(name, new ArrayList<>());
        }
        for (List<@Nullable Object> row : rows.all(sql, SpreadCharts.parameters(groups))) {
            found.computeIfAbsent(String.valueOf(row.get(0)), name -> new ArrayList<>())
                    .add(new Point(Rows.number(row.get(1)), Rows.number(row.get(2))));
        }
        List<ScatterChart.Group> points = new ArrayList<>();
        found.forEach((name, some) -> points.add(new ScatterChart.Group(name, some)));
        return points;
    }

    Chart correlation() {
        List<Column> asked = inputs.columns().isEmpty() ? DatasetCharts.numbers(inputs.dataset()) : inputs.columns();
        List<Column> columns = asked.subList(0, Math.min(MAX_COEFFICIENTS, asked.size()));
        columns.forEach(column -> inputs.numeric(column, ChartKind.CORRELATION));
        if (columns.size() < 2) {
            throw tooFew(ChartKind.CORRELATION, columns);
        }
        List<String> names = columns.stream().map(Column::name).toList();
        ChartText text = inputs.text("Correlation between columns");
        String cut = columns.size() == asked.size()
                ? ""
                : "the first " + columns.size() + " of " + asked.size() + " columns";
        return new HeatmapChart(
                Wording.subtitle(text, "Pearson's coefficients of the rows that have both values", cut),
                "",
                "",
                Axis.of("Correlation", ValueFormat.number()),
                names,
                names,
                coefficients(columns),
                Shading.CORRELATION);
    }

    private static StudioException tooFew(ChartKind kind, List<Column> columns) {
        return new StudioException(
                ErrorCode.CHART_INVALID,
                "A chart of the kind '" + kind.jsonName() + "' needs two columns of numbers, but there "
                        + (columns.isEmpty()
                                ? "is none"
                                : "is only "
                                        + StudioException.quote(columns.get(0).name())),
                "Name at least two in 'columns', or draw one as a histogram");
    }

    /** Pearson's coefficient of each two columns; NaN where one is constant. */
    private List<List<Double>> coefficients(List<Column> columns) {
        List<String> wanted = new ArrayList<>();
        for (int a = 0; a < columns.size(); a++) {
            for (int b = 0; b <= a; b++) {
                wanted.add("corr(c" + a + ", c" + b + ")");
            }
        }
        List<String> values = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            values.add(Rows.number(columns.get(i)) + " AS c" + i);
        }
        List<@Nullable Object> row = rows.one("SELECT " + String.join(", ", wanted) + " FROM (SELECT "
                + String.join(", ", values) + " FROM " + rows.table() + ")");
        List<List<Double>> matrix = new ArrayList<>();
        for (int a = 0; a < columns.size(); a++) {
            List<Double> line = new ArrayList<>();
            for (int b = 0; b < columns.size(); b++) {
                int place = Math.max(a, b) * (Math.max(a, b) + 1) / 2 + Math.min(a, b);
                line.add(Math.max(-1, Math.min(1, Rows.number(row.get(place)))));
            }
            matrix.add(line);
        }
        return matrix;
    }

    Chart pairs() {
        List<Column> columns = inputs.columns();
        if (columns.isEmpty()) {
            List<Column> numbers = DatasetCharts.numbers(inputs.dataset());
            columns = numbers.subList(0, Math.min(DEFAULT_PAIRED, numbers.size()));
        }
        columns.forEach(column -> inputs.numeric(column, ChartKind.PAIR));
        if (columns.size() < PairChart.MIN_VARIABLES) {
            throw tooFew(ChartKind.PAIR, columns);
        }
        if (columns.size() > PairChart.MAX_VARIABLES) {
            throw new StudioException(
                    ErrorCode.CHART_INVALID,
                    "A pair plot of " + columns.size() + " columns would have cells too small to read",
                    "Name at most " + PairChart.MAX_VARIABLES + ", or draw their correlations");
        }
        List<List<Double>> coefficients = coefficients(columns);
        return new Pairs(rows, inputs, columns).chart(coefficients);
    }
}
