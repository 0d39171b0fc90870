package dev.datastudio.agents.planner.internal;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.core.analysis.Condition;
import dev.datastudio.core.analysis.Condition.Comparator;
import dev.datastudio.core.analysis.Expression;
import dev.datastudio.core.analysis.TimeGrain;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads which rows count, and which groups. Marks the words it takes as used. */
final class FilterReader {
    private final Clause clause;
    private final Decisions decisions;
    private final TimeReader times;
    private final FoundConditions found;
    private final ValueReader values;
    private final BoundReader bounds;
    private final ComparisonReader comparisons;
    private final TextMatchReader texts;
    private boolean namesRows;

    FilterReader(Clause clause, Decisions decisions) {
        this.clause = clause;
        this.decisions = decisions;
        this.times = new TimeReader(clause, decisions);
        this.found = new FoundConditions(clause, decisions);
        this.values = new ValueReader(clause, decisions, found);
        this.bounds = new BoundReader(clause, decisions, found);
        this.comparisons = new ComparisonReader(clause, decisions, found, bounds);
        this.texts = new TextMatchReader(clause, decisions, found);
    }

    /** Whether values were set against each other; filled by {@link #read}. */
    boolean versus() {
        return values.versus();
    }

    /** Makes the two ends of a range of time what is read, as in "grew from 2014 to 2016", and not all between. */
    void setsEndsAgainst(boolean sets) {
        times.setsEndsAgainst(sets);
    }

    /** Rows that count; always when nothing is said. */
    Condition read() {
        return read(0, clause.size());
    }

    /** What a part of the clause says of rows; the end is not included. */
    Condition read(int from, int end) {
        for (int at = from; at < end; at++) {
            if (!clause.isUsed(at)) {
                readAt(at);
            }
        }
        return found.rows();
    }

    /** Groups that count; filled by {@link #read}. */
    Condition having() {
        return found.groups();
    }

    private void readAt(int at) {
        Item item = clause.get(at);
        if (item.is(Item.Kind.VALUE)) {
            values.read(at);
        } else if (item.is(Tag.EMPTY) || item.is(Tag.NOT_EMPTY)) {
            missing(at);
        } else if (item.is(Tag.NOT) && lacks(at)) {
            return;
        } else if (item.is(Tag.SIGNED)) {
            comparisons.signed(at);
        } else if (item.is(Item.Kind.COLUMN) && isDoer(item)) {
            doer(at);
        } else if (item.is(Tag.TEXT_MATCH) || item.is(Tag.LETTERS)) {
            texts.read(at);
        } else if (item.is(Item.Kind.UNKNOWN) && texts.readWithin(at)) {
            return;
        } else if (item.is(Tag.RELATIVE) || item.is(Tag.WITH)) {
            flag(at);
        } else if (!bounds.positioned(at)) {
            Optional<Condition> time = times.read(at);
            if (time.isPresent()) {
                found.add(time.get(), at, lastUsed(at));
            } else if (item.is(Tag.BETWEEN)) {
                comparisons.between(at);
            } else if (item.is(Tag.COMPARATOR) || ComparisonReader.isSign(item)) {
                comparisons.comparison(at);
            } else if (item.is(Item.Kind.NUMBER) && bounds.openEnded(at)) {
                return;
            } else if (item.is(Item.Kind.NUMBER)
                    || item.is(Item.Kind.QUOTED)
                    || item.is(Tag.TRUE)
                    || item.is(Tag.FALSE)) {
                comparisons.equality(at);
            }
        }
    }

    private int lastUsed(int from) {
        int last = from;
        while (last + 1 < clause.size() && clause.isUsed(last + 1)) {
            last++;
        }
        return last;
    }

    private void missing(int at) {
        boolean isMissing = clause.get(at).is(Tag.EMPTY);
        int before = clause.before(at);
        while (clause.isAt(before, Tag.RELATIVE)) {
            before = clause.before(before);
        }
        int after = clause.after(at);
        int column = clause.isAt(before, Item.Kind.COLUMN) ? before : clause.isAt(after, Item.Kind.COLUMN) ? after : -1;
        if (column < 0) {
            return;
        }
        Condition condition = new Condition.Missing(
                decisions.column(clause.get(column), c -> true).ref());
        clause.use(at);
        clause.use(column);
        found.add(isMissing ? condition : new Condition.Not(condition), Math.min(at, column), Math.max(at, column));
    }

    /** "Without a deck", "have no director": the value is missing. Of a number it could also be zero. */
    private boolean lacks(int at) {
        String word = clause.get(at).text().toLowerCase(Locale.ROOT);
        int next = clause.after(at);
        boolean isLack = word.equals("without") || word.equals("lacking") || word.equals("no") || word.endsWith(" no");
        if (!isLack || !clause.isAt(next, Item.Kind.COLUMN)) {
            return false;
        }
        ColumnEntry column = decisions.column(clause.get(next), c -> !c.isNumeric());
        if (column.isNumeric() || column.isFlag()) {
            return false;
        }
        clause.use(at, next);
        found.addPlain(new Condition.Missing(column.ref()), at, next);
        return true;
    }

    private static boolean isDoer(Item item) {
        String word = Stemmer.singular(item.text().toLowerCase(Locale.ROOT));
        ColumnEntry column = item.columns().get(0).column();
        return item.columns().size() == 1
                && column.isFlag()
                && (word.endsWith("or") || word.endsWith("er"))
                && !column.parts().contains(word);
    }

    /** "Survivors" are the rows whose survived is 1. */
    private void doer(int at) {
        clause.use(at);
        namesRows = true;
        found.add(holds(decisions.column(clause.get(at), c -> true), decisions), at, at);
    }

    /** Whether a condition was a name for the rows; filled by {@link #read}. */
    boolean namesRows() {
        return namesRows;
    }

    /** The length of periods that were set against each other; filled by {@link #read}. */
    @Nullable
    TimeGrain comparedGrain() {
        return times.comparedGrain();
    }

    /** Columns of which several values were named, joined by "and"; filled by {@link #read}. */
    List<ColumnEntry> listed() {
        return values.listed();
    }

    /** "Who survived", "that are alone": a column that is true or 1. */
    private void flag(int at) {
        int next = clause.after(at);
        boolean isNot = clause.isAt(next, Tag.NOT);
        int column = isNot ? clause.after(next) : next;
        if (!clause.isAt(column, Item.Kind.COLUMN)) {
            return;
        }
        boolean verdictFollows = clause.isAt(clause.after(column), Tag.COMPARATOR)
                || clause.isAt(clause.after(column), Item.Kind.NUMBER)
                || clause.isAt(clause.after(column), Tag.EMPTY)
                || clause.isMarkAt(column + 1, "=");
        ColumnEntry entry = clause.get(column).columns().get(0).column();
        if (verdictFollows || !entry.isFlag() || clause.get(column).columns().size() > 1) {
            return;
        }
        clause.use(at, column);
        Condition holds = holds(entry, decisions);
        found.addPlain(isNot ? new Condition.Not(holds) : holds, at, column);
    }

    /** A column of true and false is true, one of 0 and 1 is 1. */
    static Condition holds(ColumnEntry flag, Decisions decisions) {
        boolean isBoolean = flag.column().type() == ColumnType.BOOLEAN;
        if (!isBoolean) {
            decisions.note(flag.name() + " was taken to hold where it is 1.", 0.05);
        }
        return equal(flag, isBoolean ? (Object) true : (Object) 1L);
    }

    static Condition equal(ColumnEntry column, Object value) {
        return new Condition.Comparison(column.ref(), Comparator.EQUAL, new Expression.Constant(value));
    }
}
