package dev.datastudio.agents.agent;

import java.util.List;
import java.util.Objects;

/**
 * What a question is about. Immutable. The model is shown all of it as data, cleaned and within a budget of tokens.
 *
 * @param sources the ids of data sets and databases of the caller, as tools take them in {@code source_id}; at most 32
 * @param schema what a client tells of the schema; empty for nothing
 * @param metrics what a client tells of measures of the data, such as its quality; empty for nothing
 * @param dataSample rows that a client shows; empty for none
 */
public record AgentContext(List<String> sources, String schema, String metrics, String dataSample) {
    /** About nothing in particular. */
    public static final AgentContext NONE = new AgentContext(List.of(), "", "", "");

    private static final int MAX_SOURCES = 32;
    private static final int MAX_CHARACTERS = 1_000_000;

    /** @throws IllegalArgumentException if there are too many sources or characters */
    public AgentContext {
        sources = sources.stream().distinct().toList();
        if (sources.size() > MAX_SOURCES) {
            throw new IllegalArgumentException("sources must be at most " + MAX_SOURCES + ", were " + sources.size());
        }
        requireShort("schema", schema);
        requireShort("metrics", metrics);
        requireShort("dataSample", dataSample);
    }

    private static void requireShort(String name, String text) {
        if (Objects.requireNonNull(text, name).length() > MAX_CHARACTERS) {
            throw new IllegalArgumentException(
                    name + " must have at most " + MAX_CHARACTERS + " characters, had " + text.length());
        }
    }

    /** About these sources. */
    public static AgentContext of(List<String> sources) {
        return new AgentContext(sources, "", "", "");
    }

    /** With what a client tells. */
    public AgentContext enriched(String schemaText, String metricsText, String sample) {
        return new AgentContext(sources, schemaText, metricsText, sample);
    }
}
