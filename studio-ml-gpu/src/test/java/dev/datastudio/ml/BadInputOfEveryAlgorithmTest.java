package dev.datastudio.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.Studio;
import dev.datastudio.ml.algorithm.Algorithm;
import dev.datastudio.ml.algorithm.DeepAlgorithm;
import dev.datastudio.ml.algorithm.Parameter;
import dev.datastudio.ml.algorithm.internal.Parameters;
import dev.datastudio.ml.registry.Models;
import dev.datastudio.ml.registry.Prediction;
import dev.datastudio.ml.registry.TrainedModel;
import dev.datastudio.ml.spec.Split;
import dev.datastudio.ml.spec.TrainingSpec;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows A3, A6: each algorithm refuses bad data by name, or handles it as it says. */
class BadInputOfEveryAlgorithmTest {
    /** Enough to learn something, and quick. */
    private static final Map<String, Map<String, Object>> SMALL = Map.of(
            "random_forest", Map.of("trees", 10),
            "gradient_boosting", Map.of("rounds", 20),
            "xg_boost", Map.of("rounds", 20),
            "multilayer_perceptron", Map.of("learningRate", 0.01),
            "custom_network", Map.of("learningRate", 0.01),
            "support_vector_machine", Map.of("maxRows", 1_000, "cost", 100));

    @TempDir
    private static Path folder;

    private static Studio studio;
    private static Dataset odd;
    private static Dataset cities;
    private static Dataset sizes;

    @BeforeAll
    static void open() throws SQLException {
        studio = Studio.inMemory();
        Path file = folder.resolve("odd.parquet"); // files of text have no infinite numbers
        try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckDb.createStatement()) {
            statement.execute("COPY (SELECT CASE i % 50 WHEN 0 THEN 'inf'::DOUBLE WHEN 1 THEN '-inf'::DOUBLE"
                    + " WHEN 2 THEN 'nan'::DOUBLE WHEN 3 THEN NULL ELSE i % 37 + 0.5 END AS x,"
                    + " NULL::DOUBLE AS gone, ['red', 'green', 'blue'][i % 3 + 1] AS word,"
                    + " i % 37 * 2 + i % 3 * 10 + 0.25 AS y, CASE WHEN i % 37 > 18 THEN 'high' ELSE 'low' END AS grade"
                    + " FROM (SELECT CAST(range AS INTEGER) AS i FROM range(300))) TO '" + file + "' (FORMAT PARQUET)");
        }
        odd = studio.datasets().importFile(file);
        assertTrue(
                odd.warnings().contains("Column 'x' has 18 values that are no finite number, read as missing."),
                odd.warnings()::toString);
        sizes = studio.datasets()
                .importMaps(
                        "sizes",
                        IntStream.range(0, 300).mapToObj(i -> size(i % 37)).toList());
        cities = studio.datasets()
                .importMaps(
                        "cities",
                        IntStream.range(0, 12_000)
                                .mapToObj(i -> Map.of(
                                        "city",
                                        "city " + i % 10_000,
                                        "x",
                                        i % 11,
                                        "y",
                                        i % 11 * 3.0,
                                        "grade",
                                        i % 11 > 5 ? "high" : "low"))
                                .toList());
    }

    @AfterAll
    static void close() {
        studio.close();
    }

    static Stream<String> algorithms() {
        return Algorithm.KINDS.stream().map(Parameters::nameOf);
    }

    /** Those that predict a target from a table as they are; the others read steps, pictures or texts, or have none. */
    static Stream<String> ofTables() {
        return algorithms()
                .filter(name -> !(Algorithm.of(name, Map.of()) instanceof DeepAlgorithm)
                        || Set.of("multilayer_perceptron", "custom_network").contains(name));
    }

    private static TrainingSpec spec(String algorithm, String... features) {
        return TrainingSpec.predicting(target(algorithm))
                .from(features)
                .with(Algorithm.of(algorithm, SMALL.getOrDefault(algorithm, Map.of())));
    }

    private static String target(String algorithm) {
        return algorithm.equals("logistic_regression") ? "grade" : "y";
    }

    private static Map<String, @Nullable Object> row(@Nullable Object x, @Nullable Object word) {
        Map<String, @Nullable Object> row = new HashMap<>();
        row.put("x", x);
        row.put("word", word);
        return row;
    }

    @ParameterizedTest
    @MethodSource("ofTables")
    void infiniteMissingAndUnknownValuesAreHandledAsStated(String algorithm) {
        TrainedModel model = Training.of(studio).train(odd, spec(algorithm, "x", "gone", "word"));

        assertEquals(List.of("x", "word"), List.copyOf(model.columns().keySet()));
        assertTrue(
                model.warnings().stream().anyMatch(each -> each.startsWith("The column 'gone' has no values")),
                model.warnings()::toString);
        List<Prediction> told = Models.of(studio)
                .predict(
                        model.id(),
                        List.of(
                                row(null, "red"),
                                row(Double.POSITIVE_INFINITY, "red"),
                                row(Double.NaN, "red"),
                                row(3.5, "violet"),
                                row(3.5, null),
                                row(1e300, "blue")));
        assertEquals(told.get(0), told.get(1));
        assertEquals(told.get(0), told.get(2));
        for (Prediction each : told) {
            assertTrue(Double.isFinite(each.value()), each::toString);
        }
    }

    @ParameterizedTest
    @MethodSource("ofTables")
    void valuesOfAllSizesAreLearnt(String algorithm) {
        for (String feature : List.of("huge", "tiny", "time")) {
            TrainedModel model = Training.of(studio).train(sizes, spec(algorithm, feature, "same"));
            for (int i = 0; i < 37; i += 12) {
                Prediction told = Models.of(studio).predict(model.id(), size(i));
                if (told.label().isEmpty()) {
                    assertEquals(1.7e9 + i * 2, told.value(), 8, feature);
                } else {
                    assertEquals(i > 18 ? "high" : "low", told.label(), feature);
                }
            }
        }
    }

    /** A row whose features are far from 1 each, as its target is. */
    private static Map<String, Object> size(int i) {
        return Map.of(
                "huge",
                (i - 18) * 1e306,
                "tiny",
                (i - 18) * 1e-300,
                "time",
                1.7e12 + i * 1_000.0,
                "same",
                1e300,
                "y",
                1.7e9 + i * 2,
                "grade",
                i > 18 ? "high" : "low");
    }

    @ParameterizedTest
    @MethodSource("ofTables")
    void valuesOfAnotherKindAreRefusedByName(String algorithm) {
        TrainedModel model = Training.of(studio).train(odd, spec(algorithm, "x", "word"));
        Models models = Models.of(studio);

        StudioException words =
                assertThrows(StudioException.class, () -> models.predict(model.id(), row("many", "red")));
        StudioException absent =
                assertThrows(StudioException.class, () -> models.predict(model.id(), Map.of("word", "red")));

        assertEquals(ErrorCode.INVALID_ARGUMENT, words.code());
        assertEquals("The column 'x' holds numbers, was 'many'", words.what());
        assertEquals("A row has no 'x', which the model predicts from", absent.what());
    }

    @ParameterizedTest
    @MethodSource("ofTables")
    void ofTenThousandCategoriesTheMostFrequentAreToldApart(String algorithm) {
        TrainedModel model =
                Training.of(studio).train(cities, spec(algorithm, "city", "x").with(new Split(0.05, "", "")));

        assertTrue(
                model.warnings().stream()
                        .anyMatch(each -> each.contains("of which the 30 most frequent are told apart")),
                model.warnings()::toString);
        assertTrue(model.features().size() < 40, model.features()::toString);
        Prediction told = Models.of(studio).predict(model.id(), Map.of("city", "Atlantis", "x", 10));
        if (told.label().isEmpty()) {
            assertEquals(30, told.value(), 6);
        } else {
            assertEquals("high", told.label());
        }
    }

    @ParameterizedTest
    @MethodSource("ofTables")
    void twentyRowsAreFewAndNineteenTooFew(String algorithm) {
        Dataset twenty = few(20);
        Dataset nineteen = few(19);

        assertEquals(
                4,
                Training.of(studio)
                        .train(twenty, spec(algorithm, "x"))
                        .evaluation()
                        .rows());
        StudioException error =
                assertThrows(StudioException.class, () -> Training.of(studio).train(nineteen, spec(algorithm, "x")));
        assertEquals("The target '" + target(algorithm) + "' has only 19 values", error.what());
    }

    private static Dataset few(int rows) {
        return studio.datasets()
                .importMaps(
                        "few " + rows,
                        IntStream.range(0, rows)
                                .mapToObj(i -> Map.of("x", i, "y", i * 2.0 + 0.5, "grade", i % 2 == 0 ? "high" : "low"))
                                .toList());
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void eachParameterOutOfItsRangeIsRefused(String algorithm) {
        Class<? extends Record> kind = Algorithm.KINDS.stream()
                .filter(each -> Parameters.nameOf(each).equals(algorithm))
                .findFirst()
                .orElseThrow();
        for (RecordComponent component : components(kind).toList()) {
            Parameter parameter = component.getAnnotation(Parameter.class);
            List<Object> wrong = component.getType().isEnum()
                    ? List.of("nothing of the kind", 1)
                    : component.getType() == String.class
                            ? List.of()
                            : List.of(parameter.min() - 1, parameter.max() * 2 + 1, Double.NaN, "many");
            for (Object value : wrong) {
                StudioException error = assertThrows(
                        StudioException.class,
                        () -> Algorithm.of(algorithm, Map.of(component.getName(), value)),
                        () -> component.getName() + " = " + value);
                assertEquals(ErrorCode.INVALID_ARGUMENT, error.code());
                assertTrue(
                        error.what().contains("parameter " + component.getName() + " of " + algorithm + " must be"),
                        error::what);
            }
        }
    }

    /** Those of records in the record, too. */
    private static Stream<RecordComponent> components(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .flatMap(each -> each.getType().isRecord() ? components(each.getType()) : Stream.of(each));
    }
}
