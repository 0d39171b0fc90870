package dev.datastudio.graph.run.internal;

import dev.datastudio.graph.event.Interrupt;

/**
 * Leaves a node that waits for an answer. An Error, so that a node's own {@code catch (Exception e)} lets it through; it
 * never leaves the engine, and has no stack trace.
 */
final class InterruptSignal extends Error {
    private static final long serialVersionUID = 1L;

    private final transient Interrupt interrupt;

    InterruptSignal(Interrupt interrupt) {
        super("waits for an answer to interrupt '" + interrupt.id() + "'", null, false, false);
        this.interrupt = interrupt;
    }

    Interrupt interrupt() {
        return interrupt;
    }
}
