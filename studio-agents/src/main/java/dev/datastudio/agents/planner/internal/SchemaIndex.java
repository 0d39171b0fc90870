package dev.datastudio.agents.planner.internal;

import dev.datastudio.agents.planner.ValueLookup;
import dev.datastudio.agents.vocabulary.Vocabulary;
import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.dataset.Dataset;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the words of a question can mean in one table. Immutable once built, so it is shared between questions. */
final class SchemaIndex {
    private static final int MIN_PREFIX = 3;
    private static final int MOST_WORDS = 2_000;
    /** A place in the map, a key's string, a list of one match and the match itself. */
    private static final long BYTES_OF_VALUE = 200;

    /** Words that mean one thing in every table. */
    private static final Map<String, String> SAME = Map.of(
            "gender",
            "sex",
            "sex",
            "gender",
            "hp",
            "horsepower",
            "horsepower",
            "hp",
            "quantity",
            "qty",
            "qty",
            "quantity");

    private static final Pattern PART_MARKS = Pattern.compile("[,;()\\[\\]\\n/]+");
    private static final Pattern ACCENTS = Pattern.compile("\\p{Mn}+");
    private static final int MOST_PARTS = 8;
    /** So many different values are searched for one that holds some words, as more would take milliseconds. */
    private static final int MOST_SEARCHED = 5_000;
    /** A name may have so many times the words that were said of it; longer texts are prose. */
    private static final int MOST_WORDS_A_WORD = 3;

    /** "1,234", "$5", "12 (3)", "40 ft": one number that a unit or a note may follow. */
    private static final Pattern NUMBER_AS_TEXT = Pattern.compile(
            "[^\\p{L}\\d]{0,3}(\\d{1,3}(,\\d{3})+|\\d+)(\\.\\d+)?\\s*(%|[\\p{L}°²³]{1,8}\\.?)?\\s*([(\\[][^)\\]]*[)\\]])?\\s*");

    private static final double MOSTLY = 0.9;
    private static final int FEWEST_NUMBERS = 3;
    private static final int SHORTEST_PART = 3;

    private final Dataset dataset;
    private final List<ColumnEntry> columns = new ArrayList<>();
    private final Map<String, List<ColumnEntry>> byName = new HashMap<>();
    private final Map<String, List<WrittenName>> byFirstToken = new HashMap<>();
    private final Map<String, List<ColumnEntry>> byInitials = new HashMap<>();
    private final Map<String, List<ColumnEntry>> byPart = new LinkedHashMap<>();
    private final Map<String, List<ColumnEntry>> byStem = new HashMap<>();
    private final Map<String, List<ValueMatch>> values = new HashMap<>();
    private final Map<String, Map<ColumnEntry, ColumnMatch.How>> withWord = new ConcurrentHashMap<>();
    private final Map<String, List<ValueMatch>> valueParts = new HashMap<>();
    private final Set<String> tableWords;
    private final TableEntry table;
    private final TaughtWords taught;
    private final Meanings meanings;
    private final Set<ColumnEntry> numbersAsText = new HashSet<>();
    private int longestValue = 1;
    private long valueBytes;

    SchemaIndex(Dataset dataset, ValueLookup lookup, Vocabulary vocabulary, Meanings meanings) {
        this.meanings = meanings;
        this.dataset = dataset;
        this.tableWords = tableWords(dataset);
        Set<String> bases = basesInUse(dataset);
        for (Column column : dataset.columns()) {
            addColumn(column, bases);
            if (column.type() == ColumnType.TEXT) {
                addValues(columns.get(columns.size() - 1), lookup.values(dataset, column));
            }
        }
        this.taught = new TaughtWords(vocabulary, dataset, columns);
        this.table = table(dataset, columns);
    }

    private static TableEntry table(Dataset dataset, List<ColumnEntry> columns) {
        List<String> parts = List.copyOf(Names.parts(dataset.table()));
        return new TableEntry(dataset, parts, List.copyOf(columns), String.join("", parts));
    }

    /** A column's name as it is written, in tokens. */
    record WrittenName(ColumnEntry column, List<String> tokens) {}

    private static Set<String> tableWords(Dataset dataset) {
        Set<String> words = new HashSet<>(Names.parts(dataset.table()));
        words.addAll(Names.parts(dataset.name().replaceFirst("\\.[A-Za-z0-9]+$", "")));
        words.removeIf(w -> w.length() < MIN_PREFIX || Character.isDigit(w.charAt(0)));
        return Set.copyOf(words);
    }

    private static Set<String> basesInUse(Dataset dataset) {
        Set<String> once = new HashSet<>();
        Set<String> twice = new HashSet<>();
        for (Column column : dataset.columns()) {
            String base = String.join(" ", Names.parts(Names.withoutBrackets(column.name())));
            if (!once.add(base)) {
                twice.add(base);
            }
        }
        return twice;
    }

    private void addColumn(Column column, Set<String> sharedBases) {
        List<String> parts = Names.parts(Names.withoutBrackets(column.name()));
        if (sharedBases.contains(String.join(" ", parts)) || parts.isEmpty()) {
            parts = Names.parts(column.name());
        }
        if (parts.isEmpty()) {
            parts = List.of(column.name());
        }
        var entry = new ColumnEntry(dataset.table(), column, columns.size(), List.copyOf(parts), Names.core(parts));
        columns.add(entry);
        put(byName, String.join("", parts), entry);
        addWrittenName(entry);
        put(byInitials, Names.initials(parts), entry);
        for (String part : new HashSet<>(parts)) {
            put(byPart, part, entry);
            put(byStem, Stemmer.stem(part), entry);
        }
    }

    /** One plain word may also be a grammar word, so only other names are certain wherever they stand. */
    private void addWrittenName(ColumnEntry entry) {
        List<String> tokens = texts(Tokenizer.tokenize(entry.name()));
        boolean isPlainWord = tokens.size() < 2
                && entry.name().chars().skip(1).allMatch(c -> Character.isLetter(c) && !Character.isUpperCase(c));
        if (!tokens.isEmpty() && !isPlainWord) {
            List<WrittenName> names = byFirstToken.computeIfAbsent(tokens.get(0), t -> new ArrayList<>(1));
            names.add(new WrittenName(entry, tokens));
            names.sort(Comparator.comparingInt((WrittenName n) -> n.tokens().size())
                    .reversed());
        }
    }

    private static List<String> texts(List<Token> tokens) {
        return tokens.stream().map(Token::text).toList();
    }

    /** The column whose whole name, marks included, begins at a token; the longest of several. */
    Optional<WrittenName> writtenAt(List<Token> tokens, int at) {
        for (WrittenName name : byFirstToken.getOrDefault(tokens.get(at).text(), List.of())) {
            int end = at + name.tokens().size();
            if (end <= tokens.size() && texts(tokens.subList(at, end)).equals(name.tokens())) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    private void addValues(ColumnEntry entry, List<String> stored) {
        long numbers =
                stored.stream().filter(v -> NUMBER_AS_TEXT.matcher(v).matches()).count();
        long filled = stored.stream()
                .filter(v -> v.chars().anyMatch(Character::isLetterOrDigit))
                .count();
        if (numbers >= FEWEST_NUMBERS && numbers >= MOSTLY * filled) {
            numbersAsText.add(entry);
        }
        for (String value : stored) {
            String key = valueKey(Tokenizer.normalise(value));
            if (!key.isEmpty()) {
                put(values, key, new ValueMatch(entry, value));
                valueBytes += BYTES_OF_VALUE + 2L * key.length();
                longestValue = Math.max(longestValue, key.split(" ", -1).length);
            }
            addParts(entry, value);
        }
    }

    /** "Lyon, France" and "Anna Berg (SWE)" name two things each. */
    private void addParts(ColumnEntry entry, String value) {
        String[] parts = PART_MARKS.split(value, MOST_PARTS);
        for (int i = 0; parts.length > 1 && i < parts.length; i++) {
            String key = valueKey(Tokenizer.normalise(parts[i]));
            boolean isName = key.length() >= SHORTEST_PART && key.chars().anyMatch(Character::isLetter);
            boolean isNew = isName
                    && valueParts.getOrDefault(key, List.of()).stream()
                            .noneMatch(m -> m.column().equals(entry));
            if (isNew) {
                put(valueParts, key, new ValueMatch(entry, parts[i].strip(), true));
                valueBytes += BYTES_OF_VALUE + 2L * key.length() + 2L * parts[i].length();
            }
        }
    }

    /** Parts of stored values, between commas or brackets, that these words name; one for each column. */
    List<ValueMatch> valueParts(List<String> words) {
        return valueParts.getOrDefault(valueKey(String.join(" ", words)), List.of());
    }

    private static <T> void put(Map<String, List<T>> map, String key, T entry) {
        if (!key.isEmpty()) {
            map.computeIfAbsent(key, k -> new ArrayList<>(1)).add(entry);
        }
    }

    private static String valueKey(String normalised) {
        var key = new StringBuilder();
        for (String word : withoutAccents(normalised).split(" ", -1)) {
            key.append(key.isEmpty() ? "" : " ").append(Stemmer.singular(word));
        }
        return key.toString();
    }

    /** "Sílex" is found by "silex": many write names without the accents that their keyboard lacks. */
    private static String withoutAccents(String text) {
        if (text.chars().allMatch(c -> c < 128)) {
            return text;
        }
        String plain =
                ACCENTS.matcher(Normalizer.normalize(text, Normalizer.Form.NFD)).replaceAll("");
        return plain.replace('ø', 'o')
                .replace('ł', 'l')
                .replace('đ', 'd')
                .replace("æ", "ae")
                .replace("ß", "ss");
    }

    Dataset dataset() {
        return dataset;
    }

    /** About how much memory the words of stored values take, in bytes. */
    long valueBytes() {
        return valueBytes;
    }

    Meanings meanings() {
        return meanings;
    }

    TaughtWords taught() {
        return taught;
    }

    TableEntry table() {
        return table;
    }

    List<ColumnEntry> columns() {
        return columns;
    }

    int longestValue() {
        return Math.min(longestValue, 12);
    }

    boolean isTableWord(String word) {
        return tableWords.contains(Stemmer.singular(word));
    }

    Optional<ColumnEntry> find(String name) {
        return columns.stream().filter(c -> c.name().equalsIgnoreCase(name)).findFirst();
    }

    /** Stored values that these words name. */
    List<ValueMatch> values(List<String> words) {
        return words.size() > longestValue ? List.of() : valuesOf(key(words));
    }

    /** Stored values by their {@link #key}. */
    List<ValueMatch> valuesOf(String key) {
        return values.getOrDefault(key, List.of());
    }

    /** Whether the table's name says nothing about what its rows are, so that any noun may. */
    boolean isNameless() {
        return Names.parts(dataset.table()).stream().allMatch(Names::saysNothing);
    }

    /** Whether a column of texts holds numbers, all but a few of its values aside. */
    boolean isNumberAsText(ColumnEntry column) {
        return numbersAsText.contains(column);
    }

    /**
     * Stored values within which these words stand side by side, each with its column: the whole value where a column
     * has one such value, the words as a part where it has several.
     */
    List<ValueMatch> valuesHolding(List<String> words) {
        if (values.size() > MOST_SEARCHED) {
            return List.of();
        }
        String wanted = " " + key(words) + " ";
        int longest = words.size() * MOST_WORDS_A_WORD;
        Map<ColumnEntry, List<ValueMatch>> found = new LinkedHashMap<>();
        values.forEach((key, matches) -> {
            boolean holds = key.length() + 2 >= wanted.length() && (" " + key + " ").contains(wanted);
            if (holds && key.split(" ", -1).length <= longest) {
                matches.forEach(m -> found.computeIfAbsent(m.column(), c -> new ArrayList<>(1))
                        .add(m));
            }
        });
        return found.values().stream()
                .map(m -> m.size() == 1 ? m.get(0) : new ValueMatch(m.get(0).column(), String.join(" ", words), true))
                .toList();
    }

    /** By what stored values are looked up. */
    static String key(List<String> words) {
        return valueKey(String.join(" ", words));
    }

    /** Columns whose whole name these words are, exactly or without optional words. */
    List<ColumnMatch> named(List<String> words) {
        return named(words, nameKey(words));
    }

    /** By what columns are looked up by name. */
    static String nameKey(List<String> words) {
        var key = new StringBuilder();
        for (String word : words) {
            key.append(Stemmer.singular(word));
        }
        return key.toString();
    }

    /** As {@link #named(List)}, with the {@link #nameKey} of the words. */
    List<ColumnMatch> named(List<String> words, String key) {
        List<ColumnEntry> exact = byName.getOrDefault(key, List.of());
        if (exact.isEmpty() && key.indexOf('_') >= 0) {
            exact = byName.getOrDefault(String.join("", Names.parts(key)), List.of());
        }
        if (!exact.isEmpty()) {
            return matches(exact, 1, ColumnMatch.How.NAME);
        }
        List<ColumnEntry> abbreviated = words.size() == 1
                ? byInitials.getOrDefault(key, List.of())
                : byName.getOrDefault(Names.initials(words), List.of());
        return matches(abbreviated, 0.9, ColumnMatch.How.ABBREVIATION);
    }

    private static List<ColumnMatch> matches(List<ColumnEntry> entries, double score, ColumnMatch.How how) {
        return entries.isEmpty()
                ? List.of()
                : entries.stream().map(e -> new ColumnMatch(e, score, how)).toList();
    }

    /** Columns all of these words are parts of, in any order; only those that share the best score. */
    List<ColumnMatch> containing(List<String> words) {
        Map<ColumnEntry, ColumnMatch.How> found = new LinkedHashMap<>();
        boolean first = true;
        for (String word : words) {
            Map<ColumnEntry, ColumnMatch.How> here = columnsWith(word);
            if (first) {
                found.putAll(here);
            } else {
                found.keySet().retainAll(here.keySet());
                found.replaceAll((c, how) -> weaker(how, here.getOrDefault(c, how)));
            }
            first = false;
            if (found.isEmpty()) {
                return List.of();
            }
        }
        return best(found, words.size(), Stemmer.singular(words.get(words.size() - 1)));
    }

    private static ColumnMatch.How weaker(ColumnMatch.How a, ColumnMatch.How b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private static List<ColumnMatch> best(Map<ColumnEntry, ColumnMatch.How> found, int words, String lastWord) {
        List<ColumnMatch> matches = new ArrayList<>();
        found.forEach((column, how) -> {
            if (words <= column.parts().size()) {
                boolean isHead = column.core().get(column.core().size() - 1).equals(lastWord);
                matches.add(new ColumnMatch(column, score(column, words, isHead, how), how));
            }
        });
        matches.removeIf(m -> m.column().isBinOf(matches));
        double top = matches.stream().mapToDouble(ColumnMatch::score).max().orElse(0);
        return matches.stream()
                .filter(m -> m.score() > top - 0.001)
                .sorted(Comparator.comparingInt(m -> m.column().position()))
                .toList();
    }

    /** A whole name is best, a name without "id" next, then the more words; the last word of a name says most. */
    private static double score(ColumnEntry column, int words, boolean isHead, ColumnMatch.How how) {
        double coverage = words >= column.core().size()
                ? (words == column.parts().size() ? 1 : 0.95)
                : 0.4 + 0.1 * words + (isHead ? 0.1 : 0);
        double link = switch (how) {
            case NAME, TAUGHT, PART -> 1;
            case STEM -> 0.9;
            case ABBREVIATION -> 0.8;
            case SPELLING -> 0.7;
            case MEANING -> 0.6;
        };
        return coverage * link;
    }

    /** Looked up once for each word, because questions repeat words and spans of them overlap. */
    private Map<ColumnEntry, ColumnMatch.How> columnsWith(String word) {
        Map<ColumnEntry, ColumnMatch.How> known = withWord.get(word);
        if (known == null) {
            known = Collections.unmodifiableMap(found(word));
            if (withWord.size() >= MOST_WORDS) {
                withWord.clear();
            }
            withWord.put(word, known);
        }
        return known;
    }

    private Map<ColumnEntry, ColumnMatch.How> found(String word) {
        String singular = Stemmer.singular(word);
        Map<ColumnEntry, ColumnMatch.How> found = new LinkedHashMap<>();
        add(found, byPart.get(singular), ColumnMatch.How.PART);
        if (found.isEmpty()) {
            add(found, byStem.get(Stemmer.stem(word)), ColumnMatch.How.STEM);
        }
        if (found.isEmpty()) {
            add(found, byPart.get(SAME.getOrDefault(singular, singular)), ColumnMatch.How.ABBREVIATION);
        }
        if (found.isEmpty()) {
            addShortened(found, singular);
        }
        return found;
    }

    /** "population" for pop, "temperature" for temp, "accel" for acceleration; a slip of the pen when nothing else. */
    private void addShortened(Map<ColumnEntry, ColumnMatch.How> found, String word) {
        Map<ColumnEntry, ColumnMatch.How> slips = new LinkedHashMap<>();
        byPart.forEach((part, entries) -> {
            if (isShortFor(part, word) || isShortFor(word, part)) {
                add(found, entries, ColumnMatch.How.ABBREVIATION);
            } else if (Spelling.isSlip(word, part)) {
                add(slips, entries, ColumnMatch.How.SPELLING);
            }
        });
        if (found.isEmpty()) {
            found.putAll(slips);
        }
    }

    private static boolean isShortFor(String brief, String full) {
        if (brief.indexOf('_') >= 0 || full.indexOf('_') >= 0 || brief.equals("per")) {
            return false;
        }
        int least = brief.length() == MIN_PREFIX ? 2 * MIN_PREFIX + 1 : brief.length() + 2;
        return brief.length() >= MIN_PREFIX && full.length() >= least && full.startsWith(brief);
    }

    private static void add(
            Map<ColumnEntry, ColumnMatch.How> found, @Nullable List<ColumnEntry> entries, ColumnMatch.How how) {
        if (entries != null) {
            entries.forEach(e -> found.putIfAbsent(e, how));
        }
    }

    /** Columns written most like a word, the nearest first, then such values. */
    List<String> nearest(String word, int most) {
        String wanted = Stemmer.singular(word);
        int limit = Math.min(3, Math.max(2, wanted.length() / 2));
        record Near(String name, int distance) {}
        List<Near> nearColumns = new ArrayList<>();
        for (ColumnEntry column : columns) {
            int distance = Stream.concat(column.parts().stream(), Stream.of(String.join("", column.parts())))
                    .mapToInt(p -> Spelling.distance(wanted, p, limit))
                    .min()
                    .orElse(limit + 1);
            nearColumns.add(new Near(column.name(), distance));
        }
        List<Near> nearValues = new ArrayList<>();
        values.forEach((key, matches) -> {
            // A slip seldom hits the first letter, and comparing thousands of values would take milliseconds.
            boolean mayBeNear = Math.abs(key.length() - wanted.length()) <= 2 && key.charAt(0) == wanted.charAt(0);
            if (mayBeNear) {
                nearValues.add(new Near(matches.get(0).stored(), Spelling.distance(wanted, key, 2)));
            }
        });
        Comparator<Near> closest = Comparator.comparingInt(Near::distance);
        return Stream.concat(
                        nearColumns.stream().filter(n -> n.distance() <= limit).sorted(closest),
                        nearValues.stream().filter(n -> n.distance() <= 2).sorted(closest))
                .map(Near::name)
                .distinct()
                .limit(most)
                .toList();
    }
}
