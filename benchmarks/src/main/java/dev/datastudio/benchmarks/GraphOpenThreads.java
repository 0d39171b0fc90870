package dev.datastudio.benchmarks;

import dev.datastudio.api.checkpoint.CheckpointStore;
import dev.datastudio.benchmarks.Interleaved.Work;
import dev.datastudio.graph.Graph;
import dev.datastudio.graph.channel.Channel;
import dev.datastudio.graph.channel.LastChannel;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.checkpoint.InMemoryCheckpointStore;
import dev.datastudio.graph.run.Engine;
import dev.datastudio.graph.run.RunInterruptedException;
import dev.datastudio.graph.run.RunOptions;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.util.List;
import java.util.Map;
import org.bsc.langgraph4j.CompileConfig;
import org.bsc.langgraph4j.CompiledGraph;
import org.bsc.langgraph4j.GraphDefinition;
import org.bsc.langgraph4j.GraphStateException;
import org.bsc.langgraph4j.RunnableConfig;
import org.bsc.langgraph4j.StateGraph;
import org.bsc.langgraph4j.action.AsyncNodeAction;
import org.bsc.langgraph4j.checkpoint.MemorySaver;
import org.bsc.langgraph4j.state.AgentState;

/** Ten thousand threads that wait for an answer, kept in memory. */
final class GraphOpenThreads {
    private static final int THREADS = 10_000;
    private static final double MOST_KILOBYTES = 0.8;
    private static final LastChannel<String> TEXT = Channel.last("text", String.class);

    private GraphOpenThreads() {}

    record In(String text) {}

    record Out(String text) {}

    /** What opening all of them took. */
    private record Opened(double seconds, double kilobytesEach) {}

    static List<Measurement> measure() throws Exception {
        ours();
        theirs();
        Opened ours = ours();
        Opened theirs = theirs();
        String peer = GraphPeers.LANGGRAPH4J + " with MemorySaver";
        return List.of(
                Measurement.atMostBeside(
                        "10,000 threads that wait for an answer: heap of each",
                        ours.kilobytesEach(),
                        "kB",
                        peer,
                        theirs.kilobytesEach(),
                        MOST_KILOBYTES),
                Measurement.atMostTimes(
                        "10,000 threads that wait for an answer: time to open",
                        ours.seconds(),
                        "s",
                        peer,
                        theirs.seconds(),
                        1));
    }

    private static Opened ours() throws Exception {
        Graph<In, Out> graph = Graph.define("approval", 1)
                .input(In.class)
                .output(Out.class)
                .channels(TEXT)
                .node(
                        "draft",
                        (view, context) -> Update.of(TEXT.set(view.get(TEXT).concat("!"))))
                .node(
                        "approve",
                        (view, context) -> Update.of(TEXT.set(context.interrupt("approve", "Send it?", String.class))))
                .edge(Graph.START, "draft")
                .edge("draft", "approve")
                .edge("approve", Graph.END)
                .build();
        try (CheckpointStore store = InMemoryCheckpointStore.create();
                Engine engine = Engine.builder().store(store).build()) {
            return opened(() -> {
                for (int i = 0; i < THREADS; i++) {
                    RunOptions options =
                            RunOptions.builder().thread("thread-" + i).build();
                    open(engine, graph, options);
                }
            });
        }
    }

    /** On this thread, as the other engine does it. */
    private static void open(Engine engine, Graph<In, Out> graph, RunOptions options) {
        try {
            Out out = engine.run(graph, new In("hello"), options);
            throw new IllegalStateException("A thread did not wait but ended with " + out);
        } catch (RunInterruptedException e) {
            if (e.interrupts().size() != 1) {
                throw new IllegalStateException("A thread did not wait for one answer", e);
            }
        }
    }

    private static Opened theirs() throws Exception {
        CompiledGraph<AgentState> graph = approval();
        return opened(() -> {
            for (int i = 0; i < THREADS; i++) {
                graph.invoke(
                        Map.of("text", "hello"),
                        RunnableConfig.builder().threadId("thread-" + i).build());
            }
        });
    }

    private static CompiledGraph<AgentState> approval() throws GraphStateException {
        return new StateGraph<>(AgentState::new)
                .addNode(
                        "draft",
                        AsyncNodeAction.node_async(state -> Map.of(
                                "text", state.<String>value("text").orElse("").concat("!"))))
                .addNode("approve", AsyncNodeAction.node_async(state -> Map.of()))
                .addEdge(GraphDefinition.START, "draft")
                .addEdge("draft", "approve")
                .addEdge("approve", GraphDefinition.END)
                .compile(CompileConfig.builder()
                        .checkpointSaver(new MemorySaver())
                        .interruptBefore("approve")
                        .build());
    }

    private static Opened opened(Work open) throws Exception {
        try {
            long before = usedBytes();
            long start = System.nanoTime();
            open.run();
            double seconds = (System.nanoTime() - start) / 1e9;
            return new Opened(seconds, (usedBytes() - before) / 1e3 / THREADS);
        } finally {
            // What was opened is reached through it.
            Reference.reachabilityFence(open);
        }
    }

    /** What is left on the heap when the collector has been asked for all it can find. */
    private static long usedBytes() {
        long used = Long.MAX_VALUE;
        while (true) {
            System.gc();
            long now = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
            if (now >= used) {
                return used;
            }
            used = now;
        }
    }
}
