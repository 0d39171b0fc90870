package dev.datastudio.graph.internal.log;

import dev.datastudio.api.checkpoint.CheckpointEntry;
import dev.datastudio.api.checkpoint.CheckpointKey;
import dev.datastudio.api.checkpoint.CheckpointStore;
import dev.datastudio.api.checkpoint.EntryKind;
import dev.datastudio.api.checkpoint.ThreadKey;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.graph.internal.Plan;
import java.util.List;
import java.util.Optional;

/**
 * Writes the entries of one thread and reads them back. Used by one thread at a time, and for one claim of the thread:
 * it leaves out of a record what the record before it said.
 */
public final class ThreadCodec {
    private static final byte[] NO_MAC = {};

    private final GraphCodec codec;
    private final ThreadKey thread;
    private final Optional<Seal> seal;
    private final JsonOut out = new JsonOut();
    private final EntryWriter writer;

    /**
     * @param key proves entries; empty where they never leave the process
     * @throws StudioException with code TYPE_NOT_STORABLE and every channel or declared type that has no closed JSON form
     */
    public ThreadCodec(Plan<?, ?> plan, ThreadKey thread, Optional<CheckpointKey> key) {
        this.codec = GraphCodec.of(plan);
        this.thread = thread;
        this.seal = key.map(given -> new Seal(thread, given));
        this.writer = new EntryWriter(codec, out);
    }

    /**
     * A record as the entry with this sequence.
     *
     * @throws StudioException with code TYPE_NOT_STORABLE if a value in an open place is of no type of the graph
     */
    public CheckpointEntry encode(long sequence, LogRecord record) {
        out.reset();
        EntryKind kind = writer.write(record);
        byte[] body = out.toBytes();
        byte[] mac = seal.isPresent() ? seal.get().of(sequence, kind, body) : NO_MAC;
        return new CheckpointEntry(sequence, kind, body, mac);
    }

    /**
     * The graph whose loop has this path.
     *
     * @throws IllegalArgumentException if there is no such sub-graph
     */
    public Plan<?, ?> plan(String path) {
        return at(path).plan();
    }

    /** Whether the tasks of a node of the loop with this path can be undone. */
    public boolean isCompensable(String path, String node) {
        return at(path).isCompensable(node);
    }

    private GraphCodec at(String path) {
        return codec.at(path)
                .orElseThrow(() -> new IllegalArgumentException("path must lead to a sub-graph, was " + path));
    }

    /** A value of one of the graph's types, or of a record or enum that {@link #decode} is given the class of. */
    public RawJson raw(Object value) {
        JsonOut own = new JsonOut();
        codec.types().writeOpen(value, own);
        return new RawJson(own.toBytes());
    }

    /**
     * The value that {@link #raw} was given.
     *
     * @throws StudioException with code INVALID_ARGUMENT if it is not of the type
     */
    public <T> T decode(RawJson raw, Class<T> type) {
        try {
            Object tree = JsonTree.parse(raw.utf8());
            if (tree == null) {
                throw new UnreadableException("it is null");
            }
            return codec.types().readOpen(tree, type);
        } catch (UnreadableException e) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "A stored value is no " + StudioException.quote(type.getSimpleName()) + ", " + e.getMessage(),
                    "Ask for the type that was stored; an answer must be of the type that the node asks for",
                    e);
        }
    }

    /** Hash of what threads of a graph refer to: nodes, edges, joins, channels, versions of sub-graphs; 12 characters. */
    public static String shape(Plan<?, ?> plan) {
        return GraphCodec.of(plan).shape();
    }

    /**
     * Reads the thread as it was after an entry, led to this version of the graph if an older one wrote it. Only reads.
     *
     * @param upTo sequence of the last entry that counts; {@link Long#MAX_VALUE} for all
     * @throws StudioException THREAD_NOT_FOUND if there is none, or nothing in it; CHECKPOINT_DAMAGED if nothing can be
     *     read, an effect's entry can't, or entries are missing; GRAPH_VERSION_MISMATCH if this graph can't go on with it
     */
    public Replay replay(CheckpointStore store, long upTo) {
        long head = store.find(thread)
                .orElseThrow(() -> notFound("There is no thread '" + thread.thread() + "'"))
                .head();
        if (head == 0 || upTo < 1) {
            throw notFound("Thread '" + thread.thread() + "' has no checkpoint " + Math.min(head, upTo));
        }
        LogReader reader = new LogReader(store, thread, seal);
        LogFold fold = reader.read(Math.min(upTo, head));
        while (true) {
            int writtenBy = fold.version;
            Migration.lead(fold, codec);
            ThreadDecoder decoder = new ThreadDecoder(codec, fold);
            try {
                return new Replay(decoder.thread(), head, reader.lastCheckpoint(), reader.damage(), writtenBy);
            } catch (UnreadableException e) {
                fold = before(reader, decoder, e);
            }
        }
    }

    /**
     * Where a key proves that an entry is what was written, a value that can't be read means that the graph's types are
     * others now: going back would do again what was done well. Without a key the value may be damaged.
     */
    private LogFold before(LogReader reader, ThreadDecoder decoder, UnreadableException why) {
        if (seal.isPresent()) {
            throw decoder.unreadable(why);
        }
        return reader.readBefore("up to it, " + why.what()).orElseThrow(() -> decoder.unreadable(why));
    }

    /** The moments that can be read and forked from, oldest first. Reads the whole log. */
    public List<CheckpointInfo> checkpoints(CheckpointStore store) {
        return List.copyOf(new LogReader(store, thread, seal).checkpoints());
    }

    private static StudioException notFound(String what) {
        return new StudioException(
                ErrorCode.THREAD_NOT_FOUND,
                what,
                "Use the name of a thread that was started and got its first checkpoint");
    }

    /**
     * A thread as its log left it.
     *
     * @param head sequence of the log's last entry
     * @param checkpoint sequence of the last checkpoint that counts
     * @param damage entries that could not be used, ascending; when there is some, or the version is not the graph's,
     *     the next entry has to be a {@link LogRecord.Snapshot} of the thread
     * @param writtenBy version of the graph that wrote it
     */
    public record Replay(SavedThread thread, long head, long checkpoint, List<Damage> damage, int writtenBy) {
        public Replay {
            damage = List.copyOf(damage);
        }

        /** Whether the log has to go on with a snapshot, as its last entries don't lead to this state. */
        public boolean needsSnapshot() {
            return !damage.isEmpty() || writtenBy != thread.version();
        }
    }

    /**
     * An entry that can't be used.
     *
     * @param entry its sequence
     * @param what what is wrong with it
     * @param usedInstead sequence of the last entry that counts
     */
    public record Damage(long entry, String what, long usedInstead) {}

    /**
     * A moment of a thread.
     *
     * @param sequence of its entry
     * @param step the last super-step of the graph itself that was done
     * @param next nodes of the tasks that come next
     */
    public record CheckpointInfo(long sequence, int step, List<String> next) {
        public CheckpointInfo {
            next = List.copyOf(next);
        }
    }
}
