/** Order of concurrent work that a seed decides: {@link dev.datastudio.testkit.schedule.SeededExecutor}. */
@NullMarked
package dev.datastudio.testkit.schedule;

import org.jspecify.annotations.NullMarked;
