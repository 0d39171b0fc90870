package dev.datastudio.core;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.query.Query;
import dev.datastudio.api.query.QueryResult;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.chart.dataset.ChartRequest;
import dev.datastudio.core.chart.dataset.DatasetChart;
import dev.datastudio.core.chart.dataset.DatasetCharts;
import dev.datastudio.core.conversation.Conversations;
import dev.datastudio.core.dataset.Datasets;
import dev.datastudio.core.export.Exports;
import dev.datastudio.core.preview.Preview;
import dev.datastudio.core.preview.PreviewRequest;
import dev.datastudio.core.profile.DatasetProfile;
import dev.datastudio.core.profile.ProfileOptions;
import dev.datastudio.core.profile.Profiles;
import dev.datastudio.core.project.Projects;
import dev.datastudio.core.query.EngineLease;
import dev.datastudio.core.relation.Relations;
import dev.datastudio.core.source.Sources;
import dev.datastudio.core.statistics.Statistics;
import dev.datastudio.core.statistics.TestRequest;
import dev.datastudio.core.statistics.TestResult;
import dev.datastudio.core.usage.UsageLine;
import java.util.List;
import java.util.Objects;

/**
 * A studio as one caller has it, such as the user of a request: what belongs to others is not there. It is cheap to make
 * and needs no closing. Thread-safe.
 */
public final class CallerStudio {
    private final Studio studio;
    private final Caller caller;

    CallerStudio(Studio studio, Caller caller) {
        this.studio = studio;
        this.caller = Objects.requireNonNull(caller, "caller");
    }

    /** On whose behalf everything happens. */
    public Caller caller() {
        return caller;
    }

    /** The data sets: import, list, delete. */
    public Datasets datasets() {
        return studio.datasets().as(caller);
    }

    /** The databases that the caller's tenant connected. */
    public Sources sources() {
        return studio.sources().as(caller);
    }

    /** How tables belong together. */
    public Relations relations() {
        return studio.relations().as(caller);
    }

    /** The projects of the caller's tenant. */
    public Projects projects() {
        return Projects.of(studio.metadata(), caller);
    }

    /** The conversations of the caller. */
    public Conversations conversations() {
        return studio.conversationsOf(caller);
    }

    /** Writes data sets and the rows of queries into files. */
    public Exports exports() {
        return studio.exports(datasets());
    }

    /** What was used of which quota. */
    public List<UsageLine> usage() {
        return studio.usage().of(caller);
    }

    /**
     * The engine over data sets, to be given back by closing the lease.
     *
     * @throws StudioException with {@link ErrorCode#DATASET_NOT_FOUND} when one of them belongs to somebody else
     */
    public EngineLease engine(List<Dataset> tables) {
        return studio.engine(caller, tables);
    }

    /**
     * Runs one statement that only reads, over data sets as tables of their {@link Dataset#table()} names.
     *
     * @throws StudioException as {@link dev.datastudio.api.query.QueryEngine#execute}
     */
    public QueryResult query(List<Dataset> tables, Query query, Cancellation cancellation) {
        try (EngineLease lease = engine(tables)) {
            return lease.engine().execute(query, cancellation);
        }
    }

    /** A page of rows of a data set or database; see {@link dev.datastudio.core.preview.Previews#show}. */
    public Preview preview(PreviewRequest request) {
        return studio.previews().show(caller, request);
    }

    /**
     * Everything that is to be known of a data set. Computed at each call.
     *
     * @throws StudioException as {@link Profiles#full(Dataset, ProfileOptions)}
     */
    public DatasetProfile fullProfile(Dataset dataset, ProfileOptions options) {
        return Profiles.of(datasets()).full(dataset, options);
    }

    /**
     * As {@link #fullProfile}, as {@link dev.datastudio.core.profile.ProfileJson} writes it, in UTF-8. Computed once for
     * the same content.
     */
    public byte[] profileJson(Dataset dataset, Cancellation cancellation) {
        return studio.profiles().json(datasets(), dataset, cancellation);
    }

    /**
     * Runs a hypothesis test over a data set, or the one that fits its columns.
     *
     * @throws StudioException as {@link Statistics#test}
     */
    public TestResult test(Dataset dataset, TestRequest request, Cancellation cancellation) {
        try (EngineLease lease = engine(List.of(dataset))) {
            return Statistics.of(lease.engine()).test(dataset, request, cancellation);
        }
    }

    /**
     * The chart of some columns of a data set.
     *
     * @throws StudioException as {@link DatasetCharts#draw(Dataset, ChartRequest, Cancellation)}
     */
    public DatasetChart chart(Dataset dataset, ChartRequest request, Cancellation cancellation) {
        try (EngineLease lease = engine(List.of(dataset))) {
            return DatasetCharts.of(lease.engine()).draw(dataset, request, cancellation);
        }
    }
}
