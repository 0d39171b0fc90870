package dev.datastudio.app.graph;

import dev.datastudio.graph.json.GraphProblem;
import dev.datastudio.graph.json.SavedGraph;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is wrong with a graph.
 *
 * @param problems in the order of the graph; empty when it can run
 * @param inputs what a run of it is given
 */
record GraphCheck(List<Problem> problems, List<NodePort> inputs) {
    private static final Pattern EDGE = Pattern.compile("/edges/(\\d{1,6})(/.*)?");

    /**
     * One thing that is wrong, or to be known.
     *
     * @param kind for programs, such as {@code INPUT_NOT_CONNECTED}
     * @param nodeId the node that it is about; null when it is about an edge or the whole graph
     * @param edgeId the edge that it is about; null otherwise
     * @param pointer where it stands in the graph, as a JSON pointer; null for the whole graph
     * @param message what is wrong
     * @param mend what to do about it
     * @param stopsRuns whether the graph can't run before it is mended
     */
    @Schema(name = "GraphProblem")
    record Problem(
            String kind,
            Optional<String> nodeId,
            Optional<String> edgeId,
            Optional<String> pointer,
            String message,
            String mend,
            boolean stopsRuns) {
        static Problem of(GraphProblem problem, SavedGraph graph) {
            return new Problem(
                    problem.kind().name(),
                    some(problem.node()),
                    edge(problem.place(), graph),
                    some(problem.place()),
                    problem.what(),
                    problem.mend(),
                    problem.stopsRuns());
        }

        private static Optional<String> edge(String place, SavedGraph graph) {
            Matcher matcher = EDGE.matcher(place);
            if (!matcher.matches()) {
                return Optional.empty();
            }
            int index = Integer.parseInt(matcher.group(1));
            return index < graph.edges().size() ? some(graph.edges().get(index).id()) : Optional.empty();
        }

        private static Optional<String> some(String text) {
            return Optional.of(text).filter(value -> !value.isEmpty());
        }
    }
}
