package dev.datastudio.agents.planner.internal;

import dev.datastudio.core.analysis.Order.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads how the result is to be sorted: "sorted by price", "in descending order of age", ", show the y-axis from high to
 * low". Marks the words it takes as used.
 *
 * <p>A verb for showing begins such a phrase only after the question has asked for something: "list names from A to Z"
 * asks for the names first.
 */
final class SortReader {
    private static final String BARS = "bar";

    private final Clause clause;
    private final Decisions decisions;
    private final Slots slots;

    SortReader(Clause clause, Decisions decisions, Slots slots) {
        this.clause = clause;
        this.decisions = decisions;
        this.slots = slots;
    }

    /** Fills the sorting of the slots. */
    void read() {
        for (int at = 0; at < clause.size(); at++) {
            if (clause.isUsed(at)) {
                continue;
            }
            Item item = clause.get(at);
            if (item.is(Tag.SORT)) {
                phrase(at);
            } else if (isDirection(item)) {
                directed(at);
            } else if (item.is(Tag.AXIS) && isAlphabet(item)) {
                sort(null, "x", Direction.ASCENDING);
                clause.use(at);
            }
        }
    }

    private static boolean isDirection(Item item) {
        return item.is(Tag.ASCENDING) || item.is(Tag.DESCENDING);
    }

    /** "Alphabetically" names its own order, "the x-axis" only what is sorted. */
    private static boolean isAlphabet(Item item) {
        String text = item.text().toLowerCase(Locale.ROOT);
        return text.contains("alphabet")
                || text.contains("a to z")
                || text.contains("z to a")
                || text.contains("lexicograph");
    }

    /** A direction without a verb for sorting: its verb may be one for showing, or its key may follow it. */
    private void directed(int at) {
        int verb = showing(at);
        if (verb >= 0) {
            phrase(verb);
            return;
        }
        int key = keyAfter(at);
        take(at, key, at, key < 0 ? at : end(key));
    }

    /** A verb for showing before a direction, when only what is sorted stands between them and enough before it; or -1. */
    private int showing(int at) {
        for (int i = at - 1; i > 0; i--) {
            Item item = clause.get(i);
            boolean shows = item.is(Tag.SHOW)
                    || (item.is(Tag.OPERATION) && item.argument().equals("list"));
            if (shows && followsContent(i)) {
                return i;
            }
            if (clause.isUsed(i) || isBoundary(i)) {
                return -1;
            }
        }
        return -1;
    }

    private boolean followsContent(int at) {
        int before = clause.before(at);
        boolean parted = before >= 0
                && (clause.get(before).is(Item.Kind.PUNCTUATION)
                        || clause.get(before).is(Tag.AND));
        return parted && clause.items().subList(0, before).stream().anyMatch(SortReader::isContent);
    }

    private static boolean isContent(Item item) {
        return item.is(Item.Kind.COLUMN)
                || item.is(Item.Kind.TABLE)
                || item.is(Tag.COUNT)
                || item.is(Tag.AGGREGATE)
                || item.is(Tag.OPERATION);
    }

    /** From a verb to the end of its phrase. */
    private void phrase(int verb) {
        int end = end(verb);
        int direction = -1;
        for (int i = verb; i <= end; i++) {
            direction = direction < 0 && isDirection(clause.get(i)) ? i : direction;
        }
        boolean opens = clause.items().subList(0, verb).stream().noneMatch(SortReader::isContent);
        int later = direction < 0 ? -1 : keyAfter(direction);
        int key = later >= 0 ? later : keyWithin(verb, direction < 0 ? end : direction);
        if (key < 0 && direction >= 0 && clause.get(verb).is(Tag.SORT)) {
            key = key(direction + 1, Math.min(end, direction + 2));
        }
        if (key < 0 && direction < 0) {
            return;
        }
        int by = by(verb, key);
        if (opens && by >= 0) {
            clause.use(verb);
            set(key, direction, false);
            clause.use(by, Math.max(key, direction));
            return;
        }
        boolean sortsWhatIsAsked =
                opens && key >= 0 && later < 0 && !clause.get(verb).text().contains("by");
        if (sortsWhatIsAsked || (opens && later >= 0)) {
            int from = direction < 0 ? verb : direction;
            clause.use(verb);
            set(key, direction, sortsWhatIsAsked);
            clause.use(from, later >= 0 ? end(later) : from);
            return;
        }
        take(direction, key, verb, key < 0 ? Math.max(verb, direction) : Math.max(direction, end(key)));
    }

    private void take(int direction, int key, int from, int to) {
        set(key, direction, false);
        for (int i = from; i <= to; i++) {
            if (!clause.get(i).is(Item.Kind.PUNCTUATION)) {
                clause.use(i);
            }
        }
    }

    private void set(int key, int direction, boolean isAsked) {
        Direction way =
                direction >= 0 && clause.get(direction).is(Tag.DESCENDING) ? Direction.DESCENDING : Direction.ASCENDING;
        if (key < 0) {
            sort(null, direction >= 0 && isAlphabet(clause.get(direction)) ? "x" : "", way);
            return;
        }
        Item item = clause.get(key);
        if (item.is(Item.Kind.COLUMN)) {
            column(item, way, isAsked);
        } else if (item.is(Tag.AXIS)) {
            sort(null, item.argument(), way);
        } else if (item.is(Tag.CHART) || item.is(Item.Kind.UNKNOWN)) {
            sort(null, "x", way);
        } else {
            measure(key, way);
        }
    }

    /** "By the total number", "by average price". */
    private void measure(int key, Direction way) {
        int next = clause.after(key);
        boolean ofColumn = clause.get(key).is(Tag.AGGREGATE) && clause.isAt(next, Item.Kind.COLUMN);
        sort(ofColumn ? decisions.column(clause.get(next), ColumnEntry::isNumeric) : null, ofColumn ? "" : "y", way);
    }

    private void column(Item item, Direction way, boolean isAsked) {
        List<ColumnEntry> elsewhere = elsewhere(item);
        ColumnEntry column = decisions.column(item, elsewhere::contains);
        boolean isLabel = item.text().toLowerCase(Locale.ROOT).matches("names?");
        if (isLabel && !isAsked && !elsewhere.contains(column)) {
            sort(null, "x", way);
        } else {
            sort(column, "", way);
        }
    }

    /** Columns that are named outside the phrase. */
    private List<ColumnEntry> elsewhere(Item item) {
        List<ColumnEntry> columns = new ArrayList<>();
        for (Item other : clause.items()) {
            if (other != item && other.is(Item.Kind.COLUMN)) {
                other.columns().forEach(m -> columns.add(m.column()));
            }
        }
        return columns;
    }

    /** What is sorted by, when "by" or "of" follows a direction; -1 when none does. */
    private int keyAfter(int direction) {
        int next = direction + 1;
        boolean joined = false;
        while (next < clause.size() && (clause.get(next).isFiller() || clause.isAt(next, Tag.SORT) || isBy(next))) {
            joined |= isBy(next)
                    || clause.isAt(next, Tag.SORT)
                    || clause.get(next).text().matches("of|on");
            next++;
        }
        return joined && next < clause.size() && isKey(next) ? next : -1;
    }

    /** The key after "by" if there is one, else the first. */
    private int keyWithin(int verb, int to) {
        for (int i = verb + 1; i < to; i++) {
            if (isBy(i) && key(i + 1, to) >= 0) {
                return key(i + 1, to);
            }
        }
        return key(verb + 1, to);
    }

    /** "Sort the names by their age": the "by" before the key, with something before it to be sorted; or -1. */
    private int by(int verb, int key) {
        for (int i = verb + 1; i < key; i++) {
            if (isBy(i)) {
                return key(verb + 1, i - 1) >= 0 ? i : -1;
            }
        }
        return -1;
    }

    private boolean isBy(int at) {
        return clause.isAt(at, Tag.GROUP) && clause.get(at).text().equalsIgnoreCase("by");
    }

    private int key(int from, int to) {
        for (int i = from; i <= to && i < clause.size(); i++) {
            if (isKey(i)) {
                return i;
            }
        }
        return -1;
    }

    private boolean isKey(int at) {
        Item item = clause.get(at);
        boolean bars = item.is(Tag.CHART) && isBars(item);
        return !clause.isUsed(at)
                && (item.is(Item.Kind.COLUMN)
                        || item.is(Tag.AXIS)
                        || item.is(Tag.COUNT)
                        || item.is(Tag.AGGREGATE)
                        || isLabel(item)
                        || bars);
    }

    /** Whether a word that is not known may stand for what groups are called, in a phrase for sorting. */
    static boolean mayBeLabel(List<Item> items, Item item) {
        return isLabel(item) && items.stream().anyMatch(SortReader::isDirection);
    }

    /** What groups are called, where no column has that name. */
    private static boolean isLabel(Item item) {
        return item.is(Item.Kind.UNKNOWN)
                && item.text().toLowerCase(Locale.ROOT).matches("names?|labels?|categor(y|ies)");
    }

    private static boolean isBars(Item item) {
        return item.argument().equals(BARS)
                && item.text().toLowerCase(Locale.ROOT).matches("bars?");
    }

    private boolean isBoundary(int at) {
        Item item = clause.get(at);
        return item.is(Item.Kind.PUNCTUATION)
                || item.is(Item.Kind.NUMBER)
                || item.is(Item.Kind.VALUE)
                || item.is(Item.Kind.QUOTED)
                || (item.is(Item.Kind.UNKNOWN) && !isLabel(item))
                || item.is(Tag.AND)
                || item.is(Tag.RELATIVE)
                || item.is(Tag.QUESTION)
                || item.is(Tag.WITH)
                || item.is(Tag.COMPARATOR)
                || item.is(Tag.BETWEEN)
                || (item.is(Tag.CHART) && !isBars(item))
                || item.is(Tag.TOP)
                || item.is(Tag.BOTTOM);
    }

    /** The last word of a phrase that begins at an index. */
    private int end(int from) {
        boolean counts = false;
        int end = from;
        for (int i = from; i < clause.size(); i++) {
            if ((i > from && isBoundary(i)) || (i > from && clause.isUsed(i))) {
                break;
            }
            Item item = clause.get(i);
            boolean newVerb = i > from && (item.is(Tag.SHOW) || (item.is(Tag.GROUP) && !isBy(i)));
            boolean secondKey = isKey(i) && i > from && hasKey(from, i) && !counts;
            if (newVerb || secondKey) {
                break;
            }
            counts |= item.is(Tag.COUNT) || item.is(Tag.AGGREGATE);
            end = i;
        }
        return end;
    }

    private boolean hasKey(int from, int to) {
        return key(from, to - 1) >= 0
                && clause.items().subList(from, to).stream().anyMatch(SortReader::isDirection);
    }

    private void sort(@Nullable ColumnEntry column, String axis, Direction direction) {
        slots.sort = new Slots.SortSlot(column, axis, direction);
    }
}
