package dev.datastudio.ml.train.internal.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.datastudio.core.Studio;
import dev.datastudio.ml.device.Devices;
import dev.datastudio.ml.registry.Models;
import dev.datastudio.testkit.JavaCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Row A21: what runs on a card of NVIDIA only, with builds for cards in the place of those for the CPU (docs/learning.md says
 * how). Elsewhere skipped, with what is missing.
 */
@Tag("card")
class CardTest {
    @TempDir
    Path folder;

    private static void requireCard() {
        Devices found = Devices.found();
        assumeTrue(!found.cards().isEmpty(), () -> "There is no card: " + found.cardsNote());
    }

    @Test
    void boostedTreesAreTrainedOnTheCard() throws Exception {
        requireCard();
        assumeTrue(
                Devices.found().boosting().equals(Devices.CUDA),
                () -> Devices.found().boostingNote());

        trainedOnTheCard("xg_boost");
    }

    @Test
    void networksAreTrainedOnTheCard() throws Exception {
        requireCard();
        assumeTrue(
                Torch.engine().getGpuCount() > 0,
                "PyTorch sees no card: its library is the one for the CPU, or for another CUDA than the driver's");

        trainedOnTheCard("multilayer_perceptron");
    }

    /** The card is used and said to be, the model is good, and another process reads and uses it. */
    private void trainedOnTheCard(String algorithm) throws Exception {
        Path workspace = folder.resolve("workspace");
        Path answer = folder.resolve("answer");
        Path log = folder.resolve("log");
        Process child = new ProcessBuilder(
                        JavaCommand.of(CardTraining.class, workspace.toString(), algorithm, answer.toString()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertTrue(child.waitFor(5, TimeUnit.MINUTES), "it did not end");
            assertEquals(0, child.exitValue(), Files.readString(log));
        } finally {
            child.destroyForcibly();
        }

        List<String> told = Files.readAllLines(answer);
        assertEquals("gpu:0", told.get(0));
        // A context of CUDA alone takes some hundred MiB.
        assertTrue(Long.parseLong(told.get(1)) > 50, () -> "the card has " + told.get(1) + " MiB less");
        assertTrue(Double.parseDouble(told.get(2)) > 0.95, () -> "R² " + told.get(2));
        try (Studio studio = Studio.open(workspace)) {
            Models models = Models.of(studio);
            double z = models.predict(models.find("surface").orElseThrow().id(), Map.of("x", 0.25, "y", 0.5))
                    .value();
            assertEquals(Math.sin(1.5) + 0.25, z, 0.15);
        }
    }
}
