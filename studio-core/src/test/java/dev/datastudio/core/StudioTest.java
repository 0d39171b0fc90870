package dev.datastudio.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.artifact.ArtifactKey;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.metadata.EntryChange;
import dev.datastudio.api.metadata.EntryKey;
import dev.datastudio.api.metadata.MetadataStore;
import dev.datastudio.api.secret.Secret;
import dev.datastudio.api.secret.SecretVault;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.artifact.ArtifactPaths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A studio from opening to closing (S1, D3). */
class StudioTest {
    @TempDir
    Path folder;

    @Test
    void keepsItsDataOverARestart() throws IOException {
        Path workspace = folder.resolve("workspace");
        Dataset first;
        try (Studio studio = Studio.open(workspace)) {
            first = studio.datasets().importFile(sales());
        }

        try (Studio studio = Studio.open(workspace)) {
            assertEquals(first, studio.datasets().get(first.id()));
            assertEquals(60L, sum(studio, first));
        }
    }

    @Test
    void leavesNothingBehindInMemory() throws IOException {
        Path workspace;
        try (Studio studio = Studio.inMemory()) {
            workspace = studio.workspace();
            Dataset dataset = studio.datasets().importFile(sales());
            assertEquals(60L, sum(studio, dataset));
            assertTrue(Files.exists(workspace));
        }

        assertFalse(Files.exists(workspace));
    }

    @Test
    void closesItsPartsTheLatestFirstAndOnce() {
        List<String> closed = new ArrayList<>();
        Studio studio = Studio.inMemory();
        studio.closing((AutoCloseable) () -> closed.add("first"));
        studio.closing((AutoCloseable) () -> closed.add("second"));

        studio.close();
        studio.close();

        assertEquals(List.of("second", "first"), closed);
    }

    @Test
    void saysThatItIsClosed() throws IOException {
        Path file = sales();
        Studio studio = Studio.inMemory();
        Dataset dataset = studio.datasets().importFile(file);
        studio.close();

        List<IllegalStateException> failures = List.of(
                assertThrows(
                        IllegalStateException.class, () -> studio.datasets().importFile(file)),
                assertThrows(IllegalStateException.class, () -> studio.query(List.of(dataset), "SELECT 1 AS n")),
                assertThrows(IllegalStateException.class, () -> studio.profile(dataset)));

        for (IllegalStateException failure : failures) {
            assertEquals("The studio is closed; open it again to use it", failure.getMessage());
        }
    }

    @Test
    void makesAFeatureOnce() {
        try (Studio studio = Studio.inMemory()) {
            StringBuilder one = studio.feature(StringBuilder.class, s -> new StringBuilder());

            assertSame(one, studio.feature(StringBuilder.class, s -> new StringBuilder()));
        }
    }

    @Test
    void forgetsWhatWasComputedFromADeletedDataSet() throws IOException {
        try (Studio studio = Studio.open(folder.resolve("workspace"))) {
            Dataset kept = studio.datasets().importFile(Files.writeString(folder.resolve("kept.csv"), "n\n1\n"));
            Dataset dataset = studio.datasets().importFile(sales());
            assertEquals(60L, sum(studio, dataset));
            studio.query(List.of(kept), "SELECT n FROM kept");
            ArtifactKey picture = ArtifactPaths.of(dataset).plot("sales");
            studio.artifacts().put(picture, new byte[] {1});
            long before = studio.cache().statistics().entries();

            studio.datasets().delete(dataset.id());

            assertTrue(studio.artifacts().find(picture).isEmpty());
            assertEquals(before - 1, studio.cache().statistics().entries());
            assertThrows(StudioException.class, () -> sum(studio, dataset));
        }
    }

    @Test
    void refusesTheDataSetsOfSomebodyElse() throws IOException {
        Path workspace = folder.resolve("workspace");
        try (Studio mine = Studio.open(workspace);
                Studio other = Studio.builder()
                        .workspace(workspace)
                        .caller(new Caller("acme", "eve"))
                        .build()) {
            Dataset dataset = mine.datasets().importFile(sales());

            StudioException failure = assertThrows(StudioException.class, () -> sum(other, dataset));

            assertEquals(ErrorCode.DATASET_NOT_FOUND, failure.code());
            assertTrue(other.datasets().list().isEmpty());
        }
    }

    @Test
    void keepsMetadataAndSealedSecretsOverARestart() {
        Path workspace = folder.resolve("workspace");
        EntryKey key = new EntryKey("local", "source", "1");
        try (Studio studio = Studio.open(workspace)) {
            assertFalse(Files.exists(workspace.resolve("key")));
            String sealed = studio.vault().seal("local", "source/1", Secret.of("s3cret"));
            studio.metadata().apply(EntryChange.insert(key, sealed, Map.of()));
            assertSame(studio.metadata(), studio.metadata());
            assertSame(studio.vault(), studio.vault());
        }

        try (Studio studio = Studio.open(workspace)) {
            String sealed = studio.metadata().find(key).orElseThrow().body();
            assertEquals(
                    "s3cret", studio.vault().open("local", "source/1", sealed).reveal());
        }
    }

    @Test
    void closesTheMetadataAndTheVaultThatItMadeButNotThoseItWasGiven() {
        Studio giving = Studio.inMemory();
        MetadataStore metadata = giving.metadata();
        SecretVault vault = giving.vault();
        Studio given =
                Studio.builder().temporary().metadata(metadata).vault(vault).build();
        assertSame(metadata, given.metadata());
        assertSame(vault, given.vault());

        given.close();
        String sealed = vault.seal("t", "p", Secret.of("x"));
        giving.close();

        assertThrows(IllegalStateException.class, () -> vault.open("t", "p", sealed));
        assertThrows(IllegalStateException.class, () -> metadata.find(new EntryKey("t", "k", "i")));
        assertThrows(IllegalStateException.class, giving::metadata);
    }

    @Test
    void makesAFeatureThatNeedsAnotherOne() {
        try (Studio studio = Studio.inMemory()) {
            List<?> both = studio.feature(
                    ArrayList.class, outer -> new ArrayList<>(List.of(outer.feature(Object.class, inner -> inner))));

            assertEquals(List.of(studio), both);
        }
    }

    private Path sales() throws IOException {
        return Files.writeString(folder.resolve("sales.csv"), "region,sales\nNorth,10\nSouth,20\nEast,30\n");
    }

    private static Object sum(Studio studio, Dataset dataset) {
        Object sum = studio.query(List.of(dataset), "SELECT CAST(sum(sales) AS BIGINT) AS total FROM sales")
                .rows()
                .get(0)
                .get(0);
        return Objects.requireNonNull(sum);
    }
}
