package dev.datastudio.core.tool.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The JSON arguments of a call, checked as they are read. Immutable. */
public final class Arguments {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<LinkedHashMap<String, Object>> VALUES = new TypeReference<>() {};
    private static final int MAX_TEXT = 20_000;

    private final JsonNode object;

    private Arguments(JsonNode object) {
        this.object = object;
    }

    /**
     * The arguments of a call.
     *
     * @param known the names that may be there
     */
    public static Arguments parse(String json, Set<String> known) {
        JsonNode object;
        try {
            object = JSON.readTree(json.isBlank() ? "{}" : json);
        } catch (JsonProcessingException e) {
            throw invalid("The arguments are no JSON: " + e.getOriginalMessage(), "Send one JSON object");
        }
        if (!object.isObject()) {
            throw invalid("The arguments are no JSON object", "Send one JSON object");
        }
        List<String> unknown = new ArrayList<>();
        object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                unknown.add(name);
            }
        });
        if (!unknown.isEmpty()) {
            throw invalid(
                    "The arguments " + StudioException.quote(unknown) + " are unknown",
                    "Use only " + known.stream().sorted().toList());
        }
        return new Arguments(object);
    }

    /** A text that must be there. */
    public String required(String name) {
        String text = text(name);
        if (text.isBlank()) {
            throw invalid("The argument '" + name + "' is missing", "Give it");
        }
        return text;
    }

    /** A text; empty when it is not there. */
    public String text(String name) {
        JsonNode value = object.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return "";
        }
        if (!value.isTextual()) {
            throw invalid(
                    "The argument '" + name + "' is " + StudioException.quote(value) + ", no text", "Give a text");
        }
        if (value.textValue().length() > MAX_TEXT) {
            throw invalid(
                    "The argument '" + name + "' has " + value.textValue().length() + " characters",
                    "Give at most " + MAX_TEXT);
        }
        return value.textValue();
    }

    /** A whole number between 1 and a maximum; a default when it is not there. */
    public int count(String name, int byDefault, int max) {
        JsonNode value = object.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return byDefault;
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 1 || value.intValue() > max) {
            throw invalid(
                    "The argument '" + name + "' is " + StudioException.quote(value),
                    "Give a whole number from 1 to " + max);
        }
        return value.intValue();
    }

    /** Texts, given as an array or as one text with commas; empty when it is not there. */
    public List<String> texts(String name) {
        JsonNode value = object.path(name);
        if (value.isArray()) {
            List<String> texts = new ArrayList<>();
            for (JsonNode one : value) {
                if (!one.isTextual()) {
                    throw invalid("The argument '" + name + "' holds " + StudioException.quote(one), "Give texts");
                }
                texts.add(one.textValue());
            }
            return texts;
        }
        String text = text(name);
        return text.isBlank() ? List.of() : List.of(text.strip().split("\\s*,\\s*"));
    }

    /** One of some words, letter case aside; a default when it is not there. */
    public String choice(String name, List<String> words, String byDefault) {
        String text = text(name).strip();
        if (text.isEmpty()) {
            return byDefault;
        }
        return words.stream()
                .filter(text::equalsIgnoreCase)
                .findFirst()
                .orElseThrow(() -> invalid(
                        "The argument '" + name + "' is " + StudioException.quote(text), "Use one of " + words));
    }

    /** A finite number; a default when it is not there. */
    public double number(String name, double byDefault) {
        JsonNode value = object.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return byDefault;
        }
        if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
            throw invalid("The argument '" + name + "' is " + StudioException.quote(value), "Give a finite number");
        }
        return value.doubleValue();
    }

    /** JSON objects, given as an array or as one; empty when it is not there. */
    public List<Map<String, Object>> objects(String name) {
        JsonNode value = object.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return List.of();
        }
        List<Map<String, Object>> objects = new ArrayList<>();
        for (JsonNode one : value.isArray() ? value : List.of(value)) {
            if (!one.isObject()) {
                throw invalid(
                        "The argument '" + name + "' holds " + StudioException.quote(one), "Give objects with names");
            }
            objects.add(JSON.convertValue(one, VALUES));
        }
        return objects;
    }

    /** A JSON object as text, given as such or as a text; empty when it is not there. */
    public String json(String name) {
        JsonNode value = object.path(name);
        if (value.isObject()) {
            return value.toString();
        }
        return value.isTextual() ? value.textValue() : text(name);
    }

    public static StudioException invalid(String what, String mend) {
        return new StudioException(ErrorCode.INVALID_ARGUMENT, what, mend);
    }
}
