package dev.datastudio.agents.graph.internal;

import dev.datastudio.api.error.StudioException;
import dev.datastudio.graph.Graph;
import dev.datastudio.graph.json.GraphInput;
import dev.datastudio.graph.json.GraphOutput;
import dev.datastudio.graph.run.Checkpoint;
import dev.datastudio.graph.run.Engine;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has runs that another process began show what was done there and was not written down: the engine's log knows it, and
 * does not tell it again. Thread-safe.
 */
final class PassedNodes {
    private static final Logger log = LoggerFactory.getLogger(PassedNodes.class);

    private final Engine engine;
    private final Map<String, Graph<GraphInput, GraphOutput>> takenUp = new ConcurrentHashMap<>();

    PassedNodes(Engine engine) {
        this.engine = engine;
    }

    /** From now on until its end, a run goes on here that another process began. */
    void takenUp(String run, Graph<GraphInput, GraphOutput> graph) {
        takenUp.put(run, graph);
    }

    void forget(String run) {
        takenUp.remove(run);
    }

    /** Has a run show what its log knows. */
    void show(LiveRun run, Graph<GraphInput, GraphOutput> graph) {
        run.catchUp(of(run, graph), List.of());
    }

    /** A run has come to its end. */
    void finished(LiveRun run, GraphOutput output) {
        Graph<GraphInput, GraphOutput> graph = takenUp.remove(run.id());
        if (graph != null) {
            run.catchUp(of(run, graph), output.skipped());
        }
    }

    /** A run waits for a person. */
    void waits(LiveRun run) {
        Graph<GraphInput, GraphOutput> graph = takenUp.get(run.id());
        if (graph == null) {
            return;
        }
        try {
            show(run, graph);
        } catch (StudioException e) {
            log.warn("Nodes of run {} that were done before it was taken up may be shown as idle", run.id(), e);
        }
    }

    /** The nodes of the steps that a run has behind it, as the engine keeps them: after the end, of all steps. */
    private List<String> of(LiveRun run, Graph<GraphInput, GraphOutput> graph) {
        List<Checkpoint> history = engine.threads(run.caller()).history(graph, LiveRuns.thread(run.id()));
        boolean isOver =
                !history.isEmpty() && history.get(history.size() - 1).next().isEmpty();
        return history.subList(0, Math.max(0, history.size() - (isOver ? 0 : 1))).stream()
                .flatMap(checkpoint -> checkpoint.next().stream())
                .toList();
    }
}
