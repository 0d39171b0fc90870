package dev.datastudio.spring;

import dev.datastudio.agents.chat.Chat;
import dev.datastudio.agents.chat.ChatLimits;
import dev.datastudio.agents.graph.GraphRunLimits;
import dev.datastudio.agents.graph.GraphRuns;
import dev.datastudio.agents.web.PageLimits;
import dev.datastudio.agents.web.WebSearch;
import dev.datastudio.api.artifact.ArtifactStore;
import dev.datastudio.api.cache.ResultCache;
import dev.datastudio.api.chart.ChartRenderer;
import dev.datastudio.api.code.CodeRunner;
import dev.datastudio.api.embedding.Embedder;
import dev.datastudio.api.job.JobQueue;
import dev.datastudio.api.metadata.MetadataStore;
import dev.datastudio.api.relation.RelationStore;
import dev.datastudio.api.secret.SecretVault;
import dev.datastudio.core.Studio;
import dev.datastudio.core.StudioBuilder;
import dev.datastudio.core.activity.ActivityListener;
import dev.datastudio.core.code.BubblewrapPython;
import dev.datastudio.core.fetch.UrlGuard;
import dev.datastudio.core.job.JobOptions;
import dev.datastudio.core.retention.Retention;
import dev.datastudio.core.source.HostDataSources;
import dev.datastudio.core.source.HostPolicy;
import dev.datastudio.core.usage.Measure;
import dev.datastudio.core.usage.QuotaLimits;
import dev.datastudio.core.usage.Window;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.env.Environment;

/** Composes the studio of properties, the environment and the application's beans. */
final class Composition {
    private final StudioProperties properties;
    private final Environment environment;
    private final ListableBeanFactory beans;

    Composition(StudioProperties properties, Environment environment, ListableBeanFactory beans) {
        this.properties = properties;
        this.environment = environment;
        this.beans = beans;
    }

    /** What is set last holds: properties, then beans, then customizers. */
    StudioBuilder builder(List<StudioCustomizer> customizers) {
        StudioBuilder builder = Studio.builder().workspace(properties.workspace());
        if (properties.inMemory()) {
            builder.temporary();
        }
        set(builder);
        take(builder);
        customizers.forEach(each -> each.customize(builder));
        return builder;
    }

    private void set(StudioBuilder builder) {
        builder.locale(properties.locale())
                .clock(clock())
                .auditing(properties.auditing() ? Studio.Auditing.ON : Studio.Auditing.OFF)
                .sqlExecutor(isSqlExecuted() ? Studio.SqlExecutor.ON : Studio.SqlExecutor.OFF)
                .modelEndpoints(modelEndpoints())
                .downloads(downloads())
                .hostPolicy(
                        properties.sources().hosts() == StudioProperties.Hosts.ANY
                                ? HostPolicy.ANY
                                : HostPolicy.PUBLIC_ONLY)
                .hostDataSources(dataSources())
                .fileFolders(properties.sources().fileFolders())
                .quotas(quotas())
                .jobOptions(jobOptions(properties.jobs(), properties.retention()))
                .environment(EnvironmentNames.used(environment));
        if (properties.code().enabled()) {
            builder.codeRunner(BubblewrapPython.probe());
        }
    }

    private Clock clock() {
        Clock clock = beans.getBeanProvider(Clock.class).getIfUnique(Clock::systemDefaultZone);
        return properties.timeZone() == null ? clock : clock.withZone(properties.timeZone());
    }

    private boolean isSqlExecuted() {
        Boolean set = properties.sqlExecutor().enabled();
        return set != null ? set : environment.getProperty(EnvironmentNames.ENABLE_SQL_EXECUTOR, Boolean.class, true);
    }

    private UrlGuard modelEndpoints() {
        UrlGuard guard = properties.models().reach() == StudioProperties.Reach.THIS_MACHINE
                ? UrlGuard.THIS_MACHINE
                : UrlGuard.DEFAULT;
        for (String host : properties.models().allowedHosts()) {
            guard = guard.allowing(host);
        }
        return guard;
    }

    private UrlGuard downloads() {
        UrlGuard guard = UrlGuard.DEFAULT;
        for (String host : properties.downloads().allowedHosts()) {
            guard = guard.allowing(host);
        }
        return guard;
    }

    private HostDataSources dataSources() {
        Map<String, DataSource> named = new HashMap<>();
        properties.sources().dataSources().forEach(name -> named.put(name, beans.getBean(name, DataSource.class)));
        return named.isEmpty() ? HostDataSources.NONE : HostDataSources.of(named);
    }

    static JobOptions jobOptions(StudioProperties.Jobs jobs, StudioProperties.Retention retention) {
        return JobOptions.DEFAULT
                .withMaxWaitingPerTenant(jobs.waitingPerTenant())
                .withKeepFinished(Objects.requireNonNullElse(retention.jobs(), jobs.keepFinished()));
    }

    /** Refuses what can't be used with the name of the property, before anything is deleted by it. */
    static Retention retention(Studio studio, StudioProperties.Retention times) {
        Retention retention = Retention.of(studio);
        retention = keeping(retention, "conversations", times.conversations());
        retention = keeping(retention, "runs", times.runs());
        retention = keeping(retention, "audit", times.audit());
        return keeping(retention, "uploads", times.uploads());
    }

    private static Retention keeping(Retention retention, String kind, @Nullable Duration time) {
        if (time == null) {
            return retention;
        }
        try {
            return retention.keeping(kind, time);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("studio.retention." + kind + " can't be used: " + e.getMessage(), e);
        }
    }

    /** Sets what is limited beyond the core; a bean of the application wins over its properties. */
    static void limit(Studio studio, StudioProperties properties, BeanFactory beans) {
        StudioProperties.GraphLimits graph = properties.graph();
        GraphRuns.limit(
                studio,
                beans.getBeanProvider(GraphRunLimits.class)
                        .getIfAvailable(() -> new GraphRunLimits(
                                graph.concurrentRuns(),
                                graph.maxSteps(),
                                graph.maxTime(),
                                graph.maxTokens(),
                                graph.keptRuns(),
                                graph.keptFor())));
        Chat.limit(
                studio,
                beans.getBeanProvider(ChatLimits.class)
                        .getIfAvailable(() -> new ChatLimits(properties.chat().concurrentAnswers())));
    }

    private QuotaLimits quotas() {
        QuotaLimits limits = QuotaLimits.NONE;
        for (Map.Entry<Measure, Map<Window, Long>> measure :
                properties.quotas().perUser().entrySet()) {
            for (Map.Entry<Window, Long> most : measure.getValue().entrySet()) {
                limits = limits.perUser(measure.getKey(), most.getKey(), most.getValue());
            }
        }
        for (Map.Entry<Measure, Map<Window, Long>> measure :
                properties.quotas().perTenant().entrySet()) {
            for (Map.Entry<Window, Long> most : measure.getValue().entrySet()) {
                limits = limits.perTenant(measure.getKey(), most.getKey(), most.getValue());
            }
        }
        long tokens = properties.quotas().tokensPerJob();
        return tokens == 0 ? limits : limits.maxTokensPerJob(tokens);
    }

    private void take(StudioBuilder builder) {
        bean(ArtifactStore.class, builder::artifacts);
        bean(ResultCache.class, builder::cache);
        bean(ChartRenderer.class, builder::charts);
        bean(JobQueue.class, builder::jobs);
        bean(MetadataStore.class, builder::metadata);
        bean(RelationStore.class, builder::relations);
        bean(SecretVault.class, builder::vault);
        bean(Embedder.class, builder::embedder);
        bean(CodeRunner.class, builder::codeRunner);
        bean(HostPolicy.class, builder::hostPolicy);
        bean(HostDataSources.class, builder::hostDataSources);
        bean(UrlGuard.class, builder::modelEndpoints);
        bean(QuotaLimits.class, builder::quotas);
        List<ActivityListener> listeners =
                beans.getBeanProvider(ActivityListener.class).orderedStream().toList();
        builder.listener(activity -> listeners.forEach(each -> each.ended(activity)));
    }

    /** Of several, the primary one; without a primary one the application does not start. */
    private <T> void bean(Class<T> type, Consumer<T> part) {
        beans.getBeanProvider(type).ifAvailable(part);
    }

    /** Lets agents read pages where that is allowed; before anybody asks for the studio's web search. */
    static void allowPages(Studio studio, StudioProperties properties) {
        if (properties.web().pages()) {
            WebSearch.builder(studio)
                    .allowPages(UrlGuard.DEFAULT, PageLimits.DEFAULT)
                    .build();
        }
    }
}
