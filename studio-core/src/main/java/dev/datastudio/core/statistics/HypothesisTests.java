package dev.datastudio.core.statistics;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.statistics.internal.Runner;

/** Runs hypothesis tests on samples at hand; Thread-safe. */
public final class HypothesisTests {
    private HypothesisTests() {}

    /**
     * Runs a test.
     *
     * @throws StudioException with {@link ErrorCode#TEST_NOT_APPLICABLE} when the samples don't fit the test: another
     *     shape, too few values, no spread; the message says what would
     */
    public static TestResult run(TestSpec spec, Samples samples) {
        return Runner.run(spec, samples);
    }

    /** Runs a test with the defaults; see {@link TestSpec#of}. */
    public static TestResult run(TestKind kind, Samples samples) {
        return run(TestSpec.of(kind), samples);
    }
}
