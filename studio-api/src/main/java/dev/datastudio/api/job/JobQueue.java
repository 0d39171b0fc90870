package dev.datastudio.api.job;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.tenant.Caller;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Runs jobs in the background, in this process or in another one on the same storage.
 *
 * <p>A submitted job is kept until it is done, whatever happens to processes: when one is lost, another takes its jobs over
 * within 5 seconds and begins them again with a higher {@link JobContext#fence() fencing number}. Each job comes to one
 * final state, once. A process takes only jobs of types that it has a {@link #handle handler} for, and each queue only so
 * many at a time; tenants take turns.
 *
 * <p>Every call is about the jobs of its {@link Caller}: those of another tenant or user are not there. Thread-safe, also
 * between processes. What goes wrong with the storage is a {@link StudioException} with a {@code STORAGE_…} code.
 */
public interface JobQueue extends AutoCloseable {
    /**
     * Puts a job into its queue. Once this returns it outlasts the process.
     *
     * @return the job; an earlier one, in whatever state, when the request's key was used before
     * @throws StudioException {@link ErrorCode#QUOTA_EXCEEDED} when too many jobs of the tenant wait already
     */
    JobId submit(Caller caller, JobRequest request);

    /** The job as it stands. */
    Optional<Job> find(Caller caller, JobId id);

    /**
     * The job as it stands.
     *
     * @throws StudioException {@link ErrorCode#JOB_NOT_FOUND}
     */
    default Job get(Caller caller, JobId id) {
        return find(caller, id).orElseThrow(() -> notFound(id));
    }

    /** One page of the caller's jobs, the newest first, with empty payloads and without results. */
    List<Job> list(Caller caller, JobQuery query);

    /**
     * Asks a job to stop. A waiting one is cancelled when this returns; a running one, also of another process, is told
     * within a second. A job in its final state stays as it is.
     *
     * @return the job after the call
     * @throws StudioException {@link ErrorCode#JOB_NOT_FOUND}
     */
    Job cancel(Caller caller, JobId id);

    /**
     * Waits until a job is in its final state.
     *
     * @param timeout how long at most
     * @return the job as it stands then, final or not
     * @throws StudioException {@link ErrorCode#JOB_NOT_FOUND}; {@link ErrorCode#CANCELLED} when the waiting thread is
     *     interrupted
     * @throws IllegalStateException when the queue is closed meanwhile
     */
    Job await(Caller caller, JobId id, Duration timeout);

    /**
     * Tells a listener about a job: once as it stands, then after changes (several may come as one), the last time with
     * its final state. Called on a thread of the queue, one listener after the other, so it must return quickly and not
     * throw.
     *
     * @return ends the watch before; need not be closed after the final state
     * @throws StudioException {@link ErrorCode#JOB_NOT_FOUND}
     */
    Cancellation.Registration watch(Caller caller, JobId id, Consumer<Job> listener);

    /**
     * Has this process take jobs of a type from now on. The first handler starts its workers.
     *
     * @throws IllegalArgumentException if the type breaks the rule of {@link JobRequest#type()}
     * @throws IllegalStateException if the type has a handler
     */
    void handle(String type, JobHandler handler);

    /**
     * Puts a schedule in place of the caller's one of the same name, enabled.
     *
     * @throws StudioException {@link ErrorCode#INVALID_ARGUMENT} when its cron expression can't be read or has no next
     *     time
     */
    ScheduleStatus schedule(Caller caller, JobSchedule schedule);

    /** The caller's schedules by name. */
    List<ScheduleStatus> schedules(Caller caller);

    /**
     * Switches a schedule on or off; times while it was off are not made up for.
     *
     * @throws StudioException {@link ErrorCode#JOB_NOT_FOUND} when there is none of that name
     */
    ScheduleStatus switchSchedule(Caller caller, String name, ScheduleStatus.State state);

    /** Removes a schedule; jobs that it submitted stay. Gives whether it was there. */
    boolean unschedule(Caller caller, String name);

    /**
     * Removes everything of the caller: jobs in any state with their payloads and results, and schedules. What runs is told
     * to stop and its result is not kept, but it may go on for a moment; {@link #cancel} and {@link #await} it before
     * where that matters.
     *
     * @return how many jobs there were
     */
    int deleteAll(Caller caller);

    /**
     * Removes the jobs of the caller, in any state, of which the payload or the result names something that is gone. What
     * runs is told to stop, as by {@link #deleteAll}.
     *
     * @param ids that occur in nothing else, such as UUIDs: 1 to 100, each 8 to 64 letters, digits, '-' or '_'
     * @return how many jobs there were
     * @throws IllegalArgumentException if an id breaks the rule
     */
    int deleteNaming(Caller caller, Set<String> ids);

    /** Who in a tenant has jobs in any state, or schedules; by name. For what is done for all of it, as when it goes. */
    List<Caller> callers(String tenant);

    /** What there is to do in each queue, over all tenants and processes: for metrics and for scaling workers. */
    Map<QueueName, QueueDepth> depth();

    /** As {@link #depth()}, of one queue. */
    default QueueDepth depth(QueueName queue) {
        return depth().getOrDefault(queue, QueueDepth.EMPTY);
    }

    /**
     * Takes no more jobs, gives the running ones some time to end, and puts those that don't back into their queues.
     * Does nothing when called again.
     */
    @Override
    void close();

    /** The error for a job that is not there, or not there for this caller. */
    static StudioException notFound(JobId id) {
        return new StudioException(
                ErrorCode.JOB_NOT_FOUND,
                "Job " + StudioException.quote(id) + " is not there",
                "List your jobs and use the id of one of them; finished jobs are removed after a while");
    }
}
