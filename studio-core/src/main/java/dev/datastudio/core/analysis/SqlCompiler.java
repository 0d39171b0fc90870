package dev.datastudio.core.analysis;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.query.QueryResult;
import dev.datastudio.core.analysis.internal.BinnedValue;
import dev.datastudio.core.analysis.internal.Schema;
import dev.datastudio.core.analysis.internal.StepCompiler;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * Turns steps into SQL: one SELECT each, values bound, names quoted, rows always in the same order. Immutable and
 * thread-safe.
 */
public final class SqlCompiler {
    private final StepCompiler compiler;

    private SqlCompiler(SqlDialect dialect) {
        this.compiler = new StepCompiler(dialect);
    }

    /** A compiler for the engines of a dialect. */
    public static SqlCompiler of(SqlDialect dialect) {
        return new SqlCompiler(dialect);
    }

    /**
     * Validates and compiles a step.
     *
     * @param datasets what the step may read; {@link Dataset#table()} is the name in SQL
     * @param today the day that relative periods are counted from
     * @throws StudioException with {@link ErrorCode#INVALID_PLAN}, naming every problem, or what the dialect can't say
     * @throws IllegalArgumentException if the step has bins: {@link #spreadOf} gives what must be run first
     */
    public CompiledStep compile(Step step, List<Dataset> datasets, LocalDate today) {
        Step valid = PlanValidator.of(datasets).validate(step);
        return compiler.compile(valid, new Schema(datasets).with(valid), today);
    }

    /**
     * What must be run before a step with bins of numbers is compiled, because the edges of the bins follow from the
     * spread of the values; empty for every other step.
     *
     * @throws StudioException with {@link ErrorCode#INVALID_PLAN}, naming every problem
     */
    public Optional<Step> spreadOf(Step step, List<Dataset> datasets) {
        Step valid = PlanValidator.of(datasets).validate(step);
        Schema schema = new Schema(datasets).with(valid);
        return BinnedValue.of(valid, schema).map(value -> value.spread(valid, schema));
    }

    /**
     * Validates and compiles a step with bins; their edges stand in the statement.
     *
     * @param spread what the step of {@link #spreadOf} gave
     * @throws StudioException as {@link #compile(Step, List, LocalDate)}
     */
    public CompiledStep compile(Step step, List<Dataset> datasets, LocalDate today, QueryResult spread) {
        Step valid = PlanValidator.of(datasets).validate(step);
        Schema schema = new Schema(datasets).with(valid);
        BinnedValue value = BinnedValue.of(valid, schema)
                .orElseThrow(() -> new IllegalArgumentException("step must have bins when a spread is given"));
        double[] edges = value.edges(value.summary(spread.rows().get(0)));
        return compiler.compile(valid, schema, today, edges);
    }
}
