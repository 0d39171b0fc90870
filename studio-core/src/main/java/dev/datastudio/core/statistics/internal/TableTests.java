package dev.datastudio.core.statistics.internal;

import dev.datastudio.core.statistics.Samples;
import dev.datastudio.core.statistics.TestKind;
import dev.datastudio.core.statistics.TestResult;
import dev.datastudio.core.statistics.TestResult.Exactness;
import dev.datastudio.core.statistics.TestSpec;
import dev.datastudio.core.statistics.TestSpec.Continuity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.statistics.inference.ChiSquareTest;
import org.apache.commons.statistics.inference.FisherExactTest;
import org.apache.commons.statistics.inference.SignificanceResult;

/** Tests of counts: chi-square and Fisher's exact test. */
final class TableTests {
    /** Above so many rows the enumeration is slow and chi-square as good. */
    private static final long MOST_EXACT = 1_000_000;

    private TableTests() {}

    static void independence(Report report, TestSpec spec, Samples samples) {
        TestKind kind = TestKind.CHI_SQUARE_INDEPENDENCE;
        Refusals.requireTwoSided(kind, spec);
        long[][] table = filled(kind, samples);
        double[][] expected = expected(table);
        double total = total(table);
        int rows = table.length;
        int columns = table[0].length;
        double df = (rows - 1.0) * (columns - 1.0);
        boolean square = rows == 2 && columns == 2;
        double plain = chiSquare(table);
        boolean corrected = square && spec.continuity() == Continuity.CORRECTED;
        double statistic = corrected ? yates(table, expected) : plain;
        if (square) {
            report.name(kind.title() + (corrected ? " with" : " without") + " Yates' correction");
        }
        report.statistic("chi-square", statistic)
                .degreesOfFreedom(df)
                .pValue(Tails.chiSquare(statistic, df), Exactness.ASYMPTOTIC)
                .effect(Effects.contingency(
                        "Cramér's V", plain, df, total, Math.min(rows, columns) - 1.0, spec.alpha()))
                .check(Assumptions.expectedCounts(
                        Arrays.stream(expected).flatMapToDouble(Arrays::stream).toArray()));
        if (square) {
            report.effect(Effects.odds(table, spec.alpha()));
        }
        words(report, samples, table);
    }

    private static double chiSquare(long[][] table) {
        return ChiSquareTest.withDefaults().statistic(table);
    }

    private static void words(Report report, Samples samples, long[][] table) {
        for (int i = 0; i < samples.names().size(); i++) {
            report.group(new TestResult.Group(
                    samples.names().get(i),
                    Arrays.stream(samples.counts()[i]).sum(),
                    Double.NaN,
                    Double.NaN,
                    Double.NaN));
        }
        if (table.length < samples.names().size()
                || table[0].length < samples.columns().size()) {
            report.warn("Values without any row were left out.");
        }
        report.hypotheses(
                Comparing.subject(samples) + " are independent", Comparing.subject(samples) + " are associated");
    }

    /** The table without empty rows and columns. */
    private static long[][] filled(TestKind kind, Samples samples) {
        long[][] counts = samples.counts();
        List<Integer> columns = new ArrayList<>();
        for (int j = 0; j < samples.columns().size(); j++) {
            int column = j;
            if (Arrays.stream(counts).anyMatch(row -> row[column] > 0)) {
                columns.add(j);
            }
        }
        long[][] table = Arrays.stream(counts)
                .filter(row -> Arrays.stream(row).anyMatch(c -> c > 0))
                .map(row -> columns.stream().mapToLong(j -> row[j]).toArray())
                .toArray(long[][]::new);
        if (table.length < 2 || columns.size() < 2) {
            throw Refusals.notApplicable(
                    "The " + kind.title() + " needs two values or more of each category, and '"
                            + Comparing.subject(samples) + "' have " + table.length + " and " + columns.size(),
                    "Test categories that vary, or leave out a filter");
        }
        return table;
    }

    private static double total(long[][] table) {
        return Arrays.stream(table).flatMapToLong(Arrays::stream).sum();
    }

    private static double[][] expected(long[][] table) {
        double total = total(table);
        double[] columns = new double[table[0].length];
        for (long[] row : table) {
            Arrays.setAll(columns, j -> columns[j] + row[j]);
        }
        return Arrays.stream(table)
                .map(row -> {
                    double sum = Arrays.stream(row).sum();
                    return Arrays.stream(columns).map(c -> sum * c / total).toArray();
                })
                .toArray(double[][]::new);
    }

    /** Yates, "Contingency tables involving small numbers and the chi-square test" (1934). */
    private static double yates(long[][] table, double[][] expected) {
        double sum = 0;
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 2; j++) {
                double off = Math.abs(table[i][j] - expected[i][j]);
                double moved = off - Math.min(0.5, off);
                sum += moved * moved / expected[i][j];
            }
        }
        return sum;
    }

    static void goodness(Report report, TestSpec spec, Samples samples) {
        TestKind kind = TestKind.CHI_SQUARE_GOODNESS_OF_FIT;
        Refusals.requireTwoSided(kind, spec);
        long[] counts = samples.counts()[0];
        long total = Arrays.stream(counts).sum();
        if (counts.length < 2 || total == 0) {
            throw Refusals.notApplicable(
                    "The " + kind.title() + " needs two values or more, and '" + Comparing.subject(samples) + "' has "
                            + counts.length,
                    "Test a category that varies");
        }
        if (!spec.expected().isEmpty() && spec.expected().size() != counts.length) {
            throw Refusals.notApplicable(
                    "There are " + spec.expected().size() + " expected shares for " + counts.length + " values",
                    "Give one for each of " + samples.names());
        }
        double[] shares = spec.expected().isEmpty()
                ? Arrays.stream(counts).mapToDouble(c -> 1).toArray()
                : spec.expected().stream().mapToDouble(s -> s).toArray();
        double all = Moments.sum(shares);
        double[] expected = Arrays.stream(shares).map(s -> s / all * total).toArray();
        SignificanceResult result = ChiSquareTest.withDefaults().test(expected, counts);
        double df = counts.length - 1.0;
        report.statistic("chi-square", result.getStatistic())
                .degreesOfFreedom(df)
                .pValue(result.getPValue(), Exactness.ASYMPTOTIC)
                .effect(Effects.contingency("Cohen's w", result.getStatistic(), df, (double) total, 1, spec.alpha()))
                .check(Assumptions.expectedCounts(expected));
        for (int i = 0; i < counts.length; i++) {
            report.group(new TestResult.Group(samples.names().get(i), counts[i], Double.NaN, Double.NaN, Double.NaN));
        }
        String shape = spec.expected().isEmpty() ? "equal shares" : "the expected shares";
        report.hypotheses(
                "the counts of " + Comparing.subject(samples) + " follow " + shape,
                "the counts of " + Comparing.subject(samples) + " depart from " + shape);
    }

    static void fisher(Report report, TestSpec spec, Samples samples) {
        TestKind kind = TestKind.FISHER_EXACT;
        long[][] table = filled(kind, samples);
        if (table.length != 2 || table[0].length != 2) {
            throw Refusals.notApplicable(
                    "Fisher's exact test takes tables of 2 x 2, and '" + Comparing.subject(samples) + "' give "
                            + table.length + " x " + table[0].length,
                    "Use the chi-square test of independence, or keep two values of each category");
        }
        if (total(table) > MOST_EXACT) {
            throw Refusals.notApplicable(
                    "Fisher's exact test takes at most " + Texts.count(MOST_EXACT, "row") + ", and there are "
                            + Texts.count((long) total(table), "row"),
                    "Use the chi-square test of independence, which is as good for so many");
        }
        int[][] counts = Arrays.stream(table)
                .map(row -> Arrays.stream(row).mapToInt(Math::toIntExact).toArray())
                .toArray(int[][]::new);
        SignificanceResult result = FisherExactTest.withDefaults()
                .with(MeanTests.side(spec.alternative()))
                .test(counts);
        TestResult.Effect odds = Effects.odds(table, spec.alpha());
        report.statistic("odds ratio", odds.value())
                .pValue(result.getPValue(), Exactness.EXACT)
                .effect(odds)
                .effect(Effects.contingency("Cramér's V", chiSquare(table), 1, total(table), 1, spec.alpha()));
        words(report, samples, table);
    }

    /** Whether chi-square is fit for a table: no expected count below 1 and at most a fifth below 5 (Cochran, 1954). */
    static boolean isFit(long[][] table) {
        return Assumptions.areLarge(
                Arrays.stream(expected(table)).flatMapToDouble(Arrays::stream).toArray());
    }
}
