package dev.datastudio.rag.ingest;

import dev.datastudio.api.error.ErrorType;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import java.time.Duration;
import java.util.List;

/** Tries again what failed for a reason that can pass: a busy store, a model that can't be reached. */
final class Retries {
    /** The pauses between tries; one try more than there are pauses. */
    private static final List<Duration> PAUSES = List.of(Duration.ofMillis(200), Duration.ofSeconds(1));

    private Retries() {}

    static void run(Runnable work, Cancellation cancellation) {
        for (Duration pause : PAUSES) {
            cancellation.throwIfCancelled();
            try {
                work.run();
                return;
            } catch (StudioException e) {
                if (!canPass(e)) {
                    throw e;
                }
                cancellation.sleep(pause);
            }
        }
        cancellation.throwIfCancelled();
        work.run();
    }

    /** Whether trying again can help. */
    static boolean canPass(StudioException e) {
        return e.code().type() == ErrorType.EXTERNAL;
    }
}
