package dev.datastudio.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.core.Studio;
import dev.datastudio.ml.explore.Aggregation;
import dev.datastudio.ml.explore.Explore;
import dev.datastudio.ml.explore.ExploreOptions;
import dev.datastudio.ml.explore.Forecast;
import dev.datastudio.ml.explore.Forecast.Expected;
import dev.datastudio.ml.explore.ForecastSpec;
import dev.datastudio.ml.explore.Period;
import dev.datastudio.ml.explore.internal.Smoothing;
import dev.datastudio.ml.explore.internal.Smoothing.Kind;
import dev.datastudio.ml.explore.internal.Smoothing.Rates;
import dev.datastudio.ml.explore.internal.Smoothing.State;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Row A27: forecasts of series with seasons. */
class ForecastTest {
    /**
     * International visitor nights in Australia by quarter, 2005 to 2015, of R. Hyndman and G. Athanasopoulos, "Forecasting:
     * principles and practice" (second edition, 2018), section 7.3, which prints rates, errors and forecasts.
     */
    private static final double[] NIGHTS = {
        42.20566, 24.64917, 32.66734, 37.25735, 45.24246, 29.35048, 36.34421, 41.78208, 49.27660, 31.27540, 37.85063,
        38.83704, 51.23690, 31.83855, 41.32342, 42.79900, 55.70836, 33.40714, 42.31664, 45.15712, 59.57608, 34.83733,
        44.84168, 46.97125, 60.01903, 38.37118, 46.97586, 50.73380, 61.64687, 39.29957, 52.67121, 54.33232, 66.83436,
        40.87119, 51.82854, 57.49191, 65.25147, 43.06121, 54.76076, 59.83447, 73.25703, 47.69662, 61.09777, 66.05576
    };

    private static Studio studio;

    @BeforeAll
    static void open() {
        studio = Studio.inMemory();
    }

    @AfterAll
    static void close() {
        studio.close();
    }

    private record Sale(LocalDate day, double amount) {}

    private record Yearly(int year, double population) {}

    /** One sale a day or, by month, one a month. */
    private static Dataset sales(String name, Period period, LocalDate begin, int count, IntToDoubleFunction amount) {
        return studio.datasets()
                .importRecords(
                        name,
                        IntStream.range(0, count)
                                .mapToObj(i -> new Sale(period.plus(begin, i), amount.applyAsDouble(i))));
    }

    private static double rootOfMeanSquare(double[] errors) {
        return Math.sqrt(
                Arrays.stream(errors).map(error -> error * error).average().orElseThrow());
    }

    @Test
    void smoothingGivesThePublishedNumbers() {
        Smoothing additive = Smoothing.of(
                NIGHTS,
                new State(32.2597, 0.7014, new double[] {9.6962, -9.3132, -1.6935, 1.3106}),
                Kind.ADDITIVE,
                new Rates(0.3063, 0.0001, 0.4263, 1));
        Smoothing multiplicative = Smoothing.of(
                NIGHTS,
                new State(32.4875, 0.6974, new double[] {1.2442, 0.7704, 0.9618, 1.0237}),
                Kind.MULTIPLICATIVE,
                new Rates(0.4406, 0.0304, 0.0023, 1));

        assertEquals(1.763, rootOfMeanSquare(additive.errors()), 5e-4);
        assertEquals(1.576, rootOfMeanSquare(multiplicative.errors()), 5e-4);
        assertForecast(new double[] {76.10, 51.60, 63.97, 68.37}, additive);
        assertForecast(new double[] {80.09, 50.15, 63.34, 68.18, 83.80, 52.45, 66.21, 71.23}, multiplicative);
    }

    /** The printed rates have four digits, so the forecasts agree to a hundredth. */
    private static void assertForecast(double[] published, Smoothing model) {
        double[] told = model.forecast(published.length);
        for (int i = 0; i < published.length; i++) {
            assertEquals(published[i], told[i], 0.011);
        }
    }

    @Test
    void ratesThatAreFoundFitNearlyAsWellAsThePublishedOnes() {
        // The book looks for the beginnings, too; ours come from a straight line.
        assertEquals(
                1.763, rootOfMeanSquare(Smoothing.fit(NIGHTS, 4, Kind.ADDITIVE).errors()), 0.1);
        assertEquals(
                1.576,
                rootOfMeanSquare(Smoothing.fit(NIGHTS, 4, Kind.MULTIPLICATIVE).errors()),
                0.1);
    }

    @Test
    void aSeasonThatGrowsIsForecastWithinItsBounds() {
        Random random = new Random(3);
        IntToDoubleFunction truth = i -> (100 + 2 * i) * (1 + 0.3 * Math.sin(2 * Math.PI * i / 12));
        Dataset monthly = sales(
                "monthly",
                Period.MONTH,
                LocalDate.of(2015, 1, 1),
                84,
                i -> truth.applyAsDouble(i) * (1 + 0.03 * random.nextGaussian()));

        Forecast found = Explore.of(studio)
                .forecast(monthly, ForecastSpec.of("amount"), ExploreOptions.DEFAULT.keepingAs("monthly forecast"));

        assertEquals(Period.MONTH, found.period());
        assertEquals(12, found.season());
        assertEquals("Holt-Winters, multiplicative", found.method());
        assertEquals(12, found.future().size());
        assertEquals(LocalDate.of(2022, 1, 1), found.future().get(0).begin());
        assertTrue(found.tried().get(0).ofNaive() < 0.5, found.tried()::toString);
        assertEquals(4, found.tried().size());
        for (int h = 0; h < 12; h++) {
            Expected each = found.future().get(h);
            double expected = truth.applyAsDouble(84 + h);
            assertEquals(expected, each.value(), 0.06 * expected);
            assertTrue(each.low() < each.value() && each.value() < each.high());
            assertTrue(each.high() - each.low() < 0.3 * expected, each::toString);
        }
        assertTrue(found.covered() > 0.75, () -> String.valueOf(found.covered()));
        assertEquals(List.of(), found.notes());
        assertEquals(13, found.chart().bands().get(0).spans().size());
        Dataset kept = found.kept().orElseThrow();
        assertEquals(
                List.of(List.of(96L, 84L, 12L)),
                studio.query(
                                List.of(kept),
                                "SELECT count(*), count(amount), count(forecast) FROM " + kept.table()
                                        + " WHERE month IS NOT NULL")
                        .rows());
        assertEquals(
                found.future(),
                Explore.of(studio).forecast(monthly, ForecastSpec.of("amount")).future());
    }

    @Test
    void boundsHoldAsOftenAsTheySay() {
        int inside = 0;
        int all = 0;
        for (int seed = 0; seed < 8; seed++) {
            Random random = new Random(seed);
            double[] amounts = IntStream.range(0, 72)
                    .mapToDouble(i -> 200 + i + 30 * Math.cos(Math.PI * i / 6) + 10 * random.nextGaussian())
                    .toArray();
            Dataset data = sales("bounds " + seed, Period.MONTH, LocalDate.of(2015, 1, 1), 60, i -> amounts[i]);
            Forecast found =
                    Explore.of(studio).forecast(data, ForecastSpec.of("amount").within(0.8));
            for (int h = 0; h < 12; h++) {
                Expected each = found.future().get(h);
                inside += amounts[60 + h] >= each.low() && amounts[60 + h] <= each.high() ? 1 : 0;
                all++;
            }
        }
        assertEquals(0.8, inside / (double) all, 0.12);
    }

    @Test
    void noiseIsForecastNoBetterThanItCanBe() {
        Random random = new Random(9);
        Dataset noise =
                sales("noise", Period.QUARTER, LocalDate.of(2000, 1, 1), 60, i -> 50 + 5 * random.nextGaussian());

        Forecast found = Explore.of(studio).forecast(noise, ForecastSpec.of("amount"));

        assertEquals(Period.QUARTER, found.period());
        found.future().forEach(each -> assertEquals(50, each.value(), 5));
    }

    @Test
    void daysBecomeMonthsAndUnfinishedOnesAreLeftOut() {
        // Three years of days, the last on 2023-01-10; two sales a day.
        List<Sale> rows = new ArrayList<>();
        LocalDate begin = LocalDate.of(2020, 1, 1);
        for (LocalDate day = begin; !day.isAfter(LocalDate.of(2023, 1, 10)); day = day.plusDays(1)) {
            rows.add(new Sale(day, 1));
            rows.add(new Sale(day, 2));
        }
        Dataset daily = studio.datasets().importRecords("daily", rows);

        Forecast months =
                Explore.of(studio).forecast(daily, ForecastSpec.of("amount").ahead(6, Period.AUTOMATIC));
        Forecast days = Explore.of(studio).forecast(daily, ForecastSpec.ofRows().ahead(7, Period.DAY));

        assertEquals(Period.MONTH, months.period());
        assertEquals(Aggregation.SUM, months.aggregation());
        assertEquals(36, months.past().size());
        assertEquals(93, months.past().get(0).value());
        assertEquals(LocalDate.of(2023, 1, 1), months.future().get(0).begin());
        assertTrue(
                months.notes().get(0).startsWith("The last month, from 2023-01-01 on, is not finished"),
                months.notes()::toString);
        assertEquals(Aggregation.COUNT, days.aggregation());
        assertEquals(7, days.season());
        days.future().forEach(each -> assertEquals(2, each.value(), 1e-9));
        assertEquals(LocalDate.of(2023, 1, 11), days.future().get(0).begin());
    }

    @Test
    void gapsAreFilledAndTold() {
        List<Sale> rows = IntStream.range(0, 48)
                .filter(i -> i != 20 && i != 33)
                .mapToObj(i -> new Sale(LocalDate.of(2018, 1, 1).plusMonths(i), 10 + i))
                .toList();
        Dataset gaps = studio.datasets().importRecords("gaps", rows);

        Forecast mean =
                Explore.of(studio).forecast(gaps, ForecastSpec.of("amount").by(Aggregation.MEAN));
        Forecast sum =
                Explore.of(studio).forecast(gaps, ForecastSpec.of("amount").by(Aggregation.SUM));

        assertEquals(
                new Forecast.Value(LocalDate.of(2019, 9, 1), 30, true),
                mean.past().get(20));
        assertEquals(
                List.of("2 of 48 months have no values; theirs lie on the line between their neighbours."),
                mean.notes());
        assertEquals(0, sum.past().get(20).value());
        assertTrue(
                sum.notes().get(0).startsWith("2 of 48 months have no values; they count as 0."),
                sum.notes()::toString);
    }

    @Test
    void yearsWithoutASeasonGoOnWithTheirTrend() {
        Dataset yearly = studio.datasets()
                .importRecords("yearly", IntStream.range(0, 30).mapToObj(i -> new Yearly(1990 + i, 1_000 + 25.5 * i)));

        Forecast found = Explore.of(studio)
                .forecast(yearly, ForecastSpec.of("population").over("year"));

        assertEquals(Period.YEAR, found.period());
        assertEquals(1, found.season());
        assertEquals("Holt, fading trend", found.method());
        assertEquals(1_000 + 25.5 * 34, found.future().get(4).value(), 5);
    }

    @Test
    void tooShortASeriesIsRefusedWithTheNumberItNeeds() {
        Dataset seven = sales("seven", Period.MONTH, LocalDate.of(2020, 1, 1), 7, i -> i);
        Dataset ten = sales("ten", Period.MONTH, LocalDate.of(2020, 1, 1), 10, i -> 100 + i % 3);

        StudioException error = refused(seven, ForecastSpec.of("amount"));
        assertEquals("There are only 7 whole months of values", error.what());
        assertTrue(error.mend().contains("at least 8"), error::mend);
        Forecast found = Explore.of(studio).forecast(ten, ForecastSpec.of("amount"));
        assertEquals(10, found.future().size());
        assertTrue(found.notes().get(0).startsWith("There are 10 months, and 24 are needed"), found.notes()::toString);
    }

    @Test
    void whatCantBeForecastIsNamed() {
        record Odd(LocalDate ordered, LocalDate shipped, String word, int number, double amount) {}
        Dataset odd = studio.datasets()
                .importRecords(
                        "odd dates",
                        IntStream.range(0, 30)
                                .mapToObj(i -> new Odd(
                                        LocalDate.of(2020, 1, 1).plusMonths(i), LocalDate.of(2020, 1, 9), "w", i, i)));
        record NoTime(double amount) {}
        Dataset none = studio.datasets()
                .importRecords("no time", IntStream.range(0, 30).mapToObj(NoTime::new));

        assertEquals(
                "The data set 'odd dates' has several columns of dates",
                refused(odd, ForecastSpec.of("amount")).what());
        assertEquals(
                "The column 'word' holds no numbers",
                refused(odd, ForecastSpec.of("word").over("ordered")).what());
        assertEquals(
                "The column 'word' holds neither dates nor years",
                refused(odd, ForecastSpec.of("amount").over("word")).what());
        assertEquals(
                "The column 'number' holds numbers from 0 to 29, which are no years",
                refused(odd, ForecastSpec.of("amount").over("number")).what());
        assertEquals(
                "Most days have no values; the finest period that has is the month",
                refused(odd, ForecastSpec.of("amount").over("ordered").ahead(5, Period.DAY))
                        .what());
        assertEquals(
                "A forecast of 31 months from 30 would be longer than what it knows",
                refused(odd, ForecastSpec.of("amount").over("ordered").ahead(31, Period.AUTOMATIC))
                        .what());
        assertEquals(
                "The data set 'no time' has no column of dates",
                refused(none, ForecastSpec.of("amount")).what());
        assertEquals(
                ErrorCode.UNKNOWN_COLUMN,
                refused(odd, ForecastSpec.of("gone").over("ordered")).code());
    }

    @Test
    void aSeriesOfGapsIsRefused() {
        Dataset everyFifth = studio.datasets()
                .importRecords(
                        "every fifth", IntStream.range(0, 11).mapToObj(i -> new Yearly(1955 + 5 * i, 1_000 + i)));

        assertEquals(
                "Only 11 of 51 years have values",
                refused(everyFifth, ForecastSpec.of("population").over("year")).what());
    }

    private static StudioException refused(Dataset dataset, ForecastSpec spec) {
        return assertThrows(StudioException.class, () -> Explore.of(studio).forecast(dataset, spec));
    }

    @Test
    void aCancelledForecastLeavesNothing() {
        Dataset data = sales("cancelled series", Period.MONTH, LocalDate.of(2010, 1, 1), 100, i -> i % 12);
        Cancellation cancellation = Cancellation.create();
        ExploreOptions options = ExploreOptions.DEFAULT
                .keepingAs("cancelled forecast")
                .stoppedBy(cancellation)
                .telling(progress -> cancellation.cancel());

        StudioException error = assertThrows(
                StudioException.class, () -> Explore.of(studio).forecast(data, ForecastSpec.of("amount"), options));

        assertEquals(ErrorCode.CANCELLED, error.code());
        assertFalse(studio.datasets().find("cancelled forecast").isPresent());
    }
}
