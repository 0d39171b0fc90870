package dev.datastudio.api.code;

import java.time.Duration;
import java.util.Objects;

/**
 * How much a run may take. Immutable.
 *
 * @param wallTime from start to end, 100 ms to 1 hour; then all its processes are killed
 * @param cpuTime of each of its processes, 1 s to 1 hour, rounded up to seconds; then that process is killed
 * @param memoryBytes of each process as address space, and of all together as memory in use; at least 64 MiB
 * @param maxProcesses at once, threads included, 8 to 4096, those of the runner among them
 * @param maxOutputBytes kept of the standard output, and as many of the error output; at least 1. What comes after is
 *     read and dropped
 * @param maxFileBytes of all its input files together, and as many again of what it writes; 64 KiB to 16 GiB
 */
public record CodeLimits(
        Duration wallTime,
        Duration cpuTime,
        long memoryBytes,
        int maxProcesses,
        int maxOutputBytes,
        long maxFileBytes) {
    private static final Duration HOUR = Duration.ofHours(1);

    /** Ten seconds, 2 GiB, 32 processes, 64 KiB of output, 50 MiB of files. */
    public static final CodeLimits DEFAULT =
            new CodeLimits(Duration.ofSeconds(10), Duration.ofSeconds(10), 2L << 30, 32, 64 << 10, 50L << 20);

    /** @throws IllegalArgumentException if one is out of its range */
    public CodeLimits {
        require("wallTime", wallTime, Duration.ofMillis(100));
        require("cpuTime", cpuTime, Duration.ofSeconds(1));
        require("memoryBytes", memoryBytes, 64L << 20, Long.MAX_VALUE);
        require("maxProcesses", maxProcesses, 8, 4096);
        require("maxOutputBytes", maxOutputBytes, 1, Integer.MAX_VALUE);
        require("maxFileBytes", maxFileBytes, 64L << 10, 16L << 30);
    }

    private static void require(String name, Duration value, Duration min) {
        if (Objects.requireNonNull(value, name).compareTo(min) < 0 || value.compareTo(HOUR) > 0) {
            throw new IllegalArgumentException(name + " must be in " + min + ".." + HOUR + ", was " + value);
        }
    }

    private static void require(String name, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " must be in " + min + ".." + max + ", was " + value);
        }
    }

    /** The same with another {@link #wallTime()}. */
    public CodeLimits withWallTime(Duration time) {
        return new CodeLimits(time, cpuTime, memoryBytes, maxProcesses, maxOutputBytes, maxFileBytes);
    }

    /** The same with another {@link #cpuTime()}. */
    public CodeLimits withCpuTime(Duration time) {
        return new CodeLimits(wallTime, time, memoryBytes, maxProcesses, maxOutputBytes, maxFileBytes);
    }

    /** The same with other {@link #memoryBytes()}. */
    public CodeLimits withMemoryBytes(long bytes) {
        return new CodeLimits(wallTime, cpuTime, bytes, maxProcesses, maxOutputBytes, maxFileBytes);
    }

    /** The same with other {@link #maxProcesses()}. */
    public CodeLimits withMaxProcesses(int count) {
        return new CodeLimits(wallTime, cpuTime, memoryBytes, count, maxOutputBytes, maxFileBytes);
    }

    /** The same with other {@link #maxOutputBytes()}. */
    public CodeLimits withMaxOutputBytes(int bytes) {
        return new CodeLimits(wallTime, cpuTime, memoryBytes, maxProcesses, bytes, maxFileBytes);
    }

    /** The same with other {@link #maxFileBytes()}. */
    public CodeLimits withMaxFileBytes(long bytes) {
        return new CodeLimits(wallTime, cpuTime, memoryBytes, maxProcesses, maxOutputBytes, bytes);
    }
}
