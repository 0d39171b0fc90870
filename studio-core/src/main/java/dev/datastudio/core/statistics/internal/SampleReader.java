package dev.datastudio.core.statistics.internal;

import static dev.datastudio.api.error.StudioException.quote;

import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.ColumnRole;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.query.QueryEngine;
import dev.datastudio.api.query.QueryLimits;
import dev.datastudio.core.statistics.Samples;
import dev.datastudio.core.statistics.Statistics;
import dev.datastudio.core.statistics.TestKind;
import dev.datastudio.core.statistics.TestKind.Shape;
import dev.datastudio.core.statistics.TestSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads samples: decides from the test and the columns what they are, and asks for no more than that. Not thread-safe;
 * one for each test.
 */
public final class SampleReader {
    /** Numbers with at most so many different values may be groups. */
    private static final int FEW_NUMBERS = 20;

    private final SamplePages pages;

    /**
     * A reader over a statement with the columns {@code a} and {@code b}.
     *
     * @param limits whose time is allowed for each page
     */
    public SampleReader(
            QueryEngine engine,
            String select,
            List<? extends @Nullable Object> parameters,
            QueryLimits limits,
            Cancellation cancellation) {
        this.pages = new SamplePages(engine, select, new ArrayList<>(parameters), limits, cancellation);
    }

    /**
     * One of the columns.
     *
     * @param group whether its numbers are names of groups
     */
    public record Field(String name, ColumnType type, boolean group) {
        /** A column of a data set. */
        public static Field of(Column column) {
            boolean number = column.type().isNumeric();
            boolean few = column.distinctCount() >= 0
                    && column.distinctCount() <= (column.role() == ColumnRole.DIMENSION ? FEW_NUMBERS : 2);
            return new Field(column.name(), column.type(), !number || few);
        }

        boolean isNumber() {
            return type.isNumeric();
        }

        private boolean isQuantity() {
            return isNumber() && !group;
        }
    }

    /** The only column: numbers, or counts of a category. */
    public Samples one(TestSpec spec, Field field) {
        Shape shape = spec.kind().shape();
        boolean counts = shape == Shape.COUNTS || (shape == Shape.ANY && !field.isQuantity());
        if (counts) {
            return counts(field);
        }
        if (shape == Shape.TWO || shape == Shape.GROUPS || shape == Shape.PAIRS || shape == Shape.TABLE) {
            throw Refusals.notApplicable(
                    "The " + spec.kind().title() + " needs " + shape.words() + ", and only " + quote(field.name())
                            + " is named",
                    "Name a second column");
        }
        requireNumber(spec.kind(), field);
        SamplePages.Overview overview = limited(pages.overview());
        Doubles values = new Doubles();
        pages.forEach((a, b, count) -> values.add(number(a), count));
        return withMissing(Samples.one(field.name(), values.toArray()), overview);
    }

    /** Both columns: numbers by groups, pairs of numbers, or a table of two categories. */
    public Samples two(TestSpec spec, Field a, Field b, List<String> groups) {
        return switch (spec.kind().shape()) {
            case TABLE -> table(spec.kind(), a, b);
            case PAIRS, ONE_OR_PAIRS -> pairs(spec.kind(), a, b);
            case TWO, GROUPS, ONE_OR_TWO ->
                a.isNumber() && b.isQuantity() && groups.isEmpty()
                        ? columns(spec.kind(), a, b)
                        : compared(spec, a, b, groups);
            case ANY -> any(spec, a, b, groups);
            case ONE, COUNTS ->
                throw Refusals.notApplicable(
                        "The " + spec.kind().title() + " takes one column, and " + quote(a.name()) + " and "
                                + quote(b.name()) + " are named",
                        "Leave one of them out");
        };
    }

    private Samples any(TestSpec spec, Field a, Field b, List<String> groups) {
        if (a.isQuantity() && b.isQuantity() && groups.isEmpty()) {
            return pairs(spec.kind(), a, b);
        } else if (a.isQuantity() || b.isQuantity()) {
            return compared(spec, a, b, groups);
        }
        return table(spec.kind(), a, b);
    }

    /** Numbers by groups, whichever of the columns is which. */
    private Samples compared(TestSpec spec, Field a, Field b, List<String> groups) {
        boolean swap = !a.isNumber() || (a.group() && b.isQuantity());
        SamplePages turned = swap ? pages.swapped() : pages;
        return groups(spec.kind(), swap ? b : a, swap ? a : b, groups, turned);
    }

    private Samples groups(TestKind kind, Field value, Field by, List<String> wanted, SamplePages source) {
        requireNumber(kind, value);
        SamplePages some = wanted.isEmpty() ? source : source.where(by.type(), by.name(), wanted);
        SamplePages.Overview overview = limited(some.overview());
        requireFew(by, overview.distinctB());
        Map<String, Doubles> found = new LinkedHashMap<>();
        some.forEach((a, b, count) ->
                found.computeIfAbsent(name(b), g -> new Doubles()).add(number(a), count));
        Map<String, double[]> ordered = new LinkedHashMap<>();
        List<String> names = wanted.isEmpty()
                ? List.copyOf(found.keySet())
                : wanted.stream().map(g -> name(by, g)).toList();
        for (String name : names) {
            Doubles values = found.get(name);
            if (values == null) {
                throw Refusals.notApplicable(
                        "Group " + quote(name) + " of " + quote(by.name()) + " has no values",
                        "Use the groups as the column spells them");
            }
            ordered.put(name, values.toArray());
        }
        return withMissing(Samples.groups(value.name(), ordered), overview);
    }

    private Samples pairs(TestKind kind, Field a, Field b) {
        requireNumber(kind, a);
        requireNumber(kind, b);
        SamplePages.Overview overview = limited(pages.overview());
        Doubles x = new Doubles();
        Doubles y = new Doubles();
        pages.forEach((first, second, count) -> {
            x.add(number(first), count);
            y.add(number(second), count);
        });
        return withMissing(Samples.pairs(a.name(), x.toArray(), b.name(), y.toArray()), overview);
    }

    /** Two columns of numbers as two groups, each without its own missing values. */
    private Samples columns(TestKind kind, Field a, Field b) {
        requireNumber(kind, a);
        Map<String, double[]> both = new LinkedHashMap<>();
        long missing = 0;
        for (SamplePages side : List.of(pages.only("a"), pages.only("b"))) {
            SamplePages.Overview overview = limited(side.overview());
            missing += overview.rows() - overview.complete();
            Doubles values = new Doubles();
            side.forEach((value, one, count) -> values.add(number(value), count));
            both.put(both.isEmpty() ? a.name() : b.name(), values.toArray());
        }
        return Samples.groups(a.name() + " and " + b.name(), both).withMissing(missing);
    }

    private Samples table(TestKind kind, Field a, Field b) {
        if (a.name().equals(b.name())) {
            throw Refusals.notApplicable(
                    "The " + kind.title() + " needs two categories, and both are " + quote(a.name()), "Name another");
        }
        SamplePages.Overview overview = pages.overview();
        requireFew(a, overview.distinctA());
        requireFew(b, overview.distinctB());
        Map<String, Map<String, Long>> counts = new TreeMap<>();
        Map<String, Integer> columns = new TreeMap<>();
        pages.forEach((first, second, count) -> {
            counts.computeIfAbsent(name(first), r -> new TreeMap<>()).merge(name(second), count, Long::sum);
            columns.put(name(second), 0);
        });
        List<String> names = List.copyOf(columns.keySet());
        long[][] table = counts.values().stream()
                .map(row ->
                        names.stream().mapToLong(c -> row.getOrDefault(c, 0L)).toArray())
                .toArray(long[][]::new);
        return withMissing(Samples.table(a.name(), List.copyOf(counts.keySet()), b.name(), names, table), overview);
    }

    private Samples counts(Field field) {
        SamplePages.Overview overview = pages.overview();
        requireFew(field, overview.distinctA());
        Map<String, Long> counts = new TreeMap<>();
        pages.forEach((a, b, count) -> counts.merge(name(a), count, Long::sum));
        return withMissing(
                Samples.counts(
                        field.name(),
                        List.copyOf(counts.keySet()),
                        counts.values().stream().mapToLong(c -> c).toArray()),
                overview);
    }

    private static Samples withMissing(Samples samples, SamplePages.Overview overview) {
        return samples.withMissing(overview.rows() - overview.complete());
    }

    private static SamplePages.Overview limited(SamplePages.Overview overview) {
        if (overview.complete() > Statistics.MAX_VALUES) {
            throw new StudioException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "A test of numbers takes at most " + Texts.count(Statistics.MAX_VALUES, "row") + ", and there are "
                            + Texts.count(overview.complete(), "row"),
                    "Filter the rows or test a sample; so many rows make every difference significant");
        }
        return overview;
    }

    private static void requireFew(Field field, long distinct) {
        if (distinct > Statistics.MAX_GROUPS) {
            throw Refusals.notApplicable(
                    quote(field.name()) + " has " + Texts.count(distinct, "different value")
                            + ", and a test takes at most " + Statistics.MAX_GROUPS + " groups",
                    "Use a column with fewer values, or name the groups to compare");
        }
    }

    private static void requireNumber(TestKind kind, Field field) {
        if (!field.isNumber()) {
            throw Refusals.notApplicable(
                    "The " + kind.title() + " needs numbers, and " + quote(field.name()) + " holds values of type "
                            + quote(field.type().name().toLowerCase(java.util.Locale.ROOT)),
                    "Use a column of numbers, or a test of categories");
        }
    }

    private static double number(Object value) {
        return ((Number) value).doubleValue();
    }

    /** A number or truth value alone says nothing. */
    private static String name(Field by, Object value) {
        boolean plain = by.type() == ColumnType.TEXT || by.type().isTemporal();
        return plain ? name(value) : by.name() + " = " + value;
    }

    private static String name(Object value) {
        return String.valueOf(value);
    }
}
