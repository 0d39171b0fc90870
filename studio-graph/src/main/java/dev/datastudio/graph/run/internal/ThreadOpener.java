package dev.datastudio.graph.run.internal;

import dev.datastudio.api.checkpoint.Append;
import dev.datastudio.api.checkpoint.CheckpointEntry;
import dev.datastudio.api.checkpoint.CheckpointStore;
import dev.datastudio.api.checkpoint.Claim;
import dev.datastudio.api.checkpoint.ThreadKey;
import dev.datastudio.api.checkpoint.ThreadState;
import dev.datastudio.api.checkpoint.ThreadStatus;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.event.Interrupt;
import dev.datastudio.graph.internal.Plan;
import dev.datastudio.graph.internal.State;
import dev.datastudio.graph.internal.log.FrontierState;
import dev.datastudio.graph.internal.log.LogRecord;
import dev.datastudio.graph.internal.log.RawJson;
import dev.datastudio.graph.internal.log.SavedLoop;
import dev.datastudio.graph.internal.log.SavedThread;
import dev.datastudio.graph.internal.log.ThreadCodec;
import dev.datastudio.graph.internal.log.ThreadCodec.CheckpointInfo;
import dev.datastudio.graph.run.Durability;
import dev.datastudio.graph.run.Resume;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/** Takes the lease of a thread and reads what its log says. Thread-safe. */
final class ThreadOpener {
    private final Plan<?, ?> plan;
    private final ThreadKey key;
    private final Committer committer;
    private final CheckpointStore store;
    private final ThreadCodec codec;
    private final String owner;

    /**
     * @param owner shown to whoever finds the thread busy
     * @throws StudioException TYPE_NOT_STORABLE if the graph has a type that can't be stored
     */
    ThreadOpener(Plan<?, ?> plan, ThreadKey key, Committer committer, String owner) {
        this.plan = plan;
        this.key = key;
        this.committer = committer;
        this.store = committer.store();
        this.codec = new ThreadCodec(plan, key, store.key());
        this.owner = owner;
    }

    ThreadCodec codec() {
        return codec;
    }

    /** Claims a new thread; also one whose run died before it had stored anything. */
    ThreadState create() {
        Optional<ThreadState> known = store.find(key);
        boolean isEmpty = known.isPresent() && known.get().head() == 0;
        ThreadState claimed = claim(isEmpty ? Claim.Mode.RESUME : Claim.Mode.CREATE);
        if (claimed.head() > 0) {
            throw ranMeanwhile(claimed);
        }
        return claimed;
    }

    /** Another run has begun and ended the thread since it was looked for. */
    private StudioException ranMeanwhile(ThreadState claimed) {
        StudioException taken = new StudioException(
                ErrorCode.THREAD_EXISTS,
                "There is a thread '" + key + "' already; another run began it at the same time",
                "Choose another name, or go on with the thread by Engine.resume or Engine.next");
        ThreadStatus stands = ThreadStatus.CANCELLED;
        try {
            stands = codec.replay(store, Long.MAX_VALUE).thread().status();
        } catch (StudioException e) {
            taken.addSuppressed(e);
        }
        giveBack(claimed, stands, taken);
        return taken;
    }

    private ThreadState claim(Claim.Mode mode) {
        Instant now = committer.now();
        return store.claim(key, new Claim(mode, owner, now, committer.leaseEnd(now), plan.name(), plan.version()));
    }

    /**
     * Claims a thread and reads it, with the answers given; what has to be written before anything else is written.
     *
     * @throws StudioException as {@link dev.datastudio.graph.run.Engine#resume}; the thread then stands as before
     */
    Opened resume(Resume how) {
        ThreadState before = find();
        requireUnfinished(before.status());
        requireGraph(before);
        ThreadState claimed = claim(how.mode());
        ThreadStatus stands = before.status();
        try {
            ThreadCodec.Replay replay = codec.replay(store, Long.MAX_VALUE);
            stands = standing(before, claimed, replay);
            requireUnfinished(replay.thread().status());
            if (Compensations.isUndone(replay.thread())) {
                return undoing(claimed, stands, replay);
            }
            return answered(claimed, stands, replay, how);
        } catch (RuntimeException | Error e) {
            giveBack(claimed, stands, e);
            throw e;
        }
    }

    /** How the thread stood when it was claimed; another run may have ended since it was looked for. */
    private static ThreadStatus standing(ThreadState before, ThreadState claimed, ThreadCodec.Replay replay) {
        return claimed.head() == before.head()
                ? before.status()
                : replay.thread().status();
    }

    /** A thread whose process died while it was undone is undone to the end; one that was undone stays so. */
    private Opened undoing(ThreadState claimed, ThreadStatus before, ThreadCodec.Replay replay) {
        List<CheckpointInfo> known = codec.checkpoints(store);
        String fork = known.isEmpty()
                ? "Begin a new thread"
                : "Fork it from checkpoint " + known.get(known.size() - 1).sequence() + " or an earlier one";
        if (before != ThreadStatus.RUNNING) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT, "Thread '" + key + "' was undone after it failed", fork);
        }
        StudioException end = new StudioException(
                ErrorCode.NODE_FAILED,
                "Thread '" + key + "' was being undone after it failed when its process ended; now it is undone",
                fork);
        return new Opened(claimed, before, replay.thread(), replay, List.of(), Optional.of(end));
    }

    /**
     * Claims a finished thread and lets it begin again with new input.
     *
     * @throws StudioException as {@link dev.datastudio.graph.run.Engine#next}; the thread then stands as before
     */
    Opened next(Update input) {
        requireFinished(find().status());
        Opened opened = open();
        try {
            requireFinished(opened.saved().status());
            return again(opened, input);
        } catch (RuntimeException | Error e) {
            giveBack(opened, e);
            throw e;
        }
    }

    private void requireFinished(ThreadStatus status) {
        if (status != ThreadStatus.FINISHED) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "Thread '" + key + "' has not finished; it is " + status,
                    "Resume it, or send the input to the run that goes on");
        }
    }

    /** What the run before did is not the next one's to undo. */
    private Opened again(Opened opened, Update input) {
        SavedLoop root = Objects.requireNonNull(opened.saved().loops().get(""), "the graph's own loop");
        State state = root.state().plus(input);
        Frontier frontier = new Frontier(plan);
        FrontierState first = frontier.saved(frontier.first(state));
        SavedLoop again = new SavedLoop("", 0, state, first, List.of(), List.of());
        SavedThread thread = opened.saved().with(Map.of("", again), List.of(), ThreadStatus.RUNNING);
        List<LogRecord> records = List.of(new LogRecord.Snapshot(thread));
        return new Opened(opened.claimed(), opened.before(), thread, opened.replay(), records, Optional.empty());
    }

    /** A journal that writes on where the claimed thread ends. */
    Journal journal(
            ThreadState claimed, Durability durability, Consumer<StudioException> onFailure, Consumer<Long> onStored) {
        return new Journal(
                key,
                claimed.epoch(),
                claimed.head(),
                claimed.leaseUntil(),
                durability,
                codec,
                committer,
                onFailure,
                onStored);
    }

    /** Claims a thread that doesn't run, to change it. */
    Opened open() {
        ThreadState before = find();
        requireGraph(before);
        ThreadState claimed = claim(Claim.Mode.RESUME);
        ThreadStatus stands = before.status();
        try {
            ThreadCodec.Replay replay = codec.replay(store, Long.MAX_VALUE);
            requireUndamaged(replay);
            stands = standing(before, claimed, replay);
            return new Opened(claimed, stands, replay.thread(), replay, List.of(), Optional.empty());
        } catch (RuntimeException | Error e) {
            giveBack(claimed, stands, e);
            throw e;
        }
    }

    /** What is changed by hand must not silently begin from an older state. */
    private void requireUndamaged(ThreadCodec.Replay replay) {
        if (!replay.damage().isEmpty()) {
            ThreadCodec.Damage first = replay.damage().get(0);
            throw new StudioException(
                    ErrorCode.CHECKPOINT_DAMAGED,
                    "Entry " + first.entry() + " of thread '" + key + "' is damaged: " + first.what(),
                    "Resume the thread, which goes on from entry " + first.usedInstead()
                            + ", or fork it from a checkpoint that Threads.history lists");
        }
    }

    /** Reads a thread without claiming it. */
    ThreadCodec.Replay read(long upTo) {
        requireGraph(find());
        return codec.replay(store, upTo);
    }

    List<CheckpointInfo> checkpoints() {
        requireGraph(find());
        return codec.checkpoints(store);
    }

    private ThreadState find() {
        Optional<ThreadState> state = store.find(key);
        if (state.isEmpty() || state.get().head() == 0) {
            throw new StudioException(
                    ErrorCode.THREAD_NOT_FOUND,
                    "There is no thread '" + key + "' with a checkpoint",
                    "Start it with RunOptions.thread(\"" + key + "\"), or use one of Engine.threads(caller).list()");
        }
        return state.get();
    }

    private void requireUnfinished(ThreadStatus status) {
        if (status == ThreadStatus.FINISHED) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "Thread '" + key + "' has finished, so there is nothing to resume",
                    "Give it new input with Engine.next, or fork it from one of its checkpoints");
        }
    }

    private void requireGraph(ThreadState state) {
        if (!state.graph().equals(plan.name())) {
            throw new StudioException(
                    ErrorCode.GRAPH_VERSION_MISMATCH,
                    "Thread '" + key + "' belongs to graph '" + state.graph() + "', not to '" + plan.name() + "'",
                    "Use the graph of that name");
        }
    }

    private Opened answered(ThreadState claimed, ThreadStatus before, ThreadCodec.Replay replay, Resume how) {
        SavedThread thread = replay.thread();
        Map<String, RawJson> answers = new HashMap<>(thread.answers());
        List<LogRecord> records = new ArrayList<>();
        for (Interrupt interrupt : thread.interrupts()) {
            if (how.passesNodes() && interrupt.kind() == Interrupt.Kind.BEFORE) {
                add(interrupt.id(), codec.raw(true), answers, records);
            }
        }
        how.answers().forEach((id, value) -> {
            requireOpen(id, thread.interrupts());
            add(id, value.map(codec::raw).orElseGet(ThreadOpener::nothing), answers, records);
        });
        List<Interrupt> open = thread.interrupts().stream()
                .filter(interrupt -> !answers.containsKey(interrupt.id()))
                .toList();
        return new Opened(claimed, before, thread.with(open, answers), replay, records, Optional.empty());
    }

    private static void add(String id, RawJson value, Map<String, RawJson> answers, List<LogRecord> records) {
        answers.put(id, value);
        records.add(new LogRecord.Answered(id, value));
    }

    private static RawJson nothing() {
        return new RawJson(new byte[] {'n', 'u', 'l', 'l'});
    }

    private void requireOpen(String id, List<Interrupt> open) {
        if (open.stream().noneMatch(interrupt -> interrupt.id().equals(id))) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "Thread '" + key + "' does not wait for an answer to " + StudioException.quote(id),
                    "Answer one of " + open.stream().map(Interrupt::id).toList());
        }
    }

    /** Writes a thread of its own, which nobody runs yet. */
    void writeNew(SavedThread thread) {
        ThreadState claimed = claim(Claim.Mode.CREATE);
        write(claimed, thread);
    }

    /** Writes how a claimed thread shall stand from now on, and gives the lease back. */
    void write(ThreadState claimed, SavedThread thread) {
        CheckpointEntry entry = codec.encode(claimed.head() + 1, new LogRecord.Snapshot(thread));
        append(claimed, List.of(entry), thread.status());
    }

    /** Lets a thread that was opened in vain stand as before. */
    void giveBack(Opened opened, Throwable why) {
        giveBack(opened.claimed(), opened.before(), why);
    }

    private void giveBack(ThreadState claimed, ThreadStatus before, Throwable why) {
        try {
            append(claimed, List.of(), before);
        } catch (StudioException e) {
            why.addSuppressed(e);
        }
    }

    /** Nobody goes on with the thread now, so the lease of one that counts as running ends too. */
    private void append(ThreadState claimed, List<CheckpointEntry> entries, ThreadStatus status) {
        Instant now = committer.now();
        store.append(List.of(new Append(key, claimed.epoch(), claimed.head(), entries, status, now, now)));
    }

    /**
     * A thread that was claimed.
     *
     * @param before how it stood before
     * @param saved as its log and the answers say
     * @param records to be written before the run goes on
     * @param undone what the run has to end with, when there is nothing left but to undo it
     */
    record Opened(
            ThreadState claimed,
            ThreadStatus before,
            SavedThread saved,
            ThreadCodec.Replay replay,
            List<LogRecord> records,
            Optional<StudioException> undone) {
        /** Whether nobody could read the log on from where it ends. */
        boolean needsSnapshot() {
            return replay.needsSnapshot();
        }
    }
}
