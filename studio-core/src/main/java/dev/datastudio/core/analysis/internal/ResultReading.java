package dev.datastudio.core.analysis.internal;

import dev.datastudio.api.query.QueryResult;
import dev.datastudio.core.analysis.Condition;
import dev.datastudio.core.analysis.Detail;
import dev.datastudio.core.analysis.Dimension.Grouping;
import dev.datastudio.core.analysis.Evidence;
import dev.datastudio.core.analysis.Limit;
import dev.datastudio.core.analysis.Measure;
import dev.datastudio.core.analysis.Order;
import dev.datastudio.core.analysis.Step;
import dev.datastudio.core.analysis.StepColumn;
import dev.datastudio.core.analysis.StepColumn.Origin;
import dev.datastudio.core.analysis.StepColumn.Role;
import dev.datastudio.core.chart.ValueSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.apache.commons.statistics.distribution.TDistribution;

/** What the rows of a step say. Immutable. */
public final class ResultReading {
    private static final int MOST_NAMED = 3;
    private static final int FEW_VALUES = 12;

    private final ValueText values;
    private final ResultChecks checks;

    /** Readings of a result after its checks. */
    public ResultReading(Locale locale, ResultChecks checks) {
        this.values = new ValueText(locale);
        this.checks = checks;
    }

    /** One or two sentences, every number taken from the rows. */
    public String of(Step step, List<StepColumn> columns, QueryResult result, Evidence evidence) {
        ResultRows rows = new ResultRows(columns, result);
        if (evidence instanceof Evidence.Tested tested) {
            return tested.result().conclusion();
        }
        if (result.rows().isEmpty()) {
            return nothing(step);
        }
        return switch (step.operation()) {
            case AGGREGATE, COMPARISON -> groups(step, rows);
            case TREND -> trend(step, rows);
            case DISTRIBUTION ->
                evidence instanceof Evidence.Summary s ? spread(step, rows, s.values()) : distribution(step, rows);
            case CORRELATION -> correlation(step, rows);
            case REGRESSION -> line(step, rows);
            case MISSING -> missing(rows);
            case OUTLIERS ->
                count(
                                rows,
                                "value",
                                " of " + Words.of(Steps.valueOf(step)) + " lies outside ",
                                " of " + Words.of(Steps.valueOf(step)) + " lie outside ")
                        + fences(rows) + ".";
            case DUPLICATES -> count(rows, "combination", " occurs more than once.", " occur more than once.");
            case SUMMARY -> summary(rows);
            case LIST, COMBINATION, TEST -> count(rows, "row", ".", ".");
        };
    }

    private static String nothing(Step step) {
        return switch (step.operation()) {
            case OUTLIERS -> "No value of " + Words.of(Steps.valueOf(step)) + " is an outlier.";
            case DUPLICATES -> "No row occurs more than once.";
            default -> "There are no rows.";
        };
    }

    private String count(ResultRows rows, String noun, String one, String many) {
        long total = rows.result().totalRows();
        return values.number(total) + " " + noun + (total == 1 ? one : "s" + many);
    }

    private String groups(Step step, ResultRows rows) {
        Optional<Integer> measure = rows.firstMeasure();
        if (measure.isEmpty()) {
            return count(rows, "combination", ".", ".");
        }
        if (step.dimensions().isEmpty() && step.measures().equals(List.of(Measure.count()))) {
            Object count = rows.value(0, measure.get());
            boolean one = Long.valueOf(1).equals(count);
            String rest = step.filter().equals(Condition.always())
                    ? "."
                    : one ? " that fulfils the conditions." : " that fulfil the conditions.";
            return (one ? "There is " : "There are ") + values.of(count, "") + (one ? " row" : " rows") + rest;
        }
        if (step.dimensions().isEmpty()) {
            return StepReading.capital(StepReading.and(rows.measures().stream()
                            .map(i -> rows.label(i) + " is " + text(rows, 0, i))
                            .toList()))
                    + ".";
        }
        return extremes(step, rows, measure.get());
    }

    private String extremes(Step step, ResultRows rows, int measure) {
        int high = rows.extreme(measure, 1);
        int low = rows.extreme(measure, -1);
        if (high < 0 || rows.result().isCut()) {
            return count(rows, "group", ".", ".");
        }
        String label = StepReading.capital(rows.label(measure));
        if (isRanked(step) && rows.size() > 1 && rows.findNumber(0, measure) != null) {
            return ranked(step, rows, measure);
        }
        if (rows.result().rows().size() == 1) {
            return label + " is " + text(rows, high, measure) + " for " + group(step, rows, high) + ".";
        }
        if (Objects.equals(rows.findNumber(high, measure), rows.findNumber(low, measure))) {
            return label + " is " + text(rows, high, measure) + " in every group.";
        }
        return label + " is highest for " + group(step, rows, high) + " (" + text(rows, high, measure)
                + ") and lowest for " + group(step, rows, low) + " (" + text(rows, low, measure) + ").";
    }

    /** Whether the rows are the first ones by the first measure. */
    private static boolean isRanked(Step step) {
        Limit limit = step.limit();
        boolean sorted = step.order().isEmpty() || step.order().get(0).key().equals(new Order.Key.OfMeasure(0));
        return sorted && limit != null && limit.perDimension() < 0;
    }

    private String ranked(Step step, ResultRows rows, int measure) {
        int last = rows.size() - 1;
        String text = group(step, rows, 0) + " comes first with a " + rows.label(measure) + " of "
                + text(rows, 0, measure) + ", before " + group(step, rows, 1) + " (" + text(rows, 1, measure) + ")";
        return last == 1
                ? text + "."
                : text + "; number " + (last + 1) + " is " + group(step, rows, last) + " (" + text(rows, last, measure)
                        + ").";
    }

    private String trend(Step step, ResultRows rows) {
        Optional<Integer> measure = rows.firstMeasure();
        if (measure.isEmpty() || step.dimensions().size() > 1 || rows.result().isCut()) {
            return measure.map(m -> extremes(step, rows, m)).orElse("");
        }
        int column = measure.get();
        String text = extremes(step, rows, column);
        int first = rows.firstWithValue(column) + (checks.firstIsCut() ? 1 : 0);
        int last = rows.lastWithValue(column) - (checks.lastIsCut() ? 1 : 0);
        if (first < 0 || first >= last) {
            return text + cut(step, rows);
        }
        double from = Objects.requireNonNullElse(rows.findNumber(first, column), 0.0);
        double to = Objects.requireNonNullElse(rows.findNumber(last, column), 0.0);
        String ends = " from " + group(step, rows, first) + " (" + text(rows, first, column) + ") to "
                + group(step, rows, last) + " (" + text(rows, last, column) + ").";
        if (from == to) {
            return text + " It is the same at both ends," + ends + cut(step, rows);
        }
        String by = from > 0 ? " by " + percent(Math.abs(to - from) / from) : "";
        return text + (to > from ? " It rose" : " It fell") + by + ends + cut(step, rows);
    }

    /** The periods at the ends that have rows for a part of their time only. */
    private String cut(Step step, ResultRows rows) {
        List<String> cut = new ArrayList<>();
        int measure = rows.firstMeasure().orElse(0);
        if (checks.firstIsCut()) {
            cut.add(group(step, rows, rows.firstWithValue(measure)));
        }
        if (checks.lastIsCut()) {
            cut.add(group(step, rows, rows.lastWithValue(measure)));
        }
        return cut.isEmpty() ? "" : " " + StepReading.and(cut) + (cut.size() == 1 ? " is" : " are") + " incomplete.";
    }

    private String percent(double share) {
        return values.number(Math.round(1000 * share) / 10.0) + "%";
    }

    /** What stands out among the columns: missing values, and numbers with a long tail. */
    private String summary(ResultRows rows) {
        List<String> missing = new ArrayList<>();
        List<String> skewed = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            double lacking = rows.number(i, rows.at(Role.MISSING));
            double all = lacking + rows.number(i, rows.at(Role.COUNT));
            if (lacking > 0) {
                missing.add(rows.value(i, rows.at(Role.NAME)) + " (" + percent(lacking / all) + ")");
            }
            double mean = rows.number(i, rows.at(Role.MEAN));
            double median = rows.number(i, rows.at(Role.MEDIAN));
            double apart = Math.abs(mean - median) / rows.number(i, rows.at(Role.DEVIATION));
            if (apart > 1 / 3.0 && rows.number(i, rows.at(Role.DISTINCT)) > FEW_VALUES) {
                skewed.add(rows.value(i, rows.at(Role.NAME)) + " (mean " + values.number(mean) + ", median "
                        + values.number(median) + ")");
            }
        }
        return count(rows, "column", ".", ".")
                + (missing.isEmpty() ? " No value is missing." : " Values are missing in " + some(missing) + ".")
                + (skewed.isEmpty() ? "" : " Values are skewed in " + some(skewed) + ".");
    }

    private static String some(List<String> all) {
        return all.size() <= MOST_NAMED
                ? StepReading.and(all)
                : String.join(", ", all.subList(0, MOST_NAMED)) + " and " + (all.size() - MOST_NAMED) + " more";
    }

    private String spread(Step step, ResultRows rows, ValueSummary summary) {
        String of = Words.of(Steps.valueOf(step));
        String unit = rows.columns().get(0).unit();
        if (summary.count() == 1 || summary.min() == summary.max()) {
            return "Every value of " + of + " is " + values.of(summary.min(), unit) + ".";
        }
        StringBuilder text =
                new StringBuilder(StepReading.capital(of) + " runs from " + values.of(summary.min(), unit) + " to "
                        + values.of(summary.max(), unit) + "; half of the " + values.number(summary.count())
                        + " values lie between "
                        + values.of(summary.q1(), unit) + " and " + values.of(summary.q3(), unit) + ", the median is "
                        + values.of(summary.median(), unit));
        int last = rows.size() - 1;
        if (!rows.result().isCut() && rows.value(0, 0) == null) {
            text.append("; ").append(text(rows, 0, 2)).append(" are below ").append(text(rows, 0, 1));
        }
        if (!rows.result().isCut() && rows.value(last, 1) == null) {
            text.append("; ")
                    .append(text(rows, last, 2))
                    .append(" are at least ")
                    .append(text(rows, last, 0));
        }
        return text.append(".").toString();
    }

    private String distribution(Step step, ResultRows rows) {
        String of = Words.of(Steps.valueOf(step));
        Optional<Integer> median = rows.find(Role.MEDIAN);
        if (median.isPresent()) {
            return boxes(step, rows, of, median.get());
        }
        Optional<Integer> counted = rows.find(Role.COUNT);
        int high = counted.map(c -> rows.extreme(c, 1)).orElse(-1);
        if (counted.isEmpty() || high < 0 || rows.result().isCut()) {
            return count(rows, "group", ".", ".");
        }
        double total = 0;
        for (int i = 0; i < rows.result().rows().size(); i++) {
            total += Objects.requireNonNullElse(rows.findNumber(i, counted.get()), 0.0);
        }
        double most = Objects.requireNonNullElse(rows.findNumber(high, counted.get()), 0.0);
        String share = percent(most / total);
        return "Values of " + of + " are most often " + spreadGroup(rows, high) + ": " + values.number(most) + " of "
                + values.number(total) + " (" + share + ").";
    }

    private String boxes(Step step, ResultRows rows, String of, int median) {
        int high = rows.extreme(median, 1);
        int low = rows.extreme(median, -1);
        if (high < 0) {
            return "There are no values of " + of + ".";
        } else if (high == low || step.dimensions().isEmpty()) {
            return "Half of the values of " + of + " lie between "
                    + text(rows, 0, rows.find(Role.FIRST_QUARTILE).orElse(median)) + " and "
                    + text(rows, 0, rows.find(Role.THIRD_QUARTILE).orElse(median)) + "; the median is "
                    + text(rows, 0, median) + ".";
        }
        return "The median of " + of + " is highest for " + group(step, rows, high) + " (" + text(rows, high, median)
                + ") and lowest for " + group(step, rows, low) + " (" + text(rows, low, median) + ").";
    }

    private String spreadGroup(ResultRows rows, int row) {
        StepColumn first = rows.columns().get(0);
        if (!(first.origin() instanceof Origin.OfBin)) {
            return text(rows, row, 0);
        }
        Object from = rows.value(row, 0);
        Object to = rows.value(row, 1);
        if (from == null) {
            return "below " + values.of(to, first.unit());
        }
        return to == null
                ? "at least " + values.of(from, first.unit())
                : "from " + values.of(from, first.unit()) + " to " + values.of(to, first.unit());
    }

    /** The strongest of a list of coefficients. */
    private String listed(Step step, ResultRows rows, int column) {
        Double best = rows.findNumber(0, column);
        if (best == null) {
            return "No coefficient is defined: the columns are the same everywhere.";
        }
        String other = column == 2
                ? String.valueOf(rows.value(0, 1))
                : Words.of(Steps.valueOf(step.measures().get(0)));
        return "The strongest correlation is between " + rows.value(0, 0) + " and " + other + ": " + values.number(best)
                + ", " + strength(best) + ".";
    }

    private String correlation(Step step, ResultRows rows) {
        Optional<Integer> covariance = rows.find(Role.COVARIANCE);
        if (covariance.isPresent()) {
            return covariance(rows, covariance.get());
        }
        Optional<Integer> found = rows.find(Role.CORRELATION);
        if (step.detail() instanceof Detail.Correlation c && c.layout() != Detail.Layout.MATRIX) {
            return listed(step, rows, found.orElse(1));
        }
        if (found.isEmpty()
                || rows.find(Role.NAME).isPresent()
                || rows.result().rows().size() > 1) {
            return strongest(rows);
        }
        Double value = rows.findNumber(0, found.get());
        String label = rows.label(found.get());
        if (value == null) {
            return "The " + label + " is not defined: one of them is the same everywhere.";
        }
        return "The " + label + " is " + values.number(value) + ": " + strength(value)
                + significance(
                        value, rows.find(Role.COUNT).map(c -> rows.number(0, c)).orElse(0.0)) + ".";
    }

    private String covariance(ResultRows rows, int column) {
        if (rows.result().rows().size() != 1) {
            return count(rows, "row", ".", ".");
        }
        Double value = rows.findNumber(0, column);
        return value == null
                ? "The " + rows.label(column) + " is not defined for less than two rows."
                : "The " + rows.label(column) + " is " + values.number(value) + ".";
    }

    /** The two-sided p-value of a coefficient of pairs, by Student's t with n - 2 degrees of freedom. */
    private static String significance(double r, double n) {
        if (n < 3 || Math.abs(r) > 1) {
            return "";
        }
        double t = Math.abs(r) * Math.sqrt((n - 2) / Math.max(1 - r * r, Double.MIN_NORMAL));
        double p = 2 * TDistribution.of(n - 2).survivalProbability(t);
        return p < 0.0001 ? " (p < 0.0001)" : String.format(Locale.ROOT, " (p = %.4f)", p);
    }

    private static String strength(double value) {
        double size = Math.abs(value);
        if (size < 0.1) {
            return "they hardly move together";
        }
        String word = size < 0.3 ? "weakly" : size < 0.7 ? "moderately" : "strongly";
        return "they move " + word + (value > 0 ? " together" : " in opposite directions");
    }

    private String strongest(ResultRows rows) {
        double best = -1;
        String text = count(rows, "row", ".", ".");
        for (int i = 0; i < rows.result().rows().size(); i++) {
            for (int j = i + 2; j < rows.columns().size(); j++) {
                Double value = rows.find(Role.NAME).isPresent() ? rows.findNumber(i, j) : null;
                if (value != null && Math.abs(value) > best) {
                    best = Math.abs(value);
                    text = "The strongest correlation is between " + rows.value(i, 0) + " and " + rows.label(j) + ": "
                            + values.number(value) + ".";
                }
            }
        }
        return text;
    }

    private String line(Step step, ResultRows rows) {
        Optional<Integer> slope = rows.find(Role.SLOPE);
        Double value = slope.map(s -> rows.findNumber(0, s)).orElse(null);
        if (slope.isEmpty() || rows.result().rows().size() > 1) {
            return count(rows, "line", ".", ".");
        }
        String y = Words.of(Steps.valueOf(step.measures().get(0)));
        String x = Words.of(Steps.valueOf(step.measures().get(1)));
        if (value == null) {
            return "No line can be fitted: " + x + " is the same everywhere.";
        }
        Double explained =
                rows.find(Role.R_SQUARED).map(c -> rows.findNumber(0, c)).orElse(null);
        double n = rows.find(Role.COUNT).map(c -> rows.number(0, c)).orElse(0.0);
        String share = explained == null
                ? ""
                : "; the line explains " + percent(explained) + " of its variance"
                        + significance(Math.sqrt(explained), n);
        Optional<Integer> predicted = rows.find(Role.PREDICTION);
        if (predicted.isPresent()) {
            share += "; the " + rows.label(predicted.get()) + " is " + text(rows, 0, predicted.get());
        }
        return y + " changes by " + values.number(value) + " for each unit of " + x + share + ".";
    }

    private String missing(ResultRows rows) {
        List<String> named = new ArrayList<>();
        int with = 0;
        int name = rows.find(Role.NAME).orElse(0);
        int missing = rows.find(Role.MISSING).orElse(1);
        for (int i = 0; i < rows.result().rows().size(); i++) {
            Double count = rows.findNumber(i, missing);
            if (count != null && count > 0) {
                with++;
                if (named.size() < 3) {
                    named.add(rows.value(i, name) + " (" + values.number(count) + ")");
                }
            }
        }
        if (with == 0) {
            return "No value is missing.";
        }
        return with + (with == 1 ? " column has" : " columns have") + " missing values; most: " + StepReading.and(named)
                + ".";
    }

    private String fences(ResultRows rows) {
        int low = rows.find(Role.LOWER_FENCE).orElse(0);
        int high = rows.find(Role.UPPER_FENCE).orElse(0);
        return text(rows, 0, low) + " to " + text(rows, 0, high);
    }

    private String text(ResultRows rows, int row, int column) {
        return values.of(rows.value(row, column), rows.columns().get(column).unit());
    }

    private String group(Step step, ResultRows rows, int row) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < rows.columns().size(); i++) {
            StepColumn column = rows.columns().get(i);
            Object value = rows.value(row, i);
            if (column.origin() instanceof Origin.OfDimension d) {
                Grouping grouping = step.dimensions().get(d.index()).grouping();
                if (value == null) {
                    parts.add("rows without "
                            + Words.of(step.dimensions().get(d.index()).of()));
                } else {
                    parts.add(
                            grouping instanceof Grouping.ByTime time
                                    ? values.period(value, time.grain())
                                    : plain(value, column));
                }
            } else if (column.origin() instanceof Origin.OfBin b && b.edge() == StepColumn.Edge.FROM) {
                parts.add(spreadBin(rows, row, i));
            }
        }
        return String.join(", ", parts);
    }

    private String spreadBin(ResultRows rows, int row, int column) {
        String unit = rows.columns().get(column).unit();
        return values.of(rows.value(row, column), unit) + " to " + values.of(rows.value(row, column + 1), unit);
    }

    /** A group's name: a year is not written with a comma. */
    private static String plain(Object value, StepColumn column) {
        return column.unit().isEmpty() ? String.valueOf(value) : value + " " + column.unit();
    }
}
