package dev.datastudio.rag.retrieve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RankingQualityTest {
    @Test
    void discountsByRankAndComparesWithTheBestOrder() {
        // 3/log2(2) + 2/log2(3) + 0 + 1/log2(5), against 3, 2, 2, 1 in the best order: by hand
        double found = 3 + 2 / (Math.log(3) / Math.log(2)) + 1 / (Math.log(5) / Math.log(2));
        double ideal = 3 + 2 / (Math.log(3) / Math.log(2)) + 2 / 2.0 + 1 / (Math.log(5) / Math.log(2));

        double ndcg = RankingQuality.ndcg(List.of("a", "b", "x", "d"), Map.of("a", 3, "b", 2, "c", 2, "d", 1), 10);

        assertEquals(found / ideal, ndcg, 1e-12);
        assertEquals(1, RankingQuality.ndcg(List.of("a"), Map.of("a", 3, "b", 1), 1));
        assertEquals(0, RankingQuality.ndcg(List.of("a"), Map.of("a", 0), 10));
        assertEquals(0, RankingQuality.ndcg(List.of(), Map.of("a", 1), 10));
    }

    @Test
    void recallCountsTheRelevantOnesAmongTheFirst() {
        Map<String, Integer> grades = Map.of("a", 1, "b", 1, "c", 0);

        assertEquals(0.5, RankingQuality.recall(List.of("c", "a", "b"), grades, 2));
        assertEquals(1, RankingQuality.recall(List.of("c", "a", "b"), grades, 3));
        assertEquals(0, RankingQuality.recall(List.of("c"), Map.of("c", 0), 3));
    }

    @Test
    void aDifferenceIsUnlikelyWhenItIsInEveryQuestion() {
        List<Double> low = Collections.nCopies(10, 0.4);
        List<Double> high = Collections.nCopies(10, 0.5);

        // only 2 of the 1,024 assignments of signs are as far apart as all of one sign
        assertEquals(2 / 1024.0, RankingQuality.pValue(low, high, 100_000, 7), 0.001);
        assertEquals(1, RankingQuality.pValue(low, low, 100, 7));
        assertThrows(IllegalArgumentException.class, () -> RankingQuality.pValue(low, List.of(), 100, 7));
    }
}
