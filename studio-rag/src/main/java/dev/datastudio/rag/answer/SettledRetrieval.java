package dev.datastudio.rag.answer;

import dev.datastudio.api.search.PassageKey;
import dev.datastudio.rag.document.DocumentCatalog;
import dev.datastudio.rag.retrieve.Retrieval;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Searches again when a document got a new version meanwhile. An index and the catalogue are read one after the other:
 * passages of the old version that the index gave may not count any more, and one retriever may have seen the old
 * version and another one the new. Not thread-safe.
 */
final class SettledRetrieval {
    /** More than a few are only needed while one document is replaced without a pause. */
    private static final int MOST_TRIES = 10;

    private final DocumentCatalog catalog;
    private final Map<PassageKey.Version, Boolean> seen = new HashMap<>();

    private SettledRetrieval(DocumentCatalog catalog) {
        this.catalog = catalog;
    }

    /**
     * What a search finds when nothing changes under it. What an index holds of versions that don't count, as after a
     * crash, is the same in the next search and not waited for.
     */
    static Retrieval of(DocumentCatalog catalog, Function<Predicate<PassageKey.Version>, Retrieval> search) {
        Set<PassageKey.Version> before = Set.of();
        for (int tries = 1; ; tries++) {
            SettledRetrieval one = new SettledRetrieval(catalog);
            Retrieval found = search.apply(one::counts);
            Set<PassageKey.Version> doubtful = one.doubtful();
            if (doubtful.isEmpty() || doubtful.equals(before) || tries == MOST_TRIES) {
                return found;
            }
            before = doubtful;
        }
    }

    private boolean counts(PassageKey.Version version) {
        return seen.computeIfAbsent(version, catalog::counts);
    }

    /** The versions that did not count, and those of documents that were seen in several that did. */
    private Set<PassageKey.Version> doubtful() {
        Set<PassageKey.Version> doubtful = new HashSet<>();
        Map<String, PassageKey.Version> counted = new HashMap<>();
        seen.forEach((version, counts) -> {
            PassageKey.Version other = counts ? counted.putIfAbsent(version.document(), version) : version;
            if (other != null) {
                doubtful.add(version);
                doubtful.add(other);
            }
        });
        return doubtful;
    }
}
