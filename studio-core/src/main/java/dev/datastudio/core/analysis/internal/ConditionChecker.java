package dev.datastudio.core.analysis.internal;

import static dev.datastudio.api.error.StudioException.quote;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.core.analysis.Condition;
import dev.datastudio.core.analysis.Condition.Comparator;
import dev.datastudio.core.analysis.Dimension;
import dev.datastudio.core.analysis.Expression;
import dev.datastudio.core.analysis.Expression.Constant;
import dev.datastudio.core.analysis.Operation;
import dev.datastudio.core.analysis.Step;
import dev.datastudio.core.analysis.TimeGrain;
import java.util.ArrayList;
import java.util.List;

/** Checks conditions on rows or on groups. Not thread-safe; one for each step. */
final class ConditionChecker {
    private final ExpressionChecker expressions;
    private final Problems problems;

    ConditionChecker(ExpressionChecker expressions, Problems problems) {
        this.expressions = expressions;
        this.problems = problems;
    }

    /** A condition on rows. */
    Condition ofRows(Condition condition, String path) {
        return check(condition, path, Level.ROWS);
    }

    /** A condition on groups: their measures compared with values. */
    Condition ofGroups(Condition condition, String path) {
        return check(condition, path, Level.GROUPS);
    }

    private Condition check(Condition condition, String path, Level level) {
        if (condition instanceof Condition.All all) {
            return new Condition.All(parts(all.parts(), path + ".all", level));
        } else if (condition instanceof Condition.Any any) {
            if (any.parts().isEmpty()) {
                problems.add(path + ".any", "There is nothing to choose from", "Name at least one condition");
            }
            return new Condition.Any(parts(any.parts(), path + ".any", level));
        } else if (condition instanceof Condition.Not not) {
            return new Condition.Not(check(not.part(), path + ".not", level));
        } else if (condition instanceof Condition.MeasureComparison m) {
            return ofMeasure(m, path, level);
        }
        if (level == Level.GROUPS) {
            problems.add(
                    path,
                    "A condition on rows stands where groups are chosen",
                    "Put it into the filter, or compare a measure with 'compare_measure'");
            return condition;
        }
        return ofRow(condition, path);
    }

    private List<Condition> parts(List<Condition> parts, String path, Level level) {
        List<Condition> checked = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            checked.add(check(parts.get(i), path + "[" + i + "]", level));
        }
        return checked;
    }

    private Condition ofMeasure(Condition.MeasureComparison m, String path, Level level) {
        if (level == Level.ROWS) {
            problems.add(path, "A measure of a group stands where rows are chosen", "Put it into 'having'");
        }
        Expression right = expressions.check(m.right(), path + ".right");
        if (readsRows(right)) {
            problems.add(
                    path + ".right",
                    "A measure is compared with a value of single rows",
                    "Compare it with a constant or with 'overall'");
        }
        return new Condition.MeasureComparison(
                expressions.check(m.measure(), path + ".measure"), m.comparator(), right);
    }

    private static boolean readsRows(Expression expression) {
        if (expression instanceof Expression.Arithmetic a) {
            return readsRows(a.left()) || readsRows(a.right());
        } else if (expression instanceof Expression.Applied f) {
            return readsRows(f.argument());
        } else if (expression instanceof Expression.Choice || expression instanceof Expression.Previous) {
            return true;
        }
        return expression instanceof Expression.ColumnRef || expression instanceof Expression.PartOf;
    }

    private Condition ofRow(Condition condition, String path) {
        if (condition instanceof Condition.Among a) {
            return among(a, path);
        } else if (condition instanceof Condition.Comparison c) {
            return compared(c, path);
        } else if (condition instanceof Condition.Between b) {
            return between(b, path);
        } else if (condition instanceof Condition.OneOf o) {
            return oneOf(o, path);
        } else if (condition instanceof Condition.TextMatch t) {
            Expression value = expressions.check(t.value(), path + ".of");
            if (expressions.isKnown(value) && expressions.type(value) != ColumnType.TEXT) {
                problems.add(
                        path,
                        "Only texts are searched, but " + quote(Words.of(value)) + " is "
                                + Words.lower(expressions.type(value)),
                        "Compare it with 'compare', 'between' or 'one_of'");
            }
            return new Condition.TextMatch(value, t.position(), t.text());
        } else if (condition instanceof Condition.Missing m) {
            return new Condition.Missing(expressions.check(m.value(), path + ".missing"));
        } else if (condition instanceof Condition.RelativePeriod p) {
            return period(p, path);
        }
        throw new AssertionError(condition);
    }

    private Condition period(Condition.RelativePeriod p, String path) {
        Expression date = expressions.check(p.date(), path + ".of");
        if (expressions.isKnown(date) && !expressions.type(date).isTemporal()) {
            problems.add(
                    path,
                    "A period is of dates, but " + quote(Words.of(date)) + " is " + Words.lower(expressions.type(date)),
                    "Use a column of dates" + expressions.times());
        }
        if (p.unit() == TimeGrain.HOUR || p.unit() == TimeGrain.MINUTE) {
            problems.add(
                    path + ".period",
                    "A period counted from today is given in units of " + Words.lower(p.unit()),
                    "Use one of [year, quarter, month, week, day]");
        }
        return new Condition.RelativePeriod(date, p.unit(), p.offset(), p.length());
    }

    private Condition compared(Condition.Comparison c, String path) {
        Expression left = expressions.check(c.left(), path + ".left");
        Expression right = expressions.check(c.right(), path + ".right");
        boolean equality = c.comparator() == Comparator.EQUAL || c.comparator() == Comparator.NOT_EQUAL;
        Expression fittedRight = fit(right, left, path + ".right");
        Expression fittedLeft = fit(left, right, path + ".left");
        if (!equality && expressions.isKnown(left)) {
            requireOrdered(fittedLeft, path);
        }
        return new Condition.Comparison(fittedLeft, c.comparator(), fittedRight);
    }

    private Condition between(Condition.Between b, String path) {
        Expression value = expressions.check(b.value(), path + ".between");
        requireOrdered(value, path);
        return new Condition.Between(
                value,
                fit(expressions.check(b.low(), path + ".low"), value, path + ".low"),
                fit(expressions.check(b.high(), path + ".high"), value, path + ".high"));
    }

    private Condition among(Condition.Among a, String path) {
        Expression value = expressions.check(a.value(), path + ".among");
        int before = problems.list().size();
        Step rows = expressions.check(a.rows(), path + ".rows");
        boolean gives = rows.operation() == Operation.LIST || rows.operation() == Operation.AGGREGATE;
        if (!gives || rows.dimensions().isEmpty()) {
            problems.add(
                    path + ".rows",
                    "There are no values to choose from",
                    "Use the operation 'list' or 'aggregate' with the values as its first dimension");
        } else if (problems.list().size() == before) {
            requireComparable(value, rows.dimensions().get(0), path);
        }
        return new Condition.Among(value, rows);
    }

    private void requireComparable(Expression value, Dimension values, String path) {
        if (!(values.grouping() instanceof Dimension.Grouping.ByValue)) {
            problems.add(path + ".rows", "The values to choose from are cut into ranges", "Leave grains and bins out");
        } else if (expressions.isKnown(value)
                && !Constants.comparable(expressions.type(value), expressions.type(values.of()))) {
            refuse(value, values.of(), path);
        }
    }

    private void requireOrdered(Expression value, String path) {
        ColumnType type = expressions.type(value);
        if (expressions.isKnown(value) && (type == ColumnType.BOOLEAN || type == ColumnType.OTHER)) {
            problems.add(
                    path,
                    quote(Words.of(value)) + " is " + Words.lower(type) + " and has no less or greater",
                    "Compare it with 'equal' or 'not_equal'");
        }
    }

    private Condition oneOf(Condition.OneOf o, String path) {
        Expression value = expressions.check(o.value(), path + ".one_of");
        if (o.values().isEmpty()) {
            problems.add(path + ".values", "There is nothing to choose from", "Name at least one value");
        }
        List<Constant> values = new ArrayList<>();
        for (int i = 0; i < o.values().size(); i++) {
            values.add(fitConstant(o.values().get(i), value, path + ".values[" + i + "]"));
        }
        return new Condition.OneOf(value, values);
    }

    private Expression fit(Expression value, Expression beside, String path) {
        if (value instanceof Constant constant && !(beside instanceof Constant)) {
            return fitConstant(constant, beside, path);
        }
        if (expressions.isKnown(value)
                && expressions.isKnown(beside)
                && !(beside instanceof Constant)
                && !Constants.comparable(expressions.type(value), expressions.type(beside))) {
            refuse(value, beside, path);
        }
        return value;
    }

    /** The constant as a value of the other side's type. */
    Constant fitConstant(Constant constant, Expression beside, String path) {
        if (!expressions.isKnown(beside)) {
            return constant;
        }
        return Constants.fit(constant, beside, expressions.type(beside)).orElseGet(() -> {
            refuse(constant, beside, path);
            return constant;
        });
    }

    private void refuse(Expression value, Expression beside, String path) {
        problems.add(
                path,
                quote(Words.of(value)) + " can't be compared with " + quote(Words.of(beside)) + ", which is "
                        + Words.lower(expressions.type(beside)),
                Constants.wanted(beside, expressions.type(beside)));
    }

    private enum Level {
        ROWS,
        GROUPS
    }
}
