package dev.datastudio.agents.planner.internal;

import dev.datastudio.core.analysis.Condition;
import dev.datastudio.core.analysis.Measure;
import java.util.Locale;
import java.util.Set;

/**
 * Reads "what percent of orders have negative profit": how many of some rows fulfil a condition. What stands before the
 * verb says which rows, what follows it is what some of them fulfil.
 */
final class PortionReader {
    /** What begins a place or time that all rows are in again. */
    private static final Set<String> OUTSIDE = Set.of("in", "for", "during", "among", "within", "from", "since", "on");

    private final Clause clause;
    private final Decisions decisions;
    private final Slots slots;

    PortionReader(Clause clause, Decisions decisions, Slots slots) {
        this.clause = clause;
        this.decisions = decisions;
        this.slots = slots;
    }

    void read() {
        for (int at = 0; at < clause.size(); at++) {
            boolean shares =
                    clause.isAt(at, Tag.OPERATION) && clause.get(at).argument().equals("share");
            if (shares && decisions.index().isSingle()) {
                ofRows(at);
                return;
            }
        }
    }

    private void ofRows(int share) {
        int subject = clause.after(share);
        if (!namesRows(subject)) {
            return;
        }
        int verb = verb(subject + 1);
        if (verb < 0) {
            return;
        }
        int end = end(verb);
        Condition fulfilled = condition(verb, end);
        if (fulfilled.equals(Condition.always())) {
            return;
        }
        clause.use(share);
        if (clause.isAt(subject, Tag.OPERATION)) {
            clause.use(subject);
        } else if (clause.isAt(subject, Item.Kind.COLUMN)) {
            clause.use(subject);
            decisions.note("'" + clause.get(subject).text() + "' was taken to mean the rows.", 0.1);
        }
        slots.rowsNamed = true;
        slots.computed.add(new Measure.Portion(fulfilled, Measure.Transform.NONE));
    }

    /** The rows, or those with a stored value ("women"). */
    private boolean namesRows(int at) {
        boolean isKey = clause.isAt(at, Item.Kind.COLUMN)
                && clause.get(at).columns().stream()
                        .allMatch(m -> m.column().isKey() && !m.column().isQuantity());
        boolean rowsWith = clause.isAt(at, Tag.OPERATION)
                && clause.get(at).text().toLowerCase(Locale.ROOT).startsWith("rows ");
        return isKey
                || rowsWith
                || clause.isAt(at, Item.Kind.TABLE)
                || clause.isAt(at, Tag.ROWS)
                || clause.isAt(at, Tag.PERSON)
                || clause.isAt(at, Item.Kind.VALUE);
    }

    /** Where what is said of the rows begins; -1 when nothing is. */
    private int verb(int from) {
        int is = main(from);
        if (is >= 0) {
            return is;
        }
        for (int at = from; at < clause.size(); at++) {
            Item item = clause.get(at);
            boolean begins = item.is(Tag.RELATIVE)
                    || item.is(Tag.WITH)
                    || item.is(Tag.IS)
                    || item.is(Tag.COMPARATOR)
                    || item.is(Tag.SIGNED)
                    || isFlag(at);
            if (begins) {
                return at;
            } else if (item.is(Tag.GROUP) || item.is(Item.Kind.COLUMN)) {
                return -1;
            }
        }
        return -1;
    }

    /** The "are" of "rows with a discount are in the North"; -1 when there is none. */
    private int main(int from) {
        for (int at = from; at < clause.size(); at++) {
            if (clause.get(at).is(Tag.GROUP)) {
                return -1;
            } else if (clause.get(at).is(Tag.IS)) {
                return at;
            }
        }
        return -1;
    }

    private boolean isFlag(int at) {
        return clause.isAt(at, Item.Kind.COLUMN)
                && clause.get(at).columns().size() == 1
                && clause.get(at).columns().get(0).column().isFlag();
    }

    private int end(int verb) {
        boolean said = false;
        for (int at = verb; at < clause.size(); at++) {
            Item item = clause.get(at);
            boolean leaves = item.is(Tag.GROUP)
                    || (item.is(Tag.PREPOSITION) && OUTSIDE.contains(item.text().toLowerCase(Locale.ROOT)));
            if (said && leaves) {
                return at;
            }
            said |= item.mustBeUsed();
        }
        return clause.size();
    }

    private Condition condition(int verb, int end) {
        if (isFlag(verb) && clause.after(verb) >= end) {
            clause.use(verb);
            return FilterReader.holds(decisions.column(clause.get(verb), c -> true), decisions);
        }
        return new FilterReader(clause, decisions).read(verb, end);
    }
}
