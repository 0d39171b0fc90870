package dev.datastudio.ml.device;

import java.util.Objects;

/**
 * A card of NVIDIA. Immutable.
 *
 * @param name as its driver tells it: {@code NVIDIA H100 80GB HBM3}
 * @param memoryBytes its own memory; 0 when the driver does not tell
 * @param driver the version of the driver; empty when it is not known
 */
public record Card(String name, long memoryBytes, String driver) {
    public Card {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(driver, "driver");
    }
}
