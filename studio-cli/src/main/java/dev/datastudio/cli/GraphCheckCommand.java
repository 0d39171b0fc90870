package dev.datastudio.cli;

import dev.datastudio.graph.json.GraphProblem;
import dev.datastudio.graph.json.SavedGraph;
import dev.datastudio.graph.json.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code studio graph check FILE}. */
@Command(
        name = "check",
        description = "Tells everything that is wrong with a graph, with its place and its mend; runs nothing.",
        mixinStandardHelpOptions = true)
final class GraphCheckCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "the graph as JSON")
    private String file = "";

    @Option(names = "--json", description = "print the problems as JSON")
    private boolean json;

    @Mixin
    private WorkspaceOption workspace = new WorkspaceOption();

    private final Terminal terminal;

    GraphCheckCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        SavedGraph graph = GraphCommand.read(file);
        List<GraphProblem> problems = GraphCommand.withTypes(
                file,
                graph,
                workspace,
                (types, caller) -> GraphCommand.compiler(file, types).problems(graph));
        boolean runs = problems.stream().noneMatch(GraphProblem::stopsRuns);
        if (json) {
            terminal.out().println(json(problems, runs).toJson());
        } else {
            problems.forEach(problem -> terminal.out().println((problem.stopsRuns() ? "error: " : "note: ") + problem));
            terminal.out()
                    .println(
                            runs
                                    ? "The graph can run: " + graph.nodes().size() + " nodes, "
                                            + graph.edges().size() + " edges."
                                    : "The graph can't run before its errors are mended.");
        }
        return runs ? StudioCommand.OK : StudioCommand.ERROR;
    }

    private static Values json(List<GraphProblem> problems, boolean runs) {
        List<Map<String, Object>> all = new ArrayList<>();
        for (GraphProblem problem : problems) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("kind", problem.kind().name());
            one.put("stopsRuns", problem.stopsRuns());
            one.put("node", problem.node());
            one.put("place", problem.place());
            one.put("what", problem.what());
            one.put("mend", problem.mend());
            all.add(one);
        }
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        result.put("runs", runs);
        result.put("problems", all);
        return Values.of(result);
    }
}
