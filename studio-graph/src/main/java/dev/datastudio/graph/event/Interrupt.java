package dev.datastudio.graph.event;

import java.util.Optional;

/**
 * Something a run waits for. Immutable.
 *
 * @param id names it in its thread; give it with the answer
 * @param node the node that waits, after the names of the sub-graphs around it, joined by '/'
 * @param step the super-step of the node's graph, from 1
 * @param task which of the node's tasks in the step, from 0
 * @param kind why it waits
 * @param key what the node calls it; the effect's key for an effect; empty before and after a node
 * @param question what the node asks, if it asks something
 * @param answerType class name of the answer that is expected, for showing only; empty when none is
 */
public record Interrupt(
        String id,
        String node,
        int step,
        int task,
        Kind kind,
        String key,
        Optional<Object> question,
        String answerType) {
    /** Why a run waits. */
    public enum Kind {
        /** The node is to be looked at before it runs. */
        BEFORE,
        /** The node's step is to be looked at. */
        AFTER,
        /** The node asks a question. */
        QUESTION,
        /** Nobody knows whether an effect happened: answer with its result, or with null to perform it again. */
        EFFECT
    }
}
