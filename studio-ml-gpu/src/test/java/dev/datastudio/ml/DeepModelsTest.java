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
import dev.datastudio.ml.registry.Models;
import dev.datastudio.ml.registry.Prediction;
import dev.datastudio.ml.registry.TrainedModel;
import dev.datastudio.ml.spec.TrainingSpec;
import dev.datastudio.ml.spec.TrainingSpecJson;
import dev.datastudio.ml.train.Checkpoints;
import dev.datastudio.ml.train.Epoch;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Row A4: deep models of data sets. */
class DeepModelsTest {
    @TempDir
    Path folder;

    private record Point(String side, double x, double y, double product, String kind) {}

    /** Which of four quarters a point lies in, told as two classes, which no line parts. */
    private static Dataset quarters(Studio studio, int count) {
        SplittableRandom random = new SplittableRandom(3);
        return studio.datasets()
                .importRecords("quarters", IntStream.range(0, count).mapToObj(i -> {
                    double x = random.nextDouble(-1, 1);
                    double y = random.nextDouble(-1, 1);
                    return new Point(x > 0 ? "right" : "left", x, y, 100 + 10 * x * y, x * y > 0 ? "same" : "other");
                }));
    }

    private static TrainingSpec spec(String target, Map<String, ?> more) {
        return TrainingSpec.predicting(target).from("side", "x", "y").with(Algorithm.of("multilayer_perceptron", more));
    }

    private static final Map<String, ?> QUICK = Map.of("hidden", "16,16", "epochs", 30, "learningRate", 0.01);

    @Test
    void learnsWhatNoLineParts() {
        try (Studio studio = Studio.inMemory()) {
            Dataset quarters = quarters(studio, 800);
            List<Epoch> told = new ArrayList<>();

            TrainedModel straight = Training.of(studio)
                    .train(quarters, spec("kind", QUICK).with(Algorithm.of("logistic_regression", Map.of())));
            TrainedModel deep = Training.of(studio)
                    .train(quarters, spec("kind", QUICK), TrainingOptions.DEFAULT.tellingEpochs(told::add));
            TrainedModel number = Training.of(studio).train(quarters, spec("product", QUICK));

            assertTrue(straight.evaluation().metric("accuracy").value() < 0.8);
            assertTrue(deep.evaluation().metric("accuracy").value() > 0.92, deep.evaluation()::toString);
            assertTrue(number.evaluation().metric("r2").value() > 0.9, number.evaluation()::toString);
            assertEquals("cpu", deep.device());
            assertEquals(told, deep.history());
            assertEquals(deep, Models.of(studio).get(deep.id()));
            assertTrue(told.get(told.size() - 1).loss() < told.get(0).loss() / 2, told::toString);
            assertTrue(told.stream().allMatch(each -> each.validationLoss().isPresent()));
        }
    }

    @Test
    void theSameSpecGivesTheSameModelAlsoBesideAnother() throws InterruptedException {
        try (Studio studio = Studio.inMemory()) {
            Dataset quarters = quarters(studio, 300);
            TrainingSpec spec = spec("kind", Map.of("hidden", "8", "epochs", 8, "dropout", 0.3));

            TrainedModel first = Training.of(studio).train(quarters, spec);
            Thread other = new Thread(() -> Training.of(studio).train(quarters, spec.seeded(5)));
            other.start();
            TrainedModel again = Training.of(studio).train(quarters, spec);
            other.join();

            assertEquals(first.history(), again.history());
            assertEquals(first.evaluation(), again.evaluation());
        }
    }

    /** Keeps what was left last, and fails the training after some epochs. */
    static final class Kept implements Checkpoints {
        private final int failsAfter;
        private Optional<byte[]> state = Optional.empty();

        /** The epochs after which something was kept, in all trainings. */
        final List<Integer> after = new ArrayList<>();

        Kept(int failsAfter) {
            this.failsAfter = failsAfter;
        }

        @Override
        public Optional<byte[]> last() {
            return state;
        }

        @Override
        public void keep(int epoch, byte[] kept) {
            state = Optional.of(kept);
            after.add(epoch);
            if (epoch == failsAfter) {
                throw new CancellationException("the process ends");
            }
        }
    }

    @Test
    void aTrainingThatGoesOnEndsAsOneThatNeverStopped() {
        try (Studio studio = Studio.inMemory()) {
            Dataset quarters = quarters(studio, 300);
            TrainingSpec spec = spec("kind", Map.of("hidden", "8", "epochs", 9, "dropout", 0.2));
            TrainedModel whole = Training.of(studio).train(quarters, spec);
            Kept kept = new Kept(4);
            List<Epoch> told = new ArrayList<>();

            assertThrows(
                    CancellationException.class,
                    () -> Training.of(studio).train(quarters, spec, TrainingOptions.DEFAULT.keeping(kept)));
            TrainedModel rest = Training.of(studio)
                    .train(quarters, spec, TrainingOptions.DEFAULT.keeping(kept).tellingEpochs(told::add));

            assertEquals(List.of(1, 2, 3, 4, 5, 6, 7, 8, 9), kept.after); // none was learnt again
            assertEquals(whole.history(), told);
            assertEquals(whole.history(), rest.history());
            assertEquals(whole.evaluation(), rest.evaluation());
            byte[] ofThis = kept.state.orElseThrow();
            StudioException other = assertThrows(
                    StudioException.class,
                    () -> Training.of(studio).train(quarters, spec.seeded(9), TrainingOptions.DEFAULT.keeping(kept)));
            assertEquals(ErrorCode.CHECKPOINT_DAMAGED, other.code());
            kept.state = Optional.of(java.util.Arrays.copyOf(ofThis, ofThis.length - 9));
            StudioException cut = assertThrows(
                    StudioException.class,
                    () -> Training.of(studio).train(quarters, spec, TrainingOptions.DEFAULT.keeping(kept)));
            assertEquals(ErrorCode.CHECKPOINT_DAMAGED, cut.code());
        }
    }

    @Test
    void aCancelledTrainingEndsBetweenTwoSteps() {
        try (Studio studio = Studio.inMemory()) {
            Dataset quarters = quarters(studio, 300);
            Cancellation cancellation = Cancellation.create();
            TrainingOptions options =
                    TrainingOptions.DEFAULT.stoppedBy(cancellation).tellingEpochs(epoch -> cancellation.cancel());

            StudioException error = assertThrows(
                    StudioException.class,
                    () -> Training.of(studio).train(quarters, spec("kind", Map.of("epochs", 1000)), options));

            assertEquals(ErrorCode.CANCELLED, error.code());
            assertEquals(List.of(), Models.of(studio).list());
        }
    }

    private record Remark(String text, String mood) {}

    @Test
    void wordsOfATextAreReadInTheirOrder() {
        SplittableRandom random = new SplittableRandom(4);
        List<String> fill = List.of("the", "tea", "was", "served", "late", "today", "again");
        String id;
        List<Prediction> before;
        List<Map<String, String>> rows =
                List.of(Map.of("text", "the tea was not good"), Map.of("text", "not late, the tea was good today"));
        try (Studio studio = Studio.open(folder)) {
            // "not good" is bad and "good ... not" is good: a bag of words can't tell them apart.
            Dataset remarks = studio.datasets()
                    .importRecords("remarks", IntStream.range(0, 600).mapToObj(i -> {
                        boolean isGood = random.nextBoolean();
                        List<String> words = new ArrayList<>();
                        for (int j = 0; j < 8; j++) {
                            words.add(fill.get(random.nextInt(fill.size())));
                        }
                        int at = random.nextInt(3);
                        words.add(at, isGood ? "good" : "not");
                        words.add(at + 3 + random.nextInt(3), isGood ? "not" : "good");
                        return new Remark(String.join(" ", words), isGood ? "happy" : "cross");
                    }));
            TrainingSpec spec = TrainingSpec.predicting("mood")
                    .from("text")
                    .with(Algorithm.of(
                            "recurrent_network",
                            Map.of(
                                    "cell",
                                    "gru",
                                    "units",
                                    16,
                                    "textLength",
                                    12,
                                    "words",
                                    50,
                                    "epochs",
                                    15,
                                    "learningRate",
                                    0.01)));

            TrainedModel model = Training.of(studio).train(remarks, spec);

            assertTrue(model.evaluation().metric("accuracy").value() > 0.95, model.evaluation()::toString);
            assertTrue(TrainingSpecJson.write(model.spec()).contains("\"input\":\"text\""));
            id = model.id();
            before = Models.of(studio).predict(id, rows);
        }
        try (Studio studio = Studio.open(folder)) {
            assertEquals(before, Models.of(studio).predict(id, rows));
        }
    }

    private record Shape(String file, String shape) {}

    private static String picture(boolean isRound, int x, int y, int size) {
        return Base64.getEncoder().encodeToString(file(isRound, x, y, size));
    }

    private static byte[] file(boolean isRound, int x, int y, int size) {
        BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.ORANGE);
        if (isRound) {
            graphics.drawOval(x, y, size, size);
        } else {
            graphics.drawLine(x, y, x + size, y + size);
            graphics.drawLine(x + size, y, x, y + size);
        }
        graphics.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    @Test
    void picturesAreToldApartWhereverTheShapeIs() {
        SplittableRandom random = new SplittableRandom(4);
        try (Studio studio = Studio.open(folder)) {
            Dataset shapes = studio.datasets()
                    .importRecords("shapes", IntStream.range(0, 300).mapToObj(i -> {
                        boolean isRound = random.nextBoolean();
                        String file = picture(isRound, random.nextInt(24), random.nextInt(14), 8 + random.nextInt(8));
                        return new Shape(file, isRound ? "ring" : "cross");
                    }));
            TrainingSpec spec = TrainingSpec.predicting("shape")
                    .from("file")
                    .with(Algorithm.of(
                            "convolutional_network",
                            Map.of(
                                    "pictureSize",
                                    24,
                                    "filters",
                                    "8,16",
                                    "hidden",
                                    "",
                                    "epochs",
                                    15,
                                    "learningRate",
                                    0.01)));

            TrainedModel model = Training.of(studio).train(shapes, spec);

            assertTrue(model.evaluation().metric("accuracy").value() > 0.9, model.evaluation()::toString);
            Map<String, String> ring = Map.of("file", picture(true, 5, 9, 12));
            assertEquals("ring", Models.of(studio).predict(model.id(), ring).label());
            StudioException none = assertThrows(
                    StudioException.class, () -> Models.of(studio).predict(model.id(), Map.of("file", "aGVsbG8=")));
            assertTrue(none.what().contains("'file' holds something that is no picture"), none::what);
        }
    }

    @Test
    void foldersOfPicturesBecomeADataSet() throws IOException {
        for (int i = 0; i < 6; i++) {
            Path of = Files.createDirectories(folder.resolve(i % 2 == 0 ? "ring" : "cross"));
            Files.write(of.resolve(i + ".png"), file(i % 2 == 0, i, i, 10));
            Files.writeString(of.resolve("notes.txt"), "no picture");
        }
        try (Studio studio = Studio.inMemory()) {
            Dataset shapes = PictureFolders.of(studio).load(folder, 16, "shapes");

            assertEquals(
                    List.of(List.of("cross", 3L, "1.png"), List.of("ring", 3L, "0.png")),
                    studio.query(
                                    List.of(shapes),
                                    "SELECT \"of\", count(*), min(file) FROM shapes GROUP BY \"of\" ORDER BY \"of\"")
                            .rows());
            // A file of 70 bytes that claims to have 40,000 points a side.
            byte[] bomb = file(true, 1, 1, 5);
            java.nio.ByteBuffer.wrap(bomb).putInt(16, 40_000).putInt(20, 40_000);
            java.util.zip.CRC32 sum = new java.util.zip.CRC32();
            sum.update(bomb, 12, 17);
            java.nio.ByteBuffer.wrap(bomb).putInt(29, (int) sum.getValue());
            Files.write(folder.resolve("ring/bomb.png"), bomb);
            StudioException refused = assertThrows(
                    StudioException.class, () -> PictureFolders.of(studio).load(folder, 16, "bombs"));
            assertEquals(ErrorCode.FILE_MALFORMED, refused.code());
            assertTrue(
                    refused.what().contains("bomb.png") && refused.what().contains("1600000000 points"), refused::what);
            StudioException none = assertThrows(
                    StudioException.class, () -> PictureFolders.of(studio).load(folder.resolve("ring"), 16, "none"));
            assertEquals(ErrorCode.FILE_HAS_NO_ROWS, none.code());
        }
    }

    private record Window(double back3, double back2, double back1, double next) {}

    @Test
    void theNextValueOfASeriesIsPredicted() {
        double[] series = IntStream.range(0, 400)
                .mapToDouble(i -> 50 + 10 * Math.sin(i * 0.7) + 5 * Math.sin(i * 0.31))
                .toArray();
        try (Studio studio = Studio.inMemory()) {
            Dataset windows = studio.datasets()
                    .importRecords(
                            "windows",
                            IntStream.range(3, 400)
                                    .mapToObj(i -> new Window(series[i - 3], series[i - 2], series[i - 1], series[i])));
            TrainingSpec spec = TrainingSpec.predicting("next")
                    .from("back3", "back2", "back1")
                    .with(Algorithm.of("recurrent_network", Map.of("units", 16, "epochs", 40, "learningRate", 0.01)));

            TrainedModel model = Training.of(studio).train(windows, spec);

            assertTrue(model.evaluation().metric("r2").value() > 0.9, model.evaluation()::toString);
        }
    }

    @Test
    void aSpecThatCannotBeLearntSaysWhy() {
        try (Studio studio = Studio.inMemory()) {
            Dataset quarters = quarters(studio, 100);
            Map<String, String> wrong = Map.of(
                    "[{'type':'dense','units':4},{'type':'convolution'}]",
                            "Layer 2 (convolution) can't take a list of 4",
                    "[{'type':'dens'}]", "Layer 1 has the unknown type",
                    "[{'type':'dense','units':0}]", "Layer 1: The parameter units of dense must be between 1 and 65536",
                    "[{'type':'dense','unit':3}]", "Layer 1: dense has no parameter 'unit'",
                    "[{'type':'residual','layers':[{'type':'dense'},{'type':'recurrent'}]}]",
                            "Layer 1.2 (recurrent) can't",
                    "{}", "The layers must be a JSON list",
                    "[", "The layers are no JSON");
            wrong.forEach((layers, what) -> {
                StudioException error = assertThrows(
                        StudioException.class,
                        () -> Training.of(studio)
                                .train(
                                        quarters,
                                        spec("kind", QUICK)
                                                .with(Algorithm.of(
                                                        "custom_network",
                                                        Map.of("layers", layers.replace('\'', '"'))))),
                        layers);
                assertEquals(ErrorCode.INVALID_ARGUMENT, error.code());
                assertTrue(error.what().contains(what), error::what);
            });
            StudioException framework = assertThrows(
                    StudioException.class,
                    () -> Algorithm.of("multilayer_perceptron", Map.of("framework", "tensorflow")));
            assertTrue(framework.what().contains("can't be trained with tensorflow"), framework::what);
            StudioException steps = assertThrows(
                    StudioException.class,
                    () -> Training.of(studio)
                            .train(quarters, spec("kind", QUICK).with(Algorithm.of("recurrent_network", Map.of()))));
            assertTrue(steps.what().contains("'side' holds words and can't be a step"), steps::what);
            StudioException infinite = assertThrows(
                    StudioException.class,
                    () -> Training.of(studio)
                            .train(
                                    quarters,
                                    spec(
                                            "product",
                                            Map.of("optimizer", "sgd", "learningRate", 1, "hidden", "64,64,64"))));
            assertTrue(infinite.mend().contains("smaller learningRate"), infinite::getMessage);
        }
    }

    @Test
    void layersAreListedAsJson() {
        TrainingSpec spec = TrainingSpecJson.parse("""
                {"target": "kind", "features": ["x", "y"], "algorithm": {"type": "custom_network", "epochs": 40,
                 "learningRate": 0.01, "layers": [{"type": "dense", "units": 24}, {"type": "batch_norm"},
                 {"type": "activation", "function": "tanh"}, {"type": "residual", "layers": [{"type": "dense",
                 "units": 16}, {"type": "layer_norm"}, {"type": "activation"}]}, {"type": "dropout", "rate": 0.1}]}}
                """);
        try (Studio studio = Studio.inMemory()) {
            TrainedModel model = Training.of(studio).train(quarters(studio, 800), spec);

            assertTrue(model.evaluation().metric("accuracy").value() > 0.9, model.evaluation()::toString);
            assertEquals(spec.algorithm().with("input", "table"), model.spec().algorithm());
            assertEquals(model.spec(), TrainingSpecJson.parse(TrainingSpecJson.write(model.spec())));
        }
    }

    private record Mixed(
            String file, String picture, String remark, double back2, String colour, double back1, String kind) {}

    /** Nobody names columns: each architecture takes those that it can read, and says what it leaves out. */
    @Test
    void columnsAreChosenByWhatAnArchitectureReads() {
        SplittableRandom random = new SplittableRandom(4);
        try (Studio studio = Studio.inMemory()) {
            Dataset mixed = studio.datasets()
                    .importRecords("mixed", IntStream.range(0, 60).mapToObj(i -> {
                        String picture = picture(i % 2 == 0, random.nextInt(9), random.nextInt(9), 9);
                        String remark = "it was number " + i + " of them all";
                        String colour = random.nextBoolean() ? "red" : "blue";
                        return new Mixed(i + ".png", picture, remark, i, colour, i + 1, i % 2 == 0 ? "ring" : "cross");
                    }));
            Map<String, List<String>> chosen = Map.of(
                    "convolutional_network", List.of("picture"),
                    "recurrent_network", List.of("remark"),
                    "transformer steps", List.of("back2", "back1"),
                    "convolutional_network text", List.of("remark"));

            chosen.forEach((how, columns) -> {
                String[] parts = how.split(" ", -1);
                Map<String, Object> parameters = new java.util.HashMap<>(Map.of("epochs", 1));
                if (parts.length > 1) {
                    parameters.put("input", parts[1]);
                }
                TrainedModel model = Training.of(studio)
                        .train(mixed, TrainingSpec.predicting("kind").with(Algorithm.of(parts[0], parameters)));
                assertEquals(columns, List.copyOf(model.columns().keySet()), how);
                assertEquals(columns, model.spec().features(), how);
                assertTrue(
                        model.warnings().stream().anyMatch(each -> each.contains(" and leaves out 'file'")),
                        () -> how + ": " + model.warnings());
            });
        }
    }
}
