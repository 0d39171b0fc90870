package dev.datastudio.core.analysis;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.query.Query;
import dev.datastudio.api.query.QueryEngine;
import dev.datastudio.api.query.QueryLimits;
import dev.datastudio.api.query.QueryResult;
import dev.datastudio.core.analysis.internal.ResultTypes;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every engine gives the rows of {@code golden-plans.txt} for {@link GoldenPlans}, or refuses a plan by its name.
 * With the system property {@code golden.plans} DuckDB's rows are written to that file instead, to be looked through.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class GoldenPlanContract {
    /** The plans that a dialect without the aggregates for skewness and kurtosis can't say. */
    static final Set<String> OF_DUCKDB = Set.of(
            "row-number",
            "number-in-text",
            "skewness-of-all",
            "skewness-by-region",
            "kurtosis-of-all",
            "kurtosis-by-region",
            "population-skewness-of-all",
            "population-skewness-by-region",
            "population-kurtosis-of-all",
            "population-kurtosis-by-region");

    /** Those, and the plans that a dialect without an aggregate for the mode can't say. */
    static final Set<String> OF_DUCKDB_AND_POSTGRESQL = Stream.concat(
                    OF_DUCKDB.stream(), Stream.of("mode-of-all", "mode-by-region"))
            .collect(Collectors.toSet());

    /** Those, and the plan with a median of groups of groups: what MySQL and MariaDB can't say. */
    static final Set<String> OF_MYSQL = Stream.concat(OF_DUCKDB_AND_POSTGRESQL.stream(), Stream.of("customers-median"))
            .collect(Collectors.toSet());

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2024-03-15T12:00:00Z"), ZoneOffset.UTC);
    private static final MathContext DIGITS = new MathContext(9, RoundingMode.HALF_UP);

    private @Nullable QueryEngine engine;

    /** Stores the tables of {@link GoldenTables} and opens an engine over them. */
    abstract QueryEngine open(Path folder) throws Exception;

    /** The plans that the dialect can't say. */
    abstract Set<String> unsaid();

    @BeforeAll
    void openEngine(@TempDir Path folder) throws Exception {
        engine = open(folder);
    }

    @AfterAll
    void closeEngine() {
        engine().close();
    }

    private QueryEngine engine() {
        return Objects.requireNonNull(engine);
    }

    @Test
    void answersEveryGoldenPlanAlike() throws IOException {
        Map<String, List<String>> answers = new LinkedHashMap<>();
        List<org.junit.jupiter.api.function.Executable> checks = new ArrayList<>();
        String file = System.getProperty("golden.plans");
        Map<String, List<String>> golden = file == null ? golden() : Map.of();
        GoldenPlans.all().forEach((name, step) -> {
            if (unsaid().contains(name)) {
                return;
            }
            checks.add(() -> {
                List<String> rows = named(name, step);
                answers.put(name, rows);
                if (file == null) {
                    assertEquals(
                            String.join("\n", Objects.requireNonNull(golden.get(name), name)),
                            String.join("\n", rows),
                            name);
                }
            });
        });
        try {
            assertAll(checks);
        } finally {
            if (file != null) {
                Files.writeString(Path.of(file), written(answers));
            }
        }
    }

    @Test
    void refusesByNameWhatTheDialectCannotSay() {
        for (String name : unsaid()) {
            StudioException refused = assertThrows(
                    StudioException.class,
                    () -> rows(Objects.requireNonNull(GoldenPlans.all().get(name))),
                    name);

            assertEquals(ErrorCode.INVALID_PLAN, refused.code(), name);
            assertTrue(refused.what().matches("(PostgreSQL|MySQL|SQLite) can't compute .+ in a plan"), refused.what());
        }
    }

    private List<String> named(String name, Step step) {
        try {
            return rows(step);
        } catch (StudioException e) {
            throw new AssertionError(name + ": " + e.getMessage(), e);
        }
    }

    /** The rows of a step, which both of its forms give. */
    private List<String> rows(Step step) {
        StepResult result = StepRunner.of(engine(), CLOCK)
                .run(step, GoldenTables.datasets(), QueryLimits.DEFAULT, Cancellation.none());
        QueryResult displayed =
                ResultTypes.of(engine().execute(Query.of(result.sql()), Cancellation.none()), result.columns());
        List<String> rows = shown(result.result());
        assertEquals(rows, shown(displayed), result.sql());
        return rows;
    }

    private static List<String> shown(QueryResult result) {
        return result.rows().stream()
                .map(row -> String.join(
                        " | ", row.stream().map(GoldenPlanContract::shown).toList()))
                .toList();
    }

    private static String shown(@Nullable Object value) {
        if (value instanceof Number number) {
            BigDecimal decimal = new BigDecimal(number.toString());
            boolean tiny = decimal.abs().compareTo(new BigDecimal("1e-12")) < 0;
            return tiny ? "0" : decimal.round(DIGITS).stripTrailingZeros().toPlainString();
        } else if (value instanceof LocalDateTime time) {
            return time + (time.getSecond() == 0 ? ":00" : "");
        } else if (value instanceof String text) {
            return "'" + text + "'";
        }
        return value == null ? "∅" : value.toString();
    }

    private static String written(Map<String, List<String>> answers) {
        StringBuilder text = new StringBuilder();
        answers.forEach((name, rows) -> {
            text.append("--- ").append(name).append('\n');
            rows.forEach(row -> text.append(row).append('\n'));
        });
        return text.toString();
    }

    private static Map<String, List<String>> golden() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(GoldenPlanContract.class.getResourceAsStream("golden-plans.txt"))) {
            Map<String, List<String>> golden = new LinkedHashMap<>();
            List<String> rows = new ArrayList<>();
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                if (line.startsWith("--- ")) {
                    rows = new ArrayList<>();
                    golden.put(line.substring(4), rows);
                } else {
                    rows.add(line);
                }
            }
            return golden;
        }
    }
}
