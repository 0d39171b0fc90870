package dev.datastudio.agents.planner.internal;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Questions that fit a table, made from the roles of its columns; each was planned before it is given. */
final class Suggestions {
    private static final int WANTED = 3;
    private static final int MANY = 60;

    private Suggestions() {}

    /** Up to three questions that the test accepts. */
    static List<String> of(SchemaIndex index, Predicate<String> works) {
        List<String> kept = new ArrayList<>();
        for (String question : candidates(index)) {
            if (kept.size() < WANTED && works.test(question)) {
                kept.add(question);
            }
        }
        return List.copyOf(kept);
    }

    private static Set<String> candidates(SchemaIndex index) {
        Set<String> questions = new LinkedHashSet<>();
        List<ColumnEntry> quantities = index.columns().stream()
                .filter(ColumnEntry::isQuantity)
                .filter(c -> !c.isFlag())
                .limit(MANY)
                .toList();
        Optional<ColumnEntry> quantity = quantities.stream()
                .filter(c -> c.parts().size() == 1
                        && Measures.defaultAggregate(c).name().equals("SUM"))
                .findFirst()
                .or(() -> quantities.stream().filter(c -> c.parts().size() == 1).findFirst())
                .or(() -> quantities.stream().findFirst());
        Optional<ColumnEntry> category = index.columns().stream()
                .filter(c -> !c.isNumeric() && !c.isTemporal())
                .filter(c -> c.column().distinctCount() >= 2 && c.column().distinctCount() <= MANY)
                .findFirst();
        boolean hasDates = index.columns().stream().anyMatch(TimeColumns::canCut);
        quantity.ifPresent(q -> withQuantity(questions, q, category, hasDates));
        category.ifPresent(c -> questions.add("how many rows per " + c.name()));
        questions.add("summary statistics of all columns");
        questions.add("missing values");
        questions.add("how many rows are there");
        questions.add("duplicate rows");
        return questions;
    }

    private static void withQuantity(
            Set<String> questions, ColumnEntry quantity, Optional<ColumnEntry> category, boolean hasDates) {
        String aggregate = Measures.defaultAggregate(quantity).name().equals("SUM") ? "total" : "average";
        category.ifPresent(
                c -> questions.add(String.format(Locale.ROOT, "%s %s by %s", aggregate, quantity.name(), c.name())));
        if (hasDates) {
            questions.add("monthly trend of " + quantity.name());
        }
        questions.add("distribution of " + quantity.name());
    }
}
