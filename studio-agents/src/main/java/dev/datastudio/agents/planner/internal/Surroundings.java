package dev.datastudio.agents.planner.internal;

import java.util.Locale;

/** What stands around a word of a clause. */
final class Surroundings {
    private final Clause clause;
    private final Slots slots;

    Surroundings(Clause clause, Slots slots) {
        this.clause = clause;
        this.slots = slots;
    }

    /** "For each number of cylinders" groups by a small number that is itself a count. */
    boolean isEachNumberOf(int at, int next) {
        String word = clause.get(at).text().toLowerCase(Locale.ROOT);
        int column = clause.after(next);
        return (word.contains("each") || word.contains("every") || word.equals("per"))
                && clause.isAt(next, Tag.COUNT)
                && clause.isAt(column, Item.Kind.COLUMN)
                && clause.get(column).columns().stream()
                        .anyMatch(m -> m.column().isSmallInteger());
    }

    /** "Top 5 customers by sales": with something to rank, a quantity after "by" is what ranks it. */
    boolean ranksBy(int next) {
        boolean ranks = slots.rank != null && (!slots.entities.isEmpty() || slots.rowsNamed);
        return ranks
                && clause.get(next).columns().stream().anyMatch(m -> m.column().isQuantity());
    }

    /** "The largest countries" are not those with the most rows, where something that can be large is named as well. */
    boolean isSized(int at) {
        int before = clause.before(at);
        boolean isSize = before >= 0
                && clause.get(before)
                        .text()
                        .toLowerCase(Locale.ROOT)
                        .matches("(largest|smallest|biggest|highest|lowest)");
        return isSize && slots.bare.stream().filter(ColumnEntry::isQuantity).count() == 1;
    }

    boolean columnFollows(int at) {
        return clause.items().subList(at, clause.size()).stream().anyMatch(i -> i.is(Item.Kind.COLUMN));
    }

    /** "Employment by month" in a table of that name hardly asks for the number of rows. */
    boolean isSingularTable(int at) {
        String word = clause.get(at).text().toLowerCase(Locale.ROOT);
        return clause.get(at).is(Item.Kind.TABLE) && Stemmer.singular(word).equals(word);
    }

    boolean isListedAfter(int at) {
        int before = clause.before(at);
        return clause.isAt(before, Tag.AND) || clause.isMarkAt(before, ",");
    }
}
