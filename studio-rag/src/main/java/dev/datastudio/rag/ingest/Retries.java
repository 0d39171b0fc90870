package dev.datastudio.rag.ingest;

import dev.datastudio.api.error.ErrorType;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

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
                await(pause, cancellation);
            }
        }
        cancellation.throwIfCancelled();
        work.run();
    }

    /** Whether trying again can help. */
    static boolean canPass(StudioException e) {
        return e.code().type() == ErrorType.EXTERNAL;
    }

    /** Waits, unless it is cancelled. */
    static void await(Duration pause, Cancellation cancellation) {
        CountDownLatch cancelled = new CountDownLatch(1);
        Cancellation.Registration registration = cancellation.onCancel(cancelled::countDown);
        try {
            if (cancelled.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                throw Cancellation.cancelledError();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Cancellation.cancelledError();
        } finally {
            registration.close();
        }
    }
}
