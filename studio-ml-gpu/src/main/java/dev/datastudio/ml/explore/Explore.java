package dev.datastudio.ml.explore;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.activity.Activity;
import dev.datastudio.ml.explore.internal.AnomalyFinder;
import dev.datastudio.ml.explore.internal.ComponentFinder;
import dev.datastudio.ml.explore.internal.Forecasting;
import dev.datastudio.ml.explore.internal.Grouping;
import dev.datastudio.ml.train.internal.Course;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Finds out what data tell without a target.
 *
 * <pre>{@code
 * Clusters groups = Explore.of(studio).clusters(customers, ClusterSpec.DEFAULT);
 * Anomalies strange = Explore.of(studio).anomalies(orders, AnomalySpec.DEFAULT);
 * }</pre>
 *
 * <p>Columns become numbers as for models: missing numbers the median with a feature that says so, words a feature a value
 * or a rank; columns that name rows and points in time are left out unless they are named. All rows are read into the
 * memory: what does not fit is refused with {@link ErrorCode#LIMIT_EXCEEDED}, at 32 bytes a value. The same spec and data
 * give the same result.
 *
 * <p>Works as long as the studio is open. Thread-safe.
 */
public final class Explore {
    private final Studio studio;
    private final Caller caller;

    private Explore(Studio studio, Caller caller) {
        this.studio = studio;
        this.caller = caller;
    }

    /** On behalf of the studio's own caller. */
    public static Explore of(Studio studio) {
        return new Explore(studio, studio.caller());
    }

    /** On behalf of another caller, such as the user of a request. */
    public Explore as(Caller who) {
        return new Explore(studio, Objects.requireNonNull(who, "who"));
    }

    /** As {@link #clusters(Dataset, ClusterSpec, ExploreOptions)}, with {@link ExploreOptions#DEFAULT}. */
    public Clusters clusters(Dataset dataset, ClusterSpec spec) {
        return clusters(dataset, spec, ExploreOptions.DEFAULT);
    }

    /**
     * Parts rows into groups of alike ones, by k-means. The new data set has the number of the group in {@code cluster}.
     * Blocks until it is done.
     *
     * @throws StudioException with {@link ErrorCode#UNKNOWN_COLUMN}; {@link ErrorCode#INVALID_ARGUMENT} when there are fewer
     *     than 20 rows, fewer different rows than groups, or no column to compare by; {@link ErrorCode#LIMIT_EXCEEDED};
     *     {@link ErrorCode#CANCELLED}. Nothing is kept then
     */
    public Clusters clusters(Dataset dataset, ClusterSpec spec, ExploreOptions options) {
        return watched(
                "data.cluster",
                dataset,
                () -> new Grouping(studio, caller, dataset, spec, options, course(options)).find(),
                Clusters::kept);
    }

    /** As {@link #components(Dataset, ComponentSpec, ExploreOptions)}, with {@link ExploreOptions#DEFAULT}. */
    public Components components(Dataset dataset, ComponentSpec spec) {
        return components(dataset, spec, ExploreOptions.DEFAULT);
    }

    /**
     * Finds the directions in which rows differ most, by principal component analysis of features of one size. The new data
     * set has the place of each row on them in {@code component 1} and so on. Blocks until it is done.
     *
     * @throws StudioException as {@link #clusters(Dataset, ClusterSpec, ExploreOptions)}; {@link ErrorCode#LIMIT_EXCEEDED}
     *     also of more than 300 features
     */
    public Components components(Dataset dataset, ComponentSpec spec, ExploreOptions options) {
        return watched(
                "data.components",
                dataset,
                () -> ComponentFinder.find(studio, caller, dataset, spec, options, course(options)),
                Components::kept);
    }

    /** As {@link #anomalies(Dataset, AnomalySpec, ExploreOptions)}, with {@link ExploreOptions#DEFAULT}. */
    public Anomalies anomalies(Dataset dataset, AnomalySpec spec) {
        return anomalies(dataset, spec, ExploreOptions.DEFAULT);
    }

    /**
     * Finds rows that differ from the others, by an isolation forest. The new data set has the score of each row in
     * {@code anomaly score}, and in {@code unusual} whether it reaches the threshold. Blocks until it is done.
     *
     * @throws StudioException as {@link #clusters(Dataset, ClusterSpec, ExploreOptions)}
     */
    public Anomalies anomalies(Dataset dataset, AnomalySpec spec, ExploreOptions options) {
        return watched(
                "data.anomalies",
                dataset,
                () -> new AnomalyFinder(studio, caller, dataset, spec, options, course(options)).find(),
                Anomalies::kept);
    }

    /** As {@link #forecast(Dataset, ForecastSpec, ExploreOptions)}, with {@link ExploreOptions#DEFAULT}. */
    public Forecast forecast(Dataset dataset, ForecastSpec spec) {
        return forecast(dataset, spec, ExploreOptions.DEFAULT);
    }

    /**
     * Forecasts a value over time: by Holt and Winters with a season that is added or multiplied, by a trend that fades, or by
     * repeating the last season, whichever would have forecast the past best. At most 5,000 periods. The new data set has past
     * and future. Blocks until it is done.
     *
     * @throws StudioException with {@link ErrorCode#UNKNOWN_COLUMN}; {@link ErrorCode#INVALID_ARGUMENT} when there are fewer
     *     than 8 periods, no or several columns of times and none is named, the period is finer than the data, or the
     *     horizon is longer than the past; {@link ErrorCode#LIMIT_EXCEEDED}; {@link ErrorCode#CANCELLED}. Nothing is kept
     *     then
     */
    public Forecast forecast(Dataset dataset, ForecastSpec spec, ExploreOptions options) {
        if (!options.keepModelAs().isBlank()) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "A forecast is no model of new rows, and can't be kept as one",
                    "Leave the name of the model out; the same spec on new data makes a new forecast");
        }
        return watched(
                "data.forecast",
                dataset,
                () -> Forecasting.of(studio, caller, dataset, spec, options, course(options)),
                Forecast::kept);
    }

    private static Course course(ExploreOptions options) {
        return new Course(
                options.cancellation(), options.progress(), Runtime.getRuntime().availableProcessors());
    }

    private <T> T watched(String action, Dataset dataset, Supplier<T> work, Function<T, Optional<Dataset>> kept) {
        return studio.activities()
                .watching(
                        Activity.of(caller, action).about(dataset.id()),
                        work::get,
                        (told, found) -> kept.apply(found)
                                .map(made -> told.with("kept", made.id()))
                                .orElse(told));
    }
}
