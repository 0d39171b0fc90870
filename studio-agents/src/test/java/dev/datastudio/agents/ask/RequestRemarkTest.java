package dev.datastudio.agents.ask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.core.Studio;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands beside a request: conditions, gaps, definitions and rounding in many words (D12). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RequestRemarkTest {
    /** Yield: 10 + 20 + 30 + 40 + 100 in the north 10, 20, 30; acid is missing for 20; made for this test. */
    private static final String FARMS = """
            farm,area,yield,acid,soil
            A,north,10,4,clay
            B,north,20,,sand
            C,north,30,5,clay
            D,south,40,6,sand
            E,south,100,9,clay
            """;

    private final Studio studio = Studio.inMemory();
    private Dataset farms;

    @BeforeAll
    void importFarms(@TempDir Path folder) throws IOException {
        farms = studio.datasets().importFile(Files.writeString(folder.resolve("farms.csv"), FARMS));
    }

    @AfterAll
    void close() {
        studio.close();
    }

    private Answer ask(String question) {
        return Analyst.of(studio).ask(farms, question);
    }

    private double value(String question) {
        Answer answer = ask(question);
        assertEquals(AnswerStatus.ANSWERED, answer.status(), () -> answer.message() + answer.unknownWords());
        Object value = answer.steps().get(0).rows().get(0).get(0);
        return ((Number) Objects.requireNonNull(value, question)).doubleValue();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "What is the mean yield in the north? Consider only rows where the area is north. Keep two decimals. | 20",
                "Calculate the mean yield. Restrict the data to rows with area \"north\". | 20",
                "Calculate the mean yield. Take only the records in which acid is greater than 4. | 56.666666666666664",
                "What is the mean yield? Rows in which the acid is missing must be left out. | 45",
                "What is the mean yield? Farms with unknown acid are not to be considered. | 45",
                "What is the mean of \"acid\"? Null entries have to be disregarded. Round off to two decimals. | 6",
                "Find the range of yield. The range is the difference between the maximum and the minimum. | 90",
                "Determine the interquartile range of yield. Compute the IQR as the difference between the 75th percentile and the 25th percentile. | 20",
                "Compute the coefficient of variation of yield. It is the standard deviation divided by the mean. | 0.8838834764831845",
                "What is the mean yield? Do not fill or drop any rows. The result must be given with two decimals. | 40",
                "What is the mean yield across all farms? Recalculate it with pandas. | 40",
                "What is the 30th percentile of yield? Use linear interpolation. | 22"
            })
    void readsRemarksInOtherWords(String question, double expected) {
        assertEquals(expected, value(question), 1e-9);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "Calculate the mean yield. Consider only organic rows.",
                "Calculate the mean yield. Use only rows with missing acid.",
                "Find the range of yield. The range is the difference between the maximum and the mean.",
                "Compute the coefficient of variation of yield. It is the variance divided by the mean.",
                "Calculate the mean yield. Winsorize the values at ten percent first.",
                "Calculate the mean yield. Rural farms should be weighted twice."
            })
    void refusesWhatWouldChangeTheNumber(String question) {
        assertNotEquals(AnswerStatus.ANSWERED, ask(question).status());
    }

    @Test
    void takesSeveralPercentilesFromOneList() {
        AnswerStep step = ask("Report the 25th, 50th and 75th percentiles of yield. Round to two decimal places.")
                .steps()
                .get(0);

        assertEquals(20.0, ((Number) step.rows().get(0).get(0)).doubleValue(), 1e-9);
        assertEquals(30.0, ((Number) step.rows().get(0).get(1)).doubleValue(), 1e-9);
        assertEquals(40.0, ((Number) step.rows().get(0).get(2)).doubleValue(), 1e-9);
    }

    @Test
    void dividesColumnsWhereNoArticleStandsBetween() {
        assertEquals(
                6.569444444444445,
                value(
                        "Create a new feature \"Ratio\" by dividing yield by acid. Rows with missing values must be excluded."
                                + " Calculate the mean of \"Ratio\"."),
                1e-9);
    }

    @Test
    void showsTheGroupWithTheHighestMeanFirst() {
        AnswerStep step =
                ask("Calculate the average yield for each area and identify the area with the highest average."
                                + " Round the average to two decimal places.")
                        .steps()
                        .get(0);

        assertEquals("south", step.rows().get(0).get(0));
    }

    @Test
    void countsOutliersOfAColumnWhoseMeanWasAskedBefore() {
        Answer answer =
                ask("Add a new column \"Twice\" computed as yield * 2. Calculate its mean and find the number of"
                        + " outliers in it by the IQR rule.");

        assertEquals(AnswerStatus.ANSWERED, answer.status(), () -> answer.message() + answer.unknownWords());
        assertEquals(
                1,
                answer.steps().stream().filter(s -> s.op().equals("outliers")).count());
        assertEquals(
                80.0,
                ((Number) answer.steps().stream()
                                .filter(s -> s.op().equals("aggregate"))
                                .findFirst()
                                .orElseThrow()
                                .rows()
                                .get(0)
                                .get(0))
                        .doubleValue(),
                1e-9);
    }
}
