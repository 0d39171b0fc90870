package dev.datastudio.graph.run.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.graph.Graph;
import dev.datastudio.graph.run.NodeException;

/** Makes the errors that runs end with. */
final class Failures {
    private Failures() {}

    /** A node threw something. */
    static NodeException inNode(String node, String graph, int step, Throwable cause) {
        return of("Node '" + node + "'", node, graph, step, cause);
    }

    /** A route or the list of a fan-out threw something. */
    static NodeException onTheWayFrom(String node, String graph, int step, Throwable cause) {
        String from = node.equals(Graph.START) ? "START" : "node '" + node + "'";
        return of("The route or fan-out after " + from, node, graph, step, cause);
    }

    /** A run went round too often. */
    static StudioException stepLimit(String graph, int maxSteps, Iterable<String> next) {
        return new StudioException(
                ErrorCode.LIMIT_EXCEEDED,
                "Graph '" + graph + "' did not end within " + maxSteps + " super-steps; next would be '"
                        + String.join("', '", next) + "'",
                "Make the loop's route lead to END sooner, or raise maxSteps of the graph");
    }

    /** Something other than a node went wrong. */
    static StudioException inGraph(String graph, int step, Throwable cause) {
        return new StudioException(
                ErrorCode.INTERNAL,
                "Graph '" + graph + "' failed after super-step " + step + ", " + described(cause),
                "Mend the record or function that the cause names; the whole of it stands in the log",
                cause);
    }

    /** Whether a node of a sub-graph failed, whose name in events tells all that the outer node's would. */
    private static boolean isInside(String node, NodeException inner) {
        String name = inner.node();
        return name.length() > node.length()
                && name.startsWith(node)
                && (name.charAt(node.length()) == '/' || name.charAt(node.length()) == '[');
    }

    private static String described(Throwable cause) {
        String message = cause.getMessage() == null ? "" : ": " + cause.getMessage();
        return StudioException.quote(cause.getClass().getSimpleName() + message);
    }

    private static NodeException of(String where, String node, String graph, int step, Throwable cause) {
        if (cause instanceof NodeException inner && isInside(node, inner)) {
            return inner;
        }
        if (cause instanceof StudioException known) {
            return new NodeException(known.code(), known.what(), known.mend(), graph, node, step, known);
        }
        return new NodeException(
                ErrorCode.NODE_FAILED,
                where + " of graph '" + graph + "' failed in super-step " + step + ", " + described(cause),
                "Mend the cause in the node's function; the whole of it stands in the log",
                graph,
                node,
                step,
                cause);
    }
}
