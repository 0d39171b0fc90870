package dev.datastudio.app.project;

import dev.datastudio.api.tenant.Caller;
import dev.datastudio.app.web.Needs;
import dev.datastudio.app.web.PageOf;
import dev.datastudio.app.web.Paging;
import dev.datastudio.app.web.Revisions;
import dev.datastudio.app.web.Scopes;
import dev.datastudio.core.Studio;
import dev.datastudio.core.project.Project;
import dev.datastudio.core.project.Project.Item;
import dev.datastudio.core.project.Projects;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Templates of finished projects, and projects that begin from them. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "projects")
@Needs(Scopes.PROJECT_GET)
class ProjectTemplateController {
    private final Studio studio;

    ProjectTemplateController(Studio studio) {
        this.studio = studio;
    }

    private Projects projects(Caller caller) {
        return Projects.of(studio.metadata(), caller);
    }

    /**
     * A template to be made.
     *
     * @param name what people call it, 1 to 200 characters
     */
    @Schema(name = "ProjectTemplateInput")
    record TemplateInput(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            String name) {}

    @PostMapping("/projects/{id}/template")
    @ResponseStatus(HttpStatus.CREATED)
    @Needs(Scopes.PROJECT_EDIT)
    @Operation(
            operationId = "createProjectTemplate",
            summary = "Keep how a finished project was done, without its data")
    TemplateView make(Caller caller, @PathVariable String id, @RequestBody TemplateInput input) {
        return TemplateView.of(projects(caller).template(id, Kinds.text(input.name())));
    }

    @GetMapping("/project-templates")
    @Operation(operationId = "listProjectTemplates", summary = "All templates, the newest first")
    PageOf<TemplateView> list(
            Caller caller,
            @RequestParam(defaultValue = Paging.DEFAULT_LIMIT) int limit,
            @RequestParam(defaultValue = "") String after) {
        List<TemplateView> all =
                projects(caller).templates().stream().map(TemplateView::of).toList();
        return new Paging(limit, after).of(all, TemplateView::id);
    }

    @DeleteMapping("/project-templates/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Needs(Scopes.PROJECT_EDIT)
    @Operation(operationId = "deleteProjectTemplate", summary = "Forget a template")
    void delete(Caller caller, @PathVariable String id) {
        projects(caller).deleteTemplate(id);
    }

    /**
     * A project that begins from a template.
     *
     * @param name what people call it, 1 to 200 characters
     * @param values what is given for each parameter, by its name
     */
    @Schema(name = "ProjectStart")
    record Start(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            String name,

            @Nullable Map<String, ProjectController.ItemInput> values) {}

    @PostMapping("/project-templates/{id}/projects")
    @Needs(Scopes.PROJECT_EDIT)
    @Operation(operationId = "startProject", summary = "Begin a project from a template, with other data")
    ResponseEntity<ProjectView> start(Caller caller, @PathVariable String id, @RequestBody Start start) {
        projects(caller).getTemplate(id);
        Map<String, Item> values = new HashMap<>();
        if (start.values() != null) {
            start.values().forEach((parameter, item) -> values.put(parameter, item.item()));
        }
        Project project = projects(caller).start(id, Kinds.text(start.name()), values);
        return Revisions.created(ProjectView.of(project), project.revision());
    }
}
