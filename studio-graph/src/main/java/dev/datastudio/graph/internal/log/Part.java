package dev.datastudio.graph.internal.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An object of an entry, read by key; whatever is not as expected is an UnreadableException. */
record Part(Map<?, ?> map) {
    static Part of(@Nullable Object tree) {
        if (tree instanceof Map<?, ?> map) {
            return new Part(map);
        }
        throw new UnreadableException("it has no object where one is expected");
    }

    boolean has(String key) {
        return map.containsKey(key);
    }

    @Nullable
    Object get(String key) {
        return map.get(key);
    }

    private <T> T get(String key, Class<T> form) {
        Object value = map.get(key);
        if (!form.isInstance(value)) {
            throw new UnreadableException("its '" + key + "' is missing or of another kind");
        }
        return form.cast(value);
    }

    String text(String key) {
        return get(key, String.class);
    }

    String text(String key, String absent) {
        return has(key) ? text(key) : absent;
    }

    long number(String key) {
        return get(key, Long.class);
    }

    long number(String key, long absent) {
        return has(key) ? number(key) : absent;
    }

    /** A whole number from 0 to what an int holds. */
    int count(String key, int absent) {
        return has(key) ? count(number(key)) : absent;
    }

    static int count(@Nullable Object tree) {
        if (tree instanceof Long number && number >= 0 && number <= Integer.MAX_VALUE) {
            return number.intValue();
        }
        throw new UnreadableException("it has something else where a count is expected");
    }

    List<?> list(String key) {
        return has(key) ? get(key, List.class) : List.of();
    }

    Map<?, ?> object(String key) {
        return has(key) ? get(key, Map.class) : Map.of();
    }

    List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        for (Object each : list(key)) {
            if (!(each instanceof String text)) {
                throw new UnreadableException("its '" + key + "' has something that is no text");
            }
            texts.add(text);
        }
        return texts;
    }
}
