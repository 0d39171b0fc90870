package dev.datastudio.agents.planner.internal;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.core.analysis.Aggregate;
import dev.datastudio.core.analysis.ChartHint;
import dev.datastudio.core.analysis.Condition;
import dev.datastudio.core.analysis.Detail;
import dev.datastudio.core.analysis.Dimension;
import dev.datastudio.core.analysis.Measure;
import dev.datastudio.core.analysis.Operation;
import dev.datastudio.core.analysis.Order;
import dev.datastudio.core.analysis.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Decides what a clause asks for and builds its steps; none, with a problem in the slots, when something is missing. */
final class StepAssembler {
    private static final Set<String> SPREAD_CHARTS = Set.of("histogram", "box", "violin", "density");

    /** Each tells columns apart: "which columns have missing values". */
    private static final Set<String> OF_COLUMNS = Set.of("missing", "duplicates", "outliers");

    private static final Set<String> OVER_VALUES =
            Set.of("summary", "missing", "duplicates", "outliers", "correlation", "covariance", "values");

    private final Slots slots;
    private final Decisions decisions;
    private final String intent;
    private final Shape shape;

    StepAssembler(Slots slots, Decisions decisions, String intent) {
        this.slots = slots;
        this.decisions = decisions;
        this.intent = intent;
        this.shape = new Shape(slots, decisions);
    }

    List<Step> assemble() {
        var computed = new ComputedSteps(slots, decisions);
        computed.prepare();
        List<Step> steps = computed.applied(assembled());
        boolean comparesOne = decisions.index().isSingle()
                && steps.stream()
                        .anyMatch(s -> s.operation() == Operation.AGGREGATE
                                && s.dimensions().isEmpty()
                                && !s.having().equals(Condition.always()));
        return comparesOne
                ? problem("A condition on groups needs groups, and it is not said what they are or they are only"
                        + " counted.")
                : steps;
    }

    private List<Step> assembled() {
        if (!slots.problem.isEmpty()) {
            return List.of();
        }
        String undecided = slots.judged.isEmpty() ? "" : Polarity.decide(slots);
        if (!undecided.isEmpty()) {
            return problem(undecided);
        }
        if (slots.isOperation("share")
                && slots.counts
                && intent.toLowerCase(Locale.ROOT).contains("proportion")) {
            slots.operations.remove("share");
            slots.chart = slots.chart.isEmpty() ? "pie" : slots.chart;
        }
        if (slots.isOperation("columns") && slots.operations.stream().noneMatch(OF_COLUMNS::contains)) {
            return slots.isOperation("correlation")
                    ? problem("It is not said with what the columns correlate.")
                    : columns();
        }
        if (slots.firstOnes && ranksByNothing()) {
            return problem("'First' names no order here; say what ranks them, as in \"top 5\" and a column \"by\""
                    + " another.");
        }
        if (!slots.isOperation("comparison") && !slots.versus) {
            tellApartListed();
        }
        boolean aggregates =
                slots.measures.stream().anyMatch(m -> !m.aggregate().isEmpty());
        if ((aggregates || slots.counts) && slots.isOperation("correlation") && !slots.groups.isEmpty()) {
            slots.operations.remove("correlation");
            slots.chart = slots.chart.isEmpty() ? "scatter" : slots.chart;
        }
        if (aggregates && slots.operations.stream().anyMatch(OVER_VALUES::contains)) {
            return problem("The " + slots.operations.get(0) + " is of the values themselves, not of an aggregate.");
        }
        Optional<List<Step>> points = new PointsAssembler(this, slots, decisions).assemble();
        if (points.isPresent()) {
            return points.get();
        }
        if (isBarOfBoth()) {
            slots.operations.remove("distribution");
            slots.chart = slots.chart.equals("pie") ? "pie" : "bar";
        }
        if (slots.isOperation("summary")) {
            return summary();
        } else if (slots.isOperation("missing")) {
            return !slots.groups.isEmpty() && !slots.mentioned().isEmpty()
                    ? problem("Missing values are counted over all rows or those of a condition, not for each group.")
                    : List.of(overColumns(Operation.MISSING));
        } else if (slots.isOperation("duplicates")) {
            return List.of(overColumns(Operation.DUPLICATES));
        } else if (slots.isOperation("outliers")) {
            return outliers();
        } else if (slots.isOperation("covariance")) {
            return correlation();
        } else if ((slots.isOperation("correlation") && !slots.counts) || isScatterOfGroups()) {
            return correlation();
        } else if (isDistribution()) {
            return distribution();
        } else if (slots.isOperation("values")) {
            return distinctValues();
        }
        return new GroupAssembler(this, slots, decisions, shape).assemble();
    }

    private boolean ranksByNothing() {
        return decisions.index().isSingle()
                && !slots.entities.isEmpty()
                && slots.measures.isEmpty()
                && !slots.counts
                && !slots.hasTime()
                && slots.sort == null
                && slots.bare.stream().noneMatch(ColumnEntry::isQuantity);
    }

    /** The columns as rows, with their number said. */
    private List<Step> columns() {
        if (!slots.mentioned().isEmpty() || !slots.groups.isEmpty() || !slots.filter.equals(Condition.always())) {
            return problem("The columns of a table are the same for all its rows.");
        }
        Dataset dataset = decisions.index().dataset();
        decisions.note(
                dataset.name() + " has " + dataset.columns().size() + " columns and " + dataset.rowCount() + " rows.",
                0);
        return List.of(step(Operation.SUMMARY).build());
    }

    /** "The average age of men and women": a number for each of the values that were listed. */
    void tellApartListed() {
        boolean computes =
                slots.counts || !slots.measures.isEmpty() || slots.bare.stream().anyMatch(ColumnEntry::isQuantity);
        if (computes && slots.rank == null && !slots.isOperation("list")) {
            slots.listed.stream()
                    .filter(c -> !slots.groups.contains(c) && !slots.entities.contains(c) && !slots.bare.contains(c))
                    .forEach(slots.groups::add);
        }
    }

    Step.Builder step(Operation operation) {
        return Step.of(operation, decisions.index().dataset().table())
                .intent(intent)
                .filter(slots.filter)
                .chart(chart());
    }

    List<Step> problem(String sentence) {
        slots.problem = sentence;
        return List.of();
    }

    private ChartHint chart() {
        return slots.chart.isEmpty() ? ChartHint.AUTO : ChartHint.valueOf(slots.chart.toUpperCase(Locale.ROOT));
    }

    private List<Step> summary() {
        List<ColumnEntry> columns = slots.mentioned();
        if (slots.groups.isEmpty()) {
            return List.of(overColumns(Operation.SUMMARY));
        }
        List<ColumnEntry> quantities =
                columns.stream().filter(ColumnEntry::isQuantity).toList();
        if (quantities.isEmpty()) {
            return problem("A summary for each group needs a column of numbers, and none is named.");
        }
        List<Measure> measures = new ArrayList<>();
        for (ColumnEntry column : quantities) {
            for (Aggregate aggregate : List.of(
                    Aggregate.COUNT,
                    Aggregate.MEAN,
                    Aggregate.STANDARD_DEVIATION,
                    Aggregate.MIN,
                    Aggregate.MEDIAN,
                    Aggregate.MAX)) {
                measures.add(Measure.of(aggregate, column.ref()));
            }
        }
        return List.of(step(Operation.AGGREGATE)
                .dimensions(shape.dimensions(slots.groups))
                .measures(measures)
                .build());
    }

    private Step overColumns(Operation operation) {
        List<ColumnEntry> columns = new ArrayList<>(slots.mentioned());
        ColumnEntry time = slots.time;
        if (time != null) {
            columns.add(time);
        }
        List<ColumnEntry> all = new ArrayList<>(columns);
        all.addAll(slots.groups);
        return step(operation)
                .dimensions(all.stream().map(c -> Dimension.of(c.ref())).toList())
                .build();
    }

    private List<Step> outliers() {
        List<ColumnEntry> columns =
                slots.mentioned().stream().filter(ColumnEntry::isNumeric).toList();
        if (columns.isEmpty() && slots.mentioned().isEmpty()) {
            columns = decisions.index().columns().stream()
                    .filter(ColumnEntry::isQuantity)
                    .limit(10)
                    .toList();
            decisions.note("No column was named, so the columns of numbers are taken.", 0.1);
        }
        if (columns.isEmpty()) {
            return problem("Outliers need a column of numbers, and none is named.");
        }
        return columns.stream()
                .map(c -> step(Operation.OUTLIERS)
                        .measures(List.of(Measures.values(c)))
                        .detail(Detail.Outliers.TUKEY)
                        .build())
                .toList();
    }

    /** "Scatter plot of weight by height": two quantities, so neither groups the other. */
    private boolean isScatterOfGroups() {
        boolean quantities = slots.groups.size() == 1
                && slots.groups.get(0).isQuantity()
                && slots.bare.size() == 1
                && slots.bare.get(0).isQuantity();
        if (!slots.chart.equals("scatter") || !slots.measures.isEmpty()) {
            return false;
        }
        if (!quantities) {
            return slots.bare.size() == 2 && slots.bare.stream().allMatch(ColumnEntry::isQuantity);
        }
        slots.bare.addAll(slots.groups);
        slots.groups.clear();
        return true;
    }

    List<Step> correlation() {
        List<ColumnEntry> named = slots.mentioned();
        List<ColumnEntry> columns =
                named.stream().filter(ColumnEntry::isNumeric).toList();
        if (named.isEmpty()) {
            columns = decisions.index().columns().stream()
                    .filter(ColumnEntry::isQuantity)
                    .limit(30)
                    .toList();
        }
        if (columns.size() < 2 || columns.size() < named.size()) {
            return problem("A correlation needs two columns of numbers"
                    + (named.isEmpty() ? "." : ", and there is only " + names(columns) + "."));
        }
        List<Dimension> groups = Shape.byColumns(slots.groups);
        boolean groupsFit = groups.stream().allMatch(g -> g.grouping() instanceof Dimension.Grouping.ByValue)
                && (groups.isEmpty() || columns.size() == 2);
        if (!groupsFit || slots.hasTime()) {
            return problem("Only a correlation of two columns can be told apart, and only by the values of a column.");
        }
        boolean covaries = slots.isOperation("covariance");
        if (covaries && columns.size() > 2) {
            return problem("A covariance is of two columns.");
        }
        return List.of(step(Operation.CORRELATION)
                .dimensions(groups)
                .measures(columns.stream().map(Measures::values).toList())
                .detail(new Detail.Correlation(
                        covaries ? Detail.CorrelationMethod.COVARIANCE : Detail.CorrelationMethod.PEARSON))
                .build());
    }

    private static String names(List<ColumnEntry> columns) {
        return columns.isEmpty()
                ? "none"
                : String.join(", ", columns.stream().map(ColumnEntry::name).toList());
    }

    private boolean isDistribution() {
        boolean named = slots.isOperation("distribution");
        boolean drawn = SPREAD_CHARTS.contains(slots.chart);
        boolean computes = slots.counts
                || slots.rank != null
                || slots.measures.stream().anyMatch(m -> !m.aggregate().isEmpty());
        return (named || (drawn && !slots.isOperation("share"))) && !computes && !slots.isOperation("trend");
    }

    /** "A bar chart of the distribution of name and weight": a bar for each name, as high as its weight. */
    private boolean isBarOfBoth() {
        List<ColumnEntry> columns = slots.mentioned();
        boolean drawn =
                slots.isOperation("distribution") && Set.of("bar", "pie").contains(slots.chart);
        return (drawn || slots.chart.equals("histogram"))
                && columns.size() == 2
                && columns.stream().filter(ColumnEntry::isNumeric).count() == 1
                && slots.groups.isEmpty();
    }

    List<Step> distribution() {
        List<ColumnEntry> columns = new ArrayList<>(slots.mentioned());
        List<ColumnEntry> groups = slots.groups;
        ColumnEntry time = slots.time;
        if (columns.isEmpty() && time != null) {
            columns.add(time);
        }
        if (columns.isEmpty() && !groups.isEmpty()) {
            columns.addAll(groups);
            groups = List.of();
        }
        if (columns.isEmpty()) {
            return problem("A distribution needs a column, and none is named.");
        }
        if (columns.size() > 1 || groups.isEmpty() || !groups.containsAll(columns)) {
            columns.removeAll(groups);
        } else {
            groups = List.of();
        }
        List<Dimension> dimensions = Shape.byColumns(groups);
        boolean crosses = !dimensions.isEmpty() && columns.stream().noneMatch(ColumnEntry::isNumeric);
        if (crosses) {
            dimensions = new ArrayList<>(dimensions);
            dimensions.addAll(Shape.byColumns(columns));
            return List.of(step(Operation.AGGREGATE)
                    .dimensions(dimensions)
                    .measures(List.of(Measure.count()))
                    .build());
        }
        return spreads(columns, dimensions);
    }

    private List<Step> spreads(List<ColumnEntry> columns, List<Dimension> dimensions) {
        return columns.stream()
                .map(c -> step(Operation.DISTRIBUTION)
                        .measures(List.of(Measures.values(c)))
                        .dimensions(dimensions)
                        .build())
                .toList();
    }

    List<Step> distinctValues() {
        List<ColumnEntry> columns = new ArrayList<>(slots.mentioned());
        columns.addAll(slots.groups);
        if (columns.isEmpty()) {
            return problem("No column is named whose values could be listed.");
        }
        return List.of(step(Operation.AGGREGATE)
                .dimensions(columns.stream().map(c -> Dimension.of(c.ref())).toList())
                .order(sortOrder(List.of(), columns))
                .build());
    }

    private List<Order> sortOrder(List<Measure> measures, List<ColumnEntry> columns) {
        Slots.SortSlot sort = slots.sort;
        return sort == null || columns.isEmpty() || !measures.isEmpty()
                ? List.of()
                : List.of(Order.byDimension(0, sort.direction()));
    }

    /** What the rows of a column's table are called by, if that is one column. */
    Optional<ColumnEntry> labelOf(ColumnEntry column) {
        if (decisions.index().isSingle()) {
            return label();
        }
        List<ColumnEntry> labels = decisions.index().tableOf(column).labels();
        return labels.size() == 1 && !labels.contains(column) ? Optional.of(labels.get(0)) : Optional.empty();
    }

    /** The one column that names the rows of the table, if there is one. */
    Optional<ColumnEntry> label() {
        if (!decisions.index().isSingle()) {
            return Optional.empty();
        }
        List<ColumnEntry> labels = decisions.index().columns().stream()
                .filter(c -> !c.isNumeric() && !c.isTemporal())
                .filter(c -> c.parts().contains("name") || c.parts().contains("title"))
                .toList();
        return labels.size() == 1 ? Optional.of(labels.get(0)) : rowName();
    }

    /** The one column of text that is called like the table and has a value of its own in each row. */
    private Optional<ColumnEntry> rowName() {
        List<ColumnEntry> names = decisions.index().columns().stream()
                .filter(c -> !c.isNumeric() && !c.isTemporal())
                .filter(c -> c.parts().stream().allMatch(decisions.index()::isTableWord))
                .filter(c -> PointsAssembler.tellsRows(c, decisions))
                .toList();
        if (names.isEmpty() && decisions.index().isNameless()) {
            return decisions.index().columns().stream()
                    .filter(c -> !c.isNumeric() && !c.isTemporal())
                    .findFirst()
                    .filter(c -> PointsAssembler.tellsRows(c, decisions));
        }
        return names.size() == 1 ? Optional.of(names.get(0)) : Optional.empty();
    }
}
