package dev.datastudio.agents.dependant;

import dev.datastudio.agents.agent.Agents;
import dev.datastudio.agents.dependant.Dependant.Fate;
import dev.datastudio.agents.dependant.Dependant.Kind;
import dev.datastudio.agents.graph.GraphDraft;
import dev.datastudio.agents.graph.GraphNodeTypes;
import dev.datastudio.agents.graph.GraphPage;
import dev.datastudio.agents.graph.GraphRuns;
import dev.datastudio.agents.graph.SavedGraphs;
import dev.datastudio.agents.graph.StoredGraph;
import dev.datastudio.agents.graph.internal.NamedInGraph;
import dev.datastudio.agents.model.ModelConfig;
import dev.datastudio.api.artifact.ArtifactKey;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.dataset.Origin;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.project.Project;
import dev.datastudio.core.project.Project.Item;
import dev.datastudio.core.source.SourceId;
import dev.datastudio.graph.json.NodeTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds what rests on things that may be deleted. Graphs, projects and agents are those of the organisation,
 * conversations and data sets those of the caller. Reads all of them, so ask before a deletion, not in a list. What
 * others add in the mean time is not seen. Thread-safe; works as long as the studio is open.
 */
public final class Dependants {
    private static final int PAGE = 200;

    private final Studio studio;
    private final Caller caller;

    private Dependants(Studio studio, Caller caller) {
        this.studio = studio;
        this.caller = caller;
    }

    /** Those that a studio's own caller finds. */
    public static Dependants of(Studio studio) {
        return new Dependants(Objects.requireNonNull(studio, "studio"), studio.caller());
    }

    /** Those that another caller finds, such as the user of a request. */
    public Dependants as(Caller other) {
        return new Dependants(studio, Objects.requireNonNull(other, "other"));
    }

    /**
     * What rests on versions of one data set. Whoever names the data set by its name, not a version by its id, rests on
     * the newest version: they are among them only when no other version of the name stays.
     *
     * @param versions those that would be deleted, of the caller and of one name; other versions stay
     */
    public List<Dependant> ofDatasets(List<Dataset> versions) {
        Set<String> ids =
                versions.stream().map(version -> version.id().toString()).collect(Collectors.toSet());
        List<Dependant> found = new ArrayList<>();
        versions.forEach(version -> found.addAll(artifacts(version)));
        studio.as(caller).datasets().list().stream()
                .filter(other -> !ids.contains(other.id().toString()))
                .filter(other -> other.origin().kind().equals(Origin.CLEANED)
                        && ids.stream().anyMatch(other.origin().detail()::contains))
                .forEach(other ->
                        found.add(new Dependant(Kind.DATASET, other.id().toString(), other.name(), Fate.LEFT)));
        versions.forEach(version -> found.addAll(runs(version)));
        found.addAll(graphs(new NamedInGraph("dataset-id", ids, namesWithoutVersion(versions, ids))));
        found.addAll(conversations(ids));
        found.addAll(projects(Item.Kind.DATASET, ids));
        return found.stream().distinct().toList(); // a run may have read two versions
    }

    private Set<String> namesWithoutVersion(List<Dataset> versions, Set<String> ids) {
        return versions.stream()
                .map(Dataset::name)
                .filter(name -> studio.as(caller).datasets().versions(name).stream()
                        .allMatch(version -> ids.contains(version.id().toString())))
                .collect(Collectors.toSet());
    }

    /** What is shown of the files of an upload; the data itself and what only this program reads is not. */
    private List<Dependant> artifacts(Dataset dataset) {
        ArtifactKey folder = new ArtifactKey(dataset.upload());
        int prefix = folder.value().length() + 1;
        return studio.artifacts().list(folder).stream()
                .filter(each -> each.key().value().indexOf('/', prefix) > 0)
                .filter(each -> !each.key().value().startsWith("answers/", prefix))
                .map(each -> new Dependant(
                        each.key().mediaType().startsWith("image/") ? Kind.CHART : Kind.ARTIFACT,
                        each.key().value(),
                        each.key().fileName(),
                        Fate.DELETED))
                .toList();
    }

    private List<Dependant> runs(Dataset version) {
        SavedGraphs graphs = SavedGraphs.of(studio).as(caller);
        return GraphRuns.of(studio).as(caller).readers(version).stream()
                .map(run -> new Dependant(
                        Kind.RUN,
                        run.id(),
                        graphs.find(run.graph())
                                .map(GraphDraft::stored)
                                .map(StoredGraph::name)
                                .orElse(run.graph()),
                        Fate.DELETED))
                .toList();
    }

    /**
     * What rests on a document.
     *
     * @param id of the document
     */
    public List<Dependant> ofDocument(String id) {
        Set<String> ids = Set.of(id);
        List<Dependant> found = new ArrayList<>(graphs(new NamedInGraph("document-id", ids, Set.of())));
        found.addAll(conversations(ids));
        found.addAll(projects(Item.Kind.DOCUMENT, ids));
        return List.copyOf(found);
    }

    /** What rests on a database: also the data sets that were imported from it, which stay as they are. */
    public List<Dependant> ofSource(SourceId source) {
        Set<String> ids = Set.of(source.toString());
        List<Dependant> found = new ArrayList<>();
        studio.as(caller).datasets().list().stream()
                .filter(dataset -> dataset.origin().kind().equals(Origin.DATABASE)
                        && dataset.origin().detail().contains(source.toString()))
                .forEach(dataset ->
                        found.add(new Dependant(Kind.DATASET, dataset.id().toString(), dataset.name(), Fate.LEFT)));
        found.addAll(graphs(new NamedInGraph("dataset-id", ids, Set.of())));
        found.addAll(conversations(ids));
        found.addAll(projects(Item.Kind.SOURCE, ids));
        return List.copyOf(found);
    }

    /** What names the configuration of a model: graphs and agents. */
    public List<Dependant> ofModel(ModelConfig model) {
        Set<String> ids = Set.of(model.id().toString());
        String name = model.name();
        List<Dependant> found = new ArrayList<>();
        Agents.of(studio).as(caller).configs().list().stream()
                .filter(agent -> agent.spec().model().equals(name))
                .forEach(agent -> found.add(
                        new Dependant(Kind.AGENT, agent.id(), agent.spec().title(), Fate.LEFT)));
        found.addAll(graphs(new NamedInGraph("model-name", ids, Set.of(name))));
        found.addAll(projects(Item.Kind.MODEL, ids));
        return List.copyOf(found);
    }

    private List<Dependant> graphs(NamedInGraph wanted) {
        SavedGraphs graphs = SavedGraphs.of(studio).as(caller);
        NodeTypes types = GraphNodeTypes.of(studio).as(caller).types();
        List<Dependant> found = new ArrayList<>();
        String after = "";
        do {
            GraphPage<StoredGraph> page = graphs.list(PAGE, after);
            for (StoredGraph graph : page.items()) {
                boolean isNamed = Stream.of(graphs.find(graph.id()).map(GraphDraft::graph), graphs.running(graph.id()))
                        .flatMap(Optional::stream)
                        .anyMatch(content -> wanted.isIn(content, types));
                if (isNamed) {
                    found.add(new Dependant(Kind.GRAPH, graph.id(), graph.name(), Fate.LEFT));
                }
            }
            after = page.next();
        } while (!after.isEmpty());
        return found;
    }

    private List<Dependant> conversations(Set<String> ids) {
        return studio.as(caller).conversations().naming(ids).stream()
                .map(each -> new Dependant(Kind.CONVERSATION, each.id(), each.title(), Fate.LEFT))
                .toList();
    }

    private List<Dependant> projects(Item.Kind kind, Set<String> ids) {
        return Stream.of(Project.Status.values())
                .flatMap(status -> studio.as(caller).projects().list(status).stream())
                .filter(project ->
                        project.items().stream().anyMatch(item -> item.kind() == kind && ids.contains(item.id())))
                .map(project -> new Dependant(Kind.PROJECT, project.id(), project.name(), Fate.LEFT))
                .toList();
    }
}
