package dev.datastudio.api.search;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps passages and finds them again by their words and by their meaning. Thread-safe, also between processes that
 * have the same storage open.
 *
 * <p>A document is put in by its versions. The passages of a version are {@linkplain #stage staged} in as many calls as
 * it takes, and can't be found until the version is {@linkplain #publish published}, which makes all of them findable
 * and takes away those of every other version of the document. An index that can do this in one step does
 * ({@link #publishesAtomically()}); with another one, a search meanwhile may find passages of both versions or of a
 * part of one. Whoever writes documents keeps apart which version counts, and repairs what a crash left over, by {@link
 * #versions}.
 *
 * <p>What goes wrong with the storage itself is a {@link StudioException} with a {@code STORAGE_…} code.
 */
public interface SearchIndex extends AutoCloseable {
    /** The most passages of one call of {@link #stage}. */
    int MAX_BATCH = 1_000;

    /** By what this index finds passages; at least one. */
    Set<Retriever> retrievers();

    /** Whether a search sees either all passages of a version or none, also after a crash in the middle. */
    boolean publishesAtomically();

    /**
     * Says which vectors an index holds, before the first one is put in; makes the index if need be. Does nothing when
     * it is the same again, or when the index is not searched by meaning.
     *
     * @throws StudioException {@link ErrorCode#INDEX_MODEL_MISMATCH} when it holds vectors of another model or dimension
     */
    void prepare(IndexName index, VectorSpace space);

    /** Which vectors an index holds; empty when it was never said or the index is not there. */
    Optional<VectorSpace> space(IndexName index);

    /**
     * Puts passages of one version in, to be found when it is published. One with the key of an earlier one takes its
     * place, so a call that broke off can be made again. What is staged outlives the process, but not always a crash of
     * the machine: before publishing what an earlier process staged, see in {@link #versions} that all of it is there.
     *
     * @param passages 1 to {@link #MAX_BATCH}, all of one version that is not published; vectors of the prepared space
     * @throws IllegalArgumentException if there are too many, of several versions, or a vector has another dimension, is
     *     not finite, or comes before {@link #prepare}
     * @throws StudioException if the version is published already ({@link ErrorCode#ENTRY_CONFLICT})
     */
    void stage(IndexName index, List<Passage> passages);

    /**
     * Makes the staged passages of some versions findable, and takes away all other versions of their documents, staged
     * ones too. Durable when it returns. A version that is published already stays as it is; one without a staged
     * passage is published without passages: its document can't be found any more.
     *
     * @param versions of different documents
     * @throws IllegalArgumentException if two are of one document
     */
    void publish(IndexName index, List<PassageKey.Version> versions);

    /**
     * As {@link #publish(IndexName, List)}, for work that may be stopped before anything of it can be found. Unless an
     * implementation does better, a call that has begun goes on to its end.
     *
     * @throws IllegalArgumentException if two are of one document
     * @throws StudioException {@link ErrorCode#CANCELLED}: what can be found is as it was, and so is what is staged
     */
    default void publish(IndexName index, List<PassageKey.Version> versions, Cancellation cancellation) {
        cancellation.throwIfCancelled();
        publish(index, versions);
    }

    /** Takes away what is staged of a version. Does nothing when nothing is staged or it is published. */
    void discard(IndexName index, PassageKey.Version version);

    /**
     * Takes away every version of some documents, for good. Does nothing for those that are not there. They can't be
     * found any more when this returns; the index may free their bytes later.
     */
    void delete(IndexName index, Set<String> documents);

    /** Takes away an index with all that it holds. Does nothing when it is not there. */
    void drop(IndexName index);

    /** Every version of which something is there, published or staged, in the order of documents. */
    List<VersionStatus> versions(IndexName index);

    /**
     * The passages of a published version in their order, without vectors.
     *
     * @param from the first ordinal
     * @param limit how many at most, 1 to {@link SearchRequest#MAX_LIMIT}
     * @throws IllegalArgumentException if a number is out of range
     */
    List<Passage> passages(IndexName index, PassageKey.Version version, int from, int limit);

    /**
     * Finds published passages, the best first; equal scores in the order of keys. An index that is not there holds
     * nothing.
     *
     * @throws IllegalArgumentException if the index is not searched that way, or the vector has another dimension
     * @throws StudioException {@link ErrorCode#CANCELLED}
     */
    List<SearchHit> search(IndexName index, SearchRequest request, Cancellation cancellation);

    /** Frees what the index holds. Does nothing when called again. */
    @Override
    void close();

    /** By what passages can be found. */
    enum Retriever {
        /** By their words: {@link SearchRequest.Words}. */
        WORDS,
        /** By their meaning: {@link SearchRequest.Meaning}. */
        MEANING
    }
}
