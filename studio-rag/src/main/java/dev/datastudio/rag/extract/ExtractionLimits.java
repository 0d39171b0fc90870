package dev.datastudio.rag.extract;

import java.time.Duration;
import java.util.Objects;

/**
 * How far the reading of one file may go. Immutable.
 *
 * @param maxBytes the largest file, 1 to 1 TiB
 * @param maxCharacters how much text is read of it, 1 to 2<sup>40</sup>; what comes after is left out, and said
 * @param maxRatio how many times its size a file may unpack to, or its text be long, 1 to 100,000; the first 16 MiB
 *     are free
 * @param maxDepth how deep documents inside documents are read, 0 to 20; 0 leaves all of them out
 * @param maxEmbedded how many documents inside are read, 0 to 10,000
 * @param maxTime how long reading may take, more than zero and at most a day
 */
public record ExtractionLimits(
        long maxBytes, long maxCharacters, int maxRatio, int maxDepth, int maxEmbedded, Duration maxTime) {
    /** 1 GiB, 10<sup>9</sup> characters, 100 times, 3 deep, 100 documents inside, 5 minutes. */
    public static final ExtractionLimits DEFAULTS =
            new ExtractionLimits(1L << 30, 1_000_000_000, 100, 3, 100, Duration.ofMinutes(5));

    /** @throws IllegalArgumentException if a value is out of its range */
    public ExtractionLimits {
        requireRange("maxBytes", maxBytes, 1, 1L << 40);
        requireRange("maxCharacters", maxCharacters, 1, 1L << 40);
        requireRange("maxRatio", maxRatio, 1, 100_000);
        requireRange("maxDepth", maxDepth, 0, 20);
        requireRange("maxEmbedded", maxEmbedded, 0, 10_000);
        Objects.requireNonNull(maxTime, "maxTime");
        if (maxTime.isNegative() || maxTime.isZero() || maxTime.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("maxTime must be more than 0 and at most a day, was " + maxTime);
        }
    }

    private static void requireRange(String name, long value, long from, long to) {
        if (value < from || value > to) {
            throw new IllegalArgumentException(name + " must be in " + from + ".." + to + ", was " + value);
        }
    }

    /** These limits with another {@link #maxBytes()}. */
    public ExtractionLimits withMaxBytes(long bytes) {
        return new ExtractionLimits(bytes, maxCharacters, maxRatio, maxDepth, maxEmbedded, maxTime);
    }

    /** These limits with another {@link #maxCharacters()}. */
    public ExtractionLimits withMaxCharacters(long characters) {
        return new ExtractionLimits(maxBytes, characters, maxRatio, maxDepth, maxEmbedded, maxTime);
    }

    /** These limits with another {@link #maxRatio()}. */
    public ExtractionLimits withMaxRatio(int ratio) {
        return new ExtractionLimits(maxBytes, maxCharacters, ratio, maxDepth, maxEmbedded, maxTime);
    }

    /** These limits with another {@link #maxDepth()}. */
    public ExtractionLimits withMaxDepth(int depth) {
        return new ExtractionLimits(maxBytes, maxCharacters, maxRatio, depth, maxEmbedded, maxTime);
    }

    /** These limits with another {@link #maxEmbedded()}. */
    public ExtractionLimits withMaxEmbedded(int embedded) {
        return new ExtractionLimits(maxBytes, maxCharacters, maxRatio, maxDepth, embedded, maxTime);
    }

    /** These limits with another {@link #maxTime()}. */
    public ExtractionLimits withMaxTime(Duration time) {
        return new ExtractionLimits(maxBytes, maxCharacters, maxRatio, maxDepth, maxEmbedded, time);
    }
}
