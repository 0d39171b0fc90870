package dev.datastudio.agents.planner.internal;

import dev.datastudio.api.dataset.ColumnRole;
import dev.datastudio.api.dataset.ColumnType;
import java.util.List;
import java.util.Locale;

/** Reads what is counted, and the words around it that name rows rather than groups. */
final class CountReader {
    private final Clause clause;
    private final Decisions decisions;
    private final Slots slots;

    CountReader(Clause clause, Decisions decisions, Slots slots) {
        this.clause = clause;
        this.decisions = decisions;
        this.slots = slots;
    }

    /** "How many days": the different dates. */
    void days(int at) {
        new TimeColumns(decisions.index())
                .main(decisions)
                .filter(c -> c.column().type() == ColumnType.DATE)
                .ifPresent(date -> {
                    slots.counted = date;
                    clause.use(at);
                });
    }

    /** Whether each row is a day of its own. */
    boolean daysAreRows() {
        return decisions.index().columns().stream()
                .anyMatch(c -> c.column().type() == ColumnType.DATE
                        && c.column().distinctCount()
                                == decisions.index().tableOf(c).dataset().rowCount());
    }

    /**
     * "How many players play as a defender", "how many games did they score in": a verb that is akin to a column's name
     * says no group. Where the column was named before, nothing more is meant; else the word stays unread.
     */
    boolean isVerb(int at) {
        Item item = clause.get(at);
        boolean isAkin = item.columns().stream()
                .allMatch(m -> m.how() == ColumnMatch.How.STEM && !m.column().isFlag());
        if (!isAkin || !slots.counts || clause.has(Tag.GROUP)) {
            return false;
        }
        boolean repeats = item.columns().stream().anyMatch(m -> m.column().equals(slots.counted));
        if (repeats) {
            clause.use(at);
        }
        return true;
    }

    /** "The ages of players who won": the players are the rows; only their ages were asked for. */
    boolean ownsWhatWasNamed(int at) {
        Item item = clause.get(at);
        String before = at == 0 ? "" : clause.get(at - 1).text().toLowerCase(Locale.ROOT);
        String last = item.text().toLowerCase(Locale.ROOT);
        return !slots.bare.isEmpty()
                && (before.equals("of") || before.equals("for"))
                && !Stemmer.singular(last).equals(last)
                && clause.isAt(clause.after(at), Tag.RELATIVE)
                && item.columns().stream().allMatch(m -> PointsAssembler.tellsRows(m.column(), decisions));
    }

    /** "Survival rate": the mean of a column of 0 and 1. */
    void rate(int at, int lastColumn) {
        int before = clause.before(at);
        boolean isFlag = !slots.bare.isEmpty()
                && lastColumn == before
                && slots.bare.get(slots.bare.size() - 1).isFlag();
        if (isFlag && slots.bare.get(slots.bare.size() - 1).isNumeric()) {
            ColumnEntry flag = slots.bare.remove(slots.bare.size() - 1);
            slots.measures.add(new Slots.MeasureSlot("mean", flag));
            decisions.note("The rate is the mean of " + flag.name() + ", which is 0 or 1.", 0.05);
            clause.use(at);
        }
    }

    /** "Profit of products by category" groups by the category; "profit of states" by the states. */
    void groupOrThing(Item item, ColumnEntry column) {
        boolean isThing = item.columns().get(0).score() < 1
                && (clause.has(Tag.GROUP) || column.column().role() == ColumnRole.ID);
        if (isThing) {
            decisions.note("'" + item.text() + "' was taken to mean the rows.", 0.1);
        } else {
            slots.groups.add(column);
        }
    }

    /** "The total amount of players" counts them. */
    boolean isTotalOf(int at, List<String> aggregates) {
        int before = clause.before(at);
        Item item = clause.get(Math.max(0, before));
        return aggregates.equals(List.of("sum"))
                && item.text().toLowerCase(Locale.ROOT).endsWith("amount of");
    }
}
