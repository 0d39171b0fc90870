package dev.datastudio.app.project;

import dev.datastudio.api.tenant.Caller;
import dev.datastudio.app.web.Needs;
import dev.datastudio.app.web.PageOf;
import dev.datastudio.app.web.Paging;
import dev.datastudio.app.web.Revisions;
import dev.datastudio.app.web.Scopes;
import dev.datastudio.core.Studio;
import dev.datastudio.core.project.Note;
import dev.datastudio.core.project.Project;
import dev.datastudio.core.project.Project.Item;
import dev.datastudio.core.project.Project.Status;
import dev.datastudio.core.project.Projects;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The projects of the organisation with their notes; all its members share them. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "projects")
@Needs(Scopes.PROJECT_GET)
class ProjectController {
    private final Studio studio;

    ProjectController(Studio studio) {
        this.studio = studio;
    }

    private Projects projects(Caller caller) {
        return Projects.of(studio.metadata(), caller);
    }

    private PageOf<ProjectView> list(Caller caller, Status status, Paging page) {
        return page.of(
                projects(caller).list(status).stream().map(ProjectView::of).toList(), ProjectView::id);
    }

    @GetMapping("/projects")
    @Operation(operationId = "listProjects", summary = "The projects that go on, the one changed last first")
    PageOf<ProjectView> list(
            Caller caller,
            @RequestParam(defaultValue = Paging.DEFAULT_LIMIT) int limit,
            @RequestParam(defaultValue = "") String after) {
        return list(caller, Status.ACTIVE, new Paging(limit, after));
    }

    @GetMapping("/archive")
    @Operation(operationId = "listArchive", summary = "The finished projects, with method and findings")
    PageOf<ProjectView> archive(
            Caller caller,
            @RequestParam(defaultValue = Paging.DEFAULT_LIMIT) int limit,
            @RequestParam(defaultValue = "") String after) {
        return list(caller, Status.ARCHIVED, new Paging(limit, after));
    }

    /**
     * What a project shall be.
     *
     * @param name what people call it, 1 to 200 characters
     * @param goal what is to be found out
     */
    @Schema(name = "ProjectInput")
    record ProjectInput(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            String name,

            @Nullable String goal) {}

    @PostMapping("/projects")
    @Needs(Scopes.PROJECT_EDIT)
    @Operation(operationId = "createProject", summary = "Begin a project")
    ResponseEntity<ProjectView> create(Caller caller, @RequestBody ProjectInput input) {
        Project project = projects(caller).create(Kinds.text(input.name()), Kinds.text(input.goal()));
        return Revisions.created(ProjectView.of(project), project.revision());
    }

    private static ResponseEntity<ProjectView> answer(Project project) {
        return Revisions.answer(ProjectView.of(project), project.revision());
    }

    @GetMapping("/projects/{id}")
    @Operation(operationId = "getProject", summary = "One project")
    ResponseEntity<ProjectView> get(Caller caller, @PathVariable String id) {
        return answer(projects(caller).get(id));
    }

    @PutMapping("/projects/{id}")
    @Needs(Scopes.PROJECT_EDIT)
    @Operation(operationId = "updateProject", summary = "Give a project another name and goal")
    ResponseEntity<ProjectView> update(
            Caller caller,
            @PathVariable String id,
            @RequestHeader(name = "If-Match", defaultValue = "") String ifMatch,
            @RequestBody ProjectInput input) {
        return answer(projects(caller)
                .update(id, Revisions.required(ifMatch), Kinds.text(input.name()), Kinds.text(input.goal())));
    }

    @DeleteMapping("/projects/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Needs(Scopes.PROJECT_EDIT)
    @Operation(operationId = "deleteProject", summary = "Delete a project with its notes; what its items name stays")
    void delete(Caller caller, @PathVariable String id) {
        projects(caller).delete(id);
    }

    /**
     * Something that belongs to a project.
     *
     * @param kind what it is
     * @param id names it among its kind
     * @param label what people call it; its id when absent
     */
    @Schema(name = "ProjectItemInput")
    record ItemInput(
            @Schema(
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    allowableValues = {"dataset", "source", "document", "analysis", "conversation", "model", "graph"})
            @Nullable
            String kind,

            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            String id,

            @Nullable String label) {
        Item item() {
            String name = Kinds.text(id);
            return Item.of(
                    Kinds.parse(Item.Kind.class, "The kind of an item", kind),
                    name,
                    label == null || label.isBlank() ? name : label);
        }
    }

    @PostMapping("/projects/{id}/items")
    @Needs(Scopes.PROJECT_EDIT)
    @Operation(operationId = "addProjectItem", summary = "Add something to a project")
    ResponseEntity<ProjectView> add(Caller caller, @PathVariable String id, @RequestBody ItemInput input) {
        projects(caller).get(id);
        return answer(projects(caller).add(id, input.item()));
    }

    @DeleteMapping("/projects/{id}/items")
    @Needs(Scopes.PROJECT_EDIT)
    @Operation(operationId = "removeProjectItem", summary = "Take something out of a project; the thing itself stays")
    ResponseEntity<ProjectView> remove(
            Caller caller,
            @PathVariable String id,
            @RequestParam(defaultValue = "") String kind,
            @RequestParam(defaultValue = "") String item) {
        projects(caller).get(id);
        return answer(projects(caller).remove(id, Kinds.parse(Item.Kind.class, "The kind of an item", kind), item));
    }

    @GetMapping("/projects/{id}/notes")
    @Operation(operationId = "listNotes", summary = "The notes of a project, the oldest first")
    PageOf<NoteView> notes(
            Caller caller,
            @PathVariable String id,
            @RequestParam(defaultValue = Paging.DEFAULT_LIMIT) int limit,
            @RequestParam(defaultValue = "") String after) {
        List<NoteView> all =
                projects(caller).notes(id).stream().map(NoteView::of).toList();
        return new Paging(limit, after).of(all, NoteView::id);
    }

    /**
     * Something to be written down.
     *
     * @param kind what it is; a note when absent
     * @param text 1 to 20,000 characters, Markdown
     * @param itemId the item that it is about; the project as a whole when absent
     */
    @Schema(name = "NoteInput")
    record NoteInput(
            @Schema(allowableValues = {"note", "finding", "todo", "decision"}) @Nullable
            String kind,

            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            String text,

            @Nullable String itemId) {}

    @PostMapping("/projects/{id}/notes")
    @Needs(Scopes.PROJECT_EDIT)
    @Operation(operationId = "writeNote", summary = "Write something down in a project")
    ResponseEntity<NoteView> write(Caller caller, @PathVariable String id, @RequestBody NoteInput input) {
        projects(caller).get(id);
        Note.Kind kind = input.kind() == null
                ? Note.Kind.NOTE
                : Kinds.parse(Note.Kind.class, "The kind of a note", input.kind());
        Note note = projects(caller).write(id, kind, Kinds.text(input.text()), Kinds.text(input.itemId()));
        return Revisions.created(NoteView.of(note), note.revision());
    }

    /**
     * What a note shall say.
     *
     * @param text 1 to 20,000 characters, Markdown
     * @param state whether a to-do is done; open when absent
     */
    @Schema(name = "NoteChange")
    record NoteChange(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            String text,

            @Schema(allowableValues = {"open", "done"}) @Nullable
            String state) {}

    @PutMapping("/notes/{id}")
    @Needs(Scopes.PROJECT_EDIT)
    @Operation(operationId = "updateNote", summary = "Change a note")
    ResponseEntity<NoteView> update(
            Caller caller,
            @PathVariable String id,
            @RequestHeader(name = "If-Match", defaultValue = "") String ifMatch,
            @RequestBody NoteChange change) {
        Projects projects = projects(caller);
        projects.note(id);
        Note.State state = change.state() == null
                ? Note.State.OPEN
                : Kinds.parse(Note.State.class, "The state of a note", change.state());
        Note note = projects.update(id, Revisions.required(ifMatch), Kinds.text(change.text()), state);
        return Revisions.answer(NoteView.of(note), note.revision());
    }

    @DeleteMapping("/notes/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Needs(Scopes.PROJECT_EDIT)
    @Operation(operationId = "deleteNote", summary = "Delete a note")
    void deleteNote(Caller caller, @PathVariable String id) {
        projects(caller).deleteNote(id);
    }

    /**
     * What a project is about, what was found and decided, what is left.
     *
     * @param markdown of people of the organisation: show it without raw HTML
     */
    @Schema(name = "ProjectSummary")
    record Summary(String markdown) {}

    @GetMapping("/projects/{id}/summary")
    @Operation(operationId = "getProjectSummary", summary = "What a project is about, what was found, what is left")
    Summary summary(Caller caller, @PathVariable String id) {
        return new Summary(projects(caller).summary(id));
    }

    /**
     * How a project ended.
     *
     * @param method how it was done
     * @param findings what came out; the notes that are findings when absent
     */
    @Schema(name = "ProjectEnd")
    record End(@Nullable String method, @Nullable String findings) {}

    @PostMapping("/projects/{id}/archive")
    @Needs(Scopes.PROJECT_EDIT)
    @Operation(operationId = "archiveProject", summary = "End a project; from then on nothing of it changes")
    ResponseEntity<ProjectView> end(Caller caller, @PathVariable String id, @RequestBody End end) {
        return answer(projects(caller).archive(id, Kinds.text(end.method()), Kinds.text(end.findings())));
    }

    @PostMapping("/projects/{id}/reopen")
    @Needs(Scopes.PROJECT_EDIT)
    @Operation(operationId = "reopenProject", summary = "Go on with a finished project")
    ResponseEntity<ProjectView> reopen(Caller caller, @PathVariable String id) {
        return answer(projects(caller).reopen(id));
    }
}
