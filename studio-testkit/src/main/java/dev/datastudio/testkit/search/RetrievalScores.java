package dev.datastudio.testkit.search;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How well ranked lists find what was judged to be relevant, as trec_eval computes it; the mean over all queries that
 * have a relevant document. Immutable.
 *
 * @param queries how many queries were counted
 * @param ndcg10 normalised discounted cumulative gain of the first 10 (Järvelin and Kekäläinen, Cumulated gain-based
 *     evaluation of IR techniques, 2002), with the grade as gain and the logarithm to the base of 2; 0 to 1
 * @param recall100 the part of the relevant documents that is among the first 100; 0 to 1
 * @param mrr10 one by the place of the first relevant document, 0 when it is not among the first 10; 0 to 1
 */
public record RetrievalScores(int queries, double ndcg10, double recall100, double mrr10) {
    private static final int FIRST = 10;
    private static final int MANY = 100;

    /**
     * Scores ranked lists.
     *
     * @param judged grades by document by query; documents that are not named are not relevant
     * @param ranked documents by query, the best first, each once; a query without a list found nothing
     * @throws IllegalArgumentException if a list has a document twice, or no query has a relevant document
     */
    public static RetrievalScores of(Map<String, Map<String, Integer>> judged, Map<String, List<String>> ranked) {
        int queries = 0;
        double ndcg = 0;
        double recall = 0;
        double mrr = 0;
        for (Map.Entry<String, Map<String, Integer>> query : judged.entrySet()) {
            Map<String, Integer> grades = query.getValue();
            long relevant = grades.values().stream().filter(grade -> grade > 0).count();
            if (relevant > 0) {
                List<String> list = distinct(query.getKey(), ranked.getOrDefault(query.getKey(), List.of()));
                queries++;
                ndcg += ndcg(grades, list);
                recall += (double) relevant(grades, list) / relevant;
                mrr += reciprocalRank(grades, list);
            }
        }
        if (queries == 0) {
            throw new IllegalArgumentException("judged must have a query with a relevant document");
        }
        return new RetrievalScores(queries, ndcg / queries, recall / queries, mrr / queries);
    }

    /** {@link #ndcg10} of one query, for comparing two systems query by query. */
    public static double ndcg(Map<String, Integer> grades, List<String> ranked) {
        List<Integer> found = ranked.stream()
                .limit(FIRST)
                .map(document -> grades.getOrDefault(document, 0))
                .toList();
        List<Integer> ideal =
                grades.values().stream().sorted((a, b) -> b - a).limit(FIRST).toList();
        double best = gain(ideal);
        return best == 0 ? 0 : gain(found) / best;
    }

    private static double gain(List<Integer> grades) {
        double gain = 0;
        for (int i = 0; i < grades.size(); i++) {
            gain += grades.get(i) * Math.log(2) / Math.log(i + 2);
        }
        return gain;
    }

    private static long relevant(Map<String, Integer> grades, List<String> ranked) {
        return ranked.stream()
                .limit(MANY)
                .filter(document -> grades.getOrDefault(document, 0) > 0)
                .count();
    }

    private static double reciprocalRank(Map<String, Integer> grades, List<String> ranked) {
        for (int i = 0; i < Math.min(FIRST, ranked.size()); i++) {
            if (grades.getOrDefault(ranked.get(i), 0) > 0) {
                return 1.0 / (i + 1);
            }
        }
        return 0;
    }

    private static List<String> distinct(String query, List<String> ranked) {
        Set<String> seen = new HashSet<>();
        for (String document : ranked) {
            if (!seen.add(document)) {
                throw new IllegalArgumentException("ranked has '" + document + "' twice for query '" + query + "'");
            }
        }
        return ranked;
    }
}
