package dev.datastudio.agents.planner.internal;

import dev.datastudio.core.analysis.Dimension;
import dev.datastudio.core.analysis.Dimension.Grouping;
import dev.datastudio.core.analysis.Expression;
import dev.datastudio.core.analysis.Measure;
import dev.datastudio.core.analysis.Operation;
import dev.datastudio.core.analysis.TimeGrain;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Changes what rows are grouped by, how finely time is cut and numbers are binned. */
final class GroupEdit {
    private static final int USUAL_BINS = 10;

    private final Draft draft;
    private final Decisions decisions;

    GroupEdit(Draft draft, Decisions decisions) {
        this.draft = draft;
        this.decisions = decisions;
    }

    /** Adds the groups that were named, or puts them in the place of those of their kind. */
    void apply(Cue cue, Fragment wanted) {
        bins(wanted);
        if (draft.showsColumns()) {
            columns(cue, wanted);
            return;
        }
        if (wanted.hasTime()) {
            time(cue, wanted);
        }
        List<ColumnEntry> named = categories(wanted);
        if (named.isEmpty()) {
            return;
        }
        if (draft.operation == Operation.DISTRIBUTION && isOfCategories()) {
            crossed(named);
            return;
        }
        boolean adds = cue == Cue.ADD || cue == Cue.SPLIT || wanted.splits || !draft.isGrouped();
        boolean splitsTrend = draft.operation == Operation.TREND && cue != Cue.ONLY;
        List<Dimension> fresh = Shape.byColumns(named);
        if (!adds) {
            regroup(fresh, splitsTrend);
        }
        fresh.forEach(draft::add);
    }

    /** Takes those away that the new groups take the place of. */
    private void regroup(List<Dimension> fresh, boolean keepsTime) {
        boolean anyCategory = draft.dimensions.stream().anyMatch(d -> !draft.isTime(d));
        boolean replacesTime = !anyCategory && !keepsTime && fresh.stream().noneMatch(draft::isTime);
        boolean sorted = !draft.order.isEmpty() && !fresh.isEmpty();
        List<Dimension> out = draft.dimensions.stream()
                .filter(d -> replacesTime || !draft.isTime(d))
                .toList();
        if (out.size() == 1 && fresh.size() == 1 && sorted) {
            draft.replace(out.get(0), fresh.get(0));
        } else {
            draft.dimensions.removeAll(out);
        }
    }

    /** Columns that a fragment groups by: after "by", and categories that stand alone. */
    private List<ColumnEntry> categories(Fragment wanted) {
        boolean looksAtValues = !draft.isGrouped() && draft.operation != Operation.CORRELATION;
        return Stream.concat(
                        wanted.groups().stream(),
                        wanted.bare().stream()
                                .filter(c -> !c.isQuantity())
                                .filter(c -> !looksAtValues || !isMeasured(c)))
                .distinct()
                .toList();
    }

    private boolean isMeasured(ColumnEntry column) {
        return draft.measures.stream().anyMatch(m -> m.columns().contains(column.ref()));
    }

    private boolean isOfCategories() {
        return draft.measures.stream()
                .flatMap(m -> m.columns().stream())
                .noneMatch(c -> decisions
                        .index()
                        .find(c.name())
                        .filter(ColumnEntry::isNumeric)
                        .isPresent());
    }

    /** The spread of one category within another: their rows counted together. */
    private void crossed(List<ColumnEntry> named) {
        List<ColumnEntry> all = new ArrayList<>(named);
        draft.measures.stream()
                .flatMap(m -> m.columns().stream())
                .forEach(c -> decisions.index().find(c.name()).ifPresent(all::add));
        draft.operation = Operation.AGGREGATE;
        draft.dimensions.addAll(Shape.byColumns(all));
        draft.replaceMeasures(List.of(Measure.count()));
    }

    /** The columns of a list or a summary. */
    private void columns(Cue cue, Fragment wanted) {
        List<ColumnEntry> named = new ArrayList<>(wanted.bare());
        named.addAll(wanted.groups());
        wanted.time().ifPresent(named::add);
        if (named.isEmpty()) {
            return;
        }
        boolean adds = cue == Cue.ADD || (cue != Cue.ONLY && draft.operation == Operation.LIST);
        if (!adds || draft.dimensions.isEmpty()) {
            draft.dimensions.clear();
        }
        named.stream().map(c -> Dimension.of(c.ref())).forEach(draft::add);
    }

    private void time(Cue cue, Fragment wanted) {
        Optional<Dimension> there =
                draft.dimensions.stream().filter(draft::isTime).findFirst();
        Optional<Dimension> fresh = there.isPresent() && wanted.time().isEmpty()
                ? recut(there.get(), wanted)
                : new Shape(wanted.slots, decisions).time();
        if (fresh.isEmpty()) {
            draft.problem = "There is no column of dates or years.";
            return;
        }
        if (there.isPresent() && cue != Cue.ADD) {
            draft.replace(there.get(), fresh.get());
            return;
        }
        boolean regroups = wanted.regroups && cue != Cue.ADD && cue != Cue.SPLIT && draft.isGrouped();
        if (regroups) {
            draft.dimensions.clear();
        }
        draft.add(fresh.get());
    }

    /** The same dates, cut as the fragment says; as they are when it says nothing of it. */
    private Optional<Dimension> recut(Dimension there, Fragment wanted) {
        Expression date = there.of() instanceof Expression.PartOf part ? part.date() : there.of();
        Slots slots = wanted.slots;
        boolean canCut = date instanceof Expression.ColumnRef ref
                && decisions
                        .index()
                        .find(ref.name())
                        .filter(TimeColumns::canCut)
                        .isPresent();
        if (slots.grain == null && slots.datePart == null) {
            return Optional.of(there);
        }
        if (!canCut) {
            return new Shape(slots, decisions).time();
        }
        if (slots.datePart != null) {
            return Optional.of(Dimension.of(new Expression.PartOf(slots.datePart, date)));
        }
        TimeGrain grain = slots.grain;
        return grain == null ? Optional.of(there) : Optional.of(Dimension.of(date, grain));
    }

    private void bins(Fragment wanted) {
        if (wanted.bins == 0 && wanted.binSteps == 0) {
            return;
        }
        List<Dimension> binned = draft.dimensions.stream()
                .filter(d -> d.grouping() instanceof Grouping.ByBins || isBinnable(d))
                .toList();
        if (binned.isEmpty()) {
            draft.problem = draft.operation == Operation.DISTRIBUTION
                    ? "The bins of a distribution follow from the data; group by the column to choose their number."
                    : "The last answer has no bins.";
            return;
        }
        for (Dimension dimension : binned) {
            int before = dimension.grouping() instanceof Grouping.ByBins b && b.count() > 0 ? b.count() : USUAL_BINS;
            int count = wanted.bins > 0 ? wanted.bins : wanted.binSteps > 0 ? before * 2 : Math.max(2, before / 2);
            if (count > 1000) {
                draft.problem = "A column can have at most 1,000 bins.";
                return;
            }
            draft.replace(dimension, new Dimension(dimension.of(), new Grouping.ByBins(count)));
        }
    }

    private boolean isBinnable(Dimension dimension) {
        return dimension.of() instanceof Expression.ColumnRef ref
                && decisions
                        .index()
                        .find(ref.name())
                        .filter(c -> c.isNumeric() && !c.isYearNumber())
                        .isPresent();
    }

    /** The groups that a fragment names. */
    List<Dimension> named(Fragment wanted) {
        List<Dimension> named = new ArrayList<>();
        if (wanted.hasTime()) {
            new Shape(wanted.slots, decisions).time().ifPresent(named::add);
        }
        Shape.byColumns(categories(wanted)).stream()
                .filter(d -> !named.contains(d))
                .forEach(named::add);
        return named;
    }

    /** Takes away groups; whether there were any of those. */
    boolean remove(Fragment unwanted) {
        List<Dimension> out = draft.dimensions.stream()
                .filter(d -> isNamed(unwanted, d) || unwanted.parts.contains(Fragment.Part.GROUPS))
                .toList();
        boolean leavesNothing = draft.measures.isEmpty() && out.size() == draft.dimensions.size();
        if (out.isEmpty()) {
            return false;
        }
        if (leavesNothing) {
            draft.problem = "That is all that the last answer shows, so nothing would be left.";
            return true;
        }
        draft.dimensions.removeAll(out);
        draft.touched = true;
        return true;
    }

    /** Whether a fragment means a group: by its column, or by a word for its time. */
    private boolean isNamed(Fragment fragment, Dimension dimension) {
        boolean byColumn = Stream.of(fragment.bare().stream(), fragment.groups().stream(), fragment.time().stream())
                .flatMap(c -> c)
                .anyMatch(c -> dimension.of().columns().contains(c.ref()));
        ColumnEntry counted = fragment.slots.counted;
        boolean byCounted = counted != null && dimension.of().columns().contains(counted.ref());
        boolean byTime =
                draft.isTime(dimension) && fragment.hasTime() && fragment.time().isEmpty();
        return byColumn || byCounted || byTime;
    }

    /** One group for another; whether what gives way was there. */
    boolean replace(Fragment wanted, Fragment old) {
        List<Dimension> out =
                draft.dimensions.stream().filter(d -> isNamed(old, d)).toList();
        if (out.isEmpty()) {
            return false;
        }
        Optional<Dimension> recut = wanted.hasTime() && wanted.time().isEmpty() && draft.isTime(out.get(0))
                ? recut(out.get(0), wanted)
                : Optional.empty();
        List<Dimension> fresh = new ArrayList<>(recut.map(List::of).orElseGet(() -> anyColumns(wanted)));
        if (fresh.isEmpty()) {
            return false;
        }
        draft.replace(out.get(0), fresh.remove(0));
        draft.dimensions.removeAll(out.subList(1, out.size()));
        fresh.forEach(draft::add);
        return true;
    }

    /** In the place of a group a quantity is a group too. */
    private List<Dimension> anyColumns(Fragment wanted) {
        List<Dimension> named = new ArrayList<>(named(wanted));
        wanted.bare().stream()
                .filter(ColumnEntry::isQuantity)
                .map(c -> draft.showsColumns() ? Dimension.of(c.ref()) : Shape.byColumn(c))
                .forEach(named::add);
        return named;
    }
}
