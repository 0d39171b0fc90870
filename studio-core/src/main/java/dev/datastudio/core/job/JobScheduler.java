package dev.datastudio.core.job;

import com.github.kagkarlsson.scheduler.PollingStrategyConfig;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.TaskRepository;
import com.github.kagkarlsson.scheduler.TaskResolver;
import com.github.kagkarlsson.scheduler.Waiter;
import com.github.kagkarlsson.scheduler.event.SchedulerListeners;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.Task;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;

/** db-scheduler over a storage of ours, which its own builder doesn't take. */
final class JobScheduler extends Scheduler {
    private static final Duration AFTER_OUR_OWN_WAIT = Duration.ofMillis(500);

    JobScheduler(String worker, TaskRepository repository, Task<?> task, JobOptions options) {
        super(
                Clock.systemUTC()::instant,
                repository,
                repository,
                new TaskResolver(SchedulerListeners.NOOP, Clock.systemUTC()::instant, List.of(task)),
                2 * options.allWorkers(), // its count lags behind the worker's, which is the one that limits
                Executors.newFixedThreadPool(options.allWorkers(), DaemonThreads.named("studio-job")),
                new SchedulerName.Fixed(worker),
                new Waiter(options.poll(), Clock.systemUTC()::instant),
                options.heartbeat(),
                options.missedHeartbeats(),
                List.of(),
                List.of(),
                new PollingStrategyConfig(PollingStrategyConfig.Type.LOCK_AND_FETCH, 0.5, 1.0),
                Duration.ofDays(14), // of tasks without a name known here, of which there are none
                AFTER_OUR_OWN_WAIT,
                LogLevel.DEBUG,
                false,
                List.of(),
                Executors.newSingleThreadExecutor(DaemonThreads.named("studio-job-poll")),
                Executors.newScheduledThreadPool(2, DaemonThreads.named("studio-job-heartbeat")));
    }
}
