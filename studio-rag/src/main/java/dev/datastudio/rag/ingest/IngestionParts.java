package dev.datastudio.rag.ingest;

import dev.datastudio.api.artifact.ArtifactStore;
import dev.datastudio.api.cache.ResultCache;
import dev.datastudio.api.embedding.Embedder;
import dev.datastudio.api.search.SearchIndex;
import dev.datastudio.rag.chunk.ChunkOptions;
import dev.datastudio.rag.chunk.TokenCounter;
import dev.datastudio.rag.extract.DocumentExtractor;
import dev.datastudio.rag.extract.ExtractionLimits;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * With what documents are brought in; whoever gives the parts closes them. Immutable.
 *
 * @param extractor reads files
 * @param limits how far reading may go
 * @param chunks how texts are cut
 * @param tokens counts as the model of the embedder does
 * @param model gives passages their vectors; null for an index that is searched by words only
 * @param index keeps the passages
 * @param artifacts keeps the files and their texts
 * @param cache keeps vectors until their document is stored
 * @param temporaryFolder where half-done files go
 * @param clock tells the time of changes
 */
public record IngestionParts(
        DocumentExtractor extractor,
        ExtractionLimits limits,
        ChunkOptions chunks,
        TokenCounter tokens,
        @Nullable Embedder model,
        SearchIndex index,
        ArtifactStore artifacts,
        ResultCache cache,
        Supplier<Path> temporaryFolder,
        InstantSource clock) {
    public IngestionParts {
        Objects.requireNonNull(extractor, "extractor");
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(chunks, "chunks");
        Objects.requireNonNull(tokens, "tokens");
        Objects.requireNonNull(index, "index");
        Objects.requireNonNull(artifacts, "artifacts");
        Objects.requireNonNull(cache, "cache");
        Objects.requireNonNull(temporaryFolder, "temporaryFolder");
        Objects.requireNonNull(clock, "clock");
    }

    /** What gives passages their vectors; empty when they are found by words only. */
    public Optional<Embedder> embedder() {
        return Optional.ofNullable(model).filter(any -> index.retrievers().contains(SearchIndex.Retriever.MEANING));
    }

    /** All that decides what becomes of a file: another one makes another version of the same content. */
    String fingerprint() {
        return extractor.version() + "\n" + limits.maxCharacters() + " " + limits.maxDepth() + " "
                + limits.maxEmbedded() + "\n" + chunks + "\n"
                + embedder().map(Embedder::model).orElse("words");
    }
}
