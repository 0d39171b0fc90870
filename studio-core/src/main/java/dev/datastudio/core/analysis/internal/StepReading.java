package dev.datastudio.core.analysis.internal;

import dev.datastudio.core.analysis.Cleaning;
import dev.datastudio.core.analysis.Condition;
import dev.datastudio.core.analysis.Condition.Comparator;
import dev.datastudio.core.analysis.Detail;
import dev.datastudio.core.analysis.Dimension;
import dev.datastudio.core.analysis.Dimension.Grouping;
import dev.datastudio.core.analysis.Expression;
import dev.datastudio.core.analysis.Expression.ColumnRef;
import dev.datastudio.core.analysis.Expression.Constant;
import dev.datastudio.core.analysis.Limit;
import dev.datastudio.core.analysis.Measure;
import dev.datastudio.core.analysis.Order;
import dev.datastudio.core.analysis.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;

/** What a step was understood as, in words. Immutable. */
public final class StepReading {
    private final ValueText values;

    public StepReading(Locale locale) {
        this.values = new ValueText(locale);
    }

    /** The step in words, without a full stop. */
    public String of(Step step) {
        StringBuilder text = new StringBuilder(capital(head(step)));
        if (step.source().tables().size() > 1) {
            text.append(" over ").append(and(step.source().tables()));
            text.append(" (")
                    .append(and(step.source().joins().stream()
                            .map(j -> j.left().table() + "." + j.left().name() + " = "
                                    + j.right().table() + "."
                                    + j.right().name())
                            .toList()))
                    .append(')');
        }
        step.cleaning().forEach(c -> text.append(", ").append(of(c)));
        if (!step.filter().equals(Condition.always())) {
            text.append(", rows where ").append(of(step.filter()));
        }
        if (!step.having().equals(Condition.always())) {
            text.append(", groups where ").append(of(step.having()));
        }
        if (!step.order().isEmpty()) {
            text.append(", by ")
                    .append(and(step.order().stream().map(o -> of(o, step)).toList()));
        }
        Limit limit = step.limit();
        if (limit != null) {
            text.append(
                            limit.skipped() > 0
                                    ? ", after the first " + values.number(limit.skipped()) + " the next "
                                    : ", first ")
                    .append(values.number(limit.count()));
            if (limit.perDimension() >= 0) {
                text.append(" of each ")
                        .append(Words.of(
                                step.dimensions().get(limit.perDimension()).of()));
            }
        }
        return text.toString();
    }

    /** A step within another one, beginning in lower case, with its tables named. */
    String within(Step step) {
        String text = of(step);
        String named = step.source().tables().size() > 1
                ? text
                : text.replaceFirst(
                        "(?=, |$)",
                        Matcher.quoteReplacement(" of " + step.source().tables().get(0)));
        return named.substring(0, 1).toLowerCase(Locale.ROOT) + named.substring(1);
    }

    private String head(Step step) {
        String columns = and(step.dimensions().stream().map(StepReading::of).toList());
        String measured = and(step.measures().stream().map(Words::of).toList());
        String seen = and(step.measures().stream()
                .map(m ->
                        m instanceof Measure.Aggregated a && a.of() != null ? Words.of(Steps.valueOf(m)) : Words.of(m))
                .toList());
        String all = columns.isEmpty() ? "all columns" : columns;
        return switch (step.operation()) {
            case LIST -> columns.isEmpty() ? "rows with all columns" : "rows with " + columns;
            case AGGREGATE -> aggregate(measured, columns);
            case TREND -> measured + " by " + columns;
            case DISTRIBUTION -> distribution(step, seen);
            case SUMMARY -> "summary of " + all;
            case MISSING -> "missing values of " + all;
            case DUPLICATES -> columns.isEmpty() ? "repeated rows" : "repeated combinations of " + columns;
            case OUTLIERS -> "outliers of " + seen + rule(step.detail());
            case COMPARISON -> measured + " compared between " + groups(step, columns);
            case CORRELATION -> correlation(step, seen.isEmpty() ? "all columns of numbers" : seen) + by(columns);
            case REGRESSION ->
                Words.of(Steps.valueOf(step.measures().get(0))) + " explained by "
                        + Words.of(Steps.valueOf(step.measures().get(1))) + by(columns)
                        + (step.detail() instanceof Detail.Prediction p
                                ? ", predicted at " + values.number(p.at())
                                : "");
            case TEST -> test(step.detail()) + " of " + (seen.isEmpty() ? columns : seen + by(columns));
            case COMBINATION -> combination(step, columns, measured);
        };
    }

    private String correlation(Step step, String seen) {
        String coefficient = Words.correlation(step.detail());
        if (!(step.detail() instanceof Detail.Correlation c) || c.layout() == Detail.Layout.MATRIX) {
            return coefficient + " of " + seen;
        }
        String least = c.least() == 0 ? "" : " of at least " + values.number(c.least()) + " either way";
        if (c.layout() == Detail.Layout.PAIRS || step.measures().isEmpty()) {
            return coefficient + least + " of each pair of " + seen + ", the strongest first";
        }
        String first = Words.of(Steps.valueOf(step.measures().get(0)));
        String others = and(step.measures().stream()
                .skip(1)
                .map(m -> Words.of(Steps.valueOf(m)))
                .toList());
        return coefficient + least + " of " + first + " with " + others + ", the strongest first";
    }

    private String test(Detail detail) {
        if (!(detail instanceof Detail.Test t)) {
            return "test";
        }
        String kind = t.kind() == Detail.TestKind.AUTO ? "fitting test" : StepTest.title(t.kind());
        String side = switch (t.alternative()) {
            case TWO_SIDED -> "";
            case LESS -> ", one-sided (less)";
            case GREATER -> ", one-sided (greater)";
        };
        String reference = t.reference() == 0 ? "" : " against " + values.number(t.reference());
        return kind + " at the " + values.number(100 * t.level()) + "% level" + side + reference;
    }

    private static String aggregate(String measured, String columns) {
        return measured.isEmpty() ? "distinct " + columns : measured + by(columns);
    }

    private static String by(String columns) {
        return columns.isEmpty() ? "" : " by " + columns;
    }

    private static String distribution(Step step, String seen) {
        List<String> groups = Steps.groups(step).stream().map(StepReading::of).toList();
        String of = seen.isEmpty() ? of(step.dimensions().get(0)) : seen;
        return "distribution of " + of + by(and(groups));
    }

    private String groups(Step step, String columns) {
        boolean named =
                step.detail() instanceof Detail.Comparison c && !c.groups().isEmpty();
        return named && step.detail() instanceof Detail.Comparison c
                ? and(c.groups().stream().map(this::value).toList()) + " of " + columns
                : columns;
    }

    private String combination(Step step, String columns, String measured) {
        String one = measured.isEmpty()
                ? "rows with " + (columns.isEmpty() ? "all columns" : columns)
                : measured + by(columns);
        if (!(step.detail() instanceof Detail.Combination c)) {
            return one;
        }
        String word = switch (c.operator()) {
            case UNION -> " together with ";
            case INTERSECTION -> " that are also in ";
            case DIFFERENCE -> " that are not in ";
        };
        return one + word + "(" + of(c.other()) + ")";
    }

    private String rule(Detail detail) {
        Detail.Outliers rule = detail instanceof Detail.Outliers o ? o : Detail.Outliers.TUKEY;
        String threshold = values.number(rule.threshold());
        return switch (rule.method()) {
            case Z_SCORE -> " (beyond " + threshold + " standard deviations from the mean)";
            case POPULATION_Z_SCORE -> " (beyond " + threshold + " population standard deviations from the mean)";
            case INTERQUARTILE_RANGE -> " (beyond " + threshold + " times the interquartile range from the quartiles)";
        };
    }

    /** A dimension in words. */
    public static String of(Dimension dimension) {
        String value = Words.of(dimension.of());
        if (dimension.grouping() instanceof Grouping.ByTime time) {
            return Words.lower(time.grain()) + " of " + value;
        }
        if (dimension.grouping() instanceof Grouping.ByEdges given) {
            return "ranges of " + value + " (" + Words.ranges(given) + ")";
        }
        return dimension.grouping().makesRanges() ? "ranges of " + value : value;
    }

    private String of(Order order, Step step) {
        String key;
        if (order.key() instanceof Order.Key.OfMeasure m) {
            key = Words.of(step.measures().get(m.index()));
        } else if (order.key() instanceof Order.Key.OfDimension d) {
            key = Words.of(step.dimensions().get(d.index()));
        } else if (order.key() instanceof Order.Key.OfHidden h) {
            key = Words.of(h.measure());
        } else {
            key = Words.of(((Order.Key.OfValue) order.key()).value());
        }
        return key + (order.direction() == Order.Direction.DESCENDING ? " from the highest" : " from the lowest");
    }

    private String of(Cleaning cleaning) {
        if (cleaning instanceof Cleaning.WithoutMissing missing) {
            return missing.columns().isEmpty()
                    ? "without rows with a missing value"
                    : "without rows with missing "
                            + and(missing.columns().stream()
                                    .map(ColumnRef::name)
                                    .toList());
        } else if (cleaning instanceof Cleaning.WithoutOutliers outliers) {
            return "without outliers of " + outliers.column().name() + rule(outliers.rule());
        } else if (cleaning instanceof Cleaning.WithoutDuplicates) {
            return "without repeated rows";
        } else if (cleaning instanceof Cleaning.OnlyOutliers outliers) {
            return "only outliers of " + outliers.column().name() + rule(outliers.rule());
        } else if (cleaning instanceof Cleaning.Filled filled) {
            return "missing " + filled.column().name() + " filled with " + value(filled.with());
        } else if (cleaning instanceof Cleaning.Derived derived) {
            return "with " + derived.column().name() + " = " + value(derived.value());
        }
        throw new AssertionError(cleaning);
    }

    /** A condition in words. */
    public String of(Condition condition) {
        if (condition instanceof Condition.All all) {
            return all.parts().isEmpty() ? "anything" : String.join(" and ", inner(all.parts()));
        } else if (condition instanceof Condition.Any any) {
            return String.join(" or ", inner(any.parts()));
        } else if (condition instanceof Condition.Not not) {
            return not.part() instanceof Condition.Missing m
                    ? Words.of(m.value()) + " is not missing"
                    : "not (" + of(not.part()) + ")";
        } else if (condition instanceof Condition.Comparison c) {
            return value(c.left()) + comparator(c.comparator()) + value(c.right());
        } else if (condition instanceof Condition.Between b) {
            return value(b.value()) + " is from " + value(b.low()) + " to " + value(b.high());
        } else if (condition instanceof Condition.OneOf o) {
            return value(o.value()) + " is one of "
                    + String.join(", ", o.values().stream().map(this::value).toList());
        } else if (condition instanceof Condition.TextMatch t) {
            String verb = switch (t.position()) {
                case START -> " begins with ";
                case END -> " ends with ";
                case ANYWHERE -> " contains ";
            };
            return value(t.value()) + verb + "'" + t.text() + "'";
        } else if (condition instanceof Condition.Missing m) {
            return value(m.value()) + " is missing";
        } else if (condition instanceof Condition.RelativePeriod p) {
            return value(p.date()) + " is in " + period(p);
        } else if (condition instanceof Condition.Among a) {
            return value(a.value()) + " is among (" + within(a.rows()) + ")";
        } else if (condition instanceof Condition.MeasureComparison m) {
            return Words.of(m.measure()) + comparator(m.comparator()) + value(m.right());
        }
        throw new AssertionError(condition);
    }

    private List<String> inner(List<Condition> parts) {
        return parts.stream()
                .map(p -> p instanceof Condition.All || p instanceof Condition.Any ? "(" + of(p) + ")" : of(p))
                .toList();
    }

    private static String comparator(Comparator comparator) {
        return switch (comparator) {
            case EQUAL -> " is ";
            case NOT_EQUAL -> " is not ";
            case LESS -> " is below ";
            case LESS_OR_EQUAL -> " is at most ";
            case GREATER -> " is above ";
            case GREATER_OR_EQUAL -> " is at least ";
        };
    }

    private static String period(Condition.RelativePeriod p) {
        String unit = Words.lower(p.unit());
        if (p.length() == 1 && Math.abs(p.offset()) <= 1) {
            return (p.offset() < 0 ? "last " : p.offset() == 0 ? "this " : "next ") + unit;
        } else if (p.offset() == -p.length()) {
            return "the last " + p.length() + " " + unit + "s";
        } else if (p.offset() == 1 - p.length()) {
            return "the last " + p.length() + " " + unit + "s, this one included";
        }
        String begin = p.offset() < 0 ? -p.offset() + " " + unit + "s ago" : p.offset() + " " + unit + "s from now";
        return p.length() + " " + unit + "s, beginning " + begin;
    }

    private String value(Expression value) {
        return value instanceof Constant constant ? values.of(constant.value(), "") : Words.of(value);
    }

    static String and(List<String> parts) {
        List<String> all = new ArrayList<>(parts);
        if (all.size() < 2) {
            return String.join("", all);
        }
        String last = all.remove(all.size() - 1);
        return String.join(", ", all) + " and " + last;
    }

    static String capital(String text) {
        return text.isEmpty() ? text : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }
}
