package dev.datastudio.core.job;

import dev.datastudio.api.job.Job;

/**
 * A job that this process has taken.
 *
 * @param key the try
 * @param job as it stands since
 * @param failures how often it failed before
 */
record PickedJob(RunKey key, Job job, int failures) {}
