/**
 * How runs of graphs are kept: the stores for the logs of threads, {@link
 * dev.datastudio.graph.checkpoint.InMemoryCheckpointStore} for runs that need not outlast the process and {@link
 * dev.datastudio.graph.checkpoint.SqliteCheckpointStore} for those that do, and codecs for types that have no JSON form of
 * their own.
 */
@NullMarked
package dev.datastudio.graph.checkpoint;

import org.jspecify.annotations.NullMarked;
