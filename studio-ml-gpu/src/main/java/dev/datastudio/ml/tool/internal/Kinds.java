package dev.datastudio.ml.tool.internal;

import dev.datastudio.ml.algorithm.Algorithm;
import dev.datastudio.ml.algorithm.internal.Parameters;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Which algorithms there are, in words for a model. */
public final class Kinds {
    static final String EPOCHS = "epochs";

    private Kinds() {}

    /** Those that learn in one go. */
    static List<Class<? extends Record>> classical() {
        return Algorithm.KINDS.stream().filter(kind -> !isDeep(kind)).toList();
    }

    /** Those that learn in epochs. */
    public static List<Class<? extends Record>> deep() {
        return Algorithm.KINDS.stream().filter(Kinds::isDeep).toList();
    }

    static boolean isDeep(Class<? extends Record> kind) {
        return Parameters.schema(kind).containsKey(EPOCHS);
    }

    /** Whether a column is predicted. */
    static boolean needsTarget(Class<? extends Record> kind) {
        return ((Algorithm) Parameters.defaults(kind)).needsTarget();
    }

    static List<String> names(Collection<Class<? extends Record>> kinds) {
        return kinds.stream().map(Parameters::nameOf).toList();
    }

    /** Their parameters with ranges and defaults, a line each: {@code random_forest: trees 1 to 2000 (100), …}. */
    static String parameters(Collection<Class<? extends Record>> kinds, Collection<String> without) {
        return kinds.stream()
                .map(kind -> Parameters.nameOf(kind) + ": "
                        + Parameters.schema(kind).entrySet().stream()
                                .filter(each -> !without.contains(each.getKey()))
                                .map(each -> each.getKey() + " " + range((Map<?, ?>) each.getValue()))
                                .collect(Collectors.joining(", ")))
                .collect(Collectors.joining("; "));
    }

    private static String range(Map<?, ?> schema) {
        Object words = schema.get("enum");
        String range = words != null
                ? String.valueOf(words)
                : schema.containsKey("minimum") ? schema.get("minimum") + " to " + schema.get("maximum") : "text";
        return range + " (" + schema.get("default") + ")";
    }
}
