package dev.datastudio.core.upload;

import dev.datastudio.api.artifact.ArtifactKey;
import dev.datastudio.api.dataset.DatasetId;
import dev.datastudio.api.dataset.Origin;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.dataset.Datasets;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A file that somebody said they would send. Immutable.
 *
 * @param id names it: {@code f_} and 20 letters and digits
 * @param owner whose it is
 * @param name what it is called, and the data set that it becomes
 * @param folder the name of the folder of the data set's files: {@code u_} and 20 letters and digits
 * @param origin where it comes from
 * @param dataset what it became, once it was imported
 * @param createdAt when it was announced
 */
public record Upload(
        String id,
        Caller owner,
        String name,
        String folder,
        Origin origin,
        Optional<DatasetId> dataset,
        Instant createdAt) {
    public Upload {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(folder, "folder");
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(dataset, "dataset");
        Objects.requireNonNull(createdAt, "createdAt");
    }

    /** Where its bytes are put; they are taken from there when it is imported. */
    public ArtifactKey incoming() {
        return ArtifactKey.of(owner).resolve(Uploads.INCOMING + "/" + folder + "/" + Datasets.originalName(name));
    }

    /**
     * Where its bytes lie when it was imported: {@code TENANT/USER/uploads/UPLOAD/data.csv}; unless the same bytes were
     * imported under the same name before, which gives that data set.
     */
    public ArtifactKey original() {
        return ArtifactKey.of(owner).resolve("uploads/" + folder + "/" + Datasets.originalName(name));
    }
}
