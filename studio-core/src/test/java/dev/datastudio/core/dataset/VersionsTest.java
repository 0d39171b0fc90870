package dev.datastudio.core.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.dataset.Origin;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.workspace.StateDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VersionsTest {
    @TempDir
    Path folder;

    @Test
    void countsTheImportsOfOneName() {
        try (DatasetsFixture studio = new DatasetsFixture(folder)) {
            Dataset first = studio.importText("n\n1\n");
            Dataset second = studio.importText("n\n2\n");
            Dataset other = studio.datasets().importFile(studio.write("other.csv", "n\n1\n"));

            assertEquals(1, first.version());
            assertEquals(2, second.version());
            assertEquals(1, other.version());
            assertEquals(first.table(), second.table());
            assertEquals(Origin.of(Origin.FILE, "data.csv"), second.origin());
            assertEquals(List.of(second, first), studio.datasets().versions("data.csv"));
            assertEquals(Optional.of(second), studio.datasets().find("data.csv"));
            assertEquals(List.of("1"), studio.column(studio.datasets().get(first.id()), 0));
        }
    }

    @Test
    void givesTheVersionThatIsThereForTheSameBytes() {
        try (DatasetsFixture studio = new DatasetsFixture(folder)) {
            Dataset first = studio.importText("n\n1\n");
            Dataset again = studio.importText("n\n1\n");

            assertEquals(first, again);
            assertEquals(List.of(first), studio.datasets().versions("data.csv"));
        }
    }

    @Test
    void makesTheNewestVersionOfTheContentOfAnOlderOne() {
        try (DatasetsFixture studio = new DatasetsFixture(folder)) {
            Path file = studio.write("data.csv", "n\n1\n");
            Dataset first = studio.datasets().importFile(file);
            Dataset second = studio.importText("n\n2\n");
            Dataset third = studio.importText("n\n1\n");
            Dataset again = studio.importText("n\n1\n");

            assertEquals(3, third.version());
            assertEquals(first.contentHash(), third.contentHash());
            assertEquals(third, again);
            assertEquals(List.of(third, second, first), studio.datasets().versions("data.csv"));
            assertEquals(List.of("1"), studio.column(third, 0));
            studio.datasets().delete(third.id());
            assertEquals(List.of("1"), studio.column(first, 0));
        }
    }

    @Test
    void countsForEachUserAlone() {
        try (DatasetsFixture studio = new DatasetsFixture(folder)) {
            studio.importText("n\n1\n");
            Datasets theirs = studio.datasets().as(new Caller("local", "other"));

            Dataset dataset = theirs.importFile(studio.write("data.csv", "n\n2\n"));

            assertEquals(1, dataset.version());
            assertEquals(List.of(dataset), theirs.versions("data.csv"));
        }
    }

    @Test
    void goesOnAfterADeletedVersion() {
        try (DatasetsFixture studio = new DatasetsFixture(folder)) {
            Dataset first = studio.importText("n\n1\n");
            studio.importText("n\n2\n");
            studio.datasets().delete(first.id());

            assertEquals(3, studio.importText("n\n3\n").version());
        }
    }

    @Test
    void numbersConcurrentImportsOfSeveralWorkspacesOnOneFolderApart() throws InterruptedException, ExecutionException {
        int count = 12;
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<DatasetsFixture> studios = new ArrayList<>();
        try {
            for (int i = 0; i < 2; i++) { // as two processes: nothing in memory is shared
                studios.add(new DatasetsFixture(folder));
            }
            List<Future<Dataset>> results = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                Datasets datasets = studios.get(i % 2).datasets();
                int n = i;
                results.add(threads.submit(() -> datasets.importRecords("rows", List.of(new Row(n)))));
            }

            Set<Integer> versions = new HashSet<>();
            for (Future<Dataset> result : results) {
                versions.add(result.get().version());
            }
            assertEquals(count, versions.size());
            assertTrue(versions.contains(1) && versions.contains(count), versions.toString());
        } finally {
            threads.shutdownNow();
            studios.forEach(DatasetsFixture::close);
        }
    }

    record Row(int n) {}

    @Test
    void buildsAVersionAgainWhoseRowsWereDamaged() throws IOException {
        try (DatasetsFixture studio = new DatasetsFixture(folder)) {
            Path file = studio.write("data.csv", "n\n1\n");
            Dataset first = studio.datasets().importFile(file);
            Path rows = studio.datasets().file(first);
            damage(rows, "no database".getBytes(StandardCharsets.UTF_8));

            Dataset again = studio.datasets().importFile(file);

            assertEquals(first.id(), again.id());
            assertEquals(1, again.version());
            assertEquals(List.of("1"), studio.column(again, 0));
            studio.assertClean(1);

            Path newRows = studio.datasets().file(again);
            byte[] flipped = Files.readAllBytes(newRows);
            for (int i = 3 * 4096; i < flipped.length; i++) {
                flipped[i] ^= 1;
            }
            damage(newRows, flipped);
            assertEquals(List.of("1"), studio.column(studio.datasets().importFile(file), 0));
        }
    }

    /** Some time after the import: a file system's clock may not tell times of one instant apart. */
    private static void damage(Path file, byte[] content) throws IOException {
        FileTime before = Files.getLastModifiedTime(file);
        Files.write(file, content);
        Files.setLastModifiedTime(file, FileTime.from(before.toInstant().plusSeconds(1)));
    }

    @Test
    void numbersTheImportsOfAWorkspaceOfTheFirstSchema() throws IOException, SQLException {
        Path file = folder.resolve("state.db");
        writeFirstSchema(file);

        try (StateDatabase state = StateDatabase.open(file)) {
            Datasets datasets = Datasets.of(state, folder, InstantSource.system(), new Caller("t", "u"));

            assertEquals(
                    List.of("3 c", "2 b", "1 a"),
                    datasets.versions("sales.csv").stream()
                            .map(d -> d.version() + " " + d.contentHash())
                            .toList());
            assertEquals(1, datasets.versions("other.csv").get(0).version());
            assertEquals(
                    Origin.FILE, datasets.versions("other.csv").get(0).origin().kind());
            assertEquals(
                    Origin.ROWS, datasets.versions("sales.csv").get(0).origin().kind());
            assertEquals(
                    List.of(1),
                    datasets.as(new Caller("t", "v")).versions("sales.csv").stream()
                            .map(Dataset::version)
                            .toList());
        }
    }

    /** A database that only the first script made, with rows in the order b, a, c but imported as a, b, c. */
    private void writeFirstSchema(Path file) throws IOException, SQLException {
        Path scripts = Files.createDirectory(folder.resolve("scripts"));
        String name = "V1__catalogue_and_result_cache.sql";
        try (var in =
                Objects.requireNonNull(StateDatabase.class.getResourceAsStream("/db/migration/sqlite/" + name), name)) {
            Files.copy(in, scripts.resolve(name));
        }
        String url = "jdbc:sqlite:" + file;
        Flyway.configure()
                .dataSource(url, "", "")
                .locations("filesystem:" + scripts)
                .load()
                .migrate();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            insert(statement, "u", "sales.csv", "b", 2_000, null);
            insert(statement, "u", "sales.csv", "a", 1_000, null);
            insert(statement, "u", "sales.csv", "c", 2_000, null);
            insert(statement, "v", "sales.csv", "a", 1_500, null);
            insert(statement, "u", "other.csv", "a", 1_500, "/data/other.csv");
        }
    }

    private static void insert(
            Statement statement, String user, String name, String hash, long at, @Nullable String path)
            throws SQLException {
        String columns = "[{\"name\":\"n\",\"type\":\"INTEGER\",\"role\":\"MEASURE\",\"unit\":\"\","
                + "\"distinct\":1,\"nulls\":0}]";
        String source = path == null ? "NULL" : "'" + path + "'";
        statement.execute("INSERT INTO dataset VALUES ('" + java.util.UUID.randomUUID() + "', 't', '" + user + "', '"
                + name + "', 'x', '" + hash + "', 1, '" + columns + "', '[]', " + at + ", 't/u/uploads/1', " + source
                + ", 0, NULL)");
    }

    @Test
    void keepsNoUploadOfAnImportThatFailed() {
        try (DatasetsFixture studio = new DatasetsFixture(folder)) {
            studio.importText("n\n1\n");
            try (Stream<Row> rows = Stream.of(new Row(1)).map(r -> {
                throw new IllegalStateException("broken");
            })) {
                assertThrows(
                        IllegalStateException.class, () -> studio.datasets().importRecords("data.csv", rows));
            }
            studio.assertClean(1);
        }
    }
}
