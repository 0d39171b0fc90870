package dev.datastudio.agents.planner.internal;

import dev.datastudio.core.analysis.Condition;
import dev.datastudio.core.analysis.Condition.Comparator;
import dev.datastudio.core.analysis.Expression;
import java.util.ArrayList;
import java.util.List;

/** "In the West" and "in the East" said of one question mean either, as no row can be both. */
final class Alternatives {
    private Alternatives() {}

    /** Conditions that name values of one column put together; the others as they are, in order. */
    static List<Condition> merged(List<Condition> conditions) {
        List<Condition> merged = new ArrayList<>();
        for (Condition condition : conditions) {
            int same = indexOfSameValue(merged, condition);
            if (same < 0) {
                merged.add(condition);
            } else {
                List<Expression.Constant> values = new ArrayList<>(values(merged.get(same)));
                values.addAll(values(condition));
                merged.set(same, new Condition.OneOf(left(condition), values));
            }
        }
        return merged;
    }

    private static int indexOfSameValue(List<Condition> merged, Condition condition) {
        for (int i = 0; i < merged.size() && isNamed(condition); i++) {
            if (isNamed(merged.get(i)) && left(merged.get(i)).equals(left(condition))) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isNamed(Condition condition) {
        return condition instanceof Condition.OneOf
                || (condition instanceof Condition.Comparison c
                        && c.comparator() == Comparator.EQUAL
                        && c.right() instanceof Expression.Constant);
    }

    private static Expression left(Condition condition) {
        return condition instanceof Condition.OneOf o ? o.value() : ((Condition.Comparison) condition).left();
    }

    private static List<Expression.Constant> values(Condition condition) {
        return condition instanceof Condition.OneOf o
                ? o.values()
                : List.of((Expression.Constant) ((Condition.Comparison) condition).right());
    }
}
