package dev.datastudio.agents.ask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.agents.planner.BuiltInPlanner;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.core.Studio;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests for statistics from the words to the number; every number is one of SciPy 1.10 or pandas 1.5 (A7, D12). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StatisticalRequestTest {
    private static final double TOLERANCE = 1e-9;

    private Studio studio = Studio.inMemory();
    private Dataset clinic;

    @BeforeAll
    void importClinic(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("clinic.csv");
        try (InputStream in = Objects.requireNonNull(BuiltInPlanner.class.getResourceAsStream("clinic.csv"))) {
            Files.copy(in, file);
        }
        clinic = studio.datasets().importFile(file);
    }

    @AfterAll
    void close() {
        studio.close();
    }

    private AnswerStep step(String question) {
        Answer answer = Analyst.of(studio).ask(clinic, question);
        assertEquals(AnswerStatus.ANSWERED, answer.status(), () -> answer.message() + answer.unknownWords());
        return answer.steps().get(answer.steps().size() - 1);
    }

    private double value(String question) {
        Object value = step(question).value();
        return ((Number) Objects.requireNonNull(value, question)).doubleValue();
    }

    private static double number(AnswerStep step, int row, int column) {
        return ((Number) Objects.requireNonNull(step.rows().get(row).get(column))).doubleValue();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "Shapiro-Wilk test on dose | Shapiro-Wilk test | 0.6123961 | 5.0486873e-10",
                "Is dose normally distributed? Use the Kolmogorov-Smirnov test. | Kolmogorov-Smirnov test | 0.24974935 | 0.0040004129",
                "Is weight normal? Use the D'Agostino-Pearson test. | D'Agostino-Pearson test | 2.39928695 | 0.3013016",
                "Welch's t-test of pulse between male and female | Welch's t-test | -2.40462155 | 0.02169098",
                "t-test of weight by sex | Student's t-test | -5.33589279 | 3.3470503e-06",
                "One-sided t-test: is weight greater for male than female? | Student's t-test | -5.33589279 | 1.6735252e-06",
                "Mann-Whitney test of dose between male and female | Mann-Whitney U test | 349 | 0.21220585",
                "chi-square test between sex and smoker | chi-square test of independence without Yates' correction | 5.33333333 | 0.02092134",
                "Are sex and smoker independent? | chi-square test of independence without Yates' correction | 5.33333333 | 0.02092134",
                "Levene's test of dose by ward | Levene's test | 4.86212258 | 0.01225283",
                "Kruskal-Wallis test of dose across ward | Kruskal-Wallis test | 1.86806787 | 0.39296531",
                "one-way ANOVA of age by ward | one-way ANOVA | 1.02059113 | 0.36857123",
                "paired t-test of pressure_before and pressure_after | paired t-test | 7.62485316 | 9.2947312e-10",
                "one-sample t-test of age against 50 | one-sample t-test | -2.78553052 | 0.00768065",
                "Is the correlation between weight and pulse significant? | Pearson correlation test | 0.13164613 | 0.39431482",
                "Spearman correlation between weight and pulse with its p-value | Spearman correlation test | 0.25117197 | 0.10005100",
                "Kendall correlation of age and dose | Kendall's tau-b test | -0.08516813 | 0.39791306"
            })
    void computesTheTestThatIsNamed(String question, String name, double statistic, double pValue) {
        TestOutcome test = Objects.requireNonNull(step(question).test(), question);

        assertEquals(name, test.name());
        assertEquals(statistic, test.statistic(), 1e-6 * Math.max(1, Math.abs(statistic)));
        assertEquals(pValue, test.pValue(), 1e-5 * Math.max(pValue, 1e-4));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "Spearman correlation between weight and pulse | 0.25117197153524945",
                "population standard deviation of age | 14.151707788579206",
                "coefficient of variation of dose | 1.101986136576321",
                "standard error of weight | 1.878072835583747",
                "geometric mean of dose | 3.885999633101452",
                "How many outliers are in dose using 1.5 × IQR? | 4",
                "Outliers in dose with z-score above 2 | 3",
                "Detect outliers in pulse using the z-score method with a threshold of 2.5 and report their count | 1",
                "Fill missing weight with the median and compute the mean of weight | 75.81875",
                "Average age of patients in Ward A excluding outliers in dose | 39.81818181818182",
                "Calculate the mean of these outliers of dose, using the IQR method | 22.2925",
                "Mean difference between pressure_before and pressure_after | 5.5",
                "Mean of the ratio of pressure_before to pressure_after | 1.0463907241620027",
                "Apply min-max normalization to age and calculate the mean of age | 0.4664179104477612",
                "Strongest correlation with weight | -0.3761705686606235",
                "Remove duplicate rows and count the rows | 48"
            })
    void computesTheNumberThatIsAskedFor(String question, double expected) {
        assertEquals(expected, value(question), TOLERANCE * Math.max(1, Math.abs(expected)));
    }

    @Test
    void takesTheFormulaOfSkewnessFromTheLibraryThatIsNamed() {
        AnswerStep sample = step("skewness and kurtosis of dose");
        AnswerStep population = step("Calculate the skewness of dose using the skew function from scipy.stats.");

        assertEquals(3.117515079041307, number(sample, 0, 0), TOLERANCE);
        assertEquals(10.555606765816982, number(sample, 0, 1), 1e-8);
        assertEquals(3.0192345096837485, number(population, 0, 0), TOLERANCE);
    }

    @Test
    void takesAwayWhatARequestTakesAwayBeforeItComputes() {
        AnswerStep trimmed = step("After removing outliers in dose, average dose by ward");
        AnswerStep complete = step("Drop rows with missing weight, then average pulse by sex");

        assertEquals(4.549230769230769, number(trimmed, 0, 1), TOLERANCE);
        assertEquals(470.1 / 7, number(complete, 1, 1), TOLERANCE);
    }

    @Test
    void computesANewColumnByTheFormulaThatDefinesIt() {
        AnswerStep step = step("Create a new column called \"drop\" as pressure_before - pressure_after."
                + " Calculate the mean and standard deviation of drop.");

        assertEquals(5.5, number(step, 0, 0), TOLERANCE);
        assertEquals(4.997488731054955, number(step, 0, 1), TOLERANCE);
    }

    @Test
    void comparesWithTheRowBeforeByDate() {
        AnswerStep step = step("Create a new column called \"change\" that calculates the percentage change in"
                + " pressure_before from the previous day. Calculate the mean and standard deviation of change.");

        assertEquals(1.054051, number(step, 0, 0), 1e-6);
        assertEquals(13.377019, number(step, 0, 1), 1e-6);
    }

    @Test
    void fitsALineAndPredicts() {
        AnswerStep line = step("Regression of pulse on weight, and predict pulse at weight of 80");

        assertEquals(0.09494958167949201, number(line, 0, 0), TOLERANCE);
        assertEquals(63.247229444072744, number(line, 0, 1), TOLERANCE);
        assertEquals(63.247229444072744 + 80 * 0.09494958167949201, number(line, 0, 4), 1e-8);
        assertTrue(line.reading().contains("p = 0.3943"), line.reading());
    }

    @Test
    void listsTheColumnsThatCorrelateWithOne() {
        AnswerStep step = step("Which columns correlate with pulse above 0.2?");

        assertEquals(
                List.of("pressure_before", "pressure_after", "age"),
                step.rows().stream().map(r -> r.get(0)).toList());
        assertEquals(0.334209, number(step, 0, 1), 1e-6);
    }

    @Test
    void readsMethodNotesThatChangeNoNumber() {
        TestOutcome test = Objects.requireNonNull(step("Check if the \"dose\" column follows a normal distribution.\n"
                        + "Use the Shapiro-Wilk test from scipy.stats to test for normality. The null hypothesis is"
                        + " that the data was drawn from a normal distribution. Use a significance level (alpha) of"
                        + " 0.01. If the p-value is less than 0.01, reject the null hypothesis and conclude that the"
                        + " data is not normally distributed. Round the p-value to four decimal places.")
                .test());

        assertEquals("Shapiro-Wilk test", test.name());
        assertEquals(0.6123961, test.statistic(), 1e-6);
    }

    @Test
    void letsALaterSentenceSpellOutTheColumns() {
        AnswerStep step = step("Is there a relationship between the drug amount and the heart rate of the visitors?\n"
                + "Calculate the Pearson correlation coefficient between the 'dose' and 'pulse' columns.");

        assertEquals(-0.151125, ((Number) Objects.requireNonNull(step.value())).doubleValue(), 1e-6);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Calculate the frobnication of dose",
                "Calculate the mean of dose. Use only weekend visits.",
                "Is dose normal? If the p-value is below 0.05, remove the outliers and test again.",
                "Use the Anderson-Darling test to check whether dose is normal",
                "Is dose normal? Calculate the winsorized mean of weight.",
                "Train a linear regression model to predict pulse from weight with an 80/20 split and report the RMSE",
                "Calculate the mean of weight, weighting recent visits twice",
                "t-test of pulse at the 500 significance level by sex",
                "Calculate the mean of dose after capping outliers at the 95th percentile"
            })
    void refusesWhatItWouldHaveToGuess(String question) {
        Answer answer = Analyst.of(studio).ask(clinic, question);

        assertTrue(
                answer.status() == AnswerStatus.NOT_UNDERSTOOD || answer.status() == AnswerStatus.CANNOT_ANSWER,
                () -> answer.reading() + answer.steps());
    }
}
