package dev.datastudio.rag.internal;

import dev.datastudio.api.tenant.Caller;
import dev.datastudio.rag.answer.Answerer;
import dev.datastudio.rag.document.DocumentCatalog;
import dev.datastudio.rag.ingest.Ingestor;

/** What one caller sees of the documents, and does with them. Immutable and thread-safe. */
public record Shelf(Caller caller, DocumentCatalog catalog, Ingestor ingestor, Answerer answerer) {}
