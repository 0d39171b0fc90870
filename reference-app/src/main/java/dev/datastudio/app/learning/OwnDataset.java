package dev.datastudio.app.learning;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.dataset.DatasetId;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.app.web.Body;
import dev.datastudio.core.Studio;
import org.jspecify.annotations.Nullable;

/** Data sets that requests name by their id. */
final class OwnDataset {
    private OwnDataset() {}

    /**
     * The data set of an id that was sent.
     *
     * @throws StudioException with {@link ErrorCode#DATASET_NOT_FOUND} also when it is no id, {@link
     *     ErrorCode#INVALID_ARGUMENT} when none was sent
     */
    static Dataset of(Studio studio, Caller caller, @Nullable String sent) {
        String id = Body.part(sent, "datasetId");
        try {
            return studio.as(caller).datasets().get(DatasetId.parse(id));
        } catch (IllegalArgumentException e) {
            throw new StudioException(
                    ErrorCode.DATASET_NOT_FOUND,
                    "There is no data set " + StudioException.quote(id),
                    "List the data sets to see their ids",
                    e);
        }
    }
}
