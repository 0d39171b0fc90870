package dev.datastudio.rag.chunk;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The text of a document as {@link DocumentTextWriter} kept it. Any span is read without reading what comes before it.
 * Thread-safe.
 */
public final class DocumentText implements AutoCloseable {
    /** The longest span that is read at once, in characters. */
    public static final int MAX_SPAN = 16 << 20;

    private static final int FOOTER = 5 * Long.BYTES;

    private final Path file;
    private final FileChannel channel;
    private final long bytes;
    private final long characters;
    private final long[] steps;
    private final long[] pages;

    private DocumentText(Path file, FileChannel channel) throws IOException {
        this.file = file;
        this.channel = channel;
        long size = channel.size();
        LongBuffer footer = longs(size - FOOTER, 5);
        this.bytes = footer.get(0);
        this.characters = footer.get(1);
        long stepCount = footer.get(2);
        long pageCount = footer.get(3);
        boolean whole = footer.get(4) == DocumentTextWriter.MARK
                && bytes >= 0
                && stepCount >= 0
                && pageCount >= 0
                && stepCount < size
                && pageCount < size
                && bytes + (stepCount + pageCount) * 2 * Long.BYTES + FOOTER == size;
        if (!whole) {
            throw new EOFException("The file is not whole");
        }
        this.steps = array(bytes, stepCount);
        this.pages = array(bytes + stepCount * 2 * Long.BYTES, pageCount);
    }

    /**
     * Opens a text.
     *
     * @throws StudioException {@link ErrorCode#STORAGE_FAILED} if the file is not there or not whole
     */
    public static DocumentText open(Path file) {
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
            try {
                return new DocumentText(file, channel);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new StudioException(
                    ErrorCode.STORAGE_FAILED,
                    "The text of a document can't be read from " + StudioException.quote(file),
                    "Add the document again",
                    e);
        }
    }

    private long[] array(long position, long pairs) throws IOException {
        long[] array = new long[Math.toIntExact(pairs * 2)];
        longs(position, array.length).get(array);
        return array;
    }

    private LongBuffer longs(long position, int count) throws IOException {
        return read(position, count * Long.BYTES).asLongBuffer();
    }

    private ByteBuffer read(long position, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        if (position < 0) {
            throw new EOFException("The file is too short");
        }
        while (buffer.hasRemaining()) {
            int n = channel.read(buffer, position + buffer.position());
            if (n < 0) {
                throw new EOFException("The file is too short");
            }
        }
        return buffer.flip();
    }

    /** How many characters the text has. */
    public long length() {
        return characters;
    }

    /**
     * A span of the text.
     *
     * @param from in characters, 0 to {@code to}
     * @param to exclusive, at most {@link #length()}
     * @throws IllegalArgumentException if the span is not within the text or longer than {@link #MAX_SPAN}
     * @throws StudioException {@link ErrorCode#STORAGE_FAILED} if the file can't be read
     */
    public String text(long from, long to) {
        if (from < 0 || from > to || to > characters || to - from > MAX_SPAN) {
            throw new IllegalArgumentException("The span must lie in 0.." + characters + " and have at most " + MAX_SPAN
                    + " characters, was " + from + ".." + to);
        }
        if (from == to) {
            return "";
        }
        int first = pair(steps, from);
        int last = pair(steps, to - 1) + 1;
        long start = steps[first * 2 + 1];
        long end = last * 2 < steps.length ? steps[last * 2 + 1] : bytes;
        try {
            String piece = StandardCharsets.UTF_8
                    .decode(read(start, Math.toIntExact(end - start)))
                    .toString();
            long offset = steps[first * 2];
            return piece.substring((int) (from - offset), (int) (to - offset));
        } catch (IOException e) {
            throw DocumentTextWriter.failure(file, e);
        }
    }

    /** The page that a character stands on; 0 when the format has no pages. */
    public int page(long offset) {
        int pair = pair(pages, offset);
        return pair < 0 ? 0 : (int) pages[pair * 2 + 1];
    }

    /** Where pages begin behind {@code from} and before {@code to}, in their order. */
    public List<PageStart> pageStarts(long from, long to) {
        List<PageStart> starts = new ArrayList<>();
        for (int i = pair(pages, from) + 1; i * 2 < pages.length && pages[i * 2] < to; i++) {
            starts.add(new PageStart(pages[i * 2], (int) pages[i * 2 + 1]));
        }
        return starts;
    }

    /**
     * The beginning of a page.
     *
     * @param offset of its first character in the text of the document, in UTF-16 units from 0
     * @param page its number, from 1
     */
    public record PageStart(long offset, int page) {}

    /** The last pair that begins at or before an offset; -1 when none does. */
    private static int pair(long[] pairs, long offset) {
        int low = 0;
        int high = pairs.length / 2 - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (pairs[middle * 2] <= offset) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
