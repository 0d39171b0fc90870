package dev.datastudio.core.erasure;

import dev.datastudio.api.artifact.ArtifactKey;
import dev.datastudio.api.artifact.StoredArtifact;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.job.Job;
import dev.datastudio.api.job.JobQuery;
import dev.datastudio.api.job.JobQueue;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.dataset.Datasets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Deletes what is somebody's alone, with everything that was derived from it: jobs with their results, conversations, data
 * sets with charts, answers and relations, uploads and other artifacts, and what features of other modules keep, each of
 * which has a part here:
 *
 * <pre>{@code
 * Erasure.of(studio)
 *         .with("documents", who -> Documents.of(studio).as(who).deletePrivate())
 *         .with("runs", who -> GraphRuns.of(studio).as(who).forgetAll())
 *         .user(new Caller("acme", "ann"));
 * }</pre>
 *
 * <p>What the organisation shares stays: graphs, sources, projects, models, documents that all of it sees. So do the
 * records of the audit log and of calls of models, which name the person by their id only. End their sessions first, so
 * that nothing is added meanwhile. Immutable, thread-safe; works as long as the studio is open.
 */
public final class Erasure {
    /** How long a running job may take to end after it was told to; its result is not kept in any case. */
    private static final Duration MAX_END = Duration.ofSeconds(10);

    private final Studio studio;
    private final Map<String, ErasurePart> parts;

    private Erasure(Studio studio, Map<String, ErasurePart> parts) {
        this.studio = studio;
        this.parts = parts;
    }

    /** What deletes the things that a studio itself keeps. */
    public static Erasure of(Studio studio) {
        return new Erasure(Objects.requireNonNull(studio, "studio"), Map.of());
    }

    /**
     * The same, which also deletes what a feature keeps; those that were added first come first, after jobs and before
     * data sets.
     *
     * @param kind what the things are called in {@link Erased#counts()}
     * @throws IllegalArgumentException if there is a part of that kind
     */
    public Erasure with(String kind, ErasurePart part) {
        Map<String, ErasurePart> more = new LinkedHashMap<>(parts);
        if (more.put(kind, Objects.requireNonNull(part, "part")) != null) {
            throw new IllegalArgumentException("there is a part for '" + kind + "' already");
        }
        return new Erasure(studio, more);
    }

    /**
     * Deletes everything of a user. Blocks until it is done, for running jobs up to 10 seconds each. When it fails half way,
     * the rest is still there and it can be called again; when there is nothing it does nothing.
     *
     * @throws StudioException what the storage fails with; {@code CANCELLED} when the thread is interrupted
     */
    public Erased user(Caller who) {
        Objects.requireNonNull(who, "who");
        Map<String, Long> counts = new LinkedHashMap<>();
        try {
            counts.put("jobs", jobs(who));
            for (Map.Entry<String, ErasurePart> part : parts.entrySet()) {
                counts.put(part.getKey(), part.getValue().erase(who));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Cancellation.cancelledError();
        }
        counts.put("conversations", (long) studio.as(who).conversations().deleteAll());
        counts.put("datasets", datasets(who));
        counts.put("uploads", studio.uploads().deleteAll(who));
        counts.put("artifacts", artifacts(who));
        // Values of the cache don't say whose they are; the others' are computed again.
        studio.cache().removeTenant(who.tenant());
        return new Erased(counts);
    }

    /** Ends what runs before it is forgotten: it might still write. */
    private long jobs(Caller who) {
        JobQueue jobs = studio.jobs();
        List<Job> open = jobs.list(who, JobQuery.OPEN);
        boolean haveEnded = true;
        while (!open.isEmpty() && haveEnded) {
            open.forEach(job -> jobs.cancel(who, job.id()));
            haveEnded = open.stream()
                    .allMatch(job -> jobs.await(who, job.id(), MAX_END).state().isFinal());
            open = jobs.list(who, JobQuery.OPEN);
        }
        return jobs.deleteAll(who);
    }

    private long datasets(Caller who) {
        Datasets own = studio.datasets().as(who);
        List<Dataset> all = own.list();
        all.forEach(dataset -> own.delete(dataset.id()));
        return all.size();
    }

    /** The files of documents belong to their part: some of them the organisation shares. */
    private long artifacts(Caller who) {
        ArtifactKey folder = ArtifactKey.of(who);
        String documents = folder.resolve("documents").value() + "/";
        long deleted = 0;
        for (StoredArtifact each : studio.artifacts().list(folder)) {
            if (!each.key().value().startsWith(documents) && studio.artifacts().delete(each.key())) {
                deleted++;
            }
        }
        return deleted;
    }
}
