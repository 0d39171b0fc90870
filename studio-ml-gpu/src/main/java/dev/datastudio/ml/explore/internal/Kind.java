package dev.datastudio.ml.explore.internal;

import dev.datastudio.api.dataset.Origin;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.dataset.Datasets;
import dev.datastudio.ml.explore.AnomalySpec;
import dev.datastudio.ml.explore.ClusterSpec;
import dev.datastudio.ml.explore.ComponentSpec;
import dev.datastudio.ml.explore.ExploreSpec;
import dev.datastudio.ml.explore.ForecastSpec;

/** What can be looked for. */
public enum Kind {
    CLUSTERS("clustered", ClusterSpec.class),
    COMPONENTS("components", ComponentSpec.class),
    ANOMALIES("anomalies", AnomalySpec.class),
    FORECAST("forecast", ForecastSpec.class);

    private final String origin;
    private final Class<? extends ExploreSpec> spec;

    Kind(String origin, Class<? extends ExploreSpec> spec) {
        this.origin = origin;
        this.spec = spec;
    }

    /** The kind of a spec. */
    public static Kind of(ExploreSpec spec) {
        for (Kind kind : values()) {
            if (kind.spec.isInstance(spec)) {
                return kind;
            }
        }
        throw new AssertionError(spec);
    }

    /** The type of its specs. */
    public Class<? extends ExploreSpec> spec() {
        return spec;
    }

    /** Where data sets with what was found come from. */
    Origin origin(Inquiry inquiry) {
        return Origin.of(origin, inquiry.dataset().id().toString());
    }

    /**
     * Refuses a name under which a data set stands that came otherwise, so that nothing of somebody's gets a version that is
     * none.
     *
     * @param name may be blank, for no data set
     * @throws StudioException with {@link ErrorCode#INVALID_ARGUMENT} or {@link ErrorCode#INVALID_NAME}
     */
    public void requireFree(Datasets own, String name) {
        if (name.isBlank()) {
            return;
        }
        own.find(Datasets.requireName(name.strip()))
                .filter(each -> !each.origin().kind().equals(origin))
                .ifPresent(other -> {
                    throw Checks.wrong(
                            "There is a data set " + Sentences.said(other.name()) + " already, which came otherwise",
                            "Give another name");
                });
    }
}
