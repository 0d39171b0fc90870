package dev.datastudio.ml.explore;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.activity.Activity;
import dev.datastudio.ml.explore.internal.AnomalyFinder;
import dev.datastudio.ml.explore.internal.Checks;
import dev.datastudio.ml.explore.internal.ComponentFinder;
import dev.datastudio.ml.explore.internal.Forecasting;
import dev.datastudio.ml.explore.internal.Grouping;
import dev.datastudio.ml.explore.internal.Inquiry;
import dev.datastudio.ml.explore.internal.Kind;
import java.util.Objects;
import java.util.UUID;
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
     *     than 20 rows, fewer different rows than groups, no column to compare by, or a data set of the name of the new one
     *     that came otherwise; {@link ErrorCode#LIMIT_EXCEEDED};
     *     {@link ErrorCode#CANCELLED}. Nothing is kept then
     */
    public Clusters clusters(Dataset dataset, ClusterSpec spec, ExploreOptions options) {
        return clusters(newId(), dataset, spec, options);
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
        return components(newId(), dataset, spec, options);
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
        return anomalies(newId(), dataset, spec, options);
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
        Inquiry inquiry = inquiry(newId(), dataset, spec, options);
        return watched("data.forecast", dataset, () -> Forecasting.of(inquiry, spec));
    }

    /**
     * Looks for whatever the spec is of. Blocks until it is done.
     *
     * @throws StudioException as the method for that kind of spec
     */
    public Exploration find(Dataset dataset, ExploreSpec spec, ExploreOptions options) {
        return find(newId(), dataset, spec, options);
    }

    /** As the public one, with the id that the model gets; one of that id that is there already is not kept again. */
    Exploration find(String model, Dataset dataset, ExploreSpec spec, ExploreOptions options) {
        if (spec instanceof ClusterSpec clusters) {
            return clusters(model, dataset, clusters, options);
        }
        if (spec instanceof ComponentSpec components) {
            return components(model, dataset, components, options);
        }
        if (spec instanceof AnomalySpec anomalies) {
            return anomalies(model, dataset, anomalies, options);
        }
        if (spec instanceof ForecastSpec forecast) {
            return forecast(dataset, forecast, options);
        }
        throw new AssertionError(spec);
    }

    private Clusters clusters(String model, Dataset dataset, ClusterSpec spec, ExploreOptions options) {
        Inquiry inquiry = inquiry(model, dataset, spec, options);
        return watched("data.cluster", dataset, () -> new Grouping(inquiry, spec).find());
    }

    private Components components(String model, Dataset dataset, ComponentSpec spec, ExploreOptions options) {
        Inquiry inquiry = inquiry(model, dataset, spec, options);
        return watched("data.components", dataset, () -> ComponentFinder.find(inquiry, spec));
    }

    private Anomalies anomalies(String model, Dataset dataset, AnomalySpec spec, ExploreOptions options) {
        Inquiry inquiry = inquiry(model, dataset, spec, options);
        return watched("data.anomalies", dataset, () -> new AnomalyFinder(inquiry, spec).find());
    }

    private Inquiry inquiry(String model, Dataset dataset, ExploreSpec spec, ExploreOptions options) {
        Checks.keepable(spec, options.keepModelAs());
        Kind.of(spec).requireFree(studio.datasets().as(caller), options.keepAs());
        return new Inquiry(
                studio, caller, dataset, options, model, studio.clock().instant());
    }

    private static String newId() {
        return UUID.randomUUID().toString();
    }

    private <T extends Exploration> T watched(String action, Dataset dataset, Supplier<T> work) {
        return studio.activities()
                .watching(Activity.of(caller, action).about(dataset.id()), work::get, Explore::withKept);
    }

    private static Activity withKept(Activity told, Exploration found) {
        Activity rows = found.kept().map(made -> told.with("kept", made.id())).orElse(told);
        return found.model().map(made -> rows.with("model", made.id())).orElse(rows);
    }
}
