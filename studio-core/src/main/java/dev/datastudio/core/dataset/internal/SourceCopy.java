package dev.datastudio.core.dataset.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.Progress;
import dev.datastudio.api.progress.ProgressListener;
import dev.datastudio.core.workspace.internal.StorageErrors;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * What one pass over the bytes of a file told. Immutable.
 *
 * @param size how many there are
 * @param isUtf8 whether all are well-formed UTF-8
 * @param hasNul whether a byte is zero
 * @param head the first bytes, at most {@link #HEAD}, as Latin-1 characters: one for each byte
 */
record SourceCopy(long size, boolean isUtf8, boolean hasNul, String head) {
    static final int HEAD = 64 * 1024;

    private static final int BUFFER = 1 << 20;
    private static final long REPORT_EVERY_NANOS = 100_000_000L;

    /** Reads a file to its end, and copies what is read. */
    static SourceCopy copy(Path from, Path to, ProgressListener progress, Cancellation cancellation) {
        try (OutputStream out = Files.newOutputStream(to)) {
            return read(from, out, progress, cancellation);
        } catch (IOException e) {
            throw StorageErrors.writing("The file " + StudioException.quote(from) + " could not be copied", to, e);
        }
    }

    /** Reads a file to its end, and keeps nothing. */
    static SourceCopy read(Path from, ProgressListener progress, Cancellation cancellation) {
        try (OutputStream nowhere = OutputStream.nullOutputStream()) {
            return read(from, nowhere, progress, cancellation);
        } catch (IOException e) {
            throw notReadable(from, e);
        }
    }

    private static SourceCopy read(Path from, OutputStream out, ProgressListener progress, Cancellation cancellation)
            throws IOException {
        SourceStamp before = SourceStamp.of(from);
        Utf8Check utf8 = new Utf8Check();
        String head = "";
        byte[] buffer = new byte[BUFFER];
        long size = 0;
        long reported = System.nanoTime();
        try (InputStream in = open(from)) {
            for (int n = readBlock(from, in, buffer); n > 0; n = readBlock(from, in, buffer)) {
                cancellation.throwIfCancelled();
                head = size == 0 ? new String(buffer, 0, Math.min(n, HEAD), StandardCharsets.ISO_8859_1) : head;
                utf8.add(buffer, n);
                out.write(buffer, 0, n);
                size += n;
                if (System.nanoTime() - reported > REPORT_EVERY_NANOS) {
                    reported = System.nanoTime();
                    progress.onProgress(new Progress("reading", size, Math.max(size, before.size()), "bytes"));
                }
            }
        }
        progress.onProgress(new Progress("reading", size, size, "bytes"));
        if (!before.equals(SourceStamp.of(from)) || size != before.size()) {
            throw new StudioException(
                    ErrorCode.FILE_NOT_READABLE,
                    "The file " + StudioException.quote(from) + " changed while it was read",
                    "Import it again when nothing writes to it any more");
        }
        return new SourceCopy(size, utf8.isValid(), utf8.hasNul(), head);
    }

    private static InputStream open(Path file) {
        try {
            return Files.newInputStream(file);
        } catch (IOException e) {
            throw notReadable(file, e);
        }
    }

    private static int readBlock(Path file, InputStream in, byte[] buffer) {
        try {
            return in.readNBytes(buffer, 0, buffer.length);
        } catch (IOException e) {
            throw notReadable(file, e);
        }
    }

    /** The error for a file that can't be read. */
    static StudioException notReadable(Path file, IOException cause) {
        if (cause instanceof NoSuchFileException) {
            return new StudioException(
                    ErrorCode.FILE_NOT_FOUND,
                    "The file " + StudioException.quote(file) + " is not there",
                    "Check the path; it is relative to "
                            + StudioException.quote(Path.of("").toAbsolutePath()),
                    cause);
        }
        String why = cause instanceof AccessDeniedException ? "" : ": " + cause.getMessage();
        return new StudioException(
                ErrorCode.FILE_NOT_READABLE,
                "The file " + StudioException.quote(file) + " can't be read" + why,
                "Give this user the right to read it, or copy it to a place where it can be read",
                cause);
    }
}
