package dev.datastudio.core.quality;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.job.JobContext;
import dev.datastudio.api.job.JobId;
import dev.datastudio.api.job.JobQueue;
import dev.datastudio.api.job.JobRequest;
import dev.datastudio.api.job.JobSchedule;
import dev.datastudio.api.job.MissedRuns;
import dev.datastudio.api.job.QueueName;
import dev.datastudio.api.job.ScheduleStatus;
import dev.datastudio.api.job.Timing;
import dev.datastudio.api.metadata.MetadataStore;
import dev.datastudio.core.dataset.Datasets;
import dev.datastudio.core.quality.internal.CheckJobJson;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Quality checks in the background: at once, or again and again. A job checks the newest version of a data set at the
 * time it runs, in the queue for analyses, with progress and a way to cancel it; its result is a summary of the report as
 * JSON, and the issues are where {@link QualityChecks#issues} finds them. Thread-safe.
 */
public final class QualityJobs {
    /** The type of the jobs; their payload is {@code {"dataset":"NAME"}}. */
    public static final String TYPE = "quality-check";

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._ -]{1,80}");

    private final JobQueue jobs;
    private final Datasets datasets;
    private final MetadataStore store;
    private final Clock clock;

    private QualityJobs(JobQueue jobs, Datasets datasets, MetadataStore store, Clock clock) {
        this.jobs = Objects.requireNonNull(jobs, "jobs");
        this.datasets = Objects.requireNonNull(datasets, "datasets");
        this.store = Objects.requireNonNull(store, "store");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /**
     * Has this process do the quality checks of a queue, whoever of the workspace asked for them; each job sees the data
     * sets and rules of its owner only.
     *
     * @param datasets where data sets are found; {@link #submit} and {@link #schedule} act for their caller
     * @param store where rules and issues are kept
     * @param clock what tells now, and the zone of schedules
     * @throws IllegalStateException if the queue has a handler for {@link #TYPE} already
     */
    public static QualityJobs register(JobQueue jobs, Datasets datasets, MetadataStore store, Clock clock) {
        QualityJobs registered = new QualityJobs(jobs, datasets, store, clock);
        jobs.handle(TYPE, registered::run);
        return registered;
    }

    private String run(JobContext context) {
        String name = CheckJobJson.dataset(context.payload());
        Datasets own = datasets.as(context.caller());
        Dataset dataset = find(own, name);
        QualityReport report =
                QualityChecks.of(own, store, clock).runChecks(dataset, context.cancellation(), context.progress());
        return CheckJobJson.summary(report, dataset.version());
    }

    private static Dataset find(Datasets own, String name) {
        return own.find(name)
                .orElseThrow(() -> new StudioException(
                        ErrorCode.DATASET_NOT_FOUND,
                        "There is no data set " + StudioException.quote(name) + " to check",
                        "Import it again, or remove its schedule"));
    }

    /**
     * Checks a data set once, as soon as a worker is free.
     *
     * @param dataset its name
     * @throws StudioException with {@link ErrorCode#DATASET_NOT_FOUND}, {@link ErrorCode#QUOTA_EXCEEDED}
     */
    public JobId submit(String dataset) {
        return jobs.submit(datasets.caller(), request(dataset));
    }

    /**
     * Checks a data set at the times of a cron expression, in place of its schedule before. Times that nobody was there
     * for are made up for once.
     *
     * @param dataset its name
     * @param cron as of {@link Timing.Cron}, in the zone of the clock
     * @throws StudioException with {@link ErrorCode#DATASET_NOT_FOUND}, {@link ErrorCode#INVALID_ARGUMENT}
     */
    public ScheduleStatus schedule(String dataset, String cron) {
        return schedule(dataset, new Timing.Cron(cron, clock.getZone()));
    }

    /** As {@link #schedule(String, String)}, with any timing. */
    public ScheduleStatus schedule(String dataset, Timing timing) {
        return jobs.schedule(
                datasets.caller(),
                new JobSchedule(scheduleName(dataset), timing, MissedRuns.RUN_ONCE, request(dataset)));
    }

    /** Ends the schedule of a data set; gives whether there was one. */
    public boolean unschedule(String dataset) {
        return jobs.unschedule(datasets.caller(), scheduleName(dataset));
    }

    private JobRequest request(String dataset) {
        find(datasets, dataset);
        return JobRequest.of(TYPE, CheckJobJson.payload(dataset)).in(QueueName.ANALYSIS);
    }

    /** The data set's name where a schedule can be called so, else a hash of it. */
    private static String scheduleName(String dataset) {
        String name = PLAIN.matcher(dataset).matches()
                ? dataset
                : UUID.nameUUIDFromBytes(dataset.getBytes(StandardCharsets.UTF_8))
                        .toString();
        return TYPE + " " + name;
    }
}
