package dev.datastudio.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.Studio;
import dev.datastudio.ml.algorithm.Algorithm;
import dev.datastudio.ml.evaluate.Importance;
import dev.datastudio.ml.registry.Explanation;
import dev.datastudio.ml.registry.ModelCard;
import dev.datastudio.ml.registry.Models;
import dev.datastudio.ml.registry.TrainedModel;
import dev.datastudio.ml.spec.Preparation;
import dev.datastudio.ml.spec.TrainingSpec;
import dev.datastudio.ml.spec.TrainingSpecJson;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Row A5: what a column adds to one prediction, and to all. */
class ExplanationTest {
    private static final List<Map<String, Object>> ROWS = List.of(
            Map.of("plan", "basic", "age", 20, "calls", 9.0, "noise", 0.1),
            Map.of("plan", "free", "age", 44, "calls", 4.0, "noise", 0.5));

    private record Customer(
            String plan, int age, double calls, double noise, double worth, boolean stays, String kind) {}

    private static Dataset customers(Studio studio) {
        SplittableRandom random = new SplittableRandom(11);
        List<String> plans = List.of("free", "basic", "gold");
        return studio.datasets()
                .importRecords("customers", IntStream.range(0, 400).mapToObj(i -> {
                    String plan = plans.get(random.nextInt(3));
                    int age = random.nextInt(18, 80);
                    double calls = random.nextDouble() * 10;
                    double worth = 3 * plans.indexOf(plan) + age / 10.0 - calls + random.nextDouble();
                    String kind = worth > 4 ? "good" : worth > 0 ? "fair" : "poor";
                    return new Customer(plan, age, calls, random.nextDouble(), worth, worth > 2, kind);
                }));
    }

    private static TrainedModel train(Studio studio, Dataset data, String target, String algorithm) {
        TrainingSpec spec = TrainingSpec.predicting(target)
                .from("plan", "age", "calls", "noise")
                .with(Algorithm.of(algorithm, algorithm.contains("boost") ? Map.of("rounds", 25) : Map.of()));
        return Training.of(studio).train(data, spec);
    }

    @ParameterizedTest
    @CsvSource({
        "linear_regression, worth",
        "logistic_regression, stays",
        "logistic_regression, kind",
        "gradient_boosting, worth",
        "gradient_boosting, stays",
        "gradient_boosting, kind",
        "xg_boost, stays",
        "decision_tree, worth",
        "decision_tree, kind",
        "random_forest, worth",
        "random_forest, stays",
        "random_forest, kind"
    })
    void contributionsAddUpToTheMargin(String algorithm, String target) {
        try (Studio studio = Studio.inMemory()) {
            TrainedModel model = train(studio, customers(studio), target, algorithm);
            Models models = Models.of(studio);
            for (Map<String, Object> row : ROWS) {
                List<Explanation> all = new ArrayList<>();
                if (model.classes().isEmpty()) {
                    all.add(models.explain(model.id(), row));
                }
                model.classes().forEach(label -> all.add(models.explain(model.id(), row, label)));

                for (Explanation each : all) {
                    double sum = each.base()
                            + each.contributions().stream()
                                    .mapToDouble(Explanation.Contribution::amount)
                                    .sum();
                    assertEquals(each.margin(), sum, 1e-9);
                    assertEquals(4, each.contributions().size());
                    if (each.unit() == Explanation.Unit.SHARE) {
                        double exact = Objects.requireNonNull(
                                each.prediction().shares().get(each.label()));
                        assertEquals(exact, each.margin(), 1e-12, each::toString);
                        continue;
                    }
                    // A share is a 32-bit number, which near 1 says little of its log-odds.
                    double share = each.prediction().value();
                    double rounding = model.classes().isEmpty() ? 0 : 2e-7 / (share * (1 - share));
                    assertEquals(margin(each, model, all), each.margin(), 1e-4 + rounding, each::toString);
                }
            }
        }
    }

    /** The margin as it follows from the prediction; of several classes what they have in common comes from their sum. */
    private static double margin(Explanation each, TrainedModel model, List<Explanation> all) {
        if (model.classes().isEmpty()) {
            return each.prediction().value();
        }
        double share = Objects.requireNonNull(each.prediction().shares().get(each.label()));
        if (model.classes().size() == 2) {
            return Math.log(share / (1 - share));
        }
        double common =
                Math.log(all.stream().mapToDouble(one -> Math.exp(one.margin())).sum());
        return Math.log(share) + common;
    }

    @ParameterizedTest
    @ValueSource(strings = {"gradient_boosting", "xg_boost", "logistic_regression", "random_forest"})
    void noiseIsLastByEachMeasure(String algorithm) {
        try (Studio studio = Studio.inMemory()) {
            List<Importance> found = train(studio, customers(studio), "stays", algorithm)
                    .evaluation()
                    .importances();

            assertEquals("noise", least(found, Importance::drop));
            assertEquals("noise", least(found, each -> number(each.share())));
            assertEquals("noise", least(found, each -> number(each.shap())));
            assertEquals(
                    1, found.stream().mapToDouble(each -> number(each.share())).sum(), 1e-6);
        }
    }

    private record Point(double x, double y, double noise, double z) {}

    @Test
    void aLargeForestTellsMeansOverFewRows() {
        SplittableRandom random = new SplittableRandom(12);
        try (Studio studio = Studio.inMemory()) {
            Dataset points = studio.datasets()
                    .importRecords("points", IntStream.range(0, 2_200).mapToObj(i -> {
                        double x = random.nextDouble();
                        double y = random.nextDouble();
                        return new Point(x, y, random.nextDouble(), 4 * x * x + y + random.nextDouble());
                    }));
            TrainedModel forest = Training.of(studio).train(points, TrainingSpec.predicting("z"));

            List<Importance> found = forest.evaluation().importances();

            assertEquals(
                    List.of(20, 20, 20),
                    found.stream().map(Importance::shapRows).toList());
            Map<String, Double> sizes = new HashMap<>();
            found.forEach(each -> sizes.put(each.column(), number(each.shap())));
            // The mean distance of 4 x² from its mean is 1.03, that of y 0.25, and noise is split on in small branches
            // only.
            assertEquals(1.03, number(sizes.get("x")), 0.3);
            assertEquals(0.25, number(sizes.get("y")), 0.12);
            assertTrue(number(sizes.get("noise")) < 0.12, sizes::toString);
            assertTrue(
                    ModelCard.of(forest).contains("SHAP values are means over 20 test rows."),
                    () -> ModelCard.of(forest));
        }
    }

    @Test
    void whatCanNotTellSaysSo() {
        try (Studio studio = Studio.inMemory()) {
            TrainedModel neighbours = train(studio, customers(studio), "stays", "nearest_neighbours");

            assertNull(neighbours.evaluation().importances().get(0).share());
            assertNull(neighbours.evaluation().importances().get(0).shap());
            StudioException refused =
                    assertThrows(StudioException.class, () -> Models.of(studio).explain(neighbours.id(), ROWS.get(0)));
            assertEquals(ErrorCode.INVALID_ARGUMENT, refused.code());
            assertTrue(refused.what().contains("nearest neighbours"), refused::what);
            assertTrue(refused.mend().contains("random_forest"), refused::mend);
        }
    }

    @Test
    void unitsAreTold() {
        try (Studio studio = Studio.inMemory()) {
            Dataset data = customers(studio);
            assertEquals(Explanation.Unit.NUMBER, unit(studio, data, "worth", "random_forest"));
            assertEquals(Explanation.Unit.SHARE, unit(studio, data, "stays", "decision_tree"));
            assertEquals(Explanation.Unit.LOG_ODDS, unit(studio, data, "stays", "xg_boost"));
        }
    }

    private static Explanation.Unit unit(Studio studio, Dataset data, String target, String algorithm) {
        TrainedModel model = train(studio, data, target, algorithm);
        return Models.of(studio).explain(model.id(), ROWS.get(0)).unit();
    }

    @Test
    void productsArePartedBetweenTheirColumns() {
        try (Studio studio = Studio.inMemory()) {
            Preparation products = TrainingSpecJson.parse("{\"target\":\"a\",\"preparation\":{\"interactions\":4}}")
                    .preparation();
            TrainingSpec spec = TrainingSpec.predicting("worth")
                    .from("plan", "age", "calls", "noise")
                    .with(Algorithm.of("linear_regression", Map.of()))
                    .with(products);
            TrainedModel model = Training.of(studio).train(customers(studio), spec);

            Explanation found = Models.of(studio).explain(model.id(), ROWS.get(0));

            assertTrue(model.features().stream().anyMatch(name -> name.contains(" x ")));
            assertEquals(found.prediction().value(), found.margin(), 1e-9);
            assertEquals(4, found.contributions().size());
        }
    }

    @Test
    void aClassThatIsNotThereIsRefused() {
        try (Studio studio = Studio.inMemory()) {
            Dataset data = customers(studio);
            TrainedModel classes = train(studio, data, "kind", "logistic_regression");
            TrainedModel numbers = train(studio, data, "worth", "linear_regression");

            StudioException other = assertThrows(
                    StudioException.class, () -> Models.of(studio).explain(classes.id(), ROWS.get(0), "great"));
            StudioException none = assertThrows(
                    StudioException.class, () -> Models.of(studio).explain(numbers.id(), ROWS.get(0), "good"));

            assertTrue(other.what().contains("'great'"), other::what);
            assertEquals(ErrorCode.INVALID_ARGUMENT, none.code());
        }
    }

    private static double number(@org.jspecify.annotations.Nullable Double value) {
        assertNotNull(value);
        return value;
    }

    private static String least(List<Importance> found, ToDoubleFunction<Importance> by) {
        return found.stream().min(Comparator.comparingDouble(by)).orElseThrow().column();
    }
}
