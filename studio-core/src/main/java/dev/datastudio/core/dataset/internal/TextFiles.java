package dev.datastudio.core.dataset.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.core.workspace.internal.StorageErrors;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Turns what was uploaded into plain UTF-8 text. */
final class TextFiles {
    /** What a compressed file may grow to. */
    static final long MAX_UNPACKED_BYTES = 64L << 30;

    private static final int BUFFER = 1 << 16;

    private TextFiles() {}

    /** Unpacks a gzip file. */
    static void unpack(Path from, Path to, String name, Cancellation cancellation) {
        byte[] buffer = new byte[BUFFER];
        long size = 0;
        try (InputStream in = new GZIPInputStream(Files.newInputStream(from), BUFFER);
                OutputStream out = Files.newOutputStream(to)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                cancellation.throwIfCancelled();
                size += n;
                if (size > MAX_UNPACKED_BYTES) {
                    throw new StudioException(
                            ErrorCode.LIMIT_EXCEEDED,
                            "The file " + StudioException.quote(name) + " unpacks to more than " + MAX_UNPACKED_BYTES
                                    + " bytes",
                            "Split it into smaller files");
                }
                out.write(buffer, 0, n);
            }
        } catch (ZipException | EOFException e) {
            throw new StudioException(
                    ErrorCode.FILE_MALFORMED,
                    "The file " + StudioException.quote(name) + " is a damaged gzip file",
                    "Get it again from where it came from",
                    e);
        } catch (IOException e) {
            throw StorageErrors.writing("The file " + StudioException.quote(name) + " could not be unpacked", to, e);
        }
    }

    /** Writes the text of a file in another encoding as UTF-8. */
    static void transcode(Path from, Charset charset, Path to, String name, Cancellation cancellation) {
        char[] buffer = new char[BUFFER];
        try (Reader in = new InputStreamReader(Files.newInputStream(from), charset);
                Writer out = Files.newBufferedWriter(to, StandardCharsets.UTF_8)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                cancellation.throwIfCancelled();
                for (int i = 0; i < n; i++) {
                    if (buffer[i] == 0) {
                        throw new StudioException(
                                ErrorCode.FILE_IS_BINARY,
                                "The file " + StudioException.quote(name) + " is binary: it has zero characters",
                                "Import a CSV, TSV, JSON, Parquet or Excel file");
                    }
                }
                out.write(buffer, 0, n);
            }
        } catch (IOException e) {
            throw StorageErrors.writing("The file " + StudioException.quote(name) + " could not be decoded", to, e);
        }
    }

    /** Reads a UTF-8 file; a byte order mark at its beginning is passed over. */
    static Reader open(Path file) throws IOException {
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8), BUFFER);
        reader.mark(1);
        if (reader.read() != '\uFEFF') {
            reader.reset();
        }
        return reader;
    }
}
