package dev.datastudio.ml.explore;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.dataset.DatasetId;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.ml.explore.internal.Checks;
import java.util.Objects;

/**
 * What {@link ExploringJobs} are to look for. Immutable.
 *
 * @param dataset whose rows
 * @param spec what is looked for
 * @param keepAs the name of a new data set with what was found of each row; empty for none
 * @param keepModelAs the name of a model that tells the same of new rows, at most 200 characters; empty for none. A forecast
 *     is none
 */
public record ExploreRequest(DatasetId dataset, ExploreSpec spec, String keepAs, String keepModelAs) {
    /** @throws StudioException with {@link ErrorCode#INVALID_ARGUMENT} if the model's name is too long, or of a forecast */
    public ExploreRequest {
        Objects.requireNonNull(dataset, "dataset");
        Objects.requireNonNull(spec, "spec");
        keepAs = keepAs.strip();
        keepModelAs = keepModelAs.strip();
        ExploreOptions.DEFAULT.keepingAs(keepAs).keepingModel(keepModelAs);
        Checks.keepable(spec, keepModelAs);
    }

    /** With nothing kept but what is told. */
    public static ExploreRequest of(Dataset dataset, ExploreSpec spec) {
        return new ExploreRequest(dataset.id(), spec, "", "");
    }

    /** The same with a new data set of that name. */
    public ExploreRequest keepingAs(String name) {
        return new ExploreRequest(dataset, spec, name, keepModelAs);
    }

    /** The same with a model of that name. */
    public ExploreRequest keepingModel(String name) {
        return new ExploreRequest(dataset, spec, keepAs, name);
    }
}
