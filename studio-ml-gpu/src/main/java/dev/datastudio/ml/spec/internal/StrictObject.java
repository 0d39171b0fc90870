package dev.datastudio.ml.spec.internal;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * A JSON object that a spec is read from. What is unknown, given twice or of another kind is refused, with {@link
 * ErrorCode#INVALID_ARGUMENT}. Immutable.
 */
public final class StrictObject {
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    private static final int MAX_CHARACTERS = 200_000;

    private final JsonNode json;

    private StrictObject(JsonNode json) {
        this.json = json;
    }

    /**
     * Reads an object.
     *
     * @param example of one, for whoever sent none
     */
    public static StrictObject parse(String text, String example) {
        if (text.length() > MAX_CHARACTERS) {
            throw wrong("A spec of " + text.length() + " characters is too long", "Send at most " + MAX_CHARACTERS);
        }
        JsonNode json;
        try {
            json = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw wrong("The spec is no JSON: " + e.getOriginalMessage(), "Send an object such as " + example);
        }
        if (!json.isObject()) {
            throw wrong("The spec is no JSON object", "Send an object such as " + example);
        }
        return new StrictObject(json);
    }

    /**
     * Refuses what is unknown.
     *
     * @param names what may stand in it
     * @param what it is, for people: {@code A spec}
     */
    public void requireOnly(Collection<String> names, String what) {
        json.fieldNames().forEachRemaining(name -> {
            if (!names.contains(name)) {
                throw wrong(
                        what + " has no " + StudioException.quote(name),
                        "Use " + names.stream().sorted().toList());
            }
        });
    }

    public boolean has(String name) {
        return json.has(name);
    }

    /** What stands there, of any kind; a missing node when nothing does. */
    public JsonNode get(String name) {
        return json.path(name);
    }

    /** A text; empty when it is left out. */
    public String text(String name) {
        return has(name) ? text(name, get(name)) : "";
    }

    private static String text(String name, JsonNode given) {
        if (!given.isTextual()) {
            throw wrong("'" + name + "' must be a text, was " + StudioException.quote(given), "Put it in quotes");
        }
        return given.asText();
    }

    /** Texts; none when they are left out. */
    public List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        if (has(name)) {
            JsonNode given = get(name);
            if (!given.isArray()) {
                throw wrong(
                        "'" + name + "' must be a list of texts, was " + StudioException.quote(given),
                        "Send [\"Sales\"]");
            }
            given.forEach(each -> texts.add(text(name, each)));
        }
        return texts;
    }

    /** A number, which is there. */
    public double number(String name) {
        JsonNode given = get(name);
        if (!given.isNumber()) {
            throw wrong("'" + name + "' must be a number, was " + StudioException.quote(given), "Send 0.5");
        }
        return given.asDouble();
    }

    /** A whole number that an int holds, which is there. */
    public int smallNumber(String name) {
        return (int) whole(name, get(name).canConvertToInt());
    }

    /** A whole number, which is there. */
    public long wholeNumber(String name) {
        return whole(name, get(name).canConvertToLong());
    }

    private long whole(String name, boolean fits) {
        JsonNode given = get(name);
        if (!given.isIntegralNumber() || !fits) {
            throw wrong("'" + name + "' must be a whole number, was " + StudioException.quote(given), "Send 42");
        }
        return given.asLong();
    }

    /** One of some constants, by its name in small letters. */
    public Object constant(String name, Class<?> type) {
        String word = text(name);
        return Arrays.stream(type.getEnumConstants())
                .filter(each -> word((Enum<?>) each).equals(word))
                .findFirst()
                .orElseThrow(() -> wrong(
                        "'" + name + "' can't be " + StudioException.quote(word),
                        "Use one of "
                                + Arrays.stream(type.getEnumConstants())
                                        .map(each -> word((Enum<?>) each))
                                        .toList()));
    }

    /** A constant as it is written. */
    public static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** The error for what is refused. */
    public static StudioException wrong(String what, String mend) {
        return new StudioException(ErrorCode.INVALID_ARGUMENT, what, mend);
    }
}
