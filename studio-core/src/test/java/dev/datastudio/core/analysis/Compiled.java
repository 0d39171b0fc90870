package dev.datastudio.core.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.datastudio.api.query.QueryResult;
import dev.datastudio.api.query.ResultColumn;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Steps compiled and run behind the gate, after both of their forms gave the same. */
final class Compiled {
    static final LocalDate TODAY = LocalDate.of(2024, 3, 15);
    private static final BigDecimal TINY = new BigDecimal("1e-9");

    private Compiled() {}

    static List<List<@Nullable Object>> rows(Tables tables, Step step) {
        CompiledStep compiled = compile(tables, step);
        try {
            QueryResult bound = tables.result(compiled.sql(), compiled.parameters());
            assertSame(bound.rows(), tables.rows(compiled.displaySql()), compiled.displaySql());
            assertEquals(
                    bound.columns().stream().map(ResultColumn::name).toList(),
                    compiled.columns().stream().map(StepColumn::label).toList());
            return bound.rows();
        } catch (RuntimeException e) {
            throw new AssertionError(compiled.displaySql(), e);
        }
    }

    /** A step as SQL, after the spread of its values was asked if it has bins. */
    static CompiledStep compile(Tables tables, Step step) {
        SqlCompiler compiler = SqlCompiler.of(SqlDialect.DUCKDB);
        Optional<Step> spread = compiler.spreadOf(step, tables.datasets());
        if (spread.isEmpty()) {
            return compiler.compile(step, tables.datasets(), TODAY);
        }
        CompiledStep asked = compiler.compile(spread.get(), tables.datasets(), TODAY);
        return compiler.compile(step, tables.datasets(), TODAY, tables.result(asked.sql(), asked.parameters()));
    }

    /** Equal but for the last digits of sums, whose parts are added in any order by several threads. */
    static void assertSame(List<List<@Nullable Object>> expected, List<List<@Nullable Object>> actual, String what) {
        assertEquals(rounded(expected), rounded(actual), what);
    }

    private static List<List<@Nullable Object>> rounded(List<List<@Nullable Object>> rows) {
        return rows.stream()
                .map(row -> row.stream().map(Compiled::rounded).toList())
                .toList();
    }

    private static @Nullable Object rounded(@Nullable Object value) {
        if (!(value instanceof Number) || value instanceof Long) {
            return value;
        }
        BigDecimal number = new BigDecimal(value.toString());
        BigDecimal rounded = number.round(new MathContext(10)).stripTrailingZeros();
        return number.abs().compareTo(TINY) < 0 ? BigDecimal.ZERO : rounded;
    }

    static double number(@Nullable Object value) {
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        throw new AssertionError("Not a number: " + value);
    }
}
