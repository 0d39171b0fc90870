package dev.datastudio.agents.ask;

/**
 * A file that belongs to an answer. Immutable.
 *
 * @param type {@code image}, {@code json}, {@code table} or {@code text}
 * @param label what it shows: {@code sales_distribution}
 * @param key its name in the artifact store
 * @param path where it lies on this machine; empty when the store has no files here
 */
public record AnswerArtifact(String type, String label, String key, String path) {}
