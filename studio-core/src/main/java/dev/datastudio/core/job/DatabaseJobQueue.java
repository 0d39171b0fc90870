package dev.datastudio.core.job;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.job.Job;
import dev.datastudio.api.job.JobHandler;
import dev.datastudio.api.job.JobId;
import dev.datastudio.api.job.JobQuery;
import dev.datastudio.api.job.JobQueue;
import dev.datastudio.api.job.JobRequest;
import dev.datastudio.api.job.JobSchedule;
import dev.datastudio.api.job.JobState;
import dev.datastudio.api.job.QueueDepth;
import dev.datastudio.api.job.QueueName;
import dev.datastudio.api.job.ScheduleStatus;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.workspace.TransactionalDatabase;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A queue of jobs in a database: the state database of a workspace, or PostgreSQL for workers on several machines.
 * Thread-safe.
 *
 * <p>A process that only submits and looks has no threads for it. With the first handler come the workers: they look into
 * the database every {@link JobOptions#poll()} and, while they run jobs, write to it every {@link JobOptions#heartbeat()}.
 * Threads are daemons: they don't keep a program alive.
 */
public final class DatabaseJobQueue implements JobQueue {
    private static final Logger log = LoggerFactory.getLogger(DatabaseJobQueue.class);
    private static final String CLOSED = "The queue of jobs is closed";
    private static final int MAX_NAMED = 100;
    private static final Pattern NAMED = Pattern.compile("[A-Za-z0-9_-]{8,64}");
    private static final long TICK_MILLIS = 500;
    private static final long TICKS_TO_PURGE = Duration.ofMinutes(10).toMillis() / TICK_MILLIS;

    private final TransactionalDatabase database;
    private final JobOptions options;
    private final InstantSource clock;
    private final JobStore jobs;
    private final ScheduleStore schedules;
    private final JobWatches watches;
    private final Map<String, JobHandler> handlers = new ConcurrentHashMap<>();
    private final Object starting = new Object();
    private volatile @Nullable JobWorker worker;
    private @Nullable ScheduledExecutorService ticker;
    private volatile boolean closed;
    private long ticks; // these two of the ticking thread
    private long nextPurge;

    private DatabaseJobQueue(TransactionalDatabase database, JobOptions options, InstantSource clock) {
        this.database = Objects.requireNonNull(database, "database");
        this.options = Objects.requireNonNull(options, "options");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.jobs = new JobStore(database, clock, options.maxWaitingPerTenant());
        this.schedules = new ScheduleStore(database, clock, jobs);
        this.watches = new JobWatches(jobs);
    }

    /**
     * A queue in a database that has the tables of jobs.
     *
     * @param database stays open when the queue closes, and must until then
     * @param clock dates jobs and tells when they are due; whether a process is lost is told by the database's clock
     */
    public static DatabaseJobQueue over(TransactionalDatabase database, JobOptions options, InstantSource clock) {
        return new DatabaseJobQueue(database, options, clock);
    }

    @Override
    public JobId submit(Caller caller, JobRequest request) {
        requireOpen();
        if (!JobFailures.isJson(request.payload())) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "The payload " + StudioException.quote(request.payload()) + " is not JSON",
                    "Give JSON text, such as {} or null");
        }
        JobId id = jobs.submit(caller, request);
        JobWorker running = worker;
        if (running != null) {
            running.wake();
        }
        return id;
    }

    @Override
    public Optional<Job> find(Caller caller, JobId id) {
        requireOpen();
        return jobs.find(caller, id);
    }

    @Override
    public List<Job> list(Caller caller, JobQuery query) {
        requireOpen();
        return jobs.list(caller, query);
    }

    @Override
    public Job cancel(Caller caller, JobId id) {
        requireOpen();
        Job job = jobs.cancel(caller, id);
        JobWorker running = worker;
        if (running != null && job.state() == JobState.RUNNING) {
            running.cancel(id);
        }
        watches.changed(id);
        return job;
    }

    @Override
    public Job await(Caller caller, JobId id, Duration timeout) {
        Job now = get(caller, id);
        if (now.state().isFinal() || timeout.isZero() || timeout.isNegative()) {
            return now;
        }
        CompletableFuture<Job> done = new CompletableFuture<>();
        Consumer<Job> listener = job -> {
            if (job.state().isFinal()) {
                done.complete(job);
            }
        };
        Cancellation.Registration watch = watches.watch(
                caller, id, listener, () -> done.completeExceptionally(new IllegalStateException(CLOSED)));
        try {
            return done.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return get(caller, id);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Cancellation.cancelledError();
        } catch (ExecutionException e) {
            throw new IllegalStateException(CLOSED, e);
        } finally {
            watch.close();
        }
    }

    @Override
    public Cancellation.Registration watch(Caller caller, JobId id, Consumer<Job> listener) {
        get(caller, id);
        return watches.watch(caller, id, listener, () -> {});
    }

    @Override
    public void handle(String type, JobHandler handler) {
        requireOpen();
        Objects.requireNonNull(handler, "handler");
        if (handlers.putIfAbsent(JobRequest.requireType(type), handler) != null) {
            throw new IllegalStateException("Jobs of type '" + type + "' have a handler already");
        }
        start().wake();
    }

    private JobWorker start() {
        synchronized (starting) {
            requireOpen();
            JobWorker known = worker;
            if (known != null) {
                return known;
            }
            String name = workerName();
            RunStore runs = new RunStore(database, clock, name, options.overall());
            JobWorker started = new JobWorker(name, runs, options, handlers, watches::changed);
            started.start();
            worker = started;
            ScheduledExecutorService ticking =
                    Executors.newScheduledThreadPool(1, DaemonThreads.named("studio-job-time"));
            repeat(ticking, started);
            ticker = ticking;
            return started;
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a tick catches and logs what goes wrong
    private void repeat(ScheduledExecutorService ticking, JobWorker working) {
        ticking.scheduleWithFixedDelay(() -> tick(working), 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Tells people which process, and is never used twice. */
    private static String workerName() {
        return "process " + ProcessHandle.current().pid() + "/" + UUID.randomUUID();
    }

    private void tick(JobWorker working) {
        try {
            working.watchTime();
            if (schedules.submitDue()) {
                working.wake();
            }
            if (ticks++ >= nextPurge) {
                int purged = jobs.purge(clock.instant().minus(options.keepFinished()));
                nextPurge = purged < JobStore.PURGED_AT_ONCE ? ticks + TICKS_TO_PURGE : ticks;
            }
        } catch (StudioException e) {
            log.warn("The storage of jobs failed; it is tried again", e);
        } catch (RuntimeException e) {
            log.error("Looking after jobs failed; it is tried again", e);
        }
    }

    @Override
    public ScheduleStatus schedule(Caller caller, JobSchedule schedule) {
        requireOpen();
        return schedules.put(caller, schedule);
    }

    @Override
    public List<ScheduleStatus> schedules(Caller caller) {
        requireOpen();
        return List.copyOf(schedules.list(caller));
    }

    @Override
    public ScheduleStatus switchSchedule(Caller caller, String name, ScheduleStatus.State state) {
        requireOpen();
        return schedules.switchTo(caller, name, state);
    }

    @Override
    public boolean unschedule(Caller caller, String name) {
        requireOpen();
        return schedules.remove(caller, name);
    }

    @Override
    public int deleteAll(Caller caller) {
        requireOpen();
        schedules.removeAll(caller);
        return forgotten(jobs.deleteAll(caller));
    }

    @Override
    public int deleteNaming(Caller caller, Set<String> ids) {
        requireOpen();
        if (ids.isEmpty() || ids.size() > MAX_NAMED) {
            throw new IllegalArgumentException("There must be 1 to " + MAX_NAMED + " ids, there were " + ids.size());
        }
        for (String id : ids) {
            if (!NAMED.matcher(id).matches()) {
                throw new IllegalArgumentException("An id must match " + NAMED + ", was '" + id + "'");
            }
        }
        return forgotten(jobs.deleteNaming(caller, ids));
    }

    private int forgotten(List<JobId> deleted) {
        JobWorker running = worker;
        for (JobId id : deleted) {
            if (running != null) {
                running.cancel(id);
            }
            watches.changed(id);
        }
        return deleted.size();
    }

    @Override
    public List<Caller> callers(String tenant) {
        requireOpen();
        return jobs.callers(tenant);
    }

    @Override
    public Map<QueueName, QueueDepth> depth() {
        requireOpen();
        return jobs.depth();
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException(CLOSED);
        }
    }

    @Override
    public void close() {
        JobWorker working;
        ScheduledExecutorService ticking;
        synchronized (starting) {
            if (closed) {
                return;
            }
            closed = true;
            working = worker;
            ticking = ticker;
        }
        if (working != null) {
            working.close();
        }
        if (ticking != null) {
            ticking.shutdown();
        }
        watches.close();
    }
}
