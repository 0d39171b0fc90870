package dev.datastudio.core.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.chart.BoxChart.Box;
import dev.datastudio.api.chart.Chart.FitLine;
import dev.datastudio.api.chart.Chart.Point;
import dev.datastudio.core.chart.KernelDensity.Support;
import dev.datastudio.testkit.OutsideData;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Quantiles, boxes and lines, against Python's statistics module and DuckDB. */
class StatisticsOfChartsTest {
    private static final double[] NUMBERS = {
        14.07, 26.55, 22.13, 4.31, 4.95, 9.51, 8.75, 25.01, 47.74, 10.06, 3.36, 5.42, 29.36, 21.92, 7.76
    };

    @Test
    void quantilesEqualThoseOfPython() {
        double[] sorted = Quantiles.sorted(NUMBERS);

        // statistics.quantiles(numbers, n=4, method='inclusive'), and the first and last of n=10
        assertEquals(6.59, Quantiles.of(sorted, 0.25), 1e-12);
        assertEquals(10.06, Quantiles.of(sorted, 0.5), 1e-12);
        assertEquals(23.57, Quantiles.of(sorted, 0.75), 1e-12);
        assertEquals(4.566, Quantiles.of(sorted, 0.1), 1e-12);
        assertEquals(28.236, Quantiles.of(sorted, 0.9), 1e-12);
    }

    @Test
    void leavesOutNaN() {
        assertEquals(2, Quantiles.of(Quantiles.sorted(new double[] {3, Double.NaN, 1}), 0.5));
    }

    @Test
    void whiskersEndAtTheFarthestValuesWithinOneAndAHalfRanges() {
        Box box = BoxStatistics.of("all", new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 30, -20});

        assertEquals(2.5, box.q1());
        assertEquals(5, box.median());
        assertEquals(7.5, box.q3());
        assertEquals(1, box.lowerFence());
        assertEquals(9, box.upperFence());
        assertEquals(List.of(-20.0, 30.0), box.outliers());
        assertEquals(11, box.count());
    }

    @Test
    void keepsTheFarthestOfManyOutliers() {
        double[] numbers = new double[10_000];
        for (int i = 0; i < 1000; i++) {
            numbers[i] = 100 + i;
        }

        Box box = BoxStatistics.of("all", numbers);

        assertEquals(BoxStatistics.MAX_OUTLIERS, box.outliers().size());
        assertEquals(100, box.outliers().get(0));
        assertEquals(1099, box.outliers().get(BoxStatistics.MAX_OUTLIERS - 1));
    }

    @Test
    void theFittedLineEqualsThatOfPython() {
        double[] x = {1.5, 2, 3.25, 4, 7, 9.5, 11};
        double[] y = {2.1, 3.9, 4.2, 6.8, 9.9, 12.5, 18};
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < x.length; i++) {
            points.add(new Point(x[i], y[i]));
        }

        FitLine line = LinearFit.of("", points).orElseThrow();

        // statistics.linear_regression(x, y) and statistics.correlation(x, y) ** 2
        assertEquals(1.4776290630975144, line.slope(), 1e-12);
        assertEquals(0.1258126195028666, line.intercept(), 1e-12);
        assertEquals(0.960443424935688, line.rSquared(), 1e-12);
        assertEquals(1.5, line.from());
        assertEquals(11, line.to());
    }

    @Test
    void theDensityEqualsTheSumOfGaussianCurves() {
        List<Point> curve = KernelDensity.of(new double[] {1.5, 2, 3.25, 4, 7, 9.5, 11}, 3, Support.REAL);

        // the sum of normal densities with the bandwidth stdev(x) * n ** -0.2, in Python
        assertEquals(200, curve.size());
        assertEquals(-6.1085886866992345, curve.get(0).x(), 1e-12);
        assertEquals(0.00041799762011854725, curve.get(0).y(), 1e-12);
        assertEquals(6.312103460737183, curve.get(100).x(), 1e-12);
        assertEquals(0.07061195843652102, curve.get(100).y(), 1e-12);
    }

    @Test
    void theDensityOfManyValuesIsNearlyTheExactOneAndHasAreaOne() {
        Random random = new Random(5);
        double[] many = random.doubles(20_000).map(v -> v * v * 100).toArray();
        double[] some = Arrays.copyOf(many, 5000);

        for (Support support : Support.values()) {
            for (double[] values : List.of(many, some)) {
                assertEquals(1, area(KernelDensity.of(values, 3, support)), 0.002);
            }
        }
        assertEquals(List.of(), KernelDensity.of(new double[] {3, 3, 3}, 3, Support.REAL));
    }

    private static double area(List<Point> curve) {
        double area = 0;
        for (int i = 1; i < curve.size(); i++) {
            area += (curve.get(i).y() + curve.get(i - 1).y())
                    / 2
                    * (curve.get(i).x() - curve.get(i - 1).x());
        }
        return area;
    }

    @Test
    void reflectsAtZeroTheDensityOfAmountsThatAreNeverNegative() {
        List<Point> curve =
                KernelDensity.of(new double[] {0, 0, 0.5, 1.5, 2, 3.25, 4, 7, 9.5, 11}, 3, Support.NOT_NEGATIVE);

        // scipy.stats.gaussian_kde(x): k(at) + k(-at) at numpy.linspace(0, 11 + 3 * stdev(x) * n ** -0.2, 200)
        assertEquals(0, curve.get(0).x());
        assertEquals(0.16759179982335584, curve.get(0).y(), 1e-12);
        assertEquals(0.09321242940087035, curve.get(1).x(), 1e-12);
        assertEquals(0.16752926168932897, curve.get(1).y(), 1e-12);
        assertEquals(0.14489019534614395, curve.get(20).y(), 1e-12);
        assertEquals(0.04188972147726639, curve.get(100).y(), 1e-12);
        assertEquals(18.5492734507732, curve.get(199).x(), 1e-12);
        assertEquals(0.00020120208813837734, curve.get(199).y(), 1e-12);
    }

    @Test
    void refusesANegativeAmongAmountsThatAreNeverNegative() {
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class,
                () -> KernelDensity.of(new double[] {-1, 2, 3}, 3, Support.NOT_NEGATIVE));

        assertEquals("values must be at least 0.0, was -1.0", refused.getMessage());
    }

    @Test
    void fitsNoLineThroughOnePlace() {
        assertTrue(LinearFit.of("", List.of(new Point(1, 1))).isEmpty());
        assertTrue(LinearFit.of("", List.of(new Point(1, 1), new Point(1, 2))).isEmpty());
    }

    @Test
    void quartilesOfRealDataEqualThoseOfDuckDb() throws SQLException {
        String file = OutsideData.require("data/superstore.csv").toString().replace("'", "''");
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t AS SELECT Profit::DOUBLE AS v FROM read_csv('" + file
                    + "') WHERE Profit IS NOT NULL");
            List<Double> values = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery("SELECT v FROM t")) {
                while (rows.next()) {
                    values.add(rows.getDouble(1));
                }
            }
            double[] numbers = values.stream().mapToDouble(Double::doubleValue).toArray();
            Box box = BoxStatistics.of("Profit", numbers);

            try (ResultSet row = statement.executeQuery(
                    "SELECT quantile_cont(v, 0.25), quantile_cont(v, 0.5), quantile_cont(v, 0.75) FROM t")) {
                row.next();
                assertEquals(row.getDouble(1), box.q1(), 1e-12);
                assertEquals(row.getDouble(2), box.median(), 1e-12);
                assertEquals(row.getDouble(3), box.q3(), 1e-12);
            }
        }
    }
}
