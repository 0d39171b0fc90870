package dev.datastudio.rag.chunk;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the text of a document to a file that {@link DocumentText} reads spans of. Memory: 16 bytes for each 8,192
 * characters. Not thread-safe.
 *
 * <p>The file comes into being with {@link #finish()}, whole or not at all; closing before leaves nothing behind.
 *
 * <p>Format: the text in UTF-8; then pairs of longs (offset in characters, offset in bytes), one for each 8,192
 * characters; then pairs (offset in characters, page); then five longs: the number of bytes, of characters, of the first
 * and the second pairs, and a mark.
 */
public final class DocumentTextWriter implements TextSink, AutoCloseable {
    static final int STEP = 8_192;
    static final long MARK = 0x5354_5458_5431_0001L;

    private final Path target;
    private final Path temporary;
    private final FileChannel channel;
    private final DataOutputStream out;
    private final List<long[]> steps = new ArrayList<>();
    private final List<long[]> pages = new ArrayList<>();
    private long characters;
    private long bytes;
    private boolean finished;

    private DocumentTextWriter(Path target, Path temporary, FileChannel channel) {
        this.target = target;
        this.temporary = temporary;
        this.channel = channel;
        this.out = new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16));
    }

    /**
     * Begins a file, beside its place.
     *
     * @throws StudioException {@link ErrorCode#STORAGE_FAILED} if it can't be written
     */
    public static DocumentTextWriter create(Path file) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            Path temporary = Files.createTempFile(folder, ".text", ".tmp");
            return new DocumentTextWriter(file, temporary, FileChannel.open(temporary, StandardOpenOption.WRITE));
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    /** @throws StudioException {@link ErrorCode#STORAGE_FAILED} if it can't be written */
    @Override
    public void append(String text) {
        try {
            for (int from = 0; from < text.length(); ) {
                long untilStep = steps.size() * (long) STEP - characters;
                if (untilStep <= 0) {
                    steps.add(new long[] {characters, bytes});
                    untilStep = steps.size() * (long) STEP - characters;
                }
                int to = (int) Math.min(text.length(), from + Math.max(1, untilStep));
                if (to < text.length() && Character.isLowSurrogate(text.charAt(to))) {
                    to++;
                }
                byte[] encoded = text.substring(from, to).getBytes(StandardCharsets.UTF_8);
                out.write(encoded);
                bytes += encoded.length;
                characters += to - from;
                from = to;
            }
        } catch (IOException e) {
            throw failure(target, e);
        }
    }

    @Override
    public void startPage(int page) {
        pages.add(new long[] {characters, page});
    }

    /** How many characters were written. */
    public long length() {
        return characters;
    }

    /**
     * Ends the text, makes it durable and puts the file in its place.
     *
     * @throws StudioException {@link ErrorCode#STORAGE_FAILED} if it can't be written
     */
    public void finish() {
        try {
            for (List<long[]> pairs : List.of(steps, pages)) {
                for (long[] pair : pairs) {
                    out.writeLong(pair[0]);
                    out.writeLong(pair[1]);
                }
            }
            for (long number : new long[] {bytes, characters, steps.size(), pages.size(), MARK}) {
                out.writeLong(number);
            }
            out.flush();
            channel.force(true);
            channel.close();
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            finished = true;
        } catch (IOException e) {
            throw failure(target, e);
        }
    }

    /** Removes what was written unless it was finished. Does nothing when called again. */
    @Override
    public void close() {
        if (finished) {
            return;
        }
        try {
            channel.close();
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static StudioException failure(Path file, IOException cause) {
        return new StudioException(
                ErrorCode.STORAGE_FAILED,
                "The text of a document could not be kept in " + StudioException.quote(file),
                "Check the disk and the rights of the folder",
                cause);
    }
}
