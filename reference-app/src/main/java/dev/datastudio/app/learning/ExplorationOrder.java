package dev.datastudio.app.learning;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.app.web.Body;
import dev.datastudio.ml.explore.Aggregation;
import dev.datastudio.ml.explore.AnomalySpec;
import dev.datastudio.ml.explore.ClusterSpec;
import dev.datastudio.ml.explore.ComponentSpec;
import dev.datastudio.ml.explore.ExploreRequest;
import dev.datastudio.ml.explore.ExploreSpec;
import dev.datastudio.ml.explore.ForecastSpec;
import dev.datastudio.ml.explore.Period;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is to be explored.
 *
 * @param kind {@code groups}, {@code components}, {@code unusual} or {@code forecast}
 * @param columns that rows are compared by; those that can be, when it is left out. Not of forecasts
 * @param count how many groups or components; as many as fit best, when it is left out
 * @param share of the rows that is called unusual, 0.0001 to 0.5; 0.01 when it is left out
 * @param value the column that is forecast; rows are counted when it is left out
 * @param time the column of times; not needed where there is one only
 * @param aggregate {@code automatic}, {@code sum}, {@code mean} or {@code count}: how the values of a period become one
 * @param period {@code automatic}, {@code day}, {@code week}, {@code month}, {@code quarter} or {@code year}
 * @param horizon how many periods are forecast; a year or so when it is left out
 * @param keepAs the name of a new data set with what was found of each row; none is made when it is left out
 * @param keepModelAs the name of a model that tells the same of new rows; none is kept when it is left out. A forecast is none
 */
@Schema(name = "ExplorationOrder")
record ExplorationOrder(
        String kind,
        @Nullable List<String> columns,
        @Nullable Integer count,
        @Nullable Double share,
        @Nullable String value,
        @Nullable String time,
        @Nullable String aggregate,
        @Nullable String period,
        @Nullable Integer horizon,
        @Nullable String keepAs,
        @Nullable String keepModelAs) {
    /**
     * What the jobs are asked.
     *
     * @throws StudioException with {@link ErrorCode#INVALID_ARGUMENT} when there is no such kind, a value is out of its range
     *     or the name of the model is too long or of a forecast
     */
    ExploreRequest of(Dataset dataset) {
        return ExploreRequest.of(dataset, spec())
                .keepingAs(keepAs == null ? "" : keepAs)
                .keepingModel(keepModelAs == null ? "" : keepModelAs);
    }

    private ExploreSpec spec() {
        List<String> by = columns == null ? List.of() : columns;
        int asked = count == null ? 0 : count;
        return switch (Body.part(kind, "kind")) {
            case "groups" -> ClusterSpec.DEFAULT.by(by).into(asked);
            case "components" -> ComponentSpec.DEFAULT.of(by).keeping(asked);
            case "unusual" -> {
                AnomalySpec spec = AnomalySpec.DEFAULT.by(by);
                yield share == null ? spec : spec.expecting(share);
            }
            case "forecast" -> forecast();
            default ->
                throw new StudioException(
                        ErrorCode.INVALID_ARGUMENT,
                        "There is no kind of exploration " + StudioException.quote(kind),
                        "Use groups, components, unusual or forecast");
        };
    }

    private ForecastSpec forecast() {
        return ForecastSpec.of(value == null ? "" : value)
                .over(time == null ? "" : time)
                .by(constant(Aggregation.class, "aggregate", aggregate, Aggregation.AUTOMATIC))
                .ahead(horizon == null ? 0 : horizon, constant(Period.class, "period", period, Period.AUTOMATIC));
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String part, @Nullable String word, E byDefault) {
        if (word == null || word.isEmpty()) {
            return byDefault;
        }
        return Arrays.stream(type.getEnumConstants())
                .filter(each -> Words.of(each).equals(word.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new StudioException(
                        ErrorCode.INVALID_ARGUMENT,
                        "There is no " + part + " " + StudioException.quote(word),
                        "Use one of "
                                + Arrays.stream(type.getEnumConstants())
                                        .map(Words::of)
                                        .toList()));
    }
}
