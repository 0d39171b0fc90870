package dev.datastudio.core.cleaning.internal;

import static dev.datastudio.api.error.StudioException.quote;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;

/** A part of a document with its place, read strictly: what isn't expected is refused with what is. Immutable. */
record Fields(String path, JsonNode json) {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** A document. */
    static Fields parse(String what, String text, int maxLength) {
        if (text.length() > maxLength) {
            throw refused(
                    "The " + what + " has " + text.length() + " characters, more than " + maxLength,
                    "Write several shorter ones");
        }
        try {
            return new Fields(what, MAPPER.readTree(text));
        } catch (JsonProcessingException e) {
            throw new StudioException(
                    ErrorCode.INVALID_PLAN,
                    "The " + what + " is not JSON: " + e.getOriginalMessage(),
                    "Write it as {\"version\":1,\"steps\":[…]}",
                    e);
        }
    }

    private static StudioException refused(String what, String mend) {
        return new StudioException(ErrorCode.INVALID_PLAN, what, mend);
    }

    StudioException wrong(String what, String mend) {
        return refused(path + ": " + what, mend);
    }

    /** Refuses all fields but these, and everything that is not an object. */
    Fields only(String... allowed) {
        if (!json.isObject()) {
            throw wrong("This is " + kind() + ", not an object", "Write it as {…}");
        }
        json.fieldNames().forEachRemaining(name -> {
            if (!List.of(allowed).contains(name)) {
                throw wrong("There is no field " + quote(name), "Use only " + List.of(allowed));
            }
        });
        return this;
    }

    boolean has(String name) {
        return json.has(name);
    }

    Fields get(String name) {
        JsonNode found = json.get(name);
        if (found == null) {
            throw wrong("The field " + quote(name) + " is missing", "Add " + quote(name));
        }
        return new Fields(path + "." + name, found);
    }

    String text() {
        if (!json.isTextual()) {
            throw wrong("This is " + kind() + ", not a text", "Write it in double quotes");
        }
        return json.textValue();
    }

    String text(String name, String otherwise) {
        return has(name) ? get(name).text() : otherwise;
    }

    double number() {
        if (!json.isNumber()) {
            throw wrong("This is " + kind() + ", not a number", "Write a number");
        }
        return json.doubleValue();
    }

    long whole() {
        if (!json.isIntegralNumber() || !json.canConvertToLong()) {
            throw wrong("This is " + kind() + ", not a whole number", "Write a whole number");
        }
        return json.longValue();
    }

    <T> List<T> list(Function<Fields, T> read) {
        if (!json.isArray()) {
            throw wrong("This is " + kind() + ", not a list", "Write it as […]");
        }
        List<T> elements = new ArrayList<>();
        for (int i = 0; i < json.size(); i++) {
            elements.add(read.apply(new Fields(path + "[" + i + "]", json.get(i))));
        }
        return elements;
    }

    List<String> texts(String name) {
        return has(name) ? get(name).list(Fields::text) : List.of();
    }

    <E extends Enum<E>> E word(Class<E> type) {
        String text = text();
        List<String> words =
                Arrays.stream(type.getEnumConstants()).map(Fields::word).toList();
        int index = words.indexOf(text);
        if (index < 0) {
            throw wrong(quote(text) + " is not known here", "Use one of " + words);
        }
        return type.getEnumConstants()[index];
    }

    <E extends Enum<E>> E word(String name, E otherwise) {
        return has(name) ? get(name).word(otherwise.getDeclaringClass()) : otherwise;
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** A value whose constructor may refuse it. */
    <T> T made(Supplier<T> make) {
        try {
            return make.get();
        } catch (IllegalArgumentException e) {
            throw new StudioException(
                    ErrorCode.INVALID_PLAN, path + ": " + e.getMessage(), "Give a value that is allowed", e);
        }
    }

    private String kind() {
        return json.getNodeType().name().toLowerCase(Locale.ROOT);
    }
}
