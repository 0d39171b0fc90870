package dev.datastudio.core.metadata.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.metadata.EntryChange;
import dev.datastudio.api.metadata.MetadataStore;
import dev.datastudio.core.metadata.internal.GroupQueue.Urgency;
import dev.datastudio.core.metadata.internal.GroupQueue.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes changes that nobody waits for in groups: each is in the store at most {@link #GROUP_DELAY} after it was added, in
 * one transaction with others of its tenant. When the store can't be written, they wait and are tried again; when as many
 * wait as may, adding waits too. Closing writes what waits. Its thread starts with the first change. Thread-safe.
 */
public final class GroupWriter implements AutoCloseable {
    /** How long a change waits for others. */
    public static final Duration GROUP_DELAY = Duration.ofMillis(50);

    /** How many changes may wait unless told. */
    public static final int CAPACITY = 10_000;

    /** How long adding waits for room or for the store unless told. */
    public static final Duration MAX_WAIT = Duration.ofSeconds(30);

    private static final Logger log = LoggerFactory.getLogger(GroupWriter.class);
    private static final int MAX_GROUP = 500;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final MetadataStore store;
    private final Words words;
    private final GroupQueue queue;
    private final Duration maxWait;
    private volatile @Nullable Thread thread;
    private volatile @Nullable RuntimeException lastFailure;

    /**
     * What messages say.
     *
     * @param owner who writes: {@code The audit log}
     * @param records what is written: {@code audit records}
     * @param done what becomes of what is done: {@code audited}
     */
    public record Words(String owner, String records, String done) {
        private String ownerWithin() {
            return owner.substring(0, 1).toLowerCase(Locale.ROOT) + owner.substring(1);
        }
    }

    /**
     * A writer without anything to write.
     *
     * @param store stays open when the writer is closed; close the writer first
     * @param capacity how many changes may wait
     * @param maxWait how long adding waits for room or for the store
     */
    public GroupWriter(MetadataStore store, Words words, int capacity, Duration maxWait) {
        this.store = store;
        this.words = words;
        this.queue = new GroupQueue(words, capacity, MAX_GROUP);
        this.maxWait = maxWait;
    }

    /**
     * Adds a change, to be written soon. It may be written twice when an answer of the store was lost: no insertion.
     *
     * @throws StudioException STORAGE_BUSY when too many wait already
     * @throws IllegalStateException when closed
     */
    public void add(EntryChange change) {
        add(() -> change);
    }

    /**
     * As {@link #add(EntryChange)}, with a change that is made when its group is written, which may be until {@link
     * #GROUP_DELAY} later.
     *
     * @param change called once, on the thread that writes; must not fail
     */
    public void add(Supplier<EntryChange> change) {
        queue.add(change, Urgency.SOON, maxWait);
        start();
    }

    /**
     * Adds a change and returns when it is written.
     *
     * @throws StudioException with a STORAGE code when it can't be written now; it still may be, later
     * @throws IllegalStateException when closed
     */
    public void addNow(EntryChange change) {
        Waiting waiting = queue.add(() -> change, Urgency.NOW, maxWait);
        start();
        await(waiting.written());
    }

    /**
     * Returns when all that was added before is written.
     *
     * @throws StudioException with a STORAGE code when it can't be written now; it still may be, later
     */
    public void flush() {
        Waiting last = queue.hurry();
        if (last != null) {
            await(last.written());
        }
    }

    private void await(CompletableFuture<Void> written) {
        try {
            written.get(maxWait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw notWritten(e);
        } catch (TimeoutException e) {
            throw notWritten(e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof StudioException known ? known : notWritten(e);
        }
    }

    private StudioException notWritten(Exception cause) {
        return new StudioException(
                ErrorCode.STORAGE_BUSY,
                "The " + words.records() + " were not written in time",
                "Look in the log for why; they are tried again",
                cause);
    }

    private void start() {
        if (thread == null) { // asked for with each change
            startNow();
        }
    }

    private synchronized void startNow() {
        if (thread == null) {
            Thread started = new Thread(this::run, "studio-writer");
            started.setDaemon(true); // a program that forgets to close this must still be able to end
            started.start();
            thread = started;
        }
    }

    private void run() {
        try {
            Duration pause = FIRST_PAUSE;
            while (true) {
                List<Waiting> group = queue.next(GROUP_DELAY);
                if (group.isEmpty()) {
                    return;
                }
                if (write(group)) {
                    queue.remove(group.size());
                    pause = FIRST_PAUSE;
                } else if (queue.isClosed()) {
                    return; // the last try failed; close() says so
                } else {
                    queue.pause(pause);
                    Duration twice = pause.multipliedBy(2);
                    pause = twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            log.warn("{} was interrupted; {} records wait", words.owner(), queue.size());
        }
    }

    private boolean write(List<Waiting> group) {
        Map<String, List<EntryChange>> byTenant = new LinkedHashMap<>();
        for (Waiting waiting : group) {
            EntryChange change = waiting.change();
            byTenant.computeIfAbsent(change.key().tenant(), tenant -> new ArrayList<>())
                    .add(change);
        }
        try {
            byTenant.values().forEach(store::apply);
            lastFailure = null;
            return true;
        } catch (RuntimeException e) {
            if (lastFailure == null) {
                log.error(
                        "{} {} could not be written; they wait and are tried again", queue.size(), words.records(), e);
            }
            lastFailure = e;
            group.forEach(waiting -> waiting.written().completeExceptionally(e));
            return false;
        }
    }

    /**
     * Writes what waits and ends. Does nothing when called again.
     *
     * @throws StudioException with a STORAGE code when something could not be written, and is lost
     */
    @Override
    public void close() {
        queue.close();
        Thread running;
        synchronized (this) {
            running = thread;
            thread = null;
        }
        if (running == null) {
            return;
        }
        try {
            running.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw lost(e);
        }
        if (queue.size() > 0) {
            throw lost(lastFailure);
        }
    }

    private StudioException lost(@Nullable Exception cause) {
        ErrorCode code = cause instanceof StudioException known ? known.code() : ErrorCode.STORAGE_FAILED;
        return new StudioException(
                code,
                queue.size() + " " + words.records() + " could not be written before " + words.ownerWithin()
                        + " was closed",
                "Look at the cause; what they say is lost",
                cause);
    }
}
