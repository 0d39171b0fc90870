package dev.datastudio.graph.internal.log;

import dev.datastudio.graph.internal.Task;

/**
 * A task by the names that a log knows. Immutable.
 *
 * @param number which of the node's tasks in its step, from 0
 * @param input what a fan-out or a failure gave it, {@link Task#NO_INPUT} otherwise
 */
public record TaskRef(String node, int number, Object input) {}
