package dev.datastudio.rag.extract.internal;

import dev.datastudio.rag.extract.Block;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;

/** Reads delimited text (RFC 4180) row by row. Memory does not grow with the file. */
final class CsvReader implements FormatReader {
    private static final char[] DELIMITERS = {',', ';', '\t', '|'};
    private static final int SAMPLE = 64 * 1024;
    private static final int MAX_FIELD = Block.MAX_ROW / 2;
    private static final int MAX_FIELDS = 20_000;

    @Override
    public void read(Reading reading) throws IOException {
        try (BufferedReader in = new BufferedReader(TextEncoding.open(reading), 1 << 16)) {
            in.mark(SAMPLE);
            char delimiter = delimiter(in);
            in.reset();
            rows(in, delimiter, reading.writer());
        }
    }

    private static void rows(Reader in, char delimiter, BlockWriter writer) throws IOException {
        Records records = new Records(in, delimiter);
        TableHeaders headers = new TableHeaders();
        boolean begun = false;
        List<String> record = new ArrayList<>();
        while (records.next(record)) {
            writer.throwIfHalted();
            if (record.stream().allMatch(String::isBlank)) {
                continue;
            }
            if (!begun) {
                begun = true;
                writer.tableStart("");
            }
            writer.row(record, headers.kindOf(record));
        }
        if (begun) {
            writer.tableEnd();
        }
    }

    /** The one that parts most records into the same number of fields. */
    private static char delimiter(Reader in) throws IOException {
        char[] sample = new char[SAMPLE - 1];
        int length = 0;
        for (int n = 0; n >= 0 && length < sample.length; n = in.read(sample, length, sample.length - length)) {
            length += n;
        }
        char best = ',';
        double bestScore = 0;
        for (char delimiter : DELIMITERS) {
            double score = score(new String(sample, 0, length), delimiter);
            if (score > bestScore) {
                best = delimiter;
                bestScore = score;
            }
        }
        return best;
    }

    private static double score(String sample, char delimiter) throws IOException {
        Records records = new Records(new java.io.StringReader(sample), delimiter);
        List<String> record = new ArrayList<>();
        java.util.Map<Integer, Integer> widths = new java.util.HashMap<>();
        int count = 0;
        while (count < 200 && records.next(record)) {
            widths.merge(record.size(), 1, Integer::sum);
            count++;
        }
        double best = 0;
        for (java.util.Map.Entry<Integer, Integer> width : widths.entrySet()) {
            double share = width.getValue() / (double) count;
            best = Math.max(best, width.getKey() < 2 ? 0 : share * share + Math.min(width.getKey(), 50) / 500.0);
        }
        return best;
    }

    /** The records of a text; a field that is too long, such as behind a quote that is never closed, comes in parts. */
    private static final class Records {
        private final Reader in;
        private final char delimiter;
        private final StringBuilder field = new StringBuilder();
        private int next;
        private boolean started;

        Records(Reader in, char delimiter) {
            this.in = in;
            this.delimiter = delimiter;
        }

        boolean next(List<String> record) throws IOException {
            record.clear();
            if (!started) {
                started = true;
                next = in.read();
            }
            if (next < 0) {
                return false;
            }
            while (true) {
                boolean whole = field();
                record.add(field.toString());
                if (!whole || record.size() >= MAX_FIELDS) {
                    return true;
                }
                int end = next;
                if (end != delimiter) {
                    endLine();
                    return true;
                }
                next = in.read();
            }
        }

        private void endLine() throws IOException {
            if (next == '\r') {
                next = in.read();
                if (next == '\n') {
                    next = in.read();
                }
            } else if (next == '\n') {
                next = in.read();
            }
        }

        private boolean quoted;

        /** Reads a field up to what ends it; false when it goes on in the next record. */
        private boolean field() throws IOException {
            field.setLength(0);
            if (!quoted && next == '"') {
                quoted = true;
                next = in.read();
            }
            while (next >= 0) {
                if (field.length() >= MAX_FIELD) {
                    return false;
                } else if (quoted && next == '"') {
                    next = in.read();
                    quoted = next == '"';
                    if (!quoted) {
                        continue;
                    }
                } else if (!quoted && (next == delimiter || next == '\n' || next == '\r')) {
                    return true;
                }
                field.append((char) next);
                next = in.read();
            }
            quoted = false;
            return true;
        }
    }
}
