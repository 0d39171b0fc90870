package dev.datastudio.graph.json.internal;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes values as JSON text. A surrogate without its partner is escaped, as a text encoder would replace it; so what
 * was read comes out again.
 */
public final class JsonWriter {
    private static final int SHORT = 100;

    private final StringBuilder out = new StringBuilder();
    private final String comma;
    private final String colon;
    private final String pad;

    private JsonWriter(String comma, String colon, String pad) {
        this.comma = comma;
        this.colon = colon;
        this.pad = pad;
    }

    /** On one line. */
    public static String line(@Nullable Object value) {
        JsonWriter writer = new JsonWriter(",", ":", "");
        writer.write(value);
        return writer.out.toString();
    }

    /** Over several lines, indented by two; what fits on a line of 100 stays on one. Ends with a line break. */
    public static String pretty(@Nullable Object value) {
        JsonWriter writer = new JsonWriter(", ", ": ", " ");
        writer.pretty(value, "");
        return writer.out.append('\n').toString();
    }

    private void pretty(@Nullable Object value, String indent) {
        if (!(value instanceof Map || value instanceof List) || fits(value, indent)) {
            write(value);
            return;
        }
        String inner = indent + "  ";
        boolean object = value instanceof Map;
        out.append(object ? '{' : '[');
        String separator = "\n";
        if (value instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                out.append(separator).append(inner);
                quoted(String.valueOf(entry.getKey()));
                out.append(": ");
                pretty(entry.getValue(), inner);
                separator = ",\n";
            }
        } else if (value instanceof List<?> list) {
            for (Object element : list) {
                out.append(separator).append(inner);
                pretty(element, inner);
                separator = ",\n";
            }
        }
        out.append('\n').append(indent).append(object ? '}' : ']');
    }

    private static boolean fits(Object value, String indent) {
        return !(value instanceof List<?> list && list.stream().anyMatch(element -> element instanceof Map))
                && size(value, SHORT - indent.length()) >= 0;
    }

    /** What is left of a budget of characters after a value, below 0 when it is longer. */
    private static int size(@Nullable Object value, int budget) {
        int left = budget;
        if (value instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                left = left < 0
                        ? left
                        : size(
                                entry.getValue(),
                                left - 6 - String.valueOf(entry.getKey()).length());
            }
            return left - 2;
        }
        if (value instanceof List<?> list) {
            for (Object element : list) {
                left = left < 0 ? left : size(element, left - 2);
            }
            return left - 2;
        }
        return value instanceof String text
                ? left - text.length() - 2
                : left - String.valueOf(value).length();
    }

    private void write(@Nullable Object value) {
        if (value instanceof String text) {
            quoted(text);
        } else if (value instanceof Map<?, ?> map) {
            out.append('{').append(map.isEmpty() ? "" : pad);
            members(map);
            out.append(map.isEmpty() ? "" : pad).append('}');
        } else if (value instanceof List<?> list) {
            out.append('[');
            for (Iterator<?> elements = list.iterator(); elements.hasNext(); ) {
                write(elements.next());
                out.append(elements.hasNext() ? comma : "");
            }
            out.append(']');
        } else {
            out.append(value);
        }
    }

    private void members(Map<?, ?> map) {
        for (Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator(); entries.hasNext(); ) {
            Map.Entry<?, ?> entry = entries.next();
            quoted(String.valueOf(entry.getKey()));
            out.append(colon);
            write(entry.getValue());
            out.append(entries.hasNext() ? comma : "");
        }
    }

    private void quoted(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < 0x20 || isLoneSurrogate(text, i)) {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    private static boolean isLoneSurrogate(String text, int at) {
        char c = text.charAt(at);
        if (Character.isHighSurrogate(c)) {
            return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
        }
        return Character.isLowSurrogate(c) && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
    }
}
