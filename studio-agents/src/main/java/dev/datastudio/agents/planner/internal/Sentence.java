package dev.datastudio.agents.planner.internal;

import dev.datastudio.api.dataset.ColumnRole;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One sentence of a request as a line of plain words in which phrases are looked for: columns stand as {@code §c0},
 * stored values as {@code §v1}, numbers as {@code §n2} and other quoted texts as {@code §q3}, each with the index of its
 * item. What a reader takes is blanked, so that in the end only what nobody understood is left. Not thread-safe.
 */
final class Sentence {
    private static final char TAKEN = '·';
    private static final Set<String> DROPPED = Set.of(
            "the",
            "a",
            "an",
            "column",
            "columns",
            "field",
            "fields",
            "dataset",
            "data set",
            "table",
            "csv",
            "file",
            "provided",
            "given",
            "this data",
            "this table",
            "of the",
            "in the",
            "column's",
            "dataframe",
            "data frame");
    private static final Set<String> NUMBER_WORDS =
            Set.of("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "single");

    /** Phrases such as "the highest" may begin with what is dropped elsewhere. */
    private static final Pattern ARTICLE = Pattern.compile("^(?:the|an?) (?=.)|(?<=.) (?:the|an?)$");

    private static final Pattern BETWEEN_WORDS = Pattern.compile("[ ·,:;.?!=<>/&*]+");

    /** What each phrase can't do without; phrases are constants, so there are as many as are written. */
    private static final Map<Pattern, RequiredText> REQUIRED = new ConcurrentHashMap<>();

    private final List<Item> items;
    private final StringBuilder text = new StringBuilder();
    private final List<Place> places = new ArrayList<>();

    private record Place(int item, int from, int to) {}

    /** @param certain whether an item that is a column or value could be nothing else */
    Sentence(List<Item> items, Predicate<Item> certain) {
        this.items = List.copyOf(items);
        for (int i = 0; i < items.size(); i++) {
            String piece = piece(items.get(i), i, certain);
            if (!piece.isEmpty()) {
                text.append(' ');
                int from = text.length();
                text.append(piece);
                places.add(new Place(i, from, text.length()));
            }
        }
        text.append(' ');
    }

    /**
     * A phrase to be looked for: {@code <c>} stands for a column, {@code <cl>} for a list of columns, {@code <n>} for a
     * number, {@code <q>} for a quoted text and {@code <v>} for a stored value; each is a group. It is kept for ever, so
     * make each once.
     */
    static Pattern phrase(String regex) {
        String columns = "(§c\\\\d+(?: values?)?(?:(?: ,)?(?: and| or| &)? §c\\\\d+(?: values?)?)*)";
        String whole = "(?<![\\p{L}\\d§])(?:"
                + regex.replaceAll("<cl>", columns)
                        .replaceAll("<c>", "(§c\\\\d+)")
                        .replaceAll("<n>", "(§n\\\\d+|one|two|three|four|five|ten)")
                        .replaceAll("<q>", "(§q\\\\d+)")
                        .replaceAll("<v>", "(§v\\\\d+)")
                + ")(?![\\p{L}\\d])";
        Pattern phrase = Pattern.compile(whole);
        REQUIRED.put(phrase, RequiredText.of(whole));
        return phrase;
    }

    private static String piece(Item item, int index, Predicate<Item> certain) {
        String words = ARTICLE.matcher(item.text().toLowerCase(Locale.ROOT)).replaceAll("");
        return switch (item.kind()) {
            case COLUMN -> namesRows(item, words) ? "" : certain.test(item) ? "§c" + index : words;
            case VALUE -> certain.test(item) ? "§v" + index : words;
            case NUMBER -> NUMBER_WORDS.contains(words) ? words : "§n" + index;
            case DATE -> "§d" + index;
            case QUOTED -> "§q" + index;
            case TABLE -> "";
            case PUNCTUATION -> item.isMark("(") || item.isMark(")") ? "" : item.text();
            default -> DROPPED.contains(words) || item.is(Tag.PERSON) ? "" : words;
        };
    }

    /** "Patients" in a table with a patient_id are its rows. */
    private static boolean namesRows(Item item, String words) {
        return item.columns().stream()
                .allMatch(m -> m.score() < 1
                        && m.column().column().role() == ColumnRole.ID
                        && !Stemmer.singular(words).equals(words));
    }

    List<Item> items() {
        return items;
    }

    boolean has(Pattern phrase) {
        return mayHave(phrase) && phrase.matcher(text).find();
    }

    private boolean mayHave(Pattern phrase) {
        RequiredText required = REQUIRED.get(phrase);
        return required == null || required.mayMatch(text);
    }

    /** The first place of a phrase, which is taken. */
    Optional<MatchResult> take(Pattern phrase) {
        Optional<MatchResult> found = find(phrase);
        found.ifPresent(f -> blank(f.start(), f.end()));
        return found;
    }

    /** Every place of a phrase, each taken. */
    List<MatchResult> takeAll(Pattern phrase) {
        List<MatchResult> all = new ArrayList<>();
        for (Optional<MatchResult> next = take(phrase); next.isPresent(); next = take(phrase)) {
            all.add(next.get());
        }
        return all;
    }

    /** The first place of a phrase, which is left. */
    Optional<MatchResult> find(Pattern phrase) {
        if (!mayHave(phrase)) {
            return Optional.empty();
        }
        Matcher matcher = phrase.matcher(text);
        return matcher.find() ? Optional.of(matcher.toMatchResult()) : Optional.empty();
    }

    private void blank(int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) != ' ') {
                text.setCharAt(i, TAKEN);
            }
        }
    }

    /** Takes everything that is left. */
    void takeRest() {
        blank(0, text.length());
    }

    /** Takes one item wherever it stands. */
    void takeItem(int index) {
        places.stream().filter(p -> p.item() == index).forEach(p -> blank(p.from(), p.to()));
    }

    /** The item that a placeholder stands for. */
    Item item(String placeholder) {
        return items.get(index(placeholder));
    }

    static int index(String placeholder) {
        return Integer.parseInt(placeholder.substring(2));
    }

    /** The items that placeholders of one kind stand for in a part of the text, in order. */
    List<Item> all(String part, char kind) {
        return indices(part, kind).stream().map(items::get).toList();
    }

    static List<Integer> indices(String part, char kind) {
        List<Integer> found = new ArrayList<>();
        String sign = "§" + kind;
        for (int at = part.indexOf(sign); at >= 0; at = part.indexOf(sign, at + 1)) {
            int end = at + sign.length();
            while (end < part.length() && Character.isDigit(part.charAt(end))) {
                end++;
            }
            if (end > at + sign.length()) {
                found.add(Integer.valueOf(part.substring(at + sign.length(), end)));
            }
        }
        return found;
    }

    /** The columns that nobody took. */
    List<Item> columns() {
        return all(text.toString(), 'c');
    }

    /** The stored values that nobody took. */
    List<Item> values() {
        return all(text.toString(), 'v');
    }

    /** Whether the item at an index was taken by nobody and counts for something. */
    List<Item> left() {
        List<Item> left = new ArrayList<>();
        for (Place place : places) {
            boolean taken = text.substring(place.from(), place.to()).chars().allMatch(c -> c == TAKEN || c == ' ');
            if (!taken) {
                left.add(items.get(place.item()));
            }
        }
        return left;
    }

    /** The words that nobody took, marks aside. */
    List<String> leftWords() {
        return words(text.toString());
    }

    /** The words of a part of a sentence, without marks and placeholders. */
    static List<String> words(String part) {
        List<String> words = new ArrayList<>();
        for (String word : BETWEEN_WORDS.split(part, -1)) {
            if (!word.isEmpty() && word.charAt(0) != '§') {
                words.add(word);
            }
        }
        return words;
    }

    /** A number, as a fraction when it is written in percent. */
    double number(String placeholder) {
        if (placeholder.charAt(0) != '§') {
            return List.of("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
                    .indexOf(placeholder);
        }
        Item item = item(placeholder);
        double value = item.value() instanceof BigDecimal number ? number.doubleValue() : Double.NaN;
        return item.text().endsWith("%") ? value / 100 : value;
    }

    String text() {
        return text.toString();
    }
}
