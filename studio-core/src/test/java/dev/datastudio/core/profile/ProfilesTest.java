package dev.datastudio.core.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.dataset.Datasets;
import dev.datastudio.core.workspace.StateDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfilesTest {
    @TempDir
    Path folder;

    @Test
    void describesEachColumn() throws IOException {
        Path file = Files.writeString(
                folder.resolve("a.csv"),
                "n,s,d,empty\n1,x,2020-01-31,\n2,y,2020-01-01,\n3,x,,\n4,x,2021-05-05,\n10,y,2020-01-02,\n");
        try (StateDatabase state = StateDatabase.open(folder.resolve("state.db"))) {
            Datasets datasets = Datasets.of(state, folder.resolve("tenants"), InstantSource.system(), Caller.LOCAL);
            Dataset dataset = datasets.importFile(file);

            List<ColumnProfile> profiles = Profiles.of(datasets).compute(dataset, Cancellation.none());

            ColumnProfile n = profiles.get(0);
            assertEquals(4.0, n.mean());
            assertEquals(Math.sqrt(50 / 4.0), n.deviation(), 1e-12); // squared differences 9, 4, 1, 0, 36 over n - 1
            assertEquals(List.of(2.0, 3.0, 4.0), n.quartiles());
            assertEquals("1", n.min());
            assertEquals("10", n.max());
            assertEquals(List.of("x", "y"), profiles.get(1).top());
            assertEquals(1, profiles.get(2).nulls());
            assertEquals("2021-05-05", profiles.get(2).max());
            assertEquals(0, profiles.get(3).count());
            assertTrue(Double.isNaN(profiles.get(3).mean()));
        }
    }
}
