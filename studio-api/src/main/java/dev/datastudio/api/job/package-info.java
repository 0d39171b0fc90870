/**
 * Work in the background: a queue of jobs with limits, progress, cancelling, retries and schedules, which outlasts the
 * processes that work on it. {@link dev.datastudio.api.job.JobQueue} is the entry.
 */
@NullMarked
package dev.datastudio.api.job;

import org.jspecify.annotations.NullMarked;
