package dev.datastudio.agents.planner.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What was decided while a question was read, so that it can be said, and what was left open. Not thread-safe; one for
 * each reading.
 */
final class Decisions {
    private static final double PARTIAL = 0.95;

    private final Scope index;
    private final Map<String, Integer> choices;
    private final Set<String> notes = new LinkedHashSet<>();
    private final List<Open> open = new ArrayList<>();
    private final Map<String, List<String>> otherDates = new LinkedHashMap<>();
    private double confidence = 1;

    /** @param choices for words with several readings, which one to take, by the words in lower case */
    Decisions(Scope index, Map<String, Integer> choices) {
        this.index = index;
        this.choices = choices;
    }

    /**
     * Words with several equally good readings.
     *
     * @param words in lower case
     * @param names what each reading takes them for: a column's name, for a stored value the column with the value
     */
    record Open(String words, List<String> names) {}

    Scope index() {
        return index;
    }

    List<String> notes() {
        return List.copyOf(notes);
    }

    /** Date columns that were chosen, with those that were not. */
    Map<String, List<String>> otherDates() {
        return otherDates;
    }

    /** Says which date column was taken, as none was named. */
    void chooseDate(ColumnEntry chosen, List<String> others) {
        otherDates.put(chosen.name(), others);
        note("Dates are those of " + chosen.name() + "; also there: " + String.join(", ", others) + ".", 0.05);
    }

    List<Open> open() {
        return open;
    }

    double confidence() {
        return Math.max(0, confidence);
    }

    /** Says something that was decided, and how much it costs in confidence. */
    void note(String sentence, double cost) {
        if (notes.add(sentence)) {
            confidence -= cost;
        }
    }

    /** The column that is meant, among those that fit if any does. */
    ColumnEntry column(Item item, Predicate<ColumnEntry> fits) {
        List<ColumnMatch> fitting =
                item.columns().stream().filter(m -> fits.test(m.column())).toList();
        List<ColumnMatch> candidates = fitting.isEmpty() ? item.columns() : fitting;
        if (candidates.size() > 1
                && candidates.stream().allMatch(m -> m.column().isTemporal())) {
            return new TimeColumns(index)
                    .main(candidates.stream().map(ColumnMatch::column).toList(), this);
        }
        ColumnMatch match = pick(item.text(), candidates, m -> m.column().name());
        explain(item, match);
        return match.column();
    }

    private void explain(Item item, ColumnMatch match) {
        String name = match.column().name();
        if (match.how() == ColumnMatch.How.SPELLING) {
            note("'" + item.text() + "' was read as " + name + ".", 0.2);
        } else if (match.how() == ColumnMatch.How.TAUGHT) {
            taught(item, name);
        } else if (match.how() == ColumnMatch.How.MEANING) {
            note("'" + item.text() + "' was taken to mean " + name + ", which comes nearest in meaning.", 0.2);
        } else if (match.how() == ColumnMatch.How.ABBREVIATION) {
            note("'" + item.text() + "' was taken to mean " + name + ".", 0.1);
        } else if (match.score() < PARTIAL) {
            note("'" + item.text() + "' was taken to mean " + name + ".", 0.1);
        }
    }

    private void taught(Item item, String name) {
        boolean isFormula = item.text().equalsIgnoreCase(name);
        if (!isFormula) {
            note("'" + item.text() + "' is " + name + ", as it was taught.", 0);
        }
    }

    /** The stored value that is meant, in a column that fits if one does. */
    ValueMatch value(Item item, Predicate<ColumnEntry> fits) {
        List<ValueMatch> fitting =
                item.values().stream().filter(v -> fits.test(v.column())).toList();
        List<ValueMatch> candidates = fitting.isEmpty() ? item.values() : fitting;
        List<ValueMatch> asTyped =
                candidates.stream().filter(v -> v.stored().equals(item.text())).toList();
        return pick(
                item.text(),
                asTyped.isEmpty() ? onePerColumn(candidates) : asTyped,
                v -> v.column().name() + " '" + v.stored() + "'");
    }

    private static List<ValueMatch> onePerColumn(List<ValueMatch> values) {
        Set<ColumnEntry> seen = new LinkedHashSet<>();
        return values.stream().filter(v -> seen.add(v.column())).toList();
    }

    /** One of some columns that words may mean. */
    ColumnEntry pick(String words, List<ColumnEntry> columns) {
        return pick(words, columns, ColumnEntry::name);
    }

    /** One of some equally good readings of words: the chosen one, or the first, which leaves the words open. */
    <T> T pick(String words, List<T> candidates, Function<T, String> name) {
        if (candidates.size() == 1) {
            return candidates.get(0);
        }
        String key = words.toLowerCase(Locale.ROOT);
        Integer choice = choices.get(key);
        if (choice == null) {
            if (open.stream().noneMatch(o -> o.words().equals(key))) {
                open.add(new Open(key, candidates.stream().map(name).toList()));
            }
            return candidates.get(0);
        }
        return candidates.get(Math.min(choice, candidates.size() - 1));
    }

    /** Columns by a list of words that such columns are called by, the first word with any column deciding. */
    List<ColumnEntry> columnsCalled(String words, Function<ColumnEntry, Boolean> fits) {
        for (String word : words.split(",", -1)) {
            List<ColumnEntry> found = index.columns().stream()
                    .filter(c -> c.parts().contains(word)
                            || c.parts().stream().anyMatch(p -> Stemmer.stem(p).equals(word)))
                    .filter(fits::apply)
                    .toList();
            if (!found.isEmpty()) {
                int shortest =
                        found.stream().mapToInt(c -> c.core().size()).min().orElse(0);
                return found.stream().filter(c -> c.core().size() == shortest).toList();
            }
        }
        return List.of();
    }
}
