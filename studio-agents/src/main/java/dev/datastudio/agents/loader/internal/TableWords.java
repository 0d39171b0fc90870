package dev.datastudio.agents.loader.internal;

import dev.datastudio.core.schema.PersonalColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Names of tables and columns as words of English. */
final class TableWords {
    private static final int SHORTEST_PLURAL = 4;
    private static final int LONGEST = 80;

    /** Words before a table's name that say what kind of table it is, not what is in it. */
    private static final Set<String> PREFIXES = Set.of("tbl", "tab", "t", "dim", "fact", "fct", "stg", "vw", "v");

    private static final Set<String> VOWELS = Set.of("a", "e", "i", "o");

    private TableWords() {}

    /** What one row of a table stands for: {@code invoice line} for {@code tblInvoiceLines}. */
    static String thing(String table) {
        List<String> words = new ArrayList<>(PersonalColumns.words(table));
        if (words.size() > 1 && PREFIXES.contains(words.get(0))) {
            words.remove(0);
        }
        if (words.isEmpty()) {
            return Quoted.clean(table, LONGEST);
        }
        words.set(words.size() - 1, singular(words.get(words.size() - 1)));
        return Quoted.clean(String.join(" ", words), LONGEST);
    }

    private static String singular(String word) {
        if (word.length() < SHORTEST_PLURAL || word.endsWith("ss") || word.endsWith("us") || word.endsWith("is")) {
            return word;
        }
        if (word.endsWith("ies")) {
            return word.substring(0, word.length() - 3) + "y";
        }
        for (String ending : List.of("ses", "xes", "ches", "shes")) {
            if (word.endsWith(ending)) {
                return word.substring(0, word.length() - 2);
            }
        }
        return word.endsWith("s") ? word.substring(0, word.length() - 1) : word;
    }

    static String withArticle(String thing) {
        return (!thing.isEmpty() && VOWELS.contains(thing.substring(0, 1)) ? "an " : "a ") + thing;
    }

    /** A column as it is spoken. */
    static String spoken(String column) {
        String words = String.join(" ", PersonalColumns.words(column));
        return Quoted.clean(words.isEmpty() ? column : words, LONGEST);
    }

    /** {@code a, b and c}. */
    static String and(List<String> parts) {
        if (parts.size() < 2) {
            return String.join("", parts);
        }
        return String.join(", ", parts.subList(0, parts.size() - 1)) + " and " + parts.get(parts.size() - 1);
    }
}
