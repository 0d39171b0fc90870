package dev.datastudio.cli;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.graph.Graph;
import dev.datastudio.graph.json.GraphCompiler;
import dev.datastudio.graph.json.GraphInput;
import dev.datastudio.graph.json.GraphJson;
import dev.datastudio.graph.json.GraphOutput;
import dev.datastudio.graph.json.NodeTypes;
import dev.datastudio.graph.json.Port;
import dev.datastudio.graph.json.SavedGraph;
import dev.datastudio.graph.json.Values;
import dev.datastudio.graph.run.Engine;
import dev.datastudio.graph.run.NodeException;
import dev.datastudio.graph.run.RunOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code studio graph run FILE --input NAME=VALUE}. */
@Command(
        name = "run",
        description = "Runs a graph; its progress goes to standard error, its outputs to standard output.",
        mixinStandardHelpOptions = true)
final class GraphRunCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "the graph as JSON")
    private String file = "";

    @Option(
            names = "--input",
            paramLabel = "NAME=VALUE",
            description = "an input of the graph; NAME=@FILE reads it from a file, NAME=@@x is the text '@x'")
    private List<String> inputs = List.of();

    @Option(names = "--json", description = "print the outputs as one JSON object")
    private boolean json;

    @Option(names = "--quiet", description = "tell nothing of the progress")
    private boolean quiet;

    @Mixin
    private WorkspaceOption workspace = new WorkspaceOption();

    private final Terminal terminal;

    GraphRunCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        long start = System.nanoTime();
        try {
            GraphOutput output = run();
            long millis = (System.nanoTime() - start) / 1_000_000;
            print(output, millis);
            return StudioCommand.OK;
        } catch (StudioException e) {
            if (!json) {
                throw e;
            }
            terminal.out().println(error(e).toJson());
            return StudioCommand.ERROR;
        }
    }

    private GraphOutput run() {
        SavedGraph saved = GraphCommand.read(file);
        return GraphCommand.withTypes(file, saved, workspace, (types, caller) -> run(saved, types, caller));
    }

    private GraphOutput run(SavedGraph saved, NodeTypes types, Caller caller) {
        GraphCompiler compiler = GraphCommand.compiler(file, types);
        Graph<GraphInput, GraphOutput> graph = compiler.compile(saved);
        Map<String, String> given = given(compiler.inputs(saved));
        RunOptions.Builder options = RunOptions.builder().caller(caller).cancellation(terminal.cancellation());
        if (!quiet) {
            options.listener(new GraphProgress(terminal.err(), saved));
        }
        try (Engine engine = Engine.create()) {
            return engine.run(graph, GraphInput.of(given), options.build());
        }
    }

    private Map<String, String> given(List<Port> known) {
        List<String> names = known.stream().map(Port::name).toList();
        Map<String, String> given = new LinkedHashMap<>();
        for (String input : inputs) {
            int equals = input.indexOf('=');
            String name = equals < 0 ? input : input.substring(0, equals);
            if (equals < 0 || !names.contains(name)) {
                throw new StudioException(
                        ErrorCode.INVALID_ARGUMENT,
                        equals < 0
                                ? "--input " + StudioException.quote(input) + " has no value"
                                : "The graph has no input " + StudioException.quote(name),
                        names.isEmpty()
                                ? "Leave it out; the graph takes none"
                                : "Write NAME=VALUE with one of the names " + names);
            }
            if (given.putIfAbsent(name, value(input.substring(equals + 1))) != null) {
                throw new StudioException(
                        ErrorCode.INVALID_ARGUMENT,
                        "Input " + StudioException.quote(name) + " is given twice",
                        "Give it once");
            }
        }
        for (Port port : known) {
            if (port.presence() == Port.Presence.REQUIRED && !given.containsKey(port.name())) {
                throw new StudioException(
                        ErrorCode.INVALID_ARGUMENT,
                        "Input '" + port.name() + "' is not given",
                        "Add --input " + port.name() + "=VALUE; the graph takes " + names);
            }
        }
        return given;
    }

    private static String value(String text) {
        if (!text.startsWith("@")) {
            return text;
        }
        if (text.startsWith("@@")) {
            return text.substring(1);
        }
        Path path = GraphCommand.path(text.substring(1));
        try {
            if (Files.isRegularFile(path) && Files.size(path) > GraphJson.MAX_BYTES) {
                throw new StudioException(
                        ErrorCode.LIMIT_EXCEEDED,
                        "File " + StudioException.quote(path) + " is larger than " + GraphJson.MAX_BYTES + " bytes",
                        "Give a smaller one as an input");
            }
            return Files.readString(path, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new StudioException(
                    Files.exists(path) ? ErrorCode.FILE_NOT_READABLE : ErrorCode.FILE_NOT_FOUND,
                    "File " + StudioException.quote(path) + " can't be read as text",
                    "Name a file in UTF-8 that you may read; for a text that begins with '@' write '@@'",
                    e);
        }
    }

    private void print(GraphOutput output, long millis) {
        Values values = output.values();
        if (json) {
            Map<String, @Nullable Object> result = new LinkedHashMap<>();
            result.put("status", "finished");
            result.put("outputs", values.all());
            result.put("skipped", output.skipped());
            result.put("millis", millis);
            terminal.out().println(Values.of(result).toJson());
            return;
        }
        if (values.all().isEmpty()) {
            terminal.err().println("note: no branch reached an output of the graph");
        }
        boolean named = values.all().size() > 1;
        values.all().forEach((name, value) -> terminal.out().println((named ? name + ": " : "") + shown(value)));
    }

    /** Text as it is, a list of texts by lines, everything else as JSON. */
    private static String shown(@Nullable Object value) {
        if (value instanceof String text) {
            return text;
        }
        if (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
            return String.join("\n", list.stream().map(String::valueOf).toList());
        }
        String object = Values.of(Collections.singletonMap("", value)).toJson();
        return object.substring("{\"\":".length(), object.length() - 1);
    }

    private static Values error(StudioException e) {
        Map<String, @Nullable Object> error = new LinkedHashMap<>();
        error.put("status", "error");
        error.put("code", e.code().name());
        if (e instanceof NodeException failed) {
            error.put("node", failed.node());
        }
        error.put("what", e.what());
        error.put("mend", e.mend());
        return Values.of(error);
    }
}
