package dev.datastudio.core.job;

import dev.datastudio.api.job.QueueName;
import dev.datastudio.testkit.job.JobQueueLimits;
import java.time.Duration;

/** What the contract says about limits, as options. */
final class ContractOptions {
    private ContractOptions() {}

    static JobOptions of(JobQueueLimits limits) {
        JobOptions options = JobOptions.DEFAULT
                .withMaxWaitingPerTenant(limits.maxWaitingPerTenant())
                .withPatience(Duration.ofMillis(300), Duration.ofMillis(300));
        for (QueueName queue : QueueName.values()) {
            options = options.withWorkers(queue, limits.workers());
            if (limits.overall() > 0) {
                options = options.withOverall(queue, limits.overall());
            }
        }
        return options;
    }
}
