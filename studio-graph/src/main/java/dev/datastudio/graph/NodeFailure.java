package dev.datastudio.graph;

import dev.datastudio.api.error.ErrorCode;

/**
 * What the node named by {@code onError} gets as its input. Immutable.
 *
 * @param node the node that failed
 * @param task which of its tasks in its super-step, from 0
 * @param code kind of failure
 * @param what what happened, one sentence without its full stop
 * @param mend what to do about it, one sentence without its full stop
 */
public record NodeFailure(String node, int task, ErrorCode code, String what, String mend) {}
