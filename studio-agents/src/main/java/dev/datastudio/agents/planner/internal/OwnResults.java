package dev.datastudio.agents.planner.internal;

import dev.datastudio.core.analysis.Condition;
import dev.datastudio.core.analysis.Expression;
import dev.datastudio.core.analysis.Operation;
import dev.datastudio.core.analysis.Step;
import java.util.List;

/** Values over all rows of a joined source, computed over the rows of their own table instead. */
final class OwnResults {
    private OwnResults() {}

    static Condition of(Condition condition) {
        if (condition instanceof Condition.All all) {
            return new Condition.All(all.parts().stream().map(OwnResults::of).toList());
        } else if (condition instanceof Condition.Any any) {
            return new Condition.Any(any.parts().stream().map(OwnResults::of).toList());
        } else if (condition instanceof Condition.Not not) {
            return new Condition.Not(of(not.part()));
        } else if (condition instanceof Condition.Comparison c) {
            return new Condition.Comparison(of(c.left()), c.comparator(), of(c.right()));
        }
        return condition;
    }

    private static Expression of(Expression expression) {
        if (expression instanceof Expression.Overall overall
                && !overall.measure().columns().isEmpty()) {
            String table = overall.measure().columns().get(0).table();
            return new Expression.ResultOf(Step.of(Operation.AGGREGATE, table)
                    .measures(List.of(overall.measure()))
                    .build());
        }
        return expression;
    }
}
