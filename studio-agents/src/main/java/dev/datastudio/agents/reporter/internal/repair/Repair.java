package dev.datastudio.agents.reporter.internal.repair;

/**
 * A mended statement. Immutable.
 *
 * @param rule which rule mended it
 * @param sql the statement now
 * @param words what was changed, as a sentence
 */
public record Repair(String rule, String sql, String words) {}
