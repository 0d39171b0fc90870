package dev.datastudio.app.graph;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of a node.
 *
 * @param config as the schema of its kind says
 */
record NodeConfigInput(@Nullable Map<String, @Nullable Object> config) {
    Map<String, @Nullable Object> values() {
        return config == null ? Map.of() : config;
    }
}
