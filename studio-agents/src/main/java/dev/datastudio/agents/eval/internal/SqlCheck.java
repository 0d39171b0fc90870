package dev.datastudio.agents.eval.internal;

import dev.datastudio.agents.eval.internal.RowMatch.Columns;
import dev.datastudio.agents.eval.internal.RowMatch.RowOrder;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.query.QueryResult;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Expects the rows of any of some statements, in any order; the answer may have more columns. A question none of whose
 * statements runs over the imported tables is skipped. Immutable.
 */
record SqlCheck(List<String> statements) implements Check {
    SqlCheck {
        statements = List.copyOf(statements);
    }

    @Override
    public Verdict judge(Asked asked, Function<String, QueryResult> database) {
        List<List<List<@Nullable Object>>> alternatives = new ArrayList<>();
        String failure = "";
        for (String statement : statements) {
            try {
                alternatives.add(database.apply(statement).rows());
            } catch (StudioException e) {
                failure = String.valueOf(e.getMessage());
            }
        }
        return alternatives.isEmpty()
                ? Verdict.skipped("the expected rows can't be computed here: " + failure)
                : RowCheck.judge(asked, alternatives, Columns.SUBSET, RowOrder.ANY);
    }
}
