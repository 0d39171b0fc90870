package dev.datastudio.agents.planner.internal;

import dev.datastudio.core.analysis.ChartHint;
import dev.datastudio.core.analysis.Condition;
import dev.datastudio.core.analysis.Detail;
import dev.datastudio.core.analysis.Dimension;
import dev.datastudio.core.analysis.Dimension.Grouping;
import dev.datastudio.core.analysis.Expression;
import dev.datastudio.core.analysis.Limit;
import dev.datastudio.core.analysis.Measure;
import dev.datastudio.core.analysis.Measure.Transform;
import dev.datastudio.core.analysis.Operation;
import dev.datastudio.core.analysis.Order;
import dev.datastudio.core.analysis.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says in words how one step differs from another. */
final class StepChanges {
    private final Step before;
    private final Step after;
    private final List<String> changes = new ArrayList<>();

    private StepChanges(Step before, Step after) {
        this.before = before;
        this.after = after;
    }

    /** The changes, one each: "grain: month instead of year"; empty when there are none. */
    static List<String> between(Step before, Step after) {
        var changes = new StepChanges(before, after);
        changes.operation();
        changes.measures();
        changes.dimensions();
        changes.conditions("filter", before.filter(), after.filter());
        changes.conditions("groups", before.having(), after.having());
        changes.compared();
        changes.order();
        changes.limit();
        changes.chart();
        return List.copyOf(changes.changes);
    }

    private void operation() {
        boolean grouped = isGrouped(before) && isGrouped(after);
        if (before.operation() != after.operation() && !grouped) {
            changes.add("operation: " + name(after.operation()) + " instead of " + name(before.operation()));
        }
    }

    private static boolean isGrouped(Step step) {
        return step.operation() == Operation.AGGREGATE || step.operation() == Operation.TREND;
    }

    private static String name(Operation operation) {
        return switch (operation) {
            case AGGREGATE, TREND -> "groups";
            case LIST -> "rows";
            default -> operation.jsonName();
        };
    }

    private void measures() {
        boolean sameShape = isGrouped(before) == isGrouped(after);
        if (!sameShape && after.measures().isEmpty()) {
            return;
        }
        boolean grouped = isGrouped(after) || after.operation() == Operation.COMPARISON;
        Function<Measure, String> words = grouped ? StepChanges::measure : StepChanges::columns;
        differences(grouped ? "measure" : "column", before.measures(), after.measures(), words);
    }

    private static String measure(Measure measure) {
        Transform transform = measure.transform();
        String plain = ReadingWriter.measure(
                measure instanceof Measure.Aggregated a
                        ? new Measure.Aggregated(a.aggregate(), a.of(), a.fraction(), Transform.NONE)
                        : measure);
        return switch (transform) {
            case NONE -> plain;
            case SHARE_OF_TOTAL -> "share of " + plain;
            default -> transform.name().toLowerCase(Locale.ROOT).replace('_', ' ') + " of " + plain;
        };
    }

    private static String columns(Measure measure) {
        return measure.columns().stream().map(Expression.ColumnRef::name).collect(Collectors.joining(", "));
    }

    private <T> void differences(String part, List<T> old, List<T> fresh, Function<T, String> words) {
        List<String> out =
                old.stream().filter(o -> !fresh.contains(o)).map(words).toList();
        List<String> in =
                fresh.stream().filter(f -> !old.contains(f)).map(words).toList();
        if (!in.isEmpty() && !out.isEmpty()) {
            changes.add(part + ": " + String.join(", ", in) + " instead of " + String.join(", ", out));
        } else if (!in.isEmpty()) {
            changes.add(part + " added: " + String.join(", ", in));
        } else if (!out.isEmpty()) {
            changes.add(part + " removed: " + String.join(", ", out));
        } else if (!old.equals(fresh) && old.size() == fresh.size()) {
            changes.add(
                    part + "s the other way round: " + fresh.stream().map(words).collect(Collectors.joining(", ")));
        }
    }

    private void dimensions() {
        List<Dimension> out = before.dimensions().stream()
                .filter(d -> !after.dimensions().contains(d))
                .toList();
        List<Dimension> in = after.dimensions().stream()
                .filter(d -> !before.dimensions().contains(d))
                .toList();
        if (out.size() == 1
                && in.size() == 1
                && out.get(0).of().equals(in.get(0).of())) {
            regrouped(out.get(0).grouping(), in.get(0).grouping());
            return;
        }
        boolean showsColumns = !isGrouped(after) && after.measures().isEmpty();
        differences(
                showsColumns ? "column" : "group", before.dimensions(), after.dimensions(), ReadingWriter::dimension);
    }

    private void regrouped(Grouping old, Grouping fresh) {
        if (old instanceof Grouping.ByTime a && fresh instanceof Grouping.ByTime b) {
            changes.add("grain: " + b.grain().name().toLowerCase(Locale.ROOT) + " instead of "
                    + a.grain().name().toLowerCase(Locale.ROOT));
        } else if (fresh instanceof Grouping.ByBins bins) {
            changes.add("bins: " + bins.count());
        } else {
            differences("group", before.dimensions(), after.dimensions(), ReadingWriter::dimension);
        }
    }

    private void conditions(String part, Condition old, Condition fresh) {
        differences(part, parts(old), parts(fresh), ConditionWriter::of);
    }

    private static List<Condition> parts(Condition condition) {
        return condition.equals(Condition.always()) ? List.of() : Draft.conjuncts(condition);
    }

    private void compared() {
        if (before.detail() instanceof Detail.Comparison a && after.detail() instanceof Detail.Comparison b) {
            differences("compared", a.groups(), b.groups(), ReadingWriter::expression);
        }
    }

    private void order() {
        List<String> old = orders(before);
        List<String> fresh = orders(after);
        if (!before.order().equals(after.order())) {
            changes.add(
                    fresh.isEmpty() ? "no longer sorted by " + old.get(0) : "sorted by " + String.join(", ", fresh));
        }
    }

    private static List<String> orders(Step step) {
        return step.order().stream()
                .map(o -> key(step, o.key())
                        + (o.direction() == Order.Direction.DESCENDING ? " from the highest" : " from the lowest"))
                .toList();
    }

    private static String key(Step step, Order.Key key) {
        if (key instanceof Order.Key.OfMeasure m) {
            return measure(step.measures().get(m.index()));
        } else if (key instanceof Order.Key.OfDimension d) {
            return ReadingWriter.dimension(step.dimensions().get(d.index()));
        } else if (key instanceof Order.Key.OfHidden h) {
            return measure(h.measure());
        } else if (key instanceof Order.Key.OfValue v) {
            return ReadingWriter.expression(v.value());
        }
        throw new AssertionError(key);
    }

    private void limit() {
        Limit old = before.limit();
        Limit fresh = after.limit();
        if (count(old) == count(fresh)) {
            return;
        }
        String was = old == null ? "" : " instead of " + old.count();
        changes.add(fresh == null ? "all instead of the first " + count(old) : "the first " + fresh.count() + was);
    }

    private static long count(@Nullable Limit limit) {
        return limit == null ? 0 : limit.count();
    }

    private void chart() {
        if (before.chart() != after.chart()) {
            String was = before.chart() == ChartHint.AUTO ? "" : " instead of " + chart(before.chart());
            changes.add("chart: " + chart(after.chart()) + was);
        }
    }

    private static String chart(ChartHint hint) {
        return switch (hint) {
            case AUTO -> "what fits";
            default -> hint.jsonName().replace('_', ' ');
        };
    }
}
