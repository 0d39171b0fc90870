package dev.datastudio.core.erasure;

import dev.datastudio.api.artifact.ArtifactKey;
import dev.datastudio.api.artifact.StoredArtifact;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.job.Job;
import dev.datastudio.api.job.JobQuery;
import dev.datastudio.api.job.JobQueue;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.Progress;
import dev.datastudio.api.progress.ProgressListener;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.dataset.Datasets;
import dev.datastudio.core.source.Source;
import dev.datastudio.core.source.Sources;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.function.ToLongFunction;

/**
 * Deletes what is somebody's alone, or all of a tenant, with everything that was derived from it: jobs with their results,
 * conversations, data sets with charts, answers and relations, uploads and other artifacts, and what features of other
 * modules keep. Those that are on the class path are found by themselves; a program adds what it keeps itself:
 *
 * <pre>{@code
 * Erasure.of(studio).user(new Caller("acme", "ann"));
 * Erasure.of(studio).with(new OurNotes()).tenant("acme");
 * }</pre>
 *
 * <p>End the sessions of people first, so that nothing is added meanwhile. Immutable, thread-safe; works as long as the
 * studio is open.
 */
public final class Erasure {
    /** How long a running job may take to end after it was told to; its result is not kept in any case. */
    private static final Duration MAX_END = Duration.ofSeconds(10);

    private final Studio studio;
    private final List<ErasurePart> parts;

    private Erasure(Studio studio, List<ErasurePart> parts) {
        this.studio = studio;
        this.parts = parts;
    }

    /** What deletes the things that a studio and the modules on the class path keep. */
    public static Erasure of(Studio studio) {
        Objects.requireNonNull(studio, "studio");
        List<ErasurePart> found = ServiceLoader.load(ErasurePart.class, Erasure.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(ErasurePart::kind))
                .toList();
        Erasure erasure = new Erasure(studio, List.of());
        for (ErasurePart part : found) {
            erasure = erasure.with(part);
        }
        return erasure;
    }

    /**
     * The same, which also deletes what a feature keeps; those that were added first come first, after jobs and before
     * data sets.
     *
     * @throws IllegalArgumentException if there is a part of that kind
     */
    public Erasure with(ErasurePart part) {
        Objects.requireNonNull(part, "part");
        if (parts.stream().anyMatch(each -> each.kind().equals(part.kind()))) {
            throw new IllegalArgumentException("there is a part for '" + part.kind() + "' already");
        }
        List<ErasurePart> more = new ArrayList<>(parts);
        more.add(part);
        return new Erasure(studio, List.copyOf(more));
    }

    /**
     * Deletes everything of a user. What the organisation shares stays: graphs, sources, projects, models, documents that
     * all of it sees. So do the records of the audit log and of calls of models, which name the person by their id only.
     *
     * <p>Blocks until it is done, for running jobs up to 10 seconds each. When it fails half way, the rest is still there
     * and it can be called again; when there is nothing it does nothing.
     *
     * @throws StudioException what the storage fails with; {@code CANCELLED} when the thread is interrupted
     */
    public Erased user(Caller who) {
        Objects.requireNonNull(who, "who");
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("jobs", jobs(who));
        for (ErasurePart part : parts) {
            counts.put(part.kind(), interruptibly(() -> part.user(studio, who)));
        }
        counts.put("conversations", (long) studio.as(who).conversations().deleteAll());
        counts.put("datasets", datasets(who));
        counts.put("uploads", studio.uploads().deleteAll(who));
        counts.put("artifacts", artifacts(who));
        // Values of the cache don't say whose they are; the others' are computed again.
        studio.cache().removeTenant(who.tenant());
        return new Erased(counts);
    }

    /** As {@link #tenant(String, ProgressListener)}, telling nobody how far it is. */
    public Erased tenant(String tenant) {
        return tenant(tenant, ProgressListener.NONE);
    }

    /**
     * Deletes everything of a tenant, of all its people and what they share: jobs and schedules, data sets, documents,
     * conversations, graphs, runs, models, sources with their secrets, relations, artifacts, indexes, cached values,
     * counters, and the audit log.
     *
     * <p>Blocks until it is done, for running jobs up to 10 seconds each. When it fails half way, the rest is still there
     * and it can be called again; when there is nothing it does nothing. What somebody whom another process still lets in
     * adds meanwhile may stay, so call it once more after such a process has heard of it. Backups are not touched.
     *
     * @param progress told of each kind of things
     * @throws IllegalArgumentException if no tenant can have that id
     * @throws StudioException what the storage fails with; {@code CANCELLED} when the thread is interrupted
     */
    public Erased tenant(String tenant, ProgressListener progress) {
        Caller anybody = new Caller(tenant, "anybody");
        Map<String, Long> counts = new LinkedHashMap<>();
        Steps steps = new Steps(progress, parts.size() + 6);
        steps.next("jobs");
        counts.put("jobs", sum(studio.jobs().callers(tenant), this::jobs));
        for (ErasurePart part : parts) {
            steps.next(part.kind());
            counts.put(part.kind(), interruptibly(() -> part.tenant(studio, tenant)));
        }
        steps.next("sources");
        counts.put("sources", sources(anybody));
        steps.next("datasets");
        Datasets datasets = studio.datasets().as(anybody);
        counts.put("datasets", sum(datasets.owners(), this::datasets));
        steps.next("artifacts");
        studio.relations().as(anybody).forgetTenant();
        counts.put("artifacts", (long) studio.artifacts().deleteAll(new ArtifactKey(tenant)));
        steps.next("entries");
        studio.audit().flush(); // what was deleted up to here is told there, and goes with it
        counts.put("entries", studio.metadata().deleteTenant(tenant));
        steps.next("cache");
        studio.cache().removeTenant(tenant);
        return new Erased(counts);
    }

    /** Tells what comes next. */
    private static final class Steps {
        private final ProgressListener progress;
        private final int total;
        private int done;

        Steps(ProgressListener progress, int total) {
            this.progress = progress;
            this.total = total;
        }

        void next(String kind) {
            progress.onProgress(new Progress(kind, done++, total, "kinds"));
        }
    }

    private interface Deletion {
        long run() throws InterruptedException;
    }

    private static long interruptibly(Deletion deletion) {
        try {
            return deletion.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Cancellation.cancelledError();
        }
    }

    private static long sum(List<Caller> people, ToLongFunction<Caller> deletion) {
        return people.stream().mapToLong(deletion).sum();
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

    /** Deleted one by one, which ends the connections to them. */
    private long sources(Caller anybody) {
        Sources all = studio.sources().as(anybody);
        List<Source> known = all.list();
        known.forEach(source -> orGone(ErrorCode.SOURCE_NOT_FOUND, () -> all.delete(source.id())));
        return known.size();
    }

    private long datasets(Caller who) {
        Datasets own = studio.datasets().as(who);
        List<Dataset> all = own.list();
        all.forEach(dataset -> orGone(ErrorCode.DATASET_NOT_FOUND, () -> own.delete(dataset.id())));
        return all.size();
    }

    /** Another process may be deleting the same, as when it took over what seemed to be lost. */
    private static void orGone(ErrorCode gone, Runnable deletion) {
        try {
            deletion.run();
        } catch (StudioException e) {
            if (e.code() != gone) {
                throw e;
            }
        }
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
