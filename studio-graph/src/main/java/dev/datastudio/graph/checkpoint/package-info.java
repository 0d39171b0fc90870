/**
 * How runs of graphs are kept: stores for the logs of threads, such as {@link
 * dev.datastudio.graph.checkpoint.InMemoryCheckpointStore} for runs that need not outlast the process, and {@link
 * dev.datastudio.graph.checkpoint.TypeCodec} for types that have no JSON form of their own.
 */
@NullMarked
package dev.datastudio.graph.checkpoint;

import org.jspecify.annotations.NullMarked;
