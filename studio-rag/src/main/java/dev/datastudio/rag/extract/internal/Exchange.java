package dev.datastudio.rag.extract.internal;

import dev.datastudio.rag.extract.Block;
import dev.datastudio.rag.extract.DocumentMetadata;
import dev.datastudio.rag.extract.DocumentSink;
import dev.datastudio.rag.extract.Extraction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Hands blocks from the thread that reads to the thread that wants them, so that the latter never waits longer than it
 * wants to. Holds a few batches at most. Thread-safe.
 */
final class Exchange implements Feed {
    private static final int MAX_BATCHES = 4;
    private static final int MAX_BLOCKS = 256;
    private static final int MAX_CHARACTERS = 64 * 1024;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<List<Object>> batches = new ArrayDeque<>();
    private List<Object> open = new ArrayList<>();
    private int openCharacters;
    private volatile boolean halted;
    private @Nullable Extraction result;
    private @Nullable Throwable failure;

    @Override
    public void begin(DocumentMetadata metadata) {
        open.add(metadata);
    }

    @Override
    public void accept(Block block) {
        open.add(block);
        openCharacters += block instanceof Block.Text text ? text.text().length() : 64;
        openCharacters += block instanceof Block.TableRow row
                ? row.cells().stream().mapToInt(String::length).sum()
                : 0;
        if (open.size() >= MAX_BLOCKS || openCharacters >= MAX_CHARACTERS) {
            flush();
        }
    }

    @Override
    public void throwIfHalted() {
        if (halted) {
            throw new ReadingHalted();
        }
    }

    private void flush() {
        lock.lock();
        try {
            while (batches.size() >= MAX_BATCHES && !halted) {
                changed.awaitUninterruptibly();
            }
            throwIfHalted();
            batches.add(open);
            open = new ArrayList<>();
            openCharacters = 0;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Ends the reading thread's part. */
    void finish(Extraction extraction) {
        if (!open.isEmpty()) {
            flush();
        }
        end(extraction, null);
    }

    /** Ends the reading thread's part, which broke down. */
    void fail(Throwable error) {
        end(null, error);
    }

    private void end(@Nullable Extraction extraction, @Nullable Throwable error) {
        lock.lock();
        try {
            result = extraction;
            failure = error;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Has the reading thread give up at its next step, and whoever waits here go on. */
    void halt() {
        lock.lock();
        try {
            halted = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Passes blocks on as they come, on this thread.
     *
     * @param deadline {@link System#nanoTime()} at which to give up
     * @return how the reading went; null when it was halted or the deadline has passed
     */
    @Nullable
    Extraction drain(DocumentSink sink, long deadline) {
        while (true) {
            List<Object> batch = next(deadline);
            if (batch == null) {
                return halted ? null : result();
            }
            for (Object part : batch) {
                if (part instanceof DocumentMetadata metadata) {
                    sink.begin(metadata);
                } else {
                    sink.accept((Block) part);
                }
                if (halted || System.nanoTime() - deadline > 0) {
                    return null;
                }
            }
        }
    }

    private @Nullable List<Object> next(long deadline) {
        lock.lock();
        try {
            while (batches.isEmpty() && result == null && failure == null && !halted) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return null;
                }
                changed.await(left, TimeUnit.NANOSECONDS);
            }
            List<Object> batch = halted ? null : batches.poll();
            changed.signalAll();
            return batch;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw dev.datastudio.api.progress.Cancellation.cancelledError();
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Extraction result() {
        lock.lock();
        try {
            if (failure != null) {
                throw new IllegalStateException("The reader of a document broke down", failure);
            }
            return result;
        } finally {
            lock.unlock();
        }
    }
}
