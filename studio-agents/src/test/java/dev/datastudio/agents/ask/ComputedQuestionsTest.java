package dev.datastudio.agents.ask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.core.Studio;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.commons.statistics.distribution.TDistribution;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is computed from aggregates, from the words to the rows, each set against SQL of its own (D12). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ComputedQuestionsTest {
    private static final MathContext DIGITS = new MathContext(9);
    private static final List<String> REGIONS = List.of("North", "South", "East");
    private static final List<String> PRODUCTS = List.of("lamp", "desk", "chair", "shelf");

    private final Studio studio = Studio.inMemory();
    private Dataset shop;
    private Dataset people;

    @BeforeAll
    void importTables(@TempDir Path folder) throws IOException {
        var random = new Random(5);
        var lines = new StringBuilder("day,region,product,customer,price,units,revenue,profit\n");
        for (int i = 0; i < 400; i++) {
            LocalDate day = LocalDate.of(2022, 1, 1).plusDays(random.nextInt(3 * 365 - 1));
            int units = 1 + random.nextInt(9);
            double price = 5 + random.nextInt(4000) / 100.0;
            double revenue = Math.round(price * units * 100) / 100.0;
            double profit = Math.round(revenue * (random.nextDouble() - 0.3) * 100) / 100.0;
            lines.append(String.format(
                    Locale.ROOT,
                    "%s,%s,%s,Customer %02d,%s,%d,%.2f,%.2f%n",
                    day,
                    REGIONS.get(random.nextInt(3)),
                    PRODUCTS.get(random.nextInt(4)),
                    random.nextInt(40),
                    i % 17 == 0 ? "" : String.format(Locale.ROOT, "%.2f", price),
                    units,
                    revenue,
                    profit));
        }
        shop = studio.datasets().importFile(Files.writeString(folder.resolve("shop.csv"), lines));
        lines = new StringBuilder("name,sex,age,team,income,retired\n");
        for (int i = 0; i < 150; i++) {
            int age = 10 + random.nextInt(70);
            lines.append(String.format(
                    Locale.ROOT,
                    "Person %03d,%s,%s,%s,%d,%d%n",
                    i,
                    random.nextInt(2) == 0 ? "women" : "men",
                    i % 19 == 0 ? "" : String.valueOf(age),
                    List.of("red", "green", "blue").get(random.nextInt(3)),
                    1000 + random.nextInt(3000),
                    age > 40 + random.nextInt(30) ? 1 : 0));
        }
        people = studio.datasets().importFile(Files.writeString(folder.resolve("people.csv"), lines));
    }

    @AfterAll
    void close() {
        studio.close();
    }

    static Stream<Arguments> questions() throws IOException {
        try (var stream = Objects.requireNonNull(
                        ComputedQuestionsTest.class.getResourceAsStream("computed-questions.txt"));
                var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return reader
                    .lines()
                    .filter(l -> !l.isBlank() && l.charAt(0) != '#')
                    .map(l -> l.split(" \\| ", 2))
                    .map(f -> Arguments.of(f[0], f[1]))
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("questions")
    void givesTheRowsThatSqlOfItsOwnGives(String question, String sql) {
        Dataset table = sql.contains("people") ? people : shop;

        assertEquals(
                shown(studio.query(List.of(table), sql).rows()),
                shown(step(table, question).rows()));
    }

    private Answer answer(Dataset table, String question) {
        Answer answer = Analyst.of(studio).ask(table, question);
        assertEquals(AnswerStatus.ANSWERED, answer.status(), () -> answer.message() + answer.unknownWords());
        return answer;
    }

    private AnswerStep step(Dataset table, String question) {
        return answer(table, question).steps().get(0);
    }

    private static List<String> shown(List<List<@Nullable Object>> rows) {
        return rows.stream()
                .map(row -> String.join(
                        " | ", row.stream().map(ComputedQuestionsTest::shown).toList()))
                .sorted()
                .toList();
    }

    private static String shown(@Nullable Object value) {
        return value instanceof Number number
                ? new BigDecimal(number.toString())
                        .round(DIGITS)
                        .stripTrailingZeros()
                        .toPlainString()
                : String.valueOf(value);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"95, 0.95", "99, 0.99", "80, 0.8"})
    void aConfidenceIntervalIsStudents(String percent, double level) {
        List<@Nullable Object> row = step(people, percent + "% confidence interval of the mean income")
                .rows()
                .get(0);
        List<@Nullable Object> parts = studio.query(
                        List.of(people), "SELECT avg(income), stddev_samp(income) / sqrt(count(income)) FROM people")
                .rows()
                .get(0);
        double mean = number(parts.get(0));
        double reach = TDistribution.of(149).inverseSurvivalProbability((1 - level) / 2) * number(parts.get(1));

        assertEquals(mean, number(row.get(0)), 1e-9 * mean);
        assertEquals(mean - reach, number(row.get(1)), 1e-6 * reach);
        assertEquals(mean + reach, number(row.get(2)), 1e-6 * reach);
    }

    private static double number(@Nullable Object value) {
        return ((Number) Objects.requireNonNull(value)).doubleValue();
    }

    @Test
    void whatStandsInFrontHoldsForEveryPart() {
        Answer answer = answer(shop, "for the North, show revenue by month and the top 5 customers");
        Answer counted = answer(people, "for women, show the average income by team and the number of people by team");

        assertEquals(2, answer.steps().size());
        assertEquals(
                shown(studio.query(
                                List.of(shop),
                                "SELECT customer, sum(revenue) FROM shop WHERE region = 'North' GROUP BY 1"
                                        + " ORDER BY 2 DESC LIMIT 5")
                        .rows()),
                shown(answer.steps().get(1).rows()));
        assertEquals(
                shown(studio.query(List.of(people), "SELECT team, count(*) FROM people WHERE sex = 'women' GROUP BY 1")
                        .rows()),
                shown(counted.steps().get(1).rows()));
    }

    @Test
    void theLastFewRowsAreThoseWithTheLatestDates() {
        List<List<@Nullable Object>> rows = step(shop, "last 5 rows").rows();

        assertEquals(
                shown(studio.query(List.of(shop), "SELECT day FROM shop ORDER BY day DESC LIMIT 5")
                        .rows()),
                shown(rows.stream().map(r -> r.subList(0, 1)).toList()));
    }

    @Test
    void theReadingSaysWhatARatioAndAnAverageAreOf() {
        Answer ratio = answer(shop, "ratio of profit to revenue");
        Answer daily = answer(shop, "average daily revenue");

        assertEquals("Sum of profit divided by sum of revenue.", ratio.reading());
        assertEquals("Mean of each day's sum of revenue.", daily.reading());
        assertTrue(ratio.warnings().stream().anyMatch(w -> w.contains("average ratio of")), ratio::toString);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ratio of profit",
                "running total",
                "moving average of region",
                "cumulative income by team",
                "revenue on weekends versus weekdays",
                "average price weighted by region",
                "confidence interval of region",
                "regress profit on units and price and revenue"
            })
    void whatCannotBeComputedIsRefused(String question) {
        Dataset table = question.contains("income") ? people : shop;

        assertNotEquals(
                AnswerStatus.ANSWERED, Analyst.of(studio).ask(table, question).status());
    }
}
