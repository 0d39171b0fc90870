package dev.datastudio.graph.json.internal;

import dev.datastudio.graph.json.Values;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a channel of a saved graph holds for an output. Text is held as it is, everything else as JSON text, so that any
 * store can keep it. Immutable.
 *
 * @param step the super-step in which it was written, 0 before any
 * @param form how to read the text
 * @param text the value
 */
public record PortValue(int step, Form form, String text) {
    /** The value before any, and that of an output which its node gave nothing. */
    public static final PortValue NEVER = new PortValue(0, Form.ABSENT, "");

    /** How a value is held. */
    public enum Form {
        ABSENT,
        TEXT,
        JSON
    }

    public static PortValue of(int step, @Nullable Object value) {
        return value instanceof String text
                ? new PortValue(step, Form.TEXT, text)
                : new PortValue(step, Form.JSON, JsonWriter.line(value));
    }

    public static PortValue absent(int step) {
        return new PortValue(step, Form.ABSENT, "");
    }

    public boolean isPresent() {
        return form != Form.ABSENT;
    }

    /** The value, of one that is present. */
    public @Nullable Object value() {
        return switch (form) {
            case TEXT -> text;
            case JSON -> JsonReader.own(text);
            case ABSENT -> throw new IllegalStateException("there is no value");
        };
    }

    /** The values of a JSON object that {@link Values#toJson} wrote. */
    @SuppressWarnings("unchecked") // names of JSON objects are text
    public static Values object(String json) {
        if (JsonReader.own(json) instanceof Map<?, ?> map) {
            return Values.of((Map<String, @Nullable Object>) map);
        }
        throw new IllegalArgumentException("the text must be a JSON object, was '" + json + "'");
    }
}
