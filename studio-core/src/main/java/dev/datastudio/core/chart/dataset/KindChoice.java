package dev.datastudio.core.chart.dataset;

import dev.datastudio.api.chart.PairChart;
import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.ColumnRole;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The kind that suits the columns, and why. Immutable. */
record KindChoice(ChartKind kind, String reason, Inputs inputs) {
    /** Whole numbers with at most so many different values are counted one by one. */
    private static final int FEW_NUMBERS = 12;

    private static final int FEW_GROUPS = 8;

    static KindChoice of(Inputs inputs) {
        ChartKind asked = inputs.request().kind();
        if (asked != ChartKind.AUTO) {
            return new KindChoice(asked, "This kind of chart was asked for.", inputs);
        }
        if (inputs.x() == null && inputs.y() == null) {
            return severalAlike(inputs);
        }
        Inputs turned = inputs.x() == null ? inputs.with(inputs.y(), null, inputs.group()) : inputs;
        Column x = Inputs.some(turned.x());
        return turned.y() == null ? alone(turned, x) : pair(turned, x, turned.y());
    }

    private static KindChoice severalAlike(Inputs inputs) {
        List<Column> columns = inputs.columns().isEmpty() ? DatasetCharts.numbers(inputs.dataset()) : inputs.columns();
        boolean numbers = columns.stream().allMatch(c -> c.type().isNumeric());
        if (numbers && columns.size() > PairChart.MAX_VARIABLES) {
            String reason = columns.size() + " columns of numbers are shown by their correlations.";
            return new KindChoice(ChartKind.CORRELATION, reason, inputs.withColumns(columns));
        } else if (numbers && columns.size() > 1) {
            String reason = "A few columns of numbers are shown against each other.";
            return new KindChoice(ChartKind.PAIR, reason, inputs.withColumns(columns));
        } else if (columns.size() == 1) {
            return alone(inputs, columns.get(0));
        } else if (columns.size() == 2) {
            return pair(inputs, columns.get(0), columns.get(1));
        }
        throw new StudioException(
                ErrorCode.CHART_INVALID,
                "It was not said which columns to draw",
                "Name one as 'x', or several of numbers as 'columns'; there are "
                        + inputs.dataset().columns().stream().map(Column::name).toList());
    }

    private static KindChoice alone(Inputs inputs, Column x) {
        @Nullable Column group = inputs.group();
        Inputs one = inputs.with(x, null, group);
        if (x.type().isTemporal()) {
            return new KindChoice(ChartKind.LINE, quote(x) + " holds dates, so rows are counted along time.", one);
        } else if (!x.type().isNumeric() || isName(x)) {
            String why = x.type().isNumeric() ? " names things" : " holds categories";
            return new KindChoice(
                    group == null ? ChartKind.BAR : ChartKind.STACKED_BAR,
                    quote(x) + why + ", so rows are counted.",
                    one);
        } else if (isFew(x)) {
            String reason =
                    quote(x) + " has only " + x.distinctCount() + " different whole numbers, so each is counted.";
            return new KindChoice(group == null ? ChartKind.BAR : ChartKind.STACKED_BAR, reason, one);
        } else if (group == null) {
            return new KindChoice(ChartKind.HISTOGRAM, quote(x) + " is a number, so its distribution is shown.", one);
        }
        boolean few = group.distinctCount() <= FEW_GROUPS;
        String reason = "The distribution of " + quote(x) + " is compared between "
                + (few ? "a few groups as curves." : "many groups as boxes.");
        return few
                ? new KindChoice(ChartKind.DENSITY, reason, one)
                : new KindChoice(ChartKind.BOX, reason, one.with(group, x, null));
    }

    private static KindChoice pair(Inputs inputs, Column x, Column y) {
        Inputs two = inputs.with(x, y, inputs.group());
        if (x.type().isTemporal()) {
            return new KindChoice(
                    ChartKind.LINE, quote(x) + " holds dates, so " + quote(y) + " is shown along time.", two);
        } else if (y.type().isTemporal()) {
            return pair(inputs, y, x);
        }
        boolean xIsNumber = x.type().isNumeric() && !isName(x);
        boolean yIsNumber = y.type().isNumeric() && !isName(y);
        if (xIsNumber && yIsNumber) {
            return new KindChoice(
                    ChartKind.SCATTER, "Both columns are numbers, so their rows are points against each other.", two);
        } else if (xIsNumber) {
            return pair(inputs, y, x);
        } else if (!yIsNumber) {
            return new KindChoice(
                    ChartKind.HEATMAP, "Both columns are categories, so the rows of each pair are counted.", two);
        } else if (inputs.group() == null && inputs.request().aggregate().isEmpty()) {
            String reason = "The spread of " + quote(y) + " is compared between the values of " + quote(x) + ".";
            return new KindChoice(ChartKind.BOX, reason, two);
        }
        String reason = quote(y) + " is compared between the values of " + quote(x) + ".";
        return new KindChoice(ChartKind.BAR, reason, two);
    }

    private static boolean isName(Column column) {
        return column.role() == ColumnRole.ID;
    }

    private static boolean isFew(Column column) {
        return column.type() == ColumnType.INTEGER
                && column.distinctCount() >= 0
                && column.distinctCount() <= FEW_NUMBERS;
    }

    private static String quote(Column column) {
        return StudioException.quote(column.name());
    }
}
