package dev.datastudio.agents.planner.internal;

import dev.datastudio.core.analysis.Condition;
import dev.datastudio.core.analysis.Condition.Comparator;
import dev.datastudio.core.analysis.Expression;
import dev.datastudio.core.analysis.Measure;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;

/** Reads bounds of numbers that are not "more than" and a number: "a greater weight than 10", "2 or more". */
final class BoundReader {
    private static final Map<String, Comparator> POSITIONS = Map.of(
            "after", Comparator.GREATER,
            "later than", Comparator.GREATER,
            "since", Comparator.GREATER_OR_EQUAL,
            "before", Comparator.LESS,
            "earlier than", Comparator.LESS,
            "prior to", Comparator.LESS,
            "until", Comparator.LESS_OR_EQUAL,
            "up to", Comparator.LESS_OR_EQUAL);

    private final Clause clause;
    private final Decisions decisions;
    private final FoundConditions found;

    BoundReader(Clause clause, Decisions decisions, FoundConditions found) {
        this.clause = clause;
        this.decisions = decisions;
        this.found = found;
    }

    /** "A greater weight than 10": the column stands between the comparing word and its number. */
    boolean adjectival(int at, int column) {
        int than = column + 1;
        int number = than + 1;
        boolean isWhole = clause.isAt(column, Item.Kind.COLUMN)
                && than < clause.size()
                && clause.get(than).text().equalsIgnoreCase("than")
                && clause.isAt(number, Item.Kind.NUMBER)
                && clause.get(at).is(Tag.COMPARATOR);
        if (!isWhole) {
            return false;
        }
        ColumnEntry entry = decisions.column(clause.get(column), ColumnEntry::isNumeric);
        if (entry.isNumeric()) {
            clause.use(at, number);
            Expression.Constant right = new Expression.Constant(
                    ComparisonReader.plain((BigDecimal) clause.get(number).value()));
            found.add(
                    new Condition.Comparison(entry.ref(), ComparisonReader.comparator(clause.get(at)), right),
                    at,
                    number);
        }
        return true;
    }

    /** "Opened after 2000", "version later than 5": of a column of plain numbers, time words compare as well. */
    boolean positioned(int at) {
        int column = clause.before(at);
        int number = at + 1;
        boolean isSaid = clause.isAt(at, Tag.PREPOSITION)
                && clause.isAt(column, Item.Kind.COLUMN)
                && clause.isAt(number, Item.Kind.NUMBER)
                && !clause.isAt(clause.before(column), Tag.GROUP);
        Comparator comparator = isSaid ? POSITIONS.get(clause.get(at).text().toLowerCase(Locale.ROOT)) : null;
        if (comparator == null) {
            return false;
        }
        ColumnEntry entry = decisions.column(clause.get(column), ColumnEntry::isNumeric);
        boolean isTime = clause.get(number).year() > 0
                && decisions.index().columns().stream().anyMatch(ColumnEntry::isTemporal);
        if (!entry.isNumeric() || entry.isYearNumber() || isTime) {
            return false;
        }
        clause.use(column);
        clause.use(at, number);
        Expression right = new Expression.Constant(
                ComparisonReader.plain((BigDecimal) clause.get(number).value()));
        found.add(new Condition.Comparison(entry.ref(), comparator, right), column, number);
        return true;
    }

    /** "2 or more": the comparing words stand after the number. */
    boolean openEnded(int number) {
        boolean joined = clause.isAt(number + 1, Tag.OR) || clause.isAt(number + 1, Tag.AND);
        int bound = joined ? number + 2 : number + 1;
        boolean isOpen = clause.isAt(bound, Tag.COMPARATOR)
                && clause.get(number).value() instanceof BigDecimal
                && !clause.isAt(clause.after(bound), Item.Kind.NUMBER)
                && (joined || clause.get(bound).text().toLowerCase(Locale.ROOT).startsWith("or "));
        if (!isOpen) {
            return false;
        }
        Expression right = new Expression.Constant(
                ComparisonReader.plain((BigDecimal) clause.get(number).value()));
        Comparator comparator = switch (ComparisonReader.comparator(clause.get(bound))) {
            case GREATER, GREATER_OR_EQUAL -> Comparator.GREATER_OR_EQUAL;
            default -> Comparator.LESS_OR_EQUAL;
        };
        int after = clause.after(bound);
        int before = clause.before(number);
        if (clause.isAt(after, Item.Kind.TABLE) || clause.isAt(after, Tag.ROWS)) {
            clause.use(number, after);
            found.addHaving(new Condition.MeasureComparison(Measure.count(), comparator, right));
            return true;
        }
        while (clause.isAt(before, Tag.RELATIVE)) {
            before = clause.before(before);
        }
        int column = clause.isAt(after, Item.Kind.COLUMN) ? after : clause.isAt(before, Item.Kind.COLUMN) ? before : -1;
        if (column < 0) {
            return false;
        }
        ColumnEntry entry = decisions.column(clause.get(column), ColumnEntry::isNumeric);
        if (!entry.isNumeric()) {
            return false;
        }
        clause.use(number, bound);
        clause.use(column);
        found.add(
                new Condition.Comparison(entry.ref(), comparator, right),
                Math.min(column, number),
                Math.max(column, bound));
        return true;
    }
}
