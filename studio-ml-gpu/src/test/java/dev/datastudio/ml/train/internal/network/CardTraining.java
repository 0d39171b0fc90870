package dev.datastudio.ml.train.internal.network;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.core.Studio;
import dev.datastudio.ml.Training;
import dev.datastudio.ml.TrainingOptions;
import dev.datastudio.ml.algorithm.Algorithm;
import dev.datastudio.ml.registry.TrainedModel;
import dev.datastudio.ml.spec.TrainingSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A process of its own that trains on a card: what CUDA takes of the card's memory when a process first uses it stays taken
 * as long as the process lives, so that it tells whether the card was used, whatever the library says.
 */
final class CardTraining {
    private CardTraining() {}

    private record Point(double x, double y, double z) {}

    /**
     * Trains, and writes the device, how many MiB the card has less, and R².
     *
     * @param arguments the workspace, the algorithm, and the file to write
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Map<String, ?> parameters = arguments[1].equals("xg_boost")
                ? Map.of("rounds", 60)
                : Map.of("epochs", 60, "learningRate", 0.01, "hidden", "64,64");
        long before = taken();
        try (Studio studio = Studio.open(Path.of(arguments[0]))) {
            Dataset points = studio.datasets()
                    .importRecords("points", IntStream.range(0, 2_000).mapToObj(i -> {
                        double x = i * 37 % 101 / 101.0;
                        double y = i * 53 % 97 / 97.0;
                        return new Point(x, y, Math.sin(6 * x) + y * y);
                    }));
            TrainedModel model = Training.of(studio)
                    .train(
                            points,
                            TrainingSpec.predicting("z").with(Algorithm.of(arguments[1], parameters)),
                            TrainingOptions.DEFAULT.named("surface"));
            Files.write(
                    Path.of(arguments[2]),
                    List.of(
                            model.device(),
                            String.valueOf(taken() - before),
                            String.valueOf(model.evaluation().metric("r2").value())));
        }
    }

    /** MiB of the first card, by nvidia-smi. */
    private static long taken() throws IOException, InterruptedException {
        Process asked = new ProcessBuilder(
                        "nvidia-smi", "--id=0", "--query-gpu=memory.used", "--format=csv,noheader,nounits")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String told = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (asked.waitFor() != 0) {
            throw new IOException("nvidia-smi failed: " + told);
        }
        return Long.parseLong(told);
    }
}
