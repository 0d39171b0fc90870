package dev.datastudio.agents.planner.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What "name" means beside a table or column that has no column of that name: what the table's rows are called. */
final class NameWords {
    private static final Set<String> NAMES = Set.of("name", "names", "title", "titles");

    private NameWords() {}

    /** The items, with the labels of tables as further meanings of "name" beside them. */
    static List<Item> read(List<Item> items, Scope scope) {
        List<Item> read = new ArrayList<>(items);
        for (int at = 0; at < items.size(); at++) {
            if (NAMES.contains(items.get(at).text().toLowerCase(Locale.ROOT))
                    && (items.get(at).is(Item.Kind.COLUMN) || items.get(at).is(Item.Kind.UNKNOWN))) {
                read.set(at, scope.isSingle() ? own(items, at, scope.tables().get(0)) : name(items, at));
            }
        }
        return List.copyOf(read);
    }

    /** Of several names in one table, its own is meant: "the names of the lakes" are no names of states. */
    private static Item own(List<Item> items, int at, TableEntry table) {
        Item item = items.get(at);
        if (isOfLink(items, at)) {
            return Item.word(item.text(), Tag.FILLER, "");
        }
        List<ColumnEntry> labels = table.labels();
        boolean several = item.columns().size() > 1 && labels.size() == 1;
        Optional<ColumnMatch> label = item.columns().stream()
                .filter(m -> several && labels.contains(m.column()))
                .findFirst();
        return label.isPresent() ? Item.columns(item.text(), List.of(label.get())) : item;
    }

    /** "Department name" beside department_id, first_name and last_name: the names there are those of other things. */
    private static boolean isOfLink(List<Item> items, int at) {
        Item name = items.get(at);
        Item before = at == 0 ? name : items.get(at - 1);
        boolean followsKey = at > 0
                && before.is(Item.Kind.COLUMN)
                && before.columns().stream().allMatch(m -> m.column().isKey());
        return followsKey
                && name.columns().size() > 1
                && name.columns().stream()
                        .noneMatch(n -> before.columns().stream()
                                .anyMatch(k -> n.column().parts().stream()
                                        .anyMatch(k.column().core()::contains)));
    }

    private static Item name(List<Item> items, int at) {
        Item item = items.get(at);
        if (namesColumn(items, at)) {
            return Item.word(item.text(), Tag.FILLER, "");
        }
        List<ColumnMatch> meanings = new ArrayList<>(item.columns());
        for (TableEntry owner : Owners.of(items, at)) {
            boolean has = meanings.stream().anyMatch(m -> owner.has(m.column()) && m.score() >= 0.9);
            List<ColumnEntry> labels = owner.labels();
            if (!has && labels.size() == 1) {
                meanings.removeIf(m -> owner.has(m.column()));
                meanings.add(new ColumnMatch(labels.get(0), 0.95, ColumnMatch.How.PART));
            }
        }
        return meanings.isEmpty() ? item : Item.columns(item.text(), meanings);
    }

    /** "The director's name" is the director. */
    private static boolean namesColumn(List<Item> items, int at) {
        return at > 0
                && items.get(at - 1).is(Item.Kind.COLUMN)
                && items.get(at - 1).columns().stream()
                        .noneMatch(m -> m.column().isNumeric());
    }
}
