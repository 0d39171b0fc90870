package dev.datastudio.agents.ask.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.agents.planner.ValueLookup;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.core.Studio;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The values of data sets are read once and held within a bound (D12). */
class StoredValuesTest {
    @TempDir
    Path folder;

    private Dataset imported(Studio studio, String name, String... rows) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, "town,amount\n" + String.join("\n", rows) + "\n");
        return studio.datasets().importFile(file);
    }

    @Test
    void readsTheValuesOfEachDataSetOnce() throws IOException {
        try (Studio studio = Studio.inMemory()) {
            Dataset north = imported(studio, "north.csv", "Kiel,1", "Jena,2", "Kiel,3");
            Dataset south = imported(studio, "south.csv", "Ulm,1", "Ulm,2");
            StoredValues values = new StoredValues(studio);

            ValueLookup one = values.of(studio.caller(), List.of(north));
            ValueLookup both = values.of(studio.caller(), List.of(north, south));

            assertSame(one, values.of(studio.caller(), List.of(north)));
            assertEquals(both, values.of(studio.caller(), List.of(north, south)));
            assertEquals(List.of("Jena", "Kiel"), both.values(north, north.column("town")));
            assertEquals(List.of("Ulm"), both.values(south, south.column("town")));
            assertTrue(values.bytes() > 0 && values.bytes() < StoredValues.MAX_BYTES);
        }
    }
}
