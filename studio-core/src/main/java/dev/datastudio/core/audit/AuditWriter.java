package dev.datastudio.core.audit;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.metadata.EntryChange;
import dev.datastudio.api.metadata.MetadataStore;
import dev.datastudio.core.audit.AuditQueue.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread that takes records from the queue and writes them to the store, in groups. */
final class AuditWriter {
    private static final Logger log = LoggerFactory.getLogger(AuditWriter.class);
    private static final int MAX_GROUP = 500;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final AuditQueue queue;
    private final MetadataStore store;
    private final Duration groupDelay;
    private final Thread thread;
    private volatile @Nullable RuntimeException lastFailure;

    private AuditWriter(AuditQueue queue, MetadataStore store, Duration groupDelay) {
        this.queue = queue;
        this.store = store;
        this.groupDelay = groupDelay;
        this.thread = new Thread(this::run, "studio-audit");
        thread.setDaemon(true); // a program that forgets to close the log must still be able to end
    }

    static AuditWriter start(AuditQueue queue, MetadataStore store, Duration groupDelay) {
        AuditWriter writer = new AuditWriter(queue, store, groupDelay);
        writer.thread.start();
        return writer;
    }

    private void run() {
        try {
            Duration pause = FIRST_PAUSE;
            while (true) {
                List<Waiting> group = queue.next(groupDelay, MAX_GROUP);
                if (group.isEmpty()) {
                    return;
                }
                if (write(group)) {
                    queue.remove(group.size());
                    pause = FIRST_PAUSE;
                } else if (queue.isClosed()) {
                    return; // the last try failed; finish() says so
                } else {
                    queue.pause(pause);
                    Duration twice = pause.multipliedBy(2);
                    pause = twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            log.warn("The audit log's thread was interrupted; {} records wait", queue.size());
        }
    }

    private boolean write(List<Waiting> group) {
        Map<String, List<EntryChange>> byTenant = new LinkedHashMap<>();
        for (Waiting waiting : group) {
            byTenant.computeIfAbsent(waiting.audited().event().caller().tenant(), tenant -> new ArrayList<>())
                    .add(AuditEntries.change(waiting.audited()));
        }
        try {
            byTenant.values().forEach(store::apply);
            lastFailure = null;
            return true;
        } catch (RuntimeException e) {
            if (lastFailure == null) {
                log.error("{} audit records could not be written; they wait and are tried again", queue.size(), e);
            }
            lastFailure = e;
            group.forEach(waiting -> waiting.written().completeExceptionally(e));
            return false;
        }
    }

    /** Waits until all is written. */
    void finish() {
        try {
            thread.join();
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
                queue.size() + " audit records could not be written before the log was closed",
                "Look at the cause; what they say is lost",
                cause);
    }
}
