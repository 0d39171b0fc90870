package dev.datastudio.agents.planner.internal;

import dev.datastudio.core.analysis.Aggregate;
import dev.datastudio.core.analysis.Dimension;
import dev.datastudio.core.analysis.Expression;
import dev.datastudio.core.analysis.Measure;
import dev.datastudio.core.analysis.Measure.Aggregated;
import dev.datastudio.core.analysis.Measure.Transform;
import dev.datastudio.core.analysis.Operation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Changes what is computed. A new column keeps the aggregate of the one it takes the place of. */
final class MeasureEdit {
    private final Draft draft;
    private final Decisions decisions;

    MeasureEdit(Draft draft, Decisions decisions) {
        this.draft = draft;
        this.decisions = decisions;
    }

    /** Adds the measures that were named, or puts them in the place of those there. */
    void apply(Cue cue, Fragment wanted) {
        if (draft.isGrouped()) {
            grouped(cue, wanted);
        } else if (!draft.showsColumns()) {
            ofValues(cue, wanted);
        } else if (!wanted.aggregates.isEmpty() || !wanted.slots.measures.isEmpty() || wanted.slots.counts) {
            fromRows(wanted);
        }
    }

    private void grouped(Cue cue, Fragment wanted) {
        List<Measure> fresh = named(wanted, draft.measures);
        if (!fresh.isEmpty()) {
            if (cue == Cue.ADD) {
                fresh.stream().filter(m -> !draft.measures.contains(m)).forEach(draft.measures::add);
                draft.touched = true;
            } else {
                draft.replaceMeasures(fresh);
            }
        } else if (!wanted.aggregates.isEmpty()) {
            aggregates(cue, wanted.aggregates);
        }
        Transform transform = wanted.transform;
        if (transform != null) {
            draft.measures.replaceAll(m -> transformed(m, transform));
            draft.order.replaceAll(
                    k -> k.by() instanceof Measure m ? new Draft.SortKey(transformed(m, transform), k.direction()) : k);
            draft.touched = true;
        }
    }

    /** The measures that a fragment names; columns without an aggregate take that of the measures there. */
    private List<Measure> named(Fragment wanted, List<Measure> there) {
        List<Measure> fresh = new ArrayList<>();
        ColumnEntry counted = wanted.slots.counted;
        if (counted != null) {
            boolean groups = isGroup(counted);
            fresh.add(groups ? Measure.count() : Measure.of(Aggregate.COUNT_DISTINCT, counted.ref()));
        } else if (wanted.slots.counts) {
            fresh.add(Measure.count());
        }
        for (Slots.MeasureSlot slot : wanted.slots.measures) {
            fresh.add(
                    slot.aggregate().isEmpty()
                            ? like(there, slot.column())
                            : Measures.of(slot.aggregate(), slot.column()));
        }
        wanted.bare().stream().filter(c -> c.isQuantity() && !isGroup(c)).forEach(c -> fresh.add(like(there, c)));
        Transform before = there.isEmpty() ? Transform.NONE : there.get(0).transform();
        return fresh.stream()
                .map(m -> before == Transform.SHARE_OF_TOTAL ? transformed(m, before) : m)
                .distinct()
                .toList();
    }

    private boolean isGroup(ColumnEntry column) {
        return draft.dimensions.stream().anyMatch(d -> d.of().equals(column.ref()));
    }

    /** The aggregate of the measures there, of another column. */
    private Measure like(List<Measure> there, ColumnEntry column) {
        for (Measure measure : there) {
            boolean aggregates = measure instanceof Aggregated a
                    && a.of() instanceof Expression.ColumnRef
                    && a.aggregate() != Aggregate.COUNT
                    && a.aggregate() != Aggregate.COUNT_DISTINCT;
            if (aggregates) {
                Aggregated model = (Aggregated) measure;
                boolean adds = model.aggregate() == Aggregate.SUM && Measures.defaultAggregate(column) != Aggregate.SUM;
                if (adds) {
                    decisions.note(
                            column.name() + " is averaged, as a sum of it means little and no aggregate was named.",
                            0.1);
                    return new Aggregated(Aggregate.MEAN, column.ref(), 0, model.transform());
                }
                return new Aggregated(model.aggregate(), column.ref(), model.fraction(), model.transform());
            }
        }
        return Measure.of(Measures.defaultAggregate(column), column.ref());
    }

    private static Measure transformed(Measure measure, Transform transform) {
        return ComputedSteps.with(measure instanceof Measure.Moving m ? m.of() : measure, transform);
    }

    /** "The median": the same columns, another aggregate. */
    private void aggregates(Cue cue, List<String> aggregates) {
        List<Measure> fresh = new ArrayList<>(cue == Cue.ADD ? draft.measures : List.of());
        for (Measure measure : draft.measures) {
            Set<ColumnEntry> columns = columns(measure);
            for (ColumnEntry column : columns) {
                aggregates.forEach(a -> fresh.add(withTransform(Measures.of(a, column), measure)));
            }
            if (columns.isEmpty()) {
                draft.problem = "The last answer counts rows, and of them no "
                        + aggregates.get(0).replace('_', ' ') + " can be computed; name a column.";
                return;
            }
        }
        if (cue == Cue.ADD) {
            draft.measures.clear();
            draft.measures.addAll(fresh.stream().distinct().toList());
            draft.touched = true;
        } else {
            draft.replaceMeasures(fresh.stream().distinct().toList());
        }
    }

    private static Measure withTransform(Aggregated fresh, Measure like) {
        return transformed(fresh, like.transform());
    }

    private Set<ColumnEntry> columns(Measure measure) {
        Set<ColumnEntry> columns = new HashSet<>();
        if (measure instanceof Aggregated a && a.of() instanceof Expression.ColumnRef ref) {
            decisions.index().find(ref.name()).ifPresent(columns::add);
        }
        return columns;
    }

    /** Columns whose values are looked at: "what about profit" after the distribution of sales. */
    private void ofValues(Cue cue, Fragment wanted) {
        List<ColumnEntry> named = new ArrayList<>(wanted.bare());
        wanted.slots.measures.forEach(m -> named.add(m.column()));
        List<Measure> fresh = new ArrayList<>();
        for (ColumnEntry column : named) {
            boolean groups = (cue == Cue.ADD || draft.operation == Operation.CORRELATION) && !column.isQuantity();
            if (!groups) {
                fresh.add(Measures.values(column));
            }
        }
        if (fresh.isEmpty()) {
            return;
        }
        boolean replacesOne = draft.operation == Operation.CORRELATION && fresh.size() == 1 && cue != Cue.ADD;
        if (cue == Cue.ADD) {
            fresh.stream().filter(m -> !draft.measures.contains(m)).forEach(draft.measures::add);
            draft.touched = true;
        } else if (replacesOne) {
            draft.replace(draft.measures.get(draft.measures.size() - 1), fresh.get(0));
        } else {
            draft.replaceMeasures(fresh);
        }
    }

    /** "How many are there", "the average fare" after a list of rows. */
    private void fromRows(Fragment wanted) {
        List<Measure> fresh = named(wanted, List.of());
        if (draft.operation == Operation.LIST && !fresh.isEmpty()) {
            draft.operation = Operation.AGGREGATE;
            draft.dimensions.clear();
            draft.order.clear();
            draft.limit = null;
            draft.replaceMeasures(fresh);
        } else {
            draft.problem = "It is not said of which column that is wanted.";
        }
    }

    /** Takes away measures; whether there were any of those. */
    boolean remove(Fragment unwanted) {
        Set<Measure> out = new HashSet<>();
        for (Measure measure : draft.measures) {
            if (names(unwanted, measure)) {
                out.add(measure);
            }
        }
        if (unwanted.transform != null && unwanted.transform != Transform.NONE) {
            draft.measures.replaceAll(m -> transformed(m, Transform.NONE));
            draft.touched = true;
            return true;
        }
        if (out.isEmpty()) {
            return false;
        }
        if (out.size() == draft.measures.size()) {
            draft.problem = "That is all that the last answer computes, so nothing would be left.";
            return true;
        }
        draft.measures.removeAll(out);
        draft.touched = true;
        return true;
    }

    /** Whether a fragment means a measure: by its column, its aggregate or both. */
    private static boolean names(Fragment fragment, Measure measure) {
        boolean byAggregate =
                measure instanceof Aggregated a && fragment.aggregates.stream().anyMatch(n -> isAggregate(n, a));
        boolean byColumn = fragment.bare().stream().anyMatch(c -> reads(measure, c))
                || fragment.slots.measures.stream()
                        .anyMatch(s -> reads(measure, s.column())
                                && (s.aggregate().isEmpty()
                                        || (measure instanceof Aggregated a && isAggregate(s.aggregate(), a))));
        boolean byCount = fragment.slots.counts
                && measure instanceof Aggregated a
                && (a.aggregate() == Aggregate.COUNT || a.aggregate() == Aggregate.COUNT_DISTINCT);
        ColumnEntry counted = fragment.slots.counted;
        return byAggregate || byColumn || byCount || (counted != null && reads(measure, counted));
    }

    private static boolean isAggregate(String name, Aggregated measure) {
        return name.startsWith("percentile")
                ? measure.aggregate() == Aggregate.PERCENTILE
                : measure.aggregate().name().equalsIgnoreCase(name);
    }

    private static boolean reads(Measure measure, ColumnEntry column) {
        return measure.columns().contains(column.ref());
    }

    /** One measure for another, or a measure for a group; whether what gives way was there. */
    boolean replace(Fragment wanted, Fragment old, GroupEdit groups) {
        List<Measure> out = draft.measures.stream().filter(m -> names(old, m)).toList();
        if (out.isEmpty()) {
            return false;
        }
        List<Measure> fresh = replacements(wanted, out);
        if (fresh.isEmpty()) {
            List<Dimension> dimensions = groups.named(wanted);
            if (draft.measures.size() == out.size() && !dimensions.isEmpty()) {
                draft.problem = "A column of groups can't take the place of what is computed.";
            }
            return false;
        }
        int at = draft.measures.indexOf(out.get(0));
        List<Measure> all = new ArrayList<>(draft.measures);
        all.removeAll(out);
        all.addAll(Math.min(at, all.size()), fresh);
        Measure first = out.get(0);
        draft.order.replaceAll(k -> k.by().equals(first) ? new Draft.SortKey(fresh.get(0), k.direction()) : k);
        draft.measures.clear();
        draft.measures.addAll(all.stream().distinct().toList());
        draft.touched = true;
        return true;
    }

    private List<Measure> replacements(Fragment wanted, List<Measure> out) {
        if (!wanted.aggregates.isEmpty()) {
            List<Measure> fresh = new ArrayList<>();
            for (Measure measure : out) {
                columns(measure)
                        .forEach(c ->
                                wanted.aggregates.forEach(a -> fresh.add(withTransform(Measures.of(a, c), measure))));
            }
            return fresh;
        }
        if (draft.isGrouped()) {
            List<Measure> fresh = named(wanted, out);
            return fresh.isEmpty()
                    ? wanted.groups().stream()
                            .filter(ColumnEntry::isQuantity)
                            .map(c -> like(out, c))
                            .toList()
                    : fresh;
        }
        List<ColumnEntry> columns = new ArrayList<>(wanted.bare());
        wanted.slots.measures.forEach(m -> columns.add(m.column()));
        columns.addAll(wanted.groups());
        return columns.stream().<Measure>map(Measures::values).distinct().toList();
    }
}
