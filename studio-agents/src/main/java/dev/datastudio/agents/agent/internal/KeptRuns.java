package dev.datastudio.agents.agent.internal;

import dev.datastudio.agents.agent.internal.AgentState.Input;
import dev.datastudio.agents.agent.internal.AgentState.Output;
import dev.datastudio.agents.agent.internal.AgentState.Task;
import dev.datastudio.api.checkpoint.ThreadState;
import dev.datastudio.api.checkpoint.ThreadStatus;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.graph.Graph;
import dev.datastudio.graph.channel.View;
import dev.datastudio.graph.run.Resume;
import dev.datastudio.graph.run.RunOptions;
import dev.datastudio.graph.run.Threads;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Runs that outlast the process, each as a thread of the engine's store, whose name tells the user. What was last
 * touched a week ago is forgotten by and by. Thread-safe.
 */
final class KeptRuns {
    private static final String PREFIX = "agent:";
    private static final int USER_DIGITS = 24;
    private static final int PAGE = 1_000;
    private static final Duration RETENTION = Duration.ofDays(7);
    private static final Duration BETWEEN_CLEANINGS = Duration.ofHours(1);
    private static final List<ThreadStatus> UNFINISHED =
            List.of(ThreadStatus.READY, ThreadStatus.RUNNING, ThreadStatus.FAILED, ThreadStatus.CANCELLED);

    private final RunEngines engines;
    private final Clock clock;
    private final Graph<Input, Output> shape = AgentLoop.shape();
    private final ConcurrentMap<String, Instant> cleaned = new ConcurrentHashMap<>();

    KeptRuns(RunEngines engines, Clock clock) {
        this.engines = engines;
        this.clock = clock;
    }

    /** What is kept of a run. */
    record State(Task task, Optional<Output> output) {}

    /** Begins a run and waits for its end. */
    Output begin(Caller caller, String run, Graph<Input, Output> graph, Input input, RunOptions.Builder options) {
        clean(caller);
        if (threads(caller).find(name(caller, run)).isPresent()) {
            throw new StudioException(
                    ErrorCode.THREAD_EXISTS,
                    "There is a run " + StudioException.quote(run) + " already",
                    "Resume it, or take another id");
        }
        RunOptions kept = options.thread(name(caller, run)).build();
        return engines.keeping().run(graph, input, kept);
    }

    /** Goes on with a run and waits for its end. */
    Output resume(Caller caller, String run, Graph<Input, Output> graph, RunOptions.Builder options) {
        RunOptions kept = options.build();
        return engines.keeping()
                .resume(graph, name(caller, run), Resume.goOn(), kept)
                .await();
    }

    /** @throws StudioException THREAD_NOT_FOUND when this user has no such run */
    State state(Caller caller, String run) {
        String thread = name(caller, run);
        ThreadState state = threads(caller).find(thread).orElseThrow(() -> missing(run));
        View view = threads(caller).state(shape, thread).state();
        Task task = view.find(AgentState.TASK).orElseThrow(() -> missing(run));
        return new State(
                task,
                state.status() == ThreadStatus.FINISHED
                        ? Optional.of(new Output(
                                task,
                                view.get(AgentState.MEMORY),
                                view.get(AgentState.PROMPT),
                                view.get(AgentState.SAID),
                                view.get(AgentState.STEPS),
                                view.get(AgentState.ENDING)))
                        : Optional.empty());
    }

    private static StudioException missing(String run) {
        return new StudioException(
                ErrorCode.THREAD_NOT_FOUND,
                "There is no run " + StudioException.quote(run) + " that is kept",
                "Ask the question again; what is a week old is forgotten");
    }

    /** The runs that have not ended and that no process works on. */
    List<String> unfinished(Caller caller) {
        Instant now = clock.instant();
        String prefix = name(caller, "");
        return all(caller, UNFINISHED).stream()
                .filter(state -> state.key().thread().startsWith(prefix))
                .filter(state -> state.status() != ThreadStatus.RUNNING
                        || !state.leaseUntil().isAfter(now))
                .map(state -> state.key().thread().substring(prefix.length()))
                .toList();
    }

    private static boolean isGoing(ThreadState state, Instant now) {
        return state.status() == ThreadStatus.RUNNING && state.leaseUntil().isAfter(now);
    }

    boolean forget(Caller caller, String run) {
        return threads(caller).delete(name(caller, run));
    }

    /** Forgets all runs of a user. */
    int forgetAll(Caller caller) {
        String prefix = name(caller, "");
        List<String> own = all(caller, List.of(ThreadStatus.values())).stream()
                .map(state -> state.key().thread())
                .filter(thread -> thread.startsWith(prefix))
                .toList();
        own.forEach(threads(caller)::delete);
        return own.size();
    }

    /** Forgets all runs of everybody in a tenant, those that go on too. */
    int forgetTenant(String tenant) {
        return threads(new Caller(tenant, "studio")).deleteAll();
    }

    /** Forgets old runs of the tenant, at most once in a while. */
    private void clean(Caller caller) {
        Instant now = clock.instant();
        Instant due = now.minus(BETWEEN_CLEANINGS);
        Instant last = cleaned.compute(
                caller.tenant(), (tenant, before) -> before == null || before.isBefore(due) ? now : before);
        if (!now.equals(last)) {
            return;
        }
        forgetOlder(caller, now.minus(RETENTION));
    }

    /** Forgets runs of everybody in the tenant to which nothing happened since a time. */
    int forgetOlder(Caller caller, Instant before) {
        Instant now = clock.instant();
        List<String> old = all(caller, List.of(ThreadStatus.values())).stream()
                .filter(state -> state.key().thread().startsWith(PREFIX))
                .filter(state -> state.updatedAt().isBefore(before) && !isGoing(state, now))
                .map(state -> state.key().thread())
                .toList();
        old.forEach(threads(caller)::delete);
        return old.size();
    }

    private List<ThreadState> all(Caller caller, List<ThreadStatus> status) {
        List<ThreadState> all = new ArrayList<>();
        List<ThreadState> page;
        do {
            page = threads(caller).list(status, all.size(), PAGE);
            all.addAll(page);
        } while (page.size() == PAGE);
        return all;
    }

    private Threads threads(Caller caller) {
        return engines.keeping().threads(caller);
    }

    /** Threads are the tenant's; that of another user has another name. */
    private static String name(Caller caller, String run) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(caller.user().getBytes(StandardCharsets.UTF_8));
            return PREFIX + HexFormat.of().formatHex(hash).substring(0, USER_DIGITS) + ":" + run;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
