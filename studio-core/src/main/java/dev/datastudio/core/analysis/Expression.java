package dev.datastudio.core.analysis;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A value computed for each row, or a constant. Immutable. */
public sealed interface Expression {
    /**
     * A column.
     *
     * @param table its table's name in SQL
     * @param name as in the data set, letter case aside
     */
    record ColumnRef(String table, String name) implements Expression {}

    /**
     * A constant.
     *
     * @param value a Boolean, Long, finite Double, BigDecimal, String, LocalDate or LocalDateTime
     */
    record Constant(Object value) implements Expression {
        private static final Set<Class<?>> TYPES = Set.of(
                Boolean.class,
                Long.class,
                Double.class,
                BigDecimal.class,
                String.class,
                LocalDate.class,
                LocalDateTime.class);

        /** @throws IllegalArgumentException if the value is of another type or not finite */
        public Constant {
            if (!TYPES.contains(value.getClass())) {
                throw new IllegalArgumentException("value must be one of " + TYPES + ", was a "
                        + value.getClass().getName());
            }
            if (value instanceof Double number && !Double.isFinite(number)) {
                throw new IllegalArgumentException("value must be finite, was " + value);
            }
        }

        /** Whether a value is of a type that constants have, and finite. */
        public static boolean isConstant(Object value) {
            return TYPES.contains(value.getClass()) && !(value instanceof Double d && !Double.isFinite(d));
        }
    }

    /** Two numbers combined; a division by zero gives a missing value. */
    record Arithmetic(Operator operator, Expression left, Expression right) implements Expression {}

    /** A part of a date or time as a number or name: the month of a date regardless of its year. */
    record PartOf(DatePart part, Expression date) implements Expression {}

    /** A function of one value. */
    record Applied(Function function, Expression argument) implements Expression {}

    /**
     * One number over all rows that the step reads, as in "more than the average".
     *
     * @param measure computed over the step's source without its filter
     */
    record Overall(Measure.Aggregated measure) implements Expression {}

    /**
     * The value of the first branch whose condition holds.
     *
     * @param branches at least one, their values of one type
     * @param otherwise the value when none holds; null for a missing one
     */
    record Choice(List<Branch> branches, @Nullable Expression otherwise) implements Expression {
        /** @throws IllegalArgumentException if there is no branch */
        public Choice {
            branches = List.copyOf(branches);
            if (branches.isEmpty()) {
                throw new IllegalArgumentException("branches must not be empty");
            }
        }
    }

    /** A condition and the value that belongs to it. */
    record Branch(Condition when, Expression then) {}

    /**
     * The value of the row before, by an order; missing in the first. Only where a column is derived.
     *
     * @param of whose value
     * @param order what the rows are ordered by, rising
     */
    record Previous(Expression of, Expression order) implements Expression {}

    /**
     * The place of a row in its table, from 1, in the order that the table was imported in. Only where a column is
     * derived, of a single table, and only on engines that keep that order.
     */
    record RowNumber() implements Expression {}

    /**
     * One value that another step gives, as in "older than the average of the teachers".
     *
     * @param step an {@link Operation#AGGREGATE} over tables of its own, with one measure and no dimension
     */
    record ResultOf(Step step) implements Expression {}

    /** How two numbers are combined. */
    enum Operator {
        ADD,
        SUBTRACT,
        MULTIPLY,
        DIVIDE
    }

    /** A function of one value. */
    enum Function {
        ABSOLUTE,
        ROUND,
        NATURAL_LOG,
        SQUARE_ROOT,
        LENGTH,
        LOWER,
        UPPER,
        /** The first number that a text writes: 1234.5 of "$1,234.5 (2010)"; missing where there is none. */
        NUMBER_IN_TEXT
    }

    /** A column. */
    static Expression column(String table, String name) {
        return new ColumnRef(table, name);
    }

    /** The steps that must be answered first. */
    default Stream<Step> steps() {
        if (this instanceof ResultOf r) {
            return Stream.of(r.step());
        } else if (this instanceof Arithmetic a) {
            return Stream.concat(a.left().steps(), a.right().steps());
        } else if (this instanceof PartOf p) {
            return p.date().steps();
        } else if (this instanceof Applied f) {
            return f.argument().steps();
        }
        return Stream.empty();
    }

    /** The columns read of the step's own tables, in order of first use, without repeats. */
    default List<ColumnRef> columns() {
        if (this instanceof ColumnRef ref) {
            return List.of(ref);
        } else if (this instanceof Constant || this instanceof ResultOf || this instanceof RowNumber) {
            return List.of();
        } else if (this instanceof Arithmetic a) {
            return Stream.concat(a.left().columns().stream(), a.right().columns().stream())
                    .distinct()
                    .toList();
        } else if (this instanceof PartOf p) {
            return p.date().columns();
        } else if (this instanceof Applied f) {
            return f.argument().columns();
        } else if (this instanceof Overall o) {
            return o.measure().columns();
        } else if (this instanceof Previous p) {
            return Stream.concat(p.of().columns().stream(), p.order().columns().stream())
                    .distinct()
                    .toList();
        } else if (this instanceof Choice c) {
            return Stream.concat(
                            c.branches().stream()
                                    .flatMap(b ->
                                            Stream.concat(b.when().columns().stream(), b.then().columns().stream())),
                            Stream.ofNullable(c.otherwise()).flatMap(o -> o.columns().stream()))
                    .distinct()
                    .toList();
        }
        throw new AssertionError(this);
    }
}
