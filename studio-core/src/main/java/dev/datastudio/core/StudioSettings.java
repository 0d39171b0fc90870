package dev.datastudio.core;

import dev.datastudio.api.artifact.ArtifactStore;
import dev.datastudio.api.cache.ResultCache;
import dev.datastudio.api.chart.ChartRenderer;
import dev.datastudio.api.code.CodeRunner;
import dev.datastudio.api.embedding.Embedder;
import dev.datastudio.api.job.JobQueue;
import dev.datastudio.api.metadata.MetadataStore;
import dev.datastudio.api.relation.RelationStore;
import dev.datastudio.api.secret.SecretVault;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.activity.ActivityListener;
import dev.datastudio.core.fetch.UrlGuard;
import dev.datastudio.core.job.JobOptions;
import dev.datastudio.core.source.HostDataSources;
import dev.datastudio.core.source.HostPolicy;
import dev.datastudio.core.usage.QuotaLimits;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a {@link StudioBuilder} was told; a part that is null is embedded. */
record StudioSettings(
        Caller caller,
        Clock clock,
        Locale locale,
        @Nullable ArtifactStore artifacts,
        @Nullable ResultCache cache,
        @Nullable ChartRenderer charts,
        @Nullable JobQueue jobs,
        JobOptions jobOptions,
        @Nullable MetadataStore metadata,
        @Nullable RelationStore relations,
        @Nullable SecretVault vault,
        @Nullable Embedder embedder,
        HostPolicy hostPolicy,
        HostDataSources hostDataSources,
        List<Path> fileFolders,
        UrlGuard modelEndpoints,
        UrlGuard downloads,
        Studio.Auditing auditing,
        QuotaLimits quotas,
        @Nullable CodeRunner codeRunner,
        ActivityListener listener,
        Map<String, String> environment,
        Studio.SqlExecutor sqlExecutor,
        String modelAdvice) {}
