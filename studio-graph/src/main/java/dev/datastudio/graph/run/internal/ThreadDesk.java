package dev.datastudio.graph.run.internal;

import dev.datastudio.api.checkpoint.ThreadKey;
import dev.datastudio.api.checkpoint.ThreadStatus;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.graph.Graph;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.internal.Plan;
import dev.datastudio.graph.internal.PlanNode;
import dev.datastudio.graph.internal.State;
import dev.datastudio.graph.internal.Task;
import dev.datastudio.graph.internal.log.RawJson;
import dev.datastudio.graph.internal.log.SavedLoop;
import dev.datastudio.graph.internal.log.SavedThread;
import dev.datastudio.graph.internal.log.TaskRef;
import dev.datastudio.graph.internal.log.ThreadCodec;
import dev.datastudio.graph.internal.log.ThreadCodec.CheckpointInfo;
import dev.datastudio.graph.run.Checkpoint;
import dev.datastudio.graph.run.ThreadSnapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** Reads and changes threads that do not run. Thread-safe. */
public final class ThreadDesk {
    private static final String OWNER = "edit";

    private final Committer committer;

    public ThreadDesk(Committer committer) {
        this.committer = committer;
    }

    public List<Checkpoint> history(Graph<?, ?> graph, ThreadKey key) {
        return opener(graph, key).checkpoints().stream()
                .map(each -> new Checkpoint(each.sequence(), each.step(), each.next()))
                .toList();
    }

    public ThreadSnapshot state(Graph<?, ?> graph, ThreadKey key, long checkpoint) {
        ThreadOpener opener = opener(graph, key);
        if (checkpoint != Long.MAX_VALUE) {
            required(opener.checkpoints(), key, checkpoint);
        }
        ThreadCodec.Replay replay = opener.read(checkpoint);
        SavedLoop root = root(replay.thread());
        List<String> next = root.next().next().stream().map(TaskRef::node).toList();
        return new ThreadSnapshot(
                new Checkpoint(replay.checkpoint(), root.step(), next),
                root.state(),
                replay.thread().interrupts());
    }

    /** What a thread gave that has finished. */
    public <I, O> O output(Graph<I, O> graph, ThreadKey key) {
        return Plan.from(graph)
                .end(root(opener(graph, key).read(Long.MAX_VALUE).thread()).state());
    }

    private static void required(List<CheckpointInfo> known, ThreadKey key, long checkpoint) {
        if (known.stream().noneMatch(each -> each.sequence() == checkpoint)) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "Thread '" + key + "' has no checkpoint " + checkpoint,
                    "Use one that Threads.history lists; it may have been compacted away");
        }
    }

    public void fork(Graph<?, ?> graph, ThreadKey key, long checkpoint, ThreadKey newKey, Update change) {
        ThreadOpener opener = opener(graph, key);
        required(opener.checkpoints(), key, checkpoint);
        ThreadCodec.Replay replay = opener.read(checkpoint);
        opener(graph, newKey).writeNew(changed(withoutUndoing(replay.thread()), change));
    }

    /** What the older thread did is its own to undo. */
    private static SavedThread withoutUndoing(SavedThread thread) {
        Map<String, SavedLoop> loops = new HashMap<>();
        thread.loops()
                .forEach((path, loop) -> loops.put(
                        path, new SavedLoop(path, loop.step(), loop.state(), loop.next(), loop.results(), List.of())));
        Map<String, Optional<RawJson>> effects = new HashMap<>(thread.effects());
        effects.keySet().removeIf(key -> key.startsWith(Compensations.KEY_PREFIX));
        return thread.with(loops, effects);
    }

    public void edit(Graph<?, ?> graph, ThreadKey key, Update change) {
        ThreadOpener opener = opener(graph, key);
        ThreadOpener.Opened opened = opener.open();
        change(opener, opened, () -> changed(opened.saved(), change));
    }

    public void editAs(Graph<?, ?> graph, ThreadKey key, String node, Update change) {
        Plan<?, ?> plan = Plan.from(graph);
        PlanNode as = plan.target(node)
                .filter(number -> number >= 0)
                .map(plan::node)
                .orElseThrow(() -> new StudioException(
                        ErrorCode.INVALID_ARGUMENT,
                        "Graph '" + graph.name() + "' has no node " + StudioException.quote(node),
                        "Use one of " + graph.nodes()));
        ThreadOpener opener = opener(graph, key);
        ThreadOpener.Opened opened = opener.open();
        change(opener, opened, () -> wentOn(plan, opened.saved(), as, change));
    }

    /** A claimed thread is given back as it was when it can't be changed. */
    private static void change(ThreadOpener opener, ThreadOpener.Opened opened, Supplier<SavedThread> how) {
        SavedThread after;
        try {
            after = how.get();
        } catch (RuntimeException | Error e) {
            opener.giveBack(opened, e);
            throw e;
        }
        opener.write(opened.claimed(), after);
    }

    private static SavedThread changed(SavedThread thread, Update change) {
        SavedLoop loop = root(thread);
        loop.state().requireDeclared(change);
        State state = loop.state().plus(change);
        Map<String, SavedLoop> loops = new HashMap<>(thread.loops());
        loops.put("", new SavedLoop("", loop.step(), state, loop.next(), loop.results(), loop.compensable()));
        ThreadStatus status = thread.interrupts().isEmpty() ? ThreadStatus.READY : ThreadStatus.INTERRUPTED;
        return thread.with(loops, thread.interrupts(), status);
    }

    private static SavedThread wentOn(Plan<?, ?> plan, SavedThread thread, PlanNode as, Update change) {
        SavedLoop loop = root(thread);
        loop.state().requireDeclared(change);
        State state = loop.state().plus(change);
        Frontier frontier = new Frontier(plan);
        List<Task> next = frontier.after(as.alone(), state, loop.step());
        SavedLoop moved = new SavedLoop("", loop.step(), state, frontier.saved(next), List.of(), loop.compensable());
        return thread.with(Map.of("", moved), List.of(), next.isEmpty() ? ThreadStatus.FINISHED : ThreadStatus.READY);
    }

    private static SavedLoop root(SavedThread thread) {
        return Objects.requireNonNull(thread.loops().get(""), "the graph's own loop");
    }

    /**
     * Cuts at the newest snapshot that leaves enough checkpoints behind it, then writes another snapshot at the end, where
     * a later compaction can cut.
     */
    public long compact(Graph<?, ?> graph, ThreadKey key, int keep) {
        if (keep < 1) {
            throw new IllegalArgumentException("keep must be at least 1, was " + keep);
        }
        ThreadOpener opener = opener(graph, key);
        ThreadOpener.Opened opened = opener.open();
        OptionalLong cut;
        try {
            List<CheckpointInfo> checkpoints = opener.checkpoints();
            boolean atEnd = checkpoints.size() <= keep;
            long oldest = atEnd ? 1 : checkpoints.get(checkpoints.size() - keep).sequence();
            cut = committer.store().findSnapshot(key, oldest);
        } catch (RuntimeException | Error e) {
            opener.giveBack(opened, e);
            throw e;
        }
        opener.write(opened.claimed(), notRunning(opened.saved()));
        return cut.isPresent() && cut.getAsLong() > 1
                ? committer.store().compact(key, opened.claimed().epoch(), cut.getAsLong())
                : 0;
    }

    /** A run that died is not running; what is written must not hold the lease on. */
    private static SavedThread notRunning(SavedThread thread) {
        return thread.status() == ThreadStatus.RUNNING
                ? thread.with(thread.loops(), thread.interrupts(), ThreadStatus.READY)
                : thread;
    }

    public boolean delete(ThreadKey key) {
        return committer.store().delete(key, committer.now());
    }

    private ThreadOpener opener(Graph<?, ?> graph, ThreadKey key) {
        return new ThreadOpener(Plan.from(graph), key, committer, OWNER);
    }
}
