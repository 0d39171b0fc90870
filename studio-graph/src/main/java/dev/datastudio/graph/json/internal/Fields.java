package dev.datastudio.graph.json.internal;

import dev.datastudio.graph.json.Values;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A JSON object of which some members are known, and whose shape was checked by {@link Shape}. Immutable. */
public record Fields(Map<String, @Nullable Object> map) {
    private static final Fields NONE = new Fields(Map.of());

    public Fields {
        map = JsonValues.object(map);
    }

    public static Fields none() {
        return NONE;
    }

    /** Text; empty when absent, null or something else. */
    public Optional<String> text(String name) {
        return map.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    public OptionalInt whole(String name) {
        return map.get(name) instanceof Long number && number == number.intValue()
                ? OptionalInt.of(number.intValue())
                : OptionalInt.empty();
    }

    public OptionalDouble number(String name) {
        return map.get(name) instanceof Number number
                ? OptionalDouble.of(number.doubleValue())
                : OptionalDouble.empty();
    }

    /** An object; none when absent, null or something else. */
    @SuppressWarnings("unchecked") // the constructor let nothing else in
    public Fields object(String name) {
        return map.get(name) instanceof Map<?, ?> object ? new Fields((Map<String, @Nullable Object>) object) : NONE;
    }

    /** The same with one member replaced in its place, or added at the end. */
    public Fields with(String name, @Nullable Object value) {
        Map<String, @Nullable Object> changed = new LinkedHashMap<>(map);
        changed.put(name, value);
        return new Fields(changed);
    }

    public Values values() {
        return new Values(map);
    }

    @Override
    public String toString() {
        return JsonWriter.line(map);
    }
}
