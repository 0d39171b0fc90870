package dev.datastudio.agents.planner.internal;

import dev.datastudio.core.analysis.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What two values are compared by in a look-up: "more gold medals", "taller", "released first".
 *
 * @param column whose values are compared; null for how often a value stands in the table
 * @param by the size of a row
 * @param isMore whether more of it is asked for
 */
record LookupDegree(ColumnEntry column, Expression by, boolean isMore) {
    private static final Set<String> MORE = Set.of(
            "more", "most", "larger", "largest", "greater", "greatest", "higher", "highest", "bigger", "biggest");
    private static final Set<String> LESS =
            Set.of("less", "least", "fewer", "fewest", "lower", "lowest", "smaller", "smallest");
    private static final Set<String> EARLY = Set.of("first", "earlier", "earliest", "sooner");
    private static final Set<String> LATE = Set.of("later", "latest", "last", "newer", "newest");
    /** Verbs that say that something is so, and not what. */
    private static final Set<String> VERBS = Set.of(
            "have",
            "has",
            "had",
            "get",
            "got",
            "win",
            "won",
            "earn",
            "earned",
            "score",
            "scored",
            "make",
            "made",
            "receive",
            "received",
            "take",
            "took",
            "come",
            "came",
            "happen",
            "happened",
            "occurred",
            "released",
            "built",
            "founded",
            "established",
            "created",
            "opened",
            "published",
            "completed",
            "finished",
            "total",
            "overall",
            "number",
            "number of",
            "amount",
            "than",
            "most number of",
            "a",
            "held",
            "started",
            "begin",
            "began",
            "took place",
            "in",
            "value");

    /** What the sentence compares by, apart from the values themselves; empty when that isn't clear. */
    static Optional<LookupDegree> of(LookupSentence sentence, ColumnEntry compared) {
        List<Integer> words = new ArrayList<>();
        for (int i = 0; i < sentence.items().size(); i++) {
            boolean isWord = !sentence.items().get(i).is(Item.Kind.COLUMN)
                    && !sentence.items().get(i).is(Item.Kind.VALUE);
            if (isWord
                    && (isSize(sentence.word(i))
                            || isTime(sentence.word(i))
                            || adjective(sentence.word(i)).isPresent())) {
                words.add(i);
            }
        }
        if (words.size() != 1) {
            return Optional.empty();
        }
        String word = sentence.word(words.get(0));
        sentence.use(words.get(0));
        sentence.pass(VERBS);
        List<Integer> others = sentence.places(Item.Kind.COLUMN).stream()
                .filter(i -> !sentence.column(i).filter(compared::equals).isPresent())
                .toList();
        sentence.places(Item.Kind.COLUMN).stream()
                .filter(i -> !others.contains(i))
                .forEach(sentence::use);
        if (others.size() > 1) {
            return Optional.empty();
        }
        Optional<ColumnEntry> named = others.stream().findFirst().flatMap(sentence::column);
        if (others.size() == 1 && named.isEmpty()) {
            return Optional.empty();
        }
        others.forEach(i -> {
            sentence.use(i);
            useCompound(sentence, i);
        });
        Optional<ColumnEntry> column = named.isPresent() ? named : unnamed(sentence, word);
        boolean isMore = MORE.contains(word) || LATE.contains(word) || isMore(word);
        return column.filter(c -> !isTime(word) || c.isTemporal() || c.isYearNumber() || isEvent(c))
                .flatMap(c -> sentence.measure(c).map(by -> new LookupDegree(c, by, isMore)));
    }

    /** "Founded", "Release": a whole number of such a name is a year. */
    private static boolean isEvent(ColumnEntry column) {
        String last = column.parts().get(column.parts().size() - 1);
        return column.isWhole() && (last.endsWith("ed") || last.equals("release"));
    }

    /** "Gold medals" where a column is called gold: the noun after a column says what it counts. */
    static void useCompound(LookupSentence sentence, int column) {
        int next = column + 1;
        if (next < sentence.items().size()
                && sentence.items().get(next).is(Item.Kind.UNKNOWN)
                && !Stemmer.singular(sentence.word(next)).equals(sentence.word(next))) {
            sentence.use(next);
        }
    }

    private static boolean isSize(String word) {
        return MORE.contains(word) || LESS.contains(word);
    }

    private static boolean isTime(String word) {
        return EARLY.contains(word) || LATE.contains(word);
    }

    private static boolean isMore(String word) {
        return adjective(word).filter(m -> m.tag() == Tag.MORE_OF).isPresent();
    }

    /** "Taller" by what "tallest" means. */
    private static Optional<Lexicon.Meaning> adjective(String word) {
        String superlative = word.endsWith("er") ? word.substring(0, word.length() - 2) + "est" : word;
        return Lexicon.english()
                .find(List.of(superlative))
                .filter(m -> m.tag() == Tag.MORE_OF || m.tag() == Tag.LESS_OF);
    }

    private static Optional<ColumnEntry> unnamed(LookupSentence sentence, String word) {
        if (isTime(word)) {
            return sentence.time();
        }
        Optional<Lexicon.Meaning> meaning = adjective(word);
        if (meaning.isEmpty()) {
            return Optional.empty();
        }
        for (String name : meaning.get().argument().split(",", -1)) {
            List<ColumnEntry> called = sentence.index().columns().stream()
                    .filter(c -> c.parts().contains(name))
                    .toList();
            if (!called.isEmpty()) {
                return called.size() == 1 ? Optional.of(called.get(0)) : Optional.empty();
            }
        }
        return Optional.empty();
    }
}
