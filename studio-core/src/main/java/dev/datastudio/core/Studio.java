package dev.datastudio.core;

import dev.datastudio.api.artifact.ArtifactStore;
import dev.datastudio.api.cache.ResultCache;
import dev.datastudio.api.chart.ChartRenderer;
import dev.datastudio.api.chart.ChartStyle;
import dev.datastudio.api.code.CodeRunner;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.embedding.Embedder;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.job.JobQueue;
import dev.datastudio.api.metadata.MetadataStore;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.query.Query;
import dev.datastudio.api.query.QueryEngine;
import dev.datastudio.api.query.QueryResult;
import dev.datastudio.api.relation.RelationStore;
import dev.datastudio.api.relation.TableRef;
import dev.datastudio.api.secret.SecretVault;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.api.tool.Tool;
import dev.datastudio.core.activity.Activity;
import dev.datastudio.core.activity.ActivityListener;
import dev.datastudio.core.artifact.ArtifactPaths;
import dev.datastudio.core.audit.AuditLog;
import dev.datastudio.core.backup.BackupOptions;
import dev.datastudio.core.backup.BackupSummary;
import dev.datastudio.core.backup.Backups;
import dev.datastudio.core.conversation.Conversations;
import dev.datastudio.core.dataset.Datasets;
import dev.datastudio.core.export.Exports;
import dev.datastudio.core.fetch.Fetch;
import dev.datastudio.core.fetch.UrlGuard;
import dev.datastudio.core.job.JobOptions;
import dev.datastudio.core.link.SignedLinks;
import dev.datastudio.core.preview.Previews;
import dev.datastudio.core.profile.ColumnProfile;
import dev.datastudio.core.profile.DatasetProfile;
import dev.datastudio.core.profile.ProfileCache;
import dev.datastudio.core.profile.Profiles;
import dev.datastudio.core.project.Projects;
import dev.datastudio.core.query.EngineLease;
import dev.datastudio.core.relation.Relations;
import dev.datastudio.core.relation.SqlRelationStore;
import dev.datastudio.core.relation.internal.KeptProposals;
import dev.datastudio.core.schema.TableDocs;
import dev.datastudio.core.source.Sources;
import dev.datastudio.core.statistics.Statistics;
import dev.datastudio.core.statistics.TestRequest;
import dev.datastudio.core.statistics.TestResult;
import dev.datastudio.core.table.TableSources;
import dev.datastudio.core.tool.AnalysisTools;
import dev.datastudio.core.tool.CodeTools;
import dev.datastudio.core.tool.DataTools;
import dev.datastudio.core.upload.ImportJobs;
import dev.datastudio.core.upload.Uploads;
import dev.datastudio.core.usage.Measure;
import dev.datastudio.core.usage.QuotaLimits;
import dev.datastudio.core.usage.Reservation;
import dev.datastudio.core.usage.Usage;
import dev.datastudio.core.usage.UsageGate;
import dev.datastudio.core.vault.ExternalKeyVault;
import dev.datastudio.core.workspace.Workspace;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A data studio: a workspace with its data sets, the engine that answers SQL over them, charts, artifacts and caches.
 *
 * <p>{@link #open()} needs no server and no key; {@link #builder()} swaps any part. Several studios, also of several
 * processes, may have one workspace open. Thread-safe; close it when done.
 */
public final class Studio implements AutoCloseable {
    /** How to add a language model with the commands of Studio or by the environment. */
    public static final String MODEL_ADVICE = "Add one with 'studio models add', or set OPENAI_API_KEY";

    /** The folder that {@link #open()} uses, in the working directory. */
    public static final String DEFAULT_WORKSPACE = "studio-data";

    private static final Set<String> SQL_TOOLS = Set.of("execute_sql_query", "sql_query");

    private final StudioSettings settings;
    private final Workspace workspace;
    private final StudioParts parts;
    private final Datasets datasets;
    private final TableEngines tableEngines;
    private final ActivityListener activities;
    private final Deletions deletions = Deletions.found();
    private final Ending ending = new Ending();

    Studio(StudioSettings settings, Workspace workspace) {
        this.settings = settings;
        this.workspace = workspace;
        this.parts = new StudioParts(settings, workspace, ending);
        this.datasets = Datasets.of(workspace.state(), workspace.tenants(), settings.clock(), settings.caller());
        this.tableEngines = new TableEngines(datasets, settings.clock().getZone(), parts.cache());
        this.activities = listener(settings);
        this.datasets.onDelete(this::forget);
        this.datasets.tell(activities);
        this.datasets.limit(this::reserve);
    }

    private ActivityListener listener(StudioSettings settings) {
        ActivityListener more = settings.listener();
        return settings.auditing() == Auditing.OFF
                ? more
                : activity -> {
                    audit().append(activity);
                    more.ended(activity);
                };
    }

    /** What was computed from a data set goes with it; answers carry the same tag as rows. */
    private void forget(Dataset dataset) {
        tableEngines.forget(dataset);
        parts.artifacts().deleteAll(ArtifactPaths.of(dataset).folder());
        if (datasets.as(dataset.owner()).find(dataset.name()).isEmpty()) {
            relations().as(dataset.owner()).forget(TableRef.dataset(dataset.table()));
        }
        Set<String> named = uploads().forget(dataset);
        named.add(dataset.id().toString());
        named.add(dataset.upload().substring(dataset.upload().lastIndexOf('/') + 1));
        jobs().deleteNaming(dataset.owner(), named); // questions and answers
        deletions.gone(this, dataset);
    }

    /** The conversations of a caller, which take with them what was made of them. */
    Conversations conversationsOf(Caller owner) {
        return Conversations.of(metadata(), owner)
                .telling(going -> deletions.going(this, new Caller(owner.tenant(), going.user()), going));
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
    public static StudioBuilder builder() {
        return new StudioBuilder();
    }

    /** This studio as somebody else has it, such as the user of a request. */
    public CallerStudio as(Caller who) {
        requireOpen();
        return new CallerStudio(this, who);
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
        return tableEngines.lease(tables);
    }

    /**
     * As {@link #engine(List)}, over data sets of another caller.
     *
     * @throws StudioException DATASET_NOT_FOUND when one of them belongs to somebody else
     */
    public EngineLease engine(Caller who, List<Dataset> tables) {
        requireOpen();
        return tableEngines.lease(who, tables);
    }

    private void requireOpen() {
        if (ending.isOver()) {
            throw new IllegalStateException("The studio is closed; open it again to use it");
        }
    }

    /** What each column of a data set holds: counts, range, quartiles, frequent values. Computed at each call. */
    public List<ColumnProfile> profile(Dataset dataset) {
        requireOpen();
        tableEngines.requireOwned(dataset);
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
        tableEngines.requireOwned(dataset);
        return Profiles.of(datasets).full(dataset);
    }

    ProfileCache profiles() {
        requireOpen();
        return parts.get(ProfileCache.class, () -> new ProfileCache(cache()));
    }

    /** The folder of the workspace, absolute. */
    public Path workspace() {
        return workspace.folder();
    }

    /**
     * A folder for half-done work of features, on the file system of the workspace; it goes when the studio is closed.
     *
     * @throws StudioException STORAGE_NOT_WRITABLE or STORAGE_FULL when it can't be made
     */
    public Path temporaryFolder() {
        requireOpen();
        return workspace.temporaryFolder();
    }

    /** The store of the files that answers consist of. */
    public ArtifactStore artifacts() {
        return parts.artifacts();
    }

    /** Results that were computed before. */
    public ResultCache cache() {
        return parts.cache();
    }

    /** The small things that are kept for people: sources, projects, conversations, rules, audit. */
    public MetadataStore metadata() {
        requireOpen();
        return parts.metadata();
    }

    /**
     * What encrypts secrets before they are kept: with the key that the environment variable
     * {@value ExternalKeyVault#VARIABLE} has, else with one in the workspace.
     */
    public SecretVault vault() {
        requireOpen();
        return parts.vault();
    }

    /** Tells which names are alike in meaning, where one was given. */
    public Optional<Embedder> embedder() {
        return Optional.ofNullable(settings.embedder());
    }

    /** Draws charts. */
    public ChartRenderer charts() {
        return parts.charts();
    }

    /** The databases that this caller's tenant connected. */
    public Sources sources() {
        requireOpen();
        return parts.get(Sources.class, () -> closing(newSources()));
    }

    private Sources newSources() {
        return Sources.builder(metadata(), vault(), datasets)
                .hostPolicy(settings.hostPolicy())
                .hostDataSources(settings.hostDataSources())
                .fileFolders(settings.fileFolders())
                .telling(activities)
                .onDelete((who, source) -> {
                    TableDocs.of(metadata(), who).deleteAll(source);
                    new KeptProposals(metadata(), who).deleteAll(source);
                    relations().as(who).forget(source);
                })
                .build();
    }

    /** Where the services of language models may be. */
    public UrlGuard modelEndpoints() {
        return settings.modelEndpoints();
    }

    /** Data sets and databases alike, as tables that SQL runs over. */
    public TableSources tables() {
        requireOpen();
        return parts.get(TableSources.class, () -> TableSources.of(datasets, tableEngines.pool(), this::sources));
    }

    /** How people of this program add a language model: a sentence without its full stop. */
    public String modelAdvice() {
        return settings.modelAdvice();
    }

    /** Whether models and people may run statements of their own here. */
    public SqlExecutor sqlExecutor() {
        return settings.sqlExecutor();
    }

    /**
     * For those who offer to run statements that a model or a person writes.
     *
     * @throws StudioException with {@link ErrorCode#SQL_REFUSED} when {@link #sqlExecutor()} is off
     */
    public void requireSqlExecutor() {
        if (sqlExecutor() == SqlExecutor.OFF) {
            throw new StudioException(
                    ErrorCode.SQL_REFUSED,
                    "Statements of one's own are switched off here",
                    "Ask in plain English, or have whoever runs this program switch the SQL executor on");
        }
    }

    /**
     * Variables that a model, a web search and the vault's key are taken from when none is configured: the
     * environment's, or those of {@link StudioBuilder#environment}.
     */
    public Map<String, String> environment() {
        return settings.environment();
    }

    /** Shows sources and files. */
    public Previews previews() {
        return Previews.of(tables());
    }

    /** The tools with which a model reads data sets and databases. */
    public List<Tool> dataTools() {
        return switchable(DataTools.over(tables()));
    }

    /** The tools with which a model explores, tests and draws data sets. */
    public List<Tool> analysisTools() {
        requireOpen();
        ChartStyle style = ChartStyle.DEFAULT.withLocale(settings.locale());
        return switchable(AnalysisTools.over(
                datasets, tableEngines.pool(), tables(), new AnalysisTools.Drawing(artifacts(), charts(), style)));
    }

    private List<Tool> switchable(List<Tool> tools) {
        return sqlExecutor() == SqlExecutor.ON
                ? tools
                : tools.stream()
                        .filter(tool -> !SQL_TOOLS.contains(tool.name()))
                        .toList();
    }

    /** What runs code that nobody has read; only where {@link StudioBuilder#codeRunner} gave it. */
    public Optional<CodeRunner> codeRunner() {
        return Optional.ofNullable(settings.codeRunner());
    }

    /** The tool with which a model runs code; none without a {@link #codeRunner()} that is available. */
    public List<Tool> codeTools() {
        requireOpen();
        return codeRunner()
                .map(runner -> CodeTools.over(runner, datasets, artifacts(), this::temporaryFolder))
                .orElse(List.of());
    }

    /** Writes data sets and the rows of queries into files. */
    public Exports exports() {
        return exports(datasets);
    }

    Exports exports(Datasets whose) {
        requireOpen();
        return Exports.of(whose, workspace::temporaryFolder).telling(activities);
    }

    /** URLs that let whoever has them read or write one artifact for a while. */
    public SignedLinks links() {
        requireOpen();
        return parts.get(SignedLinks.class, () -> SignedLinks.in(metadata(), vault(), clock()));
    }

    /** Files that are sent first and imported when they are first asked about. */
    public Uploads uploads() {
        requireOpen();
        return parts.get(
                Uploads.class, () -> Uploads.in(metadata(), artifacts(), datasets, clock(), this::temporaryFolder));
    }

    /** Imports in the background; the first call has this process do those of the workspace. */
    public ImportJobs importJobs() {
        requireOpen();
        Fetch fetch = Fetch.with(settings.downloads());
        return parts.get(
                ImportJobs.class,
                () -> ImportJobs.register(jobs(), uploads(), datasets, this::sources, fetch, this::vault));
    }

    /** How tables belong together. */
    public Relations relations() {
        requireOpen();
        return parts.get(Relations.class, () -> Relations.of(relationStore(), caller(), this::engine, this::sources));
    }

    private RelationStore relationStore() {
        RelationStore given = settings.relations();
        return given != null ? given : SqlRelationStore.over(workspace.state());
    }

    /** The projects of this caller's tenant, their archive and templates. */
    public Projects projects() {
        return Projects.of(metadata(), caller());
    }

    /** The conversations of this caller. */
    public Conversations conversations() {
        return conversationsOf(caller());
    }

    /** Who did what to which data. */
    public AuditLog audit() {
        requireOpen();
        return parts.audit();
    }

    /** Who is told of what is done in this studio: the audit log, unless it is off. For those who do something. */
    public ActivityListener activities() {
        return activities;
    }

    /** What was used of which quota; counted only where {@link StudioBuilder#quotas} set limits. */
    public Usage usage() {
        requireOpen();
        return parts.usage();
    }

    /**
     * Takes an amount of what is left to a caller; nothing is counted when no limits were set.
     *
     * @param amount at least 0
     * @return to be settled or closed
     * @throws StudioException with {@link ErrorCode#QUOTA_EXCEEDED}: limit, use and the time of the next window
     */
    public Reservation reserve(Caller who, Measure measure, long amount) {
        UsageGate gate = settings.quotas().equals(QuotaLimits.NONE) ? UsageGate.OPEN : usage();
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
                Activity.of(caller(), "workspace.backup").with("file", String.valueOf(file.getFileName())),
                () -> Backups.create(workspace, file, options, clock()),
                (activity, summary) -> activity);
    }

    /**
     * Work in the background, kept in the workspace and done by whichever process has it open and a handler for it.
     * Closing the studio gives running jobs some seconds to end, and puts the others back into their queues.
     */
    public JobQueue jobs() {
        requireOpen();
        return parts.jobs();
    }

    /** How many jobs run and wait in {@link #jobs()}. */
    public JobOptions jobOptions() {
        return settings.jobOptions();
    }

    /** On whose behalf everything happens. */
    public Caller caller() {
        return settings.caller();
    }

    /** What tells "today", and in which zone. */
    public Clock clock() {
        return settings.clock();
    }

    /** How numbers and dates are written in readings. */
    public Locale locale() {
        return settings.locale();
    }

    /**
     * The one instance of a feature module's entry in this studio, made when first asked for.
     *
     * @param type the entry's class
     * @param maker makes it; called at most once, and may ask for other features
     */
    public <T> T feature(Class<T> type, Function<Studio, T> maker) {
        return parts.get(type, () -> maker.apply(this));
    }

    /**
     * Has something closed with this studio, before its own parts, the latest first.
     *
     * @return the same
     */
    public <T extends AutoCloseable> T closing(T part) {
        return ending.opened(part);
    }

    /**
     * Has work that goes on ended when this studio is closed, while everything that it uses can still be used.
     *
     * @param work closing it ends the work and returns when it has ended
     */
    public void endingFirst(AutoCloseable work) {
        ending.first(work);
    }

    /**
     * As {@link #endingFirst}, but after all that was given there: for work that such work waits for, and that is only cut
     * off once nobody needs it to go on.
     *
     * @param work closing it ends the work and returns when it has ended
     */
    public void endingNext(AutoCloseable work) {
        ending.next(work);
    }

    /** Closes what this studio opened; using it afterwards is an {@link IllegalStateException}. Can be called again. */
    @Override
    public void close() {
        ending.run(parts::closeJobs, tableEngines::close, parts::closeCache, workspace::close);
    }

    /**
     * Whether statements that a model or a person writes are run: by the tools {@code execute_sql_query} and
     * {@code sql_query}, and by whoever asks {@link #requireSqlExecutor()}. What the studio itself makes of questions and
     * of the conditions of other tools is run in any case.
     */
    public enum SqlExecutor {
        /** Through the gate: one statement, which only reads, within limits. */
        ON,
        /** Not at all: those tools are not there. */
        OFF
    }

    /** Whether the audit log is told of what is done in a studio. */
    public enum Auditing {
        /** Of every question, import, deletion, export, backup and change of a source. */
        ON,
        /** Of what the program itself appends. */
        OFF
    }
}
