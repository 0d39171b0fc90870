package dev.datastudio.agents.agent.internal;

import dev.datastudio.api.checkpoint.CheckpointStore;
import dev.datastudio.core.Studio;
import dev.datastudio.graph.checkpoint.SqliteCheckpointStore;
import dev.datastudio.graph.run.Engine;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The engines of the runs of a studio: one for runs that are kept, made when the first is, and one for the others. Thread-safe. */
final class RunEngines {
    private static final String FILE = "runs.db";

    private final Studio studio;
    private final Supplier<CheckpointStore> store;
    private final Engine passing;
    private @Nullable Engine keeping;

    private RunEngines(Studio studio, Supplier<CheckpointStore> store) {
        this.studio = studio;
        this.store = store;
        this.passing = studio.closing(Engine.builder().clock(studio.clock()).build());
    }

    /** Runs are kept in a file of the workspace. */
    static RunEngines inWorkspace(Studio studio) {
        return new RunEngines(
                studio,
                () -> studio.closing(
                        SqliteCheckpointStore.open(studio.workspace().resolve(FILE))));
    }

    /** Runs are kept in a store of the program's, which stays open. */
    static RunEngines over(Studio studio, CheckpointStore store) {
        return new RunEngines(studio, () -> store);
    }

    Engine passing() {
        return passing;
    }

    synchronized Engine keeping() {
        Engine known = keeping;
        if (known == null) {
            known = studio.closing(
                    Engine.builder().clock(studio.clock()).store(store.get()).build());
            keeping = known;
        }
        return known;
    }
}
