package dev.datastudio.core.analysis;

import java.util.List;
import java.util.stream.Stream;

/** What a row, or a group, must fulfil. A comparison with a missing value is never fulfilled. Immutable. */
public sealed interface Condition {
    /** Every part holds; no part means always. */
    record All(List<Condition> parts) implements Condition {
        public All {
            parts = List.copyOf(parts);
        }
    }

    /** At least one part holds. */
    record Any(List<Condition> parts) implements Condition {
        public Any {
            parts = List.copyOf(parts);
        }
    }

    /** The part doesn't hold. */
    record Not(Condition part) implements Condition {}

    /** Two values compared. Texts are compared regardless of letter case when equal or unequal. */
    record Comparison(Expression left, Comparator comparator, Expression right) implements Condition {}

    /** From low to high, both included. */
    record Between(Expression value, Expression low, Expression high) implements Condition {}

    /** One of some values; texts regardless of letter case. */
    record OneOf(Expression value, List<Expression.Constant> values) implements Condition {
        public OneOf {
            values = List.copyOf(values);
        }
    }

    /** A text that begins with, ends with or contains another, regardless of letter case. */
    record TextMatch(Expression value, Position position, String text) implements Condition {}

    /** No value. */
    record Missing(Expression value) implements Condition {}

    /**
     * A calendar period counted from today: "last month" is one month, beginning one month before the current one.
     *
     * @param date what must lie in it
     * @param unit the calendar unit, whole units only
     * @param offset where it begins, in units from the current one; -1 is the one before
     * @param length how many units, at least 1
     */
    record RelativePeriod(Expression date, TimeGrain unit, int offset, int length) implements Condition {
        /** @throws IllegalArgumentException if the length is below 1 */
        public RelativePeriod {
            if (length < 1) {
                throw new IllegalArgumentException("length must be at least 1, was " + length);
            }
        }
    }

    /**
     * The value is one of those that another step gives, as in "customers who have an order"; a missing value never is.
     *
     * @param rows a {@link Operation#LIST} or {@link Operation#AGGREGATE} over tables of its own; its first dimension
     *     gives the values
     */
    record Among(Expression value, Step rows) implements Condition {}

    /** A measure of the group compared with a value; only for {@link Step#having()}. */
    record MeasureComparison(Measure measure, Comparator comparator, Expression right) implements Condition {}

    /** How two values are compared. */
    enum Comparator {
        EQUAL,
        NOT_EQUAL,
        LESS,
        LESS_OR_EQUAL,
        GREATER,
        GREATER_OR_EQUAL
    }

    /** Where a text is looked for. */
    enum Position {
        START,
        END,
        ANYWHERE
    }

    /** Fulfilled by everything. */
    static Condition always() {
        return new All(List.of());
    }

    /** All of some conditions, without those that always hold. */
    static Condition all(List<Condition> parts) {
        List<Condition> real = parts.stream().filter(p -> !p.equals(always())).toList();
        return real.size() == 1 ? real.get(0) : new All(real);
    }

    /** Whether it depends on today's date. */
    default boolean isRelativeToToday() {
        if (this instanceof RelativePeriod) {
            return true;
        }
        return steps().anyMatch(Step::isRelativeToToday) || children().anyMatch(Condition::isRelativeToToday);
    }

    /** The steps that must be answered first: those that values are compared with. */
    default Stream<Step> steps() {
        Stream<Step> rows = this instanceof Among among ? Stream.of(among.rows()) : Stream.empty();
        return Stream.concat(operands().flatMap(Expression::steps), rows);
    }

    /** The columns read of the step's own tables, in order of first use, without repeats. */
    default List<Expression.ColumnRef> columns() {
        Stream<Expression.ColumnRef> measured =
                this instanceof MeasureComparison m ? m.measure().columns().stream() : Stream.empty();
        return Stream.of(
                        measured,
                        operands().flatMap(o -> o.columns().stream()),
                        children().flatMap(c -> c.columns().stream()))
                .flatMap(columns -> columns)
                .distinct()
                .toList();
    }

    /**
     * The values that this condition itself looks at or compares with, in the order of its parts; those of the
     * conditions within it, and the measure of a {@link MeasureComparison}, are not among them.
     */
    default Stream<Expression> operands() {
        if (this instanceof Comparison c) {
            return Stream.of(c.left(), c.right());
        } else if (this instanceof Between b) {
            return Stream.of(b.value(), b.low(), b.high());
        } else if (this instanceof OneOf o) {
            return Stream.concat(Stream.of(o.value()), o.values().stream());
        } else if (this instanceof TextMatch t) {
            return Stream.of(t.value());
        } else if (this instanceof Missing m) {
            return Stream.of(m.value());
        } else if (this instanceof RelativePeriod p) {
            return Stream.of(p.date());
        } else if (this instanceof Among a) {
            return Stream.of(a.value());
        } else if (this instanceof MeasureComparison m) {
            return Stream.of(m.right());
        } else if (this instanceof All || this instanceof Any || this instanceof Not) {
            return Stream.empty();
        }
        throw new AssertionError(this);
    }

    /** The conditions directly within this one. */
    default Stream<Condition> children() {
        if (this instanceof All all) {
            return all.parts().stream();
        } else if (this instanceof Any any) {
            return any.parts().stream();
        } else if (this instanceof Not not) {
            return Stream.of(not.part());
        }
        return Stream.empty();
    }
}
