package dev.datastudio.core;

import dev.datastudio.api.artifact.ArtifactStore;
import dev.datastudio.api.cache.CacheLimits;
import dev.datastudio.api.cache.ResultCache;
import dev.datastudio.api.chart.ChartRenderer;
import dev.datastudio.api.job.JobQueue;
import dev.datastudio.api.metadata.MetadataStore;
import dev.datastudio.api.secret.SecretVault;
import dev.datastudio.core.artifact.FileArtifactStore;
import dev.datastudio.core.audit.AuditLog;
import dev.datastudio.core.cache.SqliteResultCache;
import dev.datastudio.core.chart.Java2dChartRenderer;
import dev.datastudio.core.job.DatabaseJobQueue;
import dev.datastudio.core.metadata.SqlMetadataStore;
import dev.datastudio.core.usage.Usage;
import dev.datastudio.core.vault.ExternalKeyVault;
import dev.datastudio.core.vault.KeyFileVault;
import dev.datastudio.core.workspace.Workspace;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a studio that are made when first asked for. Thread-safe.
 *
 * <p>Whatever was given to the builder is used in place of an embedded part, and stays open.
 */
final class StudioParts {
    private final StudioSettings settings;
    private final Workspace workspace;
    private final Ending ending;
    private final ArtifactStore artifacts;
    private final ResultCache cache;
    private final @Nullable SqliteResultCache ownCache;
    private final ChartRenderer charts;
    private final LazyJobs ownJobs;
    private final ConcurrentMap<Class<?>, Object> made = new ConcurrentHashMap<>();

    /** @param ending given what is opened here */
    StudioParts(StudioSettings settings, Workspace workspace, Ending ending) {
        this.settings = settings;
        this.workspace = workspace;
        this.ending = ending;
        this.artifacts = settings.artifacts() != null ? settings.artifacts() : FileArtifactStore.in(workspace);
        this.ownCache = settings.cache() != null
                ? null
                : new SqliteResultCache(workspace.state(), CacheLimits.DEFAULT, settings.clock());
        this.cache = settings.cache() != null ? settings.cache() : Objects.requireNonNull(ownCache);
        this.charts = settings.charts() != null ? settings.charts() : new Java2dChartRenderer();
        this.ownJobs =
                new LazyJobs(() -> DatabaseJobQueue.over(workspace.state(), settings.jobOptions(), settings.clock()));
    }

    <T> T get(Class<T> type, Supplier<T> maker) {
        Object part = made.get(type);
        if (part == null) {
            synchronized (made) { // a map's own computeIfAbsent must not be entered again from within
                part = made.get(type);
                if (part == null) {
                    part = maker.get();
                    made.put(type, part);
                }
            }
        }
        return type.cast(part);
    }

    ArtifactStore artifacts() {
        return artifacts;
    }

    ResultCache cache() {
        return cache;
    }

    ChartRenderer charts() {
        return charts;
    }

    MetadataStore metadata() {
        return settings.metadata() != null
                ? settings.metadata()
                : get(
                        SqlMetadataStore.class,
                        () -> ending.opened(SqlMetadataStore.over(workspace.state(), settings.clock())));
    }

    SecretVault vault() {
        return settings.vault() != null
                ? settings.vault()
                : get(EmbeddedVault.class, this::embeddedVault).vault();
    }

    private EmbeddedVault embeddedVault() {
        Optional<ExternalKeyVault> external = ExternalKeyVault.fromEnvironment(settings.environment());
        return new EmbeddedVault(ending.opened(external.isPresent() ? external.get() : KeyFileVault.in(workspace)));
    }

    AuditLog audit() {
        return get(AuditLog.class, () -> ending.opened(AuditLog.in(metadata(), settings.clock())));
    }

    Usage usage() {
        return get(Usage.class, () -> Usage.in(metadata(), settings.clock(), settings.quotas()));
    }

    JobQueue jobs() {
        return settings.jobs() != null ? settings.jobs() : ownJobs.get();
    }

    /** Lets jobs end. */
    void closeJobs() {
        ownJobs.close();
    }

    /** Closes the embedded cache; after the engines, which write into it. */
    void closeCache() {
        if (ownCache != null) {
            ownCache.close();
        }
    }

    /** A class of its own, because which one it is decides when it is made. */
    private record EmbeddedVault(SecretVault vault) {}
}
