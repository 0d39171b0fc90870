package dev.datastudio.agents.planner.internal;

import dev.datastudio.core.analysis.Condition;
import dev.datastudio.core.analysis.Expression;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The items of a look-up, which of them were made use of, and what they name in the table. Not thread-safe. */
final class LookupSentence {
    /** Words that a look-up may hold beside what it names; they change nothing about the rows that are meant. */
    private static final Set<String> IDLE = Set.of(
            "list", "lists", "chart", "table", "listed", "name", "named", "called", "one", "but", "also", "entry",
            "shown", "being", "be", "been", "was", "is");
    /** Fillers of analyses that ask for something else in a look-up. */
    private static final Set<String> TELLING = Set.of(
            "how", "number", "amount", "amounts", "all", "any", "some", "each", "both", "entire", "changes", "many",
            "much");

    private static final Set<String> HEAD_AFTER =
            Set.of("which", "what", "the", "next", "only", "last", "first", "a", "an", "previous", "many");
    /** Names of columns that say nothing about what is called so. */
    private static final Set<String> GENERIC = Set.of("name", "title", "label", "entry", "item");

    private static final Set<Tag> PASSED = Set.of(
            Tag.FILLER, Tag.PREPOSITION, Tag.IS, Tag.SHOW, Tag.QUESTION, Tag.RELATIVE, Tag.WITH, Tag.RELATES, Tag.WEAK);

    private static final Map<String, String> PAST = Map.of("win", "won", "lose", "lost", "draw", "drawn");

    private final SchemaIndex index;
    private final List<Item> items;
    private final BitSet used = new BitSet();
    private final Set<String> notes = new LinkedHashSet<>();

    LookupSentence(SchemaIndex index, List<Item> items) {
        this.index = index;
        this.items = items;
    }

    SchemaIndex index() {
        return index;
    }

    List<Item> items() {
        return items;
    }

    List<String> notes() {
        return List.copyOf(notes);
    }

    void note(String sentence) {
        notes.add(sentence);
    }

    void use(int from, int to) {
        used.set(from, to + 1);
    }

    void use(int at) {
        used.set(at);
    }

    boolean isUsed(int at) {
        return used.get(at);
    }

    /** The word at a place, in lower case; empty beside the ends. */
    String word(int at) {
        return at >= 0 && at < items.size() ? items.get(at).text().toLowerCase(Locale.ROOT) : "";
    }

    /** Where items of a kind stand. */
    List<Integer> places(Item.Kind kind) {
        return IntStream.range(0, items.size())
                .filter(i -> items.get(i).is(kind))
                .boxed()
                .toList();
    }

    /** Where one of some words stands that is neither a column nor a value. */
    List<Integer> places(Collection<String> words) {
        return IntStream.range(0, items.size())
                .filter(i -> !items.get(i).is(Item.Kind.COLUMN) && !items.get(i).is(Item.Kind.VALUE))
                .filter(i -> words.contains(word(i)))
                .boxed()
                .toList();
    }

    /** Marks words of this look-up's own vocabulary as made use of. */
    void pass(Collection<String> words) {
        places(words).forEach(this::use);
    }

    /** Whether nothing was said beyond what was made use of. */
    boolean isCovered() {
        return IntStream.range(0, items.size()).allMatch(i -> used.get(i) || saysNothing(i));
    }

    private boolean saysNothing(int at) {
        Item item = items.get(at);
        if (item.is(Item.Kind.PUNCTUATION)) {
            return true;
        }
        boolean isNamed = item.is(Item.Kind.COLUMN) || item.is(Item.Kind.VALUE) || item.is(Item.Kind.NUMBER);
        return !isNamed
                && !TELLING.contains(word(at))
                && (IDLE.contains(word(at)) || (item.is(Item.Kind.WORD) && PASSED.contains(item.tag())));
    }

    /**
     * The place of the noun that a question word asks for, when it is no name of the data; -1 when there is none. It may
     * mean a row of the column that is shown only where neither the table nor the column says what its rows are.
     */
    int unknownHead(ColumnEntry shown) {
        boolean mayBeAnything = index.isNameless() && shown.parts().stream().anyMatch(GENERIC::contains);
        List<Integer> unknown = places(Item.Kind.UNKNOWN);
        for (int at : unknown.subList(0, Math.min(1, unknown.size()))) {
            if (mayBeAnything && HEAD_AFTER.contains(word(at - 1))) {
                return at;
            }
        }
        return -1;
    }

    /** What a value is one of: of several columns the one that the question names, else the one that tells rows apart. */
    Optional<ValueMatch> value(int at) {
        List<ValueMatch> values =
                items.get(at).values().stream().filter(v -> !v.isPart()).toList();
        if (values.size() <= 1) {
            return values.stream().findFirst();
        }
        for (Predicate<ColumnEntry> fits : List.<Predicate<ColumnEntry>>of(this::isNamed, this::isSubject)) {
            List<ValueMatch> fitting =
                    values.stream().filter(v -> fits.test(v.column())).toList();
            if (fitting.size() == 1) {
                return Optional.of(fitting.get(0));
            }
        }
        return Optional.empty();
    }

    private boolean isNamed(ColumnEntry column) {
        return places(Item.Kind.COLUMN).stream()
                .anyMatch(i -> column(i).filter(column::equals).isPresent());
    }

    private boolean isSubject(ColumnEntry column) {
        return subject().filter(column::equals).isPresent();
    }

    /** What the rows are called by: their label, else the first text that is different in each row. */
    Optional<ColumnEntry> subject() {
        List<ColumnEntry> labels = index.table().labels();
        if (labels.size() == 1) {
            return Optional.of(labels.get(0));
        }
        return index.columns().stream()
                .filter(c -> !c.isNumeric() && !c.isTemporal() && !index.isNumberAsText(c))
                .filter(index.table()::isUnique)
                .findFirst();
    }

    /** The condition of being a row of a value, with a note where only a part of the value was said. */
    Condition is(ValueMatch value, int at) {
        boolean whole = SchemaIndex.key(
                        List.of(Tokenizer.normalise(value.stored()).split(" ")))
                .equals(SchemaIndex.key(
                        List.of(Tokenizer.normalise(items.get(at).text()).split(" "))));
        if (!whole) {
            note("'" + items.get(at).text() + "' was taken to mean "
                    + value.column().name() + " '" + value.stored() + "'.");
        }
        return equal(value);
    }

    static Condition equal(ValueMatch value) {
        return new Condition.Comparison(
                value.column().ref(), Condition.Comparator.EQUAL, new Expression.Constant(value.stored()));
    }

    /** The column that is named there; of several the one of whose name the question holds most words. */
    Optional<ColumnEntry> column(int at) {
        List<ColumnEntry> columns =
                items.get(at).columns().stream().map(ColumnMatch::column).toList();
        long most = columns.stream().mapToLong(this::said).max().orElse(0);
        List<ColumnEntry> best = columns.stream().filter(c -> said(c) == most).toList();
        return best.size() == 1 ? Optional.of(best.get(0)) : Optional.empty();
    }

    /** How many words of a column's name the question holds, "win" beside "won". */
    private long said(ColumnEntry column) {
        return column.parts().stream()
                .filter(p -> items.stream()
                        .flatMap(
                                i -> Stream.of(i.text().toLowerCase(Locale.ROOT).split(" ", -1)))
                        .map(Stemmer::singular)
                        .anyMatch(w -> w.equals(p) || PAST.getOrDefault(w, w).equals(p)))
                .count();
    }

    /** What is shown of a row: the column beside the question word, else the one that a value given belongs to. */
    Optional<ColumnEntry> target(int before, ColumnEntry otherwise) {
        List<Integer> named = new ArrayList<>();
        for (int at : places(Item.Kind.COLUMN)) {
            if (at < before && !used.get(at)) {
                named.add(at);
            }
        }
        if (named.isEmpty()) {
            int head = unknownHead(otherwise);
            if (head >= 0) {
                use(head);
            }
            return Optional.of(otherwise);
        }
        int at = named.get(0);
        Optional<ColumnEntry> column = column(at);
        if (named.size() > 1 || column.isEmpty()) {
            return Optional.empty();
        }
        use(at);
        return column;
    }

    /** A column as something that can be compared by size; a number written as text is read from it. */
    Optional<Expression> measure(ColumnEntry column) {
        if (column.isNumeric() || column.isTemporal()) {
            return Optional.of(column.ref());
        }
        if (index.isNumberAsText(column)) {
            note("The numbers of " + column.name()
                    + " are written as text; the first number of each was taken, and rows without one were left out.");
            return Optional.of(new Expression.Applied(Expression.Function.NUMBER_IN_TEXT, column.ref()));
        }
        return Optional.empty();
    }

    /** The only column of times; none when there are several. */
    Optional<ColumnEntry> time() {
        List<ColumnEntry> times = index.columns().stream()
                .filter(c -> c.isTemporal() || c.isYearNumber())
                .toList();
        return times.size() == 1 ? Optional.of(times.get(0)) : Optional.empty();
    }
}
