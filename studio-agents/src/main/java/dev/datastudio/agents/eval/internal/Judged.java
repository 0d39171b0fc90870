package dev.datastudio.agents.eval.internal;

import dev.datastudio.agents.eval.EvaluatedQuestion;
import java.util.Map;

/**
 * A question with its verdict, and what the scores count. Immutable.
 */
record Judged(
        EvaluatedQuestion question, Map<String, String> slices, Map<String, Boolean> aspects, Asked.Spent spent) {}
