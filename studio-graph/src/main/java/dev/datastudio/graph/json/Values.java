package dev.datastudio.graph.json;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.graph.json.internal.JsonValues;
import dev.datastudio.graph.json.internal.JsonWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Named JSON values: the configuration of a node, what arrives at its inputs, what a graph is given and gives. Immutable.
 *
 * <p>A value is null, a Boolean, a String, a Long, a Double, a BigInteger or BigDecimal (numbers that the others would
 * change), a List of values or a Map of values by text. The smaller number classes are widened.
 *
 * @param all the values by name, in order
 */
public record Values(Map<String, @Nullable Object> all) {
    private static final Values NONE = new Values(Map.of());

    /** @throws IllegalArgumentException if a value is of another class, or they are nested deeper than 100 levels */
    public Values {
        all = JsonValues.object(all);
    }

    /** No values. */
    public static Values none() {
        return NONE;
    }

    /** Values by name. */
    public static Values of(Map<String, ? extends @Nullable Object> all) {
        return new Values(JsonValues.object(all));
    }

    /** One value. */
    public static Values of(String name, Object value) {
        return of(Map.of(name, value));
    }

    /** The value of a name; empty when there is none or it is null. */
    public Optional<Object> find(String name) {
        return Optional.ofNullable(all.get(name));
    }

    /** Whether there is a value of this name, null or not. */
    public boolean has(String name) {
        return all.containsKey(name);
    }

    /**
     * A value that is text.
     *
     * @throws StudioException with code INVALID_ARGUMENT if there is none, or it is something else
     */
    public String text(String name) {
        return get(name, String.class, "text");
    }

    /** As {@link #text(String)}, or the given one when there is none. */
    public String text(String name, String otherwise) {
        return find(name).isEmpty() ? otherwise : text(name);
    }

    /**
     * A value that is a number.
     *
     * @throws StudioException with code INVALID_ARGUMENT if there is none, or it is something else
     */
    public double number(String name) {
        return get(name, Number.class, "a number").doubleValue();
    }

    /**
     * A value that is true or false.
     *
     * @throws StudioException with code INVALID_ARGUMENT if there is none, or it is something else
     */
    public boolean isTrue(String name) {
        return get(name, Boolean.class, "true or false");
    }

    /**
     * A value that is a list; its elements may be null.
     *
     * @throws StudioException with code INVALID_ARGUMENT if there is none, or it is something else
     */
    @SuppressWarnings("unchecked") // the constructor let nothing else in
    public List<@Nullable Object> list(String name) {
        return (List<@Nullable Object>) get(name, List.class, "a list");
    }

    /**
     * A value that is an object.
     *
     * @throws StudioException with code INVALID_ARGUMENT if there is none, or it is something else
     */
    @SuppressWarnings("unchecked") // the constructor let nothing else in
    public Values object(String name) {
        return new Values((Map<String, @Nullable Object>) get(name, Map.class, "an object"));
    }

    /** These values as one line of JSON. */
    public String toJson() {
        return JsonWriter.line(all);
    }

    @Override
    public String toString() {
        return toJson();
    }

    private <T> T get(String name, Class<T> type, String described) {
        Object value = all.get(name);
        if (!type.isInstance(value)) {
            String is =
                    all.containsKey(name) ? "Value '" + name + "' is " + JsonValues.described(value) : missing(name);
            throw new StudioException(ErrorCode.INVALID_ARGUMENT, is, "Give '" + name + "' as " + described);
        }
        return type.cast(value);
    }

    private String missing(String name) {
        return "There is no value '" + name + "' among " + all.keySet();
    }
}
