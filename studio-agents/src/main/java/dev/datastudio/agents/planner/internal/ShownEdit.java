package dev.datastudio.agents.planner.internal;

import dev.datastudio.core.analysis.ChartHint;
import dev.datastudio.core.analysis.Condition;
import dev.datastudio.core.analysis.Dimension;
import dev.datastudio.core.analysis.Limit;
import dev.datastudio.core.analysis.Measure;
import dev.datastudio.core.analysis.Operation;
import dev.datastudio.core.analysis.Order.Direction;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Changes how the rows are sorted, how many are kept, and what they are drawn as. */
final class ShownEdit {
    private final Draft draft;
    private final Scope index;

    ShownEdit(Draft draft, Scope index) {
        this.draft = draft;
        this.index = index;
    }

    void apply(Fragment wanted) {
        sort(wanted);
        cut(wanted);
        if (wanted.swapsAxes) {
            swap();
        }
        if (wanted.reverses) {
            reverse();
        }
        if (!wanted.slots.chart.isEmpty()) {
            draw(wanted.slots.chart);
        }
    }

    private void draw(String chart) {
        ChartHint hint = ChartHint.valueOf(chart.toUpperCase(Locale.ROOT));
        boolean ofGroups = hint == ChartHint.HISTOGRAM && draft.isGrouped();
        draft.chart = ofGroups ? ChartHint.BAR : hint;
        draft.touched = true;
    }

    private void sort(Fragment wanted) {
        Slots.SortSlot sort = wanted.slots.sort;
        if (sort == null) {
            return;
        }
        Optional<Object> by = sortedBy(wanted, sort);
        if (by.isEmpty()) {
            draft.problem =
                    draft.problem.isEmpty() ? "What is to be sorted by is not in the last answer." : draft.problem;
            return;
        }
        draft.order.clear();
        draft.order.add(new Draft.SortKey(by.get(), sort.direction()));
        draft.touched = true;
    }

    private Optional<Object> sortedBy(Fragment wanted, Slots.SortSlot sort) {
        ColumnEntry column = sort.column();
        if (column != null && draft.operation == Operation.LIST) {
            return Optional.of(column.ref());
        } else if (column != null) {
            return partOf(column);
        } else if (sort.axis().equals("x")) {
            return first(draft.dimensions);
        } else if (sort.axis().equals("y") || wanted.slots.counts) {
            return first(draft.measures);
        } else if (!draft.order.isEmpty()) {
            return Optional.of(draft.order.get(0).by());
        }
        return draft.operation == Operation.LIST
                ? draft.dimensions.stream().findFirst().map(Dimension::of)
                : first(draft.measures).or(() -> first(draft.dimensions));
    }

    private static Optional<Object> first(List<?> parts) {
        return parts.stream().findFirst().map(p -> p);
    }

    private Optional<Object> partOf(ColumnEntry column) {
        Optional<Object> measure = draft.measures.stream()
                .filter(m -> m.columns().contains(column.ref()))
                .findFirst()
                .map(m -> m);
        return measure.or(() -> draft.dimensions.stream()
                .filter(d -> d.of().columns().contains(column.ref()))
                .findFirst()
                .map(d -> d));
    }

    private void cut(Fragment wanted) {
        Direction rank = wanted.slots.rank;
        if (wanted.slots.limit == 0 && rank == null) {
            return;
        }
        if (draft.dimensions.isEmpty() && draft.operation != Operation.LIST) {
            draft.problem = "The last answer has one row only.";
            return;
        }
        if (rank != null && !draft.measures.isEmpty()) {
            Measure by = wanted.slots.measures.isEmpty()
                    ? draft.order.stream()
                            .map(Draft.SortKey::by)
                            .filter(Measure.class::isInstance)
                            .map(Measure.class::cast)
                            .findFirst()
                            .orElse(draft.measures.get(0))
                    : draft.measures.get(draft.measures.size() - 1);
            draft.order.clear();
            draft.order.add(new Draft.SortKey(by, rank));
        } else if (rank == Direction.ASCENDING) {
            draft.order.replaceAll(k -> new Draft.SortKey(k.by(), flipped(k.direction())));
        }
        Limit before = draft.limit;
        int count = wanted.slots.limit > 0 ? wanted.slots.limit : 1;
        draft.limit = before == null ? Limit.of(count) : new Limit(count, Limit.Ties.CUT, before.perDimension());
        draft.touched = true;
    }

    /** "All of them": what was cut off comes back, else the conditions go. */
    void all() {
        if (draft.limit != null) {
            draft.limit = null;
        } else if (!draft.having.equals(Condition.always())) {
            draft.having = Condition.always();
        } else if (!draft.filter.isEmpty()) {
            draft.filter.clear();
        } else {
            draft.problem = "The last answer has all rows already.";
        }
        draft.touched = true;
    }

    private void swap() {
        if (draft.measures.size() == 2 && !draft.isGrouped()) {
            Collections.swap(draft.measures, 0, 1);
        } else if (draft.dimensions.size() == 2) {
            Collections.swap(draft.dimensions, 0, 1);
        } else {
            draft.problem = "The last answer has no two axes that could change places.";
        }
        draft.touched = true;
    }

    /** The rows from their other end; of two columns set against each other, the other way round. */
    private void reverse() {
        boolean isPair = draft.operation == Operation.CORRELATION || draft.operation == Operation.REGRESSION;
        if (isPair && draft.measures.size() == 2) {
            Collections.swap(draft.measures, 0, 1);
        } else if (!draft.order.isEmpty()) {
            draft.order.replaceAll(k -> new Draft.SortKey(k.by(), flipped(k.direction())));
        } else if (draft.dimensions.isEmpty() || draft.showsColumns()) {
            draft.problem = "The last answer has no order that could be turned round.";
        } else {
            Dimension first = draft.dimensions.get(0);
            boolean byMeasure = draft.dimensions.size() == 1 && isCategory(first) && !draft.measures.isEmpty();
            draft.order.add(
                    byMeasure
                            ? new Draft.SortKey(draft.measures.get(0), Direction.ASCENDING)
                            : new Draft.SortKey(first, Direction.DESCENDING));
        }
        draft.touched = true;
    }

    /** Groups of a single category come from the greatest on, all others in their own order. */
    private boolean isCategory(Dimension dimension) {
        boolean isNumber = dimension.of().columns().stream()
                .anyMatch(
                        c -> index.find(c.name()).filter(ColumnEntry::isNumeric).isPresent());
        return dimension.grouping() instanceof Dimension.Grouping.ByValue && !draft.isTime(dimension) && !isNumber;
    }

    private static Direction flipped(Direction direction) {
        return direction == Direction.ASCENDING ? Direction.DESCENDING : Direction.ASCENDING;
    }

    /** Takes away the limit, the sorting or the chart. */
    void remove(Fragment unwanted) {
        boolean noLimit = unwanted.parts.contains(Fragment.Part.LIMIT) || unwanted.slots.limit > 0;
        if (noLimit && draft.limit != null) {
            draft.limit = null;
            draft.touched = true;
        }
        boolean noSort = unwanted.parts.contains(Fragment.Part.SORT) || unwanted.slots.sort != null;
        if (noSort && !draft.order.isEmpty()) {
            draft.order.clear();
            draft.touched = true;
        }
        if (unwanted.parts.contains(Fragment.Part.CHART)) {
            draft.chart = ChartHint.NONE;
            draft.touched = true;
        } else if (draft.chart.jsonName().equals(unwanted.slots.chart)) {
            draft.chart = ChartHint.AUTO;
            draft.touched = true;
        }
    }

    /** One chart for another, one number of rows for another; whether that was meant. */
    boolean replace(Fragment wanted, Fragment old) {
        boolean charts = !old.slots.chart.isEmpty() && !wanted.slots.chart.isEmpty();
        if (charts) {
            draw(wanted.slots.chart);
        }
        boolean limits = old.slots.limit > 0 && wanted.slots.limit > 0;
        boolean sorts = old.slots.sort != null && wanted.slots.sort != null;
        if (limits) {
            cut(wanted);
        }
        if (sorts) {
            sort(wanted);
        }
        return charts || limits || sorts;
    }
}
