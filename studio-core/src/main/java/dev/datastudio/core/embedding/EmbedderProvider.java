package dev.datastudio.core.embedding;

import dev.datastudio.api.embedding.Embedder;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.Studio;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Brings an embedder for whole texts into every studio that was given none; studio-rag brings BGE-small. Found by {@link
 * ServiceLoader}, so an implementation has a constructor without parameters. Thread-safe.
 *
 * <p>Documents and learning take it. Questions don't: how they are read changes by an embedder, so that only one that {@link
 * Studio#embedder()} was given takes part there.
 */
public interface EmbedderProvider {
    /** Its name in errors, such as {@code bge-small}: 1 to 64 lower-case letters, digits, '-' and '_'. */
    String name();

    /** Why it can't bring one, as a sentence; empty when it can. Cheap, and asked first. */
    default Optional<String> unavailable() {
        return Optional.empty();
    }

    /**
     * The embedder for a studio, asked for once. It loads what it needs when it first embeds, and what has to be closed is
     * given to {@link Studio#closing}.
     *
     * @param studio open, and stays so as long as the embedder is used
     */
    Embedder embedder(Studio studio);

    /**
     * The embedder for whole texts in a studio: the one that it was given, else the one on the class path; the same at each
     * call.
     *
     * @return empty where there is none
     * @throws StudioException with {@link ErrorCode#INVALID_ARGUMENT} when several can be had and none was chosen
     */
    static Optional<Embedder> of(Studio studio) {
        Optional<Embedder> given = studio.embedder();
        return given.isPresent()
                ? given
                : studio.feature(SharedEmbedder.class, SharedEmbedder::find).embedder();
    }
}
