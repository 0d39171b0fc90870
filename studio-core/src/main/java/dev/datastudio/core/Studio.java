package dev.datastudio.core;

import dev.datastudio.api.artifact.ArtifactStore;
import dev.datastudio.api.cache.CacheLimits;
import dev.datastudio.api.cache.ResultCache;
import dev.datastudio.api.chart.ChartRenderer;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.query.Query;
import dev.datastudio.api.query.QueryEngine;
import dev.datastudio.api.query.QueryResult;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.artifact.ArtifactPaths;
import dev.datastudio.core.artifact.FileArtifactStore;
import dev.datastudio.core.cache.SqliteResultCache;
import dev.datastudio.core.chart.Java2dChartRenderer;
import dev.datastudio.core.dataset.Datasets;
import dev.datastudio.core.profile.ColumnProfile;
import dev.datastudio.core.profile.Profiles;
import dev.datastudio.core.query.DuckDbSettings;
import dev.datastudio.core.query.DuckDbTable;
import dev.datastudio.core.query.EngineLease;
import dev.datastudio.core.query.QueryEngines;
import dev.datastudio.core.query.RowCache;
import dev.datastudio.core.statistics.Statistics;
import dev.datastudio.core.statistics.TestRequest;
import dev.datastudio.core.statistics.TestResult;
import dev.datastudio.core.workspace.Workspace;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
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
    private final Datasets datasets;
    private final QueryEngines engines;
    private final RowCache rows;
    private final ConcurrentMap<Class<?>, Object> features = new ConcurrentHashMap<>();
    private final Deque<AutoCloseable> parts = new ConcurrentLinkedDeque<>();

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
        this.datasets = Datasets.of(workspace.state(), workspace.tenants(), clock, caller);
        DuckDbSettings settings = DuckDbSettings.DEFAULT.withZone(clock.getZone());
        this.engines = QueryEngines.open(settings, QueryEngines.DEFAULT_MAX_OPEN);
        this.rows = new RowCache(cache, caller.tenant());
        this.datasets.onDelete(this::forget);
    }

    /** What was computed from a data set goes with it; answers carry the same tag as rows. */
    private void forget(Dataset dataset) {
        rows.forget(dataset);
        artifacts.deleteAll(ArtifactPaths.of(dataset).folder());
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

    /** Draws charts. */
    public ChartRenderer charts() {
        return charts;
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
     * @param maker makes it; called at most once
     */
    public <T> T feature(Class<T> type, Function<Studio, T> maker) {
        return type.cast(features.computeIfAbsent(type, key -> maker.apply(this)));
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

    /** Composes a {@link Studio}: whatever is not set is embedded. Not thread-safe. */
    public static final class Builder {
        private @Nullable Path workspace = Path.of(DEFAULT_WORKSPACE);
        private Caller caller = Caller.LOCAL;
        private Clock clock = Clock.system(ZoneId.systemDefault());
        private Locale locale = Locale.US;
        private @Nullable ArtifactStore artifacts;
        private @Nullable ResultCache cache;
        private @Nullable ChartRenderer charts;

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
