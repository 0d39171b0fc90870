package dev.datastudio.core.source;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.secret.Secret;
import dev.datastudio.api.secret.SecretVault;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.dataset.Datasets;
import dev.datastudio.core.metadata.SqlMetadataStore;
import dev.datastudio.core.workspace.Workspace;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** Sources of a workspace in a folder, as a studio has them. */
final class TestSources implements AutoCloseable {
    static final Caller ANN = new Caller("acme", "ann");

    private final Workspace workspace;
    private final Datasets datasets;
    private final Sources sources;

    private TestSources(Path folder, UnaryOperator<Sources.Builder> changes) {
        this.workspace = Workspace.open(folder, Clock.systemUTC());
        this.datasets = Datasets.of(workspace.state(), workspace.tenants(), Clock.systemUTC(), ANN);
        SqlMetadataStore store = SqlMetadataStore.over(workspace.state(), Clock.systemUTC());
        this.sources = changes.apply(Sources.builder(store, new MemoryVault(), datasets))
                .build();
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

    @Override
    public void close() {
        sources.close();
        workspace.close();
    }

    /** Keeps secrets in memory under random names. */
    private static final class MemoryVault implements SecretVault {
        private final Map<String, Secret> secrets = new ConcurrentHashMap<>();

        @Override
        public String seal(String tenant, String purpose, Secret secret) {
            String sealed = UUID.randomUUID().toString();
            secrets.put(tenant + " " + purpose + " " + sealed, secret);
            return sealed;
        }

        @Override
        public Secret open(String tenant, String purpose, String sealed) {
            Secret secret = secrets.get(tenant + " " + purpose + " " + sealed);
            if (secret == null) {
                throw new StudioException(ErrorCode.SECRET_UNREADABLE, "The secret can't be opened", "Set it again");
            }
            return secret;
        }

        @Override
        public void close() {
            secrets.clear();
        }
    }
}
