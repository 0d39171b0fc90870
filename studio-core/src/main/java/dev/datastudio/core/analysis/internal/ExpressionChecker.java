package dev.datastudio.core.analysis.internal;

import static dev.datastudio.api.error.StudioException.quote;

import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.core.analysis.Aggregate;
import dev.datastudio.core.analysis.Condition;
import dev.datastudio.core.analysis.DatePart;
import dev.datastudio.core.analysis.Dimension;
import dev.datastudio.core.analysis.Expression;
import dev.datastudio.core.analysis.Expression.Applied;
import dev.datastudio.core.analysis.Expression.Arithmetic;
import dev.datastudio.core.analysis.Expression.ColumnRef;
import dev.datastudio.core.analysis.Expression.Constant;
import dev.datastudio.core.analysis.Expression.Function;
import dev.datastudio.core.analysis.Expression.Operator;
import dev.datastudio.core.analysis.Expression.Overall;
import dev.datastudio.core.analysis.Expression.PartOf;
import dev.datastudio.core.analysis.Measure;
import dev.datastudio.core.analysis.Operation;
import dev.datastudio.core.analysis.Step;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Checks values and measures, and gives tables and columns their real spelling. Not thread-safe; one for each step. */
final class ExpressionChecker {
    private final Schema schema;
    private final List<String> tables;
    private final Problems problems;
    private boolean derives;

    /** @param tables those of the step, as the data sets spell them */
    ExpressionChecker(Schema schema, List<String> tables, Problems problems) {
        this.schema = schema;
        this.tables = tables;
        this.problems = problems;
    }

    ColumnType type(Expression expression) {
        return schema.type(expression);
    }

    Expression check(Expression expression, String path) {
        if (expression instanceof ColumnRef ref) {
            return check(ref, path);
        } else if (expression instanceof Constant) {
            return expression;
        } else if (expression instanceof Arithmetic a) {
            return check(a, path);
        } else if (expression instanceof PartOf p) {
            return check(p, path);
        } else if (expression instanceof Applied f) {
            return check(f, path);
        } else if (expression instanceof Overall o) {
            return new Overall((Measure.Aggregated) check(o.measure(), path + ".overall"));
        } else if (expression instanceof Expression.Previous p) {
            return check(p, path);
        } else if (expression instanceof Expression.RowNumber) {
            return checkRowNumber(path);
        } else if (expression instanceof Expression.Choice c) {
            return check(c, path);
        } else if (expression instanceof Expression.ResultOf r) {
            return check(r, path + ".result_of");
        }
        throw new AssertionError(expression);
    }

    private Expression check(Expression.ResultOf r, String path) {
        Step step = r.step();
        boolean isOne = step.operation() == Operation.AGGREGATE
                && step.dimensions().isEmpty()
                && step.measures().size() == 1;
        if (!isOne) {
            problems.add(
                    path,
                    "More than one value stands where one is compared",
                    "Use the operation 'aggregate' with one measure and no dimension");
        }
        return new Expression.ResultOf(check(step, path));
    }

    /** A step whose answer this one reads; it has tables of its own. */
    Step check(Step step, String path) {
        return new StepChecker(schema, problems.list()).check(step, path);
    }

    ColumnRef check(ColumnRef ref, String path) {
        Optional<Dataset> table = schema.findTable(ref.table()).filter(t -> tables.contains(t.table()));
        if (table.isEmpty()) {
            problems.add(
                    path,
                    "Table " + quote(ref.table()) + " of column " + quote(ref.name()) + " is not read by this step",
                    "Use one of " + tables);
            return ref;
        }
        Optional<Column> column = schema.findColumn(ref);
        if (column.isEmpty()) {
            problems.add(
                    path,
                    "Column " + quote(ref.name()) + " is not in table "
                            + quote(table.get().table()),
                    mend(ref, schema.columnNames(ref.table())));
            return ref;
        }
        return new ColumnRef(table.get().table(), column.get().name());
    }

    /** Whether every column of an expression is there, so that its type means something. */
    boolean isKnown(Expression expression) {
        return expression.steps().allMatch(this::isKnown)
                && expression.columns().stream()
                        .allMatch(c -> schema.findColumn(c).isPresent());
    }

    private boolean isKnown(Step step) {
        return step.measures().stream()
                .flatMap(m -> m.columns().stream())
                .allMatch(c -> schema.findColumn(c).isPresent());
    }

    Measure check(Measure measure, String path) {
        if (measure instanceof Measure.Aggregated aggregated) {
            return checkAggregated(aggregated, path);
        } else if (measure instanceof Measure.Ratio ratio) {
            return checkRatio(ratio, path);
        } else if (measure instanceof Measure.Portion portion) {
            Condition of = new ConditionChecker(this, problems).ofRows(portion.of(), path + ".share_of");
            return new Measure.Portion(of, portion.transform());
        } else if (measure instanceof Measure.Moving moving) {
            return checkMoving(moving, path);
        } else if (measure instanceof Measure.Nested nested) {
            return checkNested(nested, path);
        }
        throw new AssertionError(measure);
    }

    /** Aggregates that can be put together from the numbers of parts. */
    private static final Set<Aggregate> OVER_PARTS = EnumSet.of(
            Aggregate.MEAN,
            Aggregate.SUM,
            Aggregate.MIN,
            Aggregate.MAX,
            Aggregate.MEDIAN,
            Aggregate.STANDARD_DEVIATION);

    /** Aggregates that parts can have. */
    private static final Set<Aggregate> OF_PARTS = EnumSet.of(
            Aggregate.SUM, Aggregate.COUNT, Aggregate.COUNT_DISTINCT, Aggregate.MEAN, Aggregate.MIN, Aggregate.MAX);

    private Measure checkMoving(Measure.Moving moving, String path) {
        Measure.Aggregated of = checkAggregated(moving.of(), path + ".of");
        requirePlain(of, path);
        requireNumber(of, path, "What moves is a number");
        return new Measure.Moving(of, moving.aggregate(), moving.length());
    }

    private Measure checkNested(Measure.Nested nested, String path) {
        Measure.Aggregated of = checkAggregated(nested.of(), path + ".of");
        requirePlain(of, path);
        requireNumber(of, path, "An aggregate of parts is of numbers");
        boolean simple = OVER_PARTS.contains(nested.aggregate()) && OF_PARTS.contains(of.aggregate());
        if (!simple) {
            problems.add(
                    path,
                    "The " + Words.lower(nested.aggregate()) + " of parts' " + Words.lower(of.aggregate())
                            + " can't be computed",
                    "Use one of " + OVER_PARTS + " over one of " + OF_PARTS);
        }
        List<Dimension> within = nested.within().stream()
                .map(d -> new Dimension(check(d.of(), path + ".within"), d.grouping()))
                .toList();
        if (within.stream().anyMatch(d -> d.grouping().makesRanges())) {
            problems.add(path + ".within", "Parts are ranges of numbers", "Cut groups by values or by time");
        }
        return new Measure.Nested(nested.aggregate(), of, within);
    }

    private void requirePlain(Measure.Aggregated part, String path) {
        if (part.transform() != Measure.Transform.NONE) {
            problems.add(path + ".of", "An inner measure has a transform", "Leave the transform out");
        }
    }

    private Measure checkRatio(Measure.Ratio ratio, String path) {
        Measure.Aggregated numerator = checkAggregated(ratio.numerator(), path + ".numerator");
        Measure.Aggregated denominator = checkAggregated(ratio.denominator(), path + ".denominator");
        for (Measure.Aggregated part : List.of(numerator, denominator)) {
            if (part.transform() != Measure.Transform.NONE) {
                problems.add(path, "A part of a ratio has a transform", "Put the transform on the ratio itself");
            }
            requireNumber(part, path, "A ratio is of numbers");
        }
        return new Measure.Ratio(numerator, denominator, ratio.transform());
    }

    private Measure.Aggregated checkAggregated(Measure.Aggregated measure, String path) {
        Expression of = measure.of();
        if (of == null) {
            return measure;
        }
        Expression checked = check(of, path + ".of");
        ColumnType type = type(checked);
        if (isKnown(checked) && !Schema.fits(measure.aggregate(), type)) {
            problems.add(
                    path,
                    "The " + Words.lower(measure.aggregate()) + " of " + quote(Words.of(checked))
                            + " is not defined: its values are " + Words.lower(type),
                    measure.aggregate().needsNumber()
                            ? "Use a column of numbers" + numbers()
                            : "Use the aggregate 'count'");
        }
        boolean isLevel =
                measure.aggregate() == Aggregate.CONFIDENCE_LOW || measure.aggregate() == Aggregate.CONFIDENCE_HIGH;
        if (isLevel && (measure.fraction() <= 0 || measure.fraction() >= 1)) {
            problems.add(
                    path + ".fraction",
                    "The level of a confidence interval is " + measure.fraction(),
                    "Give a fraction between 0 and 1, such as 0.95");
        }
        if (measure.fraction() != 0 && !measure.aggregate().takesFraction()) {
            problems.add(
                    path + ".fraction",
                    "A fraction is given for the aggregate " + quote(Words.lower(measure.aggregate())),
                    "Leave it out; only 'percentile', 'confidence_low' and 'confidence_high' have one");
        }
        Measure.Aggregated result =
                new Measure.Aggregated(measure.aggregate(), checked, measure.fraction(), measure.transform());
        if (measure.transform() != Measure.Transform.NONE) {
            requireNumber(result, path, "A transform is of numbers");
        }
        return result;
    }

    private void requireNumber(Measure.Aggregated measure, String path, String rule) {
        Expression of = measure.of();
        Measure plain = new Measure.Aggregated(measure.aggregate(), of, measure.fraction(), Measure.Transform.NONE);
        if ((of == null || isKnown(of)) && !schema.type(plain).isNumeric()) {
            problems.add(
                    path,
                    rule + ", but " + quote(Words.of(plain)) + " is " + Words.lower(schema.type(plain)),
                    "Use an aggregate that gives a number");
        }
    }

    private Expression check(Arithmetic a, String path) {
        Expression left = check(a.left(), path + ".left");
        Expression right = check(a.right(), path + ".right");
        boolean days = a.operator() == Operator.SUBTRACT
                && type(left).isTemporal()
                && type(right).isTemporal();
        if (!days && isKnown(left) && isKnown(right)) {
            requireNumber(left, path + ".left", "Arithmetic is of numbers");
            requireNumber(right, path + ".right", "Arithmetic is of numbers");
        }
        return new Arithmetic(a.operator(), left, right);
    }

    /** A value that a column is derived from, which may look at the row before. */
    Expression checkDerived(Expression value, String path) {
        derives = true;
        Expression checked = check(value, path);
        derives = false;
        return checked;
    }

    private Expression check(Expression.Previous p, String path) {
        if (!derives) {
            problems.add(
                    path,
                    "The row before is looked at where no column is derived",
                    "Derive a column from it in 'cleaning', and name that column here");
        }
        return new Expression.Previous(check(p.of(), path + ".previous"), check(p.order(), path + ".order"));
    }

    private Expression checkRowNumber(String path) {
        if (!derives) {
            problems.add(
                    path,
                    "The place of a row is looked at where no column is derived",
                    "Derive a column from it in 'cleaning', and name that column here");
        } else if (tables.size() > 1) {
            problems.add(path, "Rows of several tables have no place of their own", "Read one table only");
        }
        return new Expression.RowNumber();
    }

    private Expression check(Expression.Choice c, String path) {
        ConditionChecker conditions = new ConditionChecker(this, problems);
        List<Expression.Branch> branches = new ArrayList<>();
        for (Expression.Branch branch : c.branches()) {
            String at = path + ".choose[" + branches.size() + "]";
            branches.add(new Expression.Branch(
                    conditions.ofRows(branch.when(), at + ".when"), check(branch.then(), at + ".then")));
        }
        Expression otherwise = c.otherwise();
        Expression.Choice checked =
                new Expression.Choice(branches, otherwise == null ? null : check(otherwise, path + ".otherwise"));
        ColumnType type = type(checked);
        Stream<Expression> values =
                Stream.concat(branches.stream().map(Expression.Branch::then), Stream.ofNullable(checked.otherwise()));
        boolean mixed = values.filter(this::isKnown)
                .anyMatch(v -> type(v) != type && !(type(v).isNumeric() && type.isNumeric()));
        if (mixed) {
            problems.add(path, "The values to choose from are of several types", "Give values of one type");
        }
        return checked;
    }

    private Expression check(PartOf p, String path) {
        Expression date = check(p.date(), path + ".of");
        ColumnType type = type(date);
        boolean fits = type.isTemporal() && (p.part() != DatePart.HOUR || type == ColumnType.TIMESTAMP);
        if (isKnown(date) && !fits) {
            problems.add(
                    path,
                    "There is no " + Words.lower(p.part()) + " of " + quote(Words.of(date)) + ": its values are "
                            + Words.lower(type),
                    "Use a column of " + (p.part() == DatePart.HOUR ? "times with dates" : "dates") + times());
        }
        return new PartOf(p.part(), date);
    }

    private Expression check(Applied f, String path) {
        Expression argument = check(f.argument(), path + ".of");
        boolean text = f.function() == Function.LENGTH
                || f.function() == Function.LOWER
                || f.function() == Function.UPPER
                || f.function() == Function.NUMBER_IN_TEXT;
        if (!text) {
            requireNumber(
                    argument, path + ".of", "The function " + quote(Words.lower(f.function())) + " is of numbers");
        } else if (isKnown(argument) && type(argument) != ColumnType.TEXT) {
            problems.add(
                    path + ".of",
                    "The function " + quote(Words.lower(f.function())) + " is of texts, but "
                            + quote(Words.of(argument)) + " is " + Words.lower(type(argument)),
                    "Use a column of texts");
        }
        return new Applied(f.function(), argument);
    }

    void requireNumber(Expression value, String path, String rule) {
        if (isKnown(value) && !type(value).isNumeric()) {
            problems.add(
                    path,
                    rule + ", but " + quote(Words.of(value)) + " is " + Words.lower(type(value)),
                    "Use a column of numbers" + numbers());
        }
    }

    /** The columns of numbers, to be offered. */
    String numbers() {
        return offered(schema.tableNames().stream()
                .filter(tables::contains)
                .flatMap(t -> schema.table(t).columns().stream())
                .filter(c -> c.type().isNumeric())
                .map(Column::name)
                .toList());
    }

    /** The columns of dates, to be offered. */
    String times() {
        return offered(schema.tableNames().stream()
                .filter(tables::contains)
                .flatMap(t -> schema.table(t).columns().stream())
                .filter(c -> c.type().isTemporal())
                .map(Column::name)
                .toList());
    }

    private static String offered(List<String> names) {
        return names.isEmpty() ? "; there is none" : ": one of " + names;
    }

    private static String mend(ColumnRef ref, List<String> names) {
        String nearest = Nearest.find(ref.name(), names)
                .map(n -> "; " + quote(n) + " is the nearest")
                .orElse("");
        return "Use one of " + names + nearest;
    }
}
