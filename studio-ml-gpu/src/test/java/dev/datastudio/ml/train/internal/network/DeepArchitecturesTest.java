package dev.datastudio.ml.train.internal.network;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.ml.algorithm.Algorithm;
import dev.datastudio.ml.algorithm.DeepAlgorithm;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Row A4: each architecture learns what a wrong one can't. */
class DeepArchitecturesTest {
    private static DeepAlgorithm spec(String name, Map<String, ?> parameters) {
        return (DeepAlgorithm) Algorithm.of(name, parameters);
    }

    @Test
    void denseLayersTellSpiralsApart() {
        DeepAlgorithm straight =
                spec("multilayer_perceptron", Map.of("hidden", "", "learningRate", 0.01, "epochs", 20));
        DeepAlgorithm bent = straightWith(straight, "hidden", "32,32").reading(straight.reading());
        bent = straightWith(bent, "epochs", 80);

        double line = Tasks.accuracy(straight, 2, 1_000, 2, Tasks::spirals);
        double spirals = Tasks.accuracy(bent, 2, 1_000, 2, Tasks::spirals);

        assertTrue(line < 0.75, () -> "a line " + line);
        assertTrue(spirals > 0.95, () -> "layers " + spirals);
    }

    private static DeepAlgorithm straightWith(DeepAlgorithm spec, String name, Object value) {
        return (DeepAlgorithm) spec.with(name, value);
    }

    @Test
    void convolutionsSeeALineWhereverItIs() {
        double accuracy = Tasks.accuracy(
                spec(
                        "convolutional_network",
                        Map.of(
                                "input", "picture",
                                "pictureSize", 12,
                                "colours", "grey",
                                "filters", "8,16",
                                "hidden", "",
                                "epochs", 15,
                                "learningRate", 0.01)),
                4,
                800,
                144,
                Tasks::lines);

        assertTrue(accuracy > 0.95, () -> "lines " + accuracy);
    }

    @ParameterizedTest
    @CsvSource({"lstm, forward", "gru, forward", "rnn, both", "lstm, both"})
    @Tag("nightly")
    void recurrentCellsRememberTheFirstStep(String cell, String direction) {
        double accuracy = Tasks.accuracy(
                spec(
                        "recurrent_network",
                        Map.of(
                                "input",
                                "steps",
                                "valuesPerStep",
                                2,
                                "cell",
                                cell,
                                "direction",
                                direction,
                                "units",
                                16,
                                "epochs",
                                40,
                                "learningRate",
                                0.01)),
                2,
                800,
                32,
                Tasks::longAgo);

        assertTrue(accuracy > 0.97, () -> cell + " " + direction + " " + accuracy);
    }

    @ParameterizedTest
    @CsvSource({"rnn", "lstm", "gru"})
    void recurrentCellsKnowTheOrderOfSteps(String cell) {
        double accuracy = Tasks.accuracy(
                spec(
                        "recurrent_network",
                        Map.of("input", "steps", "cell", cell, "units", 16, "epochs", 30, "learningRate", 0.01)),
                2,
                800,
                16,
                Tasks::order);

        assertTrue(accuracy > 0.95, () -> cell + " " + accuracy);
    }

    @Test
    @Tag("nightly")
    void aTransformerFindsStepsByTheirPositions() {
        double accuracy = Tasks.accuracy(
                spec(
                        "transformer",
                        Map.of(
                                "input", "steps",
                                "width", 16,
                                "heads", 2,
                                "depth", 2,
                                "dropout", 0,
                                "epochs", 40,
                                "learningRate", 0.003)),
                2,
                900,
                10,
                Tasks::matching);

        assertTrue(accuracy > 0.95, () -> "matching " + accuracy);
    }

    @Test
    @Tag("nightly")
    void residualBlocksAreLearntWhereAPlainStackIsNot() {
        DeepAlgorithm residual = spec(
                "residual_network",
                Map.of("input", "table", "widths", "16", "blocks", 20, "epochs", 40, "learningRate", 0.005));
        StringBuilder layers = new StringBuilder("[");
        for (int i = 0; i < 41; i++) {
            layers.append(i == 0 ? "" : ",").append("{\"type\":\"dense\",\"units\":16},{\"type\":\"activation\"}");
        }
        DeepAlgorithm plain = spec(
                "custom_network",
                Map.of("input", "table", "layers", layers + "]", "epochs", 40, "learningRate", 0.005));

        double with = Tasks.accuracy(residual, 2, 1_000, 2, Tasks::spirals);
        double without = Tasks.accuracy(plain, 2, 1_000, 2, Tasks::spirals);

        assertTrue(with > 0.95, () -> "residual " + with);
        assertTrue(without < 0.8, () -> "plain " + without);
    }
}
