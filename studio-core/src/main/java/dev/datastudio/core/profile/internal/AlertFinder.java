package dev.datastudio.core.profile.internal;

import dev.datastudio.api.dataset.ColumnRole;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.core.profile.ColumnDetails;
import dev.datastudio.core.profile.CorrelationMatrix;
import dev.datastudio.core.profile.CorrelationMatrix.Method;
import dev.datastudio.core.profile.DatasetProfile.Dependency;
import dev.datastudio.core.profile.DatasetProfile.Overview;
import dev.datastudio.core.profile.NumberDetails;
import dev.datastudio.core.profile.ProfileAlert;
import dev.datastudio.core.profile.ProfileAlert.Kind;
import dev.datastudio.core.profile.ProfileAlert.Severity;
import dev.datastudio.core.profile.TextDetails;
import dev.datastudio.core.profile.TimeDetails;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What deserves a look, in words; the most important first. Not thread-safe. */
final class AlertFinder {
    private static final double MUCH_MISSING = 0.5;
    private static final double SOME_MISSING = 0.05;
    private static final double NEAR_CONSTANT = 0.95;
    private static final double MANY_KINDS = 0.5;
    private static final double SKEW = 3;
    private static final double OUTLIERS = 0.05;
    private static final double ZEROS = 0.3;
    private static final double CORRELATION = 0.9;
    private static final double PATTERN = 0.9;
    private static final double COVERAGE = 0.999;
    private static final int ENOUGH_ROWS = 20;
    private static final int MAX_PAIRS = 20;

    /** An alert, and how much it weighs among those of its severity. */
    private record Weighed(ProfileAlert alert, double weight) {}

    private final List<Weighed> found = new ArrayList<>();

    static List<ProfileAlert> find(
            Overview overview,
            List<ColumnDetails> columns,
            List<CorrelationMatrix> correlations,
            List<Dependency> dependencies) {
        AlertFinder finder = new AlertFinder();
        finder.duplicates(overview);
        columns.forEach(finder::column);
        finder.dependencies(dependencies);
        finder.correlations(correlations, dependencies);
        return finder.found.stream()
                .sorted(Comparator.comparing(
                                (Weighed weighed) -> weighed.alert().severity())
                        .thenComparing(weighed -> -weighed.weight()))
                .map(Weighed::alert)
                .toList();
    }

    private void duplicates(Overview overview) {
        if (overview.duplicateRows() > 0) {
            double share = overview.duplicateShare();
            add(
                    Kind.DUPLICATE_ROWS,
                    share >= 0.01 ? Severity.HIGH : Severity.MEDIUM,
                    List.of(),
                    Figures.plural(overview.duplicateRows(), "row") + " (" + Figures.percent(share)
                            + (overview.duplicateRows() == 1 ? ") is an exact copy" : ") are exact copies")
                            + " of an earlier one.",
                    share,
                    Map.of("rows", (double) overview.duplicateRows(), "share", share));
        }
    }

    private void column(ColumnDetails column) {
        if (column.isEmpty()) {
            add(Kind.EMPTY_COLUMN, Severity.HIGH, column, "has no value at all.", 1, Map.of("missing", 1.0));
            return;
        }
        missing(column);
        spread(column);
        column.numbers().ifPresent(numbers -> numbers(column, numbers));
        column.texts().ifPresent(texts -> texts(column, texts));
        column.times().ifPresent(times -> times(column, times));
    }

    private void missing(ColumnDetails column) {
        double share = column.missingShare();
        if (share >= SOME_MISSING) {
            add(
                    Kind.MISSING,
                    share >= MUCH_MISSING ? Severity.HIGH : Severity.MEDIUM,
                    column,
                    "lacks " + Figures.plural(column.missing(), "value") + " (" + Figures.percent(share) + ").",
                    share,
                    Map.of("missing", (double) column.missing(), "share", share));
        }
    }

    private void spread(ColumnDetails column) {
        if (column.count() < 2) {
            return;
        }
        double topShare =
                column.top().isEmpty() ? 0 : (double) column.top().get(0).count() / column.count();
        if (column.isConstant()) {
            add(
                    Kind.CONSTANT,
                    Severity.MEDIUM,
                    column,
                    "has one value only: "
                            + quote(
                                    column.top().isEmpty()
                                            ? column.min()
                                            : column.top().get(0).value()) + ".",
                    1,
                    Map.of("distinct", 1.0));
        } else if (topShare >= NEAR_CONSTANT) {
            add(
                    Kind.NEAR_CONSTANT,
                    Severity.MEDIUM,
                    column,
                    "is " + quote(column.top().get(0).value()) + " in " + Figures.percent(topShare) + " of its values.",
                    topShare,
                    Map.of("share", topShare, "distinct", (double) column.distinct()));
        } else if (column.isKey() && column.rows() >= ENOUGH_ROWS && column.role() != ColumnRole.MEASURE) {
            add(Kind.KEY, Severity.LOW, column, "is different in each row, so it can be a key.", 0.5, Map.of());
        } else if (column.type() == ColumnType.TEXT
                && column.distinct() > CorrelationScan.MAX_KINDS
                && column.distinct() >= MANY_KINDS * column.count()) {
            add(
                    Kind.HIGH_CARDINALITY,
                    Severity.LOW,
                    column,
                    "has " + Figures.count(column.distinct()) + " different texts in "
                            + Figures.plural(column.count(), "value") + "; grouping by it tells little.",
                    0.4,
                    Map.of("distinct", (double) column.distinct()));
        }
        ordered(column);
    }

    private void ordered(ColumnDetails column) {
        boolean worth = column.order() != ColumnDetails.Order.NONE && column.rows() >= ENOUGH_ROWS;
        if (worth) {
            String word = column.order().name().toLowerCase(Locale.ROOT).replace('_', ' ');
            add(Kind.ORDERED, Severity.LOW, column, "is " + word + " from row to row.", 0.1, Map.of());
        }
    }

    private void numbers(ColumnDetails column, NumberDetails numbers) {
        boolean measure = column.role() == ColumnRole.MEASURE && column.distinct() > 2;
        if (measure && Math.abs(numbers.skewness()) >= SKEW) {
            add(
                    Kind.SKEWED,
                    Severity.LOW,
                    column,
                    "is very skewed (skewness " + Figures.number(numbers.skewness()) + "): mean "
                            + Figures.number(numbers.mean()) + ", median " + Figures.number(numbers.median()) + ".",
                    0.3,
                    Map.of("skewness", numbers.skewness()));
        }
        double outliers = (double) numbers.outliers().count() / column.count();
        if (measure && numbers.interquartileRange() > 0 && outliers >= OUTLIERS) {
            add(
                    Kind.OUTLIERS,
                    Severity.MEDIUM,
                    column,
                    "has " + Figures.plural(numbers.outliers().count(), "outlier") + " (" + Figures.percent(outliers)
                            + ") outside of "
                            + Figures.number(numbers.outliers().lowFence()) + " to "
                            + Figures.number(numbers.outliers().highFence()) + ".",
                    outliers,
                    Map.of("outliers", (double) numbers.outliers().count(), "share", outliers));
        }
        double zeros = (double) numbers.zeros() / column.count();
        if (measure && zeros >= ZEROS) {
            add(
                    Kind.ZEROS,
                    Severity.LOW,
                    column,
                    "is 0 in " + Figures.plural(numbers.zeros(), "row") + " (" + Figures.percent(zeros) + ").",
                    zeros / 2,
                    Map.of("zeros", (double) numbers.zeros(), "share", zeros));
        }
    }

    private void texts(ColumnDetails column, TextDetails texts) {
        long untidy = texts.padded() + texts.blank();
        if (untidy > 0 || texts.sameButForCase() > 0) {
            List<String> parts = new ArrayList<>();
            if (texts.sameButForCase() > 0) {
                parts.add(Figures.plural(texts.sameButForCase(), "value")
                        + (texts.sameButForCase() == 1 ? " differs" : " differ")
                        + " from another only in letter case or outer spaces");
            }
            if (texts.padded() > 0) {
                parts.add(Figures.plural(texts.padded(), "value") + (texts.padded() == 1 ? " has" : " have")
                        + " spaces at an end");
            }
            if (texts.blank() > 0) {
                parts.add(Figures.plural(texts.blank(), "value") + (texts.blank() == 1 ? " is" : " are") + " blank");
            }
            add(
                    Kind.UNTIDY_TEXT,
                    Severity.MEDIUM,
                    column,
                    "is untidy: " + String.join(", ", parts) + ".",
                    0.5,
                    Map.of("sameButForCase", (double) texts.sameButForCase(), "padded", (double) texts.padded()));
        }
        texts.patterns().stream()
                .filter(pattern -> pattern.share() >= PATTERN)
                .findFirst()
                .ifPresent(pattern -> pattern(column, pattern));
    }

    private void pattern(ColumnDetails column, TextDetails.Pattern pattern) {
        boolean wrongType = pattern.name().equals("number") || pattern.name().equals("date");
        String message = wrongType
                ? "is stored as text, but " + Figures.percent(pattern.share()) + " of its values look like a "
                        + pattern.name() + "; the others keep it from being one."
                : "looks like " + pattern.name() + " values (" + Figures.percent(pattern.share()) + ").";
        add(
                Kind.TEXT_PATTERN,
                wrongType ? Severity.MEDIUM : Severity.LOW,
                column,
                message,
                wrongType ? 0.9 : 0.35,
                Map.of("share", pattern.share()));
    }

    private void times(ColumnDetails column, TimeDetails times) {
        boolean series = times.coverage() >= 0.5 && times.coverage() < COVERAGE && times.expected() > 3;
        if (series && !times.gaps().isEmpty()) {
            TimeDetails.Gap gap = times.gaps().get(0);
            String unit = times.grain().name().toLowerCase(Locale.ROOT);
            String noun = times.step() == 1 ? unit : "step of " + times.step() + " " + unit + "s";
            add(
                    Kind.TIME_GAPS,
                    Severity.MEDIUM,
                    column,
                    "has no row for "
                            + (times.step() == 1
                                    ? Figures.plural(times.missing(), noun)
                                    : Figures.count(times.missing()) + " times " + noun)
                            + " of " + Figures.count(times.expected()) + "; the longest gap is " + gap.from()
                            + (gap.from().equals(gap.to()) ? "" : " to " + gap.to()) + ".",
                    1 - times.coverage(),
                    Map.of("missing", (double) times.missing(), "coverage", times.coverage()));
        }
    }

    private void dependencies(List<Dependency> dependencies) {
        Set<Dependency> all = new HashSet<>(dependencies);
        for (Dependency dependency : dependencies) {
            boolean both = all.contains(new Dependency(
                    /* determinant= */ dependency.dependent(), /* dependent= */ dependency.determinant()));
            List<String> columns = List.of(dependency.determinant(), dependency.dependent());
            if (both && dependency.determinant().compareTo(dependency.dependent()) < 0) {
                add(
                        Kind.SAME_VALUES,
                        Severity.MEDIUM,
                        columns,
                        quote(columns.get(0)) + " and " + quote(columns.get(1))
                                + " say the same: each value of one goes with one value of the other.",
                        0.3,
                        Map.of());
            } else if (!both) {
                add(
                        Kind.DETERMINED,
                        Severity.LOW,
                        columns,
                        quote(columns.get(0)) + " determines " + quote(columns.get(1)) + ".",
                        0.2,
                        Map.of());
            }
        }
    }

    /** A pair is told once, by the first measure that finds it. */
    private void correlations(List<CorrelationMatrix> matrices, List<Dependency> dependencies) {
        Set<Set<String>> told = new HashSet<>();
        dependencies.forEach(dependency -> told.add(Set.of(dependency.determinant(), dependency.dependent())));
        int pairs = 0;
        for (CorrelationMatrix matrix : matrices) {
            boolean symmetric = matrix.method() != Method.CORRELATION_RATIO;
            for (int i = 0; i < matrix.rowColumns().size(); i++) {
                for (int j = symmetric ? i + 1 : 0; j < matrix.columnColumns().size(); j++) {
                    double value = matrix.values().get(i).get(j);
                    String a = matrix.rowColumns().get(i);
                    String b = matrix.columnColumns().get(j);
                    if (Math.abs(value) >= CORRELATION && !a.equals(b) && pairs < MAX_PAIRS && told.add(Set.of(a, b))) {
                        correlated(matrix.method(), a, b, value);
                        pairs++;
                    }
                }
            }
        }
    }

    private void correlated(Method method, String a, String b, double value) {
        add(
                Kind.CORRELATED,
                Severity.MEDIUM,
                List.of(a, b),
                quote(a) + " and " + quote(b) + " go together (" + Words.measure(method) + " "
                        + String.format(Locale.ROOT, "%.2f", value) + ").",
                Math.abs(value) / 2,
                Map.of("value", value));
    }

    private void add(
            Kind kind,
            Severity severity,
            ColumnDetails column,
            String rest,
            double weight,
            Map<String, Double> numbers) {
        add(kind, severity, List.of(column.name()), quote(column.name()) + " " + rest, weight, numbers);
    }

    private void add(
            Kind kind,
            Severity severity,
            List<String> columns,
            String message,
            double weight,
            Map<String, Double> numbers) {
        Map<String, Double> sorted = new LinkedHashMap<>();
        numbers.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        found.add(new Weighed(new ProfileAlert(kind, severity, columns, message, sorted), weight));
    }

    private static String quote(String value) {
        return "'" + Words.cut(value, 60) + "'";
    }
}
