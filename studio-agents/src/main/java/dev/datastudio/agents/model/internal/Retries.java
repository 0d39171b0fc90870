package dev.datastudio.agents.model.internal;

import dev.datastudio.api.progress.Cancellation;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/**
 * Sends a request again when that can help: after a connection that failed, and after 429 and 5xx. Waits as long as the
 * service says, at most {@link #LONGEST}, or else half a second that doubles each time, a quarter more or less. Immutable.
 *
 * @param max how often at most
 * @param random 0 to 1
 */
record Retries(int max, DoubleSupplier random) {
    /** A service that wants a longer pause is not waited for. */
    static final Duration LONGEST = Duration.ofSeconds(30);

    private static final long FIRST_MILLIS = 500;
    private static final double SPREAD = 0.25;

    static Retries upTo(int max) {
        return new Retries(max, () -> ThreadLocalRandom.current().nextDouble());
    }

    /** Does it until it succeeds, fails for good, or was done once more than {@link #max()} times. */
    <T> T retrying(Cancellation cancellation, Supplier<T> attempt) {
        for (int failures = 1; ; failures++) {
            try {
                cancellation.throwIfCancelled();
                return attempt.get();
            } catch (StatusFailure e) {
                if (failures > max || !e.isPassing() || pause(failures, e).compareTo(LONGEST) > 0) {
                    throw e;
                }
                cancellation.sleep(pause(failures, e));
            } catch (ConnectionFailure e) {
                if (failures > max) {
                    throw e;
                }
                cancellation.sleep(backoff(failures));
            }
        }
    }

    private Duration pause(int failures, StatusFailure failure) {
        Duration said = failure.retryAfter();
        return said == null ? backoff(failures) : said;
    }

    /** How long is waited after so many failures. */
    Duration backoff(int failures) {
        double millis = FIRST_MILLIS * Math.pow(2, failures - 1.0) * (1 - SPREAD + 2 * SPREAD * random.getAsDouble());
        Duration pause = Duration.ofMillis(Math.round(millis));
        return pause.compareTo(LONGEST) < 0 ? pause : LONGEST;
    }
}
