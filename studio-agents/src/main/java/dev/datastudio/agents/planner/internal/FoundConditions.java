package dev.datastudio.agents.planner.internal;

import dev.datastudio.core.analysis.Condition;
import java.util.ArrayList;
import java.util.List;

/** The conditions found in a clause, put together at its end. Not thread-safe. */
final class FoundConditions {
    private final Clause clause;
    private final List<Found> found = new ArrayList<>();
    private final List<Condition> having = new ArrayList<>();

    FoundConditions(Clause clause) {
        this.clause = clause;
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

    /** Conditions side by side are all to hold, unless "or" stands between them. */
    Condition rows() {
        List<Condition> all = new ArrayList<>();
        List<Condition> any = new ArrayList<>();
        int end = -1;
        for (Found next : found) {
            boolean or = end >= 0 && orBetween(end, next.from());
            if (!or && !any.isEmpty()) {
                all.add(any.size() == 1 ? any.get(0) : new Condition.Any(any));
                any = new ArrayList<>();
            }
            any.add(next.condition());
            end = next.to();
        }
        if (!any.isEmpty()) {
            all.add(any.size() == 1 ? any.get(0) : new Condition.Any(any));
        }
        return Condition.all(Alternatives.merged(all));
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
