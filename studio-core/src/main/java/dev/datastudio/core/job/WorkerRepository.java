package dev.datastudio.core.job;

import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import dev.datastudio.api.job.JobId;
import java.time.Instant;
import java.util.List;

/** What db-scheduler asks of its storage while it works, answered by the worker. */
final class WorkerRepository extends RefusingTaskRepository {
    private final JobWorker worker;

    WorkerRepository(JobWorker worker) {
        this.worker = worker;
    }

    static RunKey key(Execution execution) {
        return new RunKey(new JobId(execution.getId()), execution.version);
    }

    private Execution execution(RunKey key, Instant at) {
        TaskInstance<Void> instance = new TaskInstance<>(JobTask.NAME, key.id().value());
        return new Execution(at, instance, true, worker.name(), null, null, 0, at, key.fence());
    }

    /** The worker knows better how many it can take, queue by queue. */
    @Override
    public List<Execution> lockAndGetDue(Instant now, int limit) {
        return worker.pick().stream().map(key -> execution(key, now)).toList();
    }

    @Override
    public List<Execution> getDeadExecutions(Instant olderThan) {
        return worker.lost().stream().map(key -> execution(key, olderThan)).toList();
    }

    @Override
    public boolean updateHeartbeat(Execution execution, Instant now) {
        return worker.heartbeat(key(execution));
    }

    /** The database retries by itself. */
    @Override
    public boolean updateHeartbeatWithRetry(Execution execution, Instant now, int tries) {
        return updateHeartbeat(execution, now);
    }

    @Override
    public void verifySupportsLockAndFetch() {
        // it does: jobs are taken in one transaction
    }
}
