package dev.datastudio.rag.extract.internal;

import java.io.IOException;
import java.io.Reader;

/** Reads lines, which may be longer than memory: a long one comes in pieces. Not thread-safe. */
final class Lines {
    /** The longest piece. */
    static final int MAX_PIECE = 16 * 1024;

    private final Reader in;
    private final BlockWriter writer;
    private final char[] buffer = new char[1 << 16];
    private int position;
    private int limit;
    private String text = "";
    private boolean complete = true;
    private boolean startsLine;

    Lines(Reader in, BlockWriter writer) {
        this.in = in;
        this.writer = writer;
    }

    /** Goes to the next line or piece of one; false at the end. */
    boolean next() throws IOException {
        startsLine = complete;
        StringBuilder line = new StringBuilder();
        int c = peek();
        if (c < 0) {
            return false;
        }
        while (c >= 0 && c != '\n' && c != '\r' && c != '\f' && line.length() < MAX_PIECE) {
            line.append((char) c);
            position++;
            c = peek();
        }
        if (c >= 0 && line.length() >= MAX_PIECE && Character.isHighSurrogate(line.charAt(line.length() - 1))) {
            line.append((char) c);
            position++;
            c = peek();
        }
        complete = c < 0 || c == '\n' || c == '\r' || c == '\f';
        if (complete && c >= 0) {
            position++;
            if (c == '\r' && peek() == '\n') {
                position++;
            }
        }
        text = line.toString();
        return true;
    }

    /** The line or piece, without its end. */
    String text() {
        return text;
    }

    /** Whether the piece is the first of its line. */
    boolean startsLine() {
        return startsLine;
    }

    private int peek() throws IOException {
        if (position == limit) {
            writer.throwIfHalted();
            limit = Math.max(0, in.read(buffer, 0, buffer.length));
            position = 0;
            if (limit == 0) {
                return -1;
            }
        }
        return buffer[position];
    }
}
