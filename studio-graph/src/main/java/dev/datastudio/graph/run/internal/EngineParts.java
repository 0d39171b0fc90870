package dev.datastudio.graph.run.internal;

import dev.datastudio.api.checkpoint.CheckpointStore;
import dev.datastudio.graph.event.RunListener;
import java.time.InstantSource;
import java.util.Optional;

/** What all runs of an engine share. Thread-safe. */
public record EngineParts(
        Workers workers, InstantSource clock, Optional<RunListener> listener, Optional<CheckpointStore> store) {}
