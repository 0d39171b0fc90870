package dev.datastudio.benchmarks;

import java.nio.file.Path;
import java.util.List;

/** One named benchmark. */
interface Benchmark {
    /** The name it is started by. */
    String name();

    /** One line on what it measures. */
    String summary();

    /**
     * Measures.
     *
     * @param scratch an empty folder for its files, removed afterwards
     * @param effort how much work it may be
     */
    List<Measurement> run(Path scratch, Effort effort) throws Exception;

    /** How much work a benchmark may be. */
    enum Effort {
        /** Ends within a minute. */
        QUICK,
        /** As large as the goals say. */
        FULL
    }
}
