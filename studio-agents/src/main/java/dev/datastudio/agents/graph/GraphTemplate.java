package dev.datastudio.agents.graph;

import dev.datastudio.graph.json.SavedGraph;
import java.util.Objects;

/**
 * A graph to begin with. Immutable.
 *
 * @param id names it for programs
 * @param title what people call it
 * @param description what it does, and what it needs
 * @param model whether it needs a language model
 * @param graph what it consists of
 */
public record GraphTemplate(String id, String title, String description, Model model, SavedGraph graph) {
    public GraphTemplate {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(graph, "graph");
    }

    /** Whether a language model is needed. */
    public enum Model {
        /** It runs only with one. */
        REQUIRED,
        /** It runs without one, and some of its nodes do more with one. */
        OPTIONAL
    }
}
