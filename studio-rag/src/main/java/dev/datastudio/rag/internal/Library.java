package dev.datastudio.rag.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.datastudio.api.search.IndexName;
import dev.datastudio.api.search.SearchIndex;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.rag.answer.Answerer;
import dev.datastudio.rag.document.Document;
import dev.datastudio.rag.document.DocumentCatalog;
import dev.datastudio.rag.document.DocumentPassage;
import dev.datastudio.rag.ingest.InFlight;
import dev.datastudio.rag.ingest.IngestionParts;
import dev.datastudio.rag.ingest.Ingestor;
import dev.datastudio.rag.retrieve.Retriever;
import dev.datastudio.rag.schema.SchemaDocuments;
import dev.langchain4j.model.chat.ChatModel;
import org.jspecify.annotations.Nullable;

/** The parts of the documents of one studio. Thread-safe. */
public final class Library {
    /** The type of the jobs that read files. */
    public static final String JOB = "document-ingest";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String COLLECTION = "documents";

    private final Studio studio;
    private final IngestionParts parts;
    private final Retriever retriever;
    private final @Nullable ChatModel model;
    private final InFlight inFlight;

    public Library(Studio studio, IngestionParts parts, Retriever retriever, @Nullable ChatModel model) {
        this(studio, parts, retriever, model, new InFlight(parts.index()));
    }

    private Library(
            Studio studio, IngestionParts parts, Retriever retriever, @Nullable ChatModel model, InFlight inFlight) {
        this.studio = studio;
        this.parts = parts;
        this.inFlight = inFlight;
        this.retriever = retriever;
        this.model = model;
    }

    public Studio studio() {
        return studio;
    }

    public SearchIndex index() {
        return parts.index();
    }

    /** The same with another model. */
    public Library with(ChatModel other) {
        return new Library(studio, parts, retriever, other, inFlight);
    }

    /** The index of the caller's tenant. */
    public IndexName name(Caller caller) {
        return new IndexName(caller.tenant(), COLLECTION);
    }

    /** What one caller sees and does. */
    public Shelf shelf(Caller caller) {
        DocumentCatalog catalog = DocumentCatalog.of(studio.metadata(), caller);
        Answerer answerer = new Answerer(
                retriever, name(caller), catalog, DocumentPassage.visibleTo(caller), parts.tokens(), model);
        return new Shelf(caller, catalog, new Ingestor(parts, catalog, name(caller), caller, inFlight), answerer);
    }

    /** The descriptions of one caller's tables, beside the documents. */
    public SchemaDocuments schema(Caller caller) {
        return SchemaDocuments.of(
                studio, caller, parts.index(), retriever, parts.embedder().orElse(null));
    }

    /** Forgets the documents of everybody in the caller's tenant, and its indexes; gives how many documents there were. */
    public int deleteTenant(Caller caller) {
        int deleted = 0;
        for (Caller owner : DocumentCatalog.of(studio.metadata(), caller).owners()) {
            Shelf shelf = shelf(owner);
            for (Document document : shelf.catalog().own()) {
                deleted += shelf.ingestor().delete(document.id()) ? 1 : 0;
            }
            shelf.ingestor().sweep(studio.clock().instant());
        }
        index().drop(name(caller));
        schema(caller).forgetTenant();
        return deleted;
    }

    /** What a job gives. */
    public static String result(String document) {
        return JSON.createObjectNode()
                .put("type", "document")
                .put("id", document)
                .toString();
    }

    /** What a job is told. */
    public static String payload(String document) {
        return JSON.createObjectNode().put("document", document).toString();
    }

    /** The document of a payload. */
    public static String document(String payload) {
        try {
            return JSON.readTree(payload).path("document").asText();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("A payload is no JSON: " + payload, e);
        }
    }
}
