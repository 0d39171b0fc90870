package dev.datastudio.agents.agent.internal;

import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.graph.NodeContext;

/**
 * What ends a part of a run: the one who asked, who gets what there is until then, or the engine, which means that the
 * run is left to be resumed. Close it when the part is over.
 */
final class Stops implements AutoCloseable {
    private final Cancellation asked;
    private final Cancellation either = Cancellation.create();
    private final Cancellation.Registration first;
    private final Cancellation.Registration second;

    private Stops(Cancellation asked, Cancellation engine) {
        this.asked = asked;
        this.first = asked.onCancel(either::cancel);
        this.second = engine.onCancel(either::cancel);
    }

    static Stops of(Cancellation asked, NodeContext context) {
        return new Stops(asked, context.cancellation());
    }

    /** Set when one of them is; setting it ends the part alone. */
    Cancellation either() {
        return either;
    }

    /** Whether the one who asked wants no more. */
    boolean isAsked() {
        return asked.isCancelled();
    }

    @Override
    public void close() {
        first.close();
        second.close();
    }
}
