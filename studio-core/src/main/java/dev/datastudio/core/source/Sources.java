package dev.datastudio.core.source;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.metadata.MetadataStore;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.ProgressListener;
import dev.datastudio.api.query.QueryEngine;
import dev.datastudio.api.secret.Secret;
import dev.datastudio.api.secret.SecretVault;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.activity.Activity;
import dev.datastudio.core.activity.ActivityListener;
import dev.datastudio.core.dataset.Datasets;
import dev.datastudio.core.dataset.ImportTarget;
import dev.datastudio.core.source.internal.Connections;
import dev.datastudio.core.source.internal.FileRoots;
import dev.datastudio.core.source.internal.SourceAccess;
import dev.datastudio.core.source.internal.SourceStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The databases of one tenant: keeps how they are reached, with passwords sealed; tests them, reads their schema and
 * samples, and imports from them. What belongs to another tenant is not there for this one.
 *
 * <p>Nothing is ever written to a source: sessions are read-only where the database has such a thing, files are opened
 * for reading, and statements go through a gate. That is a second line; the first is a role that may only read, which
 * {@link #test(SourceId)} looks for. Thread-safe; close it when done.
 */
public final class Sources implements AutoCloseable {
    /** How many rows a sample has at most. */
    public static final int MAX_SAMPLE = 1_000;

    private final MetadataStore store;
    private final SecretVault vault;
    private final Connections connections;
    private final Datasets datasets;
    private final SourceStore kept;
    private final SourceAccess access;
    private final ActivityListener listener;
    private final BiConsumer<Caller, SourceId> forgetting;

    private Sources(
            MetadataStore store,
            SecretVault vault,
            Connections connections,
            Datasets datasets,
            ActivityListener listener,
            BiConsumer<Caller, SourceId> forgetting) {
        Caller caller = datasets.caller();
        this.store = store;
        this.vault = vault;
        this.connections = connections;
        this.datasets = datasets;
        this.kept = new SourceStore(store, vault, caller.tenant());
        this.listener = listener;
        this.forgetting = forgetting;
        this.access = new SourceAccess(caller, kept, connections, datasets);
    }

    /**
     * Sources to be composed.
     *
     * @param store where they are kept; stays open
     * @param vault what seals their passwords; stays open
     * @param datasets where imports go, and on whose behalf everything happens
     */
    public static Builder builder(MetadataStore store, SecretVault vault, Datasets datasets) {
        return new Builder(store, vault, datasets);
    }

    /** The sources of another caller; they share what is open and are closed together. */
    public Sources as(Caller caller) {
        return new Sources(store, vault, connections, datasets.as(caller), listener, forgetting);
    }

    /**
     * Keeps a new source; it is not connected yet.
     *
     * @param password empty for none; sealed at once and never given out again
     */
    public Source create(SourceSpec spec, Secret password) {
        return listener.watching(
                named(activity("source.create"), spec),
                () -> kept.insert(Objects.requireNonNull(spec, "spec"), Objects.requireNonNull(password, "password")),
                (activity, source) -> activity.about(source.id()));
    }

    private Activity activity(String action) {
        return Activity.of(datasets.caller(), action);
    }

    /** Without where it connects to: what is kept for long tells no more of a network than it must. */
    private static Activity named(Activity activity, SourceSpec spec) {
        return activity.with("name", spec.name())
                .with("kind", spec.kind().name().toLowerCase(Locale.ROOT));
    }

    /** All sources, the newest first. */
    public List<Source> list() {
        return kept.list();
    }

    /**
     * The source of an id.
     *
     * @throws StudioException with {@link ErrorCode#SOURCE_NOT_FOUND} when this tenant has none of that id
     */
    public Source get(SourceId id) {
        return kept.get(id);
    }

    /** The newest source of a name. */
    public Optional<Source> find(String name) {
        return kept.find(name);
    }

    /**
     * Changes a source and leaves its password. Where it connects to can't be changed that way unless it has none:
     * whoever may change a source could otherwise have the password sent to a server of their own.
     *
     * @param revision the {@link Source#revision()} that the change is made to
     * @throws StudioException with {@link ErrorCode#SOURCE_INVALID} when it has a password and kind, host, port or
     *     settings differ, {@link ErrorCode#ENTRY_CONFLICT} when somebody else changed it first, {@link ErrorCode#SOURCE_NOT_FOUND}
     */
    public Source update(SourceId id, long revision, SourceSpec spec) {
        return updating(named(activity("source.update"), spec).about(id), () -> {
            Source before = kept.get(id);
            // A password that somebody gives it meanwhile makes another revision, to which this change is refused.
            if (before.revision() == revision && kept.hasPassword(id)) {
                requireSamePlace(before.spec(), spec);
            }
            return kept.update(id, revision, spec);
        });
    }

    private static void requireSamePlace(SourceSpec before, SourceSpec spec) {
        boolean elsewhere = before.kind() != spec.kind()
                || !before.host().equals(spec.host())
                || before.port() != spec.port()
                || !before.properties().equals(spec.properties());
        if (elsewhere) {
            throw new StudioException(
                    ErrorCode.SOURCE_INVALID,
                    "The source " + StudioException.quote(before.name())
                            + " would send its password elsewhere than before",
                    "Give the password again together with the new place and settings");
        }
    }

    /**
     * Changes a source and its password.
     *
     * @param revision the {@link Source#revision()} that the change is made to
     * @param password empty to have none
     * @throws StudioException with {@link ErrorCode#ENTRY_CONFLICT} when somebody else changed it first,
     *     {@link ErrorCode#SOURCE_NOT_FOUND}
     */
    public Source update(SourceId id, long revision, SourceSpec spec, Secret password) {
        return updating(
                named(activity("source.update"), spec).about(id).with("changed", "password"),
                () -> kept.update(id, revision, spec, password));
    }

    private Source updating(Activity begun, ActivityListener.Work<Source, RuntimeException> update) {
        return listener.watching(
                begun,
                () -> {
                    Source changed = update.run();
                    connections.forget(datasets.caller().tenant(), changed.id());
                    return changed;
                },
                (activity, changed) -> activity.with("revision", changed.revision()));
    }

    /**
     * Forgets a source and ends its connections; what was imported from it stays.
     *
     * @throws StudioException with {@link ErrorCode#SOURCE_NOT_FOUND} when this tenant has none of that id
     */
    public void delete(SourceId id) {
        listener.watching(
                activity("source.delete").about(id),
                () -> {
                    kept.delete(id);
                    connections.forget(datasets.caller().tenant(), id);
                    forgetting.accept(datasets.caller(), id);
                    return id;
                },
                (activity, deleted) -> activity);
    }

    /**
     * Seals all passwords of the tenant with the vault's newest key, after the vault's key was changed.
     *
     * @return how many were sealed with an older one
     * @throws StudioException with {@link ErrorCode#SECRET_UNREADABLE} when the vault can't open one; those before it
     *     are sealed anew
     */
    public int resealPasswords() {
        return listener.watching(
                activity("source.reseal"), kept::reseal, (activity, count) -> activity.with("resealed", count));
    }

    /**
     * Connects once, and tells what the user may do there and whether somebody could read along.
     *
     * @throws StudioException with {@link ErrorCode#SOURCE_UNREACHABLE} that says why it can't be connected,
     *     {@link ErrorCode#URL_REFUSED} when the policy for hosts refuses the address, {@link ErrorCode#PATH_REFUSED},
     *     {@link ErrorCode#DEPENDENCY_MISSING} that names the missing driver, {@link ErrorCode#SOURCE_NOT_FOUND}
     */
    public SourceCheck test(SourceId id) {
        return access.test(id);
    }

    /** As {@link #test(SourceId)}, before it is kept. */
    public SourceCheck test(SourceSpec spec, Secret password) {
        return access.test(spec, password);
    }

    /** As {@link #schema(SourceId, ProgressListener, Cancellation)}, without listening. */
    public SourceSchema schema(SourceId id) {
        return schema(id, ProgressListener.NONE, Cancellation.none());
    }

    /**
     * Reads which tables and views there are, with columns, keys, comments and estimates of their rows. Nothing is
     * counted.
     *
     * @throws StudioException as {@link #test(SourceId)}, {@link ErrorCode#QUERY_TIMEOUT}, {@link ErrorCode#CANCELLED}
     */
    public SourceSchema schema(SourceId id, ProgressListener progress, Cancellation cancellation) {
        return access.schema(id, progress, cancellation);
    }

    /**
     * Some rows of a table.
     *
     * @param rows how many at most, 1 to {@link #MAX_SAMPLE}
     * @throws StudioException with {@link ErrorCode#UNKNOWN_TABLE} when it is not there, and as
     *     {@link #schema(SourceId)}
     */
    public TableSample sample(SourceId id, TableName table, int rows, Cancellation cancellation) {
        if (rows < 1 || rows > MAX_SAMPLE) {
            throw new IllegalArgumentException("rows must be in 1.." + MAX_SAMPLE + ", was " + rows);
        }
        return access.sample(id, table, rows, cancellation);
    }

    /**
     * Imports a table or view into the next version of a data set, row by row: numbers exactly, times with a zone as
     * UTC, arrays and documents as text. Binary columns are left out and more rows than the source's
     * {@link SourceSpec#rowLimit()} or the target's are cut, which a warning tells. Blocks until it is stored.
     *
     * @param target name, listener and cancellation; its origin is set here
     * @throws StudioException with {@link ErrorCode#UNKNOWN_TABLE}, {@link ErrorCode#CANCELLED} after the statement was
     *     stopped, and as {@link Datasets#importRows}; nothing of it stays
     */
    public Dataset importTable(SourceId id, TableName table, ImportTarget target) {
        return importing(
                activity("source.import").about(id).with("table", table), () -> access.importTable(id, table, target));
    }

    /**
     * Imports the rows of a statement that only reads, as {@link #importTable}. The statement passes the gate of the
     * source's dialect, and what runs is the gate's own writing of it.
     *
     * @throws StudioException also with {@link ErrorCode#SQL_REFUSED} and {@link ErrorCode#SQL_INVALID}
     */
    public Dataset importQuery(SourceId id, String sql, ImportTarget target) {
        return importing(
                activity("source.import").about(id).with("sql", sql), () -> access.importQuery(id, sql, target));
    }

    private Dataset importing(Activity begun, ActivityListener.Work<Dataset, RuntimeException> work) {
        return listener.watching(begun, work, (activity, dataset) -> {
            List<String> subjects = new ArrayList<>(activity.subjects());
            subjects.add(dataset.id().toString());
            return activity.about(subjects);
        });
    }

    /**
     * Answers SQL with the source itself, over a few connections that are kept open while they are used. Close it when
     * done; the connections are closed with these sources. Tables of a DuckDB file that lie in another schema than
     * {@code main} are called {@code "schema.table"}, with the quotes.
     *
     * @throws StudioException as {@link #test(SourceId)}; with {@link ErrorCode#SOURCE_INVALID} for databases of
     *     the host program that have no gate, whose tables can be imported
     */
    public QueryEngine engine(SourceId id) {
        return access.engine(id);
    }

    /** Ends all connections. Does nothing when called again. */
    @Override
    public void close() {
        connections.close();
    }

    /** Composes {@link Sources}. Not thread-safe. */
    public static final class Builder {
        private final MetadataStore store;
        private final SecretVault vault;
        private final Datasets datasets;
        private HostPolicy hostPolicy = HostPolicy.ANY;
        private HostDataSources hostDataSources = HostDataSources.NONE;
        private List<Path> fileFolders = List.of();
        private ActivityListener listener = ActivityListener.NONE;
        private BiConsumer<Caller, SourceId> forgetting = (caller, id) -> {};

        private Builder(MetadataStore store, SecretVault vault, Datasets datasets) {
            this.store = Objects.requireNonNull(store, "store");
            this.vault = Objects.requireNonNull(vault, "vault");
            this.datasets = Objects.requireNonNull(datasets, "datasets");
        }

        /** Which addresses may be connected to; {@link HostPolicy#ANY} unless told. */
        public Builder hostPolicy(HostPolicy hostPolicy) {
            this.hostPolicy = Objects.requireNonNull(hostPolicy, "hostPolicy");
            return this;
        }

        /** The data sources of the host program; none unless told. */
        public Builder hostDataSources(HostDataSources hostDataSources) {
            this.hostDataSources = Objects.requireNonNull(hostDataSources, "hostDataSources");
            return this;
        }

        /** The folders in which files of SQLite and DuckDB may lie; none unless told, so that none can be opened. */
        public Builder fileFolders(List<Path> fileFolders) {
            this.fileFolders = List.copyOf(fileFolders);
            return this;
        }

        /** Told of what is done with sources; nobody unless told. */
        public Builder telling(ActivityListener listener) {
            this.listener = Objects.requireNonNull(listener, "listener");
            return this;
        }

        /** Told of each source that was deleted, by whom, on the deleting thread; nobody unless told. */
        public Builder onDelete(BiConsumer<Caller, SourceId> forgetting) {
            this.forgetting = Objects.requireNonNull(forgetting, "forgetting");
            return this;
        }

        /** The sources. */
        public Sources build() {
            Connections connections = new Connections(hostPolicy, hostDataSources, new FileRoots(fileFolders));
            return new Sources(store, vault, connections, datasets, listener, forgetting);
        }
    }
}
