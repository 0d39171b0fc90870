package dev.datastudio.graph.json;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A named place at a node where values arrive or leave: a handle of the editor. Immutable.
 *
 * @param name a letter or '_', then letters, digits, '_' or '-'; at most 64 characters
 * @param type what goes through
 * @param presence how many values there are
 */
public record Port(String name, PortType type, Presence presence) {
    private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_-]{0,63}");

    /** How many values a port has when its node runs. */
    public enum Presence {
        /** An input that must be connected; an output that always has a value. */
        REQUIRED,
        /** An input that may be left open; an output whose edges are followed only when it has a value. */
        OPTIONAL,
        /** An input with one edge or more, whose values arrive as a list in the order of the edges. Inputs only. */
        MANY
    }

    /** @throws IllegalArgumentException if the name breaks the rule */
    public Port {
        if (!isName(name)) {
            throw new IllegalArgumentException(
                    "name must be a letter or '_', then at most 63 letters, digits, '_' or '-', was '" + name + "'");
        }
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(presence, "presence");
    }

    /** Whether a port may have this name. */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /** A port that always has a value. */
    public static Port required(String name, PortType type) {
        return new Port(name, type, Presence.REQUIRED);
    }

    /** A port that may have no value. */
    public static Port optional(String name, PortType type) {
        return new Port(name, type, Presence.OPTIONAL);
    }

    /** An input that takes several edges. */
    public static Port many(String name, PortType elementType) {
        return new Port(name, elementType, Presence.MANY);
    }
}
