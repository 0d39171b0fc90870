package dev.datastudio.core.schema.internal;

import dev.datastudio.api.search.SearchIndex.Retriever;
import dev.datastudio.core.schema.FoundTable;
import dev.datastudio.core.schema.PersonalColumns;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Ranks tables by the words that they share with a question: BM25 with k1 = 1.2 and b = 0.75 after Robertson and
 * Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), over words in the singular. Words of a
 * table's name count once more. Reads every description at each search, which is little for some thousand tables.
 */
public final class LexicalSearch {
    private static final double K1 = 1.2;
    private static final double B = 0.75;
    private static final int SHORTEST_PLURAL = 4;

    /** Words of questions that say nothing about a table. */
    private static final Set<String> SMALL = Set.of(
            "the", "and", "for", "with", "from", "which", "what", "who", "how", "many", "much", "are", "was", "were",
            "does", "did", "each", "all", "that", "there", "has", "have", "of", "in", "is", "by", "to", "on", "at",
            "an", "a", "do", "it", "its", "per", "show", "list", "give");

    private LexicalSearch() {}

    /** The tables that share a word with the question, the best first; their scores are set. */
    public static List<FoundTable> rank(String question, List<FoundTable> tables, int limit) {
        List<Map<String, Integer>> counts = new ArrayList<>(tables.size());
        Map<String, Integer> tablesWith = new HashMap<>();
        double words = 0;
        for (FoundTable table : tables) {
            Map<String, Integer> count = new HashMap<>();
            terms(table.name() + " " + table.text()).forEach(term -> count.merge(term, 1, Integer::sum));
            count.keySet().forEach(term -> tablesWith.merge(term, 1, Integer::sum));
            words += length(count);
            counts.add(count);
        }
        double mean = Math.max(1, words / Math.max(1, tables.size()));
        Set<String> asked = new HashSet<>(terms(question));
        List<FoundTable> found = new ArrayList<>();
        for (int i = 0; i < tables.size(); i++) {
            double score = 0;
            for (String term : asked) {
                int count = counts.get(i).getOrDefault(term, 0);
                int with = tablesWith.getOrDefault(term, 0);
                double rarity = Math.log(1 + (tables.size() - with + 0.5) / (with + 0.5));
                score += rarity * count * (K1 + 1) / (count + K1 * (1 - B + B * length(counts.get(i)) / mean));
            }
            if (score > 0) {
                found.add(scored(tables.get(i), score));
            }
        }
        found.sort(Comparator.comparingDouble(FoundTable::score)
                .reversed()
                .thenComparing(table -> table.table().toString()));
        return List.copyOf(found.subList(0, Math.min(limit, found.size())));
    }

    private static double length(Map<String, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    private static FoundTable scored(FoundTable table, double score) {
        return new FoundTable(table.table(), table.name(), table.text(), score, Map.of(Retriever.WORDS, score));
    }

    private static List<String> terms(String text) {
        return PersonalColumns.words(text).stream()
                .filter(word -> !SMALL.contains(word))
                .map(LexicalSearch::singular)
                .toList();
    }

    private static String singular(String word) {
        if (word.length() < SHORTEST_PLURAL || word.endsWith("ss")) {
            return word;
        }
        if (word.endsWith("ies")) {
            return word.substring(0, word.length() - 3) + "y";
        }
        return word.endsWith("s") ? word.substring(0, word.length() - 1) : word;
    }
}
