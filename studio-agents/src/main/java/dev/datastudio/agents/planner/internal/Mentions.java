package dev.datastudio.agents.planner.internal;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Tells names of columns and stored values from plain words of a request that happen to be spelt like them. */
final class Mentions {
    private static final Set<String> AFTER_NAME = Set.of("column", "columns", "values", "value", "variable", "field");

    private final String request;
    private final Set<String> quoted;

    /** @param quoted what stands in quotes */
    Mentions(String request, Set<String> quoted) {
        this.request = request;
        this.quoted = Set.copyOf(quoted);
    }

    /** Whether an item that could be a column or value is one. */
    boolean isCertain(Item item, List<Item> items) {
        String words = item.text().toLowerCase(Locale.ROOT);
        boolean plain = List.of(words.split(" ", -1)).stream()
                .allMatch(w -> ProseReader.isProse(w)
                        || Lexicon.english().find(List.of(w)).isPresent());
        if (!plain || quoted.contains(item.text()) || isWritten(item)) {
            return true;
        }
        if (item.is(Item.Kind.VALUE)) {
            return item.values().stream().anyMatch(v -> v.stored().equals(item.text()));
        }
        int next = items.indexOf(item) + 1;
        boolean named = next < items.size()
                && AFTER_NAME.contains(items.get(next).text().toLowerCase(Locale.ROOT));
        return named && item.columns().get(0).score() >= 0.9;
    }

    /** Whether the column's name stands in the request letter for letter, and is no plain word in lower case. */
    boolean isWritten(Item item) {
        if (!item.is(Item.Kind.COLUMN)) {
            return false;
        }
        String name = item.columns().get(0).column().name();
        boolean marked =
                !name.equals(name.toLowerCase(Locale.ROOT)) || !name.chars().allMatch(Character::isLetter);
        boolean found = quoted.contains(name)
                || (marked
                        && Pattern.compile("(?<![\\p{L}\\d_])" + Pattern.quote(name) + "(?![\\p{L}\\d_])")
                                .matcher(request)
                                .find());
        return item.text().equals(name) && found;
    }
}
