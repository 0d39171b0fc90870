package dev.datastudio.rag.ingest;

import dev.datastudio.api.artifact.StoredArtifact;
import dev.datastudio.api.search.IndexName;
import dev.datastudio.api.search.PassageKey;
import dev.datastudio.api.search.VersionStatus;
import dev.datastudio.rag.document.Document;
import dev.datastudio.rag.document.DocumentCatalog;
import dev.datastudio.rag.document.Ingestion;
import dev.datastudio.rag.document.Ingestion.State;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds what a crash, or a backup that was restored, left apart: passages, files and entries of the catalogue. */
final class Leftovers {
    private final IngestionParts parts;
    private final DocumentCatalog catalog;
    private final IndexName index;
    private final DocumentFiles files;

    Leftovers(IngestionParts parts, DocumentCatalog catalog, IndexName index, DocumentFiles files) {
        this.parts = parts;
        this.catalog = catalog;
        this.index = index;
        this.files = files;
    }

    /** Removes from the index what no document of the tenant stands for. */
    void removePassages() {
        for (VersionStatus there : parts.index().versions(index)) {
            Optional<Document> document = catalog.ofAnybody(there.version().document());
            if (document.isEmpty()) {
                parts.index().delete(index, Set.of(there.version().document()));
            } else if (!there.isPublished()
                    && !isWanted(there.version(), document.get().ingestion())) {
                parts.index().discard(index, there.version());
            }
        }
    }

    private static boolean isWanted(PassageKey.Version version, Ingestion ingestion) {
        return isOpen(ingestion) && ingestion.version().equals(version.version());
    }

    private static boolean isOpen(Ingestion ingestion) {
        return ingestion.state() == State.RUNNING || ingestion.state() == State.WAITING;
    }

    /**
     * Removes this caller's files that no document needs.
     *
     * @param before only what was kept no later than this: a file is there before the catalogue knows of it
     */
    void removeFiles(Instant before) {
        for (StoredArtifact file : files.list()) {
            DocumentFiles.Place place = DocumentFiles.place(file.key());
            boolean isNeeded = catalog.ofAnybody(place.document())
                    .filter(document -> isNeeded(place.content(), document))
                    .isPresent();
            if (!isNeeded && !file.storedAt().isAfter(before)) {
                files.delete(place.document(), place.content());
            }
        }
    }

    /** Whether a document needs the files of a content, which all attempts at it share. */
    static boolean isNeeded(String version, Document document) {
        String content = DocumentFiles.content(version);
        return content.equals(DocumentFiles.content(document.ingestion().version()))
                || document.current()
                        .filter(current -> content.equals(DocumentFiles.content(current.id())))
                        .isPresent();
    }

    /**
     * This caller's documents that the catalogue says can be found, and the index does not show, as when the index is
     * older than the catalogue or was taken away.
     */
    List<Document> lost() {
        List<Document> own = catalog.own();
        Set<PassageKey.Version> shown = new HashSet<>();
        for (VersionStatus there : parts.index().versions(index)) {
            if (there.isPublished()) {
                shown.add(there.version());
            }
        }
        return own.stream()
                .filter(document -> !isOpen(document.ingestion()))
                .filter(document -> document.current()
                        .filter(current -> !shown.contains(new PassageKey.Version(document.id(), current.id())))
                        .isPresent())
                .filter(this::isUnchanged)
                .toList();
    }

    /** Whoever publishes says so in the catalogue first: what has not changed since was lost all the time. */
    private boolean isUnchanged(Document seen) {
        return catalog.find(seen.id())
                .filter(now -> now.revision() == seen.revision())
                .isPresent();
    }
}
