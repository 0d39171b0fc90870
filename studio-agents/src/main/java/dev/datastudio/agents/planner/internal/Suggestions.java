package dev.datastudio.agents.planner.internal;

import dev.datastudio.api.dataset.ColumnRole;
import dev.datastudio.core.analysis.Aggregate;
import dev.datastudio.core.analysis.TimeGrain;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Questions that fit a table, made from the roles of its columns; each was planned before it is given. */
final class Suggestions {
    private static final int WANTED = 3;
    private static final int MANY = 60;

    private Suggestions() {}

    /** Up to three questions that the test accepts. */
    static List<String> of(Scope index, Predicate<String> works) {
        List<String> kept = new ArrayList<>();
        for (String question : candidates(index)) {
            if (kept.size() < WANTED && works.test(question)) {
                kept.add(question);
            }
        }
        return List.copyOf(kept);
    }

    private static Set<String> candidates(Scope index) {
        Set<String> questions = new LinkedHashSet<>();
        List<ColumnEntry> quantities = index.columns().stream()
                .filter(ColumnEntry::isQuantity)
                .filter(c -> c.column().role() == ColumnRole.MEASURE)
                .filter(c -> !c.isFlag() && !(c.isSmallInteger() && Measures.defaultAggregate(c) != Aggregate.SUM))
                .limit(MANY)
                .toList();
        Optional<ColumnEntry> quantity = quantities.stream()
                .filter(c -> c.parts().size() == 1 && Measures.defaultAggregate(c) == Aggregate.SUM)
                .max(Comparator.comparingLong(c -> c.column().distinctCount()))
                .or(() -> quantities.stream().filter(c -> c.parts().size() == 1).findFirst())
                .or(() -> quantities.stream().findFirst());
        Optional<ColumnEntry> category = categories(index).findFirst();
        Optional<ColumnEntry> time = index.columns().stream()
                .filter(c -> TimeColumns.canCut(c) || c.isYearNumber())
                .findFirst();
        quantity.ifPresent(q -> withQuantity(questions, q, category, time));
        category.ifPresent(c -> questions.add("how many rows per " + c.name()));
        questions.add("summary statistics of all columns");
        questions.add("missing values");
        questions.add("how many rows are there");
        questions.add("duplicate rows");
        return questions;
    }

    /** Columns that make a few groups, those without gaps first. */
    private static Stream<ColumnEntry> categories(Scope index) {
        return index.columns().stream()
                .filter(c -> !c.isNumeric() && !c.isTemporal())
                .filter(c -> c.column().distinctCount() >= 2 && c.column().distinctCount() <= MANY)
                .sorted(Comparator.comparing((ColumnEntry c) ->
                        c.column().distinctCount() < 3 || c.column().nullCount() > 0));
    }

    private static void withQuantity(
            Set<String> questions, ColumnEntry quantity, Optional<ColumnEntry> category, Optional<ColumnEntry> time) {
        String aggregate = Measures.defaultAggregate(quantity) == Aggregate.SUM ? "total" : "average";
        category.ifPresent(
                c -> questions.add(String.format(Locale.ROOT, "%s %s by %s", aggregate, quantity.name(), c.name())));
        time.ifPresent(t -> {
            boolean isYearly = t.isYearNumber() || TimeColumns.grainOf(t) == TimeGrain.YEAR;
            questions.add((isYearly ? "yearly" : "monthly") + " trend of " + quantity.name());
        });
        questions.add("distribution of " + quantity.name());
    }
}
