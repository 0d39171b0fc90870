package dev.datastudio.app.graph;

import java.util.List;

/**
 * The ports of a node as it is configured.
 *
 * @param inputs empty when the configuration has problems
 * @param outputs empty when the configuration has problems
 * @param problems of the configuration
 */
record NodePorts(List<NodePort> inputs, List<NodePort> outputs, List<GraphCheck.Problem> problems) {}
