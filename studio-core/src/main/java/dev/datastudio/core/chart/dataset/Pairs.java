package dev.datastudio.core.chart.dataset;

import dev.datastudio.api.chart.Axis;
import dev.datastudio.api.chart.Chart;
import dev.datastudio.api.chart.Chart.Point;
import dev.datastudio.api.chart.ChartText;
import dev.datastudio.api.chart.DensityChart.Curve;
import dev.datastudio.api.chart.HistogramChart.Bin;
import dev.datastudio.api.chart.PairChart;
import dev.datastudio.api.dataset.Column;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Several numbers against each other: spreads and coefficients of all rows, points of a sample. */
record Pairs(Rows rows, Inputs inputs, List<Column> columns) {
    private static final int MAX_GROUPS = 6;
    private static final int MAX_POINTS = 500;
    private static final int BINS = 14;

    Chart chart(List<List<Double>> coefficients) {
        @Nullable Column by = inputs.group();
        @Nullable Groups groups = by == null ? null : Groups.mostFrequent(rows, by, MAX_GROUPS);
        List<PairChart.Variable> variables = new ArrayList<>();
        long infinite = 0;
        for (Column column : columns) {
            Spread spread = Spread.of(rows, column, Axis.Scale.LINEAR);
            infinite += spread.infinite();
            variables.add(variable(column, spread, groups));
        }
        Map<String, List<List<Double>>> points = points(groups);
        List<PairChart.Group> shown = new ArrayList<>();
        points.forEach((name, some) -> shown.add(new PairChart.Group(name, some)));
        long count = rows.dataset().rowCount();
        long drawn = points.values().stream().mapToLong(List::size).sum();
        String sampled = drawn < MAX_POINTS || count <= MAX_POINTS
                ? ""
                : String.format(
                        Locale.ROOT, "%,d of %,d rows as points; spreads and coefficients of all", drawn, count);
        ChartText text = inputs.text("Pairs of " + columns.size() + " columns" + inputs.by());
        text = Wording.subtitle(Wording.withInfinite(text, infinite), sampled, groups == null ? "" : groups.subtitle());
        return new PairChart(text, variables, shown, coefficients);
    }

    private PairChart.Variable variable(Column column, Spread spread, @Nullable Groups groups) {
        Axis axis = Rows.axis(column, Axis.Scale.LINEAR);
        if (groups != null) {
            Map<String, List<Point>> curves =
                    new Densities(rows, Rows.number(column), groups, spread.support()).curves(2);
            List<Curve> named = new ArrayList<>();
            for (String name : groups.names()) {
                List<Point> curve = curves.getOrDefault(name, List.of());
                if (!curve.isEmpty()) {
                    named.add(new Curve(name, curve));
                }
            }
            return new PairChart.Variable(axis, List.of(), named);
        }
        double[] edges = spread.summary().edges(BINS);
        List<Bin> bins = new ArrayList<>();
        if (edges.length > 0) {
            long[] counts = BinCounts.of(rows, Rows.number(column), edges);
            for (int i = 0; i < counts.length; i++) {
                bins.add(new Bin(edges[i], edges[i + 1], counts[i]));
            }
        }
        return new PairChart.Variable(axis, bins, List.of());
    }

    private Map<String, List<List<Double>>> points(@Nullable Groups groups) {
        List<String> values = new ArrayList<>();
        List<String> present = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            values.add(Rows.number(columns.get(i)) + " AS c" + i);
            present.add("c" + i + " IS NOT NULL");
        }
        String sql = "SELECT * EXCLUDE (n) FROM (SELECT " + (groups == null ? "''" : groups.sql()) + " AS g, "
                + String.join(", ", values) + ", row_number() OVER () AS n FROM " + rows.table() + ") WHERE "
                + String.join(" OR ", present) + " ORDER BY hash(n) LIMIT " + MAX_POINTS;
        Map<String, List<List<Double>>> points = new LinkedHashMap<>();
        for (String name : groups == null ? List.of("") : groups.names()) {
            points.put(name, new ArrayList<>());
        }
        for (List<@Nullable Object> row : rows.all(sql, SpreadCharts.parameters(groups))) {
            List<Double> numbers = new ArrayList<>();
            for (int i = 1; i < row.size(); i++) {
                numbers.add(Rows.number(row.get(i)));
            }
            points.computeIfAbsent(String.valueOf(row.get(0)), name -> new ArrayList<>())
                    .add(numbers);
        }
        return points;
    }
}
