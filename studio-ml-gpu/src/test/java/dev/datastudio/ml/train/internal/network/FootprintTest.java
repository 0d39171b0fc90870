package dev.datastudio.ml.train.internal.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import dev.datastudio.ml.algorithm.Algorithm;
import dev.datastudio.ml.algorithm.DeepAlgorithm;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of the memory of layers before they are made, beside the layers themselves. */
class FootprintTest {
    @ParameterizedTest
    @CsvSource({
        "multilayer_perceptron, table, 7",
        "residual_network, table, 7",
        "convolutional_network, picture, 3072",
        "residual_network, picture, 3072",
        "convolutional_network, steps, 24",
        "recurrent_network, steps, 24",
        "recurrent_network, text, 64",
        "transformer, steps, 24",
        "transformer, text, 64",
        "residual_network, steps, 24",
        "autoencoder, table, 7"
    })
    void countsTheParametersThatThereAre(String name, String input, int features) {
        Algorithm plain = Algorithm.of(name, Map.of());
        DeepAlgorithm algorithm = (DeepAlgorithm)
                (List.of("autoencoder", "multilayer_perceptron").contains(name) ? plain : plain.with("input", input));
        counts(
                Architectures.of(algorithm, Architectures.input(algorithm, features), 3),
                Architectures.input(algorithm, features));
        assertTrue(Footprint.of(algorithm, features, 3).bytes(32) > 1_000);
    }

    @Test
    void countsThoseOfListedLayers() {
        for (String cell : List.of("rnn", "lstm", "gru")) {
            counts(
                    LayerList.parse(
                            "[{'type':'recurrent','cell':'CELL','units':5,'direction':'both','output':'all'},{'type':'batch_norm'}]"
                                    .replace('\'', '"')
                                    .replace("CELL", cell)),
                    new long[] {6, 2});
        }
    }

    private static void counts(List<Layer> layers, long[] input) {
        Torch.begin(Tasks.course());
        try (Trainee trainee = new Trainee(layers, input, Device.cpu())) {
            assertEquals(
                    Arrays.stream(trainee.values())
                            .mapToLong(each -> each.length)
                            .sum(),
                    Footprint.of(layers, input).parameters(),
                    layers::toString);
        } finally {
            Torch.end();
        }
    }
}
