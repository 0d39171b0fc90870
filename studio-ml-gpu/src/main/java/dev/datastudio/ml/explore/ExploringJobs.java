package dev.datastudio.ml.explore;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.job.Job;
import dev.datastudio.api.job.JobContext;
import dev.datastudio.api.job.JobError;
import dev.datastudio.api.job.JobId;
import dev.datastudio.api.job.JobQueue;
import dev.datastudio.api.job.JobRequest;
import dev.datastudio.api.job.JobState;
import dev.datastudio.api.job.QueueName;
import dev.datastudio.api.job.RetryPolicy;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.dataset.Datasets;
import dev.datastudio.ml.explore.internal.tool.Findings;
import java.util.List;
import java.util.Optional;

/**
 * Explorations in the background, in the queue for trainings, with progress and a way to cancel them (A27).
 *
 * <pre>{@code
 * ExploringJobs jobs = ExploringJobs.of(studio);
 * JobId job = jobs.submit(studio.caller(), customers, ClusterSpec.DEFAULT, "customers in groups");
 * studio.jobs().await(studio.caller(), job, Duration.ofMinutes(5));
 * Finding groups = jobs.finding(studio.caller(), job).orElseThrow();
 * }</pre>
 *
 * <p>An exploration that was lost with its process begins again in another one. Works as long as the studio is open.
 * Thread-safe.
 */
public final class ExploringJobs {
    /** The type of jobs that explore; their result is {@code {"type":"exploration","id":"…",…}}. */
    public static final String EXPLORE = "data.exploration";

    private final Studio studio;

    private ExploringJobs(Studio studio) {
        this.studio = studio;
    }

    /** Of a studio; the first call has this process do the explorations of its workspace. */
    public static ExploringJobs of(Studio studio) {
        return studio.feature(ExploringJobs.class, any -> {
            ExploringJobs made = new ExploringJobs(any);
            any.jobs().handle(EXPLORE, made::explore);
            return made;
        });
    }

    /**
     * Has groups of alike rows looked for.
     *
     * @param keepAs the name of a new data set with the group of each row; empty for none
     * @throws StudioException with {@link ErrorCode#DATASET_NOT_FOUND} when this caller has no such data set, {@link
     *     ErrorCode#UNKNOWN_COLUMN}, {@link ErrorCode#INVALID_NAME}, {@link ErrorCode#INVALID_ARGUMENT} when a data set of
     *     that name came otherwise, {@link ErrorCode#QUOTA_EXCEEDED}. What else is wrong is told by the job
     */
    public JobId submit(Caller caller, Dataset dataset, ClusterSpec spec, String keepAs) {
        return submit(caller, dataset, spec, keepAs, spec.columns());
    }

    /** Has principal components looked for; as {@link #submit(Caller, Dataset, ClusterSpec, String)}. */
    public JobId submit(Caller caller, Dataset dataset, ComponentSpec spec, String keepAs) {
        return submit(caller, dataset, spec, keepAs, spec.columns());
    }

    /** Has unusual rows looked for; as {@link #submit(Caller, Dataset, ClusterSpec, String)}. */
    public JobId submit(Caller caller, Dataset dataset, AnomalySpec spec, String keepAs) {
        return submit(caller, dataset, spec, keepAs, spec.columns());
    }

    /** Has a series forecast; as {@link #submit(Caller, Dataset, ClusterSpec, String)}. */
    public JobId submit(Caller caller, Dataset dataset, ForecastSpec spec, String keepAs) {
        List<String> named = List.of(spec.timeColumn(), spec.valueColumn());
        return submit(
                caller,
                dataset,
                spec,
                keepAs,
                named.stream().filter(each -> !each.isEmpty()).toList());
    }

    private JobId submit(Caller caller, Dataset dataset, Record spec, String keepAs, List<String> columns) {
        Datasets all = studio.datasets().as(caller);
        Dataset own = all.get(dataset.id());
        columns.forEach(own::column);
        String name = Findings.requireFree(all, keepAs, spec);
        String payload = Findings.payload(new Findings.Asked(own.id(), spec, name));
        return studio.jobs()
                .submit(
                        caller,
                        JobRequest.of(EXPLORE, payload).in(QueueName.TRAINING).withRetry(RetryPolicy.NONE));
    }

    /**
     * What an exploration came to; empty while it is at it.
     *
     * @throws StudioException {@link ErrorCode#JOB_NOT_FOUND} also when it is a job of another type; why it failed or
     *     that it was cancelled
     */
    public Optional<Finding> finding(Caller caller, JobId id) {
        Job job = studio.jobs().get(caller, id);
        if (!job.request().type().equals(EXPLORE)) {
            throw JobQueue.notFound(id);
        }
        if (!job.state().isFinal()) {
            return Optional.empty();
        }
        if (job.state() != JobState.SUCCEEDED) {
            throw job.error().map(JobError::toException).orElseGet(Cancellation::cancelledError);
        }
        return job.result().map(Findings::finding);
    }

    private String explore(JobContext job) {
        Findings.Asked asked = Findings.read(job.payload());
        Dataset dataset = studio.datasets().as(job.caller()).get(asked.dataset());
        ExploreOptions options = ExploreOptions.DEFAULT
                .stoppedBy(job.cancellation())
                .telling(job.progress())
                .keepingAs(asked.keepAs());
        return Findings.explored(Explore.of(studio).as(job.caller()), dataset, asked.spec(), options);
    }
}
