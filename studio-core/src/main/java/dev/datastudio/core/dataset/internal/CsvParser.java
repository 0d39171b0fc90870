package dev.datastudio.core.dataset.internal;

import java.io.IOException;
import java.io.Reader;
import java.util.List;

/**
 * Reads records of delimited text (RFC 4180), one at a time. Lines may end in LF, CRLF or CR, mixed; blank lines are
 * passed over. A quote within an unquoted field is an ordinary character, as is text after a closing quote.
 *
 * <p>Not thread-safe.
 */
final class CsvParser {
    private static final int END = -1;
    private static final int BUFFER = 1 << 16;

    private final Reader in;
    private final char delimiter;
    private final char[] buffer = new char[BUFFER];
    private final StringBuilder field = new StringBuilder();
    private int position;
    private int limit;
    private long line = 1;
    private long recordLine = 1;
    private long openQuoteLine;

    CsvParser(Reader in, char delimiter) {
        this.in = in;
        this.delimiter = delimiter;
    }

    /** The line that the last record began on, from 1. */
    long recordLine() {
        return recordLine;
    }

    /** The line of the quote that the text ended within; 0 when every quote was closed. */
    long openQuoteLine() {
        return openQuoteLine;
    }

    /**
     * Reads the next record.
     *
     * @param record replaced by the fields
     * @return false at the end of the text, or when it ends within a quote
     */
    boolean next(List<String> record) throws IOException {
        record.clear();
        skipBlankLines();
        if (peek() == END) {
            return false;
        }
        recordLine = line;
        while (true) {
            int after = readField();
            if (openQuoteLine > 0) {
                return false;
            }
            record.add(field.toString());
            if (after != delimiter) {
                return true;
            }
        }
    }

    private void skipBlankLines() throws IOException {
        int c = peek();
        while (c == '\n' || c == '\r') {
            position++;
            endLine(c);
            c = peek();
        }
    }

    /** Reads one field and what ends it: the delimiter, a line end or the end. */
    private int readField() throws IOException {
        field.setLength(0);
        if (peek() == '"') {
            position++;
            readQuoted();
        }
        while (openQuoteLine == 0) {
            int start = position;
            while (position < limit && !endsField(buffer[position])) {
                position++;
            }
            field.append(buffer, start, position - start);
            int c = peek();
            if (c == END) {
                return END;
            }
            if (endsField((char) c)) {
                position++;
                if (c != delimiter) {
                    endLine(c);
                }
                return c;
            }
        }
        return END;
    }

    private boolean endsField(char c) {
        return c == delimiter || c == '\n' || c == '\r';
    }

    private void readQuoted() throws IOException {
        long opened = line;
        while (true) {
            int c = peek();
            if (c == END) {
                openQuoteLine = opened;
                return;
            }
            position++;
            if (c == '"') {
                if (peek() != '"') {
                    return;
                }
                position++;
            } else if (c == '\n') {
                line++;
            }
            field.append((char) c);
        }
    }

    private void endLine(int c) throws IOException {
        line++;
        if (c == '\r' && peek() == '\n') {
            position++;
        }
    }

    private int peek() throws IOException {
        if (position == limit) {
            limit = in.read(buffer, 0, BUFFER);
            position = 0;
            if (limit <= 0) {
                limit = 0;
                return END;
            }
        }
        return buffer[position];
    }
}
