package dev.datastudio.agents.planner.internal;

import dev.datastudio.agents.planner.PlanOutcome;
import dev.datastudio.agents.planner.PlanOutcome.CannotAnswer;
import dev.datastudio.agents.planner.PlanOutcome.Planned;
import dev.datastudio.agents.planner.WordLink;
import dev.datastudio.core.analysis.Aggregate;
import dev.datastudio.core.analysis.AnalysisPlan;
import dev.datastudio.core.analysis.Condition;
import dev.datastudio.core.analysis.Condition.Comparator;
import dev.datastudio.core.analysis.Detail;
import dev.datastudio.core.analysis.Detail.SetOperator;
import dev.datastudio.core.analysis.Expression;
import dev.datastudio.core.analysis.Measure;
import dev.datastudio.core.analysis.Operation;
import dev.datastudio.core.analysis.PlanValidator;
import dev.datastudio.core.analysis.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Plans questions that ask for two things to hold, or one and not the other, of what several rows share. Immutable.
 *
 * <p>A row has one continent, so "forms used in both Africa and Asia" asks for no row but for forms that have rows of
 * either kind: both questions are planned, and their results are put together as sets. Where each asks for rows of
 * another table, both are conditions on one row, and no sets are needed.
 */
public final class SetPlanner {
    private final Function<String, PlanOutcome> planner;
    private final PlanValidator validator;

    /**
     * A planner of sets.
     *
     * @param planner plans a question as it stands
     * @param validator of plans over the same tables
     */
    public SetPlanner(Function<String, PlanOutcome> planner, PlanValidator validator) {
        this.planner = planner;
        this.validator = validator;
    }

    /** Plans a question of bounded length. */
    public PlanOutcome plan(String question) {
        PlanOutcome plain = planner.apply(question);
        Optional<SetQuestion> found = SetQuestion.in(question);
        return found.isEmpty() ? plain : plan(found.get(), plain);
    }

    private PlanOutcome plan(SetQuestion question, PlanOutcome plain) {
        Optional<Step> usual = only(plain);
        if (usual.isPresent() && !isDoubtful(usual.get(), question.excludes())) {
            return plain;
        }
        Optional<Planned> first = planned(question.first());
        if (first.isPresent()) {
            for (String wording : question.seconds()) {
                Optional<PlanOutcome> both = planned(wording).flatMap(s -> combined(question, first.get(), s));
                if (both.isPresent()) {
                    return both.get();
                }
            }
        }
        return usual.isEmpty()
                ? plain
                : new CannotAnswer(
                        question.excludes()
                                ? "What holds but for something else of the same column was not understood."
                                : "What is to hold of 'both' was not understood; no row has two values in a column.",
                        List.of(),
                        List.of());
    }

    private Optional<Planned> planned(String question) {
        return planner.apply(question) instanceof Planned p && isNames(p.plan()) ? Optional.of(p) : Optional.empty();
    }

    private static Optional<Step> only(PlanOutcome outcome) {
        return outcome instanceof Planned p && p.plan().steps().size() == 1
                ? Optional.of(p.plan().steps().get(0))
                : Optional.empty();
    }

    /** Whether a plan can't be what was meant: alternatives where both are to hold, or an exclusion of nothing. */
    private static boolean isDoubtful(Step step, boolean excludes) {
        boolean counts = step.dimensions().isEmpty() && step.measures().size() == 1;
        boolean computes = !step.measures().isEmpty() && !(counts && (hasBranches(step) || countsThings(step)));
        if (computes || step.operation() == Operation.CORRELATION) {
            return false;
        }
        return excludes
                ? hasIdleExclusion(step.filter()) || hasBranches(step)
                : step.filter().children().findAny().isPresent() || !(step.filter() instanceof Condition.Comparison);
    }

    /** "How many customers have both": they are counted once each, though each of their rows has one value. */
    private static boolean countsThings(Step step) {
        return step.measures().get(0) instanceof Measure.Aggregated a
                && a.aggregate() == Aggregate.COUNT_DISTINCT
                && parts(step.filter()).stream().anyMatch(Condition.OneOf.class::isInstance);
    }

    private static boolean hasBranches(Step step) {
        return parts(step.filter()).stream().anyMatch(SetPlanner::isBranch);
    }

    /** "In Oceania but not in Europe" of one row: the second part says nothing that the first does not. */
    private static boolean hasIdleExclusion(Condition filter) {
        Set<Expression> equal = new HashSet<>();
        Set<Expression> unequal = new HashSet<>();
        for (Condition part : parts(filter)) {
            if (part instanceof Condition.Not not) {
                value(not.part()).ifPresent(unequal::add);
            } else {
                value(part).ifPresent(equal::add);
            }
        }
        return equal.stream().anyMatch(unequal::contains);
    }

    private static Optional<Expression> value(Condition condition) {
        if (condition instanceof Condition.Comparison c && c.comparator() == Comparator.EQUAL) {
            return Optional.of(c.left());
        }
        return condition instanceof Condition.OneOf o ? Optional.of(o.value()) : Optional.empty();
    }

    private static List<Condition> parts(Condition condition) {
        return condition instanceof Condition.All all
                ? all.parts().stream().flatMap(p -> parts(p).stream()).toList()
                : List.of(condition);
    }

    private static boolean isBranch(Condition condition) {
        return condition instanceof Condition.Among
                || (condition instanceof Condition.Not not && not.part() instanceof Condition.Among);
    }

    /** Whether a plan gives names, or how many rows there are. */
    private static boolean isNames(AnalysisPlan plan) {
        if (plan.steps().size() != 1) {
            return false;
        }
        Step step = plan.steps().get(0);
        boolean named = !step.dimensions().isEmpty() && step.measures().isEmpty();
        boolean counted = step.dimensions().isEmpty() && step.measures().size() == 1;
        return (step.operation() == Operation.LIST || step.operation() == Operation.AGGREGATE)
                && (named || (counted && hasBranches(step)))
                && step.limit() == null
                && step.order().isEmpty();
    }

    private Optional<PlanOutcome> combined(SetQuestion question, Planned first, Planned second) {
        Step one = first.plan().steps().get(0);
        Step other = second.plan().steps().get(0);
        if (!areAlike(one, other)) {
            return Optional.empty();
        }
        List<Condition> here = new ArrayList<>(parts(one.filter()));
        List<Condition> there = new ArrayList<>(parts(other.filter()));
        here.removeAll(parts(other.filter()));
        there.removeAll(parts(one.filter()));
        if (question.excludes() && repeats(here, there)) {
            return Optional.empty();
        }
        boolean sameRows = one.source().equals(other.source());
        boolean differ = !sameRows || (!here.isEmpty() && !there.isEmpty());
        boolean sameGroups = one.having().equals(other.having());
        if (!differ || (!sameRows && !one.measures().isEmpty())) {
            return Optional.empty();
        }
        boolean ofOneRow = sameRows
                && sameGroups
                && Stream.concat(here.stream(), there.stream()).allMatch(SetPlanner::isBranch);
        boolean areSets = one.measures().isEmpty() && choosesNoGroups(one) && choosesNoGroups(other);
        if (!ofOneRow && !areSets) {
            return Optional.empty();
        }
        Step step = ofOneRow ? ofRow(one, there, question.excludes()) : ofSets(one, other, question.excludes());
        var plan =
                new AnalysisPlan(List.of(step.toBuilder().intent(one.intent()).build()));
        return validator.problems(plan).isEmpty() ? Optional.of(outcome(plan, first, second)) : Optional.empty();
    }

    /** Whether the second question still has a value of the first one, as an alternative to its own. */
    private static boolean repeats(List<Condition> first, List<Condition> second) {
        Set<List<Object>> values = values(first);
        return deep(second)
                .filter(Condition.OneOf.class::isInstance)
                .flatMap(c -> values(List.of(c)).stream())
                .anyMatch(values::contains);
    }

    private static Set<List<Object>> values(List<Condition> conditions) {
        Set<List<Object>> values = new HashSet<>();
        deep(conditions).forEach(c -> {
            if (c instanceof Condition.Comparison equal) {
                values.add(List.of(equal.left(), equal.right()));
            } else if (c instanceof Condition.OneOf one) {
                one.values().forEach(v -> values.add(List.of(one.value(), v)));
            }
        });
        return values;
    }

    private static Stream<Condition> deep(List<Condition> conditions) {
        return conditions.stream()
                .flatMap(c -> Stream.concat(
                        Stream.of(c),
                        deep(
                                c instanceof Condition.Among among
                                        ? List.of(among.rows().filter())
                                        : c.children().toList())));
    }

    private static boolean choosesNoGroups(Step step) {
        return step.having().equals(Condition.always());
    }

    /** Whether two steps give the same things: columns of one name, or counts of the same. */
    private static boolean areAlike(Step one, Step other) {
        return one.measures().equals(other.measures()) && labels(one).equals(labels(other));
    }

    private static List<String> labels(Step step) {
        return step.dimensions().stream()
                .map(d -> d.of() instanceof Expression.ColumnRef ref
                        ? ref.name().toLowerCase(Locale.ROOT)
                        : d.of().toString())
                .toList();
    }

    private static Step ofRow(Step one, List<Condition> second, boolean excludes) {
        List<Condition> all = new ArrayList<>(parts(one.filter()));
        all.add(excludes ? new Condition.Not(Condition.all(second)) : Condition.all(second));
        return one.toBuilder().filter(Condition.all(all)).build();
    }

    /** What has no name is not in a set. */
    private static Step ofSets(Step one, Step other, boolean excludes) {
        List<Condition> named = new ArrayList<>(List.of(one.filter()));
        one.dimensions().forEach(d -> named.add(new Condition.Not(new Condition.Missing(d.of()))));
        return one.toBuilder()
                .operation(Operation.COMBINATION)
                .filter(Condition.all(named))
                .detail(new Detail.Combination(
                        excludes ? SetOperator.DIFFERENCE : SetOperator.INTERSECTION,
                        other.toBuilder().operation(Operation.LIST).build()))
                .build();
    }

    private static PlanOutcome outcome(AnalysisPlan plan, Planned first, Planned second) {
        List<String> notes = Stream.concat(first.notes().stream(), second.notes().stream())
                .distinct()
                .toList();
        List<WordLink> links = Stream.concat(first.links().stream(), second.links().stream())
                .distinct()
                .toList();
        return new Planned(
                plan, ReadingWriter.of(plan), notes, Math.min(first.confidence(), second.confidence()), links);
    }
}
