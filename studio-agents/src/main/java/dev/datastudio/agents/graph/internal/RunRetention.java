package dev.datastudio.agents.graph.internal;

import dev.datastudio.agents.graph.GraphRun;
import dev.datastudio.agents.graph.GraphRunLimits;
import dev.datastudio.agents.graph.RunState;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.graph.run.Engine;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** For how long runs are kept. Thread-safe. */
final class RunRetention {
    private final RunStore store;
    private final Engine engine;
    private final LiveRuns live;
    private final GraphRunLimits limits;
    private final InstantSource clock;

    RunRetention(RunStore store, Engine engine, LiveRuns live, GraphRunLimits limits, InstantSource clock) {
        this.store = store;
        this.engine = engine;
        this.live = live;
        this.limits = limits;
        this.clock = clock;
    }

    /** Makes room for one more run of a graph: forgets those of the caller that are too old or too many. */
    void forgetOld(Caller caller, String graph) {
        Instant old = clock.instant().minus(limits.keptFor());
        List<GraphRun> runs = store.all(caller, graph);
        for (int i = 0; i < runs.size(); i++) {
            GraphRun run = runs.get(i);
            boolean isOld = i >= limits.keptRuns() - 1 || run.startedAt().isBefore(old);
            if (isOld && run.state().isEnded()) {
                forget(caller.tenant(), run.id());
            }
        }
    }

    /** Forgets all runs of a graph, of all users; those that go on are ended. */
    void forgetGraph(String tenant, String graph) {
        for (GraphRun run : store.ofGraph(tenant, graph)) {
            if (run.state().isEnded() || run.state() == RunState.WAITING) {
                forget(tenant, run.id());
            } else {
                live.stop(run.id()); // forgotten by its age
            }
        }
        store.forgetValues(tenant, graph);
    }

    /** Forgets all runs of a user that have ended or wait, and what nodes gave in them. Gives how many runs. */
    int forgetUser(Caller caller) {
        List<GraphRun> runs = store.ofUser(caller);
        runs.forEach(run -> forget(caller.tenant(), run.id()));
        store.forgetValues(caller);
        return runs.size();
    }

    /** Forgets the runs of a tenant that ended before a time, and what nodes gave before it. Gives how many runs. */
    int forgetOlder(String tenant, Instant before) {
        List<GraphRun> old = store.ofTenant(tenant).stream()
                .filter(run -> run.state().isEnded()
                        && run.endedAt().orElse(run.startedAt()).isBefore(before))
                .toList();
        old.forEach(run -> forget(tenant, run.id()));
        store.forgetValues(tenant, before);
        return old.size();
    }

    /** Forgets what is left of a tenant when its runs are forgotten. */
    void forgetTenant(String tenant) {
        engine.threads(new Caller(tenant, "studio")).deleteAll();
        store.forgetOpen(tenant);
    }

    /** Forgets a run that has ended or waits. */
    void forget(String tenant, String run) {
        live.unload(run);
        engine.threads(new Caller(tenant, "studio")).delete(LiveRuns.thread(run));
        store.delete(tenant, run);
    }
}
