package dev.datastudio.agents.planner.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.ToLongFunction;

/** "Joined over origin_id", or over a table, says how tables are joined; neither is shown or grouped by for that. */
final class JoinWords {
    private static final Set<String> JOINED = Set.of("joined", "linked", "connected");
    private static final Set<String> OVER = Set.of("over", "via", "through");

    private JoinWords() {}

    /** The items, with such words taken together as what they are. */
    static List<Item> read(List<Item> items, Scope scope) {
        List<Item> read = new ArrayList<>();
        for (int at = 0; at < items.size(); at++) {
            boolean saysKey = at + 2 < items.size()
                    && is(items.get(at), JOINED)
                    && is(items.get(at + 1), OVER)
                    && saysWay(items.get(at + 2), scope);
            if (saysKey) {
                String words = String.join(
                        " ", items.subList(at, at + 3).stream().map(Item::text).toList());
                read.add(Item.word(words, Tag.RELATES, ""));
                at += 2;
            } else {
                read.add(items.get(at));
            }
        }
        return List.copyOf(read);
    }

    /** The ways that go over most of the tables that are named; all of them where none is. */
    static List<List<TableEntry>> named(List<List<TableEntry>> ways, List<Item> items) {
        ToLongFunction<List<TableEntry>> named =
                way -> way.stream().filter(t -> isNamed(t, items)).count();
        long most = ways.stream().mapToLong(named).max().orElse(0);
        return ways.stream().filter(w -> named.applyAsLong(w) == most).toList();
    }

    private static boolean isNamed(TableEntry table, List<Item> items) {
        return items.stream()
                .anyMatch(i -> i.table().filter(table::equals).isPresent()
                        || (i.is(Tag.RELATES)
                                && i.text().indexOf(' ') > 0
                                && Names.parts(i.text()).containsAll(table.parts())));
    }

    private static boolean saysWay(Item item, Scope scope) {
        return item.is(Item.Kind.TABLE) || item.columns().stream().anyMatch(m -> isKey(m.column(), scope));
    }

    private static boolean is(Item item, Set<String> words) {
        return words.contains(item.text().toLowerCase(Locale.ROOT));
    }

    private static boolean isKey(ColumnEntry column, Scope scope) {
        return scope.joins().from(scope.tableOf(column)).stream()
                .anyMatch(edge -> edge.left().column().equals(column));
    }
}
