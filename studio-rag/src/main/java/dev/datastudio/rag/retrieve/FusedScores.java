package dev.datastudio.rag.retrieve;

import dev.datastudio.api.search.PassageKey;
import dev.datastudio.api.search.SearchHit;
import dev.datastudio.api.search.SearchIndex.Retriever;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Computes what {@link Fusion} says. */
final class FusedScores {
    private FusedScores() {}

    /** The score of every passage of the lists, each of which has the best hit first. */
    static Map<PassageKey, Double> of(Fusion fusion, Map<Retriever, List<SearchHit>> lists) {
        Map<PassageKey, Double> scores = new LinkedHashMap<>();
        lists.forEach((retriever, hits) -> add(scores, fusion, weight(fusion, retriever, lists), hits));
        return scores;
    }

    /** A retriever that was asked alone has all the weight. */
    private static double weight(Fusion fusion, Retriever retriever, Map<Retriever, List<SearchHit>> lists) {
        if (lists.size() == 1 || !(fusion instanceof Fusion.MinMax minMax)) {
            return 1;
        }
        return retriever == Retriever.WORDS ? minMax.words() : 1 - minMax.words();
    }

    private static void add(Map<PassageKey, Double> scores, Fusion fusion, double weight, List<SearchHit> hits) {
        for (int i = 0; i < hits.size(); i++) {
            double score;
            if (fusion instanceof Fusion.ReciprocalRank ranks) {
                score = 1.0 / (ranks.k() + i + 1);
            } else if (fusion instanceof Fusion.MinMax) {
                score = scaled(hits.get(i), hits);
            } else {
                throw new AssertionError(fusion);
            }
            scores.merge(hits.get(i).passage().key(), weight * score, Double::sum);
        }
    }

    /** Hits that are all equally good are all the best. */
    private static double scaled(SearchHit hit, List<SearchHit> hits) {
        double most = hits.get(0).score();
        double least = hits.get(hits.size() - 1).score();
        return most == least ? 1 : (hit.score() - least) / (most - least);
    }
}
