/**
 * What every checkpoint store must do: {@link dev.datastudio.testkit.checkpoint.CheckpointStoreContract}; and a store that
 * fails on demand, {@link dev.datastudio.testkit.checkpoint.FaultInjectingCheckpointStore}.
 */
@NullMarked
package dev.datastudio.testkit.checkpoint;

import org.jspecify.annotations.NullMarked;
