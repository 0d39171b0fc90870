package dev.datastudio.agents.planner.internal;

import dev.datastudio.core.analysis.Order.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Which end of a column is the good one, so that "best" and "worst" are no guess. */
final class Polarity {
    private static final Set<String> HIGH_IS_GOOD = Set.of(
            "sale",
            "revenue",
            "profit",
            "income",
            "earning",
            "gross",
            "rating",
            "score",
            "gallon",
            "mileage",
            "margin",
            "quantity",
            "win",
            "goal",
            "point",
            "performance",
            "vote",
            "expectancy",
            "expect",
            "salary",
            "turnover",
            "attendance",
            "efficiency",
            "survived",
            "satisfaction");
    private static final Set<String> LOW_IS_GOOD = Set.of(
            "delay",
            "cost",
            "expense",
            "loss",
            "error",
            "death",
            "defect",
            "complaint",
            "debt",
            "crime",
            "downtime",
            "emission",
            "injury",
            "unemployment",
            "failure",
            "accident",
            "mortality");

    private Polarity() {}

    /** Sets the direction of the rank; gives what is missing when it can't be told, else an empty text. */
    static String decide(Slots slots) {
        List<ColumnEntry> measures = new ArrayList<>();
        slots.measures.forEach(m -> measures.add(m.column()));
        slots.bare.stream().filter(ColumnEntry::isQuantity).forEach(measures::add);
        boolean best = slots.judged.equals("best");
        if (measures.isEmpty()) {
            return "It is not said by which column the " + slots.judged + " is judged.";
        }
        ColumnEntry measure = measures.get(0);
        boolean high = measure.parts().stream().anyMatch(HIGH_IS_GOOD::contains);
        boolean low = measure.parts().stream().anyMatch(LOW_IS_GOOD::contains);
        if (high == low) {
            return "Whether a high or a low " + measure.name() + " is the " + slots.judged
                    + " is not known; ask for the highest or the lowest.";
        }
        slots.rank = best == high ? Direction.DESCENDING : Direction.ASCENDING;
        return "";
    }
}
