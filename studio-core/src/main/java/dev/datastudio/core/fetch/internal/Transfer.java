package dev.datastudio.core.fetch.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.Progress;
import dev.datastudio.core.fetch.FetchOptions;
import dev.datastudio.core.workspace.internal.StorageErrors;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;

/** Keeps one download within its limits. Not thread-safe, but for what stops it. */
public final class Transfer {
    private static final int BUFFER = 1 << 16;
    private static final long REPORT_EVERY_NANOS = 100_000_000L;

    private final FetchOptions options;
    private final long giveUpAt;

    public Transfer(FetchOptions options) {
        this.options = options;
        this.giveUpAt = System.nanoTime() + options.maxTime().toNanos();
    }

    /** What may stop a request; close it when the request is over. */
    @FunctionalInterface
    public interface Watch extends AutoCloseable {
        @Override
        void close();
    }

    /** Has a request stopped when it is cancelled or late, even while the server keeps silent. */
    public Watch watch(HttpUriRequestBase request) {
        options.cancellation().throwIfCancelled();
        Executor later =
                CompletableFuture.delayedExecutor(Math.max(1, giveUpAt - System.nanoTime()), TimeUnit.NANOSECONDS);
        CompletableFuture<Void> clock = CompletableFuture.runAsync(request::cancel, later);
        Cancellation.Registration waiting = options.cancellation().onCancel(request::cancel);
        return () -> {
            waiting.close();
            clock.cancel(false);
        };
    }

    public boolean isCancelled() {
        return options.cancellation().isCancelled();
    }

    public boolean isLate() {
        return System.nanoTime() - giveUpAt >= 0;
    }

    /** The error for a download that took too long. */
    public StudioException late() {
        return new StudioException(
                ErrorCode.LIMIT_EXCEEDED,
                "The download took longer than " + options.maxTime().toSeconds() + " seconds",
                "Try again later, or download the file and import it");
    }

    /**
     * Writes what comes into a file; how many bytes.
     *
     * @param in left open: closing it would read the rest of what is too much
     * @param length how many the server says there are; below 0 when it doesn't
     */
    public long save(InputStream in, long length, Path file) throws IOException {
        try (OutputStream out = create(file)) {
            return copy(in, length, (buffer, n) -> write(out, buffer, n, file));
        }
    }

    /** All that comes; the other parameters are those of {@link #save}. */
    public byte[] read(InputStream in, long length) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        copy(in, length, (buffer, n) -> bytes.write(buffer, 0, n));
        return bytes.toByteArray();
    }

    /** Takes the first bytes of a buffer. */
    @FunctionalInterface
    private interface Sink {
        void take(byte[] buffer, int length);
    }

    private long copy(InputStream in, long length, Sink sink) throws IOException {
        requireSize(length);
        byte[] buffer = new byte[BUFFER];
        long size = 0;
        long reported = System.nanoTime();
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            size += n;
            requireSize(size);
            options.admission().accept(size);
            options.cancellation().throwIfCancelled();
            if (isLate()) {
                throw late();
            }
            sink.take(buffer, n);
            if (System.nanoTime() - reported > REPORT_EVERY_NANOS) {
                reported = System.nanoTime();
                options.progress()
                        .onProgress(new Progress("fetching", size, length < 0 ? -1 : Math.max(size, length), "bytes"));
            }
        }
        options.progress().onProgress(new Progress("fetching", size, size, "bytes"));
        return size;
    }

    private void requireSize(long size) {
        if (size > options.maxBytes()) {
            throw new StudioException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "The file is larger than " + options.maxBytes() + " bytes",
                    "Use a smaller file, or raise the limit");
        }
    }

    private static OutputStream create(Path file) {
        try {
            return Files.newOutputStream(file);
        } catch (IOException e) {
            throw StorageErrors.writing("The download could not be stored", file, e);
        }
    }

    private static void write(OutputStream out, byte[] buffer, int length, Path file) {
        try {
            out.write(buffer, 0, length);
        } catch (IOException e) {
            throw StorageErrors.writing("The download could not be stored", file, e);
        }
    }
}
