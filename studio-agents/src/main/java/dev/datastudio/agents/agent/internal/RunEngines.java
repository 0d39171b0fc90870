package dev.datastudio.agents.agent.internal;

import dev.datastudio.agents.telemetry.StudioEngines;
import dev.datastudio.api.checkpoint.CheckpointStore;
import dev.datastudio.core.Studio;
import dev.datastudio.graph.checkpoint.SqliteCheckpointStore;
import dev.datastudio.graph.run.Engine;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The engines of the runs of a studio: one for runs that are kept, made when the first is, and one for the others.
 * Thread-safe.
 */
final class RunEngines {
    private static final String FILE = "runs.db";

    /** For how long runs that end with the studio may write down how far they are. */
    private static final Duration MAX_ENDING = Duration.ofSeconds(10);

    private final Studio studio;
    private final Supplier<CheckpointStore> store;
    private final Engine passing;
    private @Nullable Engine keeping;
    private int going;

    private RunEngines(Studio studio, Supplier<CheckpointStore> store) {
        this.studio = studio;
        this.store = store;
        this.passing = studio.closing(StudioEngines.of(studio).engine().build());
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

    /** Runs end with the studio. */
    Engine passing() {
        return passing;
    }

    /** Runs are kept. */
    synchronized Engine keeping() {
        Engine known = keeping;
        if (known == null) {
            Engine made = StudioEngines.of(studio).engine().store(store.get()).build();
            studio.closing(() -> close(made));
            keeping = made;
            known = made;
        }
        return known;
    }

    /** Does a run that is kept; the store is open until it has ended. */
    <T> T running(Function<Engine, T> run) {
        Engine engine = keeping();
        count(1);
        try {
            return run.apply(engine);
        } finally {
            count(-1);
        }
    }

    private synchronized void count(int change) {
        going += change;
        notifyAll();
    }

    /** So that a run that ends with the studio can be resumed at once, and not only when its lease is over. */
    private synchronized void close(Engine engine) throws InterruptedException {
        engine.close();
        long end = System.nanoTime() + MAX_ENDING.toNanos();
        for (long left = MAX_ENDING.toMillis(); going > 0 && left > 0; left = (end - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
    }
}
