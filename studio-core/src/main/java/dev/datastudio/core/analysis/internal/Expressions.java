package dev.datastudio.core.analysis.internal;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.core.analysis.Aggregate;
import dev.datastudio.core.analysis.Condition;
import dev.datastudio.core.analysis.Dimension;
import dev.datastudio.core.analysis.Dimension.Grouping;
import dev.datastudio.core.analysis.Expression;
import dev.datastudio.core.analysis.Expression.Applied;
import dev.datastudio.core.analysis.Expression.Arithmetic;
import dev.datastudio.core.analysis.Expression.ColumnRef;
import dev.datastudio.core.analysis.Expression.Constant;
import dev.datastudio.core.analysis.Expression.Operator;
import dev.datastudio.core.analysis.Expression.Overall;
import dev.datastudio.core.analysis.Expression.PartOf;
import dev.datastudio.core.analysis.Measure;
import dev.datastudio.core.analysis.Order;
import dev.datastudio.core.analysis.Step;
import dev.datastudio.core.analysis.StepColumn;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Values and measures as SQL over one set of rows. Immutable. */
final class Expressions {
    private final Dialect dialect;
    private final Schema schema;
    private final Function<ColumnRef, Sql> columns;
    private final Function<Measure.Aggregated, Sql> overall;
    private final Map<Expression, Dialect.Helpers> helpers;
    private final LocalDate today;
    private final Function<Step, Sql> steps;

    /**
     * @param today what relative dates are counted from
     * @param helpers what stands beside some values in these rows
     * @param columns what each column is called in these rows
     * @param overall the subquery of a measure over the rows before they were filtered
     * @param steps the statement of another step
     */
    Expressions(
            Dialect dialect,
            Schema schema,
            Function<ColumnRef, Sql> columns,
            Function<Measure.Aggregated, Sql> overall,
            Map<Expression, Dialect.Helpers> helpers,
            Function<Step, Sql> steps,
            LocalDate today) {
        this.today = today;
        this.helpers = helpers;
        this.steps = steps;
        this.dialect = dialect;
        this.schema = schema;
        this.columns = columns;
        this.overall = overall;
    }

    Dialect dialect() {
        return dialect;
    }

    Schema schema() {
        return schema;
    }

    /** A measure over the rows before they were filtered. */
    Sql overall(Measure.Aggregated measure) {
        return overall.apply(measure);
    }

    Sql of(Expression expression) {
        if (expression instanceof ColumnRef ref) {
            return columns.apply(ref);
        } else if (expression instanceof Constant constant) {
            return dialect.typed(constant.value());
        } else if (expression instanceof Arithmetic a) {
            return of(a);
        } else if (expression instanceof PartOf p) {
            return dialect.part(p.part(), of(p.date()));
        } else if (expression instanceof Applied f) {
            return dialect.apply(f.function(), of(f.argument()));
        } else if (expression instanceof Overall o) {
            return overall.apply(o.measure());
        } else if (expression instanceof Expression.Previous p) {
            Sql order = dialect.windowKey(of(p.order()), Order.Direction.ASCENDING);
            return Sql.of("lag(", of(p.of()), ") OVER (ORDER BY ", order, ")");
        } else if (expression instanceof Expression.RowNumber) {
            return dialect.rowNumber();
        } else if (expression instanceof Expression.Choice c) {
            return of(c);
        } else if (expression instanceof Expression.ResultOf r) {
            return rows(r.step()).inBrackets();
        }
        throw new AssertionError(expression);
    }

    private Sql of(Expression.Choice choice) {
        List<Sql> parts = new ArrayList<>();
        for (Expression.Branch branch : choice.branches()) {
            parts.add(Sql.of(" WHEN ", holds(branch.when()), " THEN ", of(branch.then())));
        }
        Expression otherwise = choice.otherwise();
        Sql rest = otherwise == null ? Sql.EMPTY : Sql.of(" ELSE ", of(otherwise));
        return Sql.of("CASE", Sql.join("", parts), rest, " END");
    }

    /** A condition on single rows, as one value. */
    private Sql holds(Condition condition) {
        List<Sql> parts = new Conditions(this, m -> Sql.of("NULL"), today).parts(condition);
        return parts.isEmpty() ? Sql.of("1 = 1") : Sql.join(" AND ", parts);
    }

    /** The rows of another step, as a statement. */
    Sql rows(Step step) {
        return steps.apply(step);
    }

    /** What the first column of another step is called in its rows. */
    Sql firstColumn(Step step) {
        Dimension first = step.dimensions().get(0);
        return new Output(dialect)
                .add(
                        Words.of(first),
                        schema.unit(first.of()),
                        schema.type(first.of()),
                        new StepColumn.Origin.OfDimension(0));
    }

    /** A dimension that is grouped by its values or by time; bins need the rows' edges first. */
    Sql of(Dimension dimension) {
        Sql value = exact(dimension.of());
        return dimension.grouping() instanceof Grouping.ByTime time ? dialect.grain(time.grain(), value) : value;
    }

    /** A value that rows are grouped or sorted by. */
    Sql exact(Expression value) {
        return dialect.exact(of(value), schema.type(value));
    }

    /** An aggregate of a value in these rows. */
    Sql aggregate(Aggregate aggregate, Expression of, Sql value, double fraction) {
        Dialect.Helpers beside = helpers.get(of);
        return dialect.needsHelpers(aggregate) && beside != null
                ? dialect.aggregate(aggregate, value, fraction, beside)
                : dialect.aggregate(aggregate, value, fraction, schema.type(of));
    }

    /** A measure before its transform. */
    Sql of(Measure measure) {
        if (measure instanceof Measure.Aggregated aggregated) {
            return of(aggregated);
        } else if (measure instanceof Measure.Ratio ratio) {
            return dialect.divide(operand(ratio.numerator()), of(ratio.denominator()));
        } else if (measure instanceof Measure.Portion portion) {
            Sql count = Sql.of("count(CASE WHEN ", holds(portion.of()), " THEN 1 END)");
            return dialect.divide(Sql.of("(100.0 * ", count, ")"), Sql.of("count(*)"));
        } else if (measure instanceof Measure.Moving moving) {
            return of(moving.of());
        } else if (measure instanceof Measure.Nested nested) {
            return of(nested.of());
        }
        throw new AssertionError(measure);
    }

    private Sql of(Measure.Aggregated measure) {
        Expression of = measure.of();
        if (of == null) {
            return Sql.of("count(*)");
        }
        ColumnType type = schema.type(of);
        if (measure.aggregate() == Aggregate.MISSING || measure.aggregate() == Aggregate.MISSING_SHARE) {
            return missing(measure.aggregate(), of(of));
        }
        if (measure.aggregate() == Aggregate.CONFIDENCE_LOW || measure.aggregate() == Aggregate.CONFIDENCE_HIGH) {
            return confidence(measure, of);
        }
        boolean compares = switch (measure.aggregate()) {
            case MIN, MAX, MODE, COUNT_DISTINCT -> true;
            default -> false;
        };
        Sql value = compares ? exact(of) : of(of);
        if (type == ColumnType.BOOLEAN
                && (measure.aggregate() == Aggregate.SUM || measure.aggregate() == Aggregate.MEAN)) {
            value = dialect.asWhole(value);
        }
        return aggregate(measure.aggregate(), of, value, measure.fraction());
    }

    private Sql confidence(Measure.Aggregated measure, Expression of) {
        Sql value = of(of);
        Sql mean = aggregate(Aggregate.MEAN, of, value, 0);
        Sql error = aggregate(Aggregate.STANDARD_ERROR, of, value, 0);
        Sql quantile = StudentInterval.quantile(dialect, Sql.of("count(", value, ")"), measure.fraction());
        String sign = measure.aggregate() == Aggregate.CONFIDENCE_LOW ? " - " : " + ";
        return Sql.of(mean, sign, "(", quantile, ") * (", error, ")");
    }

    private Sql missing(Aggregate aggregate, Sql value) {
        Sql count = Sql.of("count(*) - count(", value, ")");
        return aggregate == Aggregate.MISSING
                ? count
                : dialect.divide(Sql.of("(100.0 * (", count, "))"), Sql.of("count(*)"));
    }

    private Sql operand(Measure.Aggregated measure) {
        boolean difference = switch (measure.aggregate()) {
            case RANGE, INTERQUARTILE_RANGE, MISSING -> true;
            default -> false;
        };
        return difference ? Sql.of("(", of(measure), ")") : of(measure);
    }

    private Sql of(Arithmetic a) {
        if (a.operator() == Operator.SUBTRACT
                && schema.type(a.left()).isTemporal()
                && schema.type(a.right()).isTemporal()) {
            return dialect.daysBetween(of(a.right()), of(a.left()));
        }
        Sql left = operand(a.left());
        Sql right = operand(a.right());
        return switch (a.operator()) {
            case ADD -> Sql.of(left, " + ", right);
            case SUBTRACT -> Sql.of(left, " - ", right);
            case MULTIPLY -> Sql.of(left, " * ", right);
            case DIVIDE -> dialect.divide(left, right);
        };
    }

    private Sql operand(Expression expression) {
        boolean composite = expression instanceof Arithmetic || expression instanceof Applied;
        return composite ? Sql.of("(", of(expression), ")") : of(expression);
    }
}
