package dev.datastudio.graph.json.internal;

import dev.datastudio.api.error.StudioException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The Java values that stand for JSON, as {@code Values} describes them. */
public final class JsonValues {
    /** How deep lists and objects may be nested. */
    public static final int MAX_DEPTH = 100;

    private JsonValues() {}

    /** A checked copy; a map that was copied before is given back as it is. */
    public static Map<String, @Nullable Object> object(Map<?, ? extends @Nullable Object> map) {
        return map instanceof Checked checked ? checked : copy(map, 1);
    }

    /** A checked copy of any value. */
    public static @Nullable Object value(@Nullable Object value) {
        return value(value, 0);
    }

    private static @Nullable Object value(@Nullable Object value, int depth) {
        if (value == null || value instanceof String || value instanceof Boolean || value instanceof Long) {
            return value;
        }
        if (value instanceof Number number) {
            return number(number);
        }
        if (depth + (value instanceof Checked checked ? checked.height : 1) > MAX_DEPTH) {
            throw new IllegalArgumentException("values must be nested at most " + MAX_DEPTH + " levels deep");
        }
        if (value instanceof Checked checked) {
            return checked;
        }
        if (value instanceof Map<?, ?> map) {
            return copy(map, depth + 1);
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>(list.size());
            for (Object element : list) {
                copy.add(value(element, depth + 1));
            }
            return Collections.unmodifiableList(copy);
        }
        throw new IllegalArgumentException("values must be null, Boolean, String, a number, List or Map, was a "
                + value.getClass().getName());
    }

    private static Checked copy(Map<?, ? extends @Nullable Object> map, int depth) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        for (Map.Entry<?, ? extends @Nullable Object> entry : map.entrySet()) {
            if (!(entry.getKey() instanceof String name)) {
                throw new IllegalArgumentException("names of values must be text, was " + entry.getKey());
            }
            copy.put(name, value(entry.getValue(), depth));
        }
        return new Checked(copy);
    }

    /** How deep a checked value is nested: 0 for a plain one, 1 for an empty list. */
    private static int height(@Nullable Object value) {
        if (value instanceof Checked checked) {
            return checked.height;
        }
        return value instanceof List<?> list
                ? 1 + list.stream().mapToInt(JsonValues::height).max().orElse(0)
                : 0;
    }

    private static Number number(Number number) {
        if (number instanceof Integer || number instanceof Short || number instanceof Byte) {
            return number.longValue();
        }
        if (number instanceof BigDecimal exact) {
            return fraction(exact, exact.toString());
        }
        if (number instanceof BigInteger whole) {
            return whole.bitLength() < Long.SIZE ? (Number) whole.longValue() : whole;
        }
        if (number instanceof Float || number instanceof Double) {
            double wide = number.doubleValue();
            if (!Double.isFinite(wide)) {
                throw new IllegalArgumentException("numbers must be finite, was " + number);
            }
            return wide;
        }
        throw new IllegalArgumentException("numbers must be of a class of java.lang or java.math, was a "
                + number.getClass().getName());
    }

    /** A Double when it is written as the text is, else the exact number; so a number has one form, and its own text. */
    static Number fraction(BigDecimal exact, String text) {
        double floating = exact.doubleValue();
        if (!Double.isFinite(floating)) {
            throw new IllegalArgumentException("numbers must not be above 1.8e308, was " + text);
        }
        return Double.toString(floating).equals(text) ? (Number) floating : exact;
    }

    /** What a value is, in words with an article: {@code text 'abc'}, {@code the number 4}, {@code a list of 3}. */
    public static String described(@Nullable Object value) {
        if (value == null) {
            return "null";
        }
        if (value instanceof String text) {
            return "the text " + StudioException.quote(text);
        }
        if (value instanceof Number) {
            return "the number " + StudioException.quote(value);
        }
        if (value instanceof List<?> list) {
            return "a list of " + list.size();
        }
        return value instanceof Map ? "an object" : String.valueOf(value);
    }

    /**
     * A value as text, as it stands in a filled template: text as it is, a whole number without a fraction, null as
     * nothing, a list of these with each on a line of its own, other lists and objects as JSON.
     */
    public static String text(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        if (value instanceof Double number) {
            double wide = number;
            return wide == Math.rint(wide) && Math.abs(wide) < 1e15
                    ? Long.toString((long) wide)
                    : BigDecimal.valueOf(wide).toString();
        }
        if (value instanceof List<?> list && list.stream().noneMatch(JsonValues::isNested)) {
            return String.join("\n", list.stream().map(JsonValues::text).toList());
        }
        return isNested(value) ? JsonWriter.line(value) : value.toString();
    }

    private static boolean isNested(@Nullable Object value) {
        return value instanceof List || value instanceof Map;
    }

    /** An immutable map whose values were checked, so that it need not be copied again. */
    private static final class Checked extends AbstractMap<String, @Nullable Object> {
        private final Map<String, @Nullable Object> map;
        private final int height;

        Checked(Map<String, @Nullable Object> map) {
            this.map = Collections.unmodifiableMap(map);
            this.height =
                    1 + map.values().stream().mapToInt(JsonValues::height).max().orElse(0);
        }

        @Override
        public Set<Map.Entry<String, @Nullable Object>> entrySet() {
            return map.entrySet();
        }

        @Override
        public @Nullable Object get(@Nullable Object key) {
            return map.get(key);
        }

        @Override
        public boolean containsKey(@Nullable Object key) {
            return map.containsKey(key);
        }

        @Override
        public int size() {
            return map.size();
        }
    }
}
