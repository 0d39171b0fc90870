package dev.datastudio.ml;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.artifact.ArtifactKey;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.ml.algorithm.Algorithm;
import dev.datastudio.ml.evaluate.Evaluation;
import dev.datastudio.ml.onnx.internal.OnnxFile;
import dev.datastudio.ml.onnx.internal.OnnxSession;
import dev.datastudio.ml.registry.ModelCard;
import dev.datastudio.ml.registry.ModelSource;
import dev.datastudio.ml.registry.Models;
import dev.datastudio.ml.registry.OnnxOptions;
import dev.datastudio.ml.registry.Prediction;
import dev.datastudio.ml.registry.TrainedModel;
import dev.datastudio.ml.spec.Task;
import dev.datastudio.ml.spec.TrainingSpec;
import dev.datastudio.ml.tool.internal.ModelText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Row A6: models that come from elsewhere as ONNX files, whoever made them. */
class OnnxImportTest {
    @TempDir
    Path folder;

    private record House(String town, double area, int year, double price, boolean isSold, String grade) {}

    private static Dataset houses(Studio studio) {
        SplittableRandom random = new SplittableRandom(21);
        List<String> towns = List.of("Ulm", "Kiel", "Jena", "Bonn");
        return studio.datasets().importRecords("houses", IntStream.range(0, 200).mapToObj(i -> {
            String town = towns.get(random.nextInt(4));
            double area = random.nextDouble(40, 250);
            int year = random.nextInt(1900, 2024);
            double price = 2_000 * area + 500.0 * (year - 1900) + 40_000 * towns.indexOf(town);
            String grade = price > 400_000 ? "dear" : price > 250_000 ? "fair" : "cheap";
            return new House(town, area, year, price, area * random.nextDouble() > 60, grade);
        }));
    }

    private static List<Map<String, Object>> rows() {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            Map<String, Object> row = new HashMap<>();
            row.put(
                    "town",
                    i == 7
                            ? null
                            : List.of("Ulm", "Kiel", "Jena", "Bonn", "Trier").get(i % 5));
            row.put("area", i == 9 ? null : 30.0 + 4 * i);
            row.put("year", 1890 + 3 * i);
            rows.add(row);
        }
        return rows;
    }

    private static TrainedModel imported(Studio studio, byte[] file, OnnxOptions options) {
        return Models.of(studio).importOnnx(new ByteArrayInputStream(file), options);
    }

    @ParameterizedTest
    @CsvSource({"linear_regression, price", "random_forest, grade", "xg_boost, grade"})
    void whatWasExportedTakesColumnsAgainAndPredictsTheSame(String algorithm, String target) {
        Map<String, Object> parameters = switch (algorithm) {
            case "random_forest" -> Map.of("trees", 15);
            case "xg_boost" -> Map.of("rounds", 8);
            default -> Map.of();
        };
        byte[] file;
        List<Prediction> expected;
        TrainedModel trained;
        try (Studio studio = Studio.inMemory()) {
            TrainingSpec spec = TrainingSpec.predicting(target)
                    .from("town", "area", "year")
                    .with(Algorithm.of(algorithm, parameters));
            trained = Training.of(studio).train(houses(studio), spec);
            file = Models.of(studio).exportOnnx(trained.id());
            expected = Models.of(studio).predict(trained.id(), rows());
        }
        String id;
        try (Studio studio = Studio.open(folder)) {
            TrainedModel model = imported(studio, file, OnnxOptions.DEFAULT.from("houses.onnx"));
            id = model.id();

            assertEquals(trained.columns(), model.columns());
            assertEquals(trained.classes(), model.classes());
            assertEquals(trained.features(), model.features());
            assertEquals(target, model.target());
            assertEquals("houses", model.name());
            assertEquals(List.of(), model.warnings());
            assertEquals(Evaluation.NONE, model.evaluation());
            assertArrayEquals(file, Models.of(studio).exportOnnx(id));
        }
        try (Studio studio = Studio.open(folder)) { // in another life of the studio
            List<Prediction> told = Models.of(studio).predict(id, rows());
            for (int i = 0; i < told.size(); i++) {
                assertEquals(expected.get(i).label(), told.get(i).label());
                double value = expected.get(i).value();
                assertEquals(value, told.get(i).value(), 1e-5 * Math.max(1, Math.abs(value)));
            }
            Dataset houses = houses(studio);
            Dataset all = Models.of(studio).predict(id, houses, "told");
            assertEquals(200, all.rowCount());
            assertTrue(all.columns().stream().anyMatch(each -> each.name().equals("predicted " + target)));
        }
    }

    @ParameterizedTest
    @CsvSource({"numbers, price", "classes, grade"})
    void whatEarlierVersionsExportedComesIn(String name, String target) throws IOException {
        byte[] file;
        try (InputStream in = OnnxImportTest.class.getResourceAsStream("kept/" + name + ".onnx")) {
            file = Objects.requireNonNull(in).readAllBytes();
        }
        try (Studio studio = Studio.inMemory()) {
            TrainedModel model = imported(studio, file, OnnxOptions.DEFAULT);

            assertEquals(target, model.target());
            assertEquals(
                    List.of("kind", "size", "age"), List.copyOf(model.columns().keySet()));
            assertEquals(name.equals("classes") ? List.of("high", "low", "old") : List.of(), model.classes());
        }
    }

    @Test
    void aClassifierOfScikitLearnTellsItsSharesByName() {
        try (Studio studio = Studio.inMemory()) {
            TrainedModel model = imported(
                    studio,
                    OnnxFiles.classifier().bytes(),
                    OnnxOptions.DEFAULT.named("iris").reading("length", "width").predicting("kind"));

            Prediction told = Models.of(studio).predict(model.id(), Map.of("length", 1.0, "width", 2.0));

            assertEquals(List.of("setosa", "versicolor", "virginica"), model.classes());
            assertEquals(Task.CLASSIFICATION, model.task());
            assertEquals("skl2onnx 1.16", ((ModelSource.Imported) model.source()).producer());
            double[] margins = {1.5, 2, -3.5};
            double all = Arrays.stream(margins).map(Math::exp).sum();
            assertEquals("versicolor", told.label());
            assertEquals(
                    Math.exp(1.5) / all, Objects.requireNonNull(told.shares().get("setosa")), 1e-5);
            assertEquals(Math.exp(2) / all, told.value(), 1e-5);

            TrainedModel unnamed = imported(studio, OnnxFiles.classifier().bytes(), OnnxOptions.DEFAULT);
            assertEquals(
                    List.of("feature 1", "feature 2"),
                    List.copyOf(unnamed.columns().keySet()));
            String about = String.join("\n", ModelText.summary(model));
            assertTrue(about.contains("imported") && about.contains("skl2onnx"), about);
            assertTrue(ModelCard.of(model).contains("not judged here"), ModelCard.of(model));
            assertEquals(
                    ErrorCode.INVALID_ARGUMENT,
                    assertThrows(StudioException.class, model::spec).code());
        }
    }

    @Test
    void aTensorForEachColumnTakesWordsAndWholeNumbers() {
        try (Studio studio = Studio.inMemory()) {
            TrainedModel model = imported(studio, OnnxFiles.columns().bytes(), OnnxOptions.DEFAULT);
            Models models = Models.of(studio);

            assertEquals(Map.of("age", ColumnType.INTEGER, "plan", ColumnType.TEXT), model.columns());
            assertEquals(
                    List.of(82.0, 60.0),
                    models
                            .predict(
                                    model.id(),
                                    List.of(Map.of("age", 31, "plan", "gold"), Map.of("age", 30, "plan", "tin")))
                            .stream()
                            .map(Prediction::value)
                            .toList());
            Map<String, Object> missing = new HashMap<>();
            missing.put("age", null);
            missing.put("plan", "gold");
            StudioException refused =
                    assertThrows(StudioException.class, () -> models.predict(model.id(), List.of(missing)));
            assertTrue(refused.what().contains("'age' has a missing value"), refused::what);
            assertThrows(StudioException.class, () -> models.predict(model.id(), Map.of("age", 1.5, "plan", "gold")));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 64, 4096})
    void aFixedNumberOfRowsIsFilledUp(int fixed) {
        SplittableRandom random = new SplittableRandom(fixed);
        List<Map<String, Object>> rows = IntStream.range(0, 130)
                .mapToObj(i -> Map.<String, Object>of("length", random.nextDouble(), "width", random.nextDouble(-1, 2)))
                .toList();
        OnnxOptions options = OnnxOptions.DEFAULT.named("iris").reading("length", "width");
        try (Studio studio = Studio.open(folder)) {
            Models models = Models.of(studio);
            TrainedModel open = imported(studio, OnnxFiles.classifier().bytes(), options);
            TrainedModel model = imported(studio, OnnxFiles.classifier(fixed).bytes(), options);

            assertEquals(open.classes(), model.classes());
            assertEquals(models.predict(open.id(), rows), models.predict(model.id(), rows));
            assertEquals(List.of(), models.predict(model.id(), List.of()));
            TrainedModel ages = imported(studio, OnnxFiles.columns(fixed).bytes(), OnnxOptions.DEFAULT.named("ages"));
            List<Prediction> told = models.predict(
                    ages.id(),
                    IntStream.range(0, 130)
                            .mapToObj(i -> Map.of("age", i, "plan", i % 2 == 0 ? "gold" : "tin"))
                            .toList());
            for (int i = 0; i < told.size(); i++) {
                assertEquals(2.0 * (i + (i % 2 == 0 ? 10 : 0)), told.get(i).value());
            }
        }
        try (Studio studio = Studio.open(folder)) { // in another life of the studio
            Models models = Models.of(studio);
            List<TrainedModel> versions = models.versions("iris");
            assertEquals(
                    models.predict(versions.get(1).id(), rows),
                    models.predict(versions.get(0).id(), rows));
        }
    }

    private record Leaf(@Nullable Double length, double width) {}

    @Test
    void ofARowWithAMissingNumberNothingIsTold() {
        try (Studio studio = Studio.inMemory()) {
            Models models = Models.of(studio);
            TrainedModel model = imported(
                    studio,
                    OnnxFiles.classifier().bytes(),
                    OnnxOptions.DEFAULT.reading("length", "width").predicting("kind"));
            Dataset leaves = studio.datasets()
                    .importRecords("leaves", Stream.of(new Leaf(null, 1), new Leaf(2.0, 1), new Leaf(-3.0, -2)));

            Map<String, Object> row = new HashMap<>();
            row.put("length", null);
            row.put("width", 1);
            Prediction told = models.predict(model.id(), row);
            Dataset all = models.predict(model.id(), leaves, "told");

            assertEquals(new Prediction("", Double.NaN, Map.of(), Map.of()), told);
            assertEquals("kind: the model tells nothing of this row", ModelText.prediction(model, told));
            try (Stream<Map<String, @Nullable Object>> rows = studio.datasets().rows(all)) {
                List<Map<String, @Nullable Object>> found = rows.toList();
                assertNull(found.get(0).get("predicted kind"));
                assertNull(found.get(0).get("share of setosa"));
                assertEquals("setosa", found.get(1).get("predicted kind"));
                assertEquals("virginica", found.get(2).get("predicted kind"));
            }
        }
    }

    @Test
    void aPreparationThatCannotBeReadLeavesPreparedFeatures() {
        for (String broken : List.of(
                "{",
                "{\"columns\":{}}",
                "{\"columns\":{\"a\":\"TEXT\",\"b\":\"DECIMAL\"},\"encoders\":[{\"kind\":\"plain\",\"column\":\"a\","
                        + "\"fill\":0,\"tellsMissing\":false},{\"kind\":\"plain\",\"column\":\"b\",\"fill\":0,"
                        + "\"tellsMissing\":false}],\"products\":[],\"kept\":[],\"shifts\":[0,0],\"factors\":[1,1]}",
                "{\"columns\":{\"b\":\"DECIMAL\"},\"encoders\":[{\"kind\":\"java.lang.Runtime\",\"column\":\"b\"}],"
                        + "\"products\":[],\"kept\":[],\"shifts\":[0],\"factors\":[1]}")) {
            byte[] file = OnnxFiles.classifier()
                    .property("studio.preparation", broken)
                    .property("studio.features", "[\"a in units\", \"b in units\"]")
                    .bytes();
            try (Studio studio = Studio.inMemory()) {
                TrainedModel model = imported(studio, file, OnnxOptions.DEFAULT);

                assertEquals(
                        List.of("a in units", "b in units"),
                        List.copyOf(model.columns().keySet()));
                assertTrue(model.warnings().get(0).contains("as they were prepared"), model.warnings()::toString);
            }
        }
    }

    static Stream<Arguments> refused() {
        byte[] good = OnnxFiles.classifier().bytes();
        byte[] flipped = good.clone();
        flipped[20] ^= 0x55;
        ErrorCode wrong = ErrorCode.INVALID_ARGUMENT;
        return Stream.of(
                Arguments.of(
                        "data elsewhere",
                        OnnxFiles.classifier()
                                .externalConstant("w", "../../etc/passwd")
                                .bytes(),
                        wrong,
                        "external_data"),
                Arguments.of(
                        "operators of others",
                        OnnxFiles.classifier().domain("com.example").bytes(),
                        wrong,
                        "com.example"),
                Arguments.of(
                        "a node of others",
                        OnnxFiles.classifier()
                                .node("Steal", "com.microsoft", List.of("X"), List.of("Y"), node -> {})
                                .bytes(),
                        wrong,
                        "com.microsoft"),
                Arguments.of(
                        "a loop within a branch",
                        OnnxFiles.classifier()
                                .node(
                                        "If",
                                        "",
                                        List.of("X"),
                                        List.of("Y"),
                                        node -> node.message(
                                                5,
                                                each -> each.text(1, "then_branch")
                                                        .message(
                                                                6,
                                                                graph -> graph.message(
                                                                        1, inner -> inner.text(4, "Loop")))))
                                .bytes(),
                        wrong,
                        "Loop"),
                Arguments.of(
                        "operators of its own",
                        OnnxFiles.classifier().function().bytes(),
                        wrong,
                        "of its own"),
                Arguments.of(
                        "pictures",
                        new OnnxFiles()
                                .input("X", OnnxFiles.FLOAT, -1, 3, 224, 224)
                                .output("Y", OnnxFiles.FLOAT, -1, 3, 224, 224)
                                .node("Identity", "", List.of("X"), List.of("Y"), node -> {})
                                .bytes(),
                        wrong,
                        "no rows of values"),
                Arguments.of(
                        "too many rows at a time",
                        OnnxFiles.classifier(4097).bytes(),
                        wrong,
                        "takes 4097 rows at a time, no fewer"),
                Arguments.of(
                        "numbers of rows that differ",
                        new OnnxFiles()
                                .input("X", OnnxFiles.FLOAT, 2, 1)
                                .input("Z", OnnxFiles.FLOAT, 3, 1)
                                .output("Y", OnnxFiles.FLOAT, -1, 1)
                                .node("Concat", "", List.of("X", "Z"), List.of("Y"), OnnxFiles.number("axis", 0))
                                .bytes(),
                        wrong,
                        "takes 3 rows of 'Z' and 2 of another input"),
                Arguments.of(
                        "half-precision numbers",
                        new OnnxFiles()
                                .input("X", 10, -1, 3)
                                .output("Y", 10, -1, 3)
                                .node("Identity", "", List.of("X"), List.of("Y"), node -> {})
                                .bytes(),
                        wrong,
                        "kind 10"),
                Arguments.of(
                        "nothing that is a prediction",
                        new OnnxFiles()
                                .input("X", OnnxFiles.FLOAT, -1, 3)
                                .output("Y", OnnxFiles.FLOAT, -1, 3)
                                .node("Identity", "", List.of("X"), List.of("Y"), node -> {})
                                .bytes(),
                        wrong,
                        "none is one number a row"),
                Arguments.of(
                        "an operator that is not there",
                        new OnnxFiles()
                                .input("X", OnnxFiles.FLOAT, -1, 3)
                                .output("Y", OnnxFiles.FLOAT, -1, 3)
                                .node("Steal", "", List.of("X"), List.of("Y"), node -> {})
                                .bytes(),
                        ErrorCode.FILE_MALFORMED,
                        "can't load"),
                Arguments.of("cut off", Arrays.copyOf(good, good.length / 2), ErrorCode.FILE_MALFORMED, "damaged"),
                Arguments.of("nothing", new byte[0], ErrorCode.FILE_MALFORMED, "no graph"),
                Arguments.of(
                        "no ONNX",
                        "id,name\n1,a\n".getBytes(StandardCharsets.UTF_8),
                        ErrorCode.FILE_MALFORMED,
                        "damaged"),
                Arguments.of("too large", new byte[OnnxFile.MOST_BYTES + 1], ErrorCode.LIMIT_EXCEEDED, "too large"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void refused(String what, byte[] file, ErrorCode code, String told) {
        try (Studio studio = Studio.inMemory()) {
            StudioException refused =
                    assertThrows(StudioException.class, () -> imported(studio, file, OnnxOptions.DEFAULT));

            assertEquals(code, refused.code(), refused::what);
            assertTrue(refused.what().contains(told), refused::what);
            assertFalse(refused.mend().isBlank());
            assertEquals(List.of(), Models.of(studio).list());
            assertEquals(
                    List.of(),
                    studio.artifacts().list(ArtifactKey.of(studio.caller()).resolve("models")));
        }
    }

    @Test
    void anyDamageIsRefusedAndNeverAnotherError() {
        byte[] good = OnnxFiles.classifier().bytes();
        SplittableRandom random = new SplittableRandom(8);
        try (Studio studio = Studio.inMemory()) {
            for (int i = 0; i < 150; i++) {
                byte[] damaged = good.clone();
                for (int j = 0; j <= i % 4; j++) {
                    damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
                }
                byte[] file = i % 5 == 0 ? Arrays.copyOf(damaged, random.nextInt(damaged.length)) : damaged;
                try {
                    imported(studio, file, OnnxOptions.DEFAULT.named("damaged"));
                } catch (StudioException e) {
                    assertTrue(
                            List.of(ErrorCode.FILE_MALFORMED, ErrorCode.INVALID_ARGUMENT, ErrorCode.LIMIT_EXCEEDED)
                                    .contains(e.code()),
                            e::toString);
                }
            }
        }
    }

    @Test
    void optionsThatDoNotFitAreRefused() {
        byte[] file = OnnxFiles.classifier().bytes();
        try (Studio studio = Studio.inMemory()) {
            for (OnnxOptions options : List.of(
                    OnnxOptions.DEFAULT.reading("a"),
                    OnnxOptions.DEFAULT.telling("setosa", "rose"),
                    OnnxOptions.DEFAULT.as(Task.REGRESSION))) {
                assertEquals(
                        ErrorCode.INVALID_ARGUMENT,
                        assertThrows(StudioException.class, () -> imported(studio, file, options))
                                .code());
            }
            assertThrows(StudioException.class, () -> OnnxOptions.DEFAULT.reading("a", "a"));
            assertThrows(StudioException.class, () -> OnnxOptions.DEFAULT.as(Task.CLUSTERING));
            assertThrows(
                    StudioException.class,
                    () -> Models.of(studio).importOnnx(folder.resolve("none.onnx"), OnnxOptions.DEFAULT));
        }
    }

    @Test
    void whatIsImportedBelongsToWhoImportedIt() throws IOException {
        Path file = folder.resolve("iris.onnx");
        Files.write(file, OnnxFiles.classifier().bytes());
        try (Studio studio = Studio.inMemory()) {
            TrainedModel model = Models.of(studio).importOnnx(file, OnnxOptions.DEFAULT);
            Models others =
                    Models.of(studio).as(new Caller("rivals", studio.caller().user()));

            assertEquals("iris", model.name());
            assertEquals(
                    2, Models.of(studio).importOnnx(file, OnnxOptions.DEFAULT).version());
            assertEquals(List.of(), others.list());
            assertEquals(
                    ErrorCode.TRAINED_MODEL_NOT_FOUND,
                    assertThrows(StudioException.class, () -> others.exportOnnx(model.id()))
                            .code());
        }
    }

    @Test
    void withoutTheRuntimeTheArtifactIsNamed() {
        StudioException refused =
                assertThrows(StudioException.class, () -> OnnxSession.require(ClassLoader.getPlatformClassLoader()));

        assertEquals(ErrorCode.DEPENDENCY_MISSING, refused.code());
        assertTrue(refused.mend().contains("com.microsoft.onnxruntime:onnxruntime:1.28.0"), refused::mend);
    }
}
