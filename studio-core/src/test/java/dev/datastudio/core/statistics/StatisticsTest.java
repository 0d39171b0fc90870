package dev.datastudio.core.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.core.Studio;
import dev.datastudio.core.query.EngineLease;
import dev.datastudio.testkit.OutsideData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatisticsTest {
    @TempDir
    Path folder;

    private Studio studio;

    @BeforeEach
    void open() {
        studio = Studio.inMemory();
    }

    @AfterEach
    void close() {
        studio.close();
    }

    private Dataset table(String csv) throws IOException {
        return studio.datasets().importFile(Files.writeString(folder.resolve("t.csv"), csv));
    }

    private static void close(double expected, double found) {
        assertEquals(expected, found, Math.abs(expected) * 1e-10);
    }

    private StudioException refused(Dataset dataset, TestRequest request) {
        return assertThrows(StudioException.class, () -> studio.test(dataset, request));
    }

    /** Numbers by SciPy 1.10.1. */
    @Nested
    class OnRealData {
        @Test
        void comparesTheAgesOfTheTitanicByTheirMeans() {
            Dataset titanic = studio.datasets().importFile(OutsideData.require("data/titanic.csv"));

            TestResult result = studio.test(titanic, TestRequest.of("age", "sex"));

            assertEquals(TestKind.WELCH_T, result.kind());
            close(-2.5258975171938896, result.statistic());
            close(0.011814913211889735, result.pValue());
            assertEquals(177, result.missing());
            assertEquals(
                    List.of(261L, 453L),
                    result.groups().stream().map(TestResult.Group::size).toList());
            assertEquals(
                    "There is evidence that the mean of age in female differs from that of male (Welch's t-test, p ="
                            + " 0.01181). The means are 27.92 for female and 30.73 for male. The effect is negligible:"
                            + " Cohen's d = -0.1952 (95% interval -0.3473 to -0.04314).",
                    result.conclusion());
        }

        @Test
        void comparesGroupsInTheOrderAsked() {
            Dataset titanic = studio.datasets().importFile(OutsideData.require("data/titanic.csv"));

            TestResult result = studio.test(
                    titanic,
                    TestRequest.of("age", "sex").with(TestKind.MANN_WHITNEY).between("female", "male"));
            TestResult turned = studio.test(
                    titanic,
                    TestRequest.of("age", "sex").with(TestKind.MANN_WHITNEY).between("male", "female"));

            close(53212.5, result.statistic());
            close(0.026087746884279634, result.pValue());
            close(261 * 453 - 53212.5, turned.statistic());
        }

        @Test
        void testsCategoriesForIndependence() {
            Dataset titanic = studio.datasets().importFile(OutsideData.require("data/titanic.csv"));

            TestResult result = studio.test(titanic, TestRequest.of("survived", "sex"));
            TestResult corrected = studio.test(
                    titanic,
                    TestRequest.of("survived", "sex")
                            .with(TestSpec.builder(TestKind.CHI_SQUARE_INDEPENDENCE)
                                    .continuity(TestSpec.Continuity.CORRECTED)
                                    .build()));

            close(263.05057407065567, result.statistic());
            close(3.711747770113424e-59, result.pValue());
            close(260.71702016732104, corrected.statistic());
        }

        @Test
        void ranksSkewedFaresOfThreeClasses() {
            Dataset titanic = studio.datasets().importFile(OutsideData.require("data/titanic.csv"));

            TestResult result = studio.test(titanic, TestRequest.of("fare", "class"));

            assertEquals(TestKind.KRUSKAL_WALLIS, result.kind());
            close(438.0437034212556, result.statistic());
            close(7.586096900646798e-96, result.pValue());
            assertEquals(3, result.comparisons().size());
        }

        @Test
        void correlatesPenguins() {
            Dataset penguins = studio.datasets().importFile(OutsideData.require("data/penguins.csv"));
            TestRequest request = TestRequest.of("Flipper Length (mm)", "Body Mass (g)");

            TestResult pearson = studio.test(penguins, request.with(TestKind.PEARSON));
            TestResult spearman = studio.test(penguins, request.with(TestKind.SPEARMAN));
            TestResult kendall = studio.test(penguins, request.with(TestKind.KENDALL));

            close(0.8712017673060114, pearson.statistic());
            close(4.370680963000563e-107, pearson.pValue());
            close(0.8399741230312999, spearman.statistic());
            close(2.7632189971796422e-92, spearman.pValue());
            close(0.6604674953459727, kendall.statistic());
            close(1.220830263282895e-71, kendall.pValue());
        }

        @Test
        void choosesWelchsAnovaWhereVariancesDiffer() {
            Dataset penguins = studio.datasets().importFile(OutsideData.require("data/penguins.csv"));

            TestResult auto = studio.test(penguins, TestRequest.of("Body Mass (g)", "Species"));
            TestResult anova = studio.test(
                    penguins, TestRequest.of("Body Mass (g)", "Species").with(TestKind.ANOVA));

            assertEquals(TestKind.WELCH_ANOVA, auto.kind());
            assertEquals("3 groups are compared by their means; their variances differ.", auto.reason());
            close(343.626275205481, anova.statistic());
            close(2.892368133377283e-82, anova.pValue());
        }
    }

    @Test
    void readsAllPagesOfManyRows() throws IOException {
        StringBuilder csv = new StringBuilder("value,group\n");
        for (int i = 0; i < 120_000; i++) {
            csv.append(i * 7919L % 120_011).append(i % 2 == 0 ? ",even\n" : ",odd\n");
        }
        Dataset dataset = table(csv.toString());

        TestResult result =
                studio.test(dataset, TestRequest.of("value", "group").with(TestKind.MANN_WHITNEY));

        assertEquals(60_000, result.groups().get(0).size());
        assertEquals(60_000, result.groups().get(1).size());
        double even = 0;
        for (int i = 0; i < 120_000; i += 2) {
            even += i * 7919L % 120_011;
        }
        close(even / 60_000, result.groups().get(0).mean());
        assertEquals(TestResult.Exactness.ASYMPTOTIC, result.exactness());
    }

    @Test
    void comparesTwoColumnsOfNumbersAsGroups() throws IOException {
        Dataset dataset = table("a,b\n1,2.5\n2,3.5\n3.5,\n4,6\n,7\n");

        TestResult result = studio.test(dataset, TestRequest.of("a", "b").with(TestKind.WELCH_T));

        assertEquals(
                List.of(4L, 4L),
                result.groups().stream().map(TestResult.Group::size).toList());
        assertEquals(2, result.missing());
    }

    @Test
    void saysWhichColumnsWouldDo() throws IOException {
        Dataset dataset = table("n,word,code\n1,a,x\n2,b,x\n3,c,y\n4,d,y\n");

        StudioException words = refused(dataset, TestRequest.of("word", "code").with(TestKind.PEARSON));
        StudioException alone = refused(dataset, TestRequest.of("n").with(TestKind.WELCH_T));
        StudioException unknown = refused(dataset, TestRequest.of("n", "cody"));
        StudioException group = refused(dataset, TestRequest.of("n", "code").between("x", "z"));

        assertEquals(ErrorCode.TEST_NOT_APPLICABLE, words.code());
        assertEquals(
                "The Pearson correlation test needs numbers, and 'word' holds values of type 'text'", words.what());
        assertEquals("Name a second column", alone.mend());
        assertEquals(ErrorCode.UNKNOWN_COLUMN, unknown.code());
        assertEquals("Group 'z' of 'code' has no values", group.what());
    }

    @Test
    void refusesAGroupingColumnWithTooManyValues() throws IOException {
        StringBuilder csv = new StringBuilder("n,name\n");
        for (int i = 0; i < 60; i++) {
            csv.append(i).append(",name").append(i).append('\n');
        }

        StudioException e =
                refused(table(csv.toString()), TestRequest.of("n", "name").with(TestKind.ANOVA));

        assertEquals("'name' has 60 different values, and a test takes at most 50 groups", e.what());
    }

    @Test
    void keepsHostileNamesInTheirQuotes() throws IOException {
        Dataset dataset = table("\"a\"\" FROM x; --\",\"b' OR 1=1\"\n1,x\n2,x\n4,y\n3,y\n6,x\n7,y\n");
        List<String> names = dataset.columns().stream().map(c -> c.name()).toList();

        TestResult result =
                studio.test(dataset, TestRequest.of(names.get(0), names.get(1)).with(TestKind.STUDENT_T));

        assertEquals(
                6, result.groups().stream().mapToLong(TestResult.Group::size).sum());
    }

    @Test
    void stopsWhenCancelled() throws IOException {
        Dataset dataset = table("n\n1\n2\n4\n");
        Cancellation cancellation = Cancellation.create();
        cancellation.cancel();

        try (EngineLease lease = studio.engine(List.of(dataset))) {
            StudioException e = assertThrows(
                    StudioException.class,
                    () -> Statistics.of(lease.engine()).test(dataset, TestRequest.of("n"), cancellation));

            assertEquals(ErrorCode.CANCELLED, e.code());
        }
    }

    @Test
    void answersTheExampleOfThePackage() throws IOException {
        Dataset sales = table("profit,region\n12,West\n15,West\n11,West\n18,West\n9,East\n7,East\n12,East\n8,East\n");

        // tag::example[]
        TestResult result = studio.test(sales, TestRequest.of("profit", "region"));
        String sentence = result.conclusion(); // There is evidence that the mean of profit in East differs from …
        String why = result.reason(); // Two groups are compared by their means, which are near normal; …
        double p = result.pValue();
        double size = result.effect().orElseThrow().value(); // Cohen's d
        String lines = result.text(); // for a terminal or a language model
        // end::example[]

        assertTrue(sentence.startsWith("There is evidence that the mean of profit in East differs from"), sentence);
        assertTrue(why.startsWith("Two groups are compared by their means"), why);
        assertTrue(p < 0.05 && size < 0);
        assertTrue(lines.startsWith(sentence), lines);
    }
}
