package dev.datastudio.graph.run;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;

/**
 * A run ended because a node failed. When the node threw a {@link StudioException}, this carries its code, words and
 * mend unchanged, so that a user reads what the node had to say; otherwise the code is {@link ErrorCode#NODE_FAILED} and
 * the words name the node. The cause is always what the node threw.
 */
public final class NodeException extends StudioException {
    private static final long serialVersionUID = 1L;

    private final String graph;
    private final String node;
    private final int step;

    /**
     * @param what one sentence without its full stop
     * @param mend what to do now, one sentence without its full stop
     * @param step the super-step, from 1; 0 on the way from START
     * @param cause what the node threw
     */
    public NodeException(
            ErrorCode code, String what, String mend, String graph, String node, int step, Throwable cause) {
        super(code, what, mend, cause);
        this.graph = graph;
        this.node = node;
        this.step = step;
    }

    /** The node that failed. */
    public String node() {
        return node;
    }

    /** The super-step in which it failed, from 1; 0 on the way from START. */
    public int step() {
        return step;
    }

    /** For logs: as usual, with the graph, the node and the super-step. */
    @Override
    @SuppressWarnings("OverrideThrowableToString") // the message is for the user, this line for the log
    public String toString() {
        return super.toString() + " [graph '" + graph + "', node '" + node + "', super-step " + step + "]";
    }
}
