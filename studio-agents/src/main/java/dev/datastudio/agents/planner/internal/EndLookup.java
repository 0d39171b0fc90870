package dev.datastudio.agents.planner.internal;

import dev.datastudio.core.analysis.Dimension;
import dev.datastudio.core.analysis.Limit;
import dev.datastudio.core.analysis.Operation;
import dev.datastudio.core.analysis.Order;
import dev.datastudio.core.analysis.Step;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** "Who is the last partner listed?", "name the first country on the table": by the order of the rows. */
final class EndLookup {
    private static final Set<String> LISTS = Set.of(
            "listed",
            "list",
            "chart",
            "table",
            "on the list",
            "on this list",
            "in the list",
            "in this list",
            "on the chart",
            "on this chart",
            "on the table",
            "on this table",
            "in the table",
            "in this table");
    private static final Set<String> LAST = Set.of("last", "bottom", "final");
    private static final Set<String> FIRST = Set.of("first", "top");

    private final LookupSentence sentence;

    EndLookup(LookupSentence sentence) {
        this.sentence = sentence;
    }

    Optional<Step> read() {
        List<Integer> last = sentence.places(LAST);
        List<Integer> first = sentence.places(FIRST);
        if (last.size() + first.size() != 1 || sentence.places(LISTS).isEmpty()) {
            return Optional.empty();
        }
        sentence.pass(LAST);
        sentence.pass(FIRST);
        sentence.pass(LISTS);
        sentence.pass(Set.of("this", "that"));
        return subject()
                .flatMap(s -> sentence.target(sentence.items().size(), s))
                .map(target -> step(target, first.isEmpty()));
    }

    private Optional<ColumnEntry> subject() {
        return sentence.subject()
                .or(() -> sentence.places(Item.Kind.COLUMN).isEmpty()
                        ? Optional.empty()
                        : Optional.of(sentence.index().columns().get(0)));
    }

    private Step step(ColumnEntry target, boolean isLast) {
        var places = new RowPlaces(sentence.index());
        sentence.note("The " + (isLast ? "last" : "first") + " one is meant as the rows stand in the table.");
        return Step.of(Operation.LIST, sentence.index().dataset().table())
                .cleaning(places.placed())
                .dimensions(List.of(Dimension.of(target.ref())))
                .order(List.of(new Order(
                        new Order.Key.OfValue(places.place()),
                        isLast ? Order.Direction.DESCENDING : Order.Direction.ASCENDING)))
                .limit(Limit.of(1))
                .build();
    }
}
