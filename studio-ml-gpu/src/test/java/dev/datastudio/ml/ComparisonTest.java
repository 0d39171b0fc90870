package dev.datastudio.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.ml.algorithm.Algorithm;
import dev.datastudio.ml.registry.Comparison;
import dev.datastudio.ml.registry.ModelCard;
import dev.datastudio.ml.registry.Models;
import dev.datastudio.ml.registry.TrainedModel;
import dev.datastudio.ml.spec.TrainingSpec;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rows A5, A6: models side by side, and what people are told of one. */
class ComparisonTest {
    private record Plot(String soil, double rain, double sun, double crop, boolean isGood) {}

    private static Dataset plots(Studio studio, String name, int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return studio.datasets().importRecords(name, IntStream.range(0, 500).mapToObj(i -> {
            String soil = random.nextBoolean() ? "clay" : "sand";
            double rain = random.nextDouble() * 10;
            double sun = random.nextDouble() * 10;
            double crop = rain * sun + (soil.equals("clay") ? 9 : 0) + 4 * random.nextDouble();
            return new Plot(soil, rain, sun, crop, crop > 27);
        }));
    }

    private static TrainingSpec spec(String target, String algorithm) {
        return TrainingSpec.predicting(target)
                .from("soil", "rain", "sun")
                .with(Algorithm.of(algorithm, algorithm.equals("random_forest") ? Map.of("trees", 40) : Map.of()));
    }

    @Test
    void theDifferenceOfModelsHasAnIntervalOfItsOwn() {
        try (Studio studio = Studio.inMemory()) {
            Dataset plots = plots(studio, "plots", 5);
            Training training = Training.of(studio);
            TrainedModel linear = training.train(plots, spec("crop", "linear_regression"));
            TrainedModel forest = training.train(plots, spec("crop", "random_forest"));
            TrainedModel again =
                    training.train(plots, spec("crop", "linear_regression").from("rain", "sun"));

            Comparison found = Models.of(studio).compare(List.of(linear.id(), forest.id(), again.id()));

            assertEquals(
                    List.of(forest.id(), linear.id(), again.id()),
                    found.models().stream().map(TrainedModel::id).toList());
            assertEquals(List.of("r2", "rmse", "mae", "mse"), found.metrics());
            assertEquals(8, found.differences().size());
            Comparison.Difference r2 = found.differences().get(0);
            assertEquals(linear.id(), r2.model());
            assertEquals(
                    linear.evaluation().metric("r2").value()
                            - forest.evaluation().metric("r2").value(),
                    r2.value(),
                    1e-9);
            assertTrue(r2.isClear() && r2.low() < r2.value() && r2.value() < r2.high(), r2::toString);
            // Both err on the same rows, so that their difference is known better than either.
            double apart = linear.evaluation().metric("r2").high()
                    - linear.evaluation().metric("r2").low();
            assertTrue(r2.high() - r2.low() < apart * 1.2, r2::toString);
        }
    }

    @Test
    void aModelDoesNotDifferFromItself() {
        try (Studio studio = Studio.inMemory()) {
            Dataset plots = plots(studio, "plots", 5);
            TrainedModel one = Training.of(studio).train(plots, spec("isGood", "logistic_regression"));
            TrainedModel same = Training.of(studio).train(plots, spec("isGood", "logistic_regression"));

            Comparison found = Models.of(studio).compare(List.of(one.id(), same.id()));

            found.differences().forEach(each -> {
                assertEquals(0, each.value());
                assertFalse(each.isClear());
            });
            studio.datasets().delete(plots.id());
            Comparison later = Models.of(studio).compare(List.of(one.id(), same.id()));
            assertEquals(List.of(), later.differences());
            assertTrue(later.note().contains("'plots'"), later::note);
        }
    }

    @Test
    void modelsJudgedOnOtherRowsAreNotCompared() {
        try (Studio studio = Studio.inMemory()) {
            Dataset plots = plots(studio, "plots", 5);
            Dataset others = plots(studio, "others", 6);
            Training training = Training.of(studio);
            TrainedModel crop = training.train(plots, spec("crop", "linear_regression"));
            TrainedModel good = training.train(plots, spec("isGood", "decision_tree"));
            TrainedModel elsewhere = training.train(others, spec("crop", "linear_regression"));
            TrainedModel seeded =
                    training.train(plots, spec("crop", "linear_regression").seeded(7));

            assertRefused(studio, crop, good, "predict different things");
            assertRefused(studio, crop, elsewhere, "learnt from different data: 'plots' version 1 and 'others'");
            assertRefused(studio, crop, seeded, "judged on different rows");
            assertRefused(studio, crop, crop, "1 models can't be compared");
            Models foreign = Models.of(studio).as(new Caller(studio.caller().tenant(), "eve"));
            assertEquals(
                    ErrorCode.TRAINED_MODEL_NOT_FOUND,
                    assertThrows(StudioException.class, () -> foreign.compare(List.of(crop.id(), seeded.id())))
                            .code());
        }
    }

    private static void assertRefused(Studio studio, TrainedModel first, TrainedModel second, String why) {
        StudioException refused =
                assertThrows(StudioException.class, () -> Models.of(studio).compare(List.of(first.id(), second.id())));
        assertEquals(ErrorCode.INVALID_ARGUMENT, refused.code());
        assertTrue(refused.what().contains(why), refused::what);
    }

    @Test
    void aCardTellsWhatPeopleShouldKnow() {
        try (Studio studio = Studio.inMemory()) {
            TrainedModel model = Training.of(studio).train(plots(studio, "plots", 5), spec("isGood", "decision_tree"));

            String card = ModelCard.of(model);

            for (String part : List.of(
                    "Predicts **isGood**, one of 2 classes (false, true), from soil, rain, sun.",
                    "| Data | plots, version 1, content ",
                    "| Rows learnt from | 400 |",
                    "| Rows judged on | 100, drawn by chance |",
                    "| accuracy | ",
                    "3 columns became 3 features.",
                    "| missing numbers | median | what stands for a missing number;",
                    "| categories | automatic: ranks by frequency | how words become numbers |",
                    "| scaling | automatic: as they are | ",
                    "| rain | ",
                    "row.put(\"rain\", …); // decimal",
                    model.id(),
                    "## What it is not for",
                    "\"type\":\"decision_tree\"")) {
                assertTrue(card.contains(part), () -> part + " in " + card);
            }
        }
    }

    @Test
    void aCardIsNeitherHtmlNorOthersMarkdown() {
        try (Studio studio = Studio.inMemory()) {
            String hostile = "<script>alert(1)</script> | **x** [a](javascript:b) ``` # &";
            TrainedModel model = Training.of(studio)
                    .train(
                            plots(studio, "plots", 5),
                            spec("crop", "linear_regression"),
                            TrainingOptions.DEFAULT.named(hostile).described(hostile));

            String card = ModelCard.of(model);

            assertFalse(card.contains("<script") || card.contains("| **x**") || card.contains("[a]("), card);
            assertTrue(card.startsWith("# &lt;script&gt;alert\\(1\\)&lt;/script&gt; \\| \\*\\*x\\*\\* "), card);
            assertEquals(4, card.split("```", -1).length - 1, card);
        }
    }
}
