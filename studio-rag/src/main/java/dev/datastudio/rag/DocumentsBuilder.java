package dev.datastudio.rag;

import dev.datastudio.api.embedding.Embedder;
import dev.datastudio.api.search.SearchIndex;
import dev.datastudio.core.Studio;
import dev.datastudio.core.embedding.EmbedderProvider;
import dev.datastudio.rag.chunk.ChunkOptions;
import dev.datastudio.rag.chunk.TokenCounter;
import dev.datastudio.rag.embed.BgeSmallEmbedder;
import dev.datastudio.rag.extract.DocumentExtractor;
import dev.datastudio.rag.extract.ExtractionLimits;
import dev.datastudio.rag.extract.InProcessExtractor;
import dev.datastudio.rag.index.LuceneSearchIndex;
import dev.datastudio.rag.ingest.IngestionParts;
import dev.datastudio.rag.internal.Library;
import dev.datastudio.rag.retrieve.Fusion;
import dev.datastudio.rag.retrieve.Reranker;
import dev.datastudio.rag.retrieve.Retriever;
import dev.langchain4j.model.chat.ChatModel;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Composes the {@link Documents} of a studio. What is given stays open when the studio is closed; what is made here is
 * closed with it. Not thread-safe.
 */
public final class DocumentsBuilder {
    private final Studio studio;
    private @Nullable SearchIndex index;
    private @Nullable Embedder embedder;
    private @Nullable TokenCounter tokens;
    private boolean wordsOnly;
    private @Nullable DocumentExtractor extractor;
    private ExtractionLimits limits = ExtractionLimits.DEFAULTS;
    private ChunkOptions chunks = ChunkOptions.DEFAULTS;
    private Fusion fusion = Fusion.DEFAULT;
    private @Nullable Reranker reranker;
    private @Nullable ChatModel model;

    DocumentsBuilder(Studio studio) {
        this.studio = Objects.requireNonNull(studio, "studio");
    }

    /** Keeps passages; Lucene in the folder {@code index} of the workspace unless told. */
    public DocumentsBuilder index(SearchIndex value) {
        index = value;
        return this;
    }

    /**
     * Gives passages and questions their vectors; unless told, the one of {@link EmbedderProvider#of}: that of the
     * studio, else BGE-small when it is there.
     *
     * @param counter counts tokens as its model does
     */
    public DocumentsBuilder embedder(Embedder value, TokenCounter counter) {
        embedder = value;
        tokens = counter;
        wordsOnly = false;
        return this;
    }

    /** Finds documents by their words only, whatever embedder there is. */
    public DocumentsBuilder wordsOnly() {
        wordsOnly = true;
        return this;
    }

    /** Reads files; in this process unless told. A server reads the files of others in a process of its own. */
    public DocumentsBuilder extractor(DocumentExtractor value) {
        extractor = value;
        return this;
    }

    /** How far reading may go. */
    public DocumentsBuilder limits(ExtractionLimits value) {
        limits = value;
        return this;
    }

    /** How texts are cut; a document that was added with other ones stays as it is until it is added again. */
    public DocumentsBuilder chunks(ChunkOptions value) {
        chunks = value;
        return this;
    }

    /** How words and meaning become one order. */
    public DocumentsBuilder fusion(Fusion value) {
        fusion = value;
        return this;
    }

    /** Ranks the best passages anew; nothing does unless told. */
    public DocumentsBuilder reranker(Reranker value) {
        reranker = value;
        return this;
    }

    /** Writes answers; without one they are made of sentences of the documents. */
    public DocumentsBuilder model(ChatModel value) {
        model = value;
        return this;
    }

    /**
     * The documents, which {@link Documents#of} gives from now on.
     *
     * @throws IllegalStateException if the studio has its documents already
     */
    public Documents build() {
        boolean[] made = {false};
        Documents documents = studio.feature(Documents.class, any -> {
            made[0] = true;
            return make();
        });
        if (!made[0]) {
            throw new IllegalStateException("The studio has its documents already; build them before Documents.of");
        }
        return documents;
    }

    Documents make() {
        SearchIndex searched = index != null
                ? index
                : studio.closing(LuceneSearchIndex.open(studio.workspace().resolve("index")));
        Optional<Embedder> vectors = wordsOnly ? Optional.empty() : vectors();
        IngestionParts parts = new IngestionParts(
                extractor != null ? extractor : studio.closing(InProcessExtractor.open()),
                limits,
                chunks,
                counter(vectors),
                vectors.orElse(null),
                searched,
                studio.artifacts(),
                studio.cache(),
                studio::temporaryFolder,
                studio.clock());
        Retriever.Builder retriever = Retriever.builder(searched).fusion(fusion);
        vectors.ifPresent(retriever::embedder);
        if (reranker != null) {
            retriever.reranker(reranker, Retriever.DEFAULT_RERANKED);
        }
        Library library = new Library(studio, parts, retriever.build(), model);
        studio.datasets().onDelete(dataset -> library.schema(dataset.owner()).forget(dataset));
        return Documents.over(library, studio.caller());
    }

    private Optional<Embedder> vectors() {
        return embedder != null ? Optional.of(embedder) : EmbedderProvider.of(studio);
    }

    private TokenCounter counter(Optional<Embedder> vectors) {
        if (tokens != null) {
            return tokens;
        }
        return vectors.filter(BgeSmallEmbedder.class::isInstance)
                .map(BgeSmallEmbedder.class::cast)
                .map(BgeSmallEmbedder::tokenCounter)
                .orElse(TokenCounter.estimate());
    }
}
