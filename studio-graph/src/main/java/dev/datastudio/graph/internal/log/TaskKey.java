package dev.datastudio.graph.internal.log;

/** Names one task of a thread. Immutable. */
public record TaskKey(String path, int step, String node, int task) {}
