package dev.datastudio.rag.index;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.datastudio.api.search.SearchFilter;
import dev.datastudio.rag.index.internal.PostgresStatement;
import java.util.List;
import java.util.Map;

/** Filters as conditions on a {@code passage p}; never unknown, so that NOT turns each of them round. */
final class PostgresFilter {
    private PostgresFilter() {}

    static PostgresStatement of(SearchFilter filter) {
        PostgresStatement condition = new PostgresStatement();
        add(filter, condition);
        return condition;
    }

    private static void add(SearchFilter filter, PostgresStatement condition) {
        if (filter instanceof SearchFilter.AnyOf anyOf) {
            add(anyOf, condition);
        } else if (filter instanceof SearchFilter.Between between) {
            condition.add(
                    "coalesce((p.numbers ->> ?)::bigint BETWEEN ? AND ?, FALSE)",
                    PostgresText.escaped(between.attribute()),
                    between.from(),
                    between.to());
        } else if (filter instanceof SearchFilter.And and) {
            add(and.parts(), "TRUE", " AND ", condition);
        } else if (filter instanceof SearchFilter.Or or) {
            add(or.parts(), "FALSE", " OR ", condition);
        } else if (filter instanceof SearchFilter.Not not) {
            condition.add("NOT ");
            add(not.part(), condition);
        } else {
            throw new AssertionError(filter);
        }
    }

    private static void add(SearchFilter.AnyOf filter, PostgresStatement condition) {
        String name = PostgresText.escaped(filter.attribute());
        if (filter.values().isEmpty()) {
            condition.add("FALSE");
        } else if (filter.values().get(0) instanceof Long) {
            Long[] numbers = filter.values().toArray(Long[]::new);
            condition.add("coalesce((p.numbers ->> ?)::bigint = ANY (?), FALSE)", name, numbers);
        } else {
            String[] texts = filter.values().stream()
                    .map(value -> PostgresText.escaped((String) value))
                    .toArray(String[]::new);
            condition.add("coalesce((p.texts ->> ?) = ANY (?), FALSE)", name, texts);
        }
    }

    private static void add(List<SearchFilter> parts, String none, String between, PostgresStatement condition) {
        condition.add("(");
        if (parts.isEmpty()) {
            condition.add(none);
        }
        for (int i = 0; i < parts.size(); i++) {
            condition.add(i == 0 ? "" : between);
            add(parts.get(i), condition);
        }
        condition.add(")");
    }

    /** The attributes of one kind, as the columns {@code texts} and {@code numbers} keep them. */
    static String json(Map<String, Object> attributes, Class<?> kind) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        attributes.forEach((name, value) -> {
            if (kind.isInstance(value) && value instanceof Long number) {
                object.put(name, number);
            } else if (kind.isInstance(value)) {
                object.put(name, PostgresText.escaped((String) value));
            }
        });
        return object.toString();
    }
}
