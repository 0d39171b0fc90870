package dev.datastudio.agents.graph.internal;

import dev.datastudio.agents.graph.GraphRuns;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.core.Studio;
import dev.datastudio.core.erasure.DeletionPart;

/** Has a data set that is deleted take the runs of graphs with it that read it. Thread-safe. */
public final class RunDeletion implements DeletionPart {
    @Override
    public void dataset(Studio studio, Dataset gone) throws InterruptedException {
        if (new RunStore(studio.metadata()).hasAny(gone.owner())) {
            GraphRuns.of(studio).as(gone.owner()).forgetReaders(gone);
        }
    }
}
