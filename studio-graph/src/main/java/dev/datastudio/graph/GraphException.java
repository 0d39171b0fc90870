package dev.datastudio.graph;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A graph's definition is wrong; holds every problem found, with code {@link ErrorCode#GRAPH_INVALID}. */
public final class GraphException extends StudioException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /**
     * @param graph name of the graph
     * @param problems at least one
     */
    public GraphException(String graph, List<Problem> problems) {
        super(
                ErrorCode.GRAPH_INVALID,
                "Graph " + quote(graph) + " can't be built: " + numbered(problems),
                problems.size() == 1 ? "Mend it and build again" : "Mend all of them and build again");
        this.problems = List.copyOf(problems);
    }

    /** Everything that is wrong, in the order of the definition; empty after Java serialisation. */
    public List<Problem> problems() {
        return problems == null ? List.of() : problems;
    }

    private static String numbered(List<Problem> problems) {
        if (problems.size() == 1) {
            return problems.get(0).toString();
        }
        return IntStream.range(0, problems.size())
                .mapToObj(i -> "(" + (i + 1) + ") " + problems.get(i))
                .collect(Collectors.joining(" "));
    }

    /**
     * One thing that is wrong. Immutable.
     *
     * @param what what is wrong, with the value in single quotes, without a full stop
     * @param mend what to do about it, without a full stop
     */
    public record Problem(String what, String mend) {
        @Override
        public String toString() {
            return what + ". " + mend + ".";
        }
    }
}
