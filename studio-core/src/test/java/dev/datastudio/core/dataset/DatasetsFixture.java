package dev.datastudio.core.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.workspace.StateDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A workspace of its own, files to import, and an independent look at what was stored. */
final class DatasetsFixture implements AutoCloseable {
    private final Path folder;
    private final StateDatabase state;
    private final Datasets datasets;

    DatasetsFixture(Path folder) {
        this.folder = folder;
        this.state = StateDatabase.open(folder.resolve("state.db"));
        this.datasets = Datasets.of(state, folder.resolve("tenants"), InstantSource.system(), Caller.LOCAL);
    }

    Datasets datasets() {
        return datasets;
    }

    StateDatabase state() {
        return state;
    }

    Path write(String name, String text) {
        return write(name, text.getBytes(StandardCharsets.UTF_8));
    }

    Path write(String name, byte[] bytes) {
        try {
            return Files.write(folder.resolve(name), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Dataset importText(String text) {
        return datasets.importFile(write("data.csv", text));
    }

    /** What a statement over the stored file gives, each value as DuckDB prints it; the table is {@code d.data}. */
    List<String> query(Dataset dataset, String sql) {
        List<String> values = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("ATTACH '" + datasets.file(dataset).toString().replace("'", "''") + "' AS d (READ_ONLY)");
            try (ResultSet rows = statement.executeQuery(sql)) {
                while (rows.next()) {
                    for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                        values.add(rows.getString(i));
                    }
                }
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        return values;
    }

    /** Writes the stored rows as Parquet. */
    void copy(Dataset dataset, Path parquet) {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("ATTACH '" + datasets.file(dataset) + "' AS d (READ_ONLY)");
            statement.execute("COPY d.data TO '" + parquet + "' (FORMAT parquet)");
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** The values of one column in order, as DuckDB casts them to text. */
    List<String> column(Dataset dataset, int index) {
        String name = dataset.columns().get(index).name().replace("\"", "\"\"");
        return query(dataset, "SELECT CAST(\"" + name + "\" AS VARCHAR) FROM d.data");
    }

    /** Nothing of an unfinished import is left. */
    void assertClean(int uploads) {
        Path root = folder.resolve("tenants/local/local/uploads");
        if (!Files.exists(root)) {
            assertEquals(0, uploads);
            return;
        }
        try (Stream<Path> entries = Files.list(root)) {
            assertEquals(uploads, entries.count());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertEquals(uploads, datasets.list().size());
    }

    @Override
    public void close() {
        state.close();
    }
}
