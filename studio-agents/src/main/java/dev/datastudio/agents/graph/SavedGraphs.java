package dev.datastudio.agents.graph;

import dev.datastudio.agents.graph.internal.GraphStore;
import dev.datastudio.agents.graph.internal.Templates;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.activity.Activity;
import dev.datastudio.graph.json.GraphCompiler;
import dev.datastudio.graph.json.GraphJson;
import dev.datastudio.graph.json.GraphProblem;
import dev.datastudio.graph.json.SavedGraph;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * The graphs that are kept in a studio, of one organisation: each has a draft that people save, and versions that never
 * change. Keeping, importing and checking a graph runs nothing of it; what is unknown or wrong in it is kept and told by
 * {@link #problems}. Thread-safe, also between processes; works as long as the studio is open.
 *
 * <p>What is not there, or belongs to another organisation, is a {@link StudioException} with
 * {@link ErrorCode#ENTRY_NOT_FOUND}.
 */
public final class SavedGraphs {
    /** The longest name. */
    public static final int MAX_NAME = 200;
    /** The longest description, and the longest note of a version. */
    public static final int MAX_DESCRIPTION = 4_000;
    /** How many graphs an organisation may keep. */
    public static final int MAX_GRAPHS = 10_000;

    private static final int MAX_PAGE = 200;
    private static final Pattern UNSHOWN = Pattern.compile("[\\p{Cntrl}&&[^\\n\\t]]");
    private static final String UNNAMED = "Untitled graph";

    private final Studio studio;
    private final Caller caller;

    private SavedGraphs(Studio studio, Caller caller) {
        this.studio = studio;
        this.caller = caller;
    }

    /** The graphs of a studio's own caller. */
    public static SavedGraphs of(Studio studio) {
        return new SavedGraphs(Objects.requireNonNull(studio, "studio"), studio.caller());
    }

    /** The same for another caller, such as the user of a request. */
    public SavedGraphs as(Caller other) {
        return new SavedGraphs(studio, Objects.requireNonNull(other, "other"));
    }

    private GraphStore store() {
        return new GraphStore(studio.metadata(), caller.tenant());
    }

    /**
     * A page of the graphs, the latest changed first.
     *
     * @param limit how many at most, 1 to 200
     * @param after the {@link GraphPage#next()} of the page before; empty for the first
     */
    public GraphPage<StoredGraph> list(int limit, String after) {
        if (limit < 1 || limit > MAX_PAGE) {
            throw new IllegalArgumentException("limit must be in 1.." + MAX_PAGE + ", was " + limit);
        }
        return store().list(limit, after);
    }

    /** A graph with its draft. */
    public GraphDraft get(String id) {
        return find(id).orElseThrow(() -> missing(id));
    }

    /** A graph with its draft; empty when there is none of that id, or no longer. */
    public Optional<GraphDraft> find(String id) {
        return store().find(id).flatMap(stored -> store().draft(id).map(draft -> new GraphDraft(stored, draft)));
    }

    /** A graph without nodes. */
    public GraphDraft create(String name) {
        return create(name, SavedGraph.named(name));
    }

    /**
     * Keeps a new graph.
     *
     * @param name 1 to {@value #MAX_NAME} characters
     * @throws StudioException {@link ErrorCode#INVALID_ARGUMENT} for a name that is none, {@link
     *     ErrorCode#LIMIT_EXCEEDED} when there are {@value #MAX_GRAPHS} graphs already, or it is larger than {@link
     *     GraphJson#MAX_BYTES}
     */
    public GraphDraft create(String name, SavedGraph graph) {
        String called = name(name);
        return told("graph.create", "", () -> insert(called, description(graph.description()), graph));
    }

    private GraphDraft insert(String name, String description, SavedGraph graph) {
        if (store().count() >= MAX_GRAPHS) {
            throw new StudioException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "There are " + MAX_GRAPHS + " graphs already",
                    "Delete graphs that nobody needs");
        }
        String id = UUID.randomUUID().toString();
        SavedGraph draft = named(graph, id, name, description);
        Instant now = studio.clock().instant();
        StoredGraph stored = new StoredGraph(
                id,
                name,
                description,
                draft.nodes().size(),
                1,
                OptionalInt.empty(),
                caller.user(),
                caller.user(),
                now,
                now);
        store().insert(stored, draft);
        return new GraphDraft(stored, draft);
    }

    private static SavedGraph named(SavedGraph graph, String id, String name, String description) {
        SavedGraph named = graph.withHead("id", id).withHead("name", name).withHead("description", description);
        int size = named.json().toJson().length();
        if (size > GraphJson.MAX_BYTES) {
            throw new StudioException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "The graph has " + size + " characters, more than " + GraphJson.MAX_BYTES,
                    "Part it into graphs that run each other as sub-graphs");
        }
        return named;
    }

    /**
     * Saves the draft.
     *
     * @param revision the one that the change was made on
     * @throws StudioException {@link ErrorCode#ENTRY_CONFLICT} when somebody saved it since,
     *     {@link ErrorCode#INVALID_ARGUMENT} for a name that is none
     */
    public GraphDraft save(String id, long revision, String name, String description, SavedGraph graph) {
        SavedGraph draft = named(graph, id, name(name), description(description));
        return told("graph.save", id, () -> {
            StoredGraph saved = store().save(id, revision, draft, this::saved).orElseThrow(() -> missing(id));
            return new GraphDraft(saved, draft);
        });
    }

    private StoredGraph saved(StoredGraph before, SavedGraph draft) {
        return new StoredGraph(
                before.id(),
                draft.name(),
                draft.description(),
                draft.nodes().size(),
                before.revision() + 1,
                before.publishedVersion(),
                before.createdBy(),
                caller.user(),
                before.createdAt(),
                studio.clock().instant());
    }

    /** Removes a graph with its versions and runs; whether it was there. */
    public boolean delete(String id) {
        return told("graph.delete", id, () -> {
            boolean isDeleted = store().delete(id);
            if (isDeleted) {
                GraphRuns.of(studio).as(caller).forgetGraph(id);
            }
            return isDeleted;
        });
    }

    /** A new graph of the same content, called "Copy of …". */
    public GraphDraft duplicate(String id) {
        GraphDraft original = get(id);
        String name = "Copy of " + original.stored().name();
        String cut =
                name.length() <= MAX_NAME ? name : name.substring(0, MAX_NAME).strip();
        return told("graph.duplicate", id, () -> insert(cut, original.stored().description(), original.graph()));
    }

    /**
     * Makes a version of the draft as it is now.
     *
     * @param note what it is about; may be empty
     */
    public GraphVersion publish(String id, String note) {
        String said = text("note", note, MAX_DESCRIPTION);
        return told(
                "graph.publish",
                id,
                () -> store().publish(id, said, caller.user(), studio.clock().instant())
                        .orElseThrow(() -> missing(id)));
    }

    /** The versions of a graph, the newest first. */
    public List<GraphVersion> versions(String id) {
        if (store().find(id).isEmpty()) {
            throw missing(id);
        }
        return store().versions(id);
    }

    /** A version of a graph; what is known of the graph is as it is now. */
    public GraphDraft version(String id, int number) {
        StoredGraph stored = store().find(id).orElseThrow(() -> missing(id));
        SavedGraph graph = store().version(id, number)
                .orElseThrow(() -> new StudioException(
                        ErrorCode.ENTRY_NOT_FOUND,
                        "The graph has no version " + number,
                        "Use one of its versions, or its draft"));
        return new GraphDraft(stored, graph);
    }

    /** Makes a version the draft, as a new revision of it; versions after it stay. */
    public GraphDraft restore(String id, int number) {
        GraphDraft version = version(id, number);
        return save(
                id,
                version.stored().revision(),
                version.graph().name(),
                version.graph().description(),
                version.graph());
    }

    /**
     * Keeps a graph that somebody gives, as it is: what is unknown, wrong or hostile in it stays data.
     *
     * @param json as {@link GraphJson#read(String)} takes it
     * @throws StudioException as {@link GraphJson#read(String)}
     */
    public GraphDraft importGraph(String json) {
        SavedGraph graph = GraphJson.read(json);
        String given = UNSHOWN.matcher(graph.name()).replaceAll("").strip();
        String name = given.isEmpty() ? UNNAMED : given.substring(0, Math.min(MAX_NAME, given.length()));
        String about = UNSHOWN.matcher(graph.description()).replaceAll("");
        String cut = about.substring(0, Math.min(MAX_DESCRIPTION, about.length()));
        return told("graph.import", "", () -> insert(name, cut, graph));
    }

    /** The draft as a file that {@link #importGraph} and {@code studio graph run} take. */
    public String export(String id) {
        return GraphJson.write(get(id).graph());
    }

    /** Graphs to begin with. */
    public List<GraphTemplate> templates() {
        return Templates.all();
    }

    /** A new graph out of a template. */
    public GraphDraft fromTemplate(String templateId) {
        GraphTemplate template = Templates.all().stream()
                .filter(each -> each.id().equals(templateId))
                .findFirst()
                .orElseThrow(() -> new StudioException(
                        ErrorCode.ENTRY_NOT_FOUND,
                        "There is no template " + StudioException.quote(templateId),
                        "Use one of "
                                + Templates.all().stream()
                                        .map(GraphTemplate::id)
                                        .toList()));
        return create(template.title(), template.graph());
    }

    /** Everything that is wrong with a graph, kept or not. */
    public List<GraphProblem> problems(SavedGraph graph) {
        return compiler().problems(graph);
    }

    /** Checks and compiles with the node types of this caller; nodes may name graphs of the organisation by their ids. */
    public GraphCompiler compiler() {
        return GraphCompiler.of(GraphNodeTypes.of(studio).as(caller).types()).withResolver(this::running);
    }

    /**
     * What a node that names a graph runs: its latest version, or its draft when there is none.
     *
     * @return empty when there is no such graph
     */
    public Optional<SavedGraph> running(String id) {
        GraphStore store = store();
        return store.find(id)
                .flatMap(stored -> stored.publishedVersion().isPresent()
                        ? store.version(id, stored.publishedVersion().getAsInt())
                        : store.draft(id));
    }

    private static String name(String name) {
        String stripped = text("name", name, MAX_NAME).strip();
        if (stripped.isEmpty()) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT, "The name of the graph is blank", "Give a name such as 'Summary'");
        }
        return stripped;
    }

    private static String description(String description) {
        return text("description", description, MAX_DESCRIPTION);
    }

    private static String text(String member, String text, int max) {
        if (text.length() > max || UNSHOWN.matcher(text).find()) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "The " + member + " has " + text.length() + " characters, or characters that can't be shown",
                    "Give at most " + max + " characters");
        }
        return text;
    }

    static StudioException missing(String id) {
        return new StudioException(
                ErrorCode.ENTRY_NOT_FOUND,
                "There is no graph " + StudioException.quote(id),
                "Use the id of a graph in the list");
    }

    private <T> T told(String action, String id, Supplier<T> work) {
        Activity activity = Activity.of(caller, action);
        return studio.activities()
                .watching(
                        id.isEmpty() ? activity : activity.about(id),
                        work::get,
                        (told, done) -> done instanceof GraphDraft draft ? told.about(draft.id()) : told);
    }
}
