package dev.datastudio.core.analysis;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.analysis.internal.Schema;
import dev.datastudio.core.analysis.internal.StepCompiler;
import java.time.LocalDate;
import java.util.List;

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
     */
    public CompiledStep compile(Step step, List<Dataset> datasets, LocalDate today) {
        Step valid = PlanValidator.of(datasets).validate(step);
        return compiler.compile(valid, new Schema(datasets), today);
    }
}
