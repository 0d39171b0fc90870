package dev.datastudio.agents.eval.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A file with one JSON object a line. */
final class JsonLines {
    /** Sets were written by Python, whose JSON has NaN. */
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private JsonLines() {}

    static List<JsonNode> read(Path file) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            throw new StudioException(
                    ErrorCode.FILE_NOT_READABLE,
                    "The questions " + StudioException.quote(file) + " can't be read: " + e.getMessage(),
                    "Name the folder of a question set, with the files that its format has",
                    e);
        }
        List<JsonNode> objects = new ArrayList<>(lines.size());
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                objects.add(parse(file, i + 1, lines.get(i)));
            }
        }
        return objects;
    }

    private static JsonNode parse(Path file, int number, String line) {
        try {
            return MAPPER.readTree(line);
        } catch (JsonProcessingException e) {
            throw new StudioException(
                    ErrorCode.FILE_MALFORMED,
                    "Line " + number + " of " + StudioException.quote(file) + " is not JSON: "
                            + StudioException.quote(line),
                    "Give one JSON object a line",
                    e);
        }
    }

    /** A text field that a format must have. */
    static String text(JsonNode object, String field) {
        JsonNode value = object.path(field);
        if (value.isMissingNode() || value.isNull() || value.isContainerNode()) {
            throw new StudioException(
                    ErrorCode.FILE_MALFORMED,
                    "A question has no " + field + ": " + StudioException.quote(object),
                    "Give the questions in the set's own format");
        }
        return value.asText();
    }

    static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>(array.size());
        array.forEach(value -> texts.add(value.asText()));
        return texts;
    }

    static List<List<@Nullable Object>> rows(JsonNode array) {
        List<List<@Nullable Object>> rows = new ArrayList<>(array.size());
        for (JsonNode row : array) {
            List<@Nullable Object> values = new ArrayList<>(row.size());
            row.forEach(value -> values.add(value(value)));
            rows.add(values);
        }
        return rows;
    }

    private static @Nullable Object value(JsonNode value) {
        if (value.isNull()) {
            return null;
        } else if (value.isBoolean()) {
            return value.booleanValue();
        } else if (value.isIntegralNumber() && value.canConvertToLong()) {
            return value.longValue();
        } else if (value.isNumber()) {
            return value.doubleValue();
        }
        return value.asText();
    }
}
