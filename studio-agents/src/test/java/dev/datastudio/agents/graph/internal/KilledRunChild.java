package dev.datastudio.agents.graph.internal;

import dev.datastudio.agents.graph.GraphNodeTypes;
import dev.datastudio.agents.graph.GraphRun;
import dev.datastudio.agents.graph.GraphRuns;
import dev.datastudio.agents.graph.NodeRun;
import dev.datastudio.agents.graph.NodeState;
import dev.datastudio.agents.graph.RunRequest;
import dev.datastudio.agents.graph.RunState;
import dev.datastudio.agents.graph.SavedGraphs;
import dev.datastudio.agents.tool.ToolRegistry;
import dev.datastudio.agents.tool.Tools;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.api.tool.ToolResult;
import dev.datastudio.core.Studio;
import dev.datastudio.graph.NodeContext;
import dev.datastudio.graph.Uncertain;
import dev.datastudio.graph.json.NodeType;
import dev.datastudio.graph.json.Port;
import dev.datastudio.graph.json.PortType;
import dev.datastudio.graph.json.SavedEdge;
import dev.datastudio.graph.json.SavedGraph;
import dev.datastudio.graph.json.SavedNode;
import dev.datastudio.graph.json.Values;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * The process that is killed: begins a run of a saved graph, or takes it up where the process before was killed, and
 * approves what it asks. Prints what it does. Arguments: the folder, and how many processes were killed before.
 */
public final class KilledRunChild {
    static final String SHOWN = "shown as done ";
    static final String EXECUTED = "executed ";
    static final String BEGUN = "begun";
    static final String END = "end ";
    static final String PAID = "paid.txt";
    static final String CHARGED = "charged.txt";

    private static final Caller ANN = new Caller("acme", "ann");
    /** Longer than the engine holds a run for a process of which it has heard nothing. */
    private static final Duration LATER = Duration.ofSeconds(40);

    private static final long WORK_NANOS = 4_000_000;
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private final Path folder;

    private KilledRunChild(Path folder) {
        this.folder = folder;
    }

    /** Runs to the end, if it is let. */
    public static void main(String[] arguments) throws Exception {
        new KilledRunChild(Path.of(arguments[0])).run(Integer.parseInt(arguments[1]));
    }

    private void run(int generation) throws Exception {
        Clock clock = Clock.offset(Clock.systemUTC(), LATER.multipliedBy(generation));
        try (Studio studio = Studio.builder()
                .workspace(folder.resolve("workspace"))
                .clock(clock)
                .build()) {
            register(studio);
            Path known = folder.resolve("run.txt");
            boolean isFirst = !Files.exists(known);
            if (!isFirst) {
                new RunStore(studio.metadata())
                        .find(ANN, Files.readString(known)).orElseThrow().nodes().stream()
                                .filter(node -> node.state() == NodeState.DONE)
                                .forEach(node -> OUT.println(SHOWN + node.node()));
            }
            GraphRuns runs = GraphRuns.of(studio).as(ANN);
            if (isFirst) {
                String graph =
                        SavedGraphs.of(studio).as(ANN).create("Killed", graph()).id();
                Files.writeString(known, runs.start(RunRequest.of(graph)).id());
            }
            OUT.println(BEGUN);
            String id = Files.readString(known);
            GraphRun now = runs.await(id);
            while (now.state() == RunState.WAITING) {
                approve(runs, id);
                now = runs.await(id);
            }
            OUT.println(END + now.state() + " "
                    + now.error().map(error -> error.code()).orElse("") + " "
                    + now.outputs().map(Values::toJson).orElse("")
                    + now.nodes().stream().map(KilledRunChild::shown).toList());
        }
    }

    private static void approve(GraphRuns runs, String id) {
        try {
            runs.approve(id);
        } catch (StudioException e) {
            if (e.code() != ErrorCode.THREAD_BUSY) { // it was approved before, and is about to be taken up
                throw e;
            }
        }
    }

    private static String shown(NodeRun node) {
        return node.node() + " " + node.state();
    }

    /** What the tool is given. */
    record Charge(String text) {}

    private void register(Studio studio) {
        PortType text = PortType.TEXT;
        GraphNodeTypes types = GraphNodeTypes.of(studio);
        types.register(NodeType.define("acme.work", 1)
                .inputs(Port.required("text", text))
                .outputs(Port.required("text", text))
                .work(config -> (inputs, context) -> {
                    work(context);
                    return Values.of("text", inputs.text("text") + context.node());
                })
                .build());
        types.register(NodeType.define("acme.pay", 1)
                .inputs(Port.required("a", text), Port.required("b", text), Port.required("c", text))
                .outputs(Port.required("text", text))
                .work(config -> (inputs, context) -> {
                    work(context);
                    String paid = context.effect("pay", String.class, Uncertain.RETRY, key -> once(PAID, key));
                    return Values.of("text", inputs.text("a") + inputs.text("b") + inputs.text("c") + paid);
                })
                .build());
        ToolRegistry.of(studio)
                .register(Tools.reachingOut("charge", "Charges somebody.", Charge.class, (charge, context) -> {
                    append(CHARGED, charge.text());
                    LockSupport.parkNanos(WORK_NANOS);
                    return ToolResult.of("charged " + charge.text());
                }));
    }

    private static void work(NodeContext context) {
        OUT.println(EXECUTED + context.node());
        LockSupport.parkNanos(WORK_NANOS);
    }

    /** What whoever recognises the key does: the same once. */
    private String once(String file, String key) throws IOException {
        Path path = folder.resolve(file);
        if (!Files.exists(path) || !Files.readAllLines(path).contains(key)) {
            append(file, key);
        }
        return "paid";
    }

    private void append(String file, String line) {
        try {
            Files.writeString(folder.resolve(file), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Input → a, b, c → pay → charge, which is approved → d → e → output. */
    private static SavedGraph graph() {
        SavedGraph graph = SavedGraph.named("Killed")
                .plus(SavedNode.of("in", "text.input", 1).withConfig(Map.of("name", "in", "default", "x")))
                .plus(SavedNode.of("pay", "acme.pay", 1))
                .plus(SavedNode.of("charge", "tool.charge", 1))
                .plus(SavedNode.of("out", "text.output", 1).withConfig(Map.of("name", "text")));
        for (String name : List.of("a", "b", "c", "d", "e")) {
            graph = graph.plus(SavedNode.of(name, "acme.work", 1));
        }
        for (String name : List.of("a", "b", "c")) {
            graph = graph.plus(SavedEdge.between("in", "value", name, "text"))
                    .plus(SavedEdge.between(name, "text", "pay", name));
        }
        return graph.plus(SavedEdge.between("pay", "text", "charge", "text"))
                .plus(SavedEdge.between("charge", "text", "d", "text"))
                .plus(SavedEdge.between("d", "text", "e", "text"))
                .plus(SavedEdge.between("e", "text", "out", "value"));
    }
}
