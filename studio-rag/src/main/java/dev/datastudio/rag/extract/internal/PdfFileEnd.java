package dev.datastudio.rag.extract.internal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks whether a PDF ends as it should (ISO 32000-1, 7.5.5): PDFBox mends files in silence, and what it could not find
 * is missing from the text.
 */
final class PdfFileEnd {
    private static final int TAIL = 4096;
    private static final Pattern START = Pattern.compile("startxref\\s+(\\d{1,12})\\s+%%EOF", Pattern.MULTILINE);
    private static final Pattern TABLE = Pattern.compile("\\s*(xref\\b|\\d+\\s+\\d+\\s+obj\\b)");

    private PdfFileEnd() {}

    /** What is wrong with the end of a file, as a sentence; empty when nothing is. */
    static String damage(Path file) throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            String tail = read(in, Math.max(0, in.length() - TAIL), TAIL);
            Matcher start = START.matcher(tail);
            long offset = -1;
            while (start.find()) {
                offset = Long.parseLong(start.group(1));
            }
            if (offset < 0 && !tail.contains("startxref")) {
                return "The file is cut off: its end is missing, and with it perhaps a part of the text";
            } else if (offset < 0 || !pointsAtTable(in, offset)) {
                return "The file is damaged: its table of contents was made anew, so parts may be missing";
            }
            return "";
        }
    }

    /** The offset counts from the header, before which other bytes may stand. */
    private static boolean pointsAtTable(RandomAccessFile in, long offset) throws IOException {
        int before = Math.max(0, read(in, 0, 1024).indexOf("%PDF-"));
        return offset > 0
                && (TABLE.matcher(read(in, offset, 64)).lookingAt()
                        || TABLE.matcher(read(in, offset + before, 64)).lookingAt());
    }

    private static String read(RandomAccessFile in, long from, int length) throws IOException {
        byte[] bytes = new byte[(int) Math.max(0, Math.min(length, in.length() - from))];
        if (bytes.length > 0) {
            in.seek(from);
            in.readFully(bytes);
        }
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
