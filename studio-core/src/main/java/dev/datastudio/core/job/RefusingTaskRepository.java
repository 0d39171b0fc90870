package dev.datastudio.core.job;

import com.github.kagkarlsson.scheduler.ScheduledExecutionsFilter;
import com.github.kagkarlsson.scheduler.TaskRepository;
import com.github.kagkarlsson.scheduler.TaskSummary;
import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.RescheduleUpdate;
import com.github.kagkarlsson.scheduler.task.SchedulableInstance;
import com.github.kagkarlsson.scheduler.task.ScheduledTaskInstance;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The part of db-scheduler's storage that its workers never use and its clients would: jobs are submitted and ended
 * through the queue, in its own transactions.
 */
@SuppressWarnings("deprecation") // the interface still has its deprecated methods, which have to be there
abstract class RefusingTaskRepository implements TaskRepository {
    private static UnsupportedOperationException refusal() {
        return new UnsupportedOperationException("Jobs are submitted, ended and listed through the JobQueue");
    }

    @Override
    public final boolean createIfNotExists(SchedulableInstance<?> instance) {
        throw refusal();
    }

    @Override
    public final boolean createIfNotExists(ScheduledTaskInstance instance) {
        throw refusal();
    }

    @Override
    public final List<Execution> getDue(Instant now, int limit) {
        throw refusal();
    }

    @Override
    public final void createBatch(List<ScheduledTaskInstance> instances) {
        throw refusal();
    }

    @Override
    public final Instant replace(Execution execution, ScheduledTaskInstance instance) {
        throw refusal();
    }

    @Override
    public final Instant replace(Execution execution, SchedulableInstance<?> instance) {
        throw refusal();
    }

    @Override
    public final void getScheduledExecutions(ScheduledExecutionsFilter filter, Consumer<Execution> consumer) {
        throw refusal();
    }

    @Override
    public final void getScheduledExecutions(
            ScheduledExecutionsFilter filter, String taskName, Consumer<Execution> consumer) {
        throw refusal();
    }

    @Override
    public final List<TaskSummary> getScheduledExecutionsSummaryByTask() {
        throw refusal();
    }

    @Override
    public final List<Execution> lockAndFetchGeneric(Instant now, int limit) {
        throw refusal();
    }

    @Override
    public final void remove(Execution execution) {
        throw refusal();
    }

    @Override
    public final boolean reschedule(Execution execution, RescheduleUpdate update) {
        throw refusal();
    }

    @Override
    public final boolean reschedule(
            Execution execution, Instant next, Instant lastSuccess, Instant lastFailure, int failures) {
        throw refusal();
    }

    @Override
    public final boolean reschedule(
            Execution execution, Instant next, Object data, Instant lastSuccess, Instant lastFailure, int failures) {
        throw refusal();
    }

    @Override
    public final Optional<Execution> pick(Execution execution, Instant now) {
        throw refusal();
    }

    @Override
    public final void unpickPickedBatch(List<Execution> executions) {
        throw refusal();
    }

    @Override
    public final List<Execution> getExecutionsFailingLongerThan(Duration interval) {
        throw refusal();
    }

    @Override
    public final Optional<Execution> getExecution(String taskName, String id) {
        throw refusal();
    }

    @Override
    public final int removeExecutions(String taskName) {
        throw refusal();
    }
}
