package dev.datastudio.ml.explore.internal;

import dev.datastudio.api.chart.Axis;
import dev.datastudio.api.chart.Chart.Point;
import dev.datastudio.api.chart.ChartText;
import dev.datastudio.api.chart.LineChart;
import dev.datastudio.api.chart.LineChart.Band;
import dev.datastudio.api.chart.LineChart.Series;
import dev.datastudio.api.chart.LineChart.Span;
import dev.datastudio.api.chart.ValueFormat;
import dev.datastudio.api.chart.ValueFormat.DateGrain;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.core.dataset.ImportTarget;
import dev.datastudio.core.dataset.RowColumn;
import dev.datastudio.core.dataset.RowSource;
import dev.datastudio.ml.explore.Aggregation;
import dev.datastudio.ml.explore.ExploreOptions;
import dev.datastudio.ml.explore.Forecast;
import dev.datastudio.ml.explore.Forecast.Expected;
import dev.datastudio.ml.explore.Forecast.Value;
import dev.datastudio.ml.explore.ForecastSpec;
import dev.datastudio.ml.explore.Period;
import dev.datastudio.ml.train.internal.model.Course;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Forecasts a series of a data set. */
public final class Forecasting {
    private static final int MOST_DRAWN = 400;

    private Forecasting() {}

    /** Does it; what goes wrong is told as in {@link dev.datastudio.ml.explore.Explore#forecast}. */
    public static Forecast of(Inquiry inquiry, ForecastSpec spec) {
        Course course = inquiry.course();
        DailyValues daily = DailyValues.read(
                inquiry.studio(),
                inquiry.caller(),
                inquiry.dataset(),
                spec,
                inquiry.options().cancellation());
        PeriodSeries series = PeriodSeries.of(daily, spec);
        List<String> notes = new ArrayList<>(series.notes());
        Period period = series.period();
        int horizon = spec.horizon() == 0
                ? Math.min(period.defaultHorizon(), series.values().size())
                : spec.horizon();
        if (horizon > series.values().size()) {
            throw Checks.wrong(
                    "A forecast of " + horizon + " " + period.noun() + "s from "
                            + series.values().size() + " would be longer than what it knows",
                    "Ask for at most " + series.values().size());
        }
        double[] numbers = series.numbers();
        int season = numbers.length >= 2 * period.season() ? period.season() : 1;
        if (season < period.season()) {
            notes.add("There are " + numbers.length + " " + period.noun() + "s, and " + 2 * period.season()
                    + " are needed to see what comes again with each season; none is assumed.");
        }
        Forecaster.Outcome outcome =
                new Forecaster(numbers, season, spec.level(), spec.seed(), course).forecast(horizon);
        if (Double.isNaN(outcome.covered())) {
            notes.add("The series is too short to compare methods, so the simplest one is used.");
        }
        if (outcome.widening() > 1.05) {
            notes.add(String.format(
                    Locale.ROOT,
                    "Bounds drawn from the errors of the fit held only %.0f%% of past values, so they are %.1f times as wide.",
                    outcome.covered() * 100,
                    outcome.widening()));
        }
        List<Expected> future = expected(series, outcome, notes);
        Forecast plain = new Forecast(
                daily.time(),
                daily.value(),
                series.aggregation(),
                period,
                season,
                series.values(),
                future,
                outcome.tried().get(0).method(),
                outcome.tried(),
                spec.level(),
                outcome.covered(),
                notes,
                chart(daily, series, future, spec, outcome.tried().get(0).method()),
                Optional.empty());
        course.check();
        return kept(inquiry, plain);
    }

    private static List<Expected> expected(PeriodSeries series, Forecaster.Outcome outcome, List<String> notes) {
        boolean isNeverNegative = series.values().stream().allMatch(value -> value.value() >= 0);
        boolean isCut = false;
        LocalDate last = series.values().get(series.values().size() - 1).begin();
        List<Expected> future = new ArrayList<>();
        for (int h = 0; h < outcome.values().length; h++) {
            double value = outcome.values()[h];
            double low = Math.min(value, outcome.low()[h]);
            double high = Math.max(value, outcome.high()[h]);
            if (isNeverNegative && low < 0) {
                isCut = true;
                low = 0;
                value = Math.max(0, value);
                high = Math.max(0, high);
            }
            future.add(new Expected(series.period().plus(last, h + 1L), value, low, high));
        }
        if (isCut) {
            notes.add("No value was ever below 0, so bounds and forecasts below it are cut there.");
        }
        return future;
    }

    private static LineChart chart(
            DailyValues daily, PeriodSeries series, List<Expected> future, ForecastSpec spec, String method) {
        List<Value> shown = series.values()
                .subList(
                        Math.max(0, series.values().size() - MOST_DRAWN),
                        series.values().size());
        List<Point> past = new ArrayList<>();
        shown.forEach(value -> past.add(new Point(at(value.begin()), value.value())));
        Point joint = past.get(past.size() - 1);
        List<Point> expected = new ArrayList<>(List.of(joint));
        List<Span> spans = new ArrayList<>(List.of(new Span(joint.x(), joint.y(), joint.y())));
        for (Expected each : future) {
            expected.add(new Point(at(each.begin()), each.value()));
            spans.add(new Span(at(each.begin()), each.low(), each.high()));
        }
        String what = what(daily, series.aggregation());
        ChartText text = ChartText.of(
                        "Forecast of " + what + " by " + series.period().noun())
                .withSubtitle(method);
        for (String note : series.notes()) {
            text = text.withNote(note);
        }
        if (shown.size() < series.values().size()) {
            text = text.withNote("Showing the latest " + shown.size() + " of "
                    + series.values().size());
        }
        String level = Summary.number(spec.level() * 100) + "% of what may come";
        return new LineChart(
                text,
                Axis.of("", ValueFormat.date(DateGrain.valueOf(series.period().name()))),
                Axis.of(
                        what,
                        series.aggregation() == Aggregation.COUNT
                                ? ValueFormat.integer()
                                : ValueFormat.number(daily.unit())),
                List.of(new Series("Past", past), new Series("Forecast", expected)),
                List.of(new Band(level, 1, spans)));
    }

    private static String what(DailyValues daily, Aggregation how) {
        return switch (how) {
            case COUNT -> daily.value().isEmpty() ? "rows" : "rows with " + daily.value();
            case MEAN -> "mean " + daily.value();
            default -> daily.value();
        };
    }

    private static double at(LocalDate day) {
        return day.atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli();
    }

    private static Forecast kept(Inquiry inquiry, Forecast plain) {
        ExploreOptions options = inquiry.options();
        if (options.keepAs().isBlank()) {
            return plain;
        }
        String value = plain.valueColumn().isEmpty() ? "rows" : plain.valueColumn();
        List<RowColumn> columns = List.of(
                RowColumn.of(plain.period().noun(), ColumnType.DATE),
                RowColumn.of(value, ColumnType.DECIMAL),
                RowColumn.of("forecast", ColumnType.DECIMAL),
                RowColumn.of("low", ColumnType.DECIMAL),
                RowColumn.of("high", ColumnType.DECIMAL));
        List<@Nullable Object[]> rows = new ArrayList<>();
        plain.past().forEach(each -> rows.add(new @Nullable Object[] {each.begin(), each.value(), null, null, null}));
        plain.future()
                .forEach(each ->
                        rows.add(new @Nullable Object[] {each.begin(), null, each.value(), each.low(), each.high()}));
        ImportTarget target = ImportTarget.named(options.keepAs().strip())
                .from(Kind.FORECAST.origin(inquiry))
                .expecting(rows.size())
                .stoppedBy(options.cancellation());
        Iterator<@Nullable Object[]> each = rows.iterator();
        RowSource source = new RowSource() {
            @Override
            public List<RowColumn> columns() {
                return columns;
            }

            @Override
            public @Nullable Object @Nullable [] next() {
                return each.hasNext() ? each.next() : null;
            }
        };
        try {
            Dataset made = inquiry.studio().datasets().as(inquiry.caller()).importRows(target, source);
            return new Forecast(
                    plain.timeColumn(),
                    plain.valueColumn(),
                    plain.aggregation(),
                    plain.period(),
                    plain.season(),
                    plain.past(),
                    plain.future(),
                    plain.method(),
                    plain.tried(),
                    plain.level(),
                    plain.covered(),
                    plain.notes(),
                    plain.chart(),
                    Optional.of(made));
        } catch (SQLException e) {
            throw new IllegalStateException("rows are read from no database", e);
        }
    }
}
