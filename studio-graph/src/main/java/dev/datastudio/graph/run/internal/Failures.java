package dev.datastudio.graph.run.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.graph.Graph;
import dev.datastudio.graph.run.NodeException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/** Makes the errors that runs end with. */
final class Failures {
    private static final Set<ErrorCode> FINAL =
            EnumSet.of(ErrorCode.CANCELLED, ErrorCode.GRAPH_INVALID, ErrorCode.TYPE_NOT_STORABLE);

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

    /** A try took too long. */
    static StudioException timeout(String node, String graph, int step, int attempt, Duration timeout) {
        return new StudioException(
                ErrorCode.NODE_TIMEOUT,
                "Node '" + node + "' of graph '" + graph + "' took longer than its timeout of " + timeout
                        + " in super-step " + step + ", try " + attempt,
                "Raise the timeout of the node, or have it do less");
    }

    /** Undoing a task threw something. */
    static NodeException inCompensation(String node, String graph, int step, Throwable cause) {
        return of("The compensation of node '" + node + "'", node, graph, step, cause);
    }

    /** Whether trying again is of no use or not wanted. */
    static boolean isFinal(Throwable failure) {
        return failure instanceof Error
                || failure instanceof InterruptedException
                || (failure instanceof StudioException known && FINAL.contains(known.code()));
    }

    /** Whether a failure may be left to the node that onError names. */
    static boolean isTakenOver(Throwable failure) {
        return !isFinal(failure);
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
