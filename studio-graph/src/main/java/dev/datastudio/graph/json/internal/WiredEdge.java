package dev.datastudio.graph.json.internal;

import dev.datastudio.graph.json.Port;

/** An edge whose ends are there. Immutable. */
record WiredEdge(int index, WiredNode source, Port output, WiredNode target, Port input) {
    /** Whether it is followed only when its output has a value. */
    boolean isBranch() {
        return output.presence() == Port.Presence.OPTIONAL;
    }
}
