/** What every {@link dev.datastudio.api.job.JobQueue} must do. */
@NullMarked
package dev.datastudio.testkit.job;

import org.jspecify.annotations.NullMarked;
