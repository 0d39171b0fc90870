/**
 * Who uses how much, and where it ends: {@link dev.datastudio.core.usage.Usage} within
 * {@link dev.datastudio.core.usage.QuotaLimits}; {@link dev.datastudio.core.usage.TokenBudget} for one job.
 */
@NullMarked
package dev.datastudio.core.usage;

import org.jspecify.annotations.NullMarked;
