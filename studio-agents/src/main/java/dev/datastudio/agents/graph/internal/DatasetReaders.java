package dev.datastudio.agents.graph.internal;

import dev.datastudio.agents.graph.GraphDraft;
import dev.datastudio.agents.graph.GraphNodeTypes;
import dev.datastudio.agents.graph.GraphRun;
import dev.datastudio.agents.graph.SavedGraphs;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.core.Studio;
import dev.datastudio.graph.json.NodeTypes;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which runs of its owner read a version of a data set: those that name it by its id; those that name it by its name, when it
 * was the newest version at the time; and parts of a graph of which others read it, since kept values stand in there for
 * the nodes that name it. Not thread-safe.
 */
final class DatasetReaders {
    private final Dataset dataset;
    private final RunStore store;
    private final SavedGraphs graphs;
    private final NodeTypes types;
    private final List<Instant> others;
    private final Map<String, Boolean> drafts = new HashMap<>();

    DatasetReaders(Studio studio, RunStore store, Dataset dataset) {
        this.dataset = dataset;
        this.store = store;
        this.graphs = SavedGraphs.of(studio).as(dataset.owner());
        this.types = GraphNodeTypes.of(studio).as(dataset.owner()).types();
        this.others = studio.as(dataset.owner()).datasets().versions(dataset.name()).stream()
                .filter(version -> !version.id().equals(dataset.id()))
                .map(Dataset::importedAt)
                .toList();
    }

    /** The runs, and in the same set nothing twice. */
    Set<GraphRun> runs() {
        List<GraphRun> all = store.ofUser(dataset.owner());
        Set<GraphRun> readers = new LinkedHashSet<>();
        Set<String> graphsRead = graphsOfValues();
        for (GraphRun run : all) {
            if (isReader(run)) {
                readers.add(run);
                graphsRead.add(run.graph());
            }
        }
        all.stream()
                .filter(run -> !run.target().isEmpty() && graphsRead.contains(run.graph()))
                .forEach(readers::add);
        return readers;
    }

    /** The graphs whose kept values were made of it. */
    Set<String> graphsOfValues() {
        Set<String> found = new LinkedHashSet<>();
        store.eachValue(dataset.owner(), (graph, body, at) -> {
            if (!found.contains(graph) && (body.contains(dataset.id().toString()) || isNamedByDraft(graph, at))) {
                found.add(graph);
            }
        });
        return found;
    }

    private boolean isNamedByDraft(String graph, Instant at) {
        NamedInGraph wanted = wanted(at);
        return drafts.computeIfAbsent(
                graph + wanted.names().size(),
                key -> graphs.find(graph)
                        .map(GraphDraft::graph)
                        .filter(draft -> wanted.isIn(draft, types))
                        .isPresent());
    }

    private boolean isReader(GraphRun run) {
        NamedInGraph wanted = wanted(run.startedAt());
        return wanted.isAmong(run.inputs())
                || store.holds(dataset.owner(), run.id(), dataset.id().toString())
                || store.content(dataset.owner(), run.id())
                        .filter(content -> wanted.isIn(content, types))
                        .isPresent();
    }

    private NamedInGraph wanted(Instant at) {
        boolean isNewest = !at.isBefore(dataset.importedAt())
                && others.stream().noneMatch(other -> other.isAfter(dataset.importedAt()) && !other.isAfter(at));
        return new NamedInGraph(
                "dataset-id", Set.of(dataset.id().toString()), isNewest ? Set.of(dataset.name()) : Set.of());
    }
}
