package dev.datastudio.graph.policy;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How a node is to be done. Immutable: each method gives changed options.
 *
 * <p>Defaults: one try, no timeout, no limit, no cache, an error ends the run, no compensation, a join of all, not
 * deferred, no interrupts.
 */
public final class NodeOptions {
    private static final NodeOptions DEFAULTS = new NodeOptions(new Parts());

    private final Parts parts;

    private NodeOptions(Parts parts) {
        this.parts = parts;
    }

    /** All defaults. */
    public static NodeOptions defaults() {
        return DEFAULTS;
    }

    /** Tries again after a failure. */
    public NodeOptions retry(Retry value) {
        Parts changed = parts.copy();
        changed.retry = Optional.of(value);
        return new NodeOptions(changed);
    }

    /**
     * Fails a try with NODE_TIMEOUT when it takes longer: its thread is interrupted, and what it returns is dropped.
     *
     * @param value positive
     */
    public NodeOptions timeout(Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException("timeout must be positive, was " + value);
        }
        Parts changed = parts.copy();
        changed.timeout = Optional.of(value);
        return new NodeOptions(changed);
    }

    /**
     * Lets so many tasks use a resource at once, in all runs of the engine.
     *
     * @param resource shared by all nodes that name it
     * @param max at least 1
     */
    public NodeOptions limit(String resource, int max) {
        Parts changed = parts.copy();
        changed.limit = Optional.of(new Limit(resource, max));
        return new NodeOptions(changed);
    }

    /** Uses an earlier update for an equal key. */
    public NodeOptions cache(NodeCache value) {
        Parts changed = parts.copy();
        changed.cache = Optional.of(value);
        return new NodeOptions(changed);
    }

    /**
     * Goes on with another node, instead of this node's own ways on, when this one fails for good. The other node reads
     * what happened by {@code context.input(NodeFailure.class)}.
     *
     * @param node one that nothing but errors lead to
     */
    public NodeOptions onError(String node) {
        Parts changed = parts.copy();
        changed.onError = Optional.of(node);
        return new NodeOptions(changed);
    }

    /** Undoes this node's finished tasks when the run fails or is cancelled later. */
    public NodeOptions compensate(Compensation value) {
        Parts changed = parts.copy();
        changed.compensation = Optional.of(value);
        return new NodeOptions(changed);
    }

    /** How many arrivals the node waits for. */
    public NodeOptions join(Join value) {
        Parts changed = parts.copy();
        changed.join = Objects.requireNonNull(value, "join");
        return new NodeOptions(changed);
    }

    /** Puts the node off until nothing else of the graph is left to do; several such nodes then run together. */
    public NodeOptions deferred() {
        Parts changed = parts.copy();
        changed.deferred = true;
        return new NodeOptions(changed);
    }

    /** Stops the run before each task of the node, until it is resumed. Needs a thread. */
    public NodeOptions interruptBefore() {
        Parts changed = parts.copy();
        changed.interruptBefore = true;
        return new NodeOptions(changed);
    }

    /** Stops the run after the node's super-step, until it is resumed. Needs a thread. */
    public NodeOptions interruptAfter() {
        Parts changed = parts.copy();
        changed.interruptAfter = true;
        return new NodeOptions(changed);
    }

    /** Set by {@link #retry(Retry)}. */
    public Optional<Retry> retry() {
        return parts.retry;
    }

    /** Set by {@link #timeout(Duration)}. */
    public Optional<Duration> timeout() {
        return parts.timeout;
    }

    /** Set by {@link #limit(String, int)}. */
    public Optional<Limit> limit() {
        return parts.limit;
    }

    /** Set by {@link #cache(NodeCache)}. */
    public Optional<NodeCache> cache() {
        return parts.cache;
    }

    /** Set by {@link #onError(String)}. */
    public Optional<String> onError() {
        return parts.onError;
    }

    /** Set by {@link #compensate(Compensation)}. */
    public Optional<Compensation> compensation() {
        return parts.compensation;
    }

    /** Set by {@link #join(Join)}. */
    public Join join() {
        return parts.join;
    }

    /** Set by {@link #deferred()}. */
    public boolean isDeferred() {
        return parts.deferred;
    }

    /** Set by {@link #interruptBefore()}. */
    public boolean isInterruptedBefore() {
        return parts.interruptBefore;
    }

    /** Set by {@link #interruptAfter()}. */
    public boolean isInterruptedAfter() {
        return parts.interruptAfter;
    }

    /** Never changed once options hold it. */
    private static final class Parts {
        private Optional<Retry> retry = Optional.empty();
        private Optional<Duration> timeout = Optional.empty();
        private Optional<Limit> limit = Optional.empty();
        private Optional<NodeCache> cache = Optional.empty();
        private Optional<String> onError = Optional.empty();
        private Optional<Compensation> compensation = Optional.empty();
        private Join join = Join.all();
        private boolean deferred;
        private boolean interruptBefore;
        private boolean interruptAfter;

        Parts copy() {
            Parts copy = new Parts();
            copy.retry = retry;
            copy.timeout = timeout;
            copy.limit = limit;
            copy.cache = cache;
            copy.onError = onError;
            copy.compensation = compensation;
            copy.join = join;
            copy.deferred = deferred;
            copy.interruptBefore = interruptBefore;
            copy.interruptAfter = interruptAfter;
            return copy;
        }
    }
}
