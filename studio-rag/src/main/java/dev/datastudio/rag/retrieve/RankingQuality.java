package dev.datastudio.rag.retrieve;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** How good rankings are, judged by people who said what is relevant; for measuring a collection of one's own. */
public final class RankingQuality {
    private RankingQuality() {}

    /**
     * The normalised discounted cumulative gain (Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR
     * techniques", 2002) with linear gain, as trec_eval computes it.
     *
     * @param ranked what was found, the best first, nothing twice
     * @param grades how relevant each judged document is, from 0; what is not in it is not relevant
     * @param k how many ranks count, at least 1
     * @return 0 to 1; 0 when nothing is relevant
     */
    public static double ndcg(List<String> ranked, Map<String, Integer> grades, int k) {
        double gain = 0;
        for (int i = 0; i < Math.min(k, ranked.size()); i++) {
            gain += grades.getOrDefault(ranked.get(i), 0) * discount(i);
        }
        List<Integer> best = grades.values().stream()
                .sorted((a, b) -> Integer.compare(b, a))
                .limit(k)
                .toList();
        double ideal = 0;
        for (int i = 0; i < best.size(); i++) {
            ideal += best.get(i) * discount(i);
        }
        return ideal == 0 ? 0 : gain / ideal;
    }

    private static double discount(int index) {
        return Math.log(2) / Math.log(index + 2.0);
    }

    /**
     * The part of the relevant documents that is among the first ones.
     *
     * @return 0 to 1; 0 when nothing is relevant
     */
    public static double recall(List<String> ranked, Map<String, Integer> grades, int k) {
        long relevant = grades.values().stream().filter(g -> g > 0).count();
        long found = ranked.stream()
                .limit(k)
                .filter(id -> grades.getOrDefault(id, 0) > 0)
                .count();
        return relevant == 0 ? 0 : (double) found / relevant;
    }

    /**
     * How likely two ways of ranking differ at least this much on average when it is chance which is which, by the paired
     * randomisation test (Smucker, Allan and Carterette, "A comparison of statistical significance tests for information
     * retrieval evaluation", CIKM 2007), two-sided.
     *
     * @param first a figure for each question
     * @param second the other's figures for the same questions, in the same order
     * @param rounds how many random assignments, at least 1
     * @param seed of the assignments
     * @return more than 0, at most 1
     */
    public static double pValue(List<Double> first, List<Double> second, int rounds, long seed) {
        if (first.size() != second.size() || first.isEmpty()) {
            throw new IllegalArgumentException(
                    "Both must have a figure for each question, had " + first.size() + " and " + second.size());
        }
        double[] differences = new double[first.size()];
        double observed = 0;
        for (int i = 0; i < differences.length; i++) {
            differences[i] = first.get(i) - second.get(i);
            observed += differences[i];
        }
        SplittableRandom random = new SplittableRandom(seed);
        int asLarge = 0;
        for (int round = 0; round < rounds; round++) {
            double sum = 0;
            for (double difference : differences) {
                sum += random.nextBoolean() ? difference : -difference;
            }
            asLarge += Math.abs(sum) >= Math.abs(observed) - 1e-9 ? 1 : 0;
        }
        return (asLarge + 1.0) / (rounds + 1.0);
    }
}
