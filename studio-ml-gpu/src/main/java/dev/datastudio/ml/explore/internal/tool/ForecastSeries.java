package dev.datastudio.ml.explore.internal.tool;

import dev.datastudio.core.Studio;
import dev.datastudio.core.tool.internal.Arguments;
import dev.datastudio.core.tool.internal.InputSchema;
import dev.datastudio.ml.explore.Aggregation;
import dev.datastudio.ml.explore.Exploration;
import dev.datastudio.ml.explore.ExploreSpec;
import dev.datastudio.ml.explore.Forecast;
import dev.datastudio.ml.explore.Forecast.Expected;
import dev.datastudio.ml.explore.ForecastSpec;
import dev.datastudio.ml.explore.Period;
import dev.datastudio.ml.explore.internal.Sentences;
import dev.datastudio.ml.explore.internal.Summary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

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
    ExploreSpec spec(Arguments arguments) {
        return ForecastSpec.of(arguments.text(VALUE))
                .over(arguments.text(TIME))
                .by(Aggregation.valueOf(upper(arguments.choice(AGGREGATE, AGGREGATES, AUTOMATIC))))
                .ahead(
                        arguments.count(HORIZON, 0, MOST),
                        Period.valueOf(upper(arguments.choice(PERIOD, PERIODS, AUTOMATIC))))
                .within(arguments.number(LEVEL, DEFAULT_LEVEL));
    }

    @Override
    List<String> values(Exploration found) {
        return values((Forecast) found);
    }

    private static List<String> values(Forecast found) {
        List<String> lines = new ArrayList<>();
        lines.add(found.period().noun() + " | forecast | low | high (" + Sentences.percent(found.level())
                + " lie between)");
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
}
