package dev.datastudio.agents.eval.internal;

import dev.datastudio.agents.ask.AnswerStep;
import dev.datastudio.agents.eval.internal.RowMatch.Columns;
import dev.datastudio.agents.eval.internal.RowMatch.RowOrder;
import dev.datastudio.api.query.QueryResult;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Expects rows: exactly these columns, in any order. Immutable. */
record RowCheck(List<List<@Nullable Object>> expected, RowOrder order) implements Check {
    @Override
    public Verdict judge(Asked asked, Function<String, QueryResult> database) {
        return judge(asked, List.of(expected), Columns.ALL, order);
    }

    /** Right when the only step of the answer has one of several sets of rows. */
    static Verdict judge(
            Asked asked, List<List<List<@Nullable Object>>> alternatives, Columns columns, RowOrder order) {
        List<List<@Nullable Object>> expected = alternatives.get(0);
        if (!asked.isAnswered()) {
            return Verdict.refused(expected);
        } else if (asked.onlyStep().isEmpty()) {
            return Verdict.wrong(
                    expected,
                    asked.answer().steps().get(0).rows(),
                    asked.answer().steps().size() + " steps");
        }
        AnswerStep step = asked.onlyStep().get();
        for (List<List<@Nullable Object>> rows : alternatives) {
            if (step.totalRows() == rows.size() && RowMatch.matches(rows, step.rows(), columns, order)) {
                return Verdict.right(rows, step.rows());
            }
        }
        return Verdict.wrong(expected, step.rows(), difference(expected, step, columns));
    }

    private static String difference(List<List<@Nullable Object>> expected, AnswerStep step, Columns columns) {
        int width = expected.isEmpty() ? step.columns().size() : expected.get(0).size();
        if (columns == Columns.ALL && width != step.columns().size()) {
            boolean within = RowMatch.matches(expected, step.rows(), Columns.SUBSET, RowOrder.ANY);
            return step.columns().size() + " columns instead of " + width
                    + (within ? ", the expected ones among them" : "");
        } else if (step.totalRows() != expected.size()) {
            return step.totalRows() + " rows instead of " + expected.size();
        }
        return RowMatch.matches(expected, step.rows(), columns, RowOrder.ANY) ? "another order" : "other values";
    }
}
