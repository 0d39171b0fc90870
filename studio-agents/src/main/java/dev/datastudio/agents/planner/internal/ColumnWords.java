package dev.datastudio.agents.planner.internal;

import java.util.List;
import java.util.Set;

/** Words that describe a column without being its name. */
final class ColumnWords {
    private static final Set<String> VAGUE_NOUNS = Set.of("detail", "level", "figure", "information");
    private static final Set<String> KINDS_OF = Set.of("type", "kind", "name", "code", "status", "title", "class");

    private final Scope index;
    private final Lexicon lexicon = Lexicon.english();

    ColumnWords(Scope index) {
        this.index = index;
    }

    /**
     * The column that some words describe; none when there is none, or more than one.
     *
     * @param isGrammar whether the words are grammar words too
     */
    List<ColumnMatch> describedBy(List<String> words, boolean isGrammar) {
        if (isGrammar && isVagueNoun(words)) {
            List<ColumnMatch> held = index.containing(words);
            if (held.size() == 1 && endsWith(held.get(0).column(), words.get(0))) {
                return held;
            }
        }
        return kindOf(words);
    }

    /** Words that mostly say nothing, but may be all that is said of a column such as order_details. */
    private static boolean isVagueNoun(List<String> words) {
        return words.size() == 1 && VAGUE_NOUNS.contains(Stemmer.singular(words.get(0)));
    }

    private static boolean endsWith(ColumnEntry column, String word) {
        return column.parts().get(column.parts().size() - 1).equals(Stemmer.singular(word));
    }

    /** "Type of bed" and "types of products" name the columns bed_type and product_type. */
    private List<ColumnMatch> kindOf(List<String> words) {
        boolean isKind = words.size() == 3
                && words.get(1).equals("of")
                && KINDS_OF.contains(Stemmer.singular(words.get(0)))
                && lexicon.find(List.of(words.get(2))).isEmpty();
        if (!isKind) {
            return List.of();
        }
        List<ColumnMatch> held = index.containing(List.of(words.get(2), words.get(0)));
        return held.size() == 1 ? held : List.of();
    }
}
