package dev.datastudio.agents.planner.internal;

import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.core.analysis.Condition;
import dev.datastudio.core.analysis.Condition.Comparator;
import dev.datastudio.core.analysis.Expression;
import dev.datastudio.core.analysis.Measure;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads numbers and dates as conditions: "above 100", "between 3 and 5", "with 8 cylinders". */
final class ComparisonReader {
    private static final int NONE = -1;
    private static final int BY_ADJECTIVE = -2;
    private static final int COUNTED = -3;

    private final Clause clause;
    private final Decisions decisions;
    private final FoundConditions found;
    private final BoundReader bounds;
    private @Nullable ColumnEntry lastCompared;

    ComparisonReader(Clause clause, Decisions decisions, FoundConditions found, BoundReader bounds) {
        this.clause = clause;
        this.decisions = decisions;
        this.found = found;
        this.bounds = bounds;
    }

    static boolean isSign(Item item) {
        return item.is(Item.Kind.PUNCTUATION)
                && List.of(">", "<", ">=", "<=", "!=", "<>").contains(item.text());
    }

    static Comparator comparator(Item item) {
        String argument = item.argument().substring(item.argument().indexOf(':') + 1);
        return switch (item.is(Tag.COMPARATOR) ? argument : item.text()) {
            case "greater", ">" -> Comparator.GREATER;
            case "less", "<" -> Comparator.LESS;
            case "greater_or_equal", ">=" -> Comparator.GREATER_OR_EQUAL;
            case "less_or_equal", "<=" -> Comparator.LESS_OR_EQUAL;
            default -> Comparator.NOT_EQUAL;
        };
    }

    void comparison(int at) {
        int number = isOne(at + 1) ? at + 1 : clause.after(at);
        if (number >= clause.size() || bounds.adjectival(at, number)) {
            return;
        }
        int column = comparedColumn(at, number);
        if (ofAge(at, number, column)) {
            return;
        }
        Optional<Expression> right = rightSide(number, column);
        ColumnEntry same = lastCompared;
        if (right.isPresent() && column == NONE && same != null && repeats(at)) {
            clause.use(at, number);
            found.add(new Condition.Comparison(same.ref(), comparator(clause.get(at)), right.get()), at, number);
            return;
        }
        if (right.isEmpty() || column == NONE) {
            return;
        }
        Comparator comparator = comparator(clause.get(at));
        if (column == COUNTED) {
            int rows = clause.after(number);
            clause.use(at, rows);
            found.addHaving(new Condition.MeasureComparison(Measure.count(), comparator, right.get()));
            return;
        }
        Optional<ColumnEntry> entry = compared(at, column);
        if (entry.isEmpty() || isForeignPercent(number, entry.get())) {
            return;
        }
        clause.use(at);
        clause.use(number);
        useAgain(number, entry.get());
        int aggregate = column >= 0 ? clause.before(column) : -1;
        if (clause.isAt(aggregate, Tag.AGGREGATE)) {
            clause.use(aggregate, column);
            found.addHaving(new Condition.MeasureComparison(
                    Measures.of(clause.get(aggregate).argument(), entry.get()), comparator, right.get()));
            return;
        }
        if (column >= 0) {
            clause.use(column);
        } else {
            useNamed(at, entry.get());
        }
        int from = column >= 0 ? Math.min(at, column) : at;
        lastCompared = entry.get();
        found.add(new Condition.Comparison(entry.get().ref(), comparator, right.get()), from, Math.max(number, column));
    }

    /** "Passengers under 18", "over 60 years old": of people, a bare number is an age. */
    private boolean ofAge(int at, int number, int column) {
        boolean isNumber = clause.get(number).value() instanceof BigDecimal
                && !clause.get(number).text().endsWith("%");
        Optional<ColumnEntry> age =
                isNumber && clause.get(at).is(Tag.COMPARATOR) ? age(at, number, column) : Optional.empty();
        if (age.isEmpty()) {
            return false;
        }
        clause.use(at, number);
        Expression.Constant bound =
                new Expression.Constant(plain((BigDecimal) clause.get(number).value()));
        found.add(new Condition.Comparison(age.get().ref(), comparator(clause.get(at)), bound), at, number);
        return true;
    }

    private Optional<ColumnEntry> age(int at, int number, int column) {
        int before = clause.before(at);
        boolean ofFlag = column >= 0
                && clause.get(column).columns().stream()
                        .allMatch(m -> m.column().isFlag());
        boolean ofPeople = column == NONE
                && before >= 0
                && (isPerson(before)
                        || clause.get(before).is(Item.Kind.VALUE)
                        || clause.get(before).is(Item.Kind.TABLE)
                        || clause.get(before).is(Tag.RELATIVE));
        boolean saysAge = number + 1 < clause.size()
                && clause.get(number + 1).is(Tag.FILLER)
                && clause.get(number + 1).argument().equals("age");
        List<ColumnEntry> ages = decisions.index().columns().stream()
                .filter(c -> c.isNumeric() && c.parts().equals(List.of("age")))
                .toList();
        boolean meant =
                ages.size() == 1 && (saysAge || ofFlag || ofPeople) && column != COUNTED && column != BY_ADJECTIVE;
        if (meant) {
            decisions.note(
                    "'" + clause.get(at).text() + " " + clause.get(number).text() + "' is said of "
                            + ages.get(0).name() + ".",
                    0.1);
        }
        return meant ? Optional.of(ages.get(0)) : Optional.empty();
    }

    private boolean isPerson(int at) {
        return Lexicon.english()
                .find(List.of(clause.get(at).text().toLowerCase(Locale.ROOT)))
                .filter(m -> m.tag() == Tag.PERSON)
                .isPresent();
    }

    /** "Whose age is older than 60" names the column as well. */
    private void useNamed(int at, ColumnEntry column) {
        int before = clause.before(at);
        boolean names = clause.isAt(before, Item.Kind.COLUMN)
                && clause.get(before).columns().stream()
                        .anyMatch(m -> m.column().equals(column));
        if (names) {
            clause.use(before);
        }
    }

    /** "A price above the average price" names the column twice. */
    private void useAgain(int number, ColumnEntry compared) {
        int again = clause.after(number);
        boolean same = clause.get(number).is(Tag.AGGREGATE)
                && clause.isAt(again, Item.Kind.COLUMN)
                && clause.get(again).columns().stream().anyMatch(m -> m.column().equals(compared));
        if (same) {
            clause.use(again);
        }
    }

    /** "Negative profit", "profit is negative". */
    void signed(int at) {
        int after = clause.after(at);
        int column = clause.isAt(after, Item.Kind.COLUMN) ? after : clause.before(at);
        if (!clause.isAt(column, Item.Kind.COLUMN)) {
            return;
        }
        ColumnEntry entry = decisions.column(clause.get(column), ColumnEntry::isNumeric);
        if (entry.isNumeric()) {
            boolean isNegative = clause.get(at).argument().equals("less");
            clause.use(at);
            clause.use(column);
            found.add(
                    new Condition.Comparison(
                            entry.ref(),
                            isNegative ? Comparator.LESS : Comparator.GREATER,
                            new Expression.Constant(0L)),
                    Math.min(at, column),
                    Math.max(at, column));
        }
    }

    /** "20%" of a column that isn't stored in percent may be 0.2 as well as 20. */
    private boolean isForeignPercent(int at, ColumnEntry column) {
        boolean mayBeFraction = column.column().type() != ColumnType.INTEGER;
        return mayBeFraction
                && clause.get(at).text().endsWith("%")
                && !column.column().unit().equals(Column.PERCENT);
    }

    private boolean isOne(int at) {
        return at < clause.size() && clause.get(at).text().equalsIgnoreCase("one");
    }

    /** "Above 50 or below 46": the second comparison is of the same column. */
    private boolean repeats(int at) {
        int joint = clause.before(at);
        return clause.isAt(joint, Tag.OR) || clause.isAt(joint, Tag.AND);
    }

    private int comparedColumn(int at, int number) {
        if (clause.get(at).argument().indexOf(':') > 0) {
            int unit = clause.after(number);
            return unit == number + 1 && clause.isAt(unit, Item.Kind.COLUMN) && isCalledByNone(at)
                    ? unit
                    : BY_ADJECTIVE;
        }
        int before = clause.before(at);
        while (clause.isAt(before, Tag.RELATIVE) || clause.isAt(before, Tag.NOT)) {
            before = clause.before(before);
        }
        int after = clause.after(number);
        boolean directlyAfter = clause.isAt(after, Item.Kind.COLUMN) && after <= number + 2;
        boolean isThing = clause.isAt(before, Tag.WITH)
                || clause.isAt(clause.before(at), Tag.RELATIVE)
                || !clause.isAt(before, Item.Kind.COLUMN);
        if (clause.isAt(after, Tag.ROWS)
                || (clause.isAt(after, Item.Kind.TABLE) && clause.get(at).is(Tag.COMPARATOR))) {
            return COUNTED;
        }
        if ((isThing && directlyAfter) || clause.get(before < 0 ? at : before).is(Tag.WITH)) {
            return directlyAfter ? after : NONE;
        }
        return clause.isAt(before, Item.Kind.COLUMN) ? before : directlyAfter ? after : NONE;
    }

    /** "Longer than 500 milliseconds", where a column of milliseconds is the only length there is. */
    private boolean isCalledByNone(int at) {
        String words = clause.get(at).argument();
        return decisions
                .columnsCalled(words.substring(0, words.indexOf(':')), ColumnEntry::isNumeric)
                .isEmpty();
    }

    private Optional<ColumnEntry> compared(int at, int column) {
        if (column >= 0) {
            ColumnEntry entry = decisions.column(clause.get(column), ColumnEntry::isNumeric);
            return entry.isNumeric() || entry.isTemporal() ? Optional.of(entry) : Optional.empty();
        }
        String words = clause.get(at).argument();
        List<ColumnEntry> called =
                decisions.columnsCalled(words.substring(0, words.indexOf(':')), ColumnEntry::isNumeric);
        return called.isEmpty()
                ? Optional.empty()
                : Optional.of(decisions.pick(clause.get(at).text(), called));
    }

    /** A number, a date, or "the average", which is that of all rows. */
    private Optional<Expression> rightSide(int at, int column) {
        Item item = clause.get(at);
        if (isOne(at)) {
            return Optional.of(new Expression.Constant(1L));
        }
        if (item.value() instanceof BigDecimal number) {
            return Optional.of(new Expression.Constant(plain(number)));
        }
        if (item.value() instanceof LocalDate date) {
            return Optional.of(new Expression.Constant(date));
        }
        if (item.is(Tag.AGGREGATE) && column >= 0 && item.argument().matches("mean|median")) {
            ColumnEntry entry = decisions.column(clause.get(column), ColumnEntry::isNumeric);
            return entry.isNumeric()
                    ? Optional.of(new Expression.Overall(Measures.of(item.argument(), entry)))
                    : Optional.empty();
        }
        return Optional.empty();
    }

    /** Whole numbers as Long, so that they equal integers; others as they are. */
    static Object plain(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() <= 0 && stripped.precision() - stripped.scale() <= 18
                ? (Object) stripped.longValueExact()
                : number;
    }

    void between(int at) {
        int low = clause.after(at);
        if (low < clause.size()
                && (clause.get(low).is(Item.Kind.VALUE) || clause.get(low).is(Item.Kind.COLUMN))) {
            clause.use(at);
            return;
        }
        int and = clause.after(low);
        int high = clause.isAt(and, Tag.AND) || isTo(low + 1)
                ? clause.after(isTo(low + 1) ? low + 1 : and)
                : clause.size();
        if (high >= clause.size()
                || !(clause.get(low).value() instanceof BigDecimal from)
                || !(clause.get(high).value() instanceof BigDecimal to)) {
            return;
        }
        int column = comparedColumn(at, high);
        Optional<ColumnEntry> age = age(at, high, column);
        Optional<ColumnEntry> entry = age.isPresent() ? age : column >= 0 ? compared(at, column) : Optional.empty();
        if (entry.isEmpty() || isForeignPercent(low, entry.get()) || isForeignPercent(high, entry.get())) {
            return;
        }
        clause.use(at, high);
        if (age.isEmpty()) {
            clause.use(column);
        }
        Condition condition = new Condition.Between(
                entry.get().ref(), new Expression.Constant(plain(from)), new Expression.Constant(plain(to)));
        int named = age.isPresent() ? at : column;
        found.add(condition, Math.min(at, named), Math.max(high, named));
    }

    private boolean isTo(int at) {
        return at < clause.size() && clause.get(at).text().equalsIgnoreCase("to");
    }

    /** "Pclass 1", "survived = 1", "with 8 cylinders", "8 cylinder cars", "name is 'x'". */
    void equality(int at) {
        int sign = clause.before(at);
        boolean signed = clause.isMarkAt(sign, "=") || clause.isMarkAt(sign, "==");
        int before = signed ? clause.before(sign) : sign;
        boolean saysIs =
                before >= 0 && clause.items().subList(before + 1, at).stream().anyMatch(i -> i.is(Tag.IS));
        int after = at + 1;
        Object value = constant(clause.get(at));
        if (clause.isAt(before, Item.Kind.COLUMN) && (signed || saysIs || before == at - 1)) {
            equal(before, at, value, signed || saysIs, signed ? sign : at);
        } else if (clause.isAt(after, Item.Kind.COLUMN)
                && value instanceof Long
                && !clause.isAt(before, Tag.TOP)
                && !clause.isAt(before, Tag.BOTTOM)) {
            boolean with = clause.isAt(before, Tag.WITH) || clause.isAt(at - 1, Tag.WITH);
            equal(after, at, value, with, at);
        }
    }

    /** A number and those after it that "or" joins, marked as used. */
    private List<Expression.Constant> alternatives(int at) {
        List<Expression.Constant> values = new ArrayList<>(List.of(new Expression.Constant(constant(clause.get(at)))));
        int next = at + 1;
        while (clause.get(at).is(Item.Kind.NUMBER)
                && clause.isAt(next, Tag.OR)
                && clause.isAt(next + 1, Item.Kind.NUMBER)) {
            values.add(new Expression.Constant(constant(clause.get(next + 1))));
            clause.use(next, next + 1);
            next += 2;
        }
        return values;
    }

    private static Object constant(Item item) {
        if (item.is(Tag.TRUE) || item.is(Tag.FALSE)) {
            return item.is(Tag.TRUE);
        }
        return item.value() instanceof BigDecimal number ? plain(number) : item.value();
    }

    private void equal(int column, int at, Object value, boolean isSaid, int sign) {
        ColumnEntry entry = decisions.column(
                clause.get(column),
                c -> value instanceof String
                        ? !c.isNumeric()
                        : c.isNumeric() || c.column().type() == ColumnType.BOOLEAN);
        boolean fits = value instanceof Boolean
                ? entry.column().type() == ColumnType.BOOLEAN
                : value instanceof String ? entry.column().type() == ColumnType.TEXT : entry.isNumeric();
        if (!fits || isForeignPercent(at, entry) || (!isSaid && value instanceof Number && !entry.isSmallInteger())) {
            return;
        }
        clause.use(column);
        clause.use(at);
        clause.use(sign);
        List<Expression.Constant> others = alternatives(at);
        if (others.size() > 1) {
            found.add(new Condition.OneOf(entry.ref(), others), Math.min(column, at), Math.max(column, at));
        } else {
            found.add(FilterReader.equal(entry, value), Math.min(column, at), Math.max(column, at));
        }
    }
}
