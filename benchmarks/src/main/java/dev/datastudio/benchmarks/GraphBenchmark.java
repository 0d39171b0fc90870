package dev.datastudio.benchmarks;

import dev.datastudio.benchmarks.GraphTurns.Contender;
import dev.datastudio.benchmarks.GraphTurns.Cost;
import dev.datastudio.graph.Graph;
import dev.datastudio.graph.run.Engine;
import dev.datastudio.graph.run.RunOptions;
import dev.langchain4j.agentic.UntypedAgent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bsc.langgraph4j.CompiledGraph;
import org.bsc.langgraph4j.state.AgentState;

/** The graph engine beside other engines, and beside what the disk and the machine allow. */
final class GraphBenchmark implements Benchmark {
    private static final int STEPS = 10_000;
    private static final double MOST_CPU_MICROS = 0.5;

    @Override
    public String name() {
        return "graph";
    }

    @Override
    public String summary() {
        return "steps, stored steps, fan-out, first run and open threads of the graph engine beside its peers";
    }

    @Override
    public List<Measurement> run(Path scratch, Effort effort) throws Exception {
        List<Measurement> rows = new ArrayList<>();
        rows.addAll(unstored(effort));
        rows.addAll(GraphStored.measure(scratch, effort));
        rows.add(GraphFanOut.measure(effort));
        rows.add(GraphFirstRun.measure(scratch, effort));
        rows.addAll(GraphOpenThreads.measure());
        return rows;
    }

    private static List<Measurement> unstored(Effort effort) throws Exception {
        Graph<GraphLoop.In, GraphLoop.Out> loop = GraphLoop.of(STEPS);
        CompiledGraph<AgentState> langGraph4j = GraphPeers.langGraph4j(STEPS);
        UntypedAgent agentic = GraphPeers.agentic(STEPS);
        RunOptions withoutEvents = RunOptions.builder().keptEvents(0).build();
        try (Engine engine = Engine.create()) {
            List<Contender> contenders = List.of(
                    () -> engine.run(loop, new GraphLoop.In(0), withoutEvents).count(),
                    () -> engine.run(loop, new GraphLoop.In(0)).count(),
                    () -> GraphPeers.run(langGraph4j),
                    () -> GraphPeers.run(agentic));
            List<Cost> costs = GraphTurns.of(effort).medians(contenders);
            List<Measurement> rows = new ArrayList<>();
            String measure = "loop of 3 nodes, 10,000 steps";
            rows.addAll(beside(measure, costs.get(0), costs));
            rows.add(faster(measure, costs.get(0), GraphPeers.AGENTIC, costs.get(3), 4));
            rows.addAll(beside("the same with the latest 1,000 events kept", costs.get(1), costs));
            return rows;
        }
    }

    private static List<Measurement> beside(String measure, Cost ours, List<Cost> costs) {
        return List.of(
                Measurement.atMost(measure + ": processor time", ours.cpuMicros(), "us/step", "limit", MOST_CPU_MICROS),
                faster(measure, ours, GraphPeers.LANGGRAPH4J, costs.get(2), 20));
    }

    private static Measurement faster(String measure, Cost ours, String peer, Cost theirs, double times) {
        return Measurement.atLeastTimes(measure, ours.perSecond(), "steps/s", peer, theirs.perSecond(), times);
    }
}
