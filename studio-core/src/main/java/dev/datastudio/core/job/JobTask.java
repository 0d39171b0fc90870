package dev.datastudio.core.job;

import com.github.kagkarlsson.scheduler.task.AbstractTask;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.SchedulableInstance;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import java.time.Instant;

/** The one task that db-scheduler knows: do a job. */
final class JobTask extends AbstractTask<Void> {
    static final String NAME = "job";

    private final JobWorker worker;

    JobTask(JobWorker worker) {
        super(
                NAME,
                Void.class,
                (complete, operations) -> {}, // a job's failure is stored before; what comes here is logged already
                (complete, operations) -> worker.takeOver(WorkerRepository.key(complete.getExecution())));
        this.worker = worker;
    }

    @Override
    public SchedulableInstance<Void> schedulableInstance(String id) {
        return SchedulableInstance.of(new TaskInstance<>(NAME, id), Instant.EPOCH);
    }

    @Override
    public SchedulableInstance<Void> schedulableInstance(String id, Void data) {
        return schedulableInstance(id);
    }

    /** The worker ends the job in a transaction of its own; nothing is left to complete. */
    @Override
    public CompletionHandler<Void> execute(TaskInstance<Void> instance, ExecutionContext context) {
        worker.run(WorkerRepository.key(context.getExecution()));
        return (complete, operations) -> {};
    }
}
