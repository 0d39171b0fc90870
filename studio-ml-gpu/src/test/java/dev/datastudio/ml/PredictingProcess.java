package dev.datastudio.ml;

import dev.datastudio.core.Studio;
import dev.datastudio.ml.registry.Models;
import dev.datastudio.ml.registry.TrainedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A process that writes down which Java it is and what all models of a workspace say of some rows, to the last bit. */
final class PredictingProcess {
    private PredictingProcess() {}

    public static void main(String[] arguments) throws IOException {
        try (Studio studio = Studio.open(Path.of(arguments[0]))) {
            String all = Runtime.version().feature() + "\n" + String.join("\n", told(studio));
            Files.writeString(Path.of(arguments[1]), all);
        }
    }

    /** A line a model, by their names. */
    static List<String> told(Studio studio) {
        Models models = Models.of(studio);
        List<Map<String, Object>> rows = IntStream.range(0, 40)
                .mapToObj(i -> Map.<String, Object>of(
                        "kind",
                        "kind " + i % 5,
                        "size",
                        i * 0.9,
                        "age",
                        i % 31,
                        "note",
                        "box " + i + " came on day " + i % 7))
                .toList();
        return models.list().stream()
                .sorted(Comparator.comparing(TrainedModel::name))
                .map(model -> model.name() + " " + models.predict(model.id(), rows))
                .toList();
    }
}
