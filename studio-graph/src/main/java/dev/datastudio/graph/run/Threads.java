package dev.datastudio.graph.run;

import dev.datastudio.api.checkpoint.CheckpointStore;
import dev.datastudio.api.checkpoint.ThreadKey;
import dev.datastudio.api.checkpoint.ThreadState;
import dev.datastudio.api.checkpoint.ThreadStatus;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.graph.Graph;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.run.internal.ThreadDesk;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The threads of one tenant in an engine's store: looked at, forked, edited and dropped. Made by {@link Engine#threads}.
 * Thread-safe.
 *
 * <p>What changes a thread claims it for that moment, so that it can't meet a run: it is refused with THREAD_BUSY while
 * one goes on. What needs a thread that is not there ends in THREAD_NOT_FOUND; what needs to read a log that is damaged
 * beyond use, in CHECKPOINT_DAMAGED.
 */
public final class Threads {
    private static final int PAGE = 10_000;

    private final ThreadDesk desk;
    private final CheckpointStore store;
    private final Caller caller;

    Threads(ThreadDesk desk, CheckpointStore store, Caller caller) {
        this.desk = desk;
        this.store = store;
        this.caller = caller;
    }

    /** How a thread stands. */
    public Optional<ThreadState> find(String thread) {
        return store.find(key(thread));
    }

    /**
     * Threads, those updated last first.
     *
     * @param status only such; empty for all
     * @param offset how many to leave out, at least 0
     * @param limit 1 to 10,000
     */
    public List<ThreadState> list(List<ThreadStatus> status, int offset, int limit) {
        return store.list(caller.tenant(), status, offset, limit);
    }

    /** The checkpoints that a thread's log still has, oldest first. Reads the whole log. */
    public List<Checkpoint> history(Graph<?, ?> graph, String thread) {
        return desk.history(graph, key(thread));
    }

    /** A thread as it stands now. */
    public ThreadSnapshot state(Graph<?, ?> graph, String thread) {
        return desk.state(graph, key(thread), Long.MAX_VALUE);
    }

    /**
     * What a thread gave, as the outcome of its run was; empty when it has not finished. For whoever was not there when it
     * did.
     */
    public <I, O> Optional<O> output(Graph<I, O> graph, String thread) {
        return find(thread)
                .filter(state -> state.status() == ThreadStatus.FINISHED)
                .map(state -> desk.output(graph, key(thread)));
    }

    /**
     * A thread as it stood at a checkpoint.
     *
     * @throws StudioException with code INVALID_ARGUMENT if the log has no such checkpoint
     */
    public ThreadSnapshot state(Graph<?, ?> graph, String thread, long checkpoint) {
        return desk.state(graph, key(thread), checkpoint);
    }

    /**
     * Begins another thread at a checkpoint of this one; resume it to go on from there. The older thread stays as it is.
     * Effects that were done by then count as done in the new thread too; what tasks did by then is not the new thread's to
     * undo when it fails.
     *
     * @param change applied to the state; {@link Update#none()} for none
     * @throws StudioException THREAD_EXISTS if the new thread is there already; INVALID_ARGUMENT if the log has no such
     *     checkpoint
     */
    public void fork(Graph<?, ?> graph, String thread, long checkpoint, String newThread, Update change) {
        desk.fork(graph, key(thread), checkpoint, key(newThread), change);
    }

    /** Changes the state of a thread that does not run; it goes on where it would have gone on. */
    public void edit(Graph<?, ?> graph, String thread, Update change) {
        desk.edit(graph, key(thread), change);
    }

    /**
     * Changes the state of a thread that does not run as if a node had returned the update, so that it goes on after that
     * node and nowhere else. What it waited for is dropped.
     *
     * @throws StudioException with code INVALID_ARGUMENT if the graph has no such node
     */
    public void editAs(Graph<?, ?> graph, String thread, String node, Update change) {
        desk.editAs(graph, key(thread), node, change);
    }

    /**
     * Drops what is not needed to go on from the latest checkpoints: with the log's next snapshots it becomes shorter
     * again each time. A thread that runs can't be compacted.
     *
     * @param keep how many of the latest checkpoints can still be looked at and forked from, at least 1; more may stay
     * @return how many entries of the log were dropped
     */
    public long compact(Graph<?, ?> graph, String thread, int keep) {
        return desk.compact(graph, key(thread), keep);
    }

    /**
     * Drops the finished threads, with their logs, that were last used before a time.
     *
     * @return how many were dropped
     */
    public int deleteFinished(Instant lastUsedBefore) {
        List<String> old = new ArrayList<>();
        List<ThreadState> page = list(List.of(ThreadStatus.FINISHED), 0, PAGE);
        for (int offset = PAGE; !page.isEmpty(); offset += PAGE) {
            page.stream()
                    .filter(state -> state.updatedAt().isBefore(lastUsedBefore))
                    .forEach(state -> old.add(state.key().thread()));
            page = list(List.of(ThreadStatus.FINISHED), offset, PAGE);
        }
        return (int) old.stream().filter(this::delete).count();
    }

    /** Drops a thread and its log; gives whether there was one. */
    public boolean delete(String thread) {
        return desk.delete(key(thread));
    }

    /** Drops all threads of the tenant, those that somebody runs too, who can't go on then; gives how many there were. */
    public int deleteAll() {
        return store.deleteAll(caller.tenant());
    }

    private ThreadKey key(String thread) {
        return new ThreadKey(caller.tenant(), thread);
    }
}
