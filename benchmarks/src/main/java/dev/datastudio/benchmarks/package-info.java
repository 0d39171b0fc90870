/** Measurements beside a peer or a physical limit in the same run; {@code ./studio bench NAME} is the way in. */
@NullMarked
package dev.datastudio.benchmarks;

import org.jspecify.annotations.NullMarked;
