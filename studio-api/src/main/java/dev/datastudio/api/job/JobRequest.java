package dev.datastudio.api.job;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What is to be done. Immutable.
 *
 * @param type which handler does it: 1 to 64 lower-case letters, digits, '.', '_' or '-', beginning with a letter
 * @param queue where it waits
 * @param payload what the handler is told: JSON text, at most {@link #MAX_PAYLOAD_BYTES}; no secrets, which belong into
 *     the vault
 * @param key submitting the same type and key again gives the job that is there; at most 200 characters; empty: always
 *     a new job
 * @param retry what happens when it fails
 * @param timeout how long one try may take, 1 millisecond to 30 days
 * @param runAt not before this; {@link #AT_ONCE} for as soon as a worker is free
 */
public record JobRequest(
        String type, QueueName queue, String payload, String key, RetryPolicy retry, Duration timeout, Instant runAt) {
    /** The largest payload, in bytes of UTF-8. */
    public static final int MAX_PAYLOAD_BYTES = 1_000_000;

    /** As soon as a worker is free. */
    public static final Instant AT_ONCE = Instant.EPOCH;

    /** How long a try may take unless told. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofHours(1);

    private static final Duration MAX_TIMEOUT = Duration.ofDays(30);
    private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9._-]{0,63}");

    /** @throws IllegalArgumentException if a value breaks its rule */
    public JobRequest {
        requireType(type);
        Objects.requireNonNull(queue, "queue");
        Objects.requireNonNull(retry, "retry");
        int bytes = payload.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_PAYLOAD_BYTES) {
            throw new IllegalArgumentException("A job's payload must be at most " + MAX_PAYLOAD_BYTES + " bytes, was "
                    + bytes + "; store it as an artifact and pass its key");
        }
        if (key.length() > 200) {
            throw new IllegalArgumentException("A job's key must be at most 200 characters, was " + key.length());
        }
        if (timeout.toMillis() < 1 || timeout.compareTo(MAX_TIMEOUT) > 0) {
            throw new IllegalArgumentException("timeout must be in 1 ms..30 days, was " + timeout);
        }
        if (runAt.isBefore(AT_ONCE)) {
            throw new IllegalArgumentException("runAt must not be before " + AT_ONCE + ", was " + runAt);
        }
    }

    /**
     * Checks the name of a type.
     *
     * @return the same
     * @throws IllegalArgumentException if it breaks the rule of {@link #type()}
     */
    public static String requireType(String type) {
        if (!TYPE.matcher(type).matches()) {
            throw new IllegalArgumentException("A job's type must be 1 to 64 lower-case letters, digits, '.', '_' or "
                    + "'-', beginning with a letter, was '" + type + "'");
        }
        return type;
    }

    /** A job in the general queue, at once, with the default retries and timeout. */
    public static JobRequest of(String type, String payload) {
        return new JobRequest(type, QueueName.GENERAL, payload, "", RetryPolicy.DEFAULT, DEFAULT_TIMEOUT, AT_ONCE);
    }

    /** The same in another queue. */
    public JobRequest in(QueueName queue) {
        return new JobRequest(type, queue, payload, key, retry, timeout, runAt);
    }

    /** The same, submitted once for a key. */
    public JobRequest withKey(String key) {
        return new JobRequest(type, queue, payload, key, retry, timeout, runAt);
    }

    /** The same with other retries. */
    public JobRequest withRetry(RetryPolicy retry) {
        return new JobRequest(type, queue, payload, key, retry, timeout, runAt);
    }

    /** The same with another limit of time. */
    public JobRequest withTimeout(Duration timeout) {
        return new JobRequest(type, queue, payload, key, retry, timeout, runAt);
    }

    /** The same, not before a time. */
    public JobRequest notBefore(Instant runAt) {
        return new JobRequest(type, queue, payload, key, retry, timeout, runAt);
    }
}
