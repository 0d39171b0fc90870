package dev.datastudio.core.retention;

import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.job.JobContext;
import dev.datastudio.api.job.JobRequest;
import dev.datastudio.api.job.JobSchedule;
import dev.datastudio.api.job.MissedRuns;
import dev.datastudio.api.job.ScheduleStatus;
import dev.datastudio.api.job.Timing;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.audit.AuditEvent;
import dev.datastudio.core.audit.AuditQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes what is older than it is to be kept, of all tenants, as its owners would by hand:
 *
 * <pre>{@code
 * Retention.of(studio)
 *         .keeping("conversations", Duration.ofDays(365))
 *         .keeping("audit", Duration.ofDays(730))
 *         .daily();
 * }</pre>
 *
 * <p>Kinds are {@code conversations}, from their last message; {@code runs} of graphs and agents that have ended;
 * {@code audit}, the records of the audit log; {@code uploads}, files that were sent and never imported. What no time is
 * given for is kept as long as without this class: for ever, but ended runs of graphs for 30 days once there are newer ones,
 * of agents for 7, and files that were not imported until their owner sends another one a day later. What was deleted is
 * told in the log, and in the audit log of each tenant. Immutable, thread-safe; works as long as the studio is open.
 */
public final class Retention {
    /** What a time can be given for. */
    public static final Set<String> KINDS = Set.of("conversations", "runs", "audit", "uploads");

    /** The shortest time that something is kept. */
    public static final Duration SHORTEST = Duration.ofHours(1);

    private static final Logger log = LoggerFactory.getLogger(Retention.class);
    private static final Caller SERVER = new Caller("studio-retention", "server");
    private static final String USER = "studio";
    private static final String JOB = "retention";
    /** When most people sleep; made up for when no process was there. */
    private static final String AT_NIGHT = "17 3 * * *";

    private final Studio studio;
    private final List<RetentionPart> parts;
    private final Map<String, Duration> times;

    private Retention(Studio studio, List<RetentionPart> parts, Map<String, Duration> times) {
        this.studio = studio;
        this.parts = parts;
        this.times = times;
    }

    /** What keeps everything of a studio for ever, until it is told otherwise. */
    public static Retention of(Studio studio) {
        List<RetentionPart> parts = new ArrayList<>(List.of(new OldConversations(), new OldUploads(), new OldAudit()));
        ServiceLoader.load(RetentionPart.class, Retention.class.getClassLoader())
                .forEach(parts::add);
        return new Retention(Objects.requireNonNull(studio, "studio"), List.copyOf(parts), Map.of());
    }

    /**
     * The same, which deletes what is older.
     *
     * @param kind one of {@link #KINDS}
     * @param kept at least {@link #SHORTEST}
     * @throws IllegalArgumentException if the kind is another one, or the time too short
     */
    public Retention keeping(String kind, Duration kept) {
        if (!KINDS.contains(kind)) {
            throw new IllegalArgumentException("kind must be one of " + KINDS + ", was '" + kind + "'");
        }
        if (kept.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException(kind + " must be kept at least " + SHORTEST + ", was " + kept);
        }
        Map<String, Duration> more = new TreeMap<>(times);
        more.put(kind, kept);
        return new Retention(studio, parts, Map.copyOf(more));
    }

    /**
     * Deletes what is too old now. Blocks until it is done; can be called again when it was interrupted.
     *
     * @return how much of each kind that has a time was deleted
     * @throws StudioException what the storage fails with, when the other tenants are done; {@code CANCELLED}
     */
    public Map<String, Long> apply(Cancellation cancellation) {
        Map<String, Long> all = new TreeMap<>();
        times.keySet().forEach(kind -> all.put(kind, 0L));
        StudioException first = null;
        for (String tenant :
                times.isEmpty() ? List.<String>of() : studio.metadata().tenants()) {
            try {
                tenant(tenant, cancellation).forEach((kind, count) -> all.merge(kind, count, Long::sum));
            } catch (StudioException e) {
                cancellation.throwIfCancelled();
                log.warn("Not all that is too old of tenant {} could be deleted; it is tried again", tenant, e);
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
        return all;
    }

    private Map<String, Long> tenant(String tenant, Cancellation cancellation) {
        Map<String, Long> deleted = new TreeMap<>();
        Instant now = studio.clock().instant();
        try {
            for (RetentionPart part : parts) {
                Duration kept = times.get(part.kind());
                if (kept != null) {
                    cancellation.throwIfCancelled();
                    deleted.merge(part.kind(), part.deleteOlder(studio, tenant, now.minus(kept)), Long::sum);
                }
            }
        } finally {
            deleted.values().removeIf(count -> count == 0);
            if (!deleted.isEmpty()) {
                tell(tenant, deleted);
            }
        }
        return deleted;
    }

    private void tell(String tenant, Map<String, Long> deleted) {
        log.info("Deleted what was too old of tenant {}: {}", tenant, deleted);
        AuditEvent event = AuditEvent.of(new Caller(tenant, USER), "retention.apply", List.of());
        for (Map.Entry<String, Long> each : deleted.entrySet()) {
            event = event.with(each.getKey(), String.valueOf(each.getValue()));
        }
        studio.audit().append(event);
    }

    /**
     * Has what is too old deleted every night at 03:17 by the studio's clock, by one of the processes that called this for
     * the same workspace; a night in which none was there is made up for. Without a time for anything it is no longer done.
     * To be called once for a studio.
     *
     * @throws IllegalStateException if it was called for the studio before
     */
    public void daily() {
        if (times.isEmpty()) {
            studio.jobs().unschedule(SERVER, JOB);
            return;
        }
        studio.jobs().handle(JOB, this::run);
        JobSchedule wanted = new JobSchedule(
                JOB,
                new Timing.Cron(AT_NIGHT, studio.clock().getZone()),
                MissedRuns.RUN_ONCE,
                JobRequest.of(JOB, "{}").withTimeout(Duration.ofHours(24)));
        // One that is there stays: putting it again would forget a time that was missed.
        boolean isThere = studio.jobs().schedules(SERVER).stream()
                .map(ScheduleStatus::schedule)
                .anyMatch(there -> there.timing().equals(wanted.timing()));
        if (!isThere) {
            studio.jobs().schedule(SERVER, wanted);
        }
    }

    private String run(JobContext job) {
        apply(job.cancellation());
        return "{}";
    }

    private static final class OldConversations implements RetentionPart {
        @Override
        public String kind() {
            return "conversations";
        }

        @Override
        public long deleteOlder(Studio studio, String tenant, Instant before) {
            return studio.as(new Caller(tenant, USER)).conversations().deleteOlder(before);
        }
    }

    private static final class OldUploads implements RetentionPart {
        @Override
        public String kind() {
            return "uploads";
        }

        @Override
        public long deleteOlder(Studio studio, String tenant, Instant before) {
            return studio.uploads().discardOlder(tenant, before);
        }
    }

    private static final class OldAudit implements RetentionPart {
        @Override
        public String kind() {
            return "audit";
        }

        /** Asked first: each removal is a record of its own. */
        @Override
        public long deleteOlder(Studio studio, String tenant, Instant before) {
            boolean isSome = studio.audit().count(AuditQuery.of(tenant).between(Instant.MIN, before)) > 0;
            Duration kept = Duration.between(before, studio.clock().instant());
            return isSome ? studio.audit().removeOlderThan(new Caller(tenant, USER), kept) : 0;
        }
    }
}
