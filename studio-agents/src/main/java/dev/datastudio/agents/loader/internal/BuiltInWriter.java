package dev.datastudio.agents.loader.internal;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.relation.Relation;
import dev.datastudio.core.schema.Author;
import dev.datastudio.core.schema.ColumnDoc;
import dev.datastudio.core.schema.DocText;
import dev.datastudio.core.schema.TableDoc;
import dev.datastudio.core.source.SourceTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Describes tables by what their names, types, keys, relations and values say. Immutable. */
final class BuiltInWriter {
    /** Changes whenever the same facts would be put otherwise. */
    static final String VERSION = "1";

    private static final Author AUTHOR = Author.builtIn(VERSION);
    private static final int MOST_NAMED = 6;
    private static final int LONGEST_COMMENT = 300;

    private final List<Relation> relations;

    /** @param relations usable ones */
    BuiltInWriter(List<Relation> relations) {
        this.relations = List.copyOf(relations);
    }

    TableDoc write(TableFacts facts) {
        return new TableDoc(
                facts.ref(),
                new DocText(technical(facts), AUTHOR),
                new DocText(business(facts), AUTHOR),
                facts.columns().stream()
                        .map(column -> new ColumnDoc(column.column().name(), new DocText(line(facts, column), AUTHOR)))
                        .toList(),
                "");
    }

    /** In the order of the columns. */
    private List<Relation> from(TableFacts facts) {
        List<String> columns =
                facts.columns().stream().map(column -> column.column().name()).toList();
        return relations.stream()
                .filter(relation -> relation.from().table().equals(facts.ref()))
                .sorted(Comparator.comparingInt(
                        relation -> columns.indexOf(relation.from().columns().get(0))))
                .toList();
    }

    private List<Relation> to(TableFacts facts) {
        return relations.stream()
                .filter(relation -> relation.to().table().equals(facts.ref()))
                .filter(relation -> !relation.from().table().equals(facts.ref()))
                .toList();
    }

    private static String thing(String table) {
        return TableWords.thing(table.substring(table.lastIndexOf('.') + 1));
    }

    private String business(TableFacts facts) {
        StringBuilder text = new StringBuilder();
        if (!facts.table().comment().isBlank()) {
            text.append(sentence(Quoted.clean(facts.table().comment(), LONGEST_COMMENT)));
        }
        List<String> parents = from(facts).stream()
                .filter(relation -> !relation.to().table().equals(facts.ref()))
                .map(relation -> thing(relation.to().table().table()))
                .distinct()
                .toList();
        String own = thing(facts.table().name().name());
        if (parents.size() > 1 && isLinking(facts)) {
            text.append("Connects ")
                    .append(TableWords.and(
                            parents.stream().map(parent -> parent + "s").toList()))
                    .append(": each row is one pair.");
            return text.toString();
        }
        text.append("Each row stands for ").append(TableWords.withArticle(own)).append('.');
        if (!parents.isEmpty()) {
            text.append(" It belongs to ")
                    .append(TableWords.and(
                            parents.stream().map(TableWords::withArticle).toList()))
                    .append('.');
        }
        appendNames(text, "It tells ", plain(facts, ColumnType.TEXT));
        appendNames(text, "Its numbers are ", numbers(facts));
        appendNames(text, "It is dated by ", times(facts));
        List<String> children = to(facts).stream()
                .map(relation -> thing(relation.from().table().table()) + "s")
                .distinct()
                .toList();
        if (!children.isEmpty()) {
            text.append(" It has ").append(TableWords.and(children)).append('.');
        }
        return text.toString();
    }

    private static String sentence(String text) {
        return text.endsWith(".") ? text + " " : text + ". ";
    }

    /** Whether there is nothing in it but what refers elsewhere. */
    private boolean isLinking(TableFacts facts) {
        Set<String> referring = referring(facts);
        return facts.columns().stream()
                .allMatch(column -> referring.contains(column.column().name()));
    }

    private Set<String> referring(TableFacts facts) {
        Set<String> columns = new HashSet<>();
        from(facts).forEach(relation -> columns.addAll(relation.from().columns()));
        return columns;
    }

    private Set<String> keys(TableFacts facts) {
        Set<String> keys = referring(facts);
        keys.addAll(facts.table().primaryKey());
        to(facts).forEach(relation -> keys.addAll(relation.to().columns()));
        return keys;
    }

    private List<String> plain(TableFacts facts, ColumnType type) {
        Set<String> keys = keys(facts);
        return facts.columns().stream()
                .map(ColumnFacts::column)
                .filter(column -> column.type() == type && !keys.contains(column.name()))
                .map(column -> TableWords.spoken(column.name()))
                .toList();
    }

    private List<String> numbers(TableFacts facts) {
        List<String> numbers = new ArrayList<>(plain(facts, ColumnType.DECIMAL));
        numbers.addAll(plain(facts, ColumnType.INTEGER));
        return numbers.stream()
                .filter(name -> !name.endsWith(" id") && !name.equals("id"))
                .toList();
    }

    private List<String> times(TableFacts facts) {
        List<String> times = new ArrayList<>(plain(facts, ColumnType.DATE));
        times.addAll(plain(facts, ColumnType.TIMESTAMP));
        return times;
    }

    private static void appendNames(StringBuilder text, String beginning, List<String> names) {
        if (!names.isEmpty()) {
            List<String> some = new ArrayList<>(names.subList(0, Math.min(MOST_NAMED, names.size())));
            if (names.size() > MOST_NAMED) {
                some.add("more");
            }
            text.append(' ').append(beginning).append(TableWords.and(some)).append('.');
        }
    }

    private String technical(TableFacts facts) {
        SourceTable table = facts.table();
        StringBuilder text = new StringBuilder(table.kind() == SourceTable.Kind.VIEW ? "View" : "Table");
        text.append(" with ");
        if (facts.rows() >= 0) {
            text.append(String.format(Locale.ROOT, facts.rows() < 10 ? "%,d" : "about %,d", facts.rows()))
                    .append(facts.rows() == 1 ? " row and " : " rows and ");
        }
        text.append(facts.columns().size()).append(facts.columns().size() == 1 ? " column." : " columns.");
        if (!table.primaryKey().isEmpty()) {
            text.append(" Its primary key is ")
                    .append(names(table.primaryKey()))
                    .append('.');
        } else if (table.kind() == SourceTable.Kind.TABLE) {
            text.append(" It declares no primary key.");
        }
        for (Relation relation : from(facts)) {
            text.append(' ')
                    .append(names(relation.from().columns()))
                    .append(" refers to ")
                    .append(target(relation))
                    .append('.');
        }
        List<String> gaps = facts.columns().stream()
                .filter(column -> column.missing() > 0)
                .map(column -> Quoted.clean(column.column().name(), LONGEST_COMMENT))
                .limit(MOST_NAMED)
                .toList();
        if (!gaps.isEmpty()) {
            text.append(" Values are missing in ").append(TableWords.and(gaps)).append('.');
        }
        return text.toString();
    }

    private static String names(List<String> columns) {
        return columns.stream()
                .map(column -> Quoted.clean(column, LONGEST_COMMENT))
                .collect(Collectors.joining(", "));
    }

    private static String target(Relation relation) {
        return Quoted.clean(relation.to().table().table(), LONGEST_COMMENT) + "."
                + names(relation.to().columns());
    }

    private String line(TableFacts facts, ColumnFacts column) {
        String name = column.column().name();
        List<String> parts = new ArrayList<>();
        if (!column.column().comment().isBlank()) {
            parts.add(Quoted.clean(column.column().comment(), LONGEST_COMMENT));
        }
        parts.add(TableWords.spoken(name) + ", " + kind(column.column().type()));
        if (facts.table().primaryKey().equals(List.of(name))) {
            parts.add("names the row");
        }
        from(facts).stream()
                .filter(relation -> relation.from().columns().equals(List.of(name)))
                .forEach(relation -> parts.add("refers to " + target(relation)));
        if (column.isPersonal()) {
            parts.add("seems to tell of people, so no value is shown");
        } else if (!column.categories().isEmpty()) {
            parts.add("such as " + String.join(", ", column.categories()));
        } else if (!column.least().isEmpty() && !keys(facts).contains(name)) {
            parts.add("from " + column.least() + " to " + column.greatest() + " in a sample");
        }
        if (column.missing() > 0) {
            parts.add("missing in " + column.missing() + " % of a sample");
        }
        return String.join("; ", parts);
    }

    private static String kind(ColumnType type) {
        return switch (type) {
            case BOOLEAN -> "true or false";
            case INTEGER -> "a whole number";
            case DECIMAL -> "a number";
            case DATE -> "a date";
            case TIMESTAMP -> "a date with time";
            case TIME -> "a time of day";
            case TEXT -> "a text";
            default -> "of another type";
        };
    }
}
