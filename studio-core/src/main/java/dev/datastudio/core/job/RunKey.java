package dev.datastudio.core.job;

import dev.datastudio.api.job.JobId;

/**
 * One try of a job.
 *
 * @param id the job
 * @param fence the number that the job was taken under; whatever is written for the try must find it unchanged
 */
record RunKey(JobId id, long fence) {}
