package dev.datastudio.core.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.Progress;
import dev.datastudio.core.Studio;
import dev.datastudio.core.profile.ColumnDetails.Order;
import dev.datastudio.core.profile.CorrelationMatrix.Method;
import dev.datastudio.core.profile.DatasetProfile.Dependency;
import dev.datastudio.core.profile.ProfileAlert.Kind;
import dev.datastudio.core.profile.TimeDetails.Grain;
import dev.datastudio.testkit.OutsideData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetProfileTest {
    @TempDir
    Path folder;

    private Studio studio;

    @BeforeEach
    void open() {
        studio = Studio.open(folder.resolve("workspace"));
    }

    @AfterEach
    void close() {
        studio.close();
    }

    private DatasetProfile profile(String csv) throws IOException {
        return studio.fullProfile(dataset(csv));
    }

    private Dataset dataset(String csv) throws IOException {
        return studio.datasets().importFile(Files.writeString(folder.resolve("a.csv"), csv));
    }

    private static ColumnDetails column(DatasetProfile profile, String name) {
        return profile.columns().stream()
                .filter(column -> column.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static double correlation(DatasetProfile profile, Method method, String a, String b) {
        CorrelationMatrix matrix = profile.correlations().stream()
                .filter(candidate -> candidate.method() == method)
                .findFirst()
                .orElseThrow();
        return matrix.values()
                .get(matrix.rowColumns().indexOf(a))
                .get(matrix.columnColumns().indexOf(b));
    }

    private static List<Kind> kinds(DatasetProfile profile) {
        return profile.alerts().stream().map(ProfileAlert::kind).toList();
    }

    /** Reference values by pandas 1.5.3 and SciPy 1.10.1 of Debian 12; V and eta by their formulas in NumPy. */
    @Nested
    class OfRealData {
        @Test
        void agreesWithPandasOnTitanic() {
            DatasetProfile profile =
                    studio.fullProfile(studio.datasets().importFile(OutsideData.require("data/titanic.csv")));

            assertEquals(869, profile.overview().missingCells());
            assertEquals(709, profile.overview().rowsWithMissing());
            assertEquals(107, profile.overview().duplicateRows());
            NumberDetails age = column(profile, "age").numbers().orElseThrow();
            assertEquals(29.69911764705882, age.mean(), 1e-12);
            assertEquals(14.526497332334044, age.deviation(), 1e-12);
            assertEquals(0.38910778230082693, age.skewness(), 1e-12);
            assertEquals(0.1782741536421022, age.kurtosis(), 1e-12);
            assertEquals(List.of(4.0, 20.125, 28.0, 38.0, 56.0), values(age));
            NumberDetails fare = column(profile, "fare").numbers().orElseThrow();
            assertEquals(4.787316519674893, fare.skewness(), 1e-11);
            assertEquals(33.39814088089868, fare.kurtosis(), 1e-10);
            assertEquals(116, fare.outliers().high());
            assertEquals(0, fare.outliers().low());
            assertEquals(0.09606669176903888, correlation(profile, Method.PEARSON, "age", "fare"), 1e-12);
            assertEquals(0.1350512177342878, correlation(profile, Method.SPEARMAN, "age", "fare"), 1e-12);
            assertEquals(0.9470211954532946, correlation(profile, Method.CRAMERS_V, "sex", "who"), 1e-12);
            assertEquals(0.25981056003546527, correlation(profile, Method.CRAMERS_V, "embarked", "class"), 1e-12);
            assertEquals(0.5942173195035277, correlation(profile, Method.CORRELATION_RATIO, "class", "fare"), 1e-12);
            assertTrue(profile.dependencies().contains(new Dependency("class", "pclass")));
        }

        @Test
        void agreesWithPandasOnMovies() {
            DatasetProfile profile =
                    studio.fullProfile(studio.datasets().importFile(OutsideData.require("data/movies.csv")));

            NumberDetails gross = column(profile, "Worldwide Gross").numbers().orElseThrow();
            assertEquals(85343400.14151534, gross.mean(), 1e-6);
            assertEquals(149947342.8853624, gross.deviation(), 1e-5);
            assertEquals(4.898788628181551, gross.skewness(), 1e-11);
            assertEquals(47.31262164974023, gross.kurtosis(), 1e-10);
            List<Double> expected = List.of(101761.45, 8031285.25, 31168926.5, 97283797.0, 356186557.4);
            for (int i = 0; i < expected.size(); i++) {
                assertEquals(expected.get(i), values(gross).get(i), 1e-6);
            }
            assertEquals(3027, profile.overview().rowsWithMissing());
            String rotten = "Rotten Tomatoes Rating";
            assertEquals(0.7431180650114805, correlation(profile, Method.PEARSON, rotten, "IMDB Rating"), 1e-12);
            assertEquals(0.7765115835122421, correlation(profile, Method.SPEARMAN, rotten, "IMDB Rating"), 1e-12);
            assertEquals(
                    0.3220965877804747,
                    correlation(profile, Method.CORRELATION_RATIO, "Major Genre", "IMDB Rating"),
                    1e-12);
        }

        private List<Double> values(NumberDetails numbers) {
            return numbers.quantiles().stream()
                    .map(NumberDetails.Quantile::value)
                    .toList();
        }
    }

    @Test
    void keepsItsDigitsFarFromZero() throws IOException {
        DatasetProfile profile = profile("n\n1000000000001\n1000000000002\n1000000000003\n1000000000007\n");

        NumberDetails numbers = profile.columns().get(0).numbers().orElseThrow();
        assertEquals(Math.sqrt(20.75 / 3), numbers.deviation(), 1e-9); // squares 5.0625, 1.5625, 0.0625, 14.0625
        assertEquals(1.4430588355316425, numbers.skewness(), 1e-9); // pandas: Series([1, 2, 3, 7]).skew()
    }

    @Test
    void takesNumbersNearTheLimitsOfDouble() throws IOException {
        DatasetProfile profile = profile("n\n-1.7e308\n1.7e308\n0\n1e308\n");

        NumberDetails numbers = profile.columns().get(0).numbers().orElseThrow();
        assertEquals(2.5e307, numbers.mean(), 1e295);
        assertEquals(
                4,
                profile.columns().get(0).histogram().bins().stream()
                        .mapToLong(Histogram.Bin::count)
                        .sum());
    }

    @Test
    void countsEachValueInOneBin() throws IOException {
        String numbers = IntStream.range(0, 3000)
                .mapToObj(i -> Integer.toString(i * i % 1999))
                .collect(Collectors.joining("\n"));
        DatasetProfile profile = profile("n\n" + numbers + "\n9999999\n");

        List<Histogram.Bin> bins = profile.columns().get(0).histogram().bins();
        assertEquals(3001, bins.stream().mapToLong(Histogram.Bin::count).sum());
        assertEquals(Double.POSITIVE_INFINITY, bins.get(bins.size() - 1).to());
        assertEquals(1, bins.get(bins.size() - 1).count());
    }

    @Test
    void findsKeysOfOneAndTwoColumns() throws IOException {
        DatasetProfile single = profile("code,n\nx1,1\nx2,1\nx3,2\n");
        DatasetProfile pair = profile("year,country\n2000,a\n2000,b\n2001,a\n2001,b\n");

        assertEquals(List.of(new DatasetProfile.Key(List.of("code"))), single.keys());
        assertEquals(1, pair.keys().size());
        assertEquals(
                List.of("country", "year"),
                pair.keys().get(0).columns().stream().sorted().toList());
    }

    @Test
    void findsMissingMonths() throws IOException {
        DatasetProfile profile =
                profile("month,n\n2020-01-01,1\n2020-02-01,1\n2020-03-01,3\n2020-06-01,4\n2020-07-01,4\n");

        TimeDetails times = column(profile, "month").times().orElseThrow();
        assertEquals(Grain.MONTH, times.grain());
        assertEquals(7, times.expected());
        assertEquals(2, times.missing());
        assertEquals(List.of(new TimeDetails.Gap("2020-04", "2020-05", 2)), times.gaps());
        assertEquals(Order.STRICTLY_RISING, column(profile, "month").order());
        assertTrue(kinds(profile).contains(Kind.TIME_GAPS));
    }

    @Test
    void seesThatAYearIsEveryFifth() throws IOException {
        DatasetProfile profile = profile("year,n\n1955,1\n1960,2\n1965,3\n1975,4\n");

        TimeDetails times = column(profile, "year").times().orElseThrow();
        assertEquals(5, times.step());
        assertEquals(1, times.missing());
        assertEquals("1970", times.gaps().get(0).from());
    }

    @Test
    void showsDuplicateRowsWithTheirCounts() throws IOException {
        DatasetProfile profile = profile("a,b\n1,x\n2,y\n1,x\n,z\n,z\n1,x\n");

        assertEquals(3, profile.overview().duplicateRows());
        assertEquals(3, profile.sample().duplicates().get(0).count());
        assertEquals(1, profile.sample().duplicates().get(0).row().number());
    }

    @Test
    void seesUntidyTextAndPatterns() throws IOException {
        DatasetProfile profile = profile("country,mail\nUSA,a@b.de\nusa,c@d.org\n\"USA \",e@f.com\nFrance,g@h.net\n");

        TextDetails country = column(profile, "country").texts().orElseThrow();
        assertEquals(2, country.sameButForCase());
        assertEquals(
                "email",
                column(profile, "mail").texts().orElseThrow().patterns().get(0).name());
        assertTrue(kinds(profile).contains(Kind.UNTIDY_TEXT));
    }

    @Test
    void ordersAlertsByImportance() throws IOException {
        DatasetProfile profile = profile("empty,constant,n\n,x,1\n,x,2\n,x,3\n");

        assertEquals(Kind.EMPTY_COLUMN, profile.alerts().get(0).kind());
        assertEquals("'empty' has no value at all.", profile.alerts().get(0).message());
        List<ProfileAlert.Severity> severities =
                profile.alerts().stream().map(ProfileAlert::severity).toList();
        assertEquals(severities.stream().sorted().toList(), severities);
    }

    @Test
    void takesManyColumnsAndHostileNames() throws IOException {
        String names = IntStream.range(0, 120).mapToObj(i -> "c\"'; --" + i).collect(Collectors.joining(","));
        String row = IntStream.range(0, 120).mapToObj(Integer::toString).collect(Collectors.joining(","));
        DatasetProfile profile = profile(names.replace("\"", "\"\"").replaceAll("([^,]+)", "\"$1\"") + "\n" + row + "\n"
                + row.replace("1", "7") + "\n" + row.replace("3", "") + "\n");

        assertEquals(120, profile.columns().size());
        assertTrue(profile.notes().get(0).contains("first 50 of"));
    }

    @Test
    void samplesRankMeasuresOfManyRowsAndSaysSo() throws IOException {
        String rows = IntStream.range(0, 3000)
                .mapToObj(i -> i % 3 + "," + i + "," + 2 * i)
                .collect(Collectors.joining("\n"));
        Dataset dataset = dataset("c,a,b\n" + rows + "\n");

        DatasetProfile profile =
                Profiles.of(studio.datasets()).full(dataset, ProfileOptions.DEFAULT.withSampleRows(500));

        CorrelationMatrix pearson = profile.correlations().get(0);
        CorrelationMatrix spearman = profile.correlations().get(1);
        assertEquals(Accuracy.EXACT, pearson.accuracy());
        assertEquals(3000, pearson.rows());
        assertEquals(Accuracy.SAMPLED, spearman.accuracy());
        assertTrue(spearman.rows() <= 500 && spearman.rows() > 400, "rows " + spearman.rows());
        assertEquals(1, correlation(profile, Method.PEARSON, "a", "b"), 1e-12);
        assertTrue(profile.notes().toString().contains("of 3,000 rows"));
    }

    @Test
    void checksPairsThatASampleCannotRefuteOnAllRows() throws IOException {
        String rows = IntStream.range(0, 3000)
                .mapToObj(i -> "a" + i / 60 + ",b" + i % 60 + ",c" + (i == 2999 ? 58 : i % 60))
                .collect(Collectors.joining("\n"));
        Dataset dataset = dataset("a,b,c\n" + rows + "\n");

        DatasetProfile profile =
                Profiles.of(studio.datasets()).full(dataset, ProfileOptions.DEFAULT.withSampleRows(500));

        assertEquals(1, profile.keys().size());
        assertEquals(
                List.of("a", "b"),
                profile.keys().get(0).columns().stream().sorted().toList());
    }

    @Test
    void stopsWhenCancelled() throws IOException {
        Dataset dataset = dataset("a,b\n1,2\n3,4\n");
        Cancellation cancellation = Cancellation.create();
        List<Progress> seen = new ArrayList<>();
        ProfileOptions options = ProfileOptions.DEFAULT
                .withCancellation(cancellation)
                .withProgress(progress -> {
                    seen.add(progress);
                    cancellation.cancel();
                });

        StudioException stopped = assertThrows(
                StudioException.class, () -> Profiles.of(studio.datasets()).full(dataset, options));

        assertEquals(ErrorCode.CANCELLED, stopped.code());
        assertEquals(1, seen.size());
    }

    @Test
    void writesReportsWithoutActiveContentOfTheData() throws IOException {
        DatasetProfile profile = profile("\"<script>alert(1)</script>\",b\n\"<img src=x onerror=alert(2)>\",\u202Ex\n");

        String html = ProfileReport.html(profile);

        assertFalse(html.contains("<script>alert"));
        assertFalse(html.contains("<img"));
        assertFalse(html.contains("\u202E"));
        assertTrue(html.contains("&lt;script&gt;alert(1)"));
        assertFalse(html.matches("(?s).*(src|href)=\"(http|//).*"), "no address outside of the page");
        assertTrue(ProfileJson.write(profile).startsWith("{\"name\":\"a.csv\""));
    }

    @Test
    void printsLinesOfAHundredCharactersWithoutControlCharacters() throws IOException {
        DatasetProfile profile =
                profile("\"a\u001b[31m very long name of a column that nobody wants to read in full\",b\n" + "1,\""
                        + "word ".repeat(80) + "\"\n2,x\n");

        String text = ProfileText.format(profile);

        text.lines().forEach(line -> assertTrue(line.codePointCount(0, line.length()) <= 100, line));
        assertFalse(text.contains("\u001b"));
    }

    @Test
    void tellsWhatChangedBetweenTwoVersions() throws IOException {
        String old = IntStream.range(0, 100)
                .mapToObj(i -> i + "," + (i % 2 == 0 ? "red" : "blue") + ",1")
                .collect(Collectors.joining("\n", "n,color,gone\n", "\n"));
        String now = IntStream.range(0, 100)
                .mapToObj(i -> (i < 30 ? "" : i + 200) + "," + (i % 2 == 0 ? "green" : "blue") + ",x")
                .collect(Collectors.joining("\n", "n,color,fresh\n", "\n"));
        Dataset older = dataset(old);
        Dataset newer = dataset(now);

        ProfileComparison comparison = Profiles.of(studio.datasets()).compare(newer, older, ProfileOptions.DEFAULT);

        assertEquals(List.of("fresh"), comparison.added());
        assertEquals(List.of("gone"), comparison.removed());
        ProfileComparison.ColumnShift color = comparison.shifts().get(1);
        assertEquals(0.5, color.totalVariation(), 1e-12);
        assertEquals(List.of("green"), color.newExamples());
        assertEquals(List.of("red"), color.vanishedExamples());
        assertEquals(1, comparison.shifts().get(0).kolmogorovSmirnov());
        List<Kind> kinds =
                comparison.findings().stream().map(ProfileAlert::kind).toList();
        assertEquals(Kind.COLUMN_REMOVED, kinds.get(0));
        assertTrue(kinds.containsAll(List.of(Kind.MISSING_CHANGED, Kind.DISTRIBUTION_CHANGED, Kind.NEW_VALUES)));
        assertTrue(ProfileReport.html(comparison).contains("'gone' is not there any more".replace("'", "&#39;")));
    }
}
