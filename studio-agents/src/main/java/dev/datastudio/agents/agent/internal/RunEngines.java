package dev.datastudio.agents.agent.internal;

import dev.datastudio.agents.telemetry.StudioEngines;
import dev.datastudio.api.checkpoint.CheckpointStore;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.core.Studio;
import dev.datastudio.graph.checkpoint.SqliteCheckpointStore;
import dev.datastudio.graph.run.Engine;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The engines of the runs of a studio: one for runs that are kept, made when the first is, and one for the others. Runs end
 * while the studio can still be used, so that what they were about to write down, and to tell, is. Thread-safe.
 */
final class RunEngines {
    private static final String FILE = "runs.db";

    /** For how long runs that end with the studio may write down how far they are. */
    private static final Duration MAX_ENDING = Duration.ofSeconds(10);

    private final Studio studio;
    private final Supplier<CheckpointStore> store;
    private final Engine passing;
    private final Cancellation closing = Cancellation.create();
    private @Nullable Engine keeping;
    private int going;

    private RunEngines(Studio studio, Supplier<CheckpointStore> store) {
        this.studio = studio;
        this.store = store;
        this.passing = StudioEngines.of(studio).engine().build();
        studio.endingNext(this::close);
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
            requireOpen();
            known = StudioEngines.of(studio).engine().store(store.get()).build();
            keeping = known;
        }
        return known;
    }

    private void requireOpen() {
        if (isClosing()) {
            throw new IllegalStateException("The studio is closed; open it again to run agents");
        }
    }

    /** Whether the studio is being closed, so that a run that is kept goes on later. */
    boolean isClosing() {
        return closing.isCancelled();
    }

    /**
     * Does a run, from its beginning until it is told how it ended; the studio can be used until then.
     *
     * @param work is given what is cancelled when the studio is closed, for work that no engine ends
     * @throws IllegalStateException if the studio is being closed
     */
    <T> T during(Function<Cancellation, T> work) {
        begin();
        try {
            return work.apply(closing);
        } finally {
            end();
        }
    }

    private synchronized void begin() {
        requireOpen();
        going++;
    }

    private synchronized void end() {
        going--;
        notifyAll();
    }

    /** A run that is cut off can be resumed at once then, and not only when its lease is over. */
    private void close() throws InterruptedException {
        closing.cancel();
        passing.close();
        synchronized (this) {
            if (keeping != null) {
                keeping.close();
            }
            long end = System.nanoTime() + MAX_ENDING.toNanos();
            for (long left = MAX_ENDING.toMillis(); going > 0 && left > 0; ) {
                wait(left);
                left = (end - System.nanoTime()) / 1_000_000;
            }
        }
    }
}
