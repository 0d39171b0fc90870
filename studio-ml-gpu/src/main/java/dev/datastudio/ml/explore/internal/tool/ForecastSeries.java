package dev.datastudio.ml.explore.internal.tool;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.core.Studio;
import dev.datastudio.core.tool.internal.Arguments;
import dev.datastudio.core.tool.internal.InputSchema;
import dev.datastudio.ml.explore.Aggregation;
import dev.datastudio.ml.explore.Explore;
import dev.datastudio.ml.explore.ExploreOptions;
import dev.datastudio.ml.explore.Forecast;
import dev.datastudio.ml.explore.Forecast.Expected;
import dev.datastudio.ml.explore.Forecast.Value;
import dev.datastudio.ml.explore.ForecastSpec;
import dev.datastudio.ml.explore.Period;
import dev.datastudio.ml.explore.internal.Summary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Forecasts a series. */
public final class ForecastSeries extends ExploringTool {
    private static final String VALUE = "value";
    private static final String TIME = "time";
    private static final String AGGREGATE = "aggregate";
    private static final String PERIOD = "period";
    private static final String HORIZON = "horizon";
    private static final String LEVEL = "level";
    private static final int MOST = 500;
    private static final int MOST_TOLD = 60;
    private static final String AUTOMATIC = "automatic";
    private static final double DEFAULT_LEVEL = 0.9;
    private static final List<String> AGGREGATES = words(Aggregation.values());
    private static final List<String> PERIODS = words(Period.values());

    public ForecastSeries(Studio studio) {
        super(
                studio,
                "forecast_series",
                "forecast",
                "Forecasts a column of numbers, or the number of rows, over time (Holt-Winters with seasons, or simpler where"
                        + " that was better in the past), with bounds. Draws past and forecast.",
                "past and forecast",
                false,
                new InputSchema()
                        .optional(VALUE, "The column of numbers; rows are counted when it is left out")
                        .optional(TIME, "The column of dates; not needed where there is one only")
                        .choice(AGGREGATE, AGGREGATES, AUTOMATIC, "How the values of a period become one")
                        .choice(PERIOD, PERIODS, AUTOMATIC, "How finely time is cut")
                        .count(HORIZON, MOST, "How many periods are forecast; a year or so when left out")
                        .number(
                                LEVEL,
                                DEFAULT_LEVEL,
                                "How likely the true value lies between the bounds, 0.5 to 0.99"));
    }

    private static List<String> words(Enum<?>[] constants) {
        return Arrays.stream(constants)
                .map(each -> each.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    @Override
    Told explored(Explore explore, Dataset dataset, Arguments arguments, ExploreOptions options) {
        ForecastSpec spec = ForecastSpec.of(arguments.text(VALUE))
                .over(arguments.text(TIME))
                .by(Aggregation.valueOf(upper(arguments.choice(AGGREGATE, AGGREGATES, AUTOMATIC))))
                .ahead(
                        arguments.count(HORIZON, 0, MOST),
                        Period.valueOf(upper(arguments.choice(PERIOD, PERIODS, AUTOMATIC))))
                .within(arguments.number(LEVEL, DEFAULT_LEVEL));
        Forecast found = explore.forecast(dataset, spec, options);
        Told told = told(dataset, found);
        List<String> lines = new ArrayList<>(told.lines());
        lines.addAll(values(found));
        return new Told(lines, told.notes(), told.charts(), told.kept(), told.model());
    }

    /** Without the values, which the chart has, too. */
    static Told told(Dataset dataset, Forecast found) {
        List<String> lines = new ArrayList<>();
        Value first = found.past().get(0);
        Value last = found.past().get(found.past().size() - 1);
        lines.add(
                "Forecast of " + what(found) + " of " + said(dataset.name()) + " by " + said(found.timeColumn()) + ", "
                        + found.future().size() + " " + found.period().noun() + "s after "
                        + found.past().size() + " from "
                        + first.begin() + " to " + last.begin() + ".");
        lines.add("Method: " + found.method() + ". Mean error over past "
                + found.period().noun()
                + "s that were forecast from what was before: "
                + found.tried().stream()
                        .map(each -> each.method() + " "
                                + (Double.isNaN(each.error()) ? "not known" : Summary.number(each.error())))
                        .collect(Collectors.joining(", "))
                + ".");
        return new Told(lines, found.notes(), Map.of("forecast", found.chart()), found.kept(), Optional.empty());
    }

    private static List<String> values(Forecast found) {
        List<String> lines = new ArrayList<>();
        lines.add(found.period().noun() + " | forecast | low | high (" + percent(found.level()) + " lie between)");
        for (Expected each :
                found.future().subList(0, Math.min(MOST_TOLD, found.future().size()))) {
            lines.add(each.begin() + " | " + Summary.number(each.value()) + " | " + Summary.number(each.low()) + " | "
                    + Summary.number(each.high()));
        }
        if (found.future().size() > MOST_TOLD) {
            lines.add("… and " + (found.future().size() - MOST_TOLD) + " more");
        }
        return lines;
    }

    private static String upper(String word) {
        return word.toUpperCase(Locale.ROOT);
    }

    private static String what(Forecast found) {
        return switch (found.aggregation()) {
            case SUM -> "the sum of " + said(found.valueColumn());
            case MEAN -> "the mean of " + said(found.valueColumn());
            default -> "the number of rows";
        };
    }
}
