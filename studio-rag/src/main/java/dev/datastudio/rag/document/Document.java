package dev.datastudio.rag.document;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A document as the catalogue knows it. Immutable.
 *
 * @param id its name for programs
 * @param name its name for people, of the file unless told otherwise; one user has a name once
 * @param user who added it
 * @param visibility who finds it
 * @param version the content that can be found; null when none ever could, or it was taken away
 * @param ingestion the latest attempt to bring a content in
 * @param revision grows with each change
 * @param addedAt when it was first added
 */
public record Document(
        String id,
        String name,
        String user,
        Visibility visibility,
        @Nullable DocumentVersion version,
        Ingestion ingestion,
        long revision,
        Instant addedAt) {
    public Document {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(visibility, "visibility");
        Objects.requireNonNull(ingestion, "ingestion");
        Objects.requireNonNull(addedAt, "addedAt");
    }

    /** {@link #version()}, or empty when nothing of it can be found. */
    public Optional<DocumentVersion> current() {
        return Optional.ofNullable(version);
    }

    /**
     * Whether a version's passages may be shown: those of the current one, and of the one that is just being published,
     * so that one of both is found at every moment.
     */
    boolean counts(String versionId) {
        boolean isPublished = version != null && version.id().equals(versionId);
        boolean isBeingPublished = ingestion.state() == Ingestion.State.RUNNING && ingestion.stage() == Stage.STORE;
        return isPublished || (isBeingPublished && ingestion.version().equals(versionId));
    }

    /** The same with its ingestion elsewhere. */
    public Document with(Ingestion ingestion) {
        return new Document(id, name, user, visibility, version, ingestion, revision, addedAt);
    }

    /** The same with a content that can be found, and the ingestion that brought it. */
    public Document with(DocumentVersion version, Ingestion ingestion) {
        return new Document(id, name, user, visibility, version, ingestion, revision, addedAt);
    }

    /** The same with nothing that can be found. */
    public Document without(Ingestion ingestion) {
        return new Document(id, name, user, visibility, null, ingestion, revision, addedAt);
    }

    /** The same for others. */
    public Document with(Visibility visibility) {
        return new Document(id, name, user, visibility, version, ingestion, revision, addedAt);
    }
}
