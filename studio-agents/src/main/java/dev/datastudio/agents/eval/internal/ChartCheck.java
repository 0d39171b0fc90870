package dev.datastudio.agents.eval.internal;

import dev.datastudio.agents.ask.AnswerStep;
import dev.datastudio.api.query.QueryResult;
import java.util.Locale;
import java.util.function.Function;

/**
 * Expects rows, and beside them a kind of chart. Immutable.
 *
 * @param rows decides the outcome
 * @param chart the kind, letter case aside
 */
record ChartCheck(RowCheck rows, String chart) implements Check {
    static final String ASPECT = "chart type";

    @Override
    public Verdict judge(Asked asked, Function<String, QueryResult> database) {
        boolean right = asked.onlyStep()
                .map(AnswerStep::chart)
                .filter(chart.toLowerCase(Locale.ROOT)::equals)
                .isPresent();
        return rows.judge(asked, database).with(ASPECT, right);
    }
}
