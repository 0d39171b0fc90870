package dev.datastudio.agents.planner.internal;

import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/** The words of one intent, and which of them have been made use of. Not thread-safe. */
final class Clause {
    private final List<Item> items;
    private final BitSet used = new BitSet();

    Clause(List<Item> items) {
        this.items = List.copyOf(items);
    }

    int size() {
        return items.size();
    }

    List<Item> items() {
        return items;
    }

    Item get(int index) {
        return items.get(index);
    }

    /** Whether a column is named by itself, and not as what the rows of its table are called by. */
    boolean names(ColumnEntry column) {
        return indexOf(column) >= 0;
    }

    /** Where a column is named first; -1 when it isn't. */
    int indexOf(ColumnEntry column) {
        return IntStream.range(0, items.size())
                .filter(i -> items.get(i).is(Item.Kind.COLUMN))
                .filter(i ->
                        items.get(i).columns().stream().anyMatch(m -> m.column().equals(column)))
                .findFirst()
                .orElse(-1);
    }

    boolean isUsed(int index) {
        return used.get(index);
    }

    /** Marks one item as made use of. */
    void use(int index) {
        used.set(index);
    }

    /** Marks items as made use of, both ends included. */
    void use(int from, int to) {
        used.set(from, to + 1);
    }

    /** Whether the index is in the clause, and the item there is unused and of that kind. */
    boolean isAt(int index, Item.Kind kind) {
        return inside(index) && !used.get(index) && items.get(index).is(kind);
    }

    boolean isAt(int index, Tag tag) {
        return inside(index) && !used.get(index) && items.get(index).is(tag);
    }

    boolean isMarkAt(int index, String mark) {
        return inside(index) && items.get(index).isMark(mark);
    }

    private boolean inside(int index) {
        return index >= 0 && index < items.size();
    }

    /** The first index after this one that is no filler; the size when there is none. */
    int after(int index) {
        int next = index + 1;
        while (next < items.size() && items.get(next).isFiller()) {
            next++;
        }
        return next;
    }

    /** The last index before this one that is no filler; -1 when there is none. */
    int before(int index) {
        int previous = index - 1;
        while (previous >= 0 && items.get(previous).isFiller()) {
            previous--;
        }
        return previous;
    }

    boolean has(Tag tag) {
        return items.stream().anyMatch(i -> i.is(tag));
    }

    /** Indices of unused items with a tag, in order. */
    List<Integer> unused(Tag tag) {
        return IntStream.range(0, items.size())
                .filter(i -> !used.get(i) && items.get(i).is(tag))
                .boxed()
                .toList();
    }

    /** What was said but made no use of. */
    List<Item> ignored() {
        return IntStream.range(0, items.size())
                .filter(i -> !used.get(i) && items.get(i).mustBeUsed())
                .mapToObj(items::get)
                .toList();
    }

    /** The words as typed. */
    String text() {
        var text = new StringBuilder();
        for (Item item : items) {
            boolean glued = text.isEmpty() || item.is(Item.Kind.PUNCTUATION);
            text.append(glued ? "" : " ").append(item.text());
        }
        return text.toString();
    }
}
