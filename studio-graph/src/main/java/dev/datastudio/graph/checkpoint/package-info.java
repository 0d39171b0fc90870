/**
 * Stores for the logs of threads: {@link dev.datastudio.graph.checkpoint.InMemoryCheckpointStore} for runs that need not
 * outlast the process.
 */
@NullMarked
package dev.datastudio.graph.checkpoint;

import org.jspecify.annotations.NullMarked;
