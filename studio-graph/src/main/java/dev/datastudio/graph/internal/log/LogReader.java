package dev.datastudio.graph.internal.log;

import dev.datastudio.api.checkpoint.CheckpointEntry;
import dev.datastudio.api.checkpoint.CheckpointStore;
import dev.datastudio.api.checkpoint.EntryKind;
import dev.datastudio.api.checkpoint.ThreadKey;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.graph.internal.log.ThreadCodec.CheckpointInfo;
import dev.datastudio.graph.internal.log.ThreadCodec.Damage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads a thread's log from the newest snapshot that is whole. At the first entry that is damaged the state stays as it
 * was before; of what follows only what came from outside counts: effects, which must not be done again, queued inputs,
 * and answers to questions that are still open. Other answers and edits are named as lost.
 *
 * <p>Entries that are missing are an error, as one of them may have claimed an effect and nothing tells that none did;
 * so is an effect's entry that can't be read, and a log without a whole snapshot. Earlier checkpoints can still be read
 * and forked then. Not thread-safe.
 */
final class LogReader {
    private static final int PAGE = 1_000;

    private final CheckpointStore store;
    private final ThreadKey thread;
    private final Optional<Seal> seal;
    private final List<Found> found = new ArrayList<>();
    private long upTo;
    private long end;
    private long lastCheckpoint;
    private int stride = 1;

    LogReader(CheckpointStore store, ThreadKey thread, Optional<Seal> seal) {
        this.store = store;
        this.thread = thread;
        this.seal = seal;
    }

    private record Found(long entry, String what) {}

    /** What was found damaged, by entry; valid after reading. */
    List<Damage> damage() {
        return found.stream()
                .map(one -> new Damage(one.entry(), one.what(), end))
                .sorted((a, b) -> Long.compare(a.entry(), b.entry()))
                .toList();
    }

    /** The last checkpoint of what was read. */
    long lastCheckpoint() {
        return lastCheckpoint;
    }

    /** What the log says up to a sequence, at most the head. */
    LogFold read(long last) {
        upTo = last;
        end = last;
        return readToEnd();
    }

    /**
     * What the log says at a checkpoint before what was read last, as that holds a value that can't be used; empty if
     * there is none. Each time it goes back twice as many checkpoints as before, so that a log of any length needs few.
     */
    Optional<LogFold> readBefore(String what) {
        List<CheckpointInfo> before =
                checkpoints().stream().filter(each -> each.sequence() < end).toList();
        if (before.isEmpty()) {
            return Optional.empty();
        }
        name(end, what);
        end = before.get(Math.max(0, before.size() - stride)).sequence();
        stride *= 2;
        return Optional.of(readToEnd());
    }

    private LogFold readToEnd() {
        long from = newestSnapshot(end);
        while (true) {
            Broken broken = new Broken();
            LogFold fold = fold(from, broken);
            if (broken.at == 0) {
                honourRest(fold);
                return fold;
            }
            found.add(new Found(broken.at, broken.why));
            end = broken.at - 1;
            if (broken.at <= from) {
                from = newestSnapshot(end);
            }
        }
    }

    /** The moments of the log that can be read, oldest first; what is damaged is left out up to the next snapshot. */
    List<CheckpointInfo> checkpoints() {
        List<CheckpointInfo> checkpoints = new ArrayList<>();
        LogFold fold = null;
        long last = 0;
        List<CheckpointEntry> page = store.read(thread, 0, PAGE);
        while (!page.isEmpty()) {
            for (CheckpointEntry entry : page) {
                boolean goesOn = last == 0 || entry.sequence() == last + 1;
                last = entry.sequence();
                fold = folded(goesOn ? fold : null, entry, checkpoints);
            }
            page = store.read(thread, last, PAGE);
        }
        return checkpoints;
    }

    private @Nullable LogFold folded(
            @Nullable LogFold before, CheckpointEntry entry, List<CheckpointInfo> checkpoints) {
        try {
            Opened opened = opened(entry);
            LogFold fold = opened.kind() == EntryKind.SNAPSHOT ? new LogFold() : before;
            if (fold != null) {
                fold.apply(opened.kind(), opened.body());
                if (isCheckpoint(opened)) {
                    checkpoints.add(fold.checkpoint(entry.sequence()));
                }
            }
            return fold;
        } catch (UnreadableException e) {
            return null;
        }
    }

    /** A snapshot, a step of the graph itself, or questions. */
    private static boolean isCheckpoint(Opened entry) {
        return switch (entry.kind()) {
            case SNAPSHOT -> true;
            case STEP -> !entry.body().has(Keys.RECORD) && !entry.body().has(Keys.PATH);
            case INTERRUPT -> entry.body().has(Keys.ASKED);
            default -> false;
        };
    }

    private long newestSnapshot(long atOrBefore) {
        OptionalLong snapshot = atOrBefore < 1 ? OptionalLong.empty() : store.findSnapshot(thread, atOrBefore);
        if (snapshot.isPresent()) {
            return snapshot.getAsLong();
        }
        if (found.isEmpty()) {
            throw new StudioException(
                    ErrorCode.CHECKPOINT_DAMAGED,
                    "Thread '" + thread.thread() + "' has no snapshot at or before entry " + atOrBefore,
                    "Use a later checkpoint, or put the store's files back from a copy");
        }
        throw new StudioException(
                ErrorCode.CHECKPOINT_DAMAGED,
                "Nothing before entry " + found.get(0).entry() + " of thread '" + thread.thread()
                        + "' can be read, and that is damaged: " + found.get(0).what(),
                "Put the store's files back from a copy, or begin a new thread");
    }

    /** Where a reading had to stop; 0 if it did not. */
    private static final class Broken {
        private long at;
        private String why = "";
    }

    private LogFold fold(long from, Broken broken) {
        LogFold fold = new LogFold();
        long next = from;
        while (next <= end) {
            List<CheckpointEntry> page = page(next, end);
            if (page.isEmpty()) {
                throw missing(next, end);
            }
            for (CheckpointEntry entry : page) {
                if (entry.sequence() != next) {
                    throw missing(next, entry.sequence() - 1);
                }
                try {
                    Opened opened = opened(entry);
                    if (next == from && opened.kind() != EntryKind.SNAPSHOT) {
                        throw new UnreadableException("it is no snapshot, as it says");
                    }
                    fold.apply(opened.kind(), opened.body());
                    if (isCheckpoint(opened)) {
                        lastCheckpoint = next;
                    }
                } catch (UnreadableException e) {
                    broken.at = next;
                    broken.why = e.what();
                    return fold;
                }
                next++;
            }
        }
        return fold;
    }

    private List<CheckpointEntry> page(long next, long last) {
        return store.read(thread, next - 1, (int) Math.min(PAGE, last - next + 1));
    }

    private StudioException missing(long first, long last) {
        String which = first >= last
                ? "Entry " + first + " of thread '" + thread.thread() + "' is"
                : "Entries " + first + " to " + last + " of thread '" + thread.thread() + "' are";
        return new StudioException(
                ErrorCode.CHECKPOINT_DAMAGED,
                which + " missing, so nobody knows whether a side effect was done there",
                "Find out what was done, then fork the thread from its last checkpoint before entry " + first);
    }

    /** An entry that is what was written. */
    private record Opened(EntryKind kind, Part body) {}

    private Opened opened(CheckpointEntry entry) {
        if (seal.isPresent() && !seal.get().proves(entry)) {
            return new Opened(trueKind(entry, seal.get()), Part.of(JsonTree.parse(entry.body())));
        }
        return new Opened(entry.kind(), Part.of(JsonTree.parse(entry.body())));
    }

    /** When only the kind was changed, the proof tells which it was; the entry counts, and its damage is named. */
    private EntryKind trueKind(CheckpointEntry entry, Seal known) {
        for (EntryKind kind : EntryKind.values()) {
            if (kind != entry.kind() && known.proves(entry, kind)) {
                Found named = new Found(entry.sequence(), "its kind is " + entry.kind() + ", but was " + kind);
                if (!found.contains(named)) {
                    found.add(named);
                }
                return kind;
            }
        }
        throw new UnreadableException("it is not as it was written, or was not written for this place");
    }

    /** What came from outside behind the damage. */
    private void honourRest(LogFold fold) {
        long next = end + 1;
        while (next <= upTo) {
            List<CheckpointEntry> page = page(next, upTo);
            if (page.isEmpty()) {
                throw missing(next, upTo);
            }
            for (CheckpointEntry entry : page) {
                if (entry.sequence() != next) {
                    throw missing(next, Math.max(next, entry.sequence() - 1));
                }
                honour(fold, entry);
                next++;
            }
        }
    }

    private void honour(LogFold fold, CheckpointEntry entry) {
        try {
            Opened opened = opened(entry);
            String lost = fold.honour(opened.kind(), opened.body());
            if (!lost.isEmpty()) {
                name(entry.sequence(), lost);
            }
        } catch (UnreadableException e) {
            if (entry.kind() == EntryKind.EFFECT) {
                throw unreadableEffect(entry.sequence());
            }
            name(entry.sequence(), e.what());
        }
    }

    private void name(long entry, String what) {
        if (found.stream().noneMatch(one -> one.entry() == entry)) {
            found.add(new Found(entry, what));
        }
    }

    private StudioException unreadableEffect(long entry) {
        return new StudioException(
                ErrorCode.CHECKPOINT_DAMAGED,
                "Entry " + entry + " of thread '" + thread.thread()
                        + "' is damaged and was about a side effect, so nobody knows which one was done",
                "Find out what was done, then fork the thread from checkpoint " + end);
    }
}
