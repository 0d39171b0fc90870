package dev.datastudio.agents.planner.internal;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Words that mean another thing beside others than by themselves. */
final class InContext {
    private static final Map<String, Integer> PLACES = Map.ofEntries(
            Map.entry("second", 2),
            Map.entry("2nd", 2),
            Map.entry("third", 3),
            Map.entry("3rd", 3),
            Map.entry("fourth", 4),
            Map.entry("4th", 4),
            Map.entry("fifth", 5),
            Map.entry("5th", 5),
            Map.entry("sixth", 6),
            Map.entry("seventh", 7),
            Map.entry("eighth", 8),
            Map.entry("ninth", 9),
            Map.entry("tenth", 10));

    private static final Set<Tag> RANKING =
            EnumSet.of(Tag.HIGHEST, Tag.LOWEST, Tag.MORE_OF, Tag.LESS_OF, Tag.MOST_COMMON, Tag.LEAST_COMMON);

    private static final Set<Tag> TIME = EnumSet.of(
            Tag.GRAIN,
            Tag.GRAIN_ADJECTIVE,
            Tag.DATE_PART,
            Tag.MONTH,
            Tag.QUARTER,
            Tag.OVER_TIME,
            Tag.LAST,
            Tag.THIS,
            Tag.DAY,
            Tag.SORT,
            Tag.ASCENDING,
            Tag.DESCENDING);

    private static final Set<String> TIMELY =
            Set.of("when", "before", "after", "since", "until", "by", "date", "dates");

    private InContext() {}

    static List<Item> read(List<Item> items) {
        boolean timeless = items.stream().noneMatch(InContext::speaksOfTime);
        List<Item> read = new ArrayList<>(items);
        for (int at = 0; at < items.size(); at++) {
            Item item = items.get(at);
            Integer place = PLACES.get(item.text().toLowerCase(Locale.ROOT));
            if (place != null && at + 1 < items.size() && ranks(items.get(at + 1))) {
                read.set(at, Item.word(item.text(), Tag.PLACE, place.toString()));
            } else if (timeless && isDeed(item)) {
                read.set(at, Item.word(item.text(), Tag.RELATES, "link"));
            }
        }
        return List.copyOf(read);
    }

    private static boolean ranks(Item item) {
        return item.is(Item.Kind.WORD) && RANKING.contains(item.tag());
    }

    private static boolean speaksOfTime(Item item) {
        return item.year() > 0
                || item.is(Item.Kind.DATE)
                || (item.is(Item.Kind.WORD) && TIME.contains(item.tag()))
                || TIMELY.contains(item.text().toLowerCase(Locale.ROOT));
    }

    /** "Who released the most films", "orders that they placed": what was done, not the date when it was. */
    private static boolean isDeed(Item item) {
        String word = item.text();
        return item.is(Item.Kind.COLUMN)
                && word.length() > 4
                && word.endsWith("ed")
                && word.equals(word.toLowerCase(Locale.ROOT))
                && item.columns().stream()
                        .allMatch(m -> m.score() < 1
                                && (m.how() == ColumnMatch.How.PART || m.how() == ColumnMatch.How.STEM)
                                && (m.column().isTemporal() || m.column().isYearNumber()));
    }
}
