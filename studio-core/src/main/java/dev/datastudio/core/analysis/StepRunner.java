package dev.datastudio.core.analysis;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.query.Query;
import dev.datastudio.api.query.QueryEngine;
import dev.datastudio.api.query.QueryLimits;
import dev.datastudio.api.query.QueryResult;
import dev.datastudio.core.analysis.internal.EmptyRepair;
import dev.datastudio.core.analysis.internal.EvidenceFinder;
import dev.datastudio.core.analysis.internal.Ranking;
import dev.datastudio.core.analysis.internal.ResultChecks;
import dev.datastudio.core.analysis.internal.ResultReading;
import dev.datastudio.core.analysis.internal.ResultTypes;
import dev.datastudio.core.analysis.internal.Schema;
import dev.datastudio.core.analysis.internal.StepCompiler;
import dev.datastudio.core.analysis.internal.StepQueries;
import dev.datastudio.core.analysis.internal.StepTest;
import dev.datastudio.core.analysis.internal.TestPicture;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Carries out steps: validates, compiles, runs, checks, and repairs a filter that a slip of the pen emptied. Immutable
 * and as thread-safe as its engine.
 */
public final class StepRunner {
    private final QueryEngine engine;
    private final StepCompiler compiler;
    private final Clock clock;

    private StepRunner(QueryEngine engine, Clock clock) {
        this.engine = engine;
        this.compiler = new StepCompiler(SqlDialect.of(engine.name()));
        this.clock = clock;
    }

    /**
     * A runner over an engine, which stays open.
     *
     * @param clock tells today, in its zone
     * @throws StudioException with {@link ErrorCode#INVALID_PLAN} when plans can't be compiled for the engine
     */
    public static StepRunner of(QueryEngine engine, Clock clock) {
        return new StepRunner(engine, clock);
    }

    /**
     * Carries out a step. Blocks until the last row is read; a step that finds no rows costs a few counting queries
     * more, so that the answer can say which condition emptied it.
     *
     * @param datasets what the step may read
     * @throws StudioException with {@link ErrorCode#INVALID_PLAN}, naming every problem,
     *     {@link ErrorCode#TEST_NOT_APPLICABLE} when the rows don't fit a hypothesis test, or one of
     *     {@link QueryEngine#execute}
     */
    public StepResult run(Step step, List<Dataset> datasets, QueryLimits limits, Cancellation cancellation) {
        Step valid = PlanValidator.of(datasets).validate(step);
        Schema schema = new Schema(datasets).with(valid);
        LocalDate today = LocalDate.now(clock);
        StepQueries queries = new StepQueries(compiler, schema, today, engine, limits, cancellation);
        List<String> warnings = new ArrayList<>();
        Step ranked = new Ranking(queries, schema).named(valid, warnings);
        QueryResult result = execute(queries.compile(ranked), limits, cancellation);
        Step run = ranked;
        if (EmptyRepair.isEmpty(ranked, result)) {
            run = new EmptyRepair(queries, schema).repair(ranked, warnings);
            if (!run.equals(ranked)) {
                result = execute(queries.compile(run), limits, cancellation);
            }
        }
        CompiledStep compiled = queries.compile(run);
        ResultChecks checks = new ResultChecks(queries, schema);
        checks.check(run, compiled.columns(), result, warnings);
        Evidence evidence = run.operation() == Operation.TEST
                ? new Evidence.Tested(
                        new StepTest(queries, schema, engine, limits, cancellation).of(run),
                        new TestPicture(schema)
                                .of(run)
                                .map(p -> run(p, datasets, limits, cancellation))
                                .orElse(null))
                : new EvidenceFinder(queries, schema).find(run, compiled.columns(), result);
        if (evidence instanceof Evidence.Tested tested) {
            warnings.addAll(tested.result().warnings());
        }
        return new StepResult(
                run,
                compiled.displaySql(),
                compiled.columns(),
                result,
                warnings,
                new ResultReading(Locale.US, checks).of(run, compiled.columns(), result, evidence),
                evidence);
    }

    private QueryResult execute(CompiledStep compiled, QueryLimits limits, Cancellation cancellation) {
        Query query = new Query(compiled.sql(), new ArrayList<>(compiled.parameters()), limits);
        return ResultTypes.of(engine.execute(query, cancellation), compiled.columns());
    }
}
