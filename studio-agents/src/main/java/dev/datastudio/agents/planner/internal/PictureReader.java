package dev.datastudio.agents.planner.internal;

import java.util.Locale;
import java.util.Map;

/**
 * Reads operation words that only say how an answer is to be pictured. "The number of rooms for each type. Show the
 * proportion." asks for the numbers and for a picture of their proportions; only "the proportion of rooms by type" asks
 * for the proportions themselves.
 */
final class PictureReader {
    /** The chart that shows what a word asks to see; empty where any chart does. */
    private static final Map<String, String> CHARTS =
            Map.of("share", "pie", "correlation", "scatter", "comparison", "");

    private final Clause clause;
    private final Slots slots;

    PictureReader(Clause clause, Slots slots) {
        this.clause = clause;
        this.slots = slots;
    }

    /** Takes the word as a wish for a picture, if it is one. */
    boolean read(int at) {
        String operation = clause.get(at).argument();
        if (operation.equals("correlation") && slots.chart.isEmpty() && isDrawn(at)) {
            slots.chart = "scatter";
        }
        boolean isPicture = CHARTS.containsKey(operation)
                && ((computes(at) && follows(at) && isLast(at)) || isOfNumbers(at, operation));
        if (isPicture && slots.chart.isEmpty()) {
            slots.chart = CHARTS.getOrDefault(operation, "");
        }
        return isPicture;
    }

    /** "Visualize the relationship" wants to see it, "what is the correlation" to know it. */
    private boolean isDrawn(int at) {
        int before = at - 1;
        while (before >= 0 && clause.get(before).is(Tag.FILLER)) {
            before--;
        }
        return before >= 0
                && clause.get(before).text().toLowerCase(Locale.ROOT).matches("(visuali[sz]e|plot|draw|graph|picture)")
                && clause.get(at).text().toLowerCase(Locale.ROOT).startsWith("relation");
    }

    /** "The proportion of the number of rooms": numbers in proportion, not shares of a number. */
    private boolean isOfNumbers(int at, String operation) {
        int next = clause.after(at);
        return operation.equals("share")
                && clause.get(at).text().toLowerCase(Locale.ROOT).startsWith("proportion")
                && (clause.isAt(next, Tag.COUNT)
                        || clause.isAt(next, Tag.AGGREGATE)
                        || clause.isAt(next, Tag.QUESTION));
    }

    /** Whether the words before ask for numbers of groups, which a picture can be of. */
    private boolean computes(int at) {
        return clause.items().subList(0, at).stream()
                .anyMatch(i -> i.is(Tag.COUNT) || i.is(Tag.AGGREGATE) || i.is(Tag.HIGHEST) || i.is(Tag.LOWEST));
    }

    /** Whether a verb for showing stands right before. */
    private boolean follows(int at) {
        int before = at - 1;
        while (before >= 0 && clause.get(before).is(Tag.FILLER)) {
            before--;
        }
        return before >= 0 && clause.get(before).is(Tag.SHOW);
    }

    /** Whether nothing follows that could be the object of the word, but a chart. */
    private boolean isLast(int at) {
        for (int i = at + 1; i < clause.size(); i++) {
            Item item = clause.get(i);
            boolean passes = item.isFiller() || item.is(Tag.WITH) || item.is(Tag.CHART) || item.is(Tag.GROUP);
            if (!passes) {
                return item.is(Item.Kind.PUNCTUATION);
            }
        }
        return true;
    }
}
