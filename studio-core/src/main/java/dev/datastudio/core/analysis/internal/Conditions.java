package dev.datastudio.core.analysis.internal;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.core.analysis.Condition;
import dev.datastudio.core.analysis.Condition.Comparator;
import dev.datastudio.core.analysis.Expression;
import dev.datastudio.core.analysis.Expression.Constant;
import dev.datastudio.core.analysis.Measure;
import dev.datastudio.core.analysis.TimeGrain;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Conditions as SQL. Immutable. */
final class Conditions {
    private static final String ESCAPE = "!";

    private final Expressions expressions;
    private final Function<Measure, Sql> measures;
    private final LocalDate today;

    /** @param measures what each measure of a group is called where the condition stands */
    Conditions(Expressions expressions, Function<Measure, Sql> measures, LocalDate today) {
        this.expressions = expressions;
        this.measures = measures;
        this.today = today;
    }

    /** The conditions as they stand after WHERE, one a line; empty when they always hold. */
    static Sql clause(String keyword, List<Sql> conditions) {
        return conditions.isEmpty() ? Sql.EMPTY : Sql.of("\n" + keyword + " ", Sql.join("\n  AND ", conditions));
    }

    /** The parts that must all hold, each safe to be joined by AND. */
    List<Sql> parts(Condition condition) {
        if (condition instanceof Condition.All all) {
            List<Sql> parts = new ArrayList<>();
            for (Condition part : all.parts()) {
                parts.addAll(parts(part));
            }
            return parts;
        }
        return List.of(of(condition));
    }

    private Sql of(Condition condition) {
        if (condition instanceof Condition.All all) {
            List<Sql> parts = parts(all);
            return parts.isEmpty() ? Sql.of("1 = 1") : Sql.of("(", Sql.join(" AND ", parts), ")");
        } else if (condition instanceof Condition.Any any) {
            return Sql.of(
                    "(", Sql.join(" OR ", any.parts().stream().map(this::of).toList()), ")");
        } else if (condition instanceof Condition.Not not) {
            return Sql.of("NOT (", of(not.part()), ")");
        } else if (condition instanceof Condition.Comparison c) {
            return compared(c);
        } else if (condition instanceof Condition.Between b) {
            return between(b);
        } else if (condition instanceof Condition.OneOf o) {
            return oneOf(o);
        } else if (condition instanceof Condition.TextMatch t) {
            return matched(t);
        } else if (condition instanceof Condition.Missing m) {
            return Sql.of(bracketed(m.value()), " IS NULL");
        } else if (condition instanceof Condition.RelativePeriod p) {
            return within(p);
        } else if (condition instanceof Condition.Among a) {
            return among(a);
        } else if (condition instanceof Condition.MeasureComparison m) {
            return Sql.of(measures.apply(m.measure()), comparator(m.comparator()), bracketed(m.right()));
        }
        throw new AssertionError(condition);
    }

    private static String comparator(Comparator comparator) {
        return switch (comparator) {
            case EQUAL -> " = ";
            case NOT_EQUAL -> " <> ";
            case LESS -> " < ";
            case LESS_OR_EQUAL -> " <= ";
            case GREATER -> " > ";
            case GREATER_OR_EQUAL -> " >= ";
        };
    }

    private Sql compared(Condition.Comparison c) {
        String comparator = comparator(c.comparator());
        boolean equality = c.comparator() == Comparator.EQUAL || c.comparator() == Comparator.NOT_EQUAL;
        if (equality && isText(c.left()) && isText(c.right())) {
            return Sql.of(caseless(c.left()), comparator, caseless(c.right()));
        }
        return Sql.of(beside(c.left(), c.right()), comparator, beside(c.right(), c.left()));
    }

    /** Missing values are left out, because beside one of them "not in" is never true. */
    private Sql among(Condition.Among a) {
        Sql rows = expressions.rows(a.rows());
        Sql name = expressions.firstColumn(a.rows());
        return Sql.of(
                Sql.of(expressions.exact(a.value()), " IN (SELECT ", name, " FROM ", rows.inBrackets()),
                Sql.of(" AS among WHERE ", name, " IS NOT NULL)"));
    }

    private Sql between(Condition.Between b) {
        boolean days = isDay(b.low()) && isDay(b.high());
        Sql value = days ? beside(b.value(), b.low()) : compared(b.value());
        if (days || !(isDay(b.low()) || isDay(b.high()))) {
            return Sql.of(value, " BETWEEN ", bracketed(b.low()), " AND ", bracketed(b.high()));
        }
        return Sql.of(
                "(",
                Sql.of(beside(b.value(), b.low()), " >= ", bracketed(b.low())),
                " AND ",
                Sql.of(beside(b.value(), b.high()), " <= ", bracketed(b.high())),
                ")");
    }

    private Sql oneOf(Condition.OneOf o) {
        boolean text = isText(o.value());
        List<Sql> values =
                o.values().stream().map(v -> text ? caseless(v) : bracketed(v)).toList();
        boolean days = o.values().stream().allMatch(Conditions::isDay);
        Sql value =
                text ? caseless(o.value()) : days ? beside(o.value(), o.values().get(0)) : compared(o.value());
        return Sql.of(value, " IN (", Sql.join(", ", values), ")");
    }

    private Sql matched(Condition.TextMatch t) {
        String escaped =
                t.text().replace(ESCAPE, ESCAPE + ESCAPE).replace("%", "!%").replace("_", "!_");
        String pattern = switch (t.position()) {
            case START -> escaped + "%";
            case END -> "%" + escaped;
            case ANYWHERE -> "%" + escaped + "%";
        };
        Sql condition = Sql.of(caseless(t.value()), " LIKE ", caseless(new Constant(pattern)));
        // A backslash is an escape unless another one is named, in some engines.
        boolean plain = escaped.equals(t.text()) && t.text().indexOf('\\') < 0;
        return plain ? condition : Sql.of(condition, " ESCAPE '" + ESCAPE + "'");
    }

    private Sql within(Condition.RelativePeriod p) {
        LocalDate begin = plus(begin(p.unit(), today), p.unit(), p.offset());
        LocalDate end = plus(begin, p.unit(), p.length());
        Sql date = compared(p.date());
        Dialect dialect = expressions.dialect();
        return Sql.of("(", date, " >= ", dialect.value(begin), " AND ", date, " < ", dialect.value(end), ")");
    }

    /** The first day of the unit that a day lies in. */
    static LocalDate begin(TimeGrain unit, LocalDate day) {
        return switch (unit) {
            case YEAR -> day.withDayOfYear(1);
            case QUARTER -> day.withDayOfMonth(1).withMonth((day.getMonthValue() - 1) / 3 * 3 + 1);
            case MONTH -> day.withDayOfMonth(1);
            case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            default -> day;
        };
    }

    /** The day some units later. */
    static LocalDate plus(LocalDate day, TimeGrain unit, int count) {
        return switch (unit) {
            case YEAR -> day.plusYears(count);
            case QUARTER -> day.plusMonths(3L * count);
            case MONTH -> day.plusMonths(count);
            case WEEK -> day.plusWeeks(count);
            default -> day.plusDays(count);
        };
    }

    /** A value beside the one it is compared with: a point in time is compared with a day by its day. */
    private Sql beside(Expression value, Expression other) {
        boolean point = expressions.schema().type(value) == ColumnType.TIMESTAMP;
        return point && isDay(other) ? expressions.dialect().asDate(expressions.of(value)) : compared(value);
    }

    /** A value in the form in which the engine compares it right. */
    private Sql compared(Expression value) {
        Sql sql = bracketed(value);
        return value instanceof Constant
                ? sql
                : expressions.dialect().compared(sql, expressions.schema().type(value));
    }

    private Sql bracketed(Expression value) {
        if (value instanceof Constant constant) {
            return expressions.dialect().value(constant.value());
        }
        boolean branches = value instanceof Expression.Applied;
        return branches ? Sql.of("(", expressions.of(value), ")") : expressions.of(value);
    }

    private Sql caseless(Expression value) {
        if (value instanceof Constant constant && constant.value() instanceof String text) {
            boolean ascii = text.chars().allMatch(c -> c < 128);
            return ascii ? Sql.value(text.toLowerCase(Locale.ROOT)) : Sql.of("lower(", Sql.value(text), ")");
        }
        return Sql.of("lower(", expressions.of(value), ")");
    }

    private boolean isText(Expression value) {
        return expressions.schema().type(value) == ColumnType.TEXT;
    }

    private static boolean isDay(Expression value) {
        return value instanceof Constant constant && constant.value() instanceof LocalDate;
    }
}
