package dev.datastudio.agents.loader.internal;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.core.schema.PersonalColumns;
import dev.datastudio.core.source.SourceColumn;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a column. Immutable.
 *
 * @param column what the catalogue says
 * @param isPersonal whether it looks as if it told of people; then there are no values here
 * @param missing how many percent of a sample are missing, to ten; 0 for none
 * @param categories the values of a text with few different ones, the most frequent first; empty for others
 * @param least of numbers and times; empty when unknown
 * @param greatest of numbers and times; empty when unknown
 */
record ColumnFacts(
        SourceColumn column, boolean isPersonal, int missing, List<String> categories, String least, String greatest) {
    private static final int MOST_CATEGORIES = 12;
    private static final int LONGEST_VALUE = 40;
    private static final int TENTH = 10;

    ColumnFacts {
        categories = List.copyOf(categories);
    }

    static ColumnFacts unsampled(SourceColumn column) {
        return new ColumnFacts(column, false, 0, List.of(), "", "");
    }

    static ColumnFacts of(SourceColumn column, List<@Nullable Object> values) {
        boolean isPersonal = PersonalColumns.isPersonal(column.name());
        List<Object> present = new ArrayList<>();
        for (@Nullable Object value : values) {
            if (value != null) {
                present.add(value);
            }
        }
        int missing = values.isEmpty() ? 0 : percent(values.size() - present.size(), values.size());
        if (isPersonal
                || present.stream()
                        .anyMatch(value -> PersonalColumns.looksPersonal(value.toString()) && isText(column))) {
            return new ColumnFacts(column, true, missing, List.of(), "", "");
        }
        boolean isRanged = column.type().isNumeric() || column.type().isTemporal();
        return new ColumnFacts(
                column,
                false,
                missing,
                isText(column) ? categories(present) : List.of(),
                isRanged ? end(present, Comparator.naturalOrder()) : "",
                isRanged ? end(present, Comparator.reverseOrder()) : "");
    }

    private static boolean isText(SourceColumn column) {
        return column.type() == ColumnType.TEXT;
    }

    /** To ten, but never nothing or all of it unless that is so. */
    private static int percent(int part, int whole) {
        if (part == 0 || part == whole) {
            return part == 0 ? 0 : 100;
        }
        long tens = Math.round((double) part * TENTH / whole);
        return (int) Math.min(9, Math.max(1, tens)) * TENTH;
    }

    private static List<String> categories(List<Object> present) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        present.forEach(value -> counts.merge(value.toString(), 1, Integer::sum));
        if (counts.size() > MOST_CATEGORIES || counts.size() * 2 > present.size()) {
            return List.of();
        }
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(entry -> Quoted.clean(entry.getKey(), LONGEST_VALUE))
                .toList();
    }

    /** The first in an order, where values of one kind can be compared. */
    @SuppressWarnings({"unchecked", "rawtypes"
    }) // values of one class that are comparable at all compare with each other
    private static String end(List<Object> present, Comparator order) {
        if (present.isEmpty()
                || !(present.get(0) instanceof Comparable)
                || present.stream()
                        .anyMatch(value -> value.getClass() != present.get(0).getClass())) {
            return "";
        }
        Object end = present.stream().min(order).orElseThrow();
        return Quoted.clean(end.toString(), LONGEST_VALUE);
    }

    /** Without anything out of rows. */
    ColumnFacts withoutValues() {
        return new ColumnFacts(column, isPersonal, missing, List.of(), "", "");
    }
}
