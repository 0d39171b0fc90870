package dev.datastudio.agents.planner.internal;

import dev.datastudio.core.analysis.ChartHint;
import dev.datastudio.core.analysis.Condition;
import dev.datastudio.core.analysis.Detail;
import dev.datastudio.core.analysis.Dimension;
import dev.datastudio.core.analysis.Expression;
import dev.datastudio.core.analysis.Limit;
import dev.datastudio.core.analysis.Measure;
import dev.datastudio.core.analysis.Operation;
import dev.datastudio.core.analysis.Order;
import dev.datastudio.core.analysis.Order.Direction;
import dev.datastudio.core.analysis.Step;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A step that is being changed. What it is sorted and cut by is held by itself instead of by its place, so that parts
 * come and go freely. Not thread-safe.
 */
final class Draft {
    private final Step before;
    private final Scope index;
    Operation operation;
    final List<Condition> filter;
    final List<Dimension> dimensions;
    final List<Measure> measures;
    Condition having;
    final List<SortKey> order = new ArrayList<>();

    @Nullable
    Limit limit;

    private @Nullable Dimension perDimension;
    Detail detail;
    ChartHint chart;
    /** Why the change can't be made; empty when it can. */
    String problem = "";
    /** Whether a part of the change found its place in this step. */
    boolean touched;

    /** What is sorted by: a {@link Measure}, a {@link Dimension} or an {@link Expression}. */
    record SortKey(Object by, Direction direction) {}

    Draft(Step before, Scope index) {
        Step step = NamesOnly.shown(before);
        this.before = step;
        this.index = index;
        operation = step.operation();
        filter = new ArrayList<>(conjuncts(step.filter()));
        dimensions = new ArrayList<>(step.dimensions());
        measures = new ArrayList<>(step.measures());
        having = step.having();
        limit = step.limit();
        perDimension = limit == null || limit.perDimension() < 0 ? null : dimensions.get(limit.perDimension());
        detail = step.detail();
        chart = step.chart();
        for (Order key : step.order()) {
            order.add(new SortKey(part(step, key.key()), key.direction()));
        }
    }

    private static Object part(Step step, Order.Key key) {
        if (key instanceof Order.Key.OfMeasure m) {
            return step.measures().get(m.index());
        } else if (key instanceof Order.Key.OfDimension d) {
            return step.dimensions().get(d.index());
        } else if (key instanceof Order.Key.OfValue v) {
            return v.value();
        }
        throw new AssertionError(key);
    }

    /** The conditions that must all hold. */
    static List<Condition> conjuncts(Condition condition) {
        return condition instanceof Condition.All all
                ? all.parts().stream().flatMap(p -> conjuncts(p).stream()).toList()
                : List.of(condition);
    }

    Step before() {
        return before;
    }

    /** Whether measures are computed for groups. */
    boolean isGrouped() {
        return operation == Operation.AGGREGATE || operation == Operation.TREND || operation == Operation.COMPARISON;
    }

    /** Whether dimensions are the columns looked at, instead of groups. */
    boolean showsColumns() {
        return operation == Operation.LIST
                || operation == Operation.SUMMARY
                || operation == Operation.MISSING
                || operation == Operation.DUPLICATES;
    }

    void replace(Measure old, Measure fresh) {
        Collections.replaceAll(measures, old, fresh);
        order.replaceAll(k -> k.by().equals(old) ? new SortKey(fresh, k.direction()) : k);
        touched = true;
    }

    void replace(Dimension old, Dimension fresh) {
        Collections.replaceAll(dimensions, old, fresh);
        order.replaceAll(k -> k.by().equals(old) ? new SortKey(fresh, k.direction()) : k);
        if (old.equals(perDimension)) {
            perDimension = fresh;
        }
        touched = true;
    }

    /** Puts other measures in the place of all; what was sorted by the first is sorted by the new first. */
    void replaceMeasures(List<Measure> fresh) {
        if (!measures.isEmpty() && !fresh.isEmpty()) {
            Measure first = measures.get(0);
            order.replaceAll(k -> k.by().equals(first) ? new SortKey(fresh.get(0), k.direction()) : k);
        }
        measures.clear();
        measures.addAll(fresh);
        touched = true;
    }

    /** Adds a group; periods of time come first. */
    void add(Dimension dimension) {
        if (!dimensions.contains(dimension)) {
            boolean first = isTime(dimension) && limit == null && operation != Operation.LIST;
            dimensions.add(first ? 0 : dimensions.size(), dimension);
        }
        touched = true;
    }

    /** Whether a group is a period or a recurring part of time. */
    boolean isTime(Dimension dimension) {
        return dimension.grouping() instanceof Dimension.Grouping.ByTime
                || dimension.of() instanceof Expression.PartOf
                || dimension.of().columns().stream()
                        .anyMatch(c -> index.find(c.name())
                                .filter(e -> e.isYearNumber() || e.isTemporal())
                                .isPresent());
    }

    /** The step as changed. */
    Step build() {
        if (operation == Operation.AGGREGATE || operation == Operation.TREND) {
            operation = isTrend() ? Operation.TREND : Operation.AGGREGATE;
        }
        order.removeIf(k -> !isThere(k.by()));
        if (operation != Operation.LIST && dimensions.isEmpty()) {
            order.clear();
            limit = null;
            having = Condition.always();
        }
        List<Order> keys = order.stream().map(this::key).distinct().toList();
        return before.toBuilder()
                .operation(operation)
                .filter(Condition.all(filter))
                .dimensions(dimensions)
                .measures(measures)
                .having(having)
                .order(keys)
                .limit(limit())
                .detail(detail)
                .chart(chart)
                .build();
    }

    private @Nullable Limit limit() {
        Limit whole = limit;
        if (whole == null || whole.perDimension() < 0) {
            return whole;
        }
        Dimension per = perDimension;
        int place = per == null ? -1 : dimensions.indexOf(per);
        return whole.per(place);
    }

    private boolean isTrend() {
        boolean shares = measures.stream().anyMatch(m -> m.transform() == Measure.Transform.SHARE_OF_TOTAL);
        boolean ranks = limit != null;
        return !dimensions.isEmpty()
                && !measures.isEmpty()
                && !shares
                && !ranks
                && isTime(dimensions.get(0))
                && !(dimensions.get(0).of() instanceof Expression.PartOf);
    }

    private boolean isThere(Object by) {
        return by instanceof Expression || measures.contains(by) || dimensions.contains(by);
    }

    private Order key(SortKey key) {
        if (key.by() instanceof Measure) {
            return Order.byMeasure(measures.indexOf(key.by()), key.direction());
        } else if (key.by() instanceof Dimension) {
            return Order.byDimension(dimensions.indexOf(key.by()), key.direction());
        }
        return new Order(new Order.Key.OfValue((Expression) key.by()), key.direction());
    }
}
