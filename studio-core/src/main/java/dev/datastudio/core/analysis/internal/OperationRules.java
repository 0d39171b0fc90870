package dev.datastudio.core.analysis.internal;

import static dev.datastudio.api.error.StudioException.quote;

import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.ColumnRole;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.core.analysis.Aggregate;
import dev.datastudio.core.analysis.Condition;
import dev.datastudio.core.analysis.Detail;
import dev.datastudio.core.analysis.Dimension;
import dev.datastudio.core.analysis.Dimension.Grouping;
import dev.datastudio.core.analysis.Expression;
import dev.datastudio.core.analysis.Expression.ColumnRef;
import dev.datastudio.core.analysis.Limit;
import dev.datastudio.core.analysis.Measure;
import dev.datastudio.core.analysis.Operation;
import dev.datastudio.core.analysis.Order;
import dev.datastudio.core.analysis.Step;
import java.util.ArrayList;
import java.util.List;

/** What each operation asks of the parts of a step, and the parts that it fills in itself. */
final class OperationRules {
    private final Schema schema;
    private final ExpressionChecker expressions;
    private final Problems problems;
    private final String path;

    OperationRules(Schema schema, ExpressionChecker expressions, Problems problems, String path) {
        this.schema = schema;
        this.expressions = expressions;
        this.problems = problems;
        this.path = path;
    }

    Step check(Step step) {
        Step filled = filled(step);
        checkUse(filled);
        checkDetail(filled);
        switch (filled.operation()) {
            case AGGREGATE -> {
                requireGroupsOrMeasures(filled);
                checkParts(filled);
            }
            case TREND -> checkTrend(filled);
            case COMPARISON -> checkComparison(filled);
            case DISTRIBUTION -> checkDistribution(filled);
            case OUTLIERS -> checkOutliers(filled);
            case SUMMARY, MISSING, DUPLICATES -> checkColumns(filled);
            case CORRELATION -> checkCorrelation(filled);
            case REGRESSION -> checkRegression(filled);
            case TEST -> checkTest(filled);
            case COMBINATION -> checkCombination(filled);
            case LIST -> checkKeys(filled);
        }
        return filled;
    }

    /** The step with what its operation takes when it isn't said, and values in place of aggregates it doesn't use. */
    private Step filled(Step step) {
        return switch (step.operation()) {
            case TREND ->
                step.measures().isEmpty()
                        ? step.toBuilder().measures(List.of(Measure.count())).build()
                        : step;
            case CORRELATION ->
                values(step.measures().isEmpty() && step.dimensions().isEmpty() ? ofAllNumbers(step) : step);
            case DISTRIBUTION, OUTLIERS, REGRESSION, TEST -> values(step);
            default -> step;
        };
    }

    private Step ofAllNumbers(Step step) {
        List<Measure> measures = new ArrayList<>();
        for (String table : step.source().tables()) {
            for (Column column : schema.table(table).columns()) {
                if (column.type().isNumeric() && column.role() != ColumnRole.ID) {
                    measures.add(Measure.of(
                            Aggregate.COUNT,
                            Expression.column(schema.table(table).table(), column.name())));
                }
            }
        }
        return step.toBuilder().measures(measures).build();
    }

    private static Step values(Step step) {
        List<Measure> measures = new ArrayList<>();
        for (Measure measure : step.measures()) {
            boolean plain = measure instanceof Measure.Aggregated a && a.of() != null;
            measures.add(plain ? Measure.of(Aggregate.COUNT, Steps.valueOf(measure)) : measure);
        }
        return step.toBuilder().measures(measures).build();
    }

    private void checkUse(Step step) {
        Operation operation = step.operation();
        boolean groups = operation == Operation.AGGREGATE
                || operation == Operation.TREND
                || operation == Operation.COMPARISON
                || operation == Operation.COMBINATION;
        boolean rows = operation == Operation.LIST;
        if (!groups && !step.having().equals(Condition.always())) {
            refuse("having", operation, "Put conditions on rows into the filter");
        }
        if (!groups && !rows && !step.order().isEmpty()) {
            refuse("order", operation, "Leave it out; its rows have an order of their own");
        }
        boolean listed = step.detail() instanceof Detail.Correlation c && c.layout() != Detail.Layout.MATRIX;
        boolean cut = operation == Operation.DUPLICATES || operation == Operation.OUTLIERS || listed;
        if (!groups && !rows && !cut && step.limit() != null) {
            refuse("limit", operation, "Leave it out");
        }
        checkLimit(step, cut || operation == Operation.COMBINATION || operation == Operation.COMPARISON);
        boolean noMeasures = rows
                || operation == Operation.SUMMARY
                || operation == Operation.MISSING
                || operation == Operation.DUPLICATES;
        if (noMeasures && !step.measures().isEmpty()) {
            refuse("measures", operation, "Name columns in 'dimensions', or use the operation 'aggregate'");
        }
    }

    private void checkLimit(Step step, boolean plainOnly) {
        Limit limit = step.limit();
        if (plainOnly && limit != null && (limit.ties() == Limit.Ties.KEEP || limit.perDimension() >= 0)) {
            problems.add(
                    path + ".limit",
                    "The operation " + quote(step.operation().jsonName())
                            + " keeps neither ties nor rows of each group",
                    "Give a count only");
        }
    }

    private void refuse(String part, Operation operation, String mend) {
        problems.add(
                path + "." + part,
                "The operation " + quote(operation.jsonName()) + " doesn't use '" + part + "'",
                mend);
    }

    private void checkDetail(Step step) {
        Detail detail = step.detail();
        Operation operation = step.operation();
        boolean fits = detail instanceof Detail.None
                || (detail instanceof Detail.Outliers && operation == Operation.OUTLIERS)
                || (detail instanceof Detail.Comparison && operation == Operation.COMPARISON)
                || (detail instanceof Detail.Correlation && operation == Operation.CORRELATION)
                || (detail instanceof Detail.Prediction && operation == Operation.REGRESSION)
                || (detail instanceof Detail.Test && operation == Operation.TEST)
                || (detail instanceof Detail.Combination && operation == Operation.COMBINATION);
        if (!fits) {
            problems.add(
                    path + ".detail",
                    "The operation " + quote(operation.jsonName()) + " doesn't use the detail "
                            + quote(detail.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT)),
                    "Leave it out, or use the operation that it belongs to");
        }
    }

    private void requireGroupsOrMeasures(Step step) {
        if (step.dimensions().isEmpty() && step.measures().isEmpty()) {
            problems.add(path, "There is nothing to compute", "Name at least one of 'measures' and 'dimensions'");
        }
        checkKeys(step);
    }

    /** Numbers of parts stand beside numbers of the same parts only: rows that are grouped twice have no others. */
    private void checkParts(Step step) {
        List<List<Dimension>> parts = step.measures().stream()
                .map(m -> m instanceof Measure.Nested n ? n.within() : List.<Dimension>of())
                .distinct()
                .toList();
        boolean nested = parts.stream().anyMatch(p -> !p.isEmpty());
        if (nested && (parts.size() > 1 || !step.having().equals(Condition.always()))) {
            problems.add(
                    path + ".measures",
                    "Numbers of parts stand beside other measures or conditions on groups",
                    "Make a step for each kind of parts, and leave conditions on groups out");
        }
    }

    /** A value of a row sorts rows, and a measure sorts groups. */
    private void checkKeys(Step step) {
        for (int i = 0; i < step.order().size(); i++) {
            boolean value = step.order().get(i).key() instanceof Order.Key.OfValue;
            if (value && step.operation() != Operation.LIST) {
                problems.add(
                        path + ".order[" + i + "]",
                        "Only the operation 'list' is sorted by a value of single rows",
                        "Sort by 'measure' or 'dimension'");
            }
            boolean hidden = step.order().get(i).key() instanceof Order.Key.OfHidden;
            if (hidden
                    && (step.operation() != Operation.AGGREGATE
                            || step.dimensions().isEmpty())) {
                problems.add(
                        path + ".order[" + i + "]",
                        "Only groups of the operation 'aggregate' are sorted by a measure that is not shown",
                        "Name dimensions, or sort by 'measure' or 'dimension'");
            }
        }
    }

    private void checkTrend(Step step) {
        checkKeys(step);
        if (step.dimensions().isEmpty()) {
            problems.add(
                    path + ".dimensions",
                    "A trend needs time",
                    "Make the first dimension a column of dates" + expressions.times());
            return;
        }
        Dimension first = step.dimensions().get(0);
        if (expressions.isKnown(first.of()) && !isTime(first)) {
            problems.add(
                    path + ".dimensions[0]",
                    "A trend runs along time, but " + quote(Words.of(first.of())) + " is "
                            + Words.lower(schema.type(first.of())),
                    "Make the first dimension a column of dates" + expressions.times());
        }
    }

    private boolean isTime(Dimension dimension) {
        if (dimension.grouping() instanceof Grouping.ByTime
                || schema.type(dimension.of()).isTemporal()
                || dimension.of() instanceof Expression.PartOf) {
            return true;
        }
        return dimension.of() instanceof ColumnRef ref
                && (schema.column(ref).role() == ColumnRole.TIME || schema.type(ref) == ColumnType.INTEGER);
    }

    private void checkComparison(Step step) {
        checkKeys(step);
        if (step.dimensions().isEmpty() || step.measures().isEmpty()) {
            problems.add(
                    path, "A comparison needs groups and a measure", "Name at least one dimension and one measure");
            return;
        }
        for (int i = 0; i < step.measures().size(); i++) {
            Measure measure = step.measures().get(i);
            boolean known = measure.columns().stream().allMatch(expressions::isKnown);
            if (known && !schema.type(measure).isNumeric()) {
                problems.add(
                        path + ".measures[" + i + "]",
                        "Only numbers have a difference, but " + quote(Words.of(measure)) + " is "
                                + Words.lower(schema.type(measure)),
                        "Use an aggregate that gives a number");
            }
        }
        boolean listed =
                step.detail() instanceof Detail.Comparison c && !c.groups().isEmpty();
        if (listed && !(step.dimensions().get(0).grouping() instanceof Grouping.ByValue)) {
            problems.add(
                    path + ".detail",
                    "Groups are named, but the first dimension is not grouped by value",
                    "Leave the groups out, or group by value");
        }
    }

    private void checkDistribution(Step step) {
        if (step.measures().size() > 1
                || (step.measures().isEmpty() && step.dimensions().isEmpty())) {
            problems.add(
                    path + ".measures",
                    "A distribution is of one column, but there are "
                            + step.measures().size(),
                    "Make a step for each column");
            return;
        }
        boolean given = step.dimensions().stream().anyMatch(d -> d.grouping() instanceof Grouping.ByEdges);
        if (given) {
            problems.add(
                    path + ".dimensions",
                    "The bins of a distribution have given edges",
                    "Use the operation 'aggregate'");
        }
        if (!step.measures().isEmpty() && !isValue(step.measures().get(0), path + ".measures[0]")) {
            return;
        }
        Expression of = Steps.valueOf(step);
        List<Dimension> groups = Steps.groups(step);
        if (!groups.isEmpty()) {
            expressions.requireNumber(of, path, "Only a distribution of numbers is told apart by groups");
        }
        if (groups.stream().anyMatch(g -> g.grouping().makesRanges())) {
            problems.add(path + ".dimensions", "The groups of a distribution have bins", "Group by value or by time");
        }
    }

    /** Whether a measure names a value that can be read row by row. */
    private boolean isValue(Measure measure, String at) {
        if (measure instanceof Measure.Aggregated a && a.of() != null) {
            return true;
        }
        problems.add(at, quote(Words.of(measure)) + " is not the values of a column", "Name a column in 'of'");
        return false;
    }

    private boolean areNumbers(Step step, String rule) {
        boolean values = true;
        for (int i = 0; i < step.measures().size(); i++) {
            String at = path + ".measures[" + i + "]";
            if (isValue(step.measures().get(i), at)) {
                expressions.requireNumber(Steps.valueOf(step.measures().get(i)), at, rule);
            } else {
                values = false;
            }
        }
        return values;
    }

    private void checkOutliers(Step step) {
        if (step.measures().size() != 1) {
            problems.add(
                    path + ".measures",
                    "Outliers are of one column, but there are "
                            + step.measures().size(),
                    "Name one measure with the column in 'of'");
            return;
        }
        areNumbers(step, "Outliers are of numbers");
        requireByValue(step);
    }

    private void checkColumns(Step step) {
        requireByValue(step);
    }

    private void requireByValue(Step step) {
        boolean plain = step.dimensions().stream().allMatch(d -> d.grouping() instanceof Grouping.ByValue);
        if (!plain) {
            problems.add(
                    path + ".dimensions",
                    "The operation " + quote(step.operation().jsonName()) + " takes columns as they are",
                    "Leave grains and bins out");
        }
    }

    private void checkCorrelation(Step step) {
        if (step.measures().size() < 2) {
            problems.add(
                    path + ".measures",
                    "A correlation is of two columns or more, but there are "
                            + step.measures().size(),
                    "Name columns of numbers" + expressions.numbers());
        }
        boolean listed = step.detail() instanceof Detail.Correlation c && c.layout() != Detail.Layout.MATRIX;
        if ((step.measures().size() > 2 || listed) && !step.dimensions().isEmpty()) {
            problems.add(
                    path + ".dimensions",
                    "A matrix of correlations is not told apart by groups",
                    "Leave the dimensions out, or name two measures");
        }
        boolean covaries =
                step.detail() instanceof Detail.Correlation c && c.method() == Detail.CorrelationMethod.COVARIANCE;
        if (covaries && (step.measures().size() > 2 || listed)) {
            problems.add(path + ".measures", "A covariance is of two columns", "Name two measures");
        }
        areNumbers(step, "A correlation is of numbers");
        requireNoBins(step);
    }

    private void checkRegression(Step step) {
        if (step.measures().size() != 2) {
            problems.add(
                    path + ".measures",
                    "A line explains one column by one other, but there are "
                            + step.measures().size(),
                    "Name the explained column first and the explaining one second");
        }
        areNumbers(step, "A line is of numbers");
        requireNoBins(step);
    }

    private void checkTest(Step step) {
        if (!(step.detail() instanceof Detail.Test)) {
            problems.add(path + ".detail", "A test needs its kind", "Add a detail of kind 'test'");
        }
        if (step.measures().isEmpty() && step.dimensions().isEmpty()) {
            problems.add(path, "A test needs columns", "Name measures, dimensions or both");
        }
        if (step.measures().size() + step.dimensions().size() > 2) {
            problems.add(
                    path,
                    "A test takes two columns at most",
                    "Name one or two of 'measures' and 'dimensions', and ask for further ones in steps of their own");
        }
        areNumbers(step, "A test is of numbers");
        requireNoBins(step);
    }

    private void requireNoBins(Step step) {
        if (step.dimensions().stream().anyMatch(d -> d.grouping().makesRanges())) {
            problems.add(
                    path + ".dimensions",
                    "Bins stand in a step whose operation takes none",
                    "Group by value or by time");
        }
    }

    private void checkCombination(Step step) {
        checkKeys(step);
        if (!(step.detail() instanceof Detail.Combination combination)) {
            problems.add(path + ".detail", "A combination needs another step", "Add a detail of kind 'combination'");
            return;
        }
        requireNoBins(step);
        requireNoBins(combination.other());
        Operation other = combination.other().operation();
        if (other != Operation.LIST && other != Operation.AGGREGATE && other != Operation.COMBINATION) {
            problems.add(
                    path + ".other.op",
                    "Rows of the operation " + quote(other.jsonName()) + " can't be combined",
                    "Use one of [list, aggregate, combination]");
        } else if (width(step) != width(combination.other())) {
            problems.add(
                    path + ".other",
                    "The steps have " + width(step) + " and " + width(combination.other()) + " columns",
                    "Give both steps the same number of columns");
        }
    }

    private int width(Step step) {
        int width = step.dimensions().size() + step.measures().size();
        if (width > 0) {
            return width;
        }
        return step.source().tables().stream()
                .mapToInt(t -> schema.findTable(t).map(d -> d.columns().size()).orElse(0))
                .sum();
    }
}
