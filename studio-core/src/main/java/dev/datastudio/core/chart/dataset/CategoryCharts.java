package dev.datastudio.core.chart.dataset;

import dev.datastudio.api.chart.Axis;
import dev.datastudio.api.chart.BarChart;
import dev.datastudio.api.chart.Chart;
import dev.datastudio.api.chart.ChartText;
import dev.datastudio.api.chart.HeatmapChart;
import dev.datastudio.api.chart.PieChart;
import dev.datastudio.api.chart.PieChart.Slice;
import dev.datastudio.api.chart.ValueFormat;
import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.core.chart.Charts;
import dev.datastudio.core.chart.internal.NumberWords;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A number for each category or pair of categories: bars, pies, heatmaps. Not thread-safe. */
final class CategoryCharts {
    private static final int MAX_BARS = 20;
    private static final int MAX_SERIES = 8;
    private static final int MAX_COLUMNS = 24;

    private final Rows rows;
    private final Inputs inputs;

    CategoryCharts(Rows rows, Inputs inputs) {
        this.rows = rows;
        this.inputs = inputs;
    }

    Chart bars(ChartKind kind) {
        Column x = inputs.needX(kind, "a category");
        @Nullable Column y = inputs.y() == null ? null : number(inputs.y(), kind);
        boolean stacked = kind == ChartKind.STACKED_BAR;
        Amount amount = Amount.of(inputs, y, stacked);
        Groups categories = amount.ranked(rows, x, MAX_BARS);
        @Nullable Column by = inputs.group();
        @Nullable Groups groups = by == null ? null : Groups.mostFrequent(rows, by, MAX_SERIES);
        Map<String, Map<String, Double>> table = table(amount, categories, groups);
        Others others = Others.of(categories, amount, category -> lengths(table, category, stacked));
        List<BarChart.Series> series = new ArrayList<>();
        for (String name : groups == null ? List.of("") : groups.names()) {
            List<Double> values = new ArrayList<>();
            for (String category : others.shown()) {
                double none = amount.isAdded() && stacked ? 0 : Double.NaN;
                values.add(table.getOrDefault(category, Map.of()).getOrDefault(name, none));
            }
            series.add(new BarChart.Series(groups == null ? amount.title() : name, values));
        }
        ChartText text = amount.noted(
                rows,
                inputs.text(amount.words() + " by " + x.name() + inputs.by().replace(" by ", " and ")));
        text = Wording.subtitle(others.noted(text), others.subtitle(), groups == null ? "" : groups.subtitle());
        return new BarChart(
                text,
                x.name(),
                amount.axis(),
                others.shown(),
                series,
                stacked ? BarChart.Layout.STACKED : BarChart.Layout.GROUPED,
                BarChart.Orientation.AUTO);
    }

    /** The lengths of a category's bars: of all together when they are stacked. */
    private static List<Double> lengths(Map<String, Map<String, Double>> table, String category, boolean stacked) {
        List<Double> values = List.copyOf(table.getOrDefault(category, Map.of()).values());
        return stacked
                ? List.of(values.stream().mapToDouble(Double::doubleValue).sum())
                : values;
    }

    private Column number(Column column, ChartKind kind) {
        boolean counted = inputs.request().aggregate().equals(java.util.Optional.of(ChartAggregate.COUNT));
        return counted ? column : inputs.numeric(column, kind);
    }

    Chart pie() {
        Column x = inputs.needX(ChartKind.PIE, "a category");
        @Nullable Column y = inputs.y() == null ? null : number(inputs.y(), ChartKind.PIE);
        Amount amount = Amount.of(inputs, y, true);
        Groups categories = amount.ranked(rows, x, Charts.MAX_SLICES - 1);
        Map<String, Map<String, Double>> table = table(amount, categories, null);
        List<Double> values = new ArrayList<>();
        for (String category : categories.names()) {
            values.add(table.getOrDefault(category, Map.of()).getOrDefault("", Double.NaN));
        }
        List<Slice> slices = Charts.slices(categories.names(), values);
        ChartText text = amount.noted(rows, inputs.text(amount.words() + " by " + x.name()));
        return new PieChart(Wording.subtitle(text, categories.subtitle()), amount.axis(), slices);
    }

    Chart heatmap() {
        if (inputs.y() == null && inputs.columns().size() > 1) {
            return new RelationCharts(rows, inputs, new ArrayList<>()).correlation();
        }
        Column x = inputs.needX(ChartKind.HEATMAP, "a category");
        Column y = inputs.needY(ChartKind.HEATMAP, "a second category");
        @Nullable
        Column value =
                inputs.columns().isEmpty() ? null : number(inputs.columns().get(0), ChartKind.HEATMAP);
        Amount amount = Amount.of(inputs, value, false);
        Groups columns = Groups.mostFrequent(rows, x, MAX_COLUMNS);
        Groups lines = Groups.mostFrequent(rows, y, MAX_BARS);
        Map<String, Map<String, Double>> table = table(amount, columns, lines);
        Others left = Others.of(columns, amount, column -> cells(table, List.of(column), lines.kept()));
        Others top = Others.of(lines, amount, line -> cells(table, left.shown(), List.of(line)));
        List<List<Double>> values = new ArrayList<>();
        boolean below = false;
        boolean above = false;
        for (String line : top.shown()) {
            List<Double> row = new ArrayList<>();
            for (String column : left.shown()) {
                double cell = table.getOrDefault(column, Map.of()).getOrDefault(line, Double.NaN);
                row.add(cell);
                below |= cell < 0;
                above |= cell > 0;
            }
            values.add(row);
        }
        ChartText text = amount.noted(rows, inputs.text(amount.words() + " by " + y.name() + " and " + x.name()));
        text = Wording.subtitle(top.noted(left.noted(text)), left.subtitle(), top.subtitle());
        return new HeatmapChart(
                text,
                x.name(),
                y.name(),
                amount.axis(),
                left.shown(),
                top.shown(),
                values,
                below && above ? HeatmapChart.Shading.DIVERGING : HeatmapChart.Shading.SEQUENTIAL);
    }

    private static List<Double> cells(
            Map<String, Map<String, Double>> table, List<String> columns, List<String> lines) {
        List<Double> cells = new ArrayList<>();
        for (String column : columns) {
            for (String line : lines) {
                cells.add(table.getOrDefault(column, Map.of()).getOrDefault(line, Double.NaN));
            }
        }
        return cells;
    }

    /** The amounts by category and series. */
    private Map<String, Map<String, Double>> table(Amount amount, Groups categories, @Nullable Groups series) {
        String sql = "SELECT g, s, " + amount.aggregateSql() + " FROM (SELECT " + categories.sql() + " AS g, "
                + (series == null ? "''" : series.sql()) + " AS s, " + amount.valueSql() + " AS v FROM " + rows.table()
                + ") GROUP BY g, s";
        List<Object> parameters = new ArrayList<>(categories.parameters());
        parameters.addAll(SpreadCharts.parameters(series));
        Map<String, Map<String, Double>> table = new HashMap<>();
        for (List<@Nullable Object> row : rows.all(sql, parameters)) {
            double value = Rows.number(row.get(2));
            table.computeIfAbsent(String.valueOf(row.get(0)), name -> new HashMap<>())
                    .put(String.valueOf(row.get(1)), Double.isInfinite(value) ? Double.NaN : value);
        }
        return table;
    }

    /** What is computed for each category. */
    record Amount(@Nullable Column value, ChartAggregate aggregate) {
        static Amount of(Inputs inputs, @Nullable Column value, boolean added) {
            ChartAggregate aggregate = inputs.aggregate(value);
            boolean unsaid = inputs.request().aggregate().isEmpty() && value != null;
            return new Amount(value, unsaid && added ? ChartAggregate.SUM : aggregate);
        }

        /** Whether amounts of parts add up to that of the whole. */
        boolean isAdded() {
            return aggregate == ChartAggregate.COUNT || aggregate == ChartAggregate.SUM;
        }

        String valueSql() {
            if (value == null) {
                return "1";
            }
            return value.type().isNumeric() ? Rows.number(value) : Rows.name(value.name());
        }

        String aggregateSql() {
            return aggregate.sql();
        }

        Groups ranked(Rows rows, Column x, int most) {
            String first = value == null ? "most frequent" : "with the greatest " + title();
            Groups groups = Groups.of(rows, x, valueSql(), aggregateSql(), most, first);
            return value == null || groups.others() == 0
                    ? groups
                    : new Groups(x, groups.kept(), groups.others(), "greatest");
        }

        String title() {
            return value == null ? "Rows" : aggregate.of(value.name());
        }

        String words() {
            return value == null ? "Number of rows" : aggregate.of(value.name());
        }

        Axis axis() {
            if (value == null || aggregate == ChartAggregate.COUNT) {
                return Axis.count(title());
            }
            boolean whole = value.type() == ColumnType.INTEGER
                    && value.unit().isEmpty()
                    && aggregate != ChartAggregate.MEAN
                    && aggregate != ChartAggregate.MEDIAN;
            return Axis.of(title(), whole ? ValueFormat.integer() : ValueFormat.number(value.unit()));
        }

        /** A number of it in words: {@code 4,500 rows}, {@code $3.2M}. */
        String said(double number) {
            String words = new NumberWords(Locale.ENGLISH).value(number, axis().format());
            return value == null ? words + " rows" : words;
        }

        /** The text with notes on missing and infinite values. */
        ChartText noted(Rows rows, ChartText text) {
            if (value == null) {
                return text;
            }
            List<@Nullable Object> row = rows.one("SELECT count(*) - count(r), count(r) - count(v) FROM (SELECT "
                    + Rows.name(value.name()) + " AS r, " + valueSql() + " AS v FROM " + rows.table() + ")");
            return Wording.withInfinite(Charts.withMissing(text, Rows.whole(row.get(0))), Rows.whole(row.get(1)));
        }
    }
}
