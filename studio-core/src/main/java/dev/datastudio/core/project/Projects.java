package dev.datastudio.core.project;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.metadata.Entry;
import dev.datastudio.api.metadata.EntryChange;
import dev.datastudio.api.metadata.EntryQuery;
import dev.datastudio.api.metadata.MetadataStore;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.metadata.internal.EntryCollection;
import dev.datastudio.core.project.Project.Item;
import dev.datastudio.core.project.Project.Status;
import dev.datastudio.core.project.internal.ProjectBodies;
import dev.datastudio.core.project.internal.ProjectSummary;
import dev.datastudio.core.project.internal.TemplateMaker;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * The projects of a tenant, as one of its users sees them: all members of a tenant share its projects. What belongs to
 * another tenant is not there. Changes are made against the revision that was seen, so that nobody overwrites another's
 * work unseen. Thread-safe.
 */
public final class Projects {
    private static final int MAX_NAME = 200;
    private static final int MAX_TEXT = 20_000;
    private static final int MAX_ITEMS = 1_000;

    private final MetadataStore store;
    private final Caller caller;
    private final EntryCollection<Project> projects;
    private final EntryCollection<Note> notes;
    private final EntryCollection<ProjectTemplate> templates;

    private Projects(MetadataStore store, Caller caller) {
        this.store = store;
        this.caller = caller;
        this.projects = new EntryCollection<>(store, caller.tenant(), "project", ProjectBodies::project);
        this.notes = new EntryCollection<>(store, caller.tenant(), "project-note", ProjectBodies::note);
        this.templates = new EntryCollection<>(store, caller.tenant(), "project-template", ProjectBodies::template);
    }

    /** The projects that are kept in a store, which stays open, for a caller. */
    public static Projects of(MetadataStore store, Caller caller) {
        return new Projects(Objects.requireNonNull(store, "store"), Objects.requireNonNull(caller, "caller"));
    }

    /** Begins a project. */
    public Project create(String name, String goal) {
        return insert(name, goal, List.of());
    }

    private Project insert(String name, String goal, List<Item> items) {
        Project project = new Project(
                UUID.randomUUID().toString(),
                caller,
                text("name", name, 1, MAX_NAME),
                text("goal", goal, 0, MAX_TEXT),
                Status.ACTIVE,
                "",
                "",
                items,
                0,
                Instant.EPOCH,
                Instant.EPOCH);
        return put(EntryChange.insert(
                projects.key(project.id()), ProjectBodies.write(project), ProjectBodies.attributes(project)));
    }

    private Project put(EntryChange change) {
        return projects.read(only(change));
    }

    private Entry only(EntryChange change) {
        return store.apply(change).orElseThrow(() -> new IllegalStateException("What was put is given back"));
    }

    /** All projects of a status, the one changed last first. */
    public List<Project> list(Status status) {
        return projects.all(
                projects.query().where("status", status.name()).orderedBy(EntryQuery.Order.CHANGED_LAST_FIRST));
    }

    /**
     * The project of an id.
     *
     * @throws StudioException with {@link ErrorCode#PROJECT_NOT_FOUND} when this tenant has none of that id
     */
    public Project get(String id) {
        return projects.find(id)
                .orElseThrow(() -> new StudioException(
                        ErrorCode.PROJECT_NOT_FOUND,
                        "There is no project " + StudioException.quote(id),
                        "List the projects to see their ids"));
    }

    /**
     * Gives a project another name and goal.
     *
     * @param revision the {@link Project#revision()} that was seen
     * @throws StudioException with {@link ErrorCode#ENTRY_CONFLICT} when somebody else changed it first,
     *     {@link ErrorCode#INVALID_ARGUMENT} when it is archived, {@link ErrorCode#PROJECT_NOT_FOUND}
     */
    public Project update(String id, long revision, String name, String goal) {
        Project project = active(id);
        return change(
                project, revision, text("name", name, 1, MAX_NAME), text("goal", goal, 0, MAX_TEXT), project.items());
    }

    /** Adds something to a project, or renews what is known of it. Retries when somebody else changed it meanwhile. */
    public Project add(String id, Item item) {
        text("label", item.label(), 1, MAX_NAME);
        return retrying(id, items -> {
            items.removeIf(other -> isSame(other, item));
            items.add(item);
        });
    }

    /** Takes something out of a project; the thing itself stays. */
    public Project remove(String id, Item.Kind kind, String item) {
        return retrying(id, items -> items.removeIf(other -> isSame(other, Item.of(kind, item, other.label()))));
    }

    private static boolean isSame(Item one, Item other) {
        return one.kind() == other.kind() && one.id().equals(other.id());
    }

    private Project retrying(String id, java.util.function.Consumer<List<Item>> edit) {
        while (true) {
            Project project = active(id);
            List<Item> items = new ArrayList<>(project.items());
            edit.accept(items);
            if (items.size() > MAX_ITEMS) {
                throw invalid("The project has " + MAX_ITEMS + " items already", "Begin another project");
            }
            try {
                return change(project, project.revision(), project.name(), project.goal(), items);
            } catch (StudioException e) {
                if (e.code() != ErrorCode.ENTRY_CONFLICT) {
                    throw e;
                }
            }
        }
    }

    private Project change(Project project, long revision, String name, String goal, List<Item> items) {
        return save(new Project(
                project.id(),
                project.owner(),
                name,
                goal,
                project.status(),
                project.method(),
                project.findings(),
                items,
                revision,
                project.createdAt(),
                project.changedAt()));
    }

    private Project save(Project project) {
        return put(EntryChange.update(
                projects.key(project.id()),
                project.revision(),
                ProjectBodies.write(project),
                ProjectBodies.attributes(project)));
    }

    private Project active(String id) {
        Project project = get(id);
        if (project.status() == Status.ARCHIVED) {
            throw invalid(
                    "The project " + StudioException.quote(project.name()) + " is archived",
                    "Bring it back, or start again from a template of it");
        }
        return project;
    }

    /**
     * Deletes a project with its notes; what its items name stays.
     *
     * @throws StudioException with {@link ErrorCode#PROJECT_NOT_FOUND}
     */
    public void delete(String id) {
        Project project = get(id);
        store.deleteAll(notes.query().where("project", project.id()), Instant.MAX);
        store.apply(EntryChange.delete(projects.key(project.id())));
    }

    /**
     * Writes something down.
     *
     * @param item the id of the item that it is about; empty for the project as a whole
     */
    public Note write(String project, Note.Kind kind, String text, String item) {
        active(project);
        Note note = new Note(
                UUID.randomUUID().toString(),
                project,
                kind,
                text("text", text, 1, MAX_TEXT),
                Note.State.OPEN,
                caller.user(),
                item,
                0,
                Instant.EPOCH,
                Instant.EPOCH);
        return notes.read(only(
                EntryChange.insert(notes.key(note.id()), ProjectBodies.write(note), ProjectBodies.attributes(note))));
    }

    /** The notes of a project, the oldest first. */
    public List<Note> notes(String project) {
        get(project);
        return notes.all(notes.query().where("project", project).orderedBy(EntryQuery.Order.OLDEST_FIRST));
    }

    /**
     * Changes a note.
     *
     * @param revision the {@link Note#revision()} that was seen
     * @throws StudioException with {@link ErrorCode#ENTRY_NOT_FOUND}, {@link ErrorCode#ENTRY_CONFLICT}
     */
    public Note update(String note, long revision, String text, Note.State state) {
        Note before = note(note);
        active(before.project());
        Note after = new Note(
                before.id(),
                before.project(),
                before.kind(),
                text("text", text, 1, MAX_TEXT),
                state,
                before.author(),
                before.item(),
                revision,
                before.createdAt(),
                before.changedAt());
        return notes.read(only(EntryChange.update(
                notes.key(note), revision, ProjectBodies.write(after), ProjectBodies.attributes(after))));
    }

    /**
     * Deletes a note.
     *
     * @throws StudioException with {@link ErrorCode#ENTRY_NOT_FOUND}
     */
    public void deleteNote(String note) {
        active(note(note).project());
        store.apply(EntryChange.delete(notes.key(note)));
    }

    /**
     * The note of an id.
     *
     * @throws StudioException with {@link ErrorCode#ENTRY_NOT_FOUND} when no project of this tenant has it
     */
    public Note note(String id) {
        return notes.find(id)
                .orElseThrow(() -> new StudioException(
                        ErrorCode.ENTRY_NOT_FOUND,
                        "There is no note " + StudioException.quote(id),
                        "List the notes of the project to see their ids"));
    }

    /** What the project is about, what belongs to it, what was found and decided, what is left: Markdown. */
    public String summary(String id) {
        return ProjectSummary.of(get(id), notes(id));
    }

    /**
     * Ends a project: from then on nothing of it changes.
     *
     * @param method how it was done
     * @param findings what came out; when empty, the notes that are findings
     */
    public Project archive(String id, String method, String findings) {
        Project project = active(id);
        String found = text("findings", findings, 0, MAX_TEXT);
        return save(with(
                project,
                Status.ARCHIVED,
                text("method", method, 0, MAX_TEXT),
                found.isBlank() ? ProjectSummary.findings(notes(id)) : found));
    }

    /** Goes on with an archived project; method and findings stay. */
    public Project reopen(String id) {
        Project project = get(id);
        return project.status() == Status.ACTIVE
                ? project
                : save(with(project, Status.ACTIVE, project.method(), project.findings()));
    }

    private static Project with(Project project, Status status, String method, String findings) {
        return new Project(
                project.id(),
                project.owner(),
                project.name(),
                project.goal(),
                status,
                method,
                findings,
                project.items(),
                project.revision(),
                project.createdAt(),
                project.changedAt());
    }

    /** Keeps how an archived project was done, without its data. */
    public ProjectTemplate template(String id, String name) {
        Project project = get(id);
        if (project.status() != Status.ARCHIVED) {
            throw invalid(
                    "The project " + StudioException.quote(project.name()) + " is not archived", "Archive it first");
        }
        ProjectTemplate template = TemplateMaker.template(project, notes(id), text("name", name, 1, MAX_NAME));
        return templates.read(only(EntryChange.insert(
                templates.key(template.id()), ProjectBodies.write(template), Map.of("project", project.id()))));
    }

    /** All templates, the newest first. */
    public List<ProjectTemplate> templates() {
        return templates.all(templates.query());
    }

    /**
     * The template of an id.
     *
     * @throws StudioException with {@link ErrorCode#ENTRY_NOT_FOUND} when this tenant has none of that id
     */
    public ProjectTemplate getTemplate(String id) {
        return Optional.of(id)
                .flatMap(templates::find)
                .orElseThrow(() -> new StudioException(
                        ErrorCode.ENTRY_NOT_FOUND,
                        "There is no template " + StudioException.quote(id),
                        "List the templates to see their ids"));
    }

    /**
     * Forgets a template.
     *
     * @throws StudioException with {@link ErrorCode#ENTRY_NOT_FOUND} when there is none
     */
    public void deleteTemplate(String id) {
        getTemplate(id);
        store.apply(EntryChange.delete(templates.key(id)));
    }

    /**
     * Begins a project from a template: its steps with the given data in the place of the parameters, its to-dos open.
     *
     * @param values the id of what is given, by the parameter's name
     * @throws StudioException with {@link ErrorCode#ENTRY_NOT_FOUND} when there is no such template,
     *     {@link ErrorCode#INVALID_ARGUMENT} when a value is missing or of no parameter
     */
    public Project start(String template, String name, Map<String, Item> values) {
        ProjectTemplate found = getTemplate(template);
        Project project = insert(name, found.goal(), TemplateMaker.items(found, values));
        for (String toDo : found.toDos()) {
            write(project.id(), Note.Kind.TODO, toDo, "");
        }
        return get(project.id());
    }

    private static String text(String name, String text, int least, int most) {
        if (text.strip().length() < least || text.length() > most) {
            throw invalid(
                    "The " + name + " has " + text.length() + " characters",
                    "Give " + least + " to " + most + " characters");
        }
        return text.strip();
    }

    private static StudioException invalid(String what, String mend) {
        return new StudioException(ErrorCode.INVALID_ARGUMENT, what, mend);
    }
}
