package dev.datastudio.agents.planner.internal;

import dev.datastudio.core.analysis.ChartHint;
import dev.datastudio.core.analysis.Condition;
import dev.datastudio.core.analysis.Dimension;
import dev.datastudio.core.analysis.Operation;
import dev.datastudio.core.analysis.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds steps that another step of the same answer says already. */
final class Repeats {
    private static final Set<Operation> NAMING = Set.of(Operation.LIST, Operation.AGGREGATE, Operation.DISTRIBUTION);

    private Repeats() {}

    /**
     * Without the steps that only name what a later one groups by: "what are the countries? Show each country and the
     * number of cities" asks once. A chart that was asked for is kept.
     */
    static List<Step> without(List<Step> steps) {
        List<Step> kept = new ArrayList<>();
        for (Step step : steps) {
            int before = kept.size() - 1;
            if (before >= 0 && tellsWhatToShow(step, kept.get(before))) {
                kept.set(before, showing(kept.get(before), step));
            } else {
                kept.add(step);
            }
        }
        for (int i = 0; i + 1 < kept.size(); i++) {
            Step named = kept.get(i);
            int at = i;
            Optional<Step> counted = kept.subList(i + 1, kept.size()).stream()
                    .filter(s -> saysMore(s, named))
                    .findFirst();
            if (counted.isPresent()) {
                int other = kept.indexOf(counted.get());
                ChartHint chart = named.chart();
                if (counted.get().chart() == ChartHint.AUTO && chart != ChartHint.AUTO) {
                    kept.set(other, counted.get().toBuilder().chart(chart).build());
                }
                kept.remove(at);
                i--;
            }
        }
        return kept;
    }

    /** "Which country has the most cities? List the country and the number of cities": what is to be shown of it. */
    private static boolean tellsWhatToShow(Step step, Step before) {
        boolean isBare = step.filter().equals(before.filter())
                && step.having().equals(Condition.always())
                && step.order().isEmpty()
                && step.limit() == null
                && step.source().equals(before.source())
                && step.operation() == before.operation();
        if (!isBare || before.limit() == null) {
            return false;
        }
        boolean sameNumbers = step.operation() == Operation.AGGREGATE
                && step.dimensions().equals(before.dimensions())
                && step.measures().equals(before.measures());
        boolean sameRows =
                step.operation() == Operation.LIST && before.dimensions().isEmpty();
        return sameNumbers || sameRows;
    }

    private static Step showing(Step ranked, Step shown) {
        ChartHint chart = ranked.chart() == ChartHint.AUTO ? shown.chart() : ranked.chart();
        return ranked.toBuilder().dimensions(shown.dimensions()).chart(chart).build();
    }

    /** Whether a step shows all that another one shows, of the same rows, and numbers beside it. */
    private static boolean saysMore(Step step, Step named) {
        boolean names = NAMING.contains(named.operation())
                && named.limit() == null
                && named.order().isEmpty()
                && (named.operation() == Operation.DISTRIBUTION
                        ? named.measures().size() == 1 && named.dimensions().isEmpty()
                        : named.measures().isEmpty() && !named.dimensions().isEmpty());
        boolean counts = step.operation() == Operation.AGGREGATE
                && !step.measures().isEmpty()
                && step.limit() == null
                && step.filter().equals(named.filter());
        if (!names || !counts) {
            return false;
        }
        List<Dimension> shown = named.operation() == Operation.DISTRIBUTION
                ? named.measures().get(0).columns().stream().map(Dimension::of).toList()
                : named.dimensions();
        return step.dimensions().containsAll(shown);
    }
}
