package dev.datastudio.agents.planner.internal;

import java.util.ArrayList;
import java.util.List;

/** Which table the words around a column or value put it in: "the name of the student", "student names". */
final class Owners {
    private static final int REACH = 6;

    private Owners() {}

    /** The tables named right beside an item; empty when there is none. */
    static List<TableEntry> of(List<Item> items, int at) {
        List<TableEntry> owners = new ArrayList<>();
        if (at > 0 && items.get(at - 1).is(Item.Kind.TABLE)) {
            owners.addAll(named(items.get(at - 1)));
        }
        int after = after(items, at);
        if (after > 0) {
            owners.addAll(named(items.get(after)));
        }
        return owners;
    }

    private static List<TableEntry> named(Item item) {
        return item.tables().stream().map(TableMatch::table).toList();
    }

    /** The table that "of", "for", "in" or "each" leads to, over other columns of a list; -1 when there is none. */
    private static int after(List<Item> items, int at) {
        boolean led = false;
        for (int i = at + 1; i < items.size() && i <= at + REACH; i++) {
            Item item = items.get(i);
            if (item.is(Item.Kind.TABLE)) {
                return led ? i : -1;
            }
            led |= item.is(Tag.PREPOSITION) || item.is(Tag.GROUP);
            boolean lists = !led && (item.is(Item.Kind.COLUMN) || item.is(Tag.AND) || item.isMark(","));
            if (!lists && !item.isFiller() && !item.is(Tag.GROUP)) {
                return -1;
            }
        }
        return -1;
    }

    /** The table that is named nearest to an item, and how far from it; far away when none is. */
    static Nearest nearest(List<Item> items, int at) {
        for (int distance = 1; distance < items.size(); distance++) {
            for (int i : new int[] {at - distance, at + distance}) {
                if (i >= 0 && i < items.size() && items.get(i).is(Item.Kind.TABLE)) {
                    return new Nearest(named(items.get(i)), distance);
                }
            }
        }
        return new Nearest(List.of(), items.size());
    }

    /** Tables that one item names. */
    record Nearest(List<TableEntry> tables, int distance) {}
}
