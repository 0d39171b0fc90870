/**
 * Stores for the logs of threads: {@link dev.datastudio.graph.checkpoint.InMemoryCheckpointStore} for runs that need not
 * outlast the process, {@link dev.datastudio.graph.checkpoint.SqliteCheckpointStore} for the processes of one machine,
 * {@link dev.datastudio.graph.checkpoint.PostgresCheckpointStore} for those of many; and codecs
 * for types that have no JSON form of their own.
 */
@NullMarked
package dev.datastudio.graph.checkpoint;

import org.jspecify.annotations.NullMarked;
