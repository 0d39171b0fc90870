package dev.datastudio.core.analysis.internal;

import dev.datastudio.core.analysis.Aggregate;
import dev.datastudio.core.analysis.Detail;
import dev.datastudio.core.analysis.Dimension;
import dev.datastudio.core.analysis.Dimension.Grouping;
import dev.datastudio.core.analysis.Expression;
import dev.datastudio.core.analysis.Expression.Applied;
import dev.datastudio.core.analysis.Expression.Arithmetic;
import dev.datastudio.core.analysis.Expression.ColumnRef;
import dev.datastudio.core.analysis.Expression.Constant;
import dev.datastudio.core.analysis.Expression.Overall;
import dev.datastudio.core.analysis.Expression.PartOf;
import dev.datastudio.core.analysis.Measure;
import dev.datastudio.core.analysis.Measure.Transform;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the parts of a step are called in column labels and readings. */
public final class Words {
    private Words() {}

    /** A measure: "sum of Profit". */
    public static String of(Measure measure) {
        return measure instanceof Measure.Moving
                ? untransformed(measure)
                : transformed(measure.transform(), untransformed(measure));
    }

    /** The parts that numbers are of: "each day's". */
    private static String parts(Measure.Nested nested) {
        return nested.within().stream()
                .map(d -> "each " + (d.grouping() instanceof Grouping.ByTime t ? lower(t.grain()) : of(d.of())) + "'s")
                .collect(Collectors.joining(" and "));
    }

    /** Ranges by their edges: "0 to 18, 18 to 35". */
    public static String ranges(Grouping.ByEdges given) {
        List<String> ranges = new ArrayList<>();
        for (int i = 1; i < given.edges().size(); i++) {
            double from = given.edges().get(i - 1);
            double to = given.edges().get(i);
            String low = number(from);
            String high = number(to);
            ranges.add(
                    Double.isInfinite(from)
                            ? "below " + high
                            : Double.isInfinite(to) ? "from " + low : low + " to " + high);
        }
        return String.join(", ", ranges);
    }

    private static String number(double value) {
        return Double.isInfinite(value)
                ? ""
                : BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    /** A measure without its transform. */
    public static String untransformed(Measure measure) {
        if (measure instanceof Measure.Aggregated a) {
            return of(a);
        } else if (measure instanceof Measure.Ratio r) {
            return of(r.numerator()) + " / " + of(r.denominator());
        } else if (measure instanceof Measure.Portion p) {
            return "share of rows where " + new StepReading(Locale.US).of(p.of());
        } else if (measure instanceof Measure.Moving m) {
            return (m.aggregate() == Aggregate.MEAN ? "moving average" : "moving sum") + " of " + m.length() + " of "
                    + of(m.of());
        } else if (measure instanceof Measure.Nested n) {
            return aggregate(n.aggregate(), 0).replaceFirst("( of)? $", " of ") + parts(n) + " " + of(n.of());
        }
        throw new AssertionError(measure);
    }

    /** A dimension: "Order Date (month)". */
    public static String of(Dimension dimension) {
        String value = of(dimension.of());
        if (dimension.grouping() instanceof Grouping.ByTime time) {
            return value + " (" + lower(time.grain()) + ")";
        }
        return value;
    }

    /** A value of a row: "Profit / Sales". */
    public static String of(Expression expression) {
        if (expression instanceof ColumnRef ref) {
            return ref.name();
        } else if (expression instanceof Constant constant) {
            return String.valueOf(constant.value());
        } else if (expression instanceof Arithmetic a) {
            return operand(a.left()) + operator(a.operator()) + operand(a.right());
        } else if (expression instanceof PartOf p) {
            return lower(p.part()) + " of " + of(p.date());
        } else if (expression instanceof Applied f) {
            return applied(f);
        } else if (expression instanceof Overall o) {
            return of(o.measure()) + " over all rows";
        } else if (expression instanceof Expression.Previous p) {
            return "previous " + of(p.of());
        } else if (expression instanceof Expression.RowNumber) {
            return "place in the table";
        } else if (expression instanceof Expression.Choice c) {
            return chosen(c);
        } else if (expression instanceof Expression.ResultOf r) {
            return new StepReading(Locale.US).within(r.step());
        }
        throw new AssertionError(expression);
    }

    private static String chosen(Expression.Choice choice) {
        StepReading reading = new StepReading(Locale.US);
        String branches = choice.branches().stream()
                .map(b -> of(b.then()) + " where " + reading.of(b.when()))
                .collect(Collectors.joining(", "));
        Expression otherwise = choice.otherwise();
        return otherwise == null ? branches : branches + ", else " + of(otherwise);
    }

    /** The coefficient that a detail asks for: "Pearson correlation". */
    public static String correlation(Detail detail) {
        Detail.CorrelationMethod method =
                detail instanceof Detail.Correlation c ? c.method() : Detail.CorrelationMethod.PEARSON;
        return switch (method) {
            case PEARSON -> "Pearson correlation";
            case SPEARMAN -> "Spearman correlation";
            case COVARIANCE -> "covariance";
        };
    }

    /** An enum's name as words. */
    public static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String of(Measure.Aggregated measure) {
        Expression of = measure.of();
        if (of == null) {
            return "count";
        }
        return aggregate(measure.aggregate(), measure.fraction()) + of(of);
    }

    private static String aggregate(Aggregate aggregate, double fraction) {
        return switch (aggregate) {
            case COUNT -> "count of ";
            case COUNT_DISTINCT -> "distinct count of ";
            case SUM -> "sum of ";
            case MEAN -> "mean ";
            case MEDIAN -> "median ";
            case PERCENTILE -> percentile(fraction) + " percentile of ";
            case MIN -> "minimum ";
            case MAX -> "maximum ";
            case RANGE -> "range of ";
            case STANDARD_DEVIATION -> "standard deviation of ";
            case VARIANCE -> "variance of ";
            case POPULATION_STANDARD_DEVIATION -> "population standard deviation of ";
            case POPULATION_VARIANCE -> "population variance of ";
            case INTERQUARTILE_RANGE -> "interquartile range of ";
            case MODE -> "most frequent ";
            case SKEWNESS -> "skewness of ";
            case KURTOSIS -> "kurtosis of ";
            case POPULATION_SKEWNESS -> "population skewness of ";
            case POPULATION_KURTOSIS -> "population kurtosis of ";
            case STANDARD_ERROR -> "standard error of ";
            case CONFIDENCE_LOW -> "lower end of the " + percent(fraction) + "% confidence interval of the mean ";
            case CONFIDENCE_HIGH -> "upper end of the " + percent(fraction) + "% confidence interval of the mean ";
            case COEFFICIENT_OF_VARIATION -> "coefficient of variation of ";
            case GEOMETRIC_MEAN -> "geometric mean ";
            case MISSING -> "missing values of ";
            case MISSING_SHARE -> "share of missing values of ";
        };
    }

    private static String percent(double fraction) {
        return BigDecimal.valueOf(fraction)
                .movePointRight(2)
                .stripTrailingZeros()
                .toPlainString();
    }

    private static String percentile(double fraction) {
        BigDecimal percent = BigDecimal.valueOf(fraction).movePointRight(2).stripTrailingZeros();
        String number = percent.toPlainString();
        boolean teen = number.endsWith("11") || number.endsWith("12") || number.endsWith("13");
        char last = number.charAt(number.length() - 1);
        String ending = teen || percent.scale() > 0
                ? "th"
                : switch (last) {
                    case '1' -> "st";
                    case '2' -> "nd";
                    case '3' -> "rd";
                    default -> "th";
                };
        return number + ending;
    }

    private static String transformed(Transform transform, String name) {
        return switch (transform) {
            case NONE -> name;
            case SHARE_OF_TOTAL -> "share of " + name;
            case RUNNING_TOTAL -> "running total of " + name;
            case CHANGE -> "change of " + name;
            case PERCENT_CHANGE -> "percent change of " + name;
            case MOVING_AVERAGE -> "moving average of " + name;
            case SHARE_WITHIN -> "share within its group of " + name;
            case RANK -> "rank by " + name;
        };
    }

    private static String operator(Expression.Operator operator) {
        return switch (operator) {
            case ADD -> " + ";
            case SUBTRACT -> " - ";
            case MULTIPLY -> " × ";
            case DIVIDE -> " / ";
        };
    }

    private static String operand(Expression expression) {
        return expression instanceof Arithmetic ? "(" + of(expression) + ")" : of(expression);
    }

    private static String applied(Applied f) {
        String argument = of(f.argument());
        return switch (f.function()) {
            case ABSOLUTE -> "absolute " + argument;
            case ROUND -> "rounded " + argument;
            case NATURAL_LOG -> "natural log of " + argument;
            case SQUARE_ROOT -> "square root of " + argument;
            case LENGTH -> "length of " + argument;
            case LOWER -> argument + " in lower case";
            case UPPER -> argument + " in upper case";
            case NUMBER_IN_TEXT -> "number in " + argument;
        };
    }
}
