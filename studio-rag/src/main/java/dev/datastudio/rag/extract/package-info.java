/**
 * Reads files of many formats into a stream of blocks: headings, paragraphs, lists, tables, each with its page.
 *
 * <p>{@link dev.datastudio.rag.extract.DocumentExtractor} is the way in. {@link
 * dev.datastudio.rag.extract.InProcessExtractor} reads on a thread of this program, {@link
 * dev.datastudio.rag.extract.ChildProcessExtractor} in a process of its own, for files of strangers. A file that can't
 * be read is no exception but an {@link dev.datastudio.rag.extract.Extraction} that says why:
 *
 * <pre>{@code
 * try (DocumentExtractor extractor = InProcessExtractor.open()) {
 *     Extraction result = extractor.extract(
 *             DocumentSource.of(file), ExtractionLimits.DEFAULTS, sink, Cancellation.none());
 * }
 * }</pre>
 */
@NullMarked
package dev.datastudio.rag.extract;

import org.jspecify.annotations.NullMarked;
