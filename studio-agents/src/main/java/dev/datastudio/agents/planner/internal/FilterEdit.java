package dev.datastudio.agents.planner.internal;

import dev.datastudio.core.analysis.Condition;
import dev.datastudio.core.analysis.Condition.Comparator;
import dev.datastudio.core.analysis.Detail;
import dev.datastudio.core.analysis.Expression;
import dev.datastudio.core.analysis.Expression.ColumnRef;
import dev.datastudio.core.analysis.Expression.Constant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Changes which rows count. Values of one column take each other's place, conditions on other columns are added. */
final class FilterEdit {
    private final Draft draft;

    FilterEdit(Draft draft) {
        this.draft = draft;
    }

    /** "All regions": the condition on the region goes; whether there was one. */
    boolean lift(Fragment wanted) {
        Set<ColumnRef> named = new HashSet<>();
        wanted.groups().forEach(c -> named.add(c.ref()));
        wanted.bare().forEach(c -> named.add(c.ref()));
        wanted.time().ifPresent(c -> named.add(c.ref()));
        boolean lifted = !named.isEmpty() && draft.filter.removeIf(c -> isOnlyAbout(c, named));
        draft.touched |= lifted;
        return lifted;
    }

    private static boolean isOnlyAbout(Condition condition, Set<ColumnRef> named) {
        Set<ColumnRef> read = PlanColumns.of(condition);
        return !read.isEmpty() && named.containsAll(read);
    }

    /** Adds the conditions that were named, or puts them in the place of others on the same column. */
    void apply(Cue cue, Fragment wanted) {
        if (!wanted.slots.having.equals(Condition.always())) {
            draft.having = wanted.slots.having;
            draft.touched = true;
        }
        if (!wanted.hasFilter()) {
            return;
        }
        for (Condition fresh : Draft.conjuncts(wanted.slots.filter)) {
            if (!compares(cue, fresh)) {
                put(cue, fresh);
            }
        }
        draft.touched = true;
    }

    /** In a comparison, values name the groups that are compared. */
    private boolean compares(Cue cue, Condition fresh) {
        Optional<Values> values = Values.of(fresh);
        if (!isCompared(values)) {
            return false;
        }
        List<Constant> groups =
                new ArrayList<>(cue == Cue.ADD ? ((Detail.Comparison) draft.detail).groups() : List.of());
        groups.addAll(values.get().constants());
        if (groups.size() < 2) {
            draft.problem = "A comparison needs two groups or more.";
        }
        draft.detail = new Detail.Comparison(new ArrayList<>(new LinkedHashSet<>(groups)));
        return true;
    }

    private void put(Cue cue, Condition fresh) {
        Optional<Values> values = Values.of(fresh);
        for (int i = 0; i < draft.filter.size(); i++) {
            Condition old = draft.filter.get(i);
            Optional<Values> oldValues = Values.of(old);
            boolean sameColumn = PlanColumns.of(old).equals(PlanColumns.of(fresh));
            if (values.isPresent()
                    && oldValues.isPresent()
                    && oldValues.get().of().equals(values.get().of())) {
                draft.filter.set(
                        i, cue == Cue.ADD ? oldValues.get().with(values.get()).condition() : fresh);
                return;
            }
            boolean excludes = values.isPresent()
                    && old instanceof Condition.Not not
                    && Values.of(not.part()).isPresent();
            if (sameColumn && excludes) {
                takeBack(i, values.get());
                if (cue != Cue.ADD) {
                    draft.filter.add(fresh);
                }
                return;
            }
            if (sameColumn && cue != Cue.ADD && isOfOneKind(old, fresh)) {
                draft.filter.set(i, fresh);
                return;
            }
        }
        if (!draft.filter.contains(fresh)) {
            draft.filter.add(fresh);
        }
    }

    /** "Include the West" after "without the West". */
    private void takeBack(int at, Values values) {
        Values excluded =
                Values.of(((Condition.Not) draft.filter.get(at)).part()).orElseThrow();
        Values left = excluded.without(values);
        if (left.constants().isEmpty()) {
            draft.filter.remove(at);
        } else {
            draft.filter.set(at, new Condition.Not(left.condition()));
        }
    }

    /** Ranges take each other's place, save that an upper bound narrows a lower one. */
    private static boolean isOfOneKind(Condition old, Condition fresh) {
        if (old instanceof Condition.Comparison a && fresh instanceof Condition.Comparison b) {
            return side(a.comparator()) == side(b.comparator())
                    || side(a.comparator()) == 0
                    || side(b.comparator()) == 0;
        }
        boolean nested = old instanceof Condition.Any || fresh instanceof Condition.Any;
        return !nested || old.getClass() == fresh.getClass();
    }

    private static int side(Comparator comparator) {
        return switch (comparator) {
            case LESS, LESS_OR_EQUAL -> -1;
            case GREATER, GREATER_OR_EQUAL -> 1;
            case EQUAL, NOT_EQUAL -> 0;
        };
    }

    /** Takes away the rows that were named, or the condition that asked for them. */
    void remove(Fragment unwanted) {
        if (unwanted.parts.contains(Fragment.Part.FILTER)) {
            removeAll(unwanted);
            return;
        }
        if (!unwanted.hasFilter()) {
            return;
        }
        for (Condition out : Draft.conjuncts(unwanted.slots.filter)) {
            if (!stopsComparing(out)) {
                takeAway(out);
            }
        }
        draft.touched = true;
    }

    private void removeAll(Fragment unwanted) {
        Set<ColumnRef> named = new HashSet<>();
        unwanted.bare().forEach(c -> named.add(c.ref()));
        unwanted.groups().forEach(c -> named.add(c.ref()));
        unwanted.time().ifPresent(c -> named.add(c.ref()));
        if (unwanted.hasFilter()) {
            named.addAll(PlanColumns.of(unwanted.slots.filter));
        }
        boolean removed =
                named.isEmpty() ? draft.filter.removeIf(c -> true) : draft.filter.removeIf(c -> isOnlyAbout(c, named));
        if (named.isEmpty() && !draft.having.equals(Condition.always())) {
            draft.having = Condition.always();
            removed = true;
        }
        if (!removed) {
            draft.problem = "The last answer has no such filter.";
        }
        draft.touched = true;
    }

    private boolean stopsComparing(Condition out) {
        Optional<Values> values = Values.of(out);
        if (!(draft.detail instanceof Detail.Comparison compared) || !isCompared(values)) {
            return false;
        }
        List<Constant> left = new ArrayList<>(compared.groups());
        left.removeAll(values.orElseThrow().constants());
        if (left.size() < 2) {
            draft.problem = "A comparison needs two groups or more.";
        }
        draft.detail = new Detail.Comparison(left);
        return true;
    }

    private boolean isCompared(Optional<Values> values) {
        return draft.detail instanceof Detail.Comparison
                && values.isPresent()
                && !draft.dimensions.isEmpty()
                && draft.dimensions.get(0).of().equals(values.get().of());
    }

    private void takeAway(Condition out) {
        Optional<Values> values = Values.of(out);
        for (int i = 0; i < draft.filter.size(); i++) {
            Condition old = draft.filter.get(i);
            if (old.equals(out)) {
                draft.filter.remove(i);
                return;
            }
            Optional<Values> oldValues = Values.of(old);
            if (values.isPresent()
                    && oldValues.isPresent()
                    && oldValues.get().of().equals(values.get().of())) {
                Values left = oldValues.get().without(values.get());
                if (left.constants().isEmpty()) {
                    draft.filter.remove(i);
                } else {
                    draft.filter.set(i, left.condition());
                }
                return;
            }
            boolean excludes = old instanceof Condition.Not not
                    && values.isPresent()
                    && Values.of(not.part())
                            .filter(v -> v.of().equals(values.get().of()))
                            .isPresent();
            if (excludes) {
                Values both =
                        Values.of(((Condition.Not) old).part()).orElseThrow().with(values.get());
                draft.filter.set(i, new Condition.Not(both.condition()));
                return;
            }
        }
        draft.filter.add(out instanceof Condition.Not not ? not.part() : new Condition.Not(out));
    }

    /** Takes away conditions on columns that were named and are nowhere else; whether there were any. */
    boolean removeOn(Fragment unwanted) {
        if (draft.touched) {
            return false;
        }
        return lift(unwanted);
    }

    /** One value for another; whether it was there. */
    boolean replace(Fragment wanted, Fragment old) {
        if (!old.hasFilter()) {
            return false;
        }
        Optional<Values> before = Values.of(old.slots.filter);
        Optional<Values> after = Values.of(wanted.slots.filter);
        if (draft.detail instanceof Detail.Comparison compared && isCompared(before) && isCompared(after)) {
            Values groups = new Values(before.get().of(), compared.groups());
            draft.detail = new Detail.Comparison(
                    groups.without(before.get()).with(after.get()).constants());
            draft.touched = true;
            return true;
        }
        for (int i = 0; i < draft.filter.size(); i++) {
            Condition here = draft.filter.get(i);
            Optional<Values> values = Values.of(here);
            boolean holdsOld = values.isPresent()
                    && before.isPresent()
                    && values.get().of().equals(before.get().of())
                    && values.get().has(before.get());
            if (here.equals(old.slots.filter) || holdsOld) {
                draft.touched = true;
                boolean sameColumn = after.isPresent()
                        && holdsOld
                        && after.get().of().equals(values.get().of());
                if (sameColumn) {
                    draft.filter.set(
                            i,
                            values.get().without(before.get()).with(after.get()).condition());
                } else {
                    draft.filter.remove(i);
                    draft.filter.addAll(i, wanted.hasFilter() ? Draft.conjuncts(wanted.slots.filter) : List.of());
                }
                return true;
            }
        }
        return false;
    }

    /** "Region is West" and "Region is West or East" as a list of values. */
    private record Values(Expression of, List<Constant> constants) {
        static Optional<Values> of(Condition condition) {
            if (condition instanceof Condition.OneOf o) {
                return Optional.of(new Values(o.value(), o.values()));
            }
            return condition instanceof Condition.Comparison c
                            && c.comparator() == Comparator.EQUAL
                            && c.right() instanceof Constant constant
                    ? Optional.of(new Values(c.left(), List.of(constant)))
                    : Optional.empty();
        }

        boolean has(Values some) {
            return constants.containsAll(some.constants);
        }

        Values with(Values more) {
            Set<Constant> all = new LinkedHashSet<>(constants);
            all.addAll(more.constants);
            return new Values(of, List.copyOf(all));
        }

        Values without(Values some) {
            return new Values(
                    of,
                    constants.stream().filter(c -> !some.constants.contains(c)).toList());
        }

        Condition condition() {
            return constants.size() == 1
                    ? new Condition.Comparison(of, Comparator.EQUAL, constants.get(0))
                    : new Condition.OneOf(of, constants);
        }
    }
}
