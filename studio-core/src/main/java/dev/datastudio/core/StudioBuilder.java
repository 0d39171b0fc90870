package dev.datastudio.core;

import dev.datastudio.api.artifact.ArtifactStore;
import dev.datastudio.api.cache.ResultCache;
import dev.datastudio.api.chart.ChartRenderer;
import dev.datastudio.api.code.CodeRunner;
import dev.datastudio.api.embedding.Embedder;
import dev.datastudio.api.error.StudioException;
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
import dev.datastudio.core.workspace.Workspace;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Composes a {@link Studio}: whatever is not set is embedded. Not thread-safe. */
public final class StudioBuilder {
    private @Nullable Path workspace = Path.of(Studio.DEFAULT_WORKSPACE);
    private Caller caller = Caller.LOCAL;
    private Clock clock = Clock.system(ZoneId.systemDefault());
    private Locale locale = Locale.US;
    private @Nullable ArtifactStore artifacts;
    private @Nullable ResultCache cache;
    private @Nullable ChartRenderer charts;
    private @Nullable JobQueue jobs;
    private JobOptions jobOptions = JobOptions.DEFAULT;
    private @Nullable MetadataStore metadata;
    private @Nullable RelationStore relations;
    private HostPolicy hostPolicy = HostPolicy.ANY;
    private HostDataSources hostDataSources = HostDataSources.NONE;
    private List<Path> fileFolders = List.of();
    private @Nullable SecretVault vault;
    private @Nullable Embedder embedder;
    private UrlGuard modelEndpoints = UrlGuard.THIS_MACHINE;
    private UrlGuard downloads = UrlGuard.DEFAULT;
    private Studio.Auditing auditing = Studio.Auditing.ON;
    private QuotaLimits quotas = QuotaLimits.NONE;
    private @Nullable CodeRunner codeRunner;
    private ActivityListener listener = ActivityListener.NONE;
    private Map<String, String> environment = System.getenv();
    private Studio.SqlExecutor sqlExecutor = Studio.SqlExecutor.ON;
    private String modelAdvice = Studio.MODEL_ADVICE;

    StudioBuilder() {}

    /** The folder of the workspace; made when it is not there. */
    public StudioBuilder workspace(Path folder) {
        this.workspace = Objects.requireNonNull(folder, "folder");
        return this;
    }

    /** A workspace that is removed when the studio is closed. */
    public StudioBuilder temporary() {
        this.workspace = null;
        return this;
    }

    /** On whose behalf everything happens; {@link Caller#LOCAL} unless told. */
    public StudioBuilder caller(Caller caller) {
        this.caller = Objects.requireNonNull(caller, "caller");
        return this;
    }

    /** What tells "today", and in which zone; the system's clock and zone unless told. */
    public StudioBuilder clock(Clock clock) {
        this.clock = Objects.requireNonNull(clock, "clock");
        return this;
    }

    /** How numbers and dates are written in readings; {@link Locale#US} unless told. */
    public StudioBuilder locale(Locale locale) {
        this.locale = Objects.requireNonNull(locale, "locale");
        return this;
    }

    /** Where the files of answers go; stays open when the studio closes. */
    public StudioBuilder artifacts(ArtifactStore artifacts) {
        this.artifacts = Objects.requireNonNull(artifacts, "artifacts");
        return this;
    }

    /** Where results are kept; stays open when the studio closes. */
    public StudioBuilder cache(ResultCache cache) {
        this.cache = Objects.requireNonNull(cache, "cache");
        return this;
    }

    /** What draws charts. */
    public StudioBuilder charts(ChartRenderer charts) {
        this.charts = Objects.requireNonNull(charts, "charts");
        return this;
    }

    /** Where work in the background waits, such as one in PostgreSQL; stays open when the studio closes. */
    public StudioBuilder jobs(JobQueue jobs) {
        this.jobs = Objects.requireNonNull(jobs, "jobs");
        return this;
    }

    /** How many jobs run and wait in the studio's own queue; {@link JobOptions#DEFAULT} unless told. */
    public StudioBuilder jobOptions(JobOptions jobOptions) {
        this.jobOptions = Objects.requireNonNull(jobOptions, "jobOptions");
        return this;
    }

    /** Where the small things are kept that people make; stays open when the studio closes. */
    public StudioBuilder metadata(MetadataStore metadata) {
        this.metadata = Objects.requireNonNull(metadata, "metadata");
        return this;
    }

    /** Where relations between tables are kept, such as Neo4j; stays open when the studio closes. */
    public StudioBuilder relations(RelationStore relations) {
        this.relations = Objects.requireNonNull(relations, "relations");
        return this;
    }

    /** Which addresses databases may be connected at; {@link HostPolicy#ANY} unless told. */
    public StudioBuilder hostPolicy(HostPolicy hostPolicy) {
        this.hostPolicy = Objects.requireNonNull(hostPolicy, "hostPolicy");
        return this;
    }

    /** Data sources of the host program that can be connected by their names; none unless told. */
    public StudioBuilder hostDataSources(HostDataSources hostDataSources) {
        this.hostDataSources = Objects.requireNonNull(hostDataSources, "hostDataSources");
        return this;
    }

    /** Folders in which files of SQLite and DuckDB may be connected; none unless told. */
    public StudioBuilder fileFolders(List<Path> fileFolders) {
        this.fileFolders = List.copyOf(fileFolders);
        return this;
    }

    /**
     * Where the services of language models may be: on the public internet and wherever the guard
     * {@linkplain UrlGuard#allowing allows}; {@link UrlGuard#THIS_MACHINE} unless told, for a model server beside the
     * program. A server for many people takes {@link UrlGuard#DEFAULT}, so that nobody looks around in its network.
     */
    public StudioBuilder modelEndpoints(UrlGuard guard) {
        this.modelEndpoints = Objects.requireNonNull(guard, "guard");
        return this;
    }

    /** Where people may import files of the web from; public addresses only, {@link UrlGuard#DEFAULT}, unless told. */
    public StudioBuilder downloads(UrlGuard guard) {
        this.downloads = Objects.requireNonNull(guard, "guard");
        return this;
    }

    /** Whether the audit log is told of what is done; {@link Studio.Auditing#ON} unless told. */
    public StudioBuilder auditing(Studio.Auditing auditing) {
        this.auditing = Objects.requireNonNull(auditing, "auditing");
        return this;
    }

    /** How much may be used; {@link QuotaLimits#NONE} unless told, and then nothing is counted. */
    public StudioBuilder quotas(QuotaLimits quotas) {
        this.quotas = Objects.requireNonNull(quotas, "quotas");
        return this;
    }

    /** Links words of questions to columns by meaning; without one, by their letters only. It stays open. */
    public StudioBuilder embedder(Embedder embedder) {
        this.embedder = Objects.requireNonNull(embedder, "embedder");
        return this;
    }

    /**
     * Lets agents run code that nobody has read; off unless told. Pass {@code BubblewrapPython.probe()}: a runner that
     * is not available is kept, with its reason, and brings no tool.
     */
    public StudioBuilder codeRunner(CodeRunner codeRunner) {
        this.codeRunner = Objects.requireNonNull(codeRunner, "codeRunner");
        return this;
    }

    /** Is told of what is done, after the audit log; nobody unless told. For metrics, or a log of one's own. */
    public StudioBuilder listener(ActivityListener listener) {
        this.listener = Objects.requireNonNull(listener, "listener");
        return this;
    }

    /**
     * Variables in place of the environment's, which are looked up for a model, a web search and the key of the vault
     * when none is configured: {@code OPENAI_API_KEY}, {@code OPENAI_API_BASE}, {@code SERPAPI_API_KEY},
     * {@code KAGGLE_USERNAME}, {@code KAGGLE_KEY}, {@value dev.datastudio.core.vault.ExternalKeyVault#VARIABLE}. For
     * host programs with a configuration of their own.
     */
    public StudioBuilder environment(Map<String, String> variables) {
        this.environment = Map.copyOf(variables);
        return this;
    }

    /**
     * How people of this program add a language model, told where one is missing; {@link Studio#MODEL_ADVICE} unless told.
     *
     * @param advice a sentence without its full stop, such as {@code Add one under Settings → Models}
     */
    public StudioBuilder modelAdvice(String advice) {
        this.modelAdvice = Objects.requireNonNull(advice, "advice");
        return this;
    }

    /** Whether models and people may run statements of their own; {@link Studio.SqlExecutor#ON} unless told. */
    public StudioBuilder sqlExecutor(Studio.SqlExecutor sqlExecutor) {
        this.sqlExecutor = Objects.requireNonNull(sqlExecutor, "sqlExecutor");
        return this;
    }

    /** What encrypts secrets; stays open when the studio closes. */
    public StudioBuilder vault(SecretVault vault) {
        this.vault = Objects.requireNonNull(vault, "vault");
        return this;
    }

    /**
     * Opens the studio.
     *
     * @throws StudioException if the workspace can't be opened
     */
    public Studio build() {
        Workspace opened = workspace == null ? Workspace.temporary() : Workspace.open(workspace, clock);
        try {
            return new Studio(settings(), opened);
        } catch (RuntimeException | Error e) {
            opened.close();
            throw e;
        }
    }

    private StudioSettings settings() {
        return new StudioSettings(
                caller,
                clock,
                locale,
                artifacts,
                cache,
                charts,
                jobs,
                jobOptions,
                metadata,
                relations,
                vault,
                embedder,
                hostPolicy,
                hostDataSources,
                fileFolders,
                modelEndpoints,
                downloads,
                auditing,
                quotas,
                codeRunner,
                listener,
                environment,
                sqlExecutor,
                modelAdvice);
    }
}
