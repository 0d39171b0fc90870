package dev.datastudio.ml.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.function.Predicate;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The pictures of a ZIP archive that somebody else made, one at a time, in its order. What it says of its sizes is not
 * believed, its names never become paths, and nothing of it is unpacked to a disk. Not thread-safe.
 */
public final class PictureArchive implements Iterator<PictureArchive.Picture> {
    /** The bytes of the largest picture. */
    public static final int MAX_BYTES = 30_000_000;

    private static final int MAX_ENTRIES = 200_000;
    /** Of all files together, and of those that are passed over, too: they have to be inflated to get behind them. */
    private static final long MAX_UNPACKED = 8L << 30;

    private static final int BUFFER = 1 << 16;

    private final Tail all;
    private final ZipInputStream zip;
    private final Predicate<String> isPicture;
    private final byte[] buffer = new byte[BUFFER];
    private @Nullable Picture next;
    private int entries;
    private long unpacked;

    /**
     * A picture of an archive.
     *
     * @param file its name without folders
     * @param of the name of the folder that it lies in
     * @param content of the file
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Picture(String file, String of, byte[] content) {}

    /**
     * Of a stream that stays open.
     *
     * @param isPicture whether a file is one, by its name; others are passed over
     */
    public PictureArchive(InputStream content, Predicate<String> isPicture) {
        this.all = new Tail(content);
        this.zip = new ZipInputStream(all, StandardCharsets.UTF_8);
        this.isPicture = isPicture;
    }

    /**
     * Whether there is another one.
     *
     * @throws StudioException with {@link ErrorCode#FILE_MALFORMED} when it is no ZIP archive or is damaged, {@link
     *     ErrorCode#PATH_REFUSED} when a name leads out of it, {@link ErrorCode#LIMIT_EXCEEDED} when it unpacks to too much
     */
    @Override
    public boolean hasNext() {
        try {
            while (next == null) {
                ZipEntry entry = zip.getNextEntry();
                if (entry == null) {
                    if (entries == 0) {
                        throw damaged("it holds no files, or is no ZIP archive", null);
                    }
                    if (!all.endsAsAnArchive()) {
                        throw damaged("it is cut off", null);
                    }
                    return false;
                }
                if (++entries > MAX_ENTRIES) {
                    throw tooLarge("holds more than " + MAX_ENTRIES + " files");
                }
                next = picture(entry.getName());
            }
            return true;
        } catch (ZipException | IllegalArgumentException e) { // the latter for names that are not UTF-8
            throw damaged(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw damaged("it ends in its midst or can't be read: " + e.getMessage(), e);
        }
    }

    @Override
    public Picture next() {
        if (!hasNext() || next == null) {
            throw new NoSuchElementException();
        }
        Picture found = next;
        next = null;
        return found;
    }

    /** Nothing for what is passed over: other files, those in no folder, and what macOS adds. */
    private @Nullable Picture picture(String name) throws IOException {
        List<String> parts = Arrays.asList(name.replace('\\', '/').split("/"));
        if (parts.contains("..") || name.startsWith("/") || name.chars().anyMatch(Character::isISOControl)) {
            throw new StudioException(
                    ErrorCode.PATH_REFUSED,
                    "The archive names a file outside of it, " + StudioException.quote(name),
                    "Do not trust where it came from");
        }
        String file = parts.isEmpty() ? "" : parts.get(parts.size() - 1);
        boolean isWanted = parts.size() > 1
                && !parts.get(0).equals("__MACOSX")
                && !file.startsWith(".")
                && isPicture.test(file.toLowerCase(Locale.ROOT));
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (int n = zip.read(buffer); n >= 0; n = zip.read(buffer)) {
            unpacked += n;
            if (unpacked > MAX_UNPACKED) {
                throw tooLarge("unpacks to more than " + MAX_UNPACKED + " bytes");
            }
            if (isWanted) {
                content.write(buffer, 0, n);
                if (content.size() > MAX_BYTES) {
                    throw tooLarge("holds the picture " + StudioException.quote(name) + " of more than " + MAX_BYTES
                            + " bytes");
                }
            }
        }
        return isWanted ? new Picture(file, parts.get(parts.size() - 2), content.toByteArray()) : null;
    }

    /** Keeps the end of a stream, where an archive says that it is whole: one that is cut off between files looks well. */
    private static final class Tail extends FilterInputStream {
        /** A record of 22 bytes, and a comment of 65,535 at most behind it. */
        private static final int KEPT = 22 + 65_535;

        private final byte[] ring = new byte[KEPT];
        private long read;

        private Tail(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 255;
        }

        @Override
        public int read(byte[] to, int from, int most) throws IOException {
            int n = in.read(to, from, most);
            for (int i = 0; i < n; i++) {
                ring[(int) (read++ % KEPT)] = to[from + i];
            }
            return n;
        }

        /** Reads what is left, in which no files are. */
        private boolean endsAsAnArchive() throws IOException {
            transferTo(OutputStream.nullOutputStream());
            for (long at = read - 22; at >= Math.max(0, read - KEPT); at--) {
                if (is(at, 'P') && is(at + 1, 'K') && is(at + 2, 5) && is(at + 3, 6)) {
                    return true;
                }
            }
            return false;
        }

        private boolean is(long at, int value) {
            return ring[(int) (at % KEPT)] == value;
        }
    }

    private static StudioException damaged(String how, @Nullable Exception cause) {
        String what = "The archive can't be read: " + how;
        String mend = "Pack the folders of pictures as a ZIP file again";
        return cause == null
                ? new StudioException(ErrorCode.FILE_MALFORMED, what, mend)
                : new StudioException(ErrorCode.FILE_MALFORMED, what, mend, cause);
    }

    private static StudioException tooLarge(String what) {
        return new StudioException(
                ErrorCode.LIMIT_EXCEEDED, "The archive " + what, "Pack fewer or smaller pictures into it");
    }
}
