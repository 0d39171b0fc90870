package dev.datastudio.core.analysis.internal;

import static dev.datastudio.api.error.StudioException.quote;

import com.fasterxml.jackson.databind.JsonNode;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.Function;

/** A part of a document with its place, read strictly: what isn't expected is refused with what is. Immutable. */
record JsonPart(String path, JsonNode json) {
    StudioException refused(String what, String mend) {
        return new StudioException(ErrorCode.INVALID_PLAN, path + ": " + what, mend);
    }

    /** Refuses all fields but these, and everything that is not an object. */
    JsonPart only(Collection<String> allowed) {
        requireObject();
        for (String name : names()) {
            if (!allowed.contains(name)) {
                String nearest = Nearest.find(name, allowed)
                        .map(n -> "; " + quote(n) + " is the nearest")
                        .orElse("");
                throw refused("There is no field " + quote(name), "Use only " + sorted(allowed) + nearest);
            }
        }
        return this;
    }

    JsonPart only(String... allowed) {
        return only(List.of(allowed));
    }

    void requireObject() {
        if (!json.isObject()) {
            throw refused("This is " + kind() + ", not an object", "Write it as {…}");
        }
    }

    /** The one of these fields that is there, which tells what kind of thing this is. */
    String one(List<String> kinds) {
        List<String> found = kinds.stream().filter(this::has).toList();
        if (found.size() != 1) {
            throw refused(
                    found.isEmpty() ? "It is not said what this is" : "This is several things at once: " + found,
                    "Give exactly one of " + kinds);
        }
        return found.get(0);
    }

    List<String> names() {
        List<String> names = new ArrayList<>();
        json.fieldNames().forEachRemaining(names::add);
        return names;
    }

    boolean has(String name) {
        return json.has(name);
    }

    JsonPart get(String name) {
        JsonNode found = json.get(name);
        if (found == null) {
            throw refused("The field " + quote(name) + " is missing", "Add " + quote(name));
        }
        return new JsonPart(path.isEmpty() ? name : path + "." + name, found);
    }

    <T> List<T> list(String name, Function<JsonPart, T> read) {
        return has(name) ? get(name).elements(read) : List.of();
    }

    <T> List<T> elements(Function<JsonPart, T> read) {
        if (!json.isArray()) {
            throw refused("This is " + kind() + ", not a list", "Write it as […]");
        }
        List<T> elements = new ArrayList<>();
        for (int i = 0; i < json.size(); i++) {
            elements.add(read.apply(new JsonPart(path + "[" + i + "]", json.get(i))));
        }
        return elements;
    }

    String text() {
        if (!json.isTextual()) {
            throw refused("This is " + kind() + ", not a text", "Write it in double quotes");
        }
        return json.textValue();
    }

    double number() {
        if (!json.isNumber()) {
            throw refused("This is " + kind() + ", not a number", "Write a number");
        }
        return json.doubleValue();
    }

    long whole() {
        if (!json.isIntegralNumber() || !json.canConvertToLong()) {
            throw refused("This is " + json + ", not a whole number", "Write a whole number");
        }
        return json.longValue();
    }

    int small() {
        long value = whole();
        if (value != (int) value) {
            throw refused("This is " + json + ", which is too great", "Write a number below 2,147,483,648");
        }
        return (int) value;
    }

    <E extends Enum<E>> E word(Class<E> type) {
        String text = text();
        return Arrays.stream(type.getEnumConstants())
                .filter(e -> PlanWriter.word(e).equals(text))
                .findFirst()
                .orElseThrow(() -> {
                    List<String> words = Arrays.stream(type.getEnumConstants())
                            .map(PlanWriter::word)
                            .toList();
                    String nearest = Nearest.find(text, words)
                            .map(n -> "; " + quote(n) + " is the nearest")
                            .orElse("");
                    return refused(quote(text) + " is not known here", "Use one of " + words + nearest);
                });
    }

    <E extends Enum<E>> E word(String name, Class<E> type, E otherwise) {
        return has(name) ? get(name).word(type) : otherwise;
    }

    /** A value whose constructor may refuse it. */
    <T> T made(java.util.function.Supplier<T> make) {
        try {
            return make.get();
        } catch (IllegalArgumentException e) {
            String what = e.getMessage() == null ? "This is not allowed" : e.getMessage();
            throw new StudioException(ErrorCode.INVALID_PLAN, path + ": " + what, "Give a value that is allowed", e);
        }
    }

    private String kind() {
        return json.getNodeType().name().toLowerCase(Locale.ROOT);
    }

    private static List<String> sorted(Collection<String> names) {
        return List.copyOf(new TreeSet<>(names));
    }
}
