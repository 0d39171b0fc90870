package dev.datastudio.ml;

/**
 * How much of a machine a training may take. Immutable.
 *
 * @param threads how many work at once, 1 to 1,024; 0 for one a processor
 * @param memoryBytes refuses tables of features that are estimated to need more, at least 1; what the heap holds is a limit
 *     in any case
 */
public record TrainingLimits(int threads, long memoryBytes) {
    /** All processors, and as much memory as there is. */
    public static final TrainingLimits NONE = new TrainingLimits(0, Long.MAX_VALUE);

    /** @throws IllegalArgumentException if a value is out of its range */
    public TrainingLimits {
        if (threads < 0 || threads > 1_024) {
            throw new IllegalArgumentException("threads must be in 0..1024, was " + threads);
        }
        if (memoryBytes < 1) {
            throw new IllegalArgumentException("memoryBytes must be at least 1, was " + memoryBytes);
        }
    }

    /** The same with another number of threads. */
    public TrainingLimits withThreads(int other) {
        return new TrainingLimits(other, memoryBytes);
    }

    /** The same with another limit of memory. */
    public TrainingLimits withMemoryBytes(long other) {
        return new TrainingLimits(threads, other);
    }

    /** How many threads that is on this machine. */
    public int threadsHere() {
        return threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
    }
}
