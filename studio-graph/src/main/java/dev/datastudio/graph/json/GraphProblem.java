package dev.datastudio.graph.json;

/**
 * Something that is wrong with a saved graph, or that a reader should know of it. Immutable.
 *
 * @param kind what kind of problem
 * @param node id of the node that it is about; empty when it is about an edge or the whole graph
 * @param place where it stands in the JSON, as a JSON pointer (RFC 6901) such as {@code /nodes/3/data/config/name}; inside
 *     a graph that a node names by id, it is the place of that node
 * @param what what is wrong, with the value in single quotes, without a full stop
 * @param mend what to do about it, without a full stop
 */
public record GraphProblem(Kind kind, String node, String place, String what, String mend) {
    /** The kinds of problems. */
    public enum Kind {
        /** The graph was written by a newer Studio. */
        SCHEMA_VERSION_NEWER,
        /** An id can't be used for running. */
        NODE_ID_INVALID,
        /** Two nodes have one id. */
        NODE_ID_DUPLICATE,
        /** Two edges have one id. */
        EDGE_ID_DUPLICATE,
        /** No such type is registered. */
        NODE_TYPE_UNKNOWN,
        /** The node was written for a newer version of its type. */
        NODE_VERSION_NEWER,
        /** The node was written for an older version, and there is no way from that to the present one. */
        NODE_VERSION_STRANDED,
        /** The node was written for an older version and is migrated; it can run. */
        NODE_MIGRATED,
        /** The configuration or a setting breaks a rule of the type. */
        CONFIG_INVALID,
        /** An edge begins or ends at a node that is not there. */
        EDGE_NODE_MISSING,
        /** An edge begins or ends at a handle that its node has not. */
        EDGE_HANDLE_MISSING,
        /** An output is connected to an input of a type that it does not fit. */
        EDGE_TYPES_DIFFER,
        /** An input that must be connected is not. */
        INPUT_NOT_CONNECTED,
        /** Several edges that can bring a value at the same time lead to an input for one. */
        INPUT_CONNECTED_TWICE,
        /** A loop has no condition that could end it. */
        CYCLE_WITHOUT_CONDITION,
        /** Nothing leads into a loop. */
        CYCLE_WITHOUT_ENTRY,
        /** Two inputs or two outputs of the graph have one name. */
        NAME_DUPLICATE,
        /** The graph has no output. */
        NO_OUTPUT,
        /** A graph that a node names by id is not there. */
        SUBGRAPH_MISSING,
        /** A graph would run itself. */
        SUBGRAPH_RECURSIVE,
        /** A limit on steps or graphs within graphs is broken. */
        LIMIT;

        /** Whether a graph with such a problem can't be run. */
        public boolean stopsRuns() {
            return this != NODE_MIGRATED;
        }
    }

    /** Whether the graph can't be run before this is mended. */
    public boolean stopsRuns() {
        return kind.stopsRuns();
    }

    @Override
    public String toString() {
        return what + (place.isEmpty() ? "" : " (" + place + ")") + ". " + mend + ".";
    }
}
