package dev.datastudio.agents.planner;

import dev.datastudio.core.analysis.AnalysisPlan;
import dev.datastudio.core.analysis.ChartHint;
import dev.datastudio.core.analysis.Condition;
import dev.datastudio.core.analysis.Detail;
import dev.datastudio.core.analysis.Dimension;
import dev.datastudio.core.analysis.Expression;
import dev.datastudio.core.analysis.Limit;
import dev.datastudio.core.analysis.Measure;
import dev.datastudio.core.analysis.Order;
import dev.datastudio.core.analysis.Step;
import java.util.Collection;
import java.util.stream.Collectors;

/** A plan on one line, to be compared with what a question file expects. */
final class PlanText {
    private PlanText() {}

    static String of(PlanOutcome outcome) {
        if (outcome instanceof PlanOutcome.Planned planned) {
            return of(planned.plan());
        } else if (outcome instanceof PlanOutcome.Ambiguous ambiguous) {
            return "AMBIGUOUS "
                    + ambiguous.candidates().stream().map(c -> of(c.plan())).collect(Collectors.joining(" / "));
        } else if (outcome instanceof PlanOutcome.NotUnderstood refused) {
            return "NOT_UNDERSTOOD " + refused.unknownWords();
        } else if (outcome instanceof PlanOutcome.CannotAnswer cannot) {
            return "CANNOT_ANSWER " + cannot.unknownWords();
        }
        throw new AssertionError(outcome);
    }

    static String of(AnalysisPlan plan) {
        return plan.steps().stream().map(PlanText::step).collect(Collectors.joining(" ; "));
    }

    private static String step(Step step) {
        var text = new StringBuilder(step.operation().name());
        add(text, "", joined(step.measures().stream().map(PlanText::measure).toList()));
        add(
                text,
                "by ",
                joined(step.dimensions().stream().map(PlanText::dimension).toList()));
        add(text, "where ", step.filter().equals(Condition.always()) ? "" : condition(step.filter()));
        add(text, "having ", step.having().equals(Condition.always()) ? "" : condition(step.having()));
        add(text, "order ", joined(step.order().stream().map(PlanText::order).toList()));
        Limit limit = step.limit();
        add(text, "limit ", limit == null ? "" : limit(limit));
        add(
                text,
                "",
                step.detail() instanceof Detail.Comparison c
                        ? "groups "
                                + joined(
                                        c.groups().stream().map(PlanText::value).toList())
                        : "");
        add(text, "as ", step.chart() == ChartHint.AUTO ? "" : step.chart().jsonName());
        return text.toString();
    }

    private static String limit(Limit limit) {
        return limit.count()
                + (limit.ties() == Limit.Ties.KEEP ? "+" : "")
                + (limit.skipped() == 0 ? "" : " after " + limit.skipped())
                + (limit.perDimension() < 0 ? "" : " per " + limit.perDimension());
    }

    private static void add(StringBuilder text, String before, String part) {
        if (!part.isEmpty()) {
            text.append(' ').append(before).append(part);
        }
    }

    private static String joined(Collection<String> parts) {
        return String.join(", ", parts);
    }

    private static String measure(Measure measure) {
        if (measure instanceof Measure.Ratio ratio) {
            return measure(ratio.numerator()) + " / " + measure(ratio.denominator());
        }
        if (measure instanceof Measure.Nested nested) {
            return nested.aggregate() + " of " + measure(nested.of()) + " within "
                    + nested.within().stream().map(PlanText::dimension).collect(Collectors.joining(", "));
        } else if (measure instanceof Measure.Moving moving) {
            return "MOVING " + moving.aggregate() + moving.length() + " of " + measure(moving.of());
        } else if (measure instanceof Measure.Portion portion) {
            return "PORTION(" + condition(portion.of()) + ")";
        }
        if (!(measure instanceof Measure.Aggregated a)) {
            return measure.toString();
        }
        Expression of = a.of();
        return (a.transform() == Measure.Transform.NONE ? "" : a.transform() + " ")
                + a.aggregate()
                + (a.fraction() > 0 ? a.fraction() : "")
                + (of == null ? "" : "(" + value(of) + ")");
    }

    private static String dimension(Dimension dimension) {
        String value = value(dimension.of());
        if (dimension.grouping() instanceof Dimension.Grouping.ByTime time) {
            return time.grain() + "(" + value + ")";
        }
        return dimension.grouping() instanceof Dimension.Grouping.ByBins bins
                ? "BINS" + (bins.count() == 0 ? "" : bins.count()) + "(" + value + ")"
                : value;
    }

    private static String value(Expression expression) {
        if (expression instanceof Expression.ColumnRef ref) {
            return ref.name();
        } else if (expression instanceof Expression.Constant constant) {
            return constant.value() instanceof String text
                    ? "'" + text + "'"
                    : constant.value().toString();
        } else if (expression instanceof Expression.PartOf part) {
            return part.part() + " of " + value(part.date());
        } else if (expression instanceof Expression.Overall overall) {
            return "overall " + measure(overall.measure());
        }
        return expression.toString();
    }

    private static String condition(Condition condition) {
        if (condition instanceof Condition.All all) {
            return all.parts().stream().map(PlanText::condition).collect(Collectors.joining(" and "));
        } else if (condition instanceof Condition.Any any) {
            return "(" + any.parts().stream().map(PlanText::condition).collect(Collectors.joining(" or ")) + ")";
        } else if (condition instanceof Condition.Not not) {
            return "not " + condition(not.part());
        } else if (condition instanceof Condition.Comparison c) {
            return value(c.left()) + sign(c.comparator()) + value(c.right());
        } else if (condition instanceof Condition.Between b) {
            return value(b.value()) + " in " + value(b.low()) + ".." + value(b.high());
        } else if (condition instanceof Condition.OneOf o) {
            return value(o.value()) + " in "
                    + o.values().stream().map(PlanText::value).toList();
        } else if (condition instanceof Condition.TextMatch t) {
            return value(t.value()) + " " + t.position() + " '" + t.text() + "'";
        } else if (condition instanceof Condition.Missing m) {
            return value(m.value()) + " missing";
        } else if (condition instanceof Condition.RelativePeriod p) {
            return value(p.date()) + " in " + p.unit() + " " + p.offset() + " x" + p.length();
        } else if (condition instanceof Condition.MeasureComparison m) {
            return measure(m.measure()) + sign(m.comparator()) + value(m.right());
        }
        throw new AssertionError(condition);
    }

    private static String sign(Condition.Comparator comparator) {
        return switch (comparator) {
            case EQUAL -> " = ";
            case NOT_EQUAL -> " <> ";
            case LESS -> " < ";
            case LESS_OR_EQUAL -> " <= ";
            case GREATER -> " > ";
            case GREATER_OR_EQUAL -> " >= ";
        };
    }

    private static String order(Order order) {
        String direction = order.direction() == Order.Direction.DESCENDING ? " desc" : " asc";
        if (order.key() instanceof Order.Key.OfMeasure m) {
            return "m" + m.index() + direction;
        } else if (order.key() instanceof Order.Key.OfDimension d) {
            return "d" + d.index() + direction;
        }
        return order.key() instanceof Order.Key.OfHidden h
                ? measure(h.measure()) + direction
                : value(((Order.Key.OfValue) order.key()).value()) + direction;
    }
}
