package dev.datastudio.agents.planner.internal;

import dev.datastudio.api.dataset.ColumnRole;
import dev.datastudio.core.analysis.Aggregate;
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
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Builds aggregates, trends, rankings, lists and what a question without an operation word asks for. */
final class GroupAssembler {
    private final StepAssembler steps;
    private final Slots slots;
    private final Decisions decisions;
    private final Shape shape;
    private final MeasureAssembler measureAssembler;
    private final RowsAssembler rows;
    private final Regrouping regrouping;

    GroupAssembler(StepAssembler steps, Slots slots, Decisions decisions, Shape shape) {
        this.steps = steps;
        this.slots = slots;
        this.decisions = decisions;
        this.shape = shape;
        this.measureAssembler = new MeasureAssembler(slots, decisions);
        this.rows = new RowsAssembler(steps, slots, decisions, shape);
        this.regrouping = new Regrouping(slots, decisions);
    }

    List<Step> assemble() {
        if (slots.counts) {
            regrouping.countFlagged();
        }
        boolean cuts = slots.rank != null || slots.limit > 0;
        if (cuts && (slots.isOperation("distribution") || slots.isOperation("trend"))) {
            return steps.problem("A distribution or trend of the first few groups only is more than one step.");
        }
        if (slots.isOperation("comparison") || slots.versus) {
            Optional<List<Step>> comparison = comparison();
            if (comparison.isPresent()) {
                return comparison.get();
            }
            steps.tellApartListed();
        }
        if (slots.isOperation("share")) {
            regrouping.drawShares();
        }
        if (slots.isOperation("share")) {
            regrouping.shareOfSome();
        }
        if (slots.asksWhen && !slots.hasTime()) {
            Optional<List<Step>> when = rows.when();
            if (when.isPresent()) {
                return when.get();
            }
        }
        if (slots.ordinal != null && slots.rank == null) {
            return rows.ordinal(slots.ordinal);
        }
        regrouping.groupPoints();
        List<ColumnEntry> quantities =
                slots.bare.stream().filter(ColumnEntry::isQuantity).toList();
        if (isList(quantities)) {
            return rows.list();
        }
        if (!slots.having.equals(Condition.always())) {
            regrouping.compareGroups();
        }
        if (slots.rank != null && !slots.isOperation("trend")) {
            return ranking();
        }
        boolean plain = slots.measures.isEmpty()
                && slots.computed.isEmpty()
                && slots.ranges == null
                && !slots.comparesGroups
                && !slots.counts
                && slots.groups.isEmpty()
                && !slots.hasTime();
        if (plain && !slots.isOperation("share") && slots.operations.isEmpty()) {
            return withoutOperation(quantities);
        }
        return grouped();
    }

    /** "Compare sales in West and East": the groups that the filter named, side by side. */
    private Optional<List<Step>> comparison() {
        if (!(slots.filter instanceof Condition.OneOf groups) || !slots.groups.isEmpty() || slots.hasTime()) {
            return Optional.empty();
        }
        List<Measure> measures = measureAssembler.measures();
        if (measures.isEmpty() && !slots.rowsNamed) {
            return Optional.of(steps.problem("It is not said what is to be compared."));
        } else if (measures.isEmpty()) {
            measures = List.of(Measure.count());
        }
        return Optional.of(List.of(steps.step(Operation.COMPARISON)
                .filter(Condition.always())
                .dimensions(List.of(Dimension.of(groups.value())))
                .measures(measures)
                .detail(new Detail.Comparison(groups.values()))
                .build()));
    }

    private boolean isList(List<ColumnEntry> quantities) {
        boolean isValue = slots.asksForExtreme
                && slots.bare.isEmpty()
                && slots.entities.isEmpty()
                && slots.groups.isEmpty()
                && slots.limit == 0;
        if (isValue) {
            return false;
        }
        boolean computes = slots.counts
                || !slots.computed.isEmpty()
                || slots.transform != null
                || slots.ranges != null
                || slots.measures.stream().anyMatch(m -> !m.aggregate().isEmpty())
                || !slots.groups.isEmpty();
        if (computes || slots.isOperation("trend") || slots.isOperation("share")) {
            return false;
        }
        boolean listed = slots.isOperation("list") && !isOneCategory(quantities);
        boolean ranksRows = slots.ranksRows
                && slots.rank != null
                && !slots.grainIsEntity
                && (slots.measures.size() == 1 || quantities.size() == 1);
        boolean rowsRanked = slots.rank != null
                && slots.entities.stream().allMatch(this::namesRows)
                && !slots.grainIsEntity
                && (slots.rowsNamed || slots.limit > 0 || !slots.entities.isEmpty())
                && (slots.rowsNamed || slots.superlative || slots.entities.isEmpty());
        boolean someRows = slots.rowsNamed
                && slots.operations.isEmpty()
                && slots.mentioned().isEmpty()
                && !slots.hasTime()
                && (slots.limit > 0 || !slots.filter.equals(Condition.always()));
        return listed || ranksRows || rowsRanked || someRows;
    }

    private boolean isOneCategory(List<ColumnEntry> quantities) {
        return quantities.isEmpty()
                && slots.bare.size() == 1
                && slots.filter.equals(Condition.always())
                && !slots.rowsNamed;
    }

    private boolean namesRows(ColumnEntry column) {
        return column.column().role() == ColumnRole.ID;
    }

    private List<Step> ranking() {
        Direction direction = rows.rank();
        List<ColumnEntry> entities = new ArrayList<>(slots.entities);
        boolean perGroup = !entities.isEmpty() && !slots.groups.isEmpty();
        if (entities.isEmpty() && !slots.grainIsEntity) {
            return extreme(direction);
        }
        List<Measure> measures = measureAssembler.measures();
        if (measures.isEmpty()) {
            decisions.note("Ranked by the number of rows, as nothing else was named.", 0.1);
            measures = List.of(Measure.count());
        }
        withoutMissing(entities);
        List<Dimension> dimensions = new ArrayList<>(perGroup ? Shape.byColumns(slots.groups) : List.of());
        if (slots.hasTime()) {
            shape.time().ifPresent(dimensions::add);
        }
        dimensions.addAll(Shape.byColumns(entities));
        Limit limit = rows.rowLimit();
        return List.of(steps.step(Operation.AGGREGATE)
                .dimensions(dimensions)
                .measures(measures)
                .having(slots.having)
                .order(List.of(Order.byMeasure(rankedBy(measures), direction)))
                .limit(perGroup ? limit.per(0) : limit)
                .build());
    }

    /** Which measure ranks: that of the quality that was named, else the first. */
    private int rankedBy(List<Measure> measures) {
        ColumnEntry by = slots.rankedBy;
        for (int i = 0; by != null && i < measures.size(); i++) {
            if (measures.get(i).columns().equals(List.of(by.ref()))) {
                return i;
            }
        }
        return 0;
    }

    /** What has no name can't be the first of a ranking. */
    private void withoutMissing(List<ColumnEntry> entities) {
        for (ColumnEntry entity : entities) {
            if (entity.column().nullCount() > 0) {
                Condition named = new Condition.Not(new Condition.Missing(entity.ref()));
                slots.filter =
                        slots.filter.equals(Condition.always()) ? named : Condition.all(List.of(slots.filter, named));
            }
        }
    }

    /** "The highest fare by class": the largest value itself, as nothing is ranked. */
    private List<Step> extreme(Direction direction) {
        Optional<ColumnEntry> date = slots.measures.stream()
                .map(Slots.MeasureSlot::column)
                .filter(ColumnEntry::isTemporal)
                .findFirst();
        if (date.isPresent() && slots.measures.size() > 1 && slots.groups.isEmpty()) {
            return rows.rowsOf(date.get(), direction, slots.mentioned());
        }
        boolean named = slots.measures.stream().anyMatch(m -> !m.aggregate().isEmpty());
        if (named || slots.counts || slots.measures.isEmpty() || !slots.computed.isEmpty()) {
            List<Dimension> dimensions = shape.dimensions(slots.groups);
            List<Measure> measures = measureAssembler.measures();
            if (dimensions.isEmpty() || measures.isEmpty()) {
                return steps.problem("It is not said what is to be ranked.");
            }
            return List.of(steps.step(Operation.AGGREGATE)
                    .dimensions(dimensions)
                    .measures(measures)
                    .order(List.of(Order.byMeasure(0, direction)))
                    .limit(slots.limit > 0 ? Limit.of(slots.limit) : null)
                    .build());
        }
        if (slots.skipped > 0) {
            return place(direction);
        }
        Aggregate aggregate = direction == Direction.DESCENDING ? Aggregate.MAX : Aggregate.MIN;
        List<Measure> extremes = slots.measures.stream()
                .<Measure>map(m -> Measure.of(aggregate, m.column().ref()))
                .distinct()
                .toList();
        return List.of(finished(shape.dimensions(slots.groups), extremes));
    }

    /** "The second highest fare": the value of that place among the different ones. */
    private List<Step> place(Direction direction) {
        if (slots.measures.size() > 1 || !slots.groups.isEmpty()) {
            return steps.problem("A place in a ranking is of one column, and of all rows.");
        }
        ColumnEntry column = slots.measures.get(0).column();
        Condition there = new Condition.Not(new Condition.Missing(column.ref()));
        return List.of(steps.step(Operation.AGGREGATE)
                .filter(column.column().nullCount() == 0 ? slots.filter : Condition.all(List.of(slots.filter, there)))
                .dimensions(List.of(Dimension.of(column.ref())))
                .order(List.of(Order.byDimension(0, direction)))
                .limit(new Limit(1, Limit.Ties.CUT, -1, slots.skipped))
                .build());
    }

    /** What columns alone ask for. */
    private List<Step> withoutOperation(List<ColumnEntry> quantities) {
        List<ColumnEntry> named = new ArrayList<>(slots.bare);
        named.addAll(slots.entities);
        List<ColumnEntry> categories =
                named.stream().filter(c -> !quantities.contains(c)).toList();
        boolean filtered = !slots.filter.equals(Condition.always()) || !slots.related.isEmpty();
        boolean isScatter = slots.chart.equals("scatter");
        if (isScatter || (quantities.size() > 1 && categories.isEmpty() && !slots.asks && !filtered)) {
            return steps.correlation();
        }
        boolean drawsNames = Set.of("pie", "bar").contains(slots.chart)
                && quantities.isEmpty()
                && named.size() == 1
                && !slots.isOperation("list");
        if (drawsNames) {
            slots.groups.addAll(named);
            slots.bare.removeAll(named);
            slots.entities.clear();
            slots.counts = true;
            return grouped();
        }
        if (named.isEmpty()) {
            return slots.rowsNamed && slots.asks ? List.of() : rows.rowsOnly();
        }
        if (filtered && quantities.isEmpty() && named.stream().allMatch(this::namesRows)) {
            boolean asksForKeys = !decisions.index().isSingle();
            return asksForKeys
                    ? rows.list()
                    : List.of(steps.step(Operation.LIST).build());
        }
        if (slots.rowsNamed && named.size() > 1 && !quantities.isEmpty() && slots.chart.isEmpty() && !slots.perRow) {
            return rows.list();
        }
        if (quantities.isEmpty() && (slots.asks || slots.distinct || filtered) && !sortsRows(named)) {
            return steps.distinctValues();
        }
        Optional<ColumnEntry> label = quantities.stream().findFirst().flatMap(steps::labelOf);
        boolean namesBars = Set.of("pie", "bar").contains(slots.chart) && slots.rowsNamed && quantities.size() == 1;
        if ((slots.perRow || namesBars) && categories.isEmpty() && label.isPresent() && !quantities.isEmpty()) {
            named.add(0, label.get());
            return rows.eachRow(named, quantities.get(0));
        }
        if (sortsRows(named)) {
            return rows.list();
        }
        if (named.size() == 1 && !filtered && !slots.asks) {
            return steps.distribution();
        }
        boolean areRows = named.size() > 1
                && named.stream()
                        .anyMatch(c -> (!c.isNumeric() || namesRows(c)) && PointsAssembler.tellsRows(c, decisions));
        boolean ofRows = slots.rowsNamed && !slots.perRow && named.size() > 1;
        if (areRows || ofRows) {
            return rows.list();
        }
        slots.groups.addAll(categories);
        slots.bare.removeAll(categories);
        slots.entities.clear();
        return grouped();
    }

    /** "Names sorted by age" lists rows: a group of equal names has no age to be sorted by. */
    private boolean sortsRows(List<ColumnEntry> named) {
        Slots.SortSlot sort = slots.sort;
        return sort != null
                && sort.column() != null
                && !named.contains(sort.column())
                && (slots.rowsNamed || named.stream().anyMatch(c -> PointsAssembler.tellsRows(c, decisions)));
    }

    /** "Orders per month" counts them; a group for each order would say nothing. */
    private void countKeys() {
        List<ColumnEntry> keys =
                slots.bare.stream().filter(this::namesRows).distinct().toList();
        boolean computes = slots.counts
                || slots.counted != null
                || !slots.measures.isEmpty()
                || slots.bare.stream().anyMatch(ColumnEntry::isQuantity);
        boolean listed = slots.isOperation("list") || slots.distinct;
        if (keys.size() == 1 && !computes && !listed && (slots.hasTime() || !slots.groups.isEmpty())) {
            slots.bare.removeAll(keys);
            slots.counted = keys.get(0);
        }
    }

    /** "Average sales per order" of a table of order lines: all the sales by the number of orders. */
    private Optional<Step> perKey() {
        boolean isMean = slots.measures.size() == 1
                && slots.measures.get(0).aggregate().equals("mean")
                && Measures.defaultAggregate(slots.measures.get(0).column()) == Aggregate.SUM;
        boolean perKey = slots.groups.size() == 1 && namesRows(slots.groups.get(0));
        if (!isMean || !perKey || slots.hasTime() || !slots.bare.isEmpty() || !slots.entities.isEmpty()) {
            return Optional.empty();
        }
        Measure.Aggregated sum =
                Measure.of(Aggregate.SUM, slots.measures.get(0).column().ref());
        Measure.Aggregated keys =
                Measure.of(Aggregate.COUNT_DISTINCT, slots.groups.get(0).ref());
        return Optional.of(steps.step(Operation.AGGREGATE)
                .measures(List.of(new Measure.Ratio(sum, keys, Measure.Transform.NONE)))
                .build());
    }

    private List<Step> grouped() {
        Optional<Step> perKey = perKey();
        if (perKey.isPresent()) {
            return List.of(perKey.get());
        }
        countKeys();
        List<Measure> measures = measureAssembler.measures();
        List<ColumnEntry> categories = new ArrayList<>(slots.groups);
        slots.entities.forEach(categories::add);
        slots.bare.stream()
                .filter(c -> !c.isQuantity())
                .filter(c -> !slots.isOperation("share") || !namesRows(c))
                .forEach(categories::add);
        if (slots.isOperation("trend")) {
            slots.overTime = true;
            if (measures.isEmpty() && !slots.rowsNamed) {
                return steps.problem("A trend needs something to follow: a column of numbers, or the number of rows.");
            }
        }
        if (slots.isOperation("list") && measures.isEmpty() && !categories.isEmpty()) {
            return steps.distinctValues();
        }
        if (measures.isEmpty() && slots.distinct && !slots.isOperation("share")) {
            return steps.distinctValues();
        }
        List<Dimension> dimensions = shape.dimensions(categories);
        if (slots.hasTime() && shape.timeColumn().isEmpty()) {
            return steps.problem("There is no column of dates or years.");
        }
        if (measures.isEmpty() && dimensions.isEmpty()) {
            return steps.problem("It is not said what is to be computed.");
        }
        boolean countsMass = measures.isEmpty() && slots.rowsAsMass;
        if (countsMass) {
            return steps.problem("It is not said what is to be computed; the table has no column of that name.");
        }
        if (slots.isOperation("share") && dimensions.isEmpty()) {
            return steps.problem("A share needs groups, as in \"share by\" a column.");
        }
        return List.of(finished(dimensions, measures.isEmpty() ? List.of(Measure.count()) : measures));
    }

    private Step finished(List<Dimension> dimensions, List<Measure> measures) {
        boolean runsAlongTime = Shape.beginsWithTime(dimensions) || isYears(dimensions);
        boolean isTrend = runsAlongTime && !slots.isOperation("share") && !measures.isEmpty();
        Step.Builder step = steps.step(isTrend ? Operation.TREND : Operation.AGGREGATE)
                .dimensions(dimensions)
                .measures(measures)
                .having(slots.having)
                .order(Sorting.order(slots, dimensions, measures));
        if (slots.chart.equals("histogram")) {
            step.chart(ChartHint.BAR);
        }
        if (slots.limit > 0 && !dimensions.isEmpty()) {
            step.limit(Limit.of(slots.limit));
        }
        return step.build();
    }

    private boolean isYears(List<Dimension> dimensions) {
        return !dimensions.isEmpty()
                && slots.rank == null
                && dimensions.get(0).of() instanceof Expression.ColumnRef ref
                && decisions
                        .index()
                        .find(ref.table(), ref.name())
                        .filter(ColumnEntry::isYearNumber)
                        .isPresent();
    }
}
