package dev.datastudio.agents.planner.internal;

import dev.datastudio.api.dataset.ColumnRole;
import dev.datastudio.api.dataset.Dataset;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A table as the planner sees it.
 *
 * @param dataset its columns and number of rows
 * @param parts the words of its name, singular
 * @param columns in the order of the table
 */
record TableEntry(Dataset dataset, List<String> parts, List<ColumnEntry> columns) {
    private static final Set<String> NAMING = Set.of("name", "title", "label");
    private static final List<String> FIRST = List.of("first", "f", "given", "fore");
    private static final List<String> LAST = List.of("last", "l", "family", "sur");

    @Override
    public boolean equals(Object other) {
        return other instanceof TableEntry table
                && name().equals(table.name())
                && dataset.contentHash().equals(table.dataset.contentHash());
    }

    @Override
    public int hashCode() {
        return name().hashCode();
    }

    /** Its name in SQL. */
    String name() {
        return dataset.table();
    }

    boolean has(ColumnEntry column) {
        return column.table().equals(name());
    }

    Optional<ColumnEntry> find(String column) {
        return columns.stream().filter(c -> c.name().equalsIgnoreCase(column)).findFirst();
    }

    /** Whether no two rows have one value in a column, and none has no value. */
    boolean isUnique(ColumnEntry column) {
        return dataset.rowCount() > 0
                && column.column().nullCount() == 0
                && column.column().distinctCount() == dataset.rowCount();
    }

    /** The column that tells its rows apart, if there is one. */
    Optional<ColumnEntry> key() {
        return columns.stream()
                .filter(c -> isUnique(c) && soundsLikeKey(c))
                .findFirst()
                .or(() -> columns.stream()
                        .filter(c -> isUnique(c) && !c.isQuantity() && !c.isTemporal())
                        .findFirst())
                .or(() -> columns.stream()
                        .limit(1)
                        .filter(c -> isUnique(c) && c.isWhole())
                        .findFirst());
    }

    private static boolean soundsLikeKey(ColumnEntry column) {
        return column.column().role() == ColumnRole.ID
                || column.parts().contains("id")
                || column.parts().contains("code")
                || column.parts().contains("number");
    }

    /** What its rows are called by: a name or title, or the first and last names of persons; empty when there is none. */
    List<ColumnEntry> labels() {
        List<ColumnEntry> texts = columns.stream()
                .filter(c -> !c.isNumeric() && !c.isTemporal() && c.column().role() != ColumnRole.ID)
                .toList();
        List<ColumnEntry> named = texts.stream()
                .filter(c -> c.parts().stream().anyMatch(NAMING::contains) || isPersonsName(c))
                .toList();
        Optional<ColumnEntry> own =
                named.stream().filter(c -> c.parts().size() == 1 || isOwn(c)).findFirst();
        if (own.isPresent()) {
            return List.of(own.get());
        }
        List<ColumnEntry> person =
                named.stream().filter(TableEntry::isPersonsName).toList();
        if (person.size() > 1) {
            return person;
        }
        return named.size() == 1
                ? named
                : texts.stream().filter(this::isCalledAsTable).toList();
    }

    /** "Party name" in a table of parties. */
    private boolean isOwn(ColumnEntry column) {
        return column.parts().stream().allMatch(p -> NAMING.contains(p) || parts.contains(p));
    }

    private boolean isCalledAsTable(ColumnEntry column) {
        return column.parts().equals(parts);
    }

    /** "first_name" and "LName" alike. */
    private static boolean isPersonsName(ColumnEntry column) {
        String joined = String.join("", column.parts());
        return joined.endsWith("name")
                && (FIRST.stream().anyMatch(f -> joined.equals(f + "name"))
                        || LAST.stream().anyMatch(l -> joined.equals(l + "name")));
    }

    /** The columns that a row is shown by: what it is called, else its key. */
    List<ColumnEntry> shown() {
        List<ColumnEntry> labels = labels();
        return labels.isEmpty() ? key().map(List::of).orElse(List.of()) : labels;
    }
}
