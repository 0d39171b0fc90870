package dev.datastudio.core.analysis;

import static dev.datastudio.core.analysis.Compiled.number;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.core.analysis.Detail.CorrelationMethod;
import dev.datastudio.core.analysis.Expression.Constant;
import dev.datastudio.core.chart.HistogramBins;
import dev.datastudio.testkit.OutsideData;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every operation on real tables; the expected numbers come from Python's statistics module. */
class RealDataTest {
    private static Tables tables;

    @BeforeAll
    static void open() {
        Map<String, String> selects = new LinkedHashMap<>();
        for (String name : List.of("titanic", "cars", "superstore")) {
            selects.put(name, Tables.csv(OutsideData.require("data/" + name + ".csv")));
        }
        tables = Tables.of(selects);
    }

    @AfterAll
    static void close() {
        if (tables != null) {
            tables.close();
        }
    }

    private static Expression titanic(String column) {
        return Expression.column("titanic", column);
    }

    private static Measure value(String table, String column) {
        return Measure.of(Aggregate.COUNT, Expression.column(table, column));
    }

    private static List<List<@Nullable Object>> rows(Step.Builder step) {
        return Compiled.rows(tables, step.build());
    }

    private static void assertSameAsSql(String sql, Step.Builder step) {
        Compiled.assertSame(tables.rows(sql), rows(step), sql);
    }

    @Test
    void everyAggregateEqualsPython() {
        Map<Aggregate, Double> expected = new LinkedHashMap<>();
        expected.put(Aggregate.COUNT, 714.0);
        expected.put(Aggregate.COUNT_DISTINCT, 88.0);
        expected.put(Aggregate.SUM, 21205.17);
        expected.put(Aggregate.MEAN, 29.69911764705882);
        expected.put(Aggregate.MEDIAN, 28.0);
        expected.put(Aggregate.PERCENTILE, 50.0);
        expected.put(Aggregate.MIN, 0.42);
        expected.put(Aggregate.MAX, 80.0);
        expected.put(Aggregate.RANGE, 79.58);
        expected.put(Aggregate.STANDARD_DEVIATION, 14.526497332334042);
        expected.put(Aggregate.VARIANCE, 211.01912474630805);
        expected.put(Aggregate.POPULATION_STANDARD_DEVIATION, 14.516321150817316);
        expected.put(Aggregate.POPULATION_VARIANCE, 210.72357975366617);
        expected.put(Aggregate.INTERQUARTILE_RANGE, 17.875);
        expected.put(Aggregate.MODE, 24.0);
        expected.put(Aggregate.SKEWNESS, 0.38910778230082665);
        expected.put(Aggregate.KURTOSIS, 0.17827415364210916);
        for (Map.Entry<Aggregate, Double> entry : expected.entrySet()) {
            Measure measure = new Measure.Aggregated(
                    entry.getKey(),
                    titanic("age"),
                    entry.getKey() == Aggregate.PERCENTILE ? 0.9 : 0,
                    Measure.Transform.NONE);
            Object actual = rows(Step.of(Operation.AGGREGATE, "titanic").measures(List.of(measure)))
                    .get(0)
                    .get(0);
            assertEquals(
                    entry.getValue(),
                    number(actual),
                    1e-9 * Math.abs(entry.getValue()),
                    entry.getKey().name());
        }
    }

    @Test
    void aggregatesByGroupsEqualHandwrittenSql() {
        assertSameAsSql(
                "SELECT sex, class, avg(age), count(*) FROM titanic WHERE fare > 10 GROUP BY ALL ORDER BY sex, class",
                Step.of(Operation.AGGREGATE, "titanic")
                        .dimensions(List.of(Dimension.of(titanic("sex")), Dimension.of(titanic("class"))))
                        .measures(List.of(Measure.of(Aggregate.MEAN, titanic("age")), Measure.count()))
                        .filter(new Condition.Comparison(
                                titanic("fare"), Condition.Comparator.GREATER, new Constant(10L))));
    }

    @Test
    void trendsEqualHandwrittenSql() {
        assertSameAsSql(
                "SELECT CAST(date_trunc('month', \"Order Date\") AS DATE) m, sum(Profit) FROM superstore"
                        + " WHERE Region = 'West' GROUP BY 1 ORDER BY 1",
                Step.of(Operation.TREND, "superstore")
                        .dimensions(
                                List.of(Dimension.of(Expression.column("superstore", "Order Date"), TimeGrain.MONTH)))
                        .measures(List.of(Measure.of(Aggregate.SUM, Expression.column("superstore", "Profit"))))
                        .filter(new Condition.Comparison(
                                Expression.column("superstore", "region"),
                                Condition.Comparator.EQUAL,
                                new Constant("WEST"))));
    }

    @Test
    void binsOfNumbersFollowTheRuleOfHistograms() {
        for (String[] column : List.of(
                new String[] {"titanic", "age"},
                new String[] {"titanic", "fare"},
                new String[] {"titanic", "survived"},
                new String[] {"superstore", "Profit"},
                new String[] {"superstore", "Sales"},
                new String[] {"superstore", "Discount"},
                new String[] {"superstore", "Quantity"},
                new String[] {"superstore", "Number of Records"},
                new String[] {"cars", "Weight_in_lbs"},
                new String[] {"cars", "Horsepower"})) {
            assertBins(column[0], column[1]);
        }
    }

    private static void assertBins(String table, String column) {
        List<@Nullable Object> s = tables.rows("SELECT min(v), max(v), quantile_cont(v, 0.25), quantile_cont(v, 0.75),"
                        + " count(v), bool_and(v = floor(v)) FROM (SELECT CAST(\"" + column + "\" AS DOUBLE) AS v FROM "
                        + table + ")")
                .get(0);
        double[] edges = HistogramBins.edges(
                number(s.get(0)),
                number(s.get(1)),
                number(s.get(2)),
                number(s.get(3)),
                (long) number(s.get(4)),
                Boolean.TRUE.equals(s.get(5)) ? HistogramBins.Values.WHOLE : HistogramBins.Values.CONTINUOUS);
        long[] counts = new long[edges.length - 1];
        for (List<@Nullable Object> row :
                tables.rows("SELECT \"" + column + "\" FROM " + table + " WHERE \"" + column + "\" IS NOT NULL")) {
            counts[HistogramBins.binOf(number(row.get(0)), edges)]++;
        }
        List<List<@Nullable Object>> rows = rows(Step.of(Operation.DISTRIBUTION, table)
                .measures(List.of(value(table, column)))
                .chart(ChartHint.HISTOGRAM));
        assertEquals(counts.length, rows.size(), column);
        for (int i = 0; i < counts.length; i++) {
            assertEquals(counts[i], (long) number(rows.get(i).get(2)), column + " bin " + i);
            assertEdge(edges[i], rows.get(i).get(0));
            assertEdge(edges[i + 1], rows.get(i).get(1));
        }
    }

    private static void assertEdge(double expected, @Nullable Object actual) {
        if (Double.isInfinite(expected)) {
            assertNull(actual);
        } else {
            assertEquals(expected, number(actual), 1e-9 * Math.max(1, Math.abs(expected)));
        }
    }

    @Test
    void distributionsOfCategoriesGatherTheRareOnes() {
        List<List<@Nullable Object>> few =
                rows(Step.of(Operation.DISTRIBUTION, "titanic").measures(List.of(value("titanic", "class"))));
        List<List<@Nullable Object>> many =
                rows(Step.of(Operation.DISTRIBUTION, "superstore").measures(List.of(value("superstore", "State"))));

        assertEquals("Third", few.get(0).get(0));
        assertEquals(491, number(few.get(0).get(1)));
        assertEquals(100 * 491 / 891.0, number(few.get(0).get(2)), 1e-9);
        assertEquals(21, many.size());
        assertTrue(String.valueOf(many.get(20).get(0)).startsWith("Other ("));
        assertEquals(5899, many.stream().mapToDouble(r -> number(r.get(1))).sum());
    }

    @Test
    void boxesEqualHandwrittenSql() {
        List<List<@Nullable Object>> rows = rows(Step.of(Operation.DISTRIBUTION, "titanic")
                .measures(List.of(value("titanic", "age")))
                .dimensions(List.of(Dimension.of(titanic("sex")))));

        assertEquals(
                tables.rows("SELECT sex, count(age), quantile_cont(age, 0.25), median(age), quantile_cont(age, 0.75),"
                        + " avg(age) FROM titanic GROUP BY sex ORDER BY sex"),
                rows.stream()
                        .map(r -> {
                            List<@Nullable Object> picked = new ArrayList<>();
                            for (int i : new int[] {0, 1, 4, 5, 6, 9}) {
                                picked.add(r.get(i));
                            }
                            return picked;
                        })
                        .toList());
    }

    @Test
    void distributionsOfDatesChooseAGrain() {
        List<List<@Nullable Object>> rows = rows(
                Step.of(Operation.DISTRIBUTION, "superstore").measures(List.of(value("superstore", "Order Date"))));

        assertEquals(
                tables.rows("SELECT CAST(date_trunc('month', \"Order Date\") AS DATE), count(*) FROM superstore"
                        + " GROUP BY 1 ORDER BY 1"),
                rows);
    }

    @Test
    void summariesAndMissingValuesHaveARowForEachColumn() {
        List<List<@Nullable Object>> summary = rows(Step.of(Operation.SUMMARY, "titanic"));
        List<List<@Nullable Object>> missing = rows(Step.of(Operation.MISSING, "titanic"));

        assertEquals(15, summary.size());
        assertEquals("age", summary.get(3).get(0));
        assertEquals(714, number(summary.get(3).get(2)));
        assertEquals(177, number(summary.get(3).get(3)));
        assertEquals(29.69911764705882, number(summary.get(3).get(5)), 1e-9);
        assertEquals(List.of("deck", 688L), missing.get(0).subList(0, 2));
        assertEquals(List.of("age", 177L), missing.get(1).subList(0, 2));
        assertEquals(16, rows(Step.of(Operation.SUMMARY, "superstore")).size() - 11);
    }

    @Test
    void duplicatesAndOutliersEqualHandwrittenSql() {
        assertSameAsSql(
                "SELECT sex, class, count(*) n FROM titanic GROUP BY ALL HAVING n > 1 ORDER BY n DESC, 1, 2",
                Step.of(Operation.DUPLICATES, "titanic")
                        .dimensions(List.of(Dimension.of(titanic("sex")), Dimension.of(titanic("class")))));
        List<List<@Nullable Object>> outliers =
                rows(Step.of(Operation.OUTLIERS, "titanic").measures(List.of(value("titanic", "fare"))));
        assertEquals(116, outliers.size());
        assertEquals(512.3292, number(outliers.get(0).get(0)));
        assertEquals(
                20,
                rows(Step.of(Operation.OUTLIERS, "titanic")
                                .measures(List.of(value("titanic", "fare")))
                                .detail(new Detail.Outliers(Detail.OutlierMethod.Z_SCORE, 3)))
                        .size());
    }

    @Test
    void correlationsAndLinesEqualPython() {
        Step.Builder pair = Step.of(Operation.CORRELATION, "cars")
                .measures(List.of(value("cars", "Horsepower"), value("cars", "Miles_per_Gallon")));

        assertEquals(-0.7784267838977761, number(rows(pair).get(0).get(0)), 1e-9);
        assertEquals(
                -0.8536164024453882,
                number(rows(pair.detail(new Detail.Correlation(CorrelationMethod.SPEARMAN)))
                        .get(0)
                        .get(0)),
                1e-9);
        List<@Nullable Object> line = rows(Step.of(Operation.REGRESSION, "cars")
                        .measures(List.of(value("cars", "Miles_per_Gallon"), value("cars", "Horsepower"))))
                .get(0);
        assertEquals(-0.15784473335365365, number(line.get(0)), 1e-9);
        assertEquals(39.93586102117047, number(line.get(1)), 1e-9);
    }

    @Test
    void matricesAreSymmetricWithOnesOnTheDiagonal() {
        // A covariance is of two columns only.
        for (CorrelationMethod method : EnumSet.complementOf(EnumSet.of(CorrelationMethod.COVARIANCE))) {
            List<List<@Nullable Object>> matrix =
                    rows(Step.of(Operation.CORRELATION, "cars").detail(new Detail.Correlation(method)));
            for (int i = 0; i < matrix.size(); i++) {
                assertEquals(1, number(matrix.get(i).get(i + 1)), 1e-12);
                for (int j = 0; j < matrix.size(); j++) {
                    assertEquals(matrix.get(i).get(j + 1), matrix.get(j).get(i + 1));
                }
            }
        }
    }

    @Test
    void cleaningComesBeforeTheFilter() {
        Step.Builder step = Step.of(Operation.AGGREGATE, "titanic")
                .measures(List.of(Measure.count(), Measure.of(Aggregate.MAX, titanic("fare"))))
                .cleaning(List.of(
                        new Cleaning.WithoutMissing(List.of(new Expression.ColumnRef("titanic", "Age"))),
                        new Cleaning.WithoutOutliers(
                                new Expression.ColumnRef("titanic", "fare"), Detail.Outliers.TUKEY),
                        new Cleaning.WithoutDuplicates()))
                .filter(new Condition.Comparison(titanic("sex"), Condition.Comparator.EQUAL, new Constant("female")));

        assertSameAsSql("""
                WITH a AS (SELECT * FROM titanic WHERE age IS NOT NULL),
                q AS (SELECT quantile_cont(fare, 0.25) q1, quantile_cont(fare, 0.75) q3 FROM a)
                SELECT count(*), max(fare) FROM (SELECT DISTINCT a.* FROM a, q
                  WHERE fare BETWEEN q1 - 1.5 * (q3 - q1) AND q3 + 1.5 * (q3 - q1)) WHERE sex = 'female'
                """, step);
    }

    @Test
    void groupsOfBinsKeepMissingValuesApart() {
        List<List<@Nullable Object>> rows = rows(Step.of(Operation.AGGREGATE, "titanic")
                .dimensions(List.of(new Dimension(titanic("age"), new Dimension.Grouping.ByBins(8))))
                .measures(List.of(Measure.count())));

        assertEquals(0, number(rows.get(0).get(0)));
        assertEquals(10, number(rows.get(0).get(1)));
        assertEquals(62, number(rows.get(0).get(2)));
        assertNull(rows.get(rows.size() - 1).get(0));
        assertEquals(177, number(rows.get(rows.size() - 1).get(2)));
    }

    @Test
    void rowsAreCombinedAsSets() {
        Step other = Step.of(Operation.LIST, "cars")
                .dimensions(List.of(Dimension.of(Expression.column("cars", "Origin"))))
                .filter(new Condition.Comparison(
                        Expression.column("cars", "Cylinders"), Condition.Comparator.EQUAL, new Constant(8L)))
                .build();
        Step.Builder step = Step.of(Operation.COMBINATION, "cars")
                .dimensions(List.of(Dimension.of(Expression.column("cars", "Origin"))))
                .detail(new Detail.Combination(Detail.SetOperator.DIFFERENCE, other));

        assertEquals(List.of(List.of("Europe"), List.of("Japan")), rows(step));
        assertEquals(
                List.of(List.of("USA")),
                rows(step.detail(new Detail.Combination(Detail.SetOperator.INTERSECTION, other))));
    }

    @Test
    void weekdaysAndMonthsAreFoundByName() {
        assertSameAsSql(
                "SELECT count(*) FROM superstore WHERE month(\"Order Date\") = 12",
                Step.of(Operation.AGGREGATE, "superstore")
                        .measures(List.of(Measure.count()))
                        .filter(new Condition.Comparison(
                                new Expression.PartOf(DatePart.MONTH, Expression.column("superstore", "Order Date")),
                                Condition.Comparator.EQUAL,
                                new Constant("December"))));
    }

    @Test
    void datesAreComparedWithTextsThatAreDates() {
        assertSameAsSql(
                "SELECT count(*) FROM superstore WHERE \"Order Date\" >= DATE '2017-07-01'",
                Step.of(Operation.AGGREGATE, "superstore")
                        .measures(List.of(Measure.count()))
                        .filter(new Condition.Between(
                                Expression.column("superstore", "Order Date"),
                                new Constant("2017-07-01"),
                                new Constant(LocalDate.of(2099, 1, 1)))));
    }
}
