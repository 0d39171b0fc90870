package dev.datastudio.core.analysis.internal;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.analysis.Condition;
import dev.datastudio.core.analysis.Expression;
import dev.datastudio.core.analysis.PlanProblem;
import dev.datastudio.core.analysis.SqlDialect;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A single condition or value over the rows of one table as SQL of DuckDB, checked as in a plan. Columns stand without
 * their table. Immutable.
 *
 * @param sql with a {@code ?} for each value
 * @param parameters the values, in order
 * @param type what the values are; a condition is {@code BOOLEAN}
 */
public record RowSql(String sql, List<Object> parameters, ColumnType type) {
    public RowSql {
        parameters = List.copyOf(parameters);
    }

    /**
     * A condition, which may not be relative to today and may not compare measures.
     *
     * @throws StudioException with {@link ErrorCode#INVALID_PLAN}, naming every problem
     */
    public static RowSql of(Condition condition, Dataset rows) {
        List<PlanProblem> problems = new ArrayList<>();
        Schema schema = new Schema(List.of(rows));
        ConditionChecker checker = new ConditionChecker(checker(schema, rows, problems), new Problems(problems));
        Condition checked = checker.ofRows(condition, "condition");
        refuse(problems);
        Conditions conditions = new Conditions(
                expressions(schema),
                measure -> {
                    throw new IllegalStateException("A condition on rows has no measure");
                },
                LocalDate.EPOCH);
        List<Sql> parts = conditions.parts(checked);
        return of(parts.isEmpty() ? Sql.of("TRUE") : Sql.join(" AND ", parts), ColumnType.BOOLEAN);
    }

    /**
     * A value, which may not be one over all rows.
     *
     * @throws StudioException with {@link ErrorCode#INVALID_PLAN}, naming every problem
     */
    public static RowSql of(Expression expression, Dataset rows) {
        List<PlanProblem> problems = new ArrayList<>();
        Schema schema = new Schema(List.of(rows));
        Expression checked = checker(schema, rows, problems).check(expression, "expression");
        refuse(problems);
        return of(expressions(schema).of(checked), schema.type(checked));
    }

    private static RowSql of(Sql sql, ColumnType type) {
        return new RowSql(sql.bound(), sql.values(), type);
    }

    private static ExpressionChecker checker(Schema schema, Dataset rows, List<PlanProblem> problems) {
        return new ExpressionChecker(schema, List.of(rows.table()), new Problems(problems));
    }

    private static Expressions expressions(Schema schema) {
        Dialect dialect = Dialect.of(SqlDialect.DUCKDB);
        return new Expressions(
                dialect,
                schema,
                ref -> dialect.name(ref.name()),
                measure -> {
                    throw new IllegalArgumentException("expression must not have a value over all rows");
                },
                Map.of(),
                step -> {
                    throw new IllegalArgumentException("expression must not read the rows of another step");
                },
                LocalDate.EPOCH);
    }

    private static void refuse(List<PlanProblem> problems) {
        if (!problems.isEmpty()) {
            throw new StudioException(
                    ErrorCode.INVALID_PLAN,
                    problems.stream().map(PlanProblem::what).collect(Collectors.joining("; ")),
                    problems.stream().map(PlanProblem::mend).distinct().collect(Collectors.joining("; ")));
        }
    }
}
