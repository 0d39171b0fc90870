package dev.datastudio.rag.extract;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.rag.extract.internal.Outcomes;
import dev.datastudio.rag.extract.internal.ReadingThread;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Reads documents on threads of this program. Thread-safe; each call reads on a thread of its own.
 *
 * <p>A thread whose file takes too long is left behind and ends at its next step. Should a file make a library run for
 * ever without one, its thread stays until the program ends: with four such threads the extractor refuses more. A file
 * that needs more memory than there is may harm the whole program. For files of strangers take {@link
 * ChildProcessExtractor}.
 */
public final class InProcessExtractor implements DocumentExtractor {
    private static final int MAX_LEFT_BEHIND = 4;

    private final AtomicInteger leftBehind = new AtomicInteger();
    private volatile boolean closed;

    private InProcessExtractor() {}

    /** An extractor. */
    public static InProcessExtractor open() {
        return new InProcessExtractor();
    }

    @Override
    public String name() {
        return "in-process";
    }

    @Override
    public String version() {
        return Outcomes.READERS;
    }

    /**
     * {@inheritDoc}
     *
     * @throws StudioException also {@link ErrorCode#LIMIT_EXCEEDED} when too many threads never ended
     */
    @Override
    public Extraction extract(
            DocumentSource source, ExtractionLimits limits, DocumentSink sink, Cancellation cancellation) {
        Objects.requireNonNull(sink, "sink");
        if (closed) {
            throw new IllegalStateException("The extractor is closed");
        }
        cancellation.throwIfCancelled();
        Outcomes.requireFile(source);
        if (leftBehind.get() >= MAX_LEFT_BEHIND) {
            throw new StudioException(
                    ErrorCode.LIMIT_EXCEEDED,
                    MAX_LEFT_BEHIND + " documents are still being read long after their time was over",
                    "Start the program again, and read such files with ChildProcessExtractor");
        }
        AtomicInteger state = new AtomicInteger(); // 0 running, 1 ended, 2 left behind
        ReadingThread thread = new ReadingThread(source, limits, () -> {
            if (!state.compareAndSet(0, 1)) {
                leftBehind.decrementAndGet();
            }
        });
        try {
            return thread.read(sink, cancellation);
        } finally {
            leftBehind.incrementAndGet();
            if (!state.compareAndSet(0, 2)) {
                leftBehind.decrementAndGet();
            }
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
