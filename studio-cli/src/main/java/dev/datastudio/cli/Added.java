package dev.datastudio.cli;

import dev.datastudio.api.error.StudioException;
import dev.datastudio.rag.document.Document;
import dev.datastudio.rag.document.Ingestion;
import org.jspecify.annotations.Nullable;

/**
 * What became of one file; either a document or an error.
 *
 * @param file as it was typed
 * @param document kept, but perhaps not read
 * @param error why it could not be kept
 * @param isKnown whether this content was there before
 */
record Added(
        String file, @Nullable Document document, @Nullable StudioException error, boolean isKnown) {
    boolean isRead() {
        return document != null && document.ingestion().state() == Ingestion.State.DONE;
    }
}
