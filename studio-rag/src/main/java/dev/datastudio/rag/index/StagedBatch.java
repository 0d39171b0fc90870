package dev.datastudio.rag.index;

import dev.datastudio.api.search.Passage;
import dev.datastudio.api.search.PassageKey;
import dev.datastudio.api.search.SearchIndex;
import dev.datastudio.api.search.SearchRequest;
import dev.datastudio.api.search.VectorSpace;
import dev.datastudio.api.search.VersionStatus;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** What every index asks of its calls, and how it orders its versions. */
final class StagedBatch {
    static final Comparator<VersionStatus> BY_VERSION = Comparator.comparing(
                    (VersionStatus status) -> status.version().document())
            .thenComparing(status -> status.version().version());

    private StagedBatch() {}

    /**
     * The version they are of.
     *
     * @throws IllegalArgumentException if they are none, too many, or of several versions
     */
    static PassageKey.Version requireOne(List<Passage> passages) {
        if (passages.isEmpty() || passages.size() > SearchIndex.MAX_BATCH) {
            throw new IllegalArgumentException(
                    "passages must be 1 to " + SearchIndex.MAX_BATCH + ", were " + passages.size());
        }
        PassageKey.Version version = passages.get(0).key().version();
        for (Passage passage : passages) {
            if (!passage.key().version().equals(version)) {
                throw new IllegalArgumentException("passages must be of one version, were of " + version + " and "
                        + passage.key().version());
            }
        }
        return version;
    }

    /**
     * The documents they are of.
     *
     * @throws IllegalArgumentException if two versions are of one document
     */
    static Set<String> requireDifferentDocuments(List<PassageKey.Version> versions) {
        Set<String> documents = new HashSet<>();
        for (PassageKey.Version version : versions) {
            if (!documents.add(version.document())) {
                throw new IllegalArgumentException("versions must be of different documents, '" + version.document()
                        + "' is there more than once");
            }
        }
        return documents;
    }

    /** @throws IllegalArgumentException if a part of the passages of a version can't be from there, or so many */
    static void requirePart(int from, int limit) {
        if (from < 0 || limit < 1 || limit > SearchRequest.MAX_LIMIT) {
            throw new IllegalArgumentException("from must be at least 0 and limit 1 to " + SearchRequest.MAX_LIMIT
                    + ", were " + from + " and " + limit);
        }
    }

    /** @throws IllegalArgumentException if a vector is not of the space, or there is none */
    static void requireSpace(List<Passage> passages, Supplier<Optional<VectorSpace>> prepared) {
        if (passages.stream().allMatch(passage -> passage.meaning().isEmpty())) {
            return;
        }
        int dimension = prepared.get()
                .map(VectorSpace::dimension)
                .orElseThrow(() -> new IllegalArgumentException(
                        "The index must be prepared for vectors before a passage with one is staged"));
        for (Passage passage : passages) {
            passage.meaning().ifPresent(vector -> {
                if (vector.length != dimension) {
                    throw new IllegalArgumentException("The vector of " + passage.key() + " must have " + dimension
                            + " numbers, has " + vector.length);
                }
                UnitVectors.requireFinite(vector, passage.key());
            });
        }
    }
}
