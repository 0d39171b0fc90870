package dev.datastudio.agents.planner.internal;

import dev.datastudio.core.analysis.Condition;
import dev.datastudio.core.analysis.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The conditions found in a clause, put together at its end. Not thread-safe. */
final class FoundConditions {
    private final Clause clause;
    private final Decisions decisions;
    private final List<Found> found = new ArrayList<>();
    private final List<Condition> having = new ArrayList<>();

    FoundConditions(Clause clause, Decisions decisions) {
        this.clause = clause;
        this.decisions = decisions;
    }

    private record Found(Condition condition, int from, int to) {}

    /** Adds a condition read from some words, and the "not" before them. */
    void add(Condition condition, int from, int to) {
        int before = clause.before(from);
        boolean owns = clause.isAt(before, Tag.WITH) && clause.isAt(clause.before(before), Tag.NOT);
        int not = owns ? clause.before(before) : before;
        if (clause.isAt(not, Tag.NOT)) {
            clause.use(not);
            found.add(new Found(new Condition.Not(condition), not, to));
        } else {
            found.add(new Found(condition, from, to));
        }
    }

    /** Adds a condition as it is, a "not" before it aside. */
    void addPlain(Condition condition, int from, int to) {
        found.add(new Found(condition, from, to));
    }

    /** Adds a condition on groups. */
    void addHaving(Condition condition) {
        having.add(condition);
    }

    /**
     * Conditions side by side are all to hold, unless "or" stands between them. Alternatives for one column belong
     * together; else "and" binds more tightly than "or", as in logic and in SQL.
     */
    Condition rows() {
        List<List<Condition>> alternatives = new ArrayList<>(List.of(new ArrayList<>()));
        List<Condition> last = new ArrayList<>();
        int end = -1;
        for (Found next : found) {
            boolean or = end >= 0 && orBetween(end, next.from());
            boolean sameColumn = or && columns(last.get(last.size() - 1)).equals(columns(next.condition()));
            if (or && !sameColumn) {
                alternatives.get(alternatives.size() - 1).add(either(last));
                alternatives.add(new ArrayList<>());
                last = new ArrayList<>();
            } else if (!or && !last.isEmpty()) {
                alternatives.get(alternatives.size() - 1).add(either(last));
                last = new ArrayList<>();
            }
            last.add(next.condition());
            end = next.to();
        }
        if (!last.isEmpty()) {
            alternatives.get(alternatives.size() - 1).add(either(last));
        }
        List<Condition> parts = alternatives.stream()
                .map(a -> Condition.all(Alternatives.merged(a)))
                .toList();
        if (parts.size() > 1 && alternatives.stream().anyMatch(a -> a.size() > 1)) {
            decisions.note("\"And\" was taken to bind more tightly than \"or\".", 0.1);
        }
        return parts.size() == 1 ? parts.get(0) : new Condition.Any(parts);
    }

    private static Condition either(List<Condition> conditions) {
        return conditions.size() == 1 ? conditions.get(0) : new Condition.Any(conditions);
    }

    private static Set<Expression.ColumnRef> columns(Condition condition) {
        return PlanColumns.of(condition);
    }

    private boolean orBetween(int from, int to) {
        for (int i = from + 1; i < to; i++) {
            if (clause.isAt(i, Tag.OR)) {
                clause.use(i);
                return true;
            }
        }
        return false;
    }

    /** Groups that count. */
    Condition groups() {
        return Condition.all(having);
    }
}
