package dev.datastudio.core.source;

import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.dataset.Datasets;
import dev.datastudio.core.metadata.SqlMetadataStore;
import dev.datastudio.core.vault.KeyFileVault;
import dev.datastudio.core.workspace.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.UnaryOperator;

/** Sources of a workspace in a folder, as a studio has them. */
final class TestSources implements AutoCloseable {
    static final Caller ANN = new Caller("acme", "ann");

    private final Workspace workspace;
    private final Datasets datasets;
    private final KeyFileVault vault;
    private final Sources sources;

    private TestSources(Path folder, UnaryOperator<Sources.Builder> changes) {
        this.workspace = Workspace.open(folder, Clock.systemUTC());
        this.datasets = Datasets.of(workspace.state(), workspace.tenants(), Clock.systemUTC(), ANN);
        this.vault = KeyFileVault.in(workspace);
        SqlMetadataStore store = SqlMetadataStore.over(workspace.state(), Clock.systemUTC());
        this.sources = changes.apply(Sources.builder(store, vault, datasets)).build();
    }

    static TestSources in(Path folder) {
        return in(folder, builder -> builder);
    }

    static TestSources in(Path folder, UnaryOperator<Sources.Builder> changes) {
        return new TestSources(folder, changes);
    }

    Sources sources() {
        return sources;
    }

    Datasets datasets() {
        return datasets;
    }

    Workspace workspace() {
        return workspace;
    }

    /** Has the vault make a new key. */
    void rotateKey() {
        vault.rotate();
    }

    /** Leaves only the newest key in the file, and has it read again. */
    void dropOldKeys() {
        Path file = workspace.folder().resolve("key");
        try {
            Files.write(file, Files.readAllLines(file).subList(0, 2));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        sources.close();
        vault.close();
        workspace.close();
    }
}
