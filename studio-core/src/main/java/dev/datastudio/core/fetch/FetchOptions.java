package dev.datastudio.core.fetch;

import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.ProgressListener;
import java.time.Duration;
import java.util.Objects;
import java.util.function.LongConsumer;

/**
 * What a download may cost, and who is told of it. Immutable.
 *
 * @param maxBytes more bytes are refused, at least 1
 * @param maxTime longer than this it is given up, from the first request to the last byte
 * @param progress told how many bytes have come, with their total where the server says it
 * @param cancellation stops the download
 * @param admission asked with the bytes that have come, and unpacked; what it throws ends the download
 */
public record FetchOptions(
        long maxBytes, Duration maxTime, ProgressListener progress, Cancellation cancellation, LongConsumer admission) {
    /** At most 5 GiB within half an hour. */
    public static final FetchOptions DEFAULT =
            new FetchOptions(5L << 30, Duration.ofMinutes(30), ProgressListener.NONE, Cancellation.none(), bytes -> {});

    public FetchOptions {
        Objects.requireNonNull(progress, "progress");
        Objects.requireNonNull(cancellation, "cancellation");
        Objects.requireNonNull(admission, "admission");
        if (maxBytes < 1) {
            throw new IllegalArgumentException("maxBytes must be at least 1, was " + maxBytes);
        }
        if (maxTime.isNegative() || maxTime.isZero()) {
            throw new IllegalArgumentException("maxTime must be positive, was " + maxTime);
        }
    }

    /** The same with another limit of size. */
    public FetchOptions withMaxBytes(long maxBytes) {
        return new FetchOptions(maxBytes, maxTime, progress, cancellation, admission);
    }

    /** The same with another limit of time. */
    public FetchOptions withMaxTime(Duration maxTime) {
        return new FetchOptions(maxBytes, maxTime, progress, cancellation, admission);
    }

    /** The same, reporting to a listener. */
    public FetchOptions reportingTo(ProgressListener progress) {
        return new FetchOptions(maxBytes, maxTime, progress, cancellation, admission);
    }

    /** The same, stopped by a cancellation. */
    public FetchOptions stoppedBy(Cancellation cancellation) {
        return new FetchOptions(maxBytes, maxTime, progress, cancellation, admission);
    }

    /** The same, asking somebody who may end it while the bytes come; called on the thread that downloads. */
    public FetchOptions admittedBy(LongConsumer admission) {
        return new FetchOptions(maxBytes, maxTime, progress, cancellation, admission);
    }
}
