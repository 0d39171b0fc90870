/**
 * Where runs of graphs keep what they have done, so that they outlast the process: {@link
 * dev.datastudio.api.checkpoint.CheckpointStore}, an append-only log for each thread of a tenant.
 */
@NullMarked
package dev.datastudio.api.checkpoint;

import org.jspecify.annotations.NullMarked;
