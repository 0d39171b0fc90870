package dev.datastudio.api.artifact;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.nio.file.Path;

/** A store whose artifacts are files of this machine, for engines that read files themselves. */
public interface SupportsLocalPath extends ArtifactStore {
    /**
     * The file of an artifact, to be read only; it stays valid until the artifact is replaced or deleted.
     *
     * @throws StudioException with code {@link ErrorCode#ARTIFACT_NOT_FOUND} when there is none
     */
    Path localPath(ArtifactKey key);

    /**
     * Moves a finished file in, in place of what was there; without a copy when it lies on the same file system. As
     * safe as {@link #put}: on failure the file stays where it was.
     *
     * @param file a regular file, closed by whoever wrote it
     */
    StoredArtifact adopt(ArtifactKey key, Path file);
}
