package dev.datastudio.graph.internal.log;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes compact UTF-8 JSON into an array that is used again. The caller sees to it that objects and lists are closed;
 * commas come by themselves. A surrogate without its partner is written as an escape, so that every Java string comes
 * back as it was. Not thread-safe.
 */
final class JsonOut {
    /** How deep values may be nested in one another; the reader allows a little more. */
    static final int MAX_DEPTH = 900;

    private static final int MIN_KEPT = 64 * 1024;
    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};

    private byte[] bytes = new byte[256];
    private int size;
    private int depth;

    /** Begins anew; lets go of an array that one large entry made. */
    void reset() {
        if (bytes.length > MIN_KEPT && size < MIN_KEPT) {
            bytes = new byte[MIN_KEPT];
        }
        size = 0;
        depth = 0;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    void beginObject() {
        begin('{');
    }

    void endObject() {
        end('}');
    }

    void beginArray() {
        begin('[');
    }

    void endArray() {
        end(']');
    }

    private void begin(char bracket) {
        if (++depth > MAX_DEPTH) {
            throw new StudioException(
                    ErrorCode.TYPE_NOT_STORABLE,
                    "A value is nested more than " + MAX_DEPTH + " deep, or holds itself",
                    "Store it flat, such as a list of parts that name each other");
        }
        room(2);
        comma();
        bytes[size++] = (byte) bracket;
    }

    private void end(char bracket) {
        depth--;
        room(1);
        bytes[size++] = (byte) bracket;
    }

    /** A comma, unless the value is the first of its object or list, or follows a key. */
    private void comma() {
        if (size > 0) {
            byte last = bytes[size - 1];
            if (last != '{' && last != '[' && last != ':') {
                bytes[size++] = ',';
            }
        }
    }

    /** A key that was made by {@link #keyBytes}. */
    void key(byte[] key) {
        room(key.length + 1);
        comma();
        System.arraycopy(key, 0, bytes, size, key.length);
        size += key.length;
    }

    void key(String name) {
        string(name);
        room(1);
        bytes[size++] = ':';
    }

    /** A key with its quotes and colon. */
    static byte[] keyBytes(String name) {
        JsonOut out = new JsonOut();
        out.key(name);
        return out.toBytes();
    }

    /** Bytes that are one JSON value. */
    void raw(byte[] json) {
        room(json.length + 1);
        comma();
        System.arraycopy(json, 0, bytes, size, json.length);
        size += json.length;
    }

    void nothing() {
        room(5);
        comma();
        ascii("null");
    }

    void bool(boolean value) {
        room(6);
        comma();
        ascii(value ? "true" : "false");
    }

    void number(long value) {
        room(21);
        comma();
        if (value == Long.MIN_VALUE) {
            ascii(Long.toString(value));
            return;
        }
        long left = value;
        if (left < 0) {
            bytes[size++] = '-';
            left = -left;
        }
        int end = size + digits(left);
        size = end;
        do {
            bytes[--end] = (byte) ('0' + left % 10);
            left /= 10;
        } while (left != 0);
    }

    private static int digits(long value) {
        int digits = 1;
        for (long bound = 10; digits < 19 && value >= bound; bound *= 10) {
            digits++;
        }
        return digits;
    }

    /** A number with a point; a text for what JSON has no number for. */
    void number(double value) {
        if (Double.isFinite(value)) {
            String text = Double.toString(value);
            room(text.length() + 1);
            comma();
            ascii(text);
        } else {
            string(Double.toString(value));
        }
    }

    void string(String text) {
        int length = text.length();
        room(length + 3L);
        comma();
        byte[] to = bytes;
        int at = size;
        to[at++] = '"';
        int i = 0;
        while (i < length) {
            char c = text.charAt(i);
            if (c < ' ' || c >= 0x80 || c == '"' || c == '\\') {
                break;
            }
            to[at++] = (byte) c;
            i++;
        }
        size = at;
        if (i < length) {
            special(text, i, length);
        }
        bytes[size++] = '"';
    }

    private void special(String text, int from, int length) {
        room((length - from) * 6L + 1);
        for (int i = from; i < length; i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                bytes[size++] = '\\';
                bytes[size++] = (byte) c;
            } else if (c == '\n') {
                bytes[size++] = '\\';
                bytes[size++] = 'n';
            } else if (c < ' ') {
                escape(c);
            } else if (c < 0x80) {
                bytes[size++] = (byte) c;
            } else if (c < 0x800) {
                bytes[size++] = (byte) (0xC0 | (c >> 6));
                bytes[size++] = (byte) (0x80 | (c & 0x3F));
            } else if (Character.isHighSurrogate(c) && i + 1 < length && Character.isLowSurrogate(text.charAt(i + 1))) {
                fourBytes(Character.toCodePoint(c, text.charAt(++i)));
            } else if (Character.isSurrogate(c)) {
                escape(c);
            } else {
                bytes[size++] = (byte) (0xE0 | (c >> 12));
                bytes[size++] = (byte) (0x80 | ((c >> 6) & 0x3F));
                bytes[size++] = (byte) (0x80 | (c & 0x3F));
            }
        }
    }

    private void fourBytes(int point) {
        bytes[size++] = (byte) (0xF0 | (point >> 18));
        bytes[size++] = (byte) (0x80 | ((point >> 12) & 0x3F));
        bytes[size++] = (byte) (0x80 | ((point >> 6) & 0x3F));
        bytes[size++] = (byte) (0x80 | (point & 0x3F));
    }

    private void escape(char c) {
        bytes[size++] = '\\';
        bytes[size++] = 'u';
        for (int shift = 12; shift >= 0; shift -= 4) {
            bytes[size++] = HEX[(c >> shift) & 0xF];
        }
    }

    private void ascii(String text) {
        for (int i = 0; i < text.length(); i++) {
            bytes[size++] = (byte) text.charAt(i);
        }
    }

    /** A value as {@link JsonTree} reads it. */
    void tree(@Nullable Object tree) {
        if (tree == null) {
            nothing();
        } else if (tree instanceof String text) {
            string(text);
        } else if (tree instanceof Boolean bool) {
            bool(bool);
        } else if (tree instanceof Long number) {
            number(number.longValue());
        } else if (tree instanceof Double number) {
            number(number.doubleValue());
        } else if (tree instanceof List<?> list) {
            beginArray();
            list.forEach(this::tree);
            endArray();
        } else if (tree instanceof Map<?, ?> map) {
            beginObject();
            map.forEach((key, value) -> {
                key((String) key);
                tree(value);
            });
            endObject();
        } else {
            throw new AssertionError(tree.getClass());
        }
    }

    private void room(long more) {
        long needed = size + more;
        if (needed > bytes.length) {
            if (needed > Integer.MAX_VALUE - 16) {
                throw new StudioException(
                        ErrorCode.TYPE_NOT_STORABLE,
                        "An entry of a thread's log would have more than 2 GB",
                        "Keep large values in an ArtifactStore, and their keys in the state");
            }
            bytes = Arrays.copyOf(bytes, (int) Math.min(Math.max(needed, bytes.length * 2L), Integer.MAX_VALUE - 16));
        }
    }
}
