package dev.datastudio.app.project;

import dev.datastudio.core.project.ProjectTemplate;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;

/**
 * How a finished project was done, to do it again with other data.
 *
 * @param id names it
 * @param name what people call it
 * @param goal what the project was to find out
 * @param method how it was done
 * @param parameters what has to be given to start again
 * @param steps what was done
 * @param toDos what is to be done again
 * @param projectId the project that it was made of
 * @param createdAt when it was made
 */
@Schema(name = "ProjectTemplate")
public record TemplateView(
        String id,
        String name,
        String goal,
        String method,
        List<Parameter> parameters,
        List<ProjectView.ItemView> steps,
        List<String> toDos,
        String projectId,
        Instant createdAt) {
    /**
     * Something to be given.
     *
     * @param name by which it is given
     * @param kind what it has to be
     * @param label what it was in the project
     */
    @Schema(name = "ProjectTemplateParameter")
    public record Parameter(String name, String kind, String label) {}

    static TemplateView of(ProjectTemplate template) {
        return new TemplateView(
                template.id(),
                template.name(),
                template.goal(),
                template.method(),
                template.parameters().stream()
                        .map(each -> new Parameter(each.name(), Kinds.name(each.kind()), each.label()))
                        .toList(),
                template.steps().stream().map(ProjectView.ItemView::of).toList(),
                template.toDos(),
                template.project(),
                template.createdAt());
    }
}
