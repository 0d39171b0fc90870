package dev.datastudio.graph.internal.log;

import dev.datastudio.graph.NodeFailure;
import dev.datastudio.graph.channel.Update;
import java.util.Optional;

/**
 * What a task came to. Immutable.
 *
 * @param number which of the node's tasks in its step, from 0
 * @param update what it returned; empty if it failed or was cancelled as the rest of a join
 * @param failure why it failed, when another node takes over
 */
public record TaskResult(String node, int number, Update update, Optional<NodeFailure> failure) {}
