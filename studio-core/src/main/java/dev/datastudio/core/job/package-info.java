/**
 * The {@link dev.datastudio.api.job.JobQueue} in SQLite or PostgreSQL: {@link dev.datastudio.core.job.DatabaseJobQueue}.
 *
 * <p>db-scheduler polls, keeps the heart beating and finds what is dead; what it does to the database goes through our
 * statements, so that taking a job, ending it and its fencing number change in one transaction.
 */
@NullMarked
package dev.datastudio.core.job;

import org.jspecify.annotations.NullMarked;
