package dev.datastudio.cli;

import dev.datastudio.agents.graph.GraphNodeTypes;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.graph.json.GraphCompiler;
import dev.datastudio.graph.json.GraphJson;
import dev.datastudio.graph.json.GraphProblem;
import dev.datastudio.graph.json.NodeTypes;
import dev.datastudio.graph.json.SavedGraph;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code studio graph run|check|draw FILE}: graphs saved as JSON. */
@Command(
        name = "graph",
        description = "Runs, checks and draws graphs saved as JSON.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {GraphRunCommand.class, GraphCheckCommand.class, GraphDrawCommand.class})
final class GraphCommand implements Runnable {
    private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "Say what to do with the graph: run, check or draw");
    }

    /** A graph that a word names. */
    static SavedGraph read(String file) {
        return GraphJson.read(path(file));
    }

    static Path path(String file) {
        try {
            return Path.of(file);
        } catch (InvalidPathException e) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "The name " + StudioException.quote(file) + " can't be that of a file here: " + e.getReason(),
                    "Name it in the characters of this system's locale, such as LC_ALL=C.UTF-8",
                    e);
        }
    }

    /**
     * Does something with the node types that a graph needs: the standard ones alone, unless it has others; then a studio is
     * opened, which knows its tools, agents and models.
     */
    static <T> T withTypes(
            String file, SavedGraph graph, WorkspaceOption workspace, BiFunction<NodeTypes, Caller, T> work) {
        boolean needsStudio = compiler(file, NodeTypes.standard()).problems(graph).stream()
                .filter(problem -> problem.kind() == GraphProblem.Kind.NODE_TYPE_UNKNOWN)
                .anyMatch(problem -> GraphNodeTypes.IDS.stream()
                        .anyMatch(id -> problem.what().contains("'" + id)));
        if (!needsStudio) {
            return work.apply(NodeTypes.standard(), Caller.LOCAL);
        }
        try (Studio studio = workspace.open()) {
            return work.apply(GraphNodeTypes.of(studio).types(), studio.caller());
        }
    }

    /** Knows these types, and finds a graph named by another as the file {@code ID.json} beside that. */
    static GraphCompiler compiler(String file, NodeTypes types) {
        Path folder = path(file).toAbsolutePath().getParent();
        return GraphCompiler.of(types).withResolver(id -> {
            if (folder == null || !FILE_NAME.matcher(id).matches()) {
                return Optional.empty();
            }
            Path named = folder.resolve(id + ".json");
            return Files.isRegularFile(named) ? Optional.of(GraphJson.read(named)) : Optional.empty();
        });
    }
}
