package dev.datastudio.testkit.job;

/** How many jobs run and wait. */
public record JobQueueLimits(int workers, int overall, int maxWaitingPerTenant) {
    /** Two workers a queue, no limit over all processes, a thousand waiting jobs. */
    public static final JobQueueLimits WIDE = new JobQueueLimits(2, 0, 1_000);
}
