package dev.datastudio.agents.planner.internal;

import dev.datastudio.core.analysis.AnalysisPlan;
import dev.datastudio.core.analysis.Condition;
import dev.datastudio.core.analysis.Detail;
import dev.datastudio.core.analysis.Dimension;
import dev.datastudio.core.analysis.Expression;
import dev.datastudio.core.analysis.Limit;
import dev.datastudio.core.analysis.Measure;
import dev.datastudio.core.analysis.Operation;
import dev.datastudio.core.analysis.Order;
import dev.datastudio.core.analysis.Readings;
import dev.datastudio.core.analysis.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Says a plan in words, with the columns as they are called. */
public final class ReadingWriter {
    private ReadingWriter() {}

    /** A sentence for each step. */
    public static String of(AnalysisPlan plan) {
        return plan.steps().stream().map(ReadingWriter::sentence).collect(Collectors.joining(" "));
    }

    /** As {@link #of(AnalysisPlan)}, and beside a date column that was chosen, those that were not. */
    static String of(AnalysisPlan plan, Map<String, List<String>> otherDates) {
        String reading = of(plan);
        for (var choice : otherDates.entrySet()) {
            int at = reading.indexOf(choice.getKey());
            if (at >= 0) {
                int end = at + choice.getKey().length();
                reading =
                        reading.substring(0, end) + " (not " + joined(choice.getValue()) + ")" + reading.substring(end);
            }
        }
        return reading;
    }

    private static String sentence(Step step) {
        if (isStatistical(step)) {
            return Readings.of(step) + ".";
        }
        var text = new StringBuilder(head(step));
        text.append(joins(step));
        if (!step.filter().equals(Condition.always())) {
            text.append(", where ").append(ConditionWriter.of(step.filter()));
        }
        if (!step.having().equals(Condition.always())) {
            text.append(", of groups with ").append(ConditionWriter.of(step.having()));
        }
        text.append(order(step)).append(limit(step)).append('.');
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    /** Whether a step's rows or numbers come about in ways that only the plan itself puts into words. */
    private static boolean isStatistical(Step step) {
        boolean measured = step.measures().stream()
                .anyMatch(m -> m instanceof Measure.Portion
                        || m instanceof Measure.Nested
                        || (m.transform() != Measure.Transform.NONE
                                && m.transform() != Measure.Transform.SHARE_OF_TOTAL));
        return measured
                || !step.cleaning().isEmpty()
                || step.operation() == Operation.TEST
                || step.operation() == Operation.REGRESSION
                || (step.detail() instanceof Detail.Outliers o && !o.equals(Detail.Outliers.TUKEY))
                || (step.detail() instanceof Detail.Correlation c
                        && !c.equals(new Detail.Correlation(Detail.CorrelationMethod.PEARSON)));
    }

    /** A step within another one, its tables named. */
    static String within(Step step) {
        String columns = joined(step.dimensions().stream()
                .map(d -> step.source().tables().get(0) + "." + dimension(d))
                .toList());
        String measures =
                joined(step.measures().stream().map(ReadingWriter::measure).toList());
        var text = new StringBuilder(
                columns.isEmpty() ? measures + " in " + step.source().tables().get(0) : columns);
        text.append(joins(step));
        if (!step.filter().equals(Condition.always())) {
            text.append(" where ").append(ConditionWriter.of(step.filter()));
        }
        if (!step.having().equals(Condition.always())) {
            text.append(" of groups with ").append(ConditionWriter.of(step.having()));
        }
        return text.toString();
    }

    /** Over which tables, and by which keys they are joined. */
    private static String joins(Step step) {
        List<String> joins = step.source().joins().stream()
                .map(j -> j.right().table() + " by " + j.left().table() + "."
                        + j.left().name() + " = " + j.right().table() + "."
                        + j.right().name())
                .toList();
        return joins.isEmpty() ? "" : " (" + step.source().tables().get(0) + " joined with " + joined(joins) + ")";
    }

    private static String head(Step step) {
        String measures =
                joined(step.measures().stream().map(ReadingWriter::measure).toList());
        String columns =
                joined(step.measures().stream().map(ReadingWriter::bareColumn).toList());
        String dimensions =
                joined(step.dimensions().stream().map(ReadingWriter::dimension).toList());
        String by = dimensions.isEmpty() ? "" : " by " + dimensions;
        return switch (step.operation()) {
            case LIST -> dimensions.isEmpty() ? "rows" : dimensions + " of the rows";
            case AGGREGATE -> step.measures().isEmpty() ? "the different values of " + dimensions : measures + by;
            case TREND -> "trend: " + measures + by;
            case DISTRIBUTION -> "distribution of " + columns + by;
            case SUMMARY -> "summary of " + (dimensions.isEmpty() ? "all columns" : dimensions);
            case MISSING -> "missing values of " + (dimensions.isEmpty() ? "all columns" : dimensions);
            case DUPLICATES ->
                "rows that occur more than once" + (dimensions.isEmpty() ? "" : ", compared by " + dimensions);
            case OUTLIERS -> "outliers of " + columns;
            case COMPARISON -> measures + " compared" + by;
            case CORRELATION -> "correlation of " + columns + by;
            case TEST -> "test of " + columns + by;
            case REGRESSION -> "regression of " + columns;
            case COMBINATION -> combined(step, dimensions);
        };
    }

    private static String combined(Step step, String dimensions) {
        if (!(step.detail() instanceof Detail.Combination c)) {
            return "rows of two steps combined";
        }
        String operator = switch (c.operator()) {
            case UNION -> ", with all of ";
            case INTERSECTION -> ", if also among ";
            case DIFFERENCE -> ", if not among ";
        };
        return "the different values of " + dimensions + operator + within(c.other());
    }

    private static String bareColumn(Measure measure) {
        return joined(measure.columns().stream().map(Expression.ColumnRef::name).toList());
    }

    static String measure(Measure measure) {
        if (measure instanceof Measure.Ratio ratio) {
            return measure(ratio.numerator()) + " divided by " + measure(ratio.denominator());
        } else if (measure instanceof Measure.Aggregated aggregated) {
            return (aggregated.transform() == Measure.Transform.SHARE_OF_TOTAL ? "share of " : "")
                    + aggregate(aggregated);
        } else if (measure instanceof Measure.Portion portion) {
            return "share of rows where " + ConditionWriter.of(portion.of());
        }
        return Readings.of(measure);
    }

    private static String aggregate(Measure.Aggregated measure) {
        Expression of = measure.of();
        if (of == null) {
            return "number of rows";
        }
        String name = expression(of);
        return switch (measure.aggregate()) {
            case COUNT -> "number of values of " + name;
            case COUNT_DISTINCT -> "number of different " + name;
            case PERCENTILE -> Math.round(measure.fraction() * 100) + "th percentile of " + name;
            case MIN -> "smallest " + name;
            case MAX -> "largest " + name;
            default -> measure.aggregate().name().toLowerCase(Locale.ROOT).replace('_', ' ') + " of " + name;
        };
    }

    static String dimension(Dimension dimension) {
        String name = expression(dimension.of());
        if (dimension.grouping() instanceof Dimension.Grouping.ByTime time) {
            return time.grain().name().toLowerCase(Locale.ROOT) + " of " + name;
        } else if (dimension.grouping() instanceof Dimension.Grouping.ByEdges) {
            return Readings.of(dimension);
        } else if (dimension.grouping() instanceof Dimension.Grouping.ByBins) {
            return "ranges of " + name;
        }
        return name;
    }

    static String expression(Expression expression) {
        if (expression instanceof Expression.ColumnRef ref) {
            return ref.name();
        } else if (expression instanceof Expression.Constant constant) {
            return constant.value() instanceof String text ? "'" + text + "'" : String.valueOf(constant.value());
        } else if (expression instanceof Expression.PartOf part) {
            return part.part().name().toLowerCase(Locale.ROOT) + " of " + expression(part.date());
        } else if (expression instanceof Expression.ResultOf result) {
            return "the " + within(result.step());
        } else if (expression instanceof Expression.Overall overall) {
            return "the overall " + aggregate(overall.measure());
        }
        return joined(
                expression.columns().stream().map(Expression.ColumnRef::name).toList());
    }

    private static String order(Step step) {
        List<String> keys = new ArrayList<>();
        for (Order order : step.order()) {
            keys.add(key(step, order.key())
                    + (order.direction() == Order.Direction.DESCENDING ? " from the highest" : " from the lowest"));
        }
        return keys.isEmpty() ? "" : ", sorted by " + joined(keys);
    }

    private static String key(Step step, Order.Key key) {
        if (key instanceof Order.Key.OfMeasure measure) {
            return measure(step.measures().get(measure.index()));
        } else if (key instanceof Order.Key.OfDimension dimension) {
            return dimension(step.dimensions().get(dimension.index()));
        } else if (key instanceof Order.Key.OfHidden hidden) {
            return measure(hidden.measure());
        } else if (key instanceof Order.Key.OfValue value) {
            return expression(value.value());
        }
        throw new AssertionError(key);
    }

    private static String limit(Step step) {
        Limit limit = step.limit();
        if (limit == null) {
            return "";
        }
        String per = limit.perDimension() < 0
                ? ""
                : " of each " + dimension(step.dimensions().get(limit.perDimension()));
        if (limit.skipped() > 0) {
            long first = limit.skipped() + 1;
            return limit.count() == 1
                    ? ", number " + first + " only" + per
                    : ", numbers " + first + " to " + (limit.skipped() + limit.count()) + per;
        }
        return ", the first " + (limit.count() == 1 ? "only" : limit.count()) + per;
    }

    private static String joined(List<String> names) {
        int last = names.size() - 1;
        return last < 1
                ? String.join("", names)
                : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
    }
}
