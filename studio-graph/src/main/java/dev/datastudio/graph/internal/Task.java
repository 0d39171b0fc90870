package dev.datastudio.graph.internal;

/**
 * One call of a node in a super-step.
 *
 * @param input what a fan-out gave it, {@link #NO_INPUT} otherwise
 * @param number which of the node's tasks in this step, from 0
 */
public record Task(PlanNode node, Object input, int number) {
    /** Stands for no input. */
    public static final Object NO_INPUT = new Object();
}
