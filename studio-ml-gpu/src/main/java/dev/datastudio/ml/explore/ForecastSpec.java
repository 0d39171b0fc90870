package dev.datastudio.ml.explore;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.ml.explore.internal.Checks;
import java.util.Objects;

/**
 * What is forecast: the same spec and data give the same forecast. Immutable.
 *
 * @param timeColumn dates, points in time, or whole numbers that are years; empty for the only column of times
 * @param valueColumn numbers; empty to count rows
 * @param aggregation how the values of a period become one
 * @param period how finely time is cut
 * @param horizon how many periods are forecast, 1 to 500 and at most as many as there are; 0 for 28 days, 13 weeks, 12
 *     months, 8 quarters or 5 years
 * @param level how likely the true value lies between the bounds, 0.5 to 0.99
 * @param seed of the drawn futures that the bounds come from
 */
public record ForecastSpec(
        String timeColumn,
        String valueColumn,
        Aggregation aggregation,
        Period period,
        int horizon,
        double level,
        long seed)
        implements ExploreSpec {
    /** @throws StudioException with {@link ErrorCode#INVALID_ARGUMENT} if a value is out of its range */
    public ForecastSpec {
        Objects.requireNonNull(timeColumn, "timeColumn");
        Objects.requireNonNull(valueColumn, "valueColumn");
        Objects.requireNonNull(aggregation, "aggregation");
        Objects.requireNonNull(period, "period");
        Checks.range("horizon", horizon, 0, 500);
        Checks.range("level", level, 0.5, 0.99);
    }

    /** A column of numbers over the only column of times, with bounds that hold nine times in ten. */
    public static ForecastSpec of(String valueColumn) {
        return new ForecastSpec("", valueColumn, Aggregation.AUTOMATIC, Period.AUTOMATIC, 0, 0.9, 42);
    }

    /** How many rows there will be. */
    public static ForecastSpec ofRows() {
        return of("");
    }

    /** Over that column. */
    public ForecastSpec over(String time) {
        return new ForecastSpec(time, valueColumn, aggregation, period, horizon, level, seed);
    }

    /** The values of a period brought together so. */
    public ForecastSpec by(Aggregation how) {
        return new ForecastSpec(timeColumn, valueColumn, how, period, horizon, level, seed);
    }

    /** That many periods, of that kind. */
    public ForecastSpec ahead(int periods, Period kind) {
        return new ForecastSpec(timeColumn, valueColumn, aggregation, kind, periods, level, seed);
    }

    /** With bounds that hold so often. */
    public ForecastSpec within(double other) {
        return new ForecastSpec(timeColumn, valueColumn, aggregation, period, horizon, other, seed);
    }
}
