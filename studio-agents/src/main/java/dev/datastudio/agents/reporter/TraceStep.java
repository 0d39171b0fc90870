package dev.datastudio.agents.reporter;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;

/**
 * One step on the way to a report. Immutable.
 *
 * @param graph which graph: {@code reporter}, {@code sql} or {@code picture}
 * @param node its node
 * @param decision what came of it, in a sentence
 * @param decider who decided
 * @param by the model's name with the version of the prompt, or the name of the rule
 * @param at when it began
 * @param took how long it took
 * @param inputTokens tokens that the model read; 0 without one, or when it does not say
 * @param outputTokens tokens that the model wrote, as above
 */
public record TraceStep(
        String graph,
        String node,
        String decision,
        Decider decider,
        String by,
        Instant at,
        Duration took,
        int inputTokens,
        int outputTokens) {
    public TraceStep {
        Objects.requireNonNull(graph, "graph");
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(decision, "decision");
        Objects.requireNonNull(decider, "decider");
        Objects.requireNonNull(by, "by");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(took, "took");
    }

    /** Who decides in a step. */
    public enum Decider {
        /** A rule of the program. */
        RULE,
        /** A language model. */
        MODEL,
        /** The database that ran a statement. */
        ENGINE;

        /** The name in JSON: lower case. */
        public String jsonName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
