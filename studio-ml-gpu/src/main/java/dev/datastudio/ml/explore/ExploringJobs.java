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
import dev.datastudio.ml.explore.internal.Kind;
import dev.datastudio.ml.explore.internal.tool.Findings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Explorations in the background, in the queue for trainings, with progress and a way to cancel them (A27).
 *
 * <pre>{@code
 * ExploringJobs jobs = ExploringJobs.of(studio);
 * JobId job = jobs.submit(studio.caller(), ExploreRequest.of(customers, ClusterSpec.DEFAULT).keepingModel("segments"));
 * studio.jobs().await(studio.caller(), job, Duration.ofMinutes(5));
 * Finding groups = jobs.finding(studio.caller(), job).orElseThrow();
 * }</pre>
 *
 * <p>An exploration that was lost with its process begins again in another one. What it had kept by then is not kept twice:
 * rows that are equal make no new version, and the id of the model is made of the job's. Works as long as the studio is open.
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
     * Has something looked for.
     *
     * @throws StudioException with {@link ErrorCode#DATASET_NOT_FOUND} when this caller has no such data set, {@link
     *     ErrorCode#UNKNOWN_COLUMN}, {@link ErrorCode#INVALID_NAME}, {@link ErrorCode#INVALID_ARGUMENT} when a data set of
     *     the name of the new one came otherwise, {@link ErrorCode#QUOTA_EXCEEDED}. What else is wrong is told by the job
     */
    public JobId submit(Caller caller, ExploreRequest asked) {
        Datasets all = studio.datasets().as(caller);
        Dataset own = all.get(asked.dataset());
        columns(asked.spec()).forEach(own::column);
        Kind.of(asked.spec()).requireFree(all, asked.keepAs());
        return studio.jobs()
                .submit(
                        caller,
                        JobRequest.of(EXPLORE, Findings.payload(asked))
                                .in(QueueName.TRAINING)
                                .withRetry(RetryPolicy.NONE));
    }

    /** The columns that a spec names. */
    private static List<String> columns(ExploreSpec spec) {
        if (spec instanceof ForecastSpec forecast) {
            return Stream.of(forecast.timeColumn(), forecast.valueColumn())
                    .filter(each -> !each.isEmpty())
                    .toList();
        }
        if (spec instanceof ClusterSpec clusters) {
            return clusters.columns();
        }
        if (spec instanceof ComponentSpec components) {
            return components.columns();
        }
        if (spec instanceof AnomalySpec anomalies) {
            return anomalies.columns();
        }
        throw new AssertionError(spec);
    }

    /** The id that the model of an exploration has, also before there is one. */
    static String modelOf(JobId id) {
        byte[] seed = ("explored by " + id).getBytes(StandardCharsets.UTF_8);
        return UUID.nameUUIDFromBytes(seed).toString();
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
        ExploreRequest asked = Findings.read(job.payload());
        Dataset dataset = studio.datasets().as(job.caller()).get(asked.dataset());
        ExploreOptions options = ExploreOptions.DEFAULT
                .stoppedBy(job.cancellation())
                .telling(job.progress())
                .keepingAs(asked.keepAs())
                .keepingModel(asked.keepModelAs());
        Exploration found = Explore.of(studio).as(job.caller()).find(modelOf(job.id()), dataset, asked.spec(), options);
        return Findings.result(dataset, found);
    }
}
