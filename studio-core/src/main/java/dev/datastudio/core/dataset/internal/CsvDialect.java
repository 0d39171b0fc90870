package dev.datastudio.core.dataset.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.dataset.ImportOptions;
import dev.datastudio.core.dataset.ImportOptions.Header;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How a delimited text is written. Immutable.
 *
 * @param delimiter between fields
 * @param hasHeader whether the first record names the columns
 * @param first the fields of the first record
 */
record CsvDialect(char delimiter, boolean hasHeader, List<String> first) {
    private static final int SAMPLE_CHARS = 256 * 1024;
    private static final int SAMPLE_RECORDS = 200;
    private static final char[] DELIMITERS = {',', ';', '\t', '|'};
    private static final int MAX_PREAMBLE = 30;

    CsvDialect {
        first = List.copyOf(first);
    }

    /** How many columns the first record has. */
    int width() {
        return first.size();
    }

    /** Some records, and the line each begins on. */
    private record Sample(char delimiter, List<List<String>> records, List<Long> lines) {
        /** The number of fields that most records have; the wider one of two. */
        int usualWidth() {
            Map<Integer, Integer> counts = new HashMap<>();
            records.forEach(r -> counts.merge(r.size(), 1, Integer::sum));
            int best = 0;
            for (Map.Entry<Integer, Integer> e : counts.entrySet()) {
                int least = counts.getOrDefault(best, 0);
                if (e.getValue() > least || (e.getValue() == least && e.getKey() > best)) {
                    best = e.getKey();
                }
            }
            return best;
        }

        /** The part of the records that have the usual number of fields. */
        double agreement() {
            int width = usualWidth();
            return records.stream().filter(r -> r.size() == width).count() / (double) records.size();
        }
    }

    /** Finds out how a text is written. */
    static CsvDialect of(Path file, String name, ImportOptions options) throws IOException {
        String text = head(file);
        Sample sample = options.delimiter() == ImportOptions.SNIFFED ? sniff(text) : sample(text, options.delimiter());
        if (sample.records().isEmpty()) {
            throw openQuoteOrEmpty(text, name, sample.delimiter());
        }
        refusePreamble(sample, name);
        boolean header =
                options.header() == Header.PRESENT || (options.header() == Header.AUTO && looksLikeHeader(sample));
        return new CsvDialect(sample.delimiter(), header, sample.records().get(0));
    }

    private static String head(Path file) throws IOException {
        char[] buffer = new char[SAMPLE_CHARS];
        int length = 0;
        try (Reader in = TextFiles.open(file)) {
            for (int n = 0; n >= 0 && length < buffer.length; n = in.read(buffer, length, buffer.length - length)) {
                length += n;
            }
        }
        return new String(buffer, 0, length);
    }

    private static StudioException openQuoteOrEmpty(String text, String name, char delimiter) throws IOException {
        CsvParser parser = new CsvParser(new StringReader(text), delimiter);
        parser.next(new ArrayList<>());
        if (parser.openQuoteLine() > 0) {
            return CsvScan.openQuote(name, parser.openQuoteLine());
        }
        return new StudioException(
                ErrorCode.FILE_EMPTY,
                "The file " + StudioException.quote(name) + " holds nothing but blank lines",
                "Import a file with a header and rows");
    }

    private static Sample sniff(String text) throws IOException {
        Sample best = sample(text, ',');
        double bestScore = score(best);
        for (char delimiter : DELIMITERS) {
            Sample candidate = sample(text, delimiter);
            double score = score(candidate);
            if (score > bestScore) {
                best = candidate;
                bestScore = score;
            }
        }
        return best;
    }

    /** Records that agree count most; of equals the one with more columns. One column says nothing. */
    private static double score(Sample sample) {
        if (sample.records().isEmpty() || sample.usualWidth() < 2) {
            return 0;
        }
        double agreement = sample.agreement();
        return agreement * agreement + Math.min(sample.usualWidth(), 50) / 500.0;
    }

    private static Sample sample(String text, char delimiter) throws IOException {
        boolean cut = text.length() == SAMPLE_CHARS;
        CsvParser parser = new CsvParser(new StringReader(text), delimiter);
        List<List<String>> records = new ArrayList<>();
        List<Long> lines = new ArrayList<>();
        List<String> record = new ArrayList<>();
        while (records.size() < SAMPLE_RECORDS && parser.next(record)) {
            records.add(List.copyOf(record));
            lines.add(parser.recordLine());
        }
        if (cut && records.size() > 1 && records.size() < SAMPLE_RECORDS) {
            records.remove(records.size() - 1); // it may go on behind the sample
        }
        return new Sample(delimiter, records, lines);
    }

    private static void refusePreamble(Sample sample, String name) {
        int width = sample.usualWidth();
        int first = 0;
        while (first < sample.records().size() && sample.records().get(first).size() != width) {
            first++;
        }
        boolean note = sample.records().get(0).size() == 1 || first > 1;
        if (width > 1
                && first > 0
                && first <= MAX_PREAMBLE
                && note
                && sample.records().get(0).size() < width) {
            long last = sample.lines().get(first - 1);
            throw new StudioException(
                    ErrorCode.FILE_MALFORMED,
                    "The file " + StudioException.quote(name) + " begins with something else than its table: "
                            + (last == 1 ? "line 1 has" : "lines 1 to " + last + " have")
                            + " fewer fields than the " + width + " from line "
                            + sample.lines().get(first) + " on",
                    "Delete the lines before the header");
        }
    }

    /** A header is words; a first row with a number or a date in it is data, unless the numbers are years. */
    private static boolean looksLikeHeader(Sample sample) {
        List<String> first = sample.records().get(0);
        boolean words = false;
        boolean years = false;
        for (String cell : first) {
            String text = cell.strip();
            if (text.matches("(19|20)\\d\\d")) {
                years = true;
            } else if (!text.isEmpty() && (NumberText.parse(text) != null || DateText.parse(text) != null)) {
                return false;
            } else if (!text.isEmpty()) {
                words = true;
            }
        }
        return words && !(years && isLikeSecond(sample));
    }

    /** Whether years stand in the same places of the next row, so that they are data there and here. */
    private static boolean isLikeSecond(Sample sample) {
        if (sample.records().size() < 2) {
            return false;
        }
        List<String> first = sample.records().get(0);
        List<String> second = sample.records().get(1);
        for (int i = 0; i < Math.min(first.size(), second.size()); i++) {
            if (first.get(i).strip().matches("(19|20)\\d\\d")
                    && !second.get(i).strip().matches("(19|20)\\d\\d")) {
                return false;
            }
        }
        return true;
    }
}
