package dev.datastudio.rag.ingest;

import dev.datastudio.api.search.IndexName;
import dev.datastudio.api.search.PassageKey;
import dev.datastudio.api.search.SearchIndex;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.rag.document.DocumentCatalog;

/** Where the documents of one caller go. Immutable. */
record Scope(
        IngestionParts parts,
        DocumentCatalog catalog,
        IndexName index,
        Caller caller,
        DocumentFiles files,
        GroupPublisher publisher) {
    /** A crash just before the end leaves a version that only the catalogue does not know of yet. */
    static boolean isPublished(SearchIndex searched, IndexName index, PassageKey.Version version) {
        return searched.versions(index).stream()
                .anyMatch(status -> status.isPublished() && status.version().equals(version));
    }
}
