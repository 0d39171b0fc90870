package dev.datastudio.core.cleaning;

import static dev.datastudio.core.cleaning.CleaningStep.column;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.dataset.Origin;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.ProgressListener;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.analysis.Aggregate;
import dev.datastudio.core.analysis.Condition;
import dev.datastudio.core.analysis.Detail;
import dev.datastudio.core.analysis.Expression;
import dev.datastudio.core.analysis.Expression.Constant;
import dev.datastudio.core.analysis.Measure;
import dev.datastudio.core.analysis.TimeGrain;
import dev.datastudio.core.cleaning.CleaningStep.DropDuplicates;
import dev.datastudio.core.cleaning.CleaningStep.FillMissing;
import dev.datastudio.core.cleaning.CleaningStep.Filling;
import dev.datastudio.core.cleaning.CleaningStep.FilterRows;
import dev.datastudio.core.cleaning.CleaningStep.Keep;
import dev.datastudio.core.cleaning.CleaningStep.Rename;
import dev.datastudio.core.cleaning.CleaningStep.TreatOutliers;
import dev.datastudio.core.cleaning.CleaningStep.Treatment;
import dev.datastudio.core.dataset.ImportTarget;
import dev.datastudio.testkit.OutsideData;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Versions, records and replay. */
class DatasetCleaningTest extends CleaningFixture {
    private static final FillMissing MEDIAN = new FillMissing("a", new Filling.Statistic(Filling.Kind.MEDIAN));

    private Dataset replay(Dataset cleaned, Dataset onto, ReplayStatistics statistics) {
        return super.cleaning
                .replay(cleaned, onto, statistics, ProgressListener.NONE, Cancellation.none())
                .dataset();
    }

    @Test
    void makesANewVersionAndLeavesTheOldOne() throws IOException {
        Dataset first = csv("a,b", "1,x", ",y", "5,z");

        Dataset second = apply(first, MEDIAN).dataset();

        assertEquals(first.name(), second.name());
        assertEquals(2, second.version());
        assertEquals(Origin.CLEANED, second.origin().kind());
        assertEquals(List.of("Filled 1 missing value of 'a' with the median 3."), second.warnings());
        assertEquals(List.of("1|x", "-|y", "5|z"), rows(studio.datasets().get(first.id())));
        assertEquals(Optional.of(first), cleaning.before(second));
        assertEquals(Optional.empty(), cleaning.record(first));
    }

    @Test
    void recordsWhatWasDoneWithItsStatistics() throws IOException {
        Dataset first = csv("a,b", "1,x", ",y", "5,z", "5,z");

        Dataset second = apply(first, MEDIAN, new DropDuplicates(List.of(), Keep.FIRST), new Rename("a", "c"))
                .dataset();

        CleaningRecord done = cleaning.record(second).orElseThrow();
        assertEquals(first.id(), done.from());
        assertEquals(3, done.effects().size());
        assertEquals(Map.of("value", new Constant(5.0)), done.effects().get(0).statistics());
        assertEquals(1, done.effects().get(0).cellsChanged());
        assertEquals(4, done.effects().get(1).rowsBefore());
        assertEquals(3, done.effects().get(1).rowsAfter());
        assertEquals("Removed 1 repeated row", done.effects().get(1).said());
        assertEquals(
                CleaningRecipe.of(MEDIAN, new DropDuplicates(List.of(), Keep.FIRST), new Rename("a", "c")),
                done.recipe());
    }

    @Test
    void givesTheSameVersionForTheSameStepsOnTheSameRows() throws IOException {
        Dataset first = csv("a,b", "1,x", ",y", "5,z");
        Dataset cleaned = apply(first, MEDIAN).dataset();

        assertEquals(cleaned.id(), apply(first, MEDIAN).dataset().id());
        assertEquals(
                cleaned.id(), replay(cleaned, first, ReplayStatistics.RECORDED).id());
        assertEquals(
                cleaned.id(),
                replay(cleaned, first, ReplayStatistics.RECOMPUTED).id());
    }

    @Test
    void replaysWithTheRecordedStatisticsOrThoseOfTheNewRows() throws IOException {
        Dataset cleaned = apply(csv("a,b", "1,x", ",y", "5,z"), MEDIAN).dataset();
        Dataset other = csvNamed("other.csv", "a,b", "10,x", ",y", "20,z");

        Dataset recorded = replay(cleaned, other, ReplayStatistics.RECORDED);
        Dataset recomputed = replay(cleaned, other, ReplayStatistics.RECOMPUTED);

        assertEquals(List.of("10|x", "3|y", "20|z"), rows(recorded));
        assertEquals(List.of("10|x", "15|y", "20|z"), rows(recomputed));
        assertEquals("other.csv", recomputed.name());
    }

    @Test
    void givesEqualContentForEqualRowsUnderAnotherName() throws IOException {
        Dataset cleaned = apply(csv("a,b", "1,x", ",y", "5,z"), MEDIAN).dataset();
        Dataset same = csvNamed("same.csv", "a,b", "1,x", ",y", "5,z");

        Dataset again = replay(cleaned, same, ReplayStatistics.RECORDED);

        assertNotEquals(cleaned.id(), again.id());
        assertEquals(cleaned.contentHash(), again.contentHash());
        assertEquals(rows(cleaned), rows(again));
    }

    @Test
    void refusesToReplayWhatWasNotCleaned() throws IOException {
        Dataset first = csv("a,b", "1,x", "2,y");

        StudioException error =
                assertThrows(StudioException.class, () -> replay(first, first, ReplayStatistics.RECORDED));

        assertEquals("Version 1 of 'data.csv' was not made by cleaning", error.what());
    }

    @Test
    void hidesTheDataSetsOfOthers() throws IOException {
        Dataset first = csv("a,b", "1,x", ",y", "5,z");
        DatasetCleaning others = DatasetCleaning.of(studio.datasets().as(new Caller("other", "user")));

        for (org.junit.jupiter.api.function.Executable use : List.<org.junit.jupiter.api.function.Executable>of(
                () -> others.preview(first, CleaningRecipe.of(MEDIAN), Cancellation.none()),
                () -> others.apply(first, CleaningRecipe.of(MEDIAN), ProgressListener.NONE, Cancellation.none()),
                () -> others.record(first),
                () -> others.suggest(first, Cancellation.none()))) {
            assertEquals(
                    ErrorCode.DATASET_NOT_FOUND,
                    assertThrows(StudioException.class, use).code());
        }
    }

    @Test
    void previewsEachStepWithExamplesAndStoresNothing() throws IOException {
        Dataset first = csv("a,b", "1,x", ",y", "5,z", "5,z");

        CleaningPreview preview = cleaning.preview(
                first,
                CleaningRecipe.of(MEDIAN, new DropDuplicates(List.of(), Keep.FIRST), new Rename("a", "c")),
                Cancellation.none());

        assertEquals(
                List.of(new RowExample(
                        2, RowExample.Fate.CHANGED, List.of(new CellChange("a", Optional.empty(), Optional.of("5"))))),
                preview.effects().get(0).examples());
        assertEquals(
                List.of(new RowExample(
                        4,
                        RowExample.Fate.REMOVED,
                        List.of(
                                new CellChange("a", Optional.of("5"), Optional.empty()),
                                new CellChange("b", Optional.of("z"), Optional.empty())))),
                preview.effects().get(1).examples());
        assertEquals(List.of("c", "b"), preview.columns());
        assertEquals(3, preview.rows());
        assertEquals(1, studio.datasets().versions("data.csv").size());
    }

    @Test
    void showsAtMostTwentyExamples() {
        record Row(int n, String t) {}
        Dataset dataset = studio.datasets()
                .importRecords("many", java.util.stream.IntStream.range(0, 100).mapToObj(i -> new Row(i, " x")));

        StepEffect effect =
                effect(dataset, new CleaningStep.CleanText(List.of(), List.of(CleaningStep.TextChange.STRIP)));

        assertEquals(100, effect.cellsChanged());
        assertEquals(StepEffect.MAX_EXAMPLES, effect.examples().size());
        assertEquals(20, effect.examples().get(19).row());
    }

    @Test
    void refusesConditionsWhoseMeaningChanges() throws IOException {
        Dataset dataset = csv("d,n", "2024-01-01,1", "2024-01-02,2");
        Condition period = new Condition.RelativePeriod(column("d"), TimeGrain.MONTH, -1, 1);
        Condition overall = new Condition.Comparison(
                column("n"),
                Condition.Comparator.GREATER,
                new Expression.Overall(Measure.of(Aggregate.MEAN, column("n"))));

        for (Condition condition : List.of(period, new Condition.Not(overall))) {
            StudioException error =
                    assertThrows(StudioException.class, () -> apply(dataset, new FilterRows(condition)));
            assertEquals(ErrorCode.INVALID_PLAN, error.code());
        }
    }

    @Test
    void stopsWhenCancelled() throws IOException {
        Dataset dataset = csv("a,b", "1,x", ",y");
        Cancellation cancellation = Cancellation.create();
        cancellation.cancel();

        StudioException error = assertThrows(
                StudioException.class,
                () -> cleaning.apply(dataset, CleaningRecipe.of(MEDIAN), ProgressListener.NONE, cancellation));

        assertEquals(ErrorCode.CANCELLED, error.code());
        assertEquals(1, studio.datasets().versions("data.csv").size());
    }

    @Test
    void takesHostileNamesAndValuesLiterally() throws IOException {
        String name = "a\"; DROP TABLE source; --";
        Dataset dataset = csv("\"a\"\"; DROP TABLE source; --\",b", "'; DELETE FROM data; --,1", ",2", "?,3");

        Dataset cleaned = apply(
                        dataset,
                        new FillMissing(name, new Filling.Value(new Constant("'); SELECT '?"))),
                        new CleaningStep.SplitColumn(name, ";", List.of("'", "\"\"")),
                        new DropDuplicates(List.of(name, "'"), Keep.LAST))
                .dataset();

        assertEquals(
                List.of(
                        "'; DELETE FROM data; --|1|'| DELETE FROM data; --",
                        "'); SELECT '?|2|')| SELECT '?",
                        "?|3|?|-"),
                rows(cleaned));
    }

    /** The file of seaborn; counts, median, quartiles and different rows were computed from it with awk, sort and uniq. */
    @Test
    void cleansTheTitanic() {
        Dataset dataset = studio.datasets().importFile(OutsideData.require("data/titanic.csv"));

        CleaningResult result = apply(
                dataset,
                new FillMissing("age", new Filling.Statistic(Filling.Kind.MEDIAN)),
                new FillMissing("embarked", new Filling.Statistic(Filling.Kind.MODE)),
                new TreatOutliers("fare", Detail.Outliers.TUKEY, Treatment.CAP),
                new DropDuplicates(List.of(), Keep.FIRST),
                new CleaningStep.DropColumns(List.of("deck")));

        List<String> said = result.effects().stream().map(StepEffect::said).toList();
        assertEquals("Filled 177 missing values of 'age' with the median 28", said.get(0));
        assertEquals("Filled 2 missing values of 'embarked' with the most frequent value 'S'", said.get(1));
        assertEquals(116, result.effects().get(2).cellsChanged());
        double high = ((Number) Objects.requireNonNull(
                                result.effects().get(2).statistics().get("high"))
                        .value())
                .doubleValue();
        assertEquals(65.6344, high, 1e-9);
        Dataset cleaned = result.dataset();
        assertEquals("Removed 113 repeated rows", said.get(3));
        assertEquals(778, cleaned.rowCount());
        assertEquals(0, cleaned.column("age").nullCount());
        assertFalse(cleaned.findColumn("deck").isPresent());
    }

    @Test
    void cleansAMillionRows() throws Exception {
        Dataset seed = csv("x", "1");
        Dataset dataset = studio.datasets()
                .importQuery(
                        ImportTarget.named("million"),
                        seed,
                        "SELECT i AS id, CASE WHEN i % 10 > 0 THEN i % 1000 END AS n, ' t' || (i % 7) AS t,"
                                + " i // 2 AS pair FROM range(1000000) r(i)",
                        List.of());

        CleaningResult result = apply(
                dataset,
                new FillMissing("n", new Filling.Statistic(Filling.Kind.MEDIAN)),
                new CleaningStep.CleanText(List.of("t"), List.of(CleaningStep.TextChange.STRIP)),
                new DropDuplicates(List.of("pair"), Keep.LAST));

        assertEquals(500_000, result.dataset().rowCount());
        assertEquals(100_000, result.effects().get(0).cellsChanged());
        assertEquals(1_000_000, result.effects().get(1).cellsChanged());
        assertEquals(ColumnType.INTEGER, result.dataset().column("n").type());
        try (var rows = studio.datasets().rows(result.dataset())) {
            assertEquals(
                    List.of(1L, 3L, 5L), rows.limit(3).map(row -> row.get("id")).toList());
        }
        assertTrue(result.dataset().warnings().get(2).startsWith("Removed 500,000 repeated rows"));
    }
}
