package dev.datastudio.core.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.datastudio.core.analysis.Condition.Comparator;
import dev.datastudio.core.analysis.Expression.Constant;
import dev.datastudio.core.chart.Quantiles;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Random filters, groups and aggregates over random tables, against plain Java over the same rows. */
class RandomAggregatesTest {
    private static final int TABLES = 6;
    private static final int PLANS = 40;
    private static final List<String> NAMES = List.of("word", "whole", "real", "day");
    private static final List<String> WORDS = List.of("ant", "bee", "cat", "O'x", "%_");
    private static final List<Comparator> COMPARATORS = List.of(Comparator.values());
    private static final List<Aggregate> AGGREGATES = List.of(
            Aggregate.COUNT,
            Aggregate.COUNT_DISTINCT,
            Aggregate.SUM,
            Aggregate.MEAN,
            Aggregate.MEDIAN,
            Aggregate.MIN,
            Aggregate.MAX);

    private final Random random = new Random(20240315);

    @Test
    void equalPlainJava() {
        for (int t = 0; t < TABLES; t++) {
            List<List<@Nullable Object>> rows = rows();
            try (Tables tables = Tables.of("t", select(rows))) {
                for (int p = 0; p < PLANS; p++) {
                    check(tables, rows);
                }
            }
        }
    }

    private void check(Tables tables, List<List<@Nullable Object>> rows) {
        Condition filter = random.nextInt(4) == 0 ? Condition.always() : condition(2);
        List<Integer> keys = random.nextInt(4) == 0
                ? List.of()
                : new ArrayList<>(new LinkedHashSet<>(List.of(random.nextInt(4), random.nextInt(4))));
        Aggregate aggregate = AGGREGATES.get(random.nextInt(AGGREGATES.size()));
        int of = 1 + random.nextInt(2);
        Step step = Step.of(Operation.AGGREGATE, "t")
                .filter(filter)
                .dimensions(keys.stream().map(this::dimension).toList())
                .measures(List.of(Measure.count(), Measure.of(aggregate, column(of))))
                .build();

        Map<List<@Nullable Object>, List<Object>> expected = new HashMap<>();
        if (keys.isEmpty()) {
            expected.put(List.of(), new ArrayList<>());
        }
        Map<List<@Nullable Object>, Long> counts = new HashMap<>();
        for (List<@Nullable Object> row : rows) {
            if (Boolean.TRUE.equals(holds(filter, row))) {
                List<@Nullable Object> key =
                        keys.stream().map(k -> key(k, row)).collect(ArrayList::new, List::add, List::addAll);
                counts.merge(key, 1L, Long::sum);
                List<Object> values = expected.computeIfAbsent(key, k -> new ArrayList<>());
                Object value = row.get(of);
                if (value != null) {
                    values.add(value);
                }
            }
        }

        List<List<@Nullable Object>> actual = Compiled.rows(tables, step);
        assertEquals(expected.size(), actual.size(), step::toString);
        for (List<@Nullable Object> row : actual) {
            List<@Nullable Object> key = new ArrayList<>(row.subList(0, keys.size()));
            assertEquals(counts.getOrDefault(key, 0L), row.get(keys.size()), step::toString);
            Double value = value(aggregate, Objects.requireNonNull(expected.get(key), step::toString));
            Object found = row.get(keys.size() + 1);
            if (value == null || found == null) {
                assertEquals(value, found, step::toString);
            } else {
                assertEquals(value, Compiled.number(found), 1e-9 * Math.max(1, Math.abs(value)), step::toString);
            }
        }
    }

    private static @Nullable Double value(Aggregate aggregate, List<Object> values) {
        double[] sorted =
                Quantiles.sorted(values.stream().mapToDouble(Compiled::number).toArray());
        if (aggregate == Aggregate.COUNT) {
            return (double) sorted.length;
        } else if (aggregate == Aggregate.COUNT_DISTINCT) {
            return (double) values.stream().distinct().count();
        } else if (sorted.length == 0) {
            return null;
        }
        double sum = values.stream().mapToDouble(Compiled::number).sum();
        return switch (aggregate) {
            case SUM -> sum;
            case MEAN -> sum / sorted.length;
            case MEDIAN -> Quantiles.of(sorted, 0.5);
            case MIN -> sorted[0];
            case MAX -> sorted[sorted.length - 1];
            default -> throw new AssertionError(aggregate);
        };
    }

    private static Expression column(int index) {
        return Expression.column("t", NAMES.get(index));
    }

    private Dimension dimension(int index) {
        return index == 3 ? Dimension.of(column(3), TimeGrain.MONTH) : Dimension.of(column(index));
    }

    private static @Nullable Object key(int index, List<@Nullable Object> row) {
        return row.get(index) instanceof LocalDate day ? day.withDayOfMonth(1) : row.get(index);
    }

    private List<List<@Nullable Object>> rows() {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (int i = 20 + random.nextInt(60); i > 0; i--) {
            List<@Nullable Object> row = new ArrayList<>();
            for (int column = 0; column < NAMES.size(); column++) {
                row.add(random.nextInt(6) == 0 ? null : cell(column));
            }
            rows.add(row);
        }
        return rows;
    }

    private Object cell(int column) {
        return switch (column) {
            case 0 -> WORDS.get(random.nextInt(WORDS.size()));
            case 1 -> (long) random.nextInt(9) - 4;
            case 2 -> (random.nextInt(41) - 20) * 0.25;
            default -> LocalDate.of(2024, 1, 1).plusDays(random.nextInt(90));
        };
    }

    private static String select(List<List<@Nullable Object>> rows) {
        List<String> lines = new ArrayList<>();
        for (List<@Nullable Object> row : rows) {
            lines.add(String.format(
                    Locale.ROOT,
                    "(CAST(%s AS VARCHAR), CAST(%s AS BIGINT), CAST(%s AS DOUBLE), CAST(%s AS DATE))",
                    row.stream().map(RandomAggregatesTest::literal).toArray()));
        }
        return "SELECT * FROM (VALUES " + String.join(", ", lines) + ") r(" + String.join(", ", NAMES) + ")";
    }

    private static String literal(@Nullable Object value) {
        return value == null ? "NULL" : "'" + value.toString().replace("'", "''") + "'";
    }

    private Condition condition(int depth) {
        int column = random.nextInt(NAMES.size());
        return switch (random.nextInt(depth > 0 ? 7 : 4)) {
            case 0 -> new Condition.Missing(column(column));
            case 1 -> new Condition.Between(column(2), new Constant(-3.5), new Constant(random.nextInt(5) - 0.25));
            case 2 ->
                new Condition.OneOf(column(column), List.of(new Constant(cell(column)), new Constant(cell(column))));
            case 3 ->
                new Condition.Comparison(
                        column(column),
                        COMPARATORS.get(random.nextInt(COMPARATORS.size())),
                        new Constant(cell(column)));
            case 4 -> new Condition.Not(condition(depth - 1));
            case 5 -> new Condition.Any(List.of(condition(depth - 1), condition(depth - 1)));
            default -> new Condition.All(List.of(condition(depth - 1), condition(depth - 1)));
        };
    }

    /** Three-valued, as SQL: null when a missing value leaves it open. */
    private static @Nullable Boolean holds(Condition condition, List<@Nullable Object> row) {
        if (condition instanceof Condition.Missing m) {
            return value(m.value(), row) == null;
        } else if (condition instanceof Condition.Not n) {
            Boolean part = holds(n.part(), row);
            return part == null ? null : !part;
        } else if (condition instanceof Condition.All a) {
            List<@Nullable Boolean> parts = parts(a.parts(), row);
            return parts.contains(false) ? Boolean.FALSE : parts.contains(null) ? null : Boolean.TRUE;
        } else if (condition instanceof Condition.Any a) {
            List<@Nullable Boolean> parts = parts(a.parts(), row);
            return parts.contains(true) ? Boolean.TRUE : parts.contains(null) ? null : Boolean.FALSE;
        }
        return simple(condition, row);
    }

    private static @Nullable Boolean simple(Condition condition, List<@Nullable Object> row) {
        if (condition instanceof Condition.Between b) {
            Object value = value(b.value(), row);
            return value == null ? null : compare(value, b.low()) >= 0 && compare(value, b.high()) <= 0;
        } else if (condition instanceof Condition.OneOf o) {
            Object value = value(o.value(), row);
            return value == null ? null : o.values().stream().anyMatch(c -> compare(value, c) == 0);
        }
        Condition.Comparison c = (Condition.Comparison) condition;
        Object value = value(c.left(), row);
        if (value == null) {
            return null;
        }
        int order = compare(value, c.right());
        return switch (c.comparator()) {
            case EQUAL -> order == 0;
            case NOT_EQUAL -> order != 0;
            case LESS -> order < 0;
            case LESS_OR_EQUAL -> order <= 0;
            case GREATER -> order > 0;
            case GREATER_OR_EQUAL -> order >= 0;
        };
    }

    private static List<@Nullable Boolean> parts(List<Condition> conditions, List<@Nullable Object> row) {
        List<@Nullable Boolean> parts = new ArrayList<>();
        conditions.forEach(c -> parts.add(holds(c, row)));
        return parts;
    }

    private static @Nullable Object value(Expression expression, List<@Nullable Object> row) {
        return row.get(NAMES.indexOf(((Expression.ColumnRef) expression).name()));
    }

    private static int compare(Object value, Expression constant) {
        Object other = ((Constant) constant).value();
        if (value instanceof LocalDate day) {
            return day.compareTo((LocalDate) other);
        }
        return value instanceof String text
                ? text.compareTo((String) other)
                : Double.compare(Compiled.number(value), Compiled.number(other));
    }
}
