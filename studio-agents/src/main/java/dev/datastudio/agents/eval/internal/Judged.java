package dev.datastudio.agents.eval.internal;

import dev.datastudio.agents.eval.EvaluatedQuestion;
import java.util.Map;

/**
 * A question with its verdict, and what the scores count. Immutable.
 *
 * @param planningNanos 0 when it was not measured
 * @param askingNanos 0 when it was not measured
 */
record Judged(
        EvaluatedQuestion question,
        Map<String, String> slices,
        Map<String, Boolean> aspects,
        long planningNanos,
        long askingNanos) {}
