package dev.datastudio.ml.explore;

import dev.datastudio.api.chart.Chart;
import dev.datastudio.api.chart.LineChart;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.ml.registry.TrainedModel;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How a series goes on. Immutable.
 *
 * @param timeColumn the times
 * @param valueColumn the values; empty when rows were counted
 * @param aggregation how the values of a period became one, never left open
 * @param period how finely time was cut, never left open
 * @param season after how many periods the pattern repeats; 1 when none was looked for
 * @param past what was, without unfinished periods at the ends
 * @param future what is expected
 * @param method what forecast it: the one with the least error
 * @param tried all methods, the best first, the simplest one among them
 * @param level how likely the true value lies between the bounds
 * @param covered how often past values lay between bounds that were drawn without them, 0 to 1; where that is less than the
 *     level, the bounds of the future are wider by what was missing. NaN when the series was too short to tell
 * @param notes what was noticed and done, whole sentences
 * @param chart past, forecast and bounds
 * @param kept past and forecast as rows, when a name for that was given
 */
public record Forecast(
        String timeColumn,
        String valueColumn,
        Aggregation aggregation,
        Period period,
        int season,
        List<Value> past,
        List<Expected> future,
        String method,
        List<Tried> tried,
        double level,
        double covered,
        List<String> notes,
        LineChart chart,
        Optional<Dataset> kept)
        implements Exploration {
    public Forecast {
        past = List.copyOf(past);
        future = List.copyOf(future);
        tried = List.copyOf(tried);
        notes = List.copyOf(notes);
        Objects.requireNonNull(chart, "chart");
        Objects.requireNonNull(kept, "kept");
    }

    @Override
    public List<String> remarks() {
        return notes;
    }

    @Override
    public Map<String, Chart> charts() {
        return Map.of("forecast", chart);
    }

    @Override
    public Optional<TrainedModel> model() {
        return Optional.empty();
    }

    /**
     * A period that was.
     *
     * @param begin its first day
     * @param isFilled whether it had no rows, so that its value is made up
     */
    public record Value(LocalDate begin, double value, boolean isFilled) {}

    /**
     * A period that will be.
     *
     * @param begin its first day
     * @param value the forecast
     * @param low below the true value, with half of the rest of the level
     * @param high above it
     */
    public record Expected(LocalDate begin, double value, double low, double high) {}

    /**
     * A method and how well it forecast the past from what was before.
     *
     * @param error the mean absolute error; NaN when the series was too short to tell
     * @param ofNaive the error in parts of that of the simplest method, which repeats the last season or value; infinite
     *     when that one made none
     */
    public record Tried(String method, double error, double ofNaive) {}
}
