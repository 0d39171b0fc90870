package dev.datastudio.ml.device.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.ml.device.Card;
import dev.datastudio.ml.device.Devices;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Row A21: cards are found by programs that may be missing, broken or stuck. */
@EnabledOnOs(OS.LINUX)
class CardProbeTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private CardProbe.Found found(String script, Duration limit) throws IOException {
        Path program = Files.writeString(folder.resolve("nvidia-smi"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new CardProbe(Map.of("PATH", "relative:" + folder), folder.resolve("driver"), limit).look();
    }

    @Test
    void cardsAreRead() throws IOException {
        CardProbe.Found found = found(
                "echo 'NVIDIA H100 80GB HBM3, 81559, 550.54.15'; echo 'NVIDIA Thing, big, [N/A], 550.54.15'", LONG);

        assertEquals(
                List.of(
                        new Card("NVIDIA H100 80GB HBM3", 81_559L << 20, "550.54.15"),
                        new Card("NVIDIA Thing, big", 0, "550.54.15")),
                found.cards());
        assertEquals("Found by nvidia-smi.", found.note());
    }

    @Test
    void aProgramThatFailsIsTheReason() throws IOException {
        CardProbe.Found found = found("echo 'NVIDIA-SMI has failed: no driver.' >&2; exit 9", LONG);

        assertEquals(List.of(), found.cards());
        assertEquals("nvidia-smi finds no card: NVIDIA-SMI has failed: no driver.", found.note());
    }

    @Test
    void aProgramThatSaysNothingOrNonsenseFindsNoCard() throws IOException {
        assertEquals(
                "nvidia-smi finds no card: it says nothing.",
                found("exit 0", LONG).note());
        assertEquals(List.of(), found("echo 'No devices were found'", LONG).cards());
    }

    @Test
    void aStuckProgramIsEnded() throws IOException {
        long begin = System.nanoTime();
        CardProbe.Found found = found("sleep 100", Duration.ofMillis(300));

        assertEquals(List.of(), found.cards());
        assertTrue(found.note().contains("did not answer within"), found.note());
        assertTrue(Duration.ofNanos(System.nanoTime() - begin).toSeconds() < 30);
    }

    @Test
    void withoutTheProgramTheDriverIsAsked() throws IOException {
        Path driver = folder.resolve("driver");
        Path card = Files.createDirectories(driver.resolve("gpus/0000:01:00.0"));
        Files.writeString(card.resolve("information"), "Model: \t\t NVIDIA L4\nIRQ:   \t\t 42\n");
        CardProbe probe = new CardProbe(Map.of("PATH", folder.toString()), driver, LONG);

        assertEquals(List.of(new Card("NVIDIA L4", 0, "")), probe.look().cards());
        assertEquals("Found by the driver of NVIDIA.", probe.look().note());
    }

    @Test
    void hiddenCardsAreNotThere() {
        for (String hidden : List.of("", "-1")) {
            CardProbe.Found found = new CardProbe(Map.of("CUDA_VISIBLE_DEVICES", hidden), folder, LONG).look();
            assertEquals("Cards are hidden from this process by CUDA_VISIBLE_DEVICES.", found.note());
        }
        CardProbe.Found none = new CardProbe(Map.of(), folder, LONG).look();
        assertEquals("There is no nvidia-smi on the path and no driver of NVIDIA.", none.note());
    }

    @Test
    void aTextIsFoundAcrossTheEdgeOfTwoParts() throws IOException {
        String text = "x".repeat((1 << 20) - 7) + "No visible GPU is found" + "y".repeat(100);

        assertTrue(BoostingLibrary.has(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)), "No visible GPU"));
        assertFalse(BoostingLibrary.has(
                new ByteArrayInputStream(text.replace("GPU", "CPU").getBytes(StandardCharsets.ISO_8859_1)),
                "No visible GPU"));
    }

    /** The build that comes with Studio is one for the CPU, whatever cards there are. */
    @Test
    void theBuildOnBoardIsForTheCpu() {
        assertFalse(BoostingLibrary.isForCards());
        assertEquals(Devices.CPU, Devices.found().boosting());
        assertTrue(Devices.found().boostingNote().startsWith("Boosted trees are trained on the CPU: "));
        assertEquals(Runtime.getRuntime().availableProcessors(), Devices.found().cpuThreads());
    }
}
