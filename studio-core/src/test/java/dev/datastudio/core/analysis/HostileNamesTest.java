package dev.datastudio.core.analysis;

import static dev.datastudio.core.analysis.Compiled.number;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.datastudio.core.analysis.Condition.Comparator;
import dev.datastudio.core.analysis.Expression.Constant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Names and values that look like SQL, or like names that the compiled SQL uses itself, through every operation. */
class HostileNamesTest {
    private static final String TABLE = "bins";
    private static final List<String> TEXTS =
            List.of("x'\"; DROP TABLE bins; --", "%_!", "日本 ' \\", "Ünïcödé", "a", "A");
    private static final List<String> NUMBERS = List.of("width", "place", "n\"q", "v", "first; --");
    private static final List<String> NAMES = List.of("g0", "x'y\"", "category");
    private static final List<List<@Nullable Object>> ROWS = new ArrayList<>();
    private static Tables tables;

    @BeforeAll
    static void open() {
        Random random = new Random(7);
        List<String> values = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            List<@Nullable Object> row = new ArrayList<>();
            for (int j = 0; j < NAMES.size(); j++) {
                row.add(random.nextInt(8) == 0 ? null : TEXTS.get(random.nextInt(TEXTS.size())));
            }
            for (int j = 0; j < NUMBERS.size(); j++) {
                row.add(random.nextInt(8) == 0 ? null : (long) (random.nextGaussian() * 50));
            }
            ROWS.add(row);
            values.add(literals(row));
        }
        List<String> names = new ArrayList<>(NAMES);
        names.addAll(NUMBERS);
        List<String> columns =
                names.stream().map(n -> '"' + n.replace("\"", "\"\"") + '"').toList();
        tables = Tables.of(
                TABLE,
                "SELECT * FROM (VALUES " + String.join(", ", values) + ") t(" + String.join(", ", columns) + ")");
    }

    private static String literals(List<@Nullable Object> row) {
        List<String> cells = row.stream()
                .map(v -> v instanceof String text
                        ? "'" + text.replace("'", "''") + "'"
                        : v == null ? "NULL" : "CAST(" + v + " AS BIGINT)")
                .toList();
        return "(" + String.join(", ", cells) + ")";
    }

    @AfterAll
    static void close() {
        tables.close();
    }

    private static Expression col(String name) {
        return Expression.column(TABLE, name);
    }

    private static Measure value(String name) {
        return Measure.of(Aggregate.COUNT, col(name));
    }

    @Test
    void everyOperationTakesThem() {
        List<Dimension> text = List.of(Dimension.of(col("x'y\"")));
        Condition filter = new Condition.Any(List.of(
                new Condition.TextMatch(col("g0"), Condition.Position.ANYWHERE, "%_!"),
                new Condition.OneOf(
                        col("category"), TEXTS.stream().map(Constant::new).toList()),
                new Condition.Missing(col("g0"))));
        for (String number : NUMBERS) {
            List<Step.Builder> steps = List.of(
                    Step.of(Operation.LIST, TABLE).limit(new Limit(2, Limit.Ties.CUT, -1)),
                    Step.of(Operation.LIST, TABLE)
                            .dimensions(List.of(Dimension.of(col("category")), Dimension.of(col(number))))
                            .limit(new Limit(1, Limit.Ties.CUT, 0)),
                    Step.of(Operation.AGGREGATE, TABLE)
                            .dimensions(text)
                            .measures(List.of(Measure.of(Aggregate.SUM, col(number)))),
                    Step.of(Operation.AGGREGATE, TABLE)
                            .dimensions(List.of(new Dimension(col(number), new Dimension.Grouping.ByBins(5))))
                            .measures(List.of(Measure.count())),
                    Step.of(Operation.AGGREGATE, TABLE)
                            .dimensions(List.of(Dimension.of(col(number)), text.get(0)))
                            .measures(List.of(new Measure.Aggregated(
                                    Aggregate.SUM, col("v"), 0, Measure.Transform.MOVING_AVERAGE)))
                            .limit(new Limit(2, Limit.Ties.KEEP, 1)),
                    Step.of(Operation.DISTRIBUTION, TABLE).measures(List.of(value(number))),
                    Step.of(Operation.DISTRIBUTION, TABLE).measures(List.of(value("g0"))),
                    Step.of(Operation.DISTRIBUTION, TABLE)
                            .measures(List.of(value(number)))
                            .dimensions(text),
                    Step.of(Operation.SUMMARY, TABLE),
                    Step.of(Operation.MISSING, TABLE),
                    Step.of(Operation.DUPLICATES, TABLE).dimensions(text),
                    Step.of(Operation.OUTLIERS, TABLE).measures(List.of(value(number))),
                    Step.of(Operation.COMPARISON, TABLE)
                            .dimensions(text)
                            .measures(List.of(Measure.of(Aggregate.MEAN, col(number))))
                            .detail(new Detail.Comparison(
                                    List.of(new Constant(TEXTS.get(0)), new Constant(TEXTS.get(2))))),
                    Step.of(Operation.CORRELATION, TABLE),
                    Step.of(Operation.CORRELATION, TABLE)
                            .dimensions(List.of(Dimension.of(col("g0"))))
                            .measures(List.of(value(number), value("v")))
                            .detail(new Detail.Correlation(Detail.CorrelationMethod.SPEARMAN)),
                    Step.of(Operation.REGRESSION, TABLE).measures(List.of(value("v"), value(number))));
            for (Step.Builder step : steps) {
                Compiled.rows(tables, step.filter(filter).build());
            }
        }
    }

    @Test
    void filteredSumsEqualThoseOfPlainJava() {
        for (String wanted : TEXTS) {
            for (Comparator comparator : List.of(Comparator.EQUAL, Comparator.NOT_EQUAL)) {
                Map<String, Long> expected = new TreeMap<>();
                for (List<@Nullable Object> row : ROWS) {
                    boolean same = wanted.equalsIgnoreCase(String.valueOf(row.get(0)));
                    if (row.get(0) != null && same == (comparator == Comparator.EQUAL)) {
                        long v = row.get(6) == null ? 0 : (Long) Objects.requireNonNull(row.get(6));
                        expected.merge(String.valueOf(row.get(2)), v, Long::sum);
                    }
                }
                Map<String, Long> actual = new TreeMap<>();
                for (List<@Nullable Object> row : Compiled.rows(
                        tables,
                        Step.of(Operation.AGGREGATE, TABLE)
                                .dimensions(List.of(Dimension.of(col("category"))))
                                .measures(List.of(Measure.of(Aggregate.SUM, col("v"))))
                                .filter(new Condition.Comparison(col("g0"), comparator, new Constant(wanted)))
                                .build())) {
                    actual.put(String.valueOf(row.get(0)), row.get(1) == null ? 0 : (long) number(row.get(1)));
                }
                assertEquals(expected, actual, comparator + " " + wanted);
            }
        }
    }
}
