package dev.datastudio.app.graph;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.datastudio.graph.json.Port;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Locale;

/**
 * A place at a node where values arrive or leave.
 *
 * @param name of the handle
 * @param type {@code text}, {@code number}, {@code boolean}, {@code any} or {@code list<…>} of one of these
 * @param presence whether it must be connected, may be left open, or takes several edges; of an output, whether it always
 *     has a value
 * @param label what people call it
 */
record NodePort(String name, String type, Presence presence, String label) {
    /** How many values a port has. */
    @Schema(name = "NodePortPresence", enumAsRef = true)
    enum Presence {
        @JsonProperty("required")
        REQUIRED,
        @JsonProperty("optional")
        OPTIONAL,
        @JsonProperty("many")
        MANY
    }

    static NodePort of(Port port) {
        Presence presence = switch (port.presence()) {
            case REQUIRED -> Presence.REQUIRED;
            case OPTIONAL -> Presence.OPTIONAL;
            case MANY -> Presence.MANY;
        };
        return new NodePort(port.name(), port.type().toString(), presence, label(port.name()));
    }

    static List<NodePort> of(List<Port> ports) {
        return ports.stream().map(NodePort::of).toList();
    }

    /** {@code totalRows} and {@code total_rows} as {@code Total rows}. */
    private static String label(String name) {
        String words = name.replaceAll("[_-]+", " ")
                .replaceAll("(?<=\\p{Ll})(?=\\p{Lu})", " ")
                .strip();
        if (words.isEmpty()) {
            return name;
        }
        String lower = words.toLowerCase(Locale.ROOT);
        return lower.substring(0, 1).toUpperCase(Locale.ROOT) + lower.substring(1);
    }
}
