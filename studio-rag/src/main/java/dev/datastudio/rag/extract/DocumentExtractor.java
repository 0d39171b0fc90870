package dev.datastudio.rag.extract;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;

/**
 * Reads documents. Thread-safe; an implementation says how many files it reads at once.
 *
 * <p>Whatever a file holds, an extractor ends within the limits and answers with an {@link Extraction}: a bad file is
 * never an exception. It opens no connection, runs no script or macro of the file, and leaves nothing on disk.
 */
public interface DocumentExtractor extends AutoCloseable {
    /** What it is called in settings and messages, such as {@code in-process}. */
    String name();

    /** The readers and their versions; another one may give another text for the same file. */
    String version();

    /**
     * Reads one file.
     *
     * @param sink told what is read, on the calling thread; blocks that it was told of before the file turned out bad
     *     are to be thrown away unless the status {@linkplain ExtractionStatus#hasText() has text}
     * @return how it went; never null
     * @throws StudioException {@link ErrorCode#CANCELLED} when cancelled; {@link ErrorCode#FILE_NOT_FOUND} when there is
     *     no such file, {@link ErrorCode#FILE_NOT_READABLE} when it may not be read; what the sink throws is passed on
     * @throws IllegalStateException if the extractor is closed
     */
    Extraction extract(DocumentSource source, ExtractionLimits limits, DocumentSink sink, Cancellation cancellation);

    /** Ends what is being read and frees everything. Does nothing when called again. */
    @Override
    void close();
}
