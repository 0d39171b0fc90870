package dev.datastudio.core.statistics;

import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.query.QueryEngine;
import dev.datastudio.api.query.QueryLimits;
import dev.datastudio.core.statistics.internal.SampleReader;
import dev.datastudio.core.statistics.internal.SampleReader.Field;
import java.util.List;
import java.util.Objects;

/**
 * Runs hypothesis tests over data sets. Only the columns of the test are read, different values with their counts, page
 * by page. As thread-safe as its engine, which stays open.
 */
public final class Statistics {
    /** Values, or pairs, that one test of numbers takes at most; tests of categories take any number of rows. */
    public static final long MAX_VALUES = 2_000_000;

    /** Groups, or values of a category, that one test takes at most. */
    public static final int MAX_GROUPS = 50;

    private final QueryEngine engine;

    private Statistics(QueryEngine engine) {
        this.engine = engine;
    }

    /** Tests over the tables of an engine. */
    public static Statistics of(QueryEngine engine) {
        return new Statistics(Objects.requireNonNull(engine, "engine"));
    }

    /**
     * Runs a test. Rows without one of the values are left out and counted. Blocks while the rows are read.
     *
     * @throws StudioException with {@link ErrorCode#UNKNOWN_COLUMN}, with {@link ErrorCode#TEST_NOT_APPLICABLE} when
     *     the columns don't fit the test, with {@link ErrorCode#LIMIT_EXCEEDED} beyond {@link #MAX_VALUES}, or one of
     *     {@link QueryEngine#execute}
     */
    public TestResult test(Dataset dataset, TestRequest request, Cancellation cancellation) {
        Column first = dataset.column(request.column());
        boolean two = !request.other().isEmpty();
        Column second = two ? dataset.column(request.other()) : first;
        String sql = "SELECT " + quoted(first.name()) + " AS a, " + (two ? quoted(second.name()) : "1") + " AS b FROM "
                + quoted(dataset.table());
        SampleReader reader = new SampleReader(engine, sql, List.of(), QueryLimits.DEFAULT, cancellation);
        Samples samples = two
                ? reader.two(request.spec(), Field.of(first), Field.of(second), request.groups())
                : reader.one(request.spec(), Field.of(first));
        cancellation.throwIfCancelled();
        return HypothesisTests.run(request.spec(), samples);
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
