package dev.datastudio.graph;

/**
 * One way from a node to another, as it was declared; what a drawing shows. Immutable.
 *
 * @param source a node or {@link Graph#START}
 * @param target a node or {@link Graph#END}
 * @param kind when it is taken
 * @param label which case of a route it is, such as {@code then} or {@code otherwise}; empty when there is none to tell
 */
public record GraphEdge(String source, String target, Kind kind, String label) {
    /** When an edge is taken. */
    public enum Kind {
        /** After each run of its source. */
        ALWAYS,
        /** When a route chooses it. */
        ROUTE,
        /** Once for each item of a list. */
        FAN_OUT,
        /** When its source fails for good. */
        ON_ERROR
    }
}
