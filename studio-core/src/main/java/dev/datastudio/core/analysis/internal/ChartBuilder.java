package dev.datastudio.core.analysis.internal;

import dev.datastudio.api.chart.Axis;
import dev.datastudio.api.chart.BarChart;
import dev.datastudio.api.chart.Chart;
import dev.datastudio.api.chart.LineChart;
import dev.datastudio.api.chart.PieChart;
import dev.datastudio.core.analysis.ChartChoice;
import dev.datastudio.core.analysis.ChartHint;
import dev.datastudio.core.analysis.Condition;
import dev.datastudio.core.analysis.Detail;
import dev.datastudio.core.analysis.Dimension;
import dev.datastudio.core.analysis.Dimension.Grouping;
import dev.datastudio.core.analysis.Evidence;
import dev.datastudio.core.analysis.Measure;
import dev.datastudio.core.analysis.Measure.Transform;
import dev.datastudio.core.analysis.Operation;
import dev.datastudio.core.analysis.Step;
import dev.datastudio.core.analysis.StepColumn.Role;
import dev.datastudio.core.analysis.StepResult;
import dev.datastudio.core.chart.Charts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** The chart of one result. Not thread-safe. */
public final class ChartBuilder {
    private static final int MOST_BARS = 30;
    private static final int MOST_SLICES = 8;
    private static final int MOST_SERIES = 8;

    private final StepResult result;
    private final Step step;
    private final ChartRows rows;
    private final ChartWords words;
    private final RelationCharts relations;
    private final SpreadCharts spreads;

    public ChartBuilder(StepResult result) {
        this.result = result;
        this.step = result.step();
        this.rows = new ChartRows(result);
        this.words = new ChartWords(result);
        this.relations = new RelationCharts(result, rows, words);
        this.spreads = new SpreadCharts(result, rows, words);
    }

    /** The chart, if there is something to draw. */
    public Optional<ChartChoice> choose() {
        ChartHint hint = step.chart();
        if (hint == ChartHint.NONE || hint == ChartHint.TABLE || rows.size() == 0) {
            return Optional.empty();
        }
        Optional<Chart> chart = switch (step.operation()) {
            case DISTRIBUTION -> Optional.of(distribution());
            case AGGREGATE, TREND, COMPARISON -> groups();
            case LIST -> listed();
            case MISSING -> missing();
            case TEST -> tested();
            case CORRELATION, REGRESSION -> isListed() ? coefficients() : relations.relation();
            default -> Optional.empty();
        };
        if (chart.isEmpty() && hint != ChartHint.AUTO) {
            words.note("A " + Words.lower(hint) + " chart can't show these rows.");
        }
        return chart.map(c -> new ChartChoice(c, words.notes(), words.reason(c)));
    }

    /** The rows that a test stands on. */
    private Optional<Chart> tested() {
        StepResult picture = result.evidence() instanceof Evidence.Tested t ? t.picture() : null;
        Optional<ChartChoice> chosen = picture == null ? Optional.empty() : new ChartBuilder(picture).choose();
        chosen.ifPresent(c -> c.notes().forEach(words::note));
        return chosen.map(ChartChoice::chart);
    }

    private boolean isListed() {
        return step.detail() instanceof Detail.Correlation c && c.layout() != Detail.Layout.MATRIX;
    }

    /** The coefficients of one column with others; pairs have no common axis, so they stay a table. */
    private Optional<Chart> coefficients() {
        boolean withFirst = step.detail() instanceof Detail.Correlation c && c.layout() == Detail.Layout.WITH_FIRST;
        if (!withFirst || rows.size() < 2) {
            return Optional.empty();
        }
        words.replaced("a bar chart", ChartHint.BAR);
        int coefficient = rows.at(Role.CORRELATION);
        return Optional.of(
                bars(StepReading.capital(rows.column(coefficient).label()), rows.at(Role.NAME), List.of(coefficient)));
    }

    private Chart distribution() {
        String of = Words.of(Steps.valueOf(step));
        if (rows.find(Role.MEDIAN).isPresent()) {
            words.replaced("a box chart", ChartHint.BOX);
            return spreads.boxes("Distribution of " + of + by(Steps.groups(step)));
        } else if (result.evidence() instanceof Evidence.Summary spread) {
            words.replaced("a histogram", ChartHint.HISTOGRAM);
            return spreads.histogram("Distribution of " + of, spread.values());
        }
        int count = rows.at(Role.COUNT);
        if (rows.isTime(0)) {
            words.replaced("a line", ChartHint.LINE);
            return line("Distribution of " + of, 0, List.of(count), -1);
        }
        if (step.chart() == ChartHint.PIE && rows.size() <= MOST_SLICES) {
            return pie("Distribution of " + of, 0, count);
        }
        words.replaced("a bar chart", ChartHint.BAR, ChartHint.STACKED_BAR);
        return bars("Distribution of " + of, 0, List.of(count));
    }

    private Optional<Chart> groups() {
        List<Integer> dimensions = rows.dimensions();
        List<Integer> measures = rows.measures();
        if (dimensions.isEmpty() || dimensions.size() > 2 || measures.isEmpty() || rows.size() < 2) {
            return Optional.empty();
        }
        String title = title();
        int first = dimensions.get(0);
        if (wantsPoints(dimensions, measures)) {
            int x = measures.size() == 2 ? measures.get(0) : first;
            return Optional.of(relations.scatter(title, x, measures.get(measures.size() - 1), -1));
        } else if (step.chart() == ChartHint.PIE && dimensions.size() == 1 && isPie(measures.get(0))) {
            return Optional.of(pie(title, first, measures.get(0)));
        } else if (wantsLine(first)) {
            words.replaced("a line", ChartHint.LINE, ChartHint.AREA);
            LineChart line = line(title, first, measures, dimensions.size() == 2 ? dimensions.get(1) : -1);
            return Optional.of(step.chart() == ChartHint.AREA ? Charts.areas(line) : line);
        } else if (step.chart() == ChartHint.AUTO && isShare() && dimensions.size() == 1 && isPie(measures.get(0))) {
            return Optional.of(pie(title, first, measures.get(0)));
        }
        if (step.chart() == ChartHint.HEATMAP && dimensions.size() == 2) {
            return Optional.of(Charts.heatmap(groupedBars(title, first, dimensions.get(1), measures.get(0))));
        }
        words.replaced("a bar chart", ChartHint.BAR, ChartHint.STACKED_BAR);
        return Optional.of(
                dimensions.size() == 2
                        ? groupedBars(title, first, dimensions.get(1), measures.get(0))
                        : bars(title, first, oneUnit(measures)));
    }

    /** Rows as they are: bars, slices or a line when that was asked for, and bars for a few names with a number each. */
    private Optional<Chart> listed() {
        List<Integer> numbers = new ArrayList<>();
        List<Integer> names = new ArrayList<>();
        for (int i = 0; i < result.columns().size(); i++) {
            (rows.column(i).type().isNumeric() ? numbers : names).add(i);
        }
        boolean isDrawable = rows.size() > 1 && !numbers.isEmpty() && names.size() <= 1;
        boolean isNamed = isDrawable && (names.size() == 1 || numbers.size() == 2);
        if (!isNamed || step.chart() == ChartHint.SCATTER) {
            return relations.points();
        }
        int first = names.isEmpty() ? numbers.remove(0) : names.get(0);
        String title = StepReading.capital(rows.column(numbers.get(0)).label()) + " by "
                + rows.column(first).label();
        return switch (step.chart()) {
            case LINE, AREA -> rows.isLine(first) ? Optional.of(lineOfRows(title, first, numbers)) : Optional.empty();
            case PIE ->
                Optional.of(
                        isPie(numbers.get(0))
                                ? pie(title, first, numbers.get(0))
                                : bars(title, first, oneUnit(numbers)));
            case BAR, STACKED_BAR, HISTOGRAM -> Optional.of(bars(title, first, oneUnit(numbers)));
            default -> isFewNames(names) ? Optional.of(bars(title, first, oneUnit(numbers))) : relations.points();
        };
    }

    private Chart lineOfRows(String title, int x, List<Integer> numbers) {
        LineChart line = line(title, x, numbers, -1);
        return step.chart() == ChartHint.AREA ? Charts.areas(line) : line;
    }

    /** Whether rows without a wish for a chart are few and each has a name of its own. */
    private boolean isFewNames(List<Integer> names) {
        return result.columns().size() == 2
                && names.size() == 1
                && rows.size() <= MOST_BARS
                && IntStream.range(0, rows.size())
                                .mapToObj(row -> rows.label(row, names.get(0)))
                                .distinct()
                                .count()
                        == rows.size();
    }

    private String title() {
        List<String> measures = step.measures().stream()
                .map(m -> m.equals(Measure.count()) ? "number of rows" : Words.of(m))
                .toList();
        return StepReading.capital(StepReading.and(measures)) + by(step.dimensions());
    }

    private static String by(List<Dimension> dimensions) {
        List<String> groups = dimensions.stream()
                .map(d -> d.grouping() instanceof Grouping.ByTime time ? Words.lower(time.grain()) : Words.of(d))
                .toList();
        return groups.isEmpty() ? "" : " by " + StepReading.and(groups);
    }

    private boolean wantsPoints(List<Integer> dimensions, List<Integer> measures) {
        boolean isNumber =
                dimensions.size() == 1 && rows.column(dimensions.get(0)).type().isNumeric();
        return step.chart() == ChartHint.SCATTER && (measures.size() == 2 || (measures.size() == 1 && isNumber));
    }

    private boolean wantsLine(int first) {
        boolean asked = step.chart() == ChartHint.LINE || step.chart() == ChartHint.AREA;
        boolean bars = step.chart() == ChartHint.BAR || step.chart() == ChartHint.STACKED_BAR;
        return !bars && rows.isLine(first) && (asked || step.operation() == Operation.TREND || rows.isTime(first));
    }

    private boolean isShare() {
        return step.measures().get(0).transform() == Transform.SHARE_OF_TOTAL
                && step.having().equals(Condition.always())
                && step.limit() == null;
    }

    private boolean isPie(int measure) {
        for (int i = 0; i < rows.size(); i++) {
            if (!(rows.number(i, measure) >= 0)) {
                return false;
            }
        }
        return rows.size() <= MOST_SLICES;
    }

    private Chart pie(String title, int names, int measure) {
        List<PieChart.Slice> slices = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            slices.add(new PieChart.Slice(rows.label(i, names), rows.number(i, measure)));
        }
        slices.sort(Comparator.comparingDouble(PieChart.Slice::value).reversed());
        return new PieChart(words.text(title), rows.axis(measure), slices);
    }

    /** The measures that share the first one's axis. */
    private List<Integer> oneUnit(List<Integer> measures) {
        String unit = rows.column(measures.get(0)).unit();
        List<Integer> same = measures.stream()
                .filter(m -> rows.column(m).unit().equals(unit))
                .toList();
        if (same.size() < measures.size()) {
            words.note("Only measures in the unit of the first one are drawn.");
        }
        return same;
    }

    private Chart bars(String title, int names, List<Integer> measures) {
        spreads.cut();
        int count = Math.min(rows.size(), MOST_BARS);
        List<String> categories = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            categories.add(rows.label(i, names));
        }
        List<BarChart.Series> series = new ArrayList<>();
        for (int measure : measures) {
            List<Double> numbers = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                numbers.add(rows.number(i, measure));
            }
            series.add(
                    new BarChart.Series(StepReading.capital(rows.column(measure).label()), numbers));
        }
        Axis axis = rows.axis(measures.get(0));
        return new BarChart(
                words.text(title),
                rows.column(names).label(),
                measures.size() == 1 ? axis : Axis.of("", axis.format()),
                categories,
                series,
                BarChart.Layout.GROUPED,
                BarChart.Orientation.AUTO);
    }

    private BarChart groupedBars(String title, int names, int parts, int measure) {
        Map<String, Map<String, Double>> table = new LinkedHashMap<>();
        Set<String> seriesNames = new LinkedHashSet<>();
        for (int i = 0; i < rows.size(); i++) {
            String part = rows.label(i, parts);
            seriesNames.add(part);
            table.computeIfAbsent(rows.label(i, names), k -> new LinkedHashMap<>())
                    .putIfAbsent(part, rows.number(i, measure));
        }
        if (table.size() > MOST_BARS || seriesNames.size() > MOST_SERIES) {
            words.note("Only the first " + Math.min(table.size(), MOST_BARS) + " groups and "
                    + Math.min(seriesNames.size(), MOST_SERIES) + " parts are drawn.");
        }
        List<String> categories = table.keySet().stream().limit(MOST_BARS).toList();
        List<BarChart.Series> series = new ArrayList<>();
        for (String part : seriesNames.stream().limit(MOST_SERIES).toList()) {
            series.add(new BarChart.Series(
                    part,
                    categories.stream()
                            .map(c -> table.getOrDefault(c, Map.of()).getOrDefault(part, Double.NaN))
                            .toList()));
        }
        return new BarChart(
                words.text(title),
                rows.column(names).label(),
                rows.axis(measure),
                categories,
                series,
                step.chart() == ChartHint.STACKED_BAR ? BarChart.Layout.STACKED : BarChart.Layout.GROUPED,
                BarChart.Orientation.AUTO);
    }

    private LineChart line(String title, int x, List<Integer> measures, int parts) {
        List<LineChart.Series> series = new ArrayList<>();
        List<Integer> drawn = oneUnit(measures);
        if (parts < 0) {
            for (int measure : drawn) {
                series.add(new LineChart.Series(
                        StepReading.capital(rows.column(measure).label()), points(x, measure, -1, "")));
            }
        } else {
            Set<String> names = new LinkedHashSet<>();
            for (int i = 0; i < rows.size(); i++) {
                names.add(rows.label(i, parts));
            }
            if (names.size() > MOST_SERIES) {
                words.note("Only " + MOST_SERIES + " of " + names.size() + " lines are drawn.");
            }
            for (String name : names.stream().limit(MOST_SERIES).toList()) {
                series.add(new LineChart.Series(name, points(x, drawn.get(0), parts, name)));
            }
        }
        Axis y = rows.axis(drawn.get(0));
        return new LineChart(words.text(title), rows.axis(x), drawn.size() == 1 ? y : Axis.of("", y.format()), series);
    }

    /** Points with rising x, one for each place. */
    private List<Chart.Point> points(int x, int y, int parts, String name) {
        Map<Double, Double> points = new TreeMap<>();
        for (int i = 0; i < rows.size(); i++) {
            double place = rows.place(i, x);
            boolean mine = parts < 0 || rows.label(i, parts).equals(name);
            if (mine && !Double.isNaN(place)) {
                points.putIfAbsent(place, rows.number(i, y));
            }
        }
        return points.entrySet().stream()
                .map(p -> new Chart.Point(p.getKey(), p.getValue()))
                .toList();
    }

    /** Columns that have missing values, as bars. */
    private Optional<Chart> missing() {
        int count = rows.at(Role.MISSING);
        List<String> names = new ArrayList<>();
        List<Double> numbers = new ArrayList<>();
        for (int i = 0; i < rows.size() && names.size() < MOST_BARS; i++) {
            if (rows.number(i, count) > 0) {
                names.add(rows.label(i, rows.at(Role.NAME)));
                numbers.add(rows.number(i, count));
            }
        }
        if (names.isEmpty()) {
            return Optional.empty();
        }
        words.replaced("a bar chart", ChartHint.BAR);
        return Optional.of(
                BarChart.of(words.text("Missing values"), "Column", Axis.count("Missing values"), names, numbers));
    }
}
