package dev.datastudio.core.project;

import dev.datastudio.core.project.Project.Item;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * How a finished project was done, to do it again with other data. Immutable.
 *
 * @param id a UUID as text
 * @param name what people call it
 * @param goal what the project was to find out
 * @param method how it was done
 * @param parameters what has to be given to start again: one for each data set, source and document of the project
 * @param steps its analyses, conversations, models and graphs; their details name parameters where they named data
 * @param toDos its to-dos, all open again
 * @param project the id of the project that it was made of
 */
public record ProjectTemplate(
        String id,
        String name,
        String goal,
        String method,
        List<Parameter> parameters,
        List<Item> steps,
        List<String> toDos,
        String project,
        Instant createdAt) {
    public ProjectTemplate {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(goal, "goal");
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(project, "project");
        Objects.requireNonNull(createdAt, "createdAt");
        parameters = List.copyOf(parameters);
        steps = List.copyOf(steps);
        toDos = List.copyOf(toDos);
    }

    /**
     * Something to be given.
     *
     * @param name such as {@code dataset1}
     * @param kind what it has to be
     * @param label what it was in the project
     */
    public record Parameter(String name, Item.Kind kind, String label) {
        public Parameter {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(label, "label");
        }
    }
}
