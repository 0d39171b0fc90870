package dev.datastudio.core.chart.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.chart.Axis;
import dev.datastudio.api.chart.ValueFormat;
import dev.datastudio.api.chart.ValueFormat.DateGrain;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AxisTicksTest {
    private static final Axis NUMBER = Axis.of("x", ValueFormat.number());

    @Test
    void chooseRoundStepsAndOneFormForAllLabels() {
        assertEquals(List.of("0", "500", "1,000", "1,500", "2,000"), labels(NUMBER, 0, 2100, 5));
        assertEquals(List.of("0.00", "0.25", "0.50", "0.75", "1.00"), labels(NUMBER, 0, 1, 4));
        assertEquals(List.of("−1,000", "0", "1,000"), labels(NUMBER, -1200, 1300, 4));
    }

    @Test
    void abbreviateMillionsAndBillionsForTheWholeAxis() {
        assertEquals(List.of("0", "0.5M", "1.0M", "1.5M"), labels(NUMBER, 0, 1_700_000, 4));
        assertEquals(List.of("0", "1B", "2B"), labels(NUMBER, 0, 2.5e9, 3));
    }

    @Test
    void writeVerySmallAndVeryLargeNumbersWithPowersOfTen() {
        assertEquals(List.of("0", "2e-6", "4e-6"), labels(NUMBER, 0, 5e-6, 3));
        assertEquals(List.of("0", "2e16", "4e16"), labels(NUMBER, 0, 5e16, 3));
    }

    @Test
    void haveNoFractionsOnAnAxisOfWholeNumbers() {
        assertEquals(List.of("0", "1", "2", "3"), labels(Axis.count("Rows"), 0, 3, 20));
    }

    @Test
    void writeSharesAsPercent() {
        assertEquals(List.of("0%", "5%", "10%"), labels(Axis.of("Margin", ValueFormat.percent()), 0, 0.12, 3));
    }

    @Test
    void followTheLocale() {
        assertEquals(
                List.of("0", "1.000", "2.000"),
                AxisTicks.of(NUMBER, 0, 2500, 3, Locale.GERMANY).labels());
        AxisTicks months = dates("2019-03-01", "2019-05-01", DateGrain.MONTH, 3, Locale.GERMANY);
        assertEquals("Mai", months.labels().get(2));
    }

    @Test
    void arePowersOfTenOnALogarithmicAxis() {
        Axis log = Axis.logarithmic("x", ValueFormat.number());

        assertEquals(List.of("1", "10", "100", "1,000", "10,000"), labels(log, 0.5, 20_000, 6));
        assertEquals(List.of("0.001", "1", "1,000", "1M"), labels(log, 0.001, 2e6, 4));
    }

    @Test
    void areYearsOverDecades() {
        AxisTicks ticks = dates("1958-03-01", "2020-04-01", DateGrain.MONTH, 7, Locale.ENGLISH);

        assertEquals(List.of("1960", "1970", "1980", "1990", "2000", "2010", "2020"), ticks.labels());
        assertTrue(!ticks.hasSecondLine());
    }

    @Test
    void areMonthsOverTheirYearsOverTwoYears() {
        AxisTicks ticks = dates("2018-01-01", "2019-12-01", DateGrain.MONTH, 8, Locale.ENGLISH);

        assertEquals(List.of("Jan", "Apr", "Jul", "Oct", "Jan", "Apr", "Jul", "Oct"), ticks.labels());
        assertEquals(List.of("2018", "", "", "", "2019", "", "", ""), ticks.second());
    }

    @Test
    void areQuartersWhereTheGrainIsAQuarter() {
        AxisTicks ticks = dates("2018-01-01", "2018-10-01", DateGrain.QUARTER, 12, Locale.ENGLISH);

        assertEquals(List.of("Q1", "Q2", "Q3", "Q4"), ticks.labels());
    }

    @Test
    void areHoursOverTheirDayWithinADay() {
        AxisTicks ticks = dates("2019-03-05", "2019-03-06", DateGrain.HOUR, 5, Locale.ENGLISH);

        assertEquals(List.of("00:00", "06:00", "12:00", "18:00", "00:00"), ticks.labels());
        assertEquals(List.of("5 Mar 2019", "", "", "", "6 Mar 2019"), ticks.second());
    }

    @Test
    void areNeverFinerThanTheGrain() {
        AxisTicks ticks = dates("2019-01-01", "2019-02-01", DateGrain.MONTH, 20, Locale.ENGLISH);

        assertEquals(List.of("Jan", "Feb"), ticks.labels());
    }

    @Test
    void neverRepeatAndAreNeverMoreThanAskedFor() {
        for (int seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            double length = Math.pow(10, random.nextInt(20) - 8) * (1 + random.nextDouble());
            double min = random.nextBoolean() ? 0 : length * random.nextGaussian();
            int most = 2 + random.nextInt(12);
            List<String> labels = labels(NUMBER, min, min + length, most);

            assertTrue(labels.size() <= most + 1, "seed " + seed + ": " + labels);
            assertEquals(labels.size(), new HashSet<>(labels).size(), "seed " + seed + ": " + labels);
        }
    }

    @Test
    void describeSingleValuesWithTheirUnit() {
        NumberWords words = new NumberWords(Locale.ENGLISH);

        assertEquals("$1,235", words.value(1234.5678, ValueFormat.number("$")));
        assertEquals("−$38.10", words.value(-38.1, ValueFormat.number("$")));
        assertEquals("3,700 g", words.value(3700, ValueFormat.number("g")));
        assertEquals("12.5%", words.value(0.125, ValueFormat.percent()));
        assertEquals("€2.77B", words.value(2.767e9, ValueFormat.number("€")));
        assertEquals("0", words.value(0, ValueFormat.number()));
    }

    private static List<String> labels(Axis axis, double min, double max, int most) {
        return AxisTicks.of(axis, min, max, most, Locale.ENGLISH).labels();
    }

    private static AxisTicks dates(String from, String to, DateGrain grain, int most, Locale locale) {
        Axis axis = Axis.of("date", ValueFormat.date(grain));
        double min = Instant.parse(from + "T00:00:00Z").toEpochMilli();
        double max = Instant.parse(to + "T00:00:00Z").toEpochMilli();
        return AxisTicks.of(axis, min, max, most, locale);
    }
}
