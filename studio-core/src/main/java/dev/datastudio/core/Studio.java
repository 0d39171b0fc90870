package dev.datastudio.core;

import dev.datastudio.api.artifact.ArtifactStore;
import dev.datastudio.api.cache.CacheLimits;
import dev.datastudio.api.cache.ResultCache;
import dev.datastudio.api.chart.ChartRenderer;
import dev.datastudio.api.chart.ChartStyle;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.job.JobQueue;
import dev.datastudio.api.metadata.MetadataStore;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.query.Query;
import dev.datastudio.api.query.QueryEngine;
import dev.datastudio.api.query.QueryResult;
import dev.datastudio.api.relation.TableRef;
import dev.datastudio.api.secret.SecretVault;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.api.tool.Tool;
import dev.datastudio.core.activity.Activity;
import dev.datastudio.core.activity.ActivityListener;
import dev.datastudio.core.artifact.ArtifactPaths;
import dev.datastudio.core.artifact.FileArtifactStore;
import dev.datastudio.core.audit.AuditLog;
import dev.datastudio.core.backup.BackupOptions;
import dev.datastudio.core.backup.BackupSummary;
import dev.datastudio.core.backup.Backups;
import dev.datastudio.core.cache.SqliteResultCache;
import dev.datastudio.core.chart.Java2dChartRenderer;
import dev.datastudio.core.conversation.Conversations;
import dev.datastudio.core.dataset.Datasets;
import dev.datastudio.core.export.Exports;
import dev.datastudio.core.job.DatabaseJobQueue;
import dev.datastudio.core.job.JobOptions;
import dev.datastudio.core.metadata.SqlMetadataStore;
import dev.datastudio.core.preview.Previews;
import dev.datastudio.core.profile.ColumnProfile;
import dev.datastudio.core.profile.DatasetProfile;
import dev.datastudio.core.profile.Profiles;
import dev.datastudio.core.project.Projects;
import dev.datastudio.core.query.DuckDbSettings;
import dev.datastudio.core.query.DuckDbTable;
import dev.datastudio.core.query.EngineLease;
import dev.datastudio.core.query.QueryEngines;
import dev.datastudio.core.query.RowCache;
import dev.datastudio.core.relation.Relations;
import dev.datastudio.core.relation.SqlRelationStore;
import dev.datastudio.core.source.HostDataSources;
import dev.datastudio.core.source.HostPolicy;
import dev.datastudio.core.source.Sources;
import dev.datastudio.core.statistics.Statistics;
import dev.datastudio.core.statistics.TestRequest;
import dev.datastudio.core.statistics.TestResult;
import dev.datastudio.core.table.TableSources;
import dev.datastudio.core.tool.AnalysisTools;
import dev.datastudio.core.tool.DataTools;
import dev.datastudio.core.usage.Measure;
import dev.datastudio.core.usage.QuotaLimits;
import dev.datastudio.core.usage.Reservation;
import dev.datastudio.core.usage.Usage;
import dev.datastudio.core.usage.UsageGate;
import dev.datastudio.core.vault.ExternalKeyVault;
import dev.datastudio.core.vault.KeyFileVault;
import dev.datastudio.core.workspace.Workspace;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A data studio: a workspace with its data sets, the engine that answers SQL over them, charts, artifacts and caches.
 *
 * <p>{@link #open()} needs no server and no key; {@link #builder()} swaps any part. Several studios, also of several
 * processes, may have one workspace open. Thread-safe; close it when done.
 */
public final class Studio implements AutoCloseable {
    /** The folder that {@link #open()} uses, in the working directory. */
    public static final String DEFAULT_WORKSPACE = "studio-data";

    private static final Logger log = LoggerFactory.getLogger(Studio.class);

    private final Workspace workspace;
    private final Caller caller;
    private final Clock clock;
    private final Locale locale;
    private final ArtifactStore artifacts;
    private final ResultCache cache;
    private final @Nullable SqliteResultCache ownCache;
    private final ChartRenderer charts;
    private final @Nullable MetadataStore givenMetadata;
    private final @Nullable SecretVault givenVault;
    private final Datasets datasets;
    private final QueryEngines engines;
    private final RowCache rows;
    private final ConcurrentMap<Class<?>, Object> features = new ConcurrentHashMap<>();
    private final Deque<AutoCloseable> parts = new ConcurrentLinkedDeque<>();
    private final LazyJobs ownJobs;
    private final @Nullable JobQueue givenJobs;
    private final HostPolicy hostPolicy;
    private final HostDataSources hostDataSources;
    private final List<Path> fileFolders;
    private final ActivityListener activities;
    private final QuotaLimits quotas;

    private volatile boolean closed;

    private Studio(Builder builder, Workspace workspace) {
        this.workspace = workspace;
        this.caller = builder.caller;
        this.clock = builder.clock;
        this.locale = builder.locale;
        this.artifacts = builder.artifacts != null ? builder.artifacts : FileArtifactStore.in(workspace);
        this.ownCache =
                builder.cache != null ? null : new SqliteResultCache(workspace.state(), CacheLimits.DEFAULT, clock);
        this.cache = builder.cache != null ? builder.cache : Objects.requireNonNull(ownCache);
        this.charts = builder.charts != null ? builder.charts : new Java2dChartRenderer();
        this.givenMetadata = builder.metadata;
        this.givenVault = builder.vault;
        this.datasets = Datasets.of(workspace.state(), workspace.tenants(), clock, caller);
        DuckDbSettings settings = DuckDbSettings.DEFAULT.withZone(clock.getZone());
        this.engines = QueryEngines.open(settings, QueryEngines.DEFAULT_MAX_OPEN);
        this.rows = new RowCache(cache, caller.tenant());
        this.givenJobs = builder.jobs;
        this.ownJobs = new LazyJobs(() -> DatabaseJobQueue.over(workspace.state(), JobOptions.DEFAULT, clock));
        this.hostPolicy = builder.hostPolicy;
        this.hostDataSources = builder.hostDataSources;
        this.fileFolders = builder.fileFolders;
        this.activities =
                builder.auditing == Auditing.ON ? activity -> audit().append(activity) : ActivityListener.NONE;
        this.quotas = builder.quotas;
        this.datasets.onDelete(this::forget);
        this.datasets.tell(activities);
        this.datasets.limit(this::reserve);
    }

    /** What was computed from a data set goes with it; answers carry the same tag as rows. */
    private void forget(Dataset dataset) {
        rows.forget(dataset);
        artifacts.deleteAll(ArtifactPaths.of(dataset).folder());
        if (datasets.find(dataset.name()).isEmpty()) {
            relations().forget(TableRef.dataset(dataset.table()));
        }
    }

    /**
     * Opens the workspace {@code studio-data} in the working directory, which is made when it is not there.
     *
     * @throws StudioException if it can't be opened: no room, no right to write, written by a newer Studio
     */
    public static Studio open() {
        return open(Path.of(DEFAULT_WORKSPACE));
    }

    /** As {@link #open()}, in a folder. */
    public static Studio open(Path workspace) {
        return builder().workspace(workspace).build();
    }

    /** Opens a studio that leaves nothing behind when it is closed. */
    public static Studio inMemory() {
        return builder().temporary().build();
    }

    /** A studio to be composed. */
    public static Builder builder() {
        return new Builder();
    }

    /** The data sets of the caller: import, list, delete. */
    public Datasets datasets() {
        requireOpen();
        return datasets;
    }

    /** Runs one statement that only reads, over data sets as tables of their {@link Dataset#table()} names. */
    public QueryResult query(List<Dataset> tables, String sql) {
        return query(tables, Query.of(sql));
    }

    /**
     * As {@link #query(List, String)}, with bound values and limits.
     *
     * @throws StudioException as {@link QueryEngine#execute}
     */
    public QueryResult query(List<Dataset> tables, Query query) {
        return query(tables, query, Cancellation.none());
    }

    /** As {@link #query(List, Query)}, and it can be cancelled. */
    public QueryResult query(List<Dataset> tables, Query query, Cancellation cancellation) {
        try (EngineLease lease = engine(tables)) {
            return lease.engine().execute(query, cancellation);
        }
    }

    /**
     * The engine over data sets, to be given back by closing the lease. Rows that it gave before come from the cache.
     *
     * @throws StudioException DATASET_NOT_FOUND when one of them belongs to somebody else
     */
    public EngineLease engine(List<Dataset> tables) {
        requireOpen();
        tables.forEach(this::requireOwned);
        EngineLease lease = engines.lease(tables.stream()
                .map(dataset -> new DuckDbTable(dataset.table(), datasets.file(dataset)))
                .toList());
        return rows.over(lease, tables);
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("The studio is closed; open it again to use it");
        }
    }

    private void requireOwned(Dataset dataset) {
        if (!dataset.owner().equals(caller)) {
            throw new StudioException(
                    ErrorCode.DATASET_NOT_FOUND,
                    "Data set " + StudioException.quote(dataset.id()) + " is not there",
                    "Use one of your own data sets");
        }
    }

    /** What each column of a data set holds: counts, range, quartiles, frequent values. Computed at each call. */
    public List<ColumnProfile> profile(Dataset dataset) {
        requireOpen();
        requireOwned(dataset);
        return Profiles.of(datasets).compute(dataset, Cancellation.none());
    }

    /**
     * Runs a hypothesis test over a data set, or the one that fits its columns.
     *
     * @throws StudioException as {@link Statistics#test}
     */
    public TestResult test(Dataset dataset, TestRequest request) {
        try (EngineLease lease = engine(List.of(dataset))) {
            return Statistics.of(lease.engine()).test(dataset, request, Cancellation.none());
        }
    }

    /**
     * Everything that is to be known of a data set: columns with distributions, associations, keys, alerts. Computed at
     * each call; {@link Profiles} has the same with progress and cancellation, and compares data sets.
     */
    public DatasetProfile fullProfile(Dataset dataset) {
        requireOpen();
        requireOwned(dataset);
        return Profiles.of(datasets).full(dataset);
    }

    /** The folder of the workspace, absolute. */
    public Path workspace() {
        return workspace.folder();
    }

    /** The store of the files that answers consist of. */
    public ArtifactStore artifacts() {
        return artifacts;
    }

    /** Results that were computed before. */
    public ResultCache cache() {
        return cache;
    }

    /** The small things that are kept for people: sources, projects, conversations, rules, audit. */
    public MetadataStore metadata() {
        requireOpen();
        return givenMetadata != null
                ? givenMetadata
                : feature(SqlMetadataStore.class, key -> closing(SqlMetadataStore.over(workspace.state(), clock)));
    }

    /**
     * What encrypts secrets before they are kept: with the key that the environment variable
     * {@value ExternalKeyVault#VARIABLE} has, else with one in the workspace.
     */
    public SecretVault vault() {
        requireOpen();
        return givenVault != null ? givenVault : feature(EmbeddedVault.class, EmbeddedVault::new).vault;
    }

    /** Draws charts. */
    public ChartRenderer charts() {
        return charts;
    }

    /** The databases that this caller's tenant connected. */
    public Sources sources() {
        requireOpen();
        return feature(Sources.class, key -> closing(sourcesOf(metadata(), vault())));
    }

    private Sources sourcesOf(MetadataStore metadata, SecretVault vault) {
        return Sources.builder(metadata, vault, datasets)
                .hostPolicy(hostPolicy)
                .hostDataSources(hostDataSources)
                .fileFolders(fileFolders)
                .telling(activities)
                .build();
    }

    /** Data sets and databases alike, as tables that SQL runs over. */
    public TableSources tables() {
        requireOpen();
        return feature(TableSources.class, key -> TableSources.of(datasets, engines, this::sources));
    }

    /** Shows sources and files. */
    public Previews previews() {
        return Previews.of(tables());
    }

    /** The tools with which a model reads data sets and databases. */
    public List<Tool> dataTools() {
        return DataTools.over(tables());
    }

    /** The tools with which a model explores, tests and draws data sets. */
    public List<Tool> analysisTools() {
        requireOpen();
        ChartStyle style = ChartStyle.DEFAULT.withLocale(locale);
        return AnalysisTools.over(datasets, engines, new AnalysisTools.Drawing(artifacts, charts, style));
    }

    /** Writes data sets and the rows of queries into files. */
    public Exports exports() {
        requireOpen();
        return Exports.of(datasets, workspace::temporaryFolder).telling(activities);
    }

    /** How tables belong together. */
    public Relations relations() {
        requireOpen();
        return feature(
                Relations.class,
                key -> Relations.of(SqlRelationStore.over(workspace.state()), caller, this::engine, this::sources));
    }

    /** The projects of this caller's tenant, their archive and templates. */
    public Projects projects() {
        return Projects.of(metadata(), caller);
    }

    /** The conversations of this caller. */
    public Conversations conversations() {
        return Conversations.of(metadata(), caller);
    }

    /** Who did what to which data. */
    public AuditLog audit() {
        requireOpen();
        return feature(AuditLog.class, key -> closing(AuditLog.in(metadata(), clock)));
    }

    /** Who is told of what is done in this studio: the audit log, unless it is off. For those who do something. */
    public ActivityListener activities() {
        return activities;
    }

    /** What was used of which quota; counted only where {@link Builder#quotas} set limits. */
    public Usage usage() {
        requireOpen();
        return feature(Usage.class, key -> Usage.in(metadata(), clock, quotas));
    }

    /**
     * Takes an amount of what is left to a caller; nothing is counted when no limits were set.
     *
     * @param amount at least 0
     * @return to be settled or closed
     * @throws StudioException with {@link ErrorCode#QUOTA_EXCEEDED}: limit, use and the time of the next window
     */
    public Reservation reserve(Caller who, Measure measure, long amount) {
        UsageGate gate = quotas.equals(QuotaLimits.NONE) ? UsageGate.OPEN : usage();
        return gate.reserve(who, measure, amount);
    }

    /**
     * Backs the whole workspace up into one file while it is used; {@link Backups#restore} brings it back.
     *
     * @throws StudioException as {@link Backups#create}
     */
    public BackupSummary backUp(Path file, BackupOptions options) {
        requireOpen();
        return activities.watching(
                Activity.of(caller, "workspace.backup").with("file", String.valueOf(file.getFileName())),
                () -> Backups.create(workspace, file, options, clock),
                (activity, summary) -> activity);
    }

    /**
     * Work in the background, kept in the workspace and done by whichever process has it open and a handler for it.
     * Closing the studio gives running jobs some seconds to end, and puts the others back into their queues.
     */
    public JobQueue jobs() {
        requireOpen();
        return givenJobs != null ? givenJobs : ownJobs.get();
    }

    /** On whose behalf everything happens. */
    public Caller caller() {
        return caller;
    }

    /** What tells "today", and in which zone. */
    public Clock clock() {
        return clock;
    }

    /** How numbers and dates are written in readings. */
    public Locale locale() {
        return locale;
    }

    /**
     * The one instance of a feature module's entry in this studio, made when first asked for.
     *
     * @param type the entry's class
     * @param maker makes it; called at most once, and may ask for other features
     */
    public <T> T feature(Class<T> type, Function<Studio, T> maker) {
        Object made = features.get(type);
        if (made == null) {
            synchronized (features) { // a map's own computeIfAbsent must not be entered again from within
                made = features.get(type);
                if (made == null) {
                    made = maker.apply(this);
                    features.put(type, made);
                }
            }
        }
        return type.cast(made);
    }

    /**
     * Has something closed with this studio, before its own parts, the latest first.
     *
     * @return the same
     */
    public <T extends AutoCloseable> T closing(T part) {
        parts.push(part);
        return part;
    }

    /** Closes what this studio opened; using it afterwards is an {@link IllegalStateException}. Can be called again. */
    @Override
    public void close() {
        close(ownJobs::close); // first, because running jobs use the rest
        closed = true;
        for (AutoCloseable part = parts.poll(); part != null; part = parts.poll()) {
            close(part);
        }
        engines.close();
        if (ownCache != null) {
            ownCache.close();
        }
        workspace.close();
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            log.warn("{} could not be closed", part, e);
        }
    }

    /** Whether the audit log is told of what is done in a studio. */
    public enum Auditing {
        /** Of every question, import, deletion, export, backup and change of a source. */
        ON,
        /** Of what the program itself appends. */
        OFF
    }

    /** Made when first asked for, because most questions need no secret. */
    private static final class EmbeddedVault {
        private final SecretVault vault;

        EmbeddedVault(Studio studio) {
            Optional<ExternalKeyVault> external = ExternalKeyVault.fromEnvironment(System.getenv());
            this.vault = studio.closing(external.isPresent() ? external.get() : KeyFileVault.in(studio.workspace));
        }
    }

    /** Composes a {@link Studio}: whatever is not set is embedded. Not thread-safe. */
    public static final class Builder {
        private @Nullable Path workspace = Path.of(DEFAULT_WORKSPACE);
        private Caller caller = Caller.LOCAL;
        private Clock clock = Clock.system(ZoneId.systemDefault());
        private Locale locale = Locale.US;
        private @Nullable ArtifactStore artifacts;
        private @Nullable ResultCache cache;
        private @Nullable ChartRenderer charts;
        private @Nullable JobQueue jobs;
        private @Nullable MetadataStore metadata;
        private HostPolicy hostPolicy = HostPolicy.ANY;
        private HostDataSources hostDataSources = HostDataSources.NONE;
        private List<Path> fileFolders = List.of();
        private @Nullable SecretVault vault;
        private Auditing auditing = Auditing.ON;
        private QuotaLimits quotas = QuotaLimits.NONE;

        private Builder() {}

        /** The folder of the workspace; made when it is not there. */
        public Builder workspace(Path folder) {
            this.workspace = Objects.requireNonNull(folder, "folder");
            return this;
        }

        /** A workspace that is removed when the studio is closed. */
        public Builder temporary() {
            this.workspace = null;
            return this;
        }

        /** On whose behalf everything happens; {@link Caller#LOCAL} unless told. */
        public Builder caller(Caller caller) {
            this.caller = Objects.requireNonNull(caller, "caller");
            return this;
        }

        /** What tells "today", and in which zone; the system's clock and zone unless told. */
        public Builder clock(Clock clock) {
            this.clock = Objects.requireNonNull(clock, "clock");
            return this;
        }

        /** How numbers and dates are written in readings; {@link Locale#US} unless told. */
        public Builder locale(Locale locale) {
            this.locale = Objects.requireNonNull(locale, "locale");
            return this;
        }

        /** Where the files of answers go; stays open when the studio closes. */
        public Builder artifacts(ArtifactStore artifacts) {
            this.artifacts = Objects.requireNonNull(artifacts, "artifacts");
            return this;
        }

        /** Where results are kept; stays open when the studio closes. */
        public Builder cache(ResultCache cache) {
            this.cache = Objects.requireNonNull(cache, "cache");
            return this;
        }

        /** What draws charts. */
        public Builder charts(ChartRenderer charts) {
            this.charts = Objects.requireNonNull(charts, "charts");
            return this;
        }

        /** Where work in the background waits, such as one in PostgreSQL; stays open when the studio closes. */
        public Builder jobs(JobQueue jobs) {
            this.jobs = Objects.requireNonNull(jobs, "jobs");
            return this;
        }

        /** Where the small things are kept that people make; stays open when the studio closes. */
        public Builder metadata(MetadataStore metadata) {
            this.metadata = Objects.requireNonNull(metadata, "metadata");
            return this;
        }

        /** Which addresses databases may be connected at; {@link HostPolicy#ANY} unless told. */
        public Builder hostPolicy(HostPolicy hostPolicy) {
            this.hostPolicy = Objects.requireNonNull(hostPolicy, "hostPolicy");
            return this;
        }

        /** Data sources of the host program that can be connected by their names; none unless told. */
        public Builder hostDataSources(HostDataSources hostDataSources) {
            this.hostDataSources = Objects.requireNonNull(hostDataSources, "hostDataSources");
            return this;
        }

        /** Folders in which files of SQLite and DuckDB may be connected; none unless told. */
        public Builder fileFolders(List<Path> fileFolders) {
            this.fileFolders = List.copyOf(fileFolders);
            return this;
        }

        /** Whether the audit log is told of what is done; {@link Auditing#ON} unless told. */
        public Builder auditing(Auditing auditing) {
            this.auditing = Objects.requireNonNull(auditing, "auditing");
            return this;
        }

        /** How much may be used; {@link QuotaLimits#NONE} unless told, and then nothing is counted. */
        public Builder quotas(QuotaLimits quotas) {
            this.quotas = Objects.requireNonNull(quotas, "quotas");
            return this;
        }

        /** What encrypts secrets; stays open when the studio closes. */
        public Builder vault(SecretVault vault) {
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
                return new Studio(this, opened);
            } catch (RuntimeException | Error e) {
                opened.close();
                throw e;
            }
        }
    }
}
