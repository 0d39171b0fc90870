package dev.datastudio.ml.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Row A21: a card is asked for only where there is one and a build for it. */
class DevicesTest {
    private static final List<Card> ONE = List.of(new Card("NVIDIA L4", 24L << 30, "550"));

    @Test
    void bothAreNeeded() {
        assertEquals(Devices.CUDA, Devices.of(ONE, "Found by nvidia-smi.", true).boosting());
        assertEquals(Devices.CPU, Devices.of(List.of(), "None.", true).boosting());

        Devices plain = Devices.of(ONE, "Found by nvidia-smi.", false);
        assertEquals(Devices.CPU, plain.boosting());
        assertTrue(plain.boostingNote().contains("xgboost4j-spark-gpu_2.12"), plain::boostingNote);
    }
}
