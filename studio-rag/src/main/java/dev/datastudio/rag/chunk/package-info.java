/**
 * Cuts documents into chunks for retrieval, and keeps their text so that any span of it can be read again.
 *
 * <p>A {@link dev.datastudio.rag.chunk.Chunker} takes the blocks of a document while it is read:
 *
 * <pre>{@code
 * try (DocumentTextWriter text = DocumentTextWriter.create(file)) {
 *     Chunker chunker = Chunker.of(ChunkOptions.DEFAULTS, tokens, text, chunks::add);
 *     Extraction result = extractor.extract(source, limits, chunker, cancellation);
 *     chunker.finish();
 *     text.finish();
 * }
 * }</pre>
 */
@NullMarked
package dev.datastudio.rag.chunk;

import org.jspecify.annotations.NullMarked;
