package dev.datastudio.core.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.datastudio.core.analysis.Condition.Comparator;
import dev.datastudio.core.analysis.Expression.Constant;
import dev.datastudio.core.chart.HistogramBins;
import dev.datastudio.core.chart.ValueSummary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BinsOfNumbersTest {
    private static final Expression V = Expression.column("t", "v");

    private static Step.Builder histogram() {
        return Step.of(Operation.DISTRIBUTION, "t")
                .measures(List.of(Measure.of(Aggregate.COUNT, V)))
                .chart(ChartHint.HISTOGRAM);
    }

    @Test
    void theStatementCanBeReadAndChecked() {
        try (Tables tables =
                Tables.of("t", "SELECT * FROM (VALUES (-12.5), (0.0), (3.0), (7.5), (12.0), (20.0), (NULL)) r(v)")) {
            assertEquals("""
                    WITH bins(bin, low, high) AS (
                      VALUES (0, -15, -10), (1, -10, -5), (2, -5, 0), (3, 0, 5), (4, 5, 10), (5, 10, 15),
                        (6, 15, 20)
                    )
                    SELECT bins.low AS "v from",
                      bins.high AS "v to",
                      count("v") AS "count"
                    FROM bins
                    LEFT JOIN "t" ON bins.bin = CASE WHEN "v" >= 15 THEN 6 ELSE floor(("v" + 15.0) / 5.0 + 1e-9) END
                    GROUP BY 1, 2
                    ORDER BY 2 NULLS LAST""", Compiled.compile(tables, histogram().build()).displaySql());
            assertEquals(
                    List.of(1L, 0L, 0L, 2L, 1L, 1L, 1L),
                    Compiled.rows(tables, histogram().build()).stream()
                            .map(r -> r.get(2))
                            .toList());
        }
    }

    @Test
    void valuesOnEdgesFallWhereThePlainRuleSays() {
        Random random = new Random(8);
        for (double unit : new double[] {0.001, 0.01, 0.05, 0.1, 0.25, 1, 2.5, 1000}) {
            for (int run = 0; run < Integer.getInteger("studio.bins.runs", 2); run++) {
                double[] values = multiples(random, unit);
                try (Tables tables = Tables.of("t", "SELECT unnest([" + joined(values) + "]) AS v")) {
                    double[] edges = ValueSummary.of(values).edges();
                    long[] expected = new long[edges.length - 1];
                    Arrays.stream(values).forEach(v -> expected[HistogramBins.binOf(v, edges)]++);

                    List<List<@Nullable Object>> rows =
                            Compiled.rows(tables, histogram().build());

                    assertEquals(
                            Arrays.stream(expected).boxed().toList(),
                            rows.stream().map(r -> r.get(2)).toList(),
                            () -> unit + " " + Arrays.toString(edges));
                }
            }
        }
    }

    /** Numbers of few digits, many of them on edges, some with a long tail. */
    private static double[] multiples(Random random, double unit) {
        double[] values = new double[150];
        boolean tail = random.nextBoolean();
        for (int i = 0; i < values.length; i++) {
            long steps = Math.round(random.nextGaussian() * 40) * (tail && i % 30 == 0 ? 90 : 1);
            values[i] = Double.parseDouble(String.format(Locale.ROOT, "%.4f", steps * unit));
        }
        return values;
    }

    private static String joined(double[] values) {
        List<String> texts = new ArrayList<>();
        Arrays.stream(values).forEach(v -> texts.add(v + "::DOUBLE"));
        return String.join(", ", texts);
    }

    @Test
    void columnsAndTablesMayHaveTheNamesOfTheBins() {
        String select = "SELECT i AS low, i * 0.5 AS bin, 'x' AS high FROM range(10) r(i)";
        try (Tables tables = Tables.of("bins", select)) {
            Step.Builder step = Step.of(Operation.AGGREGATE, "bins")
                    .dimensions(List.of(
                            new Dimension(Expression.column("bins", "bin"), new Dimension.Grouping.ByBins(2)),
                            Dimension.of(Expression.column("bins", "high"))))
                    .measures(List.of(Measure.of(Aggregate.SUM, Expression.column("bins", "low"))));

            assertEquals(
                    List.of(10.0, 35.0),
                    Compiled.rows(tables, step.build()).stream()
                            .map(r -> Compiled.number(r.get(3)))
                            .toList());
        }
    }

    @Test
    void rowsWithoutAnyValueHaveNoBins() {
        try (Tables tables = Tables.of("t", "SELECT CAST(NULL AS DOUBLE) AS v FROM range(3)")) {
            Step.Builder groups = Step.of(Operation.AGGREGATE, "t")
                    .dimensions(List.of(new Dimension(V, new Dimension.Grouping.ByBins(0))))
                    .measures(List.of(Measure.count()));

            assertEquals(List.of(), Compiled.rows(tables, histogram().build()));
            assertEquals(List.of(Arrays.asList(null, null, 3L)), Compiled.rows(tables, groups.build()));
        }
    }

    @Test
    void onlyTheRowsThatCountMakeTheEdges() {
        try (Tables tables = Tables.of("t", "SELECT i * 1.0 AS v FROM range(1000) r(i)")) {
            Step step = histogram()
                    .filter(new Condition.Comparison(V, Comparator.LESS, new Constant(3L)))
                    .build();

            assertEquals(
                    List.of(1L, 1L, 1L),
                    Compiled.rows(tables, step).stream().map(r -> r.get(2)).toList());
        }
    }

    @Test
    void compilingWithoutTheSpreadIsRefused() {
        try (Tables tables = Tables.of("t", "SELECT 1.5 AS v")) {
            SqlCompiler compiler = SqlCompiler.of(SqlDialect.DUCKDB);

            IllegalArgumentException refusal = assertThrows(
                    IllegalArgumentException.class,
                    () -> compiler.compile(histogram().build(), tables.datasets(), Compiled.TODAY));

            assertEquals("step has bins, so that the spread of its values must be given", refusal.getMessage());
        }
    }
}
