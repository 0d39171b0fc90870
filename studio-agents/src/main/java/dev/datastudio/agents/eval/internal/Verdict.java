package dev.datastudio.agents.eval.internal;

import dev.datastudio.agents.eval.EvaluationOutcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a check says. Immutable.
 *
 * @param outcome right, refused, wrong or skipped
 * @param expected rows
 * @param got rows
 * @param reason why it is not right; empty for the analyst's own words, or when it is right
 * @param aspects what was judged beyond it, and whether it is right
 */
record Verdict(
        EvaluationOutcome outcome,
        List<List<@Nullable Object>> expected,
        List<List<@Nullable Object>> got,
        String reason,
        Map<String, Boolean> aspects) {

    static Verdict right(List<List<@Nullable Object>> expected, List<List<@Nullable Object>> got) {
        return new Verdict(EvaluationOutcome.RIGHT, expected, got, "", Map.of());
    }

    static Verdict refused(List<List<@Nullable Object>> expected) {
        return new Verdict(EvaluationOutcome.REFUSED, expected, List.of(), "", Map.of());
    }

    static Verdict wrong(List<List<@Nullable Object>> expected, List<List<@Nullable Object>> got, String reason) {
        return new Verdict(EvaluationOutcome.WRONG, expected, got, reason, Map.of());
    }

    static Verdict skipped(String reason) {
        return new Verdict(EvaluationOutcome.SKIPPED, List.of(), List.of(), reason, Map.of());
    }

    static Verdict failed(String reason) {
        return new Verdict(EvaluationOutcome.FAILED, List.of(), List.of(), reason, Map.of());
    }

    /** This verdict, and one on something else. */
    Verdict with(String aspect, boolean right) {
        Map<String, Boolean> more = new LinkedHashMap<>(aspects);
        more.put(aspect, right);
        return new Verdict(outcome, expected, got, reason, more);
    }
}
