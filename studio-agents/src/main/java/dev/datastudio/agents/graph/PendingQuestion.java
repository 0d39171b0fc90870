package dev.datastudio.agents.graph;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a run waits for a person to answer. Immutable.
 *
 * @param id names it in its run
 * @param node the node that asks
 * @param kind {@code approval} of a value, {@code tool} for the call of a tool that does more than read, or what the node
 *     of a program calls it
 * @param question for the person
 * @param value what it is about, as JSON gives it; long texts and lists are cut
 */
public record PendingQuestion(
        String id,
        String node,
        String kind,
        String question,
        @Nullable Object value) {
    public PendingQuestion {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(question, "question");
    }
}
