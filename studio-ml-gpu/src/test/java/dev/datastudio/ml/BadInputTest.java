package dev.datastudio.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.core.Studio;
import dev.datastudio.ml.algorithm.Algorithm;
import dev.datastudio.ml.algorithm.Autoencoder;
import dev.datastudio.ml.registry.Models;
import dev.datastudio.ml.registry.Prediction;
import dev.datastudio.ml.registry.TrainedModel;
import dev.datastudio.ml.spec.Split;
import dev.datastudio.ml.spec.Task;
import dev.datastudio.ml.spec.TrainingSpec;
import dev.datastudio.ml.spec.Validation;
import dev.datastudio.ml.tune.Budget;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Rows A3, A6: whatever data comes, there is a clear error or a stated handling, and nothing is lost. */
class BadInputTest {
    private static Studio studio;

    @BeforeAll
    static void open() {
        studio = Studio.inMemory();
    }

    @AfterAll
    static void close() {
        studio.close();
    }

    private static Dataset table(String name, int rows, IntFunction<Map<String, @Nullable Object>> row) {
        return studio.datasets()
                .importMaps(name, IntStream.range(0, rows).mapToObj(row).toList());
    }

    private static Map<String, @Nullable Object> row(@Nullable Object... namesAndValues) {
        Map<String, @Nullable Object> row = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            row.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return row;
    }

    private static TrainedModel train(Dataset dataset, TrainingSpec spec) {
        return Training.of(studio).train(dataset, spec);
    }

    private static StudioException refused(Dataset dataset, TrainingSpec spec) {
        int before = Models.of(studio).list().size();
        StudioException error = assertThrows(StudioException.class, () -> train(dataset, spec));
        assertEquals(before, Models.of(studio).list().size());
        return error;
    }

    @Test
    void aTargetWithoutValues() {
        Dataset data = table("empty target", 50, i -> row("x", i, "y", i == 0 ? 1.5 : null));

        StudioException error = refused(data, TrainingSpec.predicting("y").as(Task.REGRESSION));

        assertEquals(ErrorCode.INVALID_ARGUMENT, error.code());
        assertEquals("The target 'y' has only 1 values", error.what());
    }

    @Test
    void aTargetThatIsAlwaysTheSame() {
        Dataset data = table("constant", 50, i -> row("x", i, "y", 7.5, "z", "same"));

        assertEquals(
                "The target 'y' is always '7.5'",
                refused(data, TrainingSpec.predicting("y")).what());
        assertEquals(
                "The target 'z' is always 'same'",
                refused(data, TrainingSpec.predicting("z")).what());
    }

    @Test
    void aTargetWhoseSquaresAreNoNumbers() {
        Dataset data = table("large", 50, i -> row("x", i, "y", 1e290 * i));

        assertEquals(
                "The target 'y' holds values as large as 4.9E291, whose squared errors are no numbers any more",
                refused(data, TrainingSpec.predicting("y")).what());
    }

    @Test
    void aCrossValidationWithoutATarget() {
        TrainingSpec without = TrainingSpec.without(Autoencoder.DEFAULT);

        assertEquals(
                "Without a target there is no cross-validation: nothing is predicted that could be judged",
                assertThrows(StudioException.class, () -> without.with(new Validation(3, 0.1)))
                        .what());
        assertEquals(
                "Without a target there is no learning curve: nothing is predicted that could be judged",
                assertThrows(StudioException.class, () -> without.with(new Validation(0, 0.1, 4)))
                        .what());
    }

    @Test
    void aTargetThatIsNotThere() {
        Dataset data = table("no such", 50, i -> row("x", i, "y", i % 2));

        assertEquals(
                ErrorCode.UNKNOWN_COLUMN,
                refused(data, TrainingSpec.predicting("w")).code());
    }

    @Test
    void columnsThatCanTellNothingAreLeftOutAndSaid() {
        Dataset data = table(
                "nothing",
                60,
                i -> row("x", i % 7, "gone", null, "same", "a", "code", "id-" + i, "y", (i % 7) * 2.0 + (i % 3) * 0.1));

        TrainedModel model = train(data, TrainingSpec.predicting("y"));

        assertTrue(model.columns().containsKey("x"), model::toString);
        assertTrue(!model.columns().containsKey("gone") && !model.columns().containsKey("same"), model::toString);
        assertTrue(
                model.warnings().stream().anyMatch(warning -> warning.contains("'same' has one value only")),
                model.warnings()::toString);
    }

    @Test
    void tenThousandCategories() {
        Dataset data = table(
                "categories",
                30_000,
                i -> row("city", "city " + i % 10_000, "x", i % 11, "y", (i % 11) * 3.0 + (i % 10_000) / 5_000.0));

        TrainedModel model = train(
                data, TrainingSpec.predicting("y").from("city", "x").with(Algorithm.of("linear_regression", Map.of())));

        assertTrue(
                model.warnings().stream().anyMatch(warning -> warning.contains("of which the 30 most frequent")),
                model.warnings()::toString);
        assertTrue(model.features().size() < 40, model.features()::toString);
        Prediction unknown = Models.of(studio).predict(model.id(), row("city", "Atlantis", "x", 5));
        assertEquals(15, unknown.value(), 2);
    }

    @Test
    void twentyRowsAreFewAndNineteenTooFew() {
        Dataset twenty = table("twenty", 20, i -> row("x", i, "y", i * 2.0 + 0.5));
        Dataset nineteen = table("nineteen", 19, i -> row("x", i, "y", i * 2.0 + 0.5));

        assertEquals(
                4,
                train(twenty, TrainingSpec.predicting("y").from("x"))
                        .evaluation()
                        .rows());
        assertEquals(
                "The target 'y' has only 19 values",
                refused(nineteen, TrainingSpec.predicting("y")).what());
    }

    @Test
    void aClassWithOneRowIsLearntAndNotJudged() {
        Dataset data = table("rare", 60, i -> row("x", i, "y", i == 0 ? "rare" : i % 2 == 0 ? "even" : "odd"));

        TrainedModel model = train(data, TrainingSpec.predicting("y").from("x"));

        assertEquals(List.of("even", "odd", "rare"), model.classes());
        assertEquals(
                0,
                model.evaluation().confusion().get(2).stream()
                        .mapToLong(Long::longValue)
                        .sum());
    }

    @Test
    void numbersThatAreWorthLittleAreSaidToBe() {
        Dataset noise = table("noise", 40, i -> row("x", (i * 37) % 41, "y", (i * 7919) % 101 * 1.5));
        Dataset rare = table(
                "doubts",
                80,
                i -> row("x", (i * 37) % 41, "y", i == 0 ? "rare" : i < 9 ? "few" : i % 2 == 0 ? "a" : "b"));
        Dataset clear = table("clear", 400, i -> row("x", i % 20, "y", i % 20 < 10 ? "low" : "high"));

        List<String> doubts =
                train(noise, TrainingSpec.predicting("y").from("x")).warnings();
        List<String> classes =
                train(rare, TrainingSpec.predicting("y").from("x")).warnings();

        assertTrue(doubts.get(0).startsWith("It was judged on 8 rows only"), doubts::toString);
        assertTrue(doubts.get(1).matches("It (is|may be) no better than the baseline.*: R² -?\\d.*"), doubts::toString);
        assertTrue(
                classes.contains(
                        "No row that it was judged on has the class 'rare', of which it learnt 1 row: how well it"
                                + " tells that class is not known."),
                classes::toString);
        assertTrue(classes.contains("It learnt 6 rows of the class 'few' only."), classes::toString);
        assertEquals(
                List.of(
                        "The column 'x' alone tells the target nearly always. If it is known only after the target, leave"
                                + " it out: the model will not have it when it predicts."),
                train(clear, TrainingSpec.predicting("y")).warnings());
    }

    @Test
    void datesThatAreKnownTooLateAreWarnedOf() {
        LocalDate begin = LocalDate.of(2024, 1, 1);
        Dataset data = table(
                "dates",
                200,
                i -> row(
                        "ordered", begin.plusDays(i),
                        "shipped", begin.plusDays(i + i % 5),
                        "born", begin.minusYears(20 + i % 9),
                        "due", i % 3 == 0 ? LocalDate.of(9000, 1, 1) : begin,
                        "y", (i * 37) % 41 * 1.5));
        TrainingSpec spec = TrainingSpec.predicting("y").from("ordered", "shipped", "born", "due");

        List<String> parted =
                train(data, spec.with(new Split(0.2, "ordered", ""))).warnings();
        List<String> drawn = train(data, spec).warnings();

        assertTrue(
                parted.contains(
                        "The column 'shipped' lies after 'ordered' in 128 of 160 training rows. If it is known only"
                                + " then, leave it out: the model will not have it when it predicts."),
                parted::toString);
        assertTrue(
                parted.stream().noneMatch(each -> each.contains("'born'") || each.contains("'ordered' lies")),
                parted::toString);
        assertTrue(
                drawn.stream()
                        .anyMatch(each -> each.startsWith(
                                "The column 'due' lies after the day on which the data was brought in, in ")),
                drawn::toString);
        assertEquals(
                1, drawn.stream().filter(each -> each.contains(" lies after ")).count(), drawn::toString);
    }

    @Test
    void wordsAmongNumbersAreNamed() {
        Dataset data =
                table("words", 100, i -> row("x", i % 10 == 3 ? "Infinity" : "" + i * 0.5, "z", i, "y", i * 1.5));

        assertEquals(
                "The target 'x' holds words, though 90 of its 100 values are numbers: others, as 'Infinity', are not",
                refused(data, TrainingSpec.predicting("x")).what());
        assertEquals(
                "The target 'x' holds words, though 90 of its 100 values are numbers: others, as 'Infinity', are not",
                refused(data, TrainingSpec.predicting("x").as(Task.REGRESSION)).what());
        List<String> warnings = train(data, TrainingSpec.predicting("y")).warnings();
        assertTrue(
                warnings.stream().anyMatch(each -> each.startsWith("The column 'x' holds words, though ")),
                warnings::toString);
    }

    @Test
    void columnsThatCantPlayTheirParts() {
        Dataset data = table("parts", 60, i -> row("x", i % 9, "who", "w" + i % 6, "y", i * 1.5));
        TrainingSpec spec = TrainingSpec.predicting("y");

        assertEquals(
                "The feature 'X' is named twice",
                refused(data, spec.from("x", "X")).what());
        assertEquals(
                "Rows can't be parted by the time column 'x' and the group column 'who' at once",
                refused(data, spec.with(new Split(0.2, "x", "who"))).what());
        assertEquals(
                "Rows can't be parted by the target 'y'",
                refused(data, spec.with(new Split(0.2, "", "Y"))).what());
        StudioException atOnce = assertThrows(
                StudioException.class,
                () -> TrainingJobs.of(studio)
                        .submit(studio.caller(), TrainingRequest.of(data, spec.with(new Split(0.2, "nowhere", "")))));
        assertEquals(ErrorCode.UNKNOWN_COLUMN, atOnce.code());
        StudioException best = assertThrows(
                StudioException.class,
                () -> Training.of(studio)
                        .best(
                                data,
                                TrainingSpec.without(Algorithm.of("autoencoder", Map.of())),
                                Budget.of(Duration.ofSeconds(5)),
                                TrainingOptions.DEFAULT));
        assertEquals(
                "The best model can't be looked for without a target, as the autoencoder of the spec learns",
                best.what());
        assertThrows(IllegalArgumentException.class, () -> TrainingOptions.DEFAULT.named("two\nlines"));
    }

    @Test
    void rowsOfAGroupAreNotToldApartByIt() {
        Dataset data = table("grouped", 90, i -> row("x", i % 9, "who", "w" + i % 6, "y", (i * 37) % 41 * 1.5));
        TrainingSpec spec = TrainingSpec.predicting("y").with(new Split(0.2, "", "who"));

        TrainedModel model = train(data, spec);

        assertEquals(List.of("x"), List.copyOf(model.columns().keySet()));
        assertTrue(
                model.warnings().get(0).startsWith("The column 'who' keeps rows together and is left out"),
                model.warnings()::toString);
        assertTrue(train(data, spec.from("x", "who")).columns().containsKey("who"));
    }

    @Test
    void missingValuesInPrediction() {
        Dataset data = table(
                "missing",
                200,
                i -> row("x", i % 9 == 0 ? null : i, "word", i % 5 == 0 ? null : "w" + i % 3, "y", i % 2 == 0));

        TrainedModel model = train(data, TrainingSpec.predicting("y").from("x", "word"));

        Prediction prediction = Models.of(studio).predict(model.id(), row("x", null, "word", null));
        assertEquals(
                1, prediction.shares().values().stream().mapToDouble(d -> d).sum(), 1e-9);
    }

    @Test
    void wrongValuesInPrediction() {
        Dataset data = table("wrong", 100, i -> row("x", i, "word", "w" + i % 3, "y", i * 1.5));
        TrainedModel model = train(data, TrainingSpec.predicting("y").from("x", "word"));
        Models models = Models.of(studio);

        StudioException text =
                assertThrows(StudioException.class, () -> models.predict(model.id(), row("x", "many", "word", "w1")));
        StudioException absent = assertThrows(StudioException.class, () -> models.predict(model.id(), row("x", 1)));
        StudioException nobody = assertThrows(
                StudioException.class,
                () -> models.predict("00000000-0000-0000-0000-000000000000", row("x", 1, "word", "")));

        assertEquals("The column 'x' holds numbers, was 'many'", text.what());
        assertEquals("A row has no 'word', which the model predicts from", absent.what());
        assertEquals(ErrorCode.TRAINED_MODEL_NOT_FOUND, nobody.code());
    }

    @Test
    void parametersOutOfRange() {
        assertEquals(
                "The parameter trees of random_forest must be between 1 and 2000, was '0'",
                assertThrows(StudioException.class, () -> Algorithm.of("random_forest", Map.of("trees", 0)))
                        .what());
        assertEquals(
                "random_forest has no parameter 'tree'",
                assertThrows(StudioException.class, () -> Algorithm.of("random_forest", Map.of("tree", 1)))
                        .what());
        assertEquals(
                "There is no algorithm 'magic'",
                assertThrows(StudioException.class, () -> Algorithm.of("magic", Map.of()))
                        .what());
    }

    @Test
    void anAlgorithmThatCantDoTheTask() {
        Dataset data = table("tasks", 50, i -> row("x", i, "y", i % 2 == 0 ? "a" : "b", "z", i * 0.5));

        assertEquals(
                "A linear regression predicts numbers, and the target has classes",
                refused(data, TrainingSpec.predicting("y").with(Algorithm.of("linear_regression", Map.of())))
                        .what());
        assertEquals(
                "The target 'z' holds fractions, not classes",
                refused(data, TrainingSpec.predicting("z").as(Task.CLASSIFICATION))
                        .what());
    }

    @Test
    void aCopyOfTheTargetIsWarnedOf() {
        Dataset data = table(
                "copy", 200, i -> row("x", (i * 37) % 101, "late", i % 2 == 0 ? "paid" : "open", "y", i % 2 == 0));

        TrainedModel model = train(data, TrainingSpec.predicting("y").from("x", "late"));

        assertTrue(
                model.warnings().stream().anyMatch(warning -> warning.startsWith("The column 'late' alone tells")),
                model.warnings()::toString);
        assertTrue(model.warnings().stream().noneMatch(warning -> warning.contains("'x'")), model.warnings()::toString);
    }

    @Test
    void theLatestRowsAreForTheTest() {
        Dataset data = table("times", 100, i -> row("day", i, "x", i % 10, "y", i % 10 * 2.0 + i * 0.01));

        TrainedModel model = train(data, TrainingSpec.predicting("y").from("x").with(new Split(0.2, "day", "")));

        assertEquals(20, model.evaluation().rows());
        assertTrue(
                model.evaluation().residuals().stream().allMatch(point -> point.y() % 2 >= 0.79 || point.y() % 2 == 0),
                model.evaluation().residuals()::toString);
    }

    @Test
    void aCancelledTrainingLeavesNothing() {
        Dataset data = table("cancelled", 200, i -> row("x", i, "y", i * 2.0));
        Cancellation cancellation = Cancellation.create();
        List<String> told = new ArrayList<>();
        TrainingOptions options = TrainingOptions.DEFAULT
                .stoppedBy(cancellation)
                .telling(progress -> {
                    told.add(progress.toString());
                    cancellation.cancel();
                });
        int before = Models.of(studio).list().size();

        StudioException error = assertThrows(
                StudioException.class,
                () -> Training.of(studio)
                        .train(data, TrainingSpec.predicting("y").from("x"), options));

        assertEquals(ErrorCode.CANCELLED, error.code());
        assertTrue(!told.isEmpty());
        assertEquals(before, Models.of(studio).list().size());
    }
}
