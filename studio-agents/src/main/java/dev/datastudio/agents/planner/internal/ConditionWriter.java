package dev.datastudio.agents.planner.internal;

import dev.datastudio.core.analysis.Condition;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Says a condition in words. */
final class ConditionWriter {
    private ConditionWriter() {}

    static String of(Condition condition) {
        if (condition instanceof Condition.All all) {
            return joined(all.parts(), " and ");
        } else if (condition instanceof Condition.Any any) {
            return joined(any.parts(), " or ");
        } else if (condition instanceof Condition.Not not) {
            return "not (" + of(not.part()) + ")";
        } else if (condition instanceof Condition.MeasureComparison c) {
            return ReadingWriter.measure(c.measure()) + sign(c.comparator()) + ReadingWriter.expression(c.right());
        }
        return value(condition);
    }

    private static String value(Condition condition) {
        if (condition instanceof Condition.Comparison c) {
            return ReadingWriter.expression(c.left()) + sign(c.comparator()) + ReadingWriter.expression(c.right());
        } else if (condition instanceof Condition.Between b) {
            return ReadingWriter.expression(b.value()) + " is from " + ReadingWriter.expression(b.low()) + " to "
                    + ReadingWriter.expression(b.high());
        } else if (condition instanceof Condition.OneOf o) {
            return ReadingWriter.expression(o.value()) + " is one of "
                    + o.values().stream().map(ReadingWriter::expression).collect(Collectors.joining(", "));
        } else if (condition instanceof Condition.TextMatch t) {
            return ReadingWriter.expression(t.value()) + position(t.position()) + "'" + t.text() + "'";
        } else if (condition instanceof Condition.Missing m) {
            return ReadingWriter.expression(m.value()) + " is missing";
        } else if (condition instanceof Condition.Among a) {
            return ReadingWriter.expression(a.value()) + " is among " + ReadingWriter.within(a.rows());
        } else if (condition instanceof Condition.RelativePeriod p) {
            return ReadingWriter.expression(p.date()) + " is in " + period(p);
        }
        throw new AssertionError(condition);
    }

    private static String joined(List<Condition> parts, String by) {
        return parts.stream()
                .map(p -> p instanceof Condition.Any || p instanceof Condition.All ? "(" + of(p) + ")" : of(p))
                .collect(Collectors.joining(by));
    }

    private static String sign(Condition.Comparator comparator) {
        return switch (comparator) {
            case EQUAL -> " is ";
            case NOT_EQUAL -> " is not ";
            case LESS -> " is below ";
            case LESS_OR_EQUAL -> " is at most ";
            case GREATER -> " is above ";
            case GREATER_OR_EQUAL -> " is at least ";
        };
    }

    private static String position(Condition.Position position) {
        return switch (position) {
            case START -> " starts with ";
            case END -> " ends with ";
            case ANYWHERE -> " contains ";
        };
    }

    private static String period(Condition.RelativePeriod period) {
        String unit = period.unit().name().toLowerCase(Locale.ROOT);
        if (period.offset() == 0) {
            return "this " + unit;
        }
        boolean untilNow = period.offset() == -period.length();
        return untilNow && period.length() > 1
                ? "the last " + period.length() + " whole " + unit + "s"
                : "the " + unit + " before this one";
    }
}
