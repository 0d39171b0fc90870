package dev.datastudio.core.dataset.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.dataset.ImportOptions;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Parts the lines of a JSON lines file into those that hold an object and those that are left out. */
final class JsonLines {
    /** The longest line, in characters, and the largest object that is read. */
    static final int MAX_LINE = 64 << 20;

    private static final int LOOKED_AT = 20;
    private static final int CHECK_EVERY = 4096;
    private static final int BUFFER = 1 << 16;
    /** As lenient as the database is. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private final String name;
    private final ImportOptions options;

    JsonLines(String name, ImportOptions options) {
        this.name = name;
        this.options = options;
    }

    /** The lines of a text, each held whole; one that is too long is cut and told. Not thread-safe. */
    private static final class Lines {
        private final Reader in;
        private final char[] buffer = new char[BUFFER];
        private final StringBuilder line = new StringBuilder();
        private int position;
        private int length;
        private boolean tooLong;

        Lines(Reader in) {
            this.in = in;
        }

        /** The next line without its end; null after the last one. */
        @Nullable
        String next() throws IOException {
            line.setLength(0);
            tooLong = false;
            boolean any = false;
            while (position < length || fill()) {
                any = true;
                int end = position;
                while (end < length && buffer[end] != '\n') {
                    end++;
                }
                int room = MAX_LINE - line.length();
                tooLong |= end - position > room;
                line.append(buffer, position, Math.min(room, end - position));
                position = end + 1;
                if (end < length) {
                    return line.toString();
                }
            }
            return any ? line.toString() : null;
        }

        private boolean fill() throws IOException {
            length = in.read(buffer);
            position = 0;
            return length > 0;
        }
    }

    /** Whether the file has a line that is an object, among the first ones. */
    boolean isLines(Path file) throws IOException {
        try (Reader in = TextFiles.open(file)) {
            Lines lines = new Lines(in);
            String line = lines.next();
            for (int i = 0; i < LOOKED_AT && line != null; i++) {
                if (!line.isBlank() && !lines.tooLong && isObject(line)) {
                    return true;
                }
                line = lines.next();
            }
            return false;
        }
    }

    /**
     * Writes the good lines again.
     *
     * @return how many there are, at least 1
     */
    long sift(Path file, Path regular, RejectedLog rejected) throws IOException {
        long rows = 0;
        long number = 0;
        try (Reader in = TextFiles.open(file);
                Writer out = Files.newBufferedWriter(regular, StandardCharsets.UTF_8)) {
            Lines lines = new Lines(in);
            for (String line = lines.next(); line != null; line = lines.next()) {
                if (++number % CHECK_EVERY == 0) {
                    options.cancellation().throwIfCancelled();
                }
                if (line.isBlank()) {
                    continue;
                }
                String reason =
                        lines.tooLong ? "The line has more than " + MAX_LINE + " characters." : whyRejected(line);
                if (reason.isEmpty()) {
                    out.append(line).append('\n');
                    rows++;
                } else {
                    rejected.add(number, reason, line.strip());
                }
            }
        }
        if (rows == 0) {
            throw new StudioException(
                    ErrorCode.FILE_HAS_NO_ROWS,
                    "The file " + StudioException.quote(name) + " has no line that holds an object",
                    "Import a file with at least one row");
        }
        return rows;
    }

    private static boolean isObject(String line) throws IOException {
        try (JsonParser parser = JSON.createParser(line)) {
            boolean object = parser.nextToken() == JsonToken.START_OBJECT;
            parser.skipChildren();
            return object && parser.nextToken() == null;
        } catch (JsonProcessingException e) {
            return false; // that is what was asked
        }
    }

    /** A whole sentence; empty for a line that can be read. */
    private String whyRejected(String line) throws IOException {
        try (JsonParser parser = JSON.createParser(line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return "The line holds no JSON object.";
            }
            String misfit = "";
            for (JsonToken token = parser.nextToken(); token != JsonToken.END_OBJECT; token = parser.nextToken()) {
                String field = parser.currentName();
                token = parser.nextToken();
                misfit = misfit.isEmpty() ? whyMisfit(field, token, parser) : misfit;
                parser.skipChildren();
            }
            return parser.nextToken() == null ? misfit : "The line holds more than one JSON value.";
        } catch (JsonProcessingException e) {
            return "The line is no valid JSON: " + reason(e) + ".";
        }
    }

    private String whyMisfit(String field, JsonToken token, JsonParser parser) throws IOException {
        ColumnType wanted = Decision.wantedType(field, options);
        if (wanted == null || token == JsonToken.VALUE_NULL) {
            return "";
        }
        boolean fits = token.isScalarValue() ? TextFit.fits(parser.getText(), wanted) : wanted == ColumnType.TEXT;
        return fits ? "" : "The value of column '" + field + "' is not of type " + wanted + ".";
    }

    private static String reason(JsonProcessingException failure) {
        String message = failure.getOriginalMessage().lines().findFirst().orElse("");
        return message.isBlank() ? "it ends too early" : message.replaceFirst("\\.\\s*$", "");
    }
}
