package dev.datastudio.agents.eval.internal;

import java.util.List;
import java.util.Map;

/**
 * A question to be asked. Immutable.
 *
 * @param id as in the set
 * @param part what it is scored in
 * @param slices its properties, such as its hardness, in the order of the report
 * @param question as typed
 * @param before the questions of its dialogue that were asked before it; empty when it stands alone
 * @param needed names of the tables that it needs; empty for all of its database
 * @param check compares
 */
record EvaluationItem(
        String id,
        String part,
        Map<String, String> slices,
        String question,
        List<String> before,
        List<String> needed,
        Check check) {
    EvaluationItem {
        before = List.copyOf(before);
        needed = List.copyOf(needed);
    }

    /** A question that stands alone. */
    static EvaluationItem of(String id, String part, Map<String, String> slices, String question, Check check) {
        return new EvaluationItem(id, part, slices, question, List.of(), List.of(), check);
    }

    /** This question about some of the tables. */
    EvaluationItem needing(List<String> tables) {
        return new EvaluationItem(id, part, slices, question, before, tables, check);
    }

    /** This question as a turn of a dialogue. */
    EvaluationItem after(List<String> questions) {
        return new EvaluationItem(id, part, slices, question, questions, needed, check);
    }
}
