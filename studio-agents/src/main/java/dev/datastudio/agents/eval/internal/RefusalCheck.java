package dev.datastudio.agents.eval.internal;

import dev.datastudio.agents.ask.AnswerStep;
import dev.datastudio.api.query.QueryResult;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Expects that the question is not answered: right when refused, wrong when answered. Immutable. */
record RefusalCheck() implements Check {
    @Override
    public Verdict judge(Asked asked, Function<String, QueryResult> database) {
        if (!asked.isAnswered()) {
            return Verdict.right(List.of(), List.of());
        }
        List<List<@Nullable Object>> rows = asked.answer().steps().stream()
                .map(AnswerStep::rows)
                .findFirst()
                .orElse(List.of());
        return Verdict.wrong(List.of(), rows, "answered what the data can't answer");
    }
}
