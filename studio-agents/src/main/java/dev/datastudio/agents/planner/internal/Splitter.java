package dev.datastudio.agents.planner.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Cuts a question into its intents. A cut needs a joint (a full stop, "then", "and" before a verb or an operation) and
 * something on both sides that can be asked by itself; "between 3 and 5" and lists of columns or values have no joint.
 */
final class Splitter {
    /** Operations that by themselves say how something else is to be shown. */
    private static final Set<String> ONLY_SHOWS = Set.of("list", "share", "correlation", "comparison");

    private static final Set<String> EACH = Set.of("for each", "each", "of each", "in each", "from each", "with each");

    private static final Set<String> FRONTS = Set.of("for", "in", "among", "within", "since", "during");

    private static final int LONGEST_FRONT = 8;

    private static final Set<String> STOPS = Set.of(".", ";", "?", "!");

    private Splitter() {}

    static List<List<Item>> split(List<Item> items) {
        List<List<Item>> parts = new ArrayList<>();
        List<Item> part = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            int joint = jointLength(items, i);
            List<Item> rest = items.subList(i + joint, items.size());
            if (joint > 0 && !part.isEmpty() && standsAlone(head(rest)) && canStop(part, rest, items.get(i))) {
                parts.add(part);
                part = new ArrayList<>();
                if (isRanking(rest)) {
                    part.addAll(rankedLike(rest, parts.get(parts.size() - 1)));
                    parts.add(part);
                    shareFront(parts);
                    return shareColumns(parts);
                }
                i += joint - 1;
            } else {
                part.add(items.get(i));
            }
        }
        parts.add(part);
        shareFront(parts);
        return shareColumns(parts);
    }

    /** "For the West, show sales by month and profit by state": what stands in front holds for every part. */
    private static void shareFront(List<List<Item>> parts) {
        List<Item> first = parts.get(0);
        int comma = 0;
        while (comma < first.size() && !first.get(comma).isMark(",")) {
            comma++;
        }
        boolean opens = !first.isEmpty()
                && first.get(0).is(Tag.PREPOSITION)
                && FRONTS.contains(first.get(0).text().toLowerCase(Locale.ROOT));
        if (!opens || comma == first.size() || comma > LONGEST_FRONT) {
            return;
        }
        List<Item> front = first.subList(0, comma + 1);
        boolean conditions = front.stream().noneMatch(i -> i.is(Tag.GROUP) || i.is(Tag.AGGREGATE))
                && front.stream().anyMatch(i -> i.is(Item.Kind.VALUE) || i.year() > 0 || i.is(Tag.COMPARATOR));
        for (int i = 1; conditions && i < parts.size(); i++) {
            boolean isOwn = parts.get(i).stream().limit(3).anyMatch(j -> j.is(Item.Kind.VALUE));
            if (!isOwn) {
                List<Item> whole = new ArrayList<>(front);
                whole.addAll(parts.get(i));
                parts.set(i, whole);
            }
        }
    }

    /** How many items the joint at an index has; 0 when there is none. */
    private static int jointLength(List<Item> items, int at) {
        Item item = items.get(at);
        if (item.is(Item.Kind.PUNCTUATION) && STOPS.contains(item.text())) {
            return 1;
        }
        boolean isComma = item.isMark(",");
        int next = at + 1;
        if (!isComma && !item.is(Tag.AND) && !item.is(Tag.ALSO)) {
            return 0;
        }
        while (next < items.size()
                && (items.get(next).is(Tag.AND) || items.get(next).is(Tag.ALSO))) {
            next++;
        }
        return next - at;
    }

    private static boolean canStop(List<Item> left, List<Item> right, Item joint) {
        boolean sentence = STOPS.contains(joint.text());
        if (sentence && left.stream().allMatch(i -> i.isFiller() || i.is(Tag.CHART) || i.is(Tag.WITH))) {
            return false;
        }
        if (endsInGroup(head(right))) {
            return false;
        }
        if (sentence || joint.is(Tag.ALSO)) {
            return true;
        }
        Item first = firstMeaningful(right);
        boolean newVerb = !right.isEmpty() && right.get(0).is(Tag.SHOW);
        boolean newOperation = first.is(Tag.OPERATION) || isChart(right);
        boolean newMeasure = (first.is(Tag.AGGREGATE) || first.is(Tag.COUNT))
                && groups(left)
                && left.stream().anyMatch(i -> i.is(Tag.AGGREGATE) || i.is(Tag.COUNT))
                && groups(head(right))
                && head(right).stream().anyMatch(i -> i.is(Item.Kind.COLUMN));
        boolean newRanking = isRanking(right) && groups(left) && quantity(left).isPresent();
        return (newVerb || newOperation || newMeasure || newRanking) && asks(left) && !isFronted(left);
    }

    /** "The top 5 customers" with nothing after it. */
    private static boolean isRanking(List<Item> right) {
        List<Item> said = right.stream()
                .filter(i -> !i.isFiller() && !i.is(Item.Kind.PUNCTUATION))
                .toList();
        return said.size() == 3
                && said.get(0).is(Tag.TOP)
                && said.get(1).is(Item.Kind.NUMBER)
                && said.get(2).is(Item.Kind.COLUMN)
                && said.get(2).columns().stream().noneMatch(m -> m.column().isQuantity());
    }

    private static Optional<Item> quantity(List<Item> items) {
        return items.stream()
                .filter(i -> i.is(Item.Kind.COLUMN)
                        && i.columns().stream().anyMatch(m -> m.column().isQuantity()))
                .findFirst();
    }

    /** A ranking that names nothing it ranks by goes by what was asked for before. */
    private static List<Item> rankedLike(List<Item> ranking, List<Item> left) {
        List<Item> whole = new ArrayList<>(ranking);
        quantity(left).ifPresent(q -> {
            whole.add(Item.word("by", Tag.GROUP, ""));
            whole.add(q);
        });
        return whole;
    }

    /** "What are the regions? What are the sales of each of them?": what is grouped by was said before. */
    private static boolean endsInGroup(List<Item> right) {
        int last = right.size() - 1;
        while (last >= 0 && (right.get(last).isFiller() || right.get(last).is(Item.Kind.PUNCTUATION))) {
            last--;
        }
        return last > 0
                && right.get(last).is(Tag.GROUP)
                && EACH.contains(right.get(last).text().toLowerCase(Locale.ROOT));
    }

    /** "For each region, show the sales": groups or conditions put in front of what they belong to. */
    private static boolean isFronted(List<Item> left) {
        Item first = left.get(0);
        boolean opens = first.is(Tag.GROUP) || first.is(Tag.PREPOSITION) || first.is(Tag.RELATIVE);
        return opens && left.stream().noneMatch(i -> i.is(Tag.SHOW) || i.is(Tag.OPERATION) || i.is(Tag.AGGREGATE));
    }

    private static boolean isChart(List<Item> right) {
        Item first = firstMeaningful(right);
        return first.is(Tag.CHART) && right.stream().limit(5).anyMatch(i -> i.is(Item.Kind.COLUMN));
    }

    /** The first word that says something; grains before an operation ("monthly trend") are stepped over. */
    private static Item firstMeaningful(List<Item> items) {
        for (Item item : items) {
            boolean steps = item.isFiller() || item.is(Tag.GRAIN_ADJECTIVE) || item.is(Tag.GRAIN);
            if (!steps) {
                return item;
            }
        }
        return Item.word("", Tag.FILLER, "");
    }

    /** Up to the next full stop. */
    private static List<Item> head(List<Item> items) {
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i).is(Item.Kind.PUNCTUATION)
                    && STOPS.contains(items.get(i).text())) {
                return items.subList(0, i);
            }
        }
        return items;
    }

    private static boolean groups(List<Item> items) {
        return items.stream().anyMatch(i -> i.is(Tag.GROUP));
    }

    private static boolean asks(List<Item> items) {
        return items.stream()
                .anyMatch(i -> i.is(Item.Kind.COLUMN)
                        || i.is(Tag.OPERATION)
                        || i.is(Tag.COUNT)
                        || i.is(Item.Kind.UNKNOWN)
                        || i.is(Tag.UNSUPPORTED));
    }

    /** Whether a part asks for something of its own, rather than saying how the one before is sorted or shown. */
    private static boolean standsAlone(List<Item> items) {
        boolean sorts = items.stream()
                .anyMatch(i -> i.is(Tag.ASCENDING) || i.is(Tag.DESCENDING) || i.is(Tag.SORT) || i.is(Tag.AXIS));
        boolean asks = items.stream()
                .anyMatch(i -> i.is(Item.Kind.COLUMN)
                        || (i.is(Tag.OPERATION) && !ONLY_SHOWS.contains(i.argument()))
                        || i.is(Item.Kind.UNKNOWN)
                        || i.is(Tag.UNSUPPORTED)
                        || (i.is(Tag.COUNT) && items.size() > 2));
        return asks && !sorts && !onlyGroups(items);
    }

    /** "Color by origin." says how what was asked for is told apart, and asks for nothing itself. */
    private static boolean onlyGroups(List<Item> items) {
        boolean begins = !items.isEmpty() && items.get(0).is(Tag.GROUP);
        return begins
                && items.stream()
                        .allMatch(i -> i.is(Tag.GROUP)
                                || i.is(Tag.AND)
                                || i.is(Item.Kind.COLUMN)
                                || i.is(Item.Kind.PUNCTUATION)
                                || i.is(Tag.FILLER));
    }

    /** "The distribution and outliers of Sales", "the distribution of Sales and its trend": one side has no column. */
    private static List<List<Item>> shareColumns(List<List<Item>> parts) {
        for (int i = 0; i < parts.size(); i++) {
            boolean needs = !hasColumn(parts.get(i)) && needsColumn(parts.get(i));
            if (needs && i > 0 && hasColumn(parts.get(i - 1))) {
                parts.get(i).addAll(columns(parts.get(i - 1)));
            } else if (needs && i + 1 < parts.size() && hasColumn(parts.get(i + 1))) {
                parts.get(i).addAll(columns(parts.get(i + 1)));
            }
        }
        return parts;
    }

    private static boolean hasColumn(List<Item> items) {
        return items.stream().anyMatch(i -> i.is(Item.Kind.COLUMN) || i.is(Item.Kind.UNKNOWN));
    }

    private static boolean needsColumn(List<Item> items) {
        return items.stream()
                .anyMatch(i -> i.is(Tag.OPERATION)
                        && Set.of("distribution", "trend", "outliers").contains(i.argument()));
    }

    private static List<Item> columns(List<Item> items) {
        return items.stream().filter(i -> i.is(Item.Kind.COLUMN)).toList();
    }
}
