/**
 * How a node is to be done, beside what it does: {@link dev.datastudio.graph.policy.NodeOptions}, given to {@link
 * dev.datastudio.graph.GraphBuilder#node(String, dev.datastudio.graph.NodeFunction, java.util.function.UnaryOperator)}.
 */
@NullMarked
package dev.datastudio.graph.policy;

import org.jspecify.annotations.NullMarked;
