package dev.datastudio.rag.retrieve;

/** How the scores of words and of meaning become one score. Immutable. */
public sealed interface Fusion {
    /** The weighted sum that was the best on the collections of docs/documents.md. */
    Fusion DEFAULT = new MinMax(0.4);

    /** Ranks only, with the constant of the paper. */
    Fusion RECIPROCAL_RANK = new ReciprocalRank(60);

    /**
     * The weighted sum of both scores, each scaled so that the best hit of its retriever has 1 and the last one 0; a
     * passage that a retriever did not find has 0 there. For scores that say how much better a hit is than the next.
     *
     * @param words what the words weigh, 0 to 1; the meaning weighs the rest
     */
    record MinMax(double words) implements Fusion {
        /** @throws IllegalArgumentException if the weight is out of range */
        public MinMax {
            if (!(words >= 0 && words <= 1)) {
                throw new IllegalArgumentException("words must be in 0..1, was " + words);
            }
        }
    }

    /**
     * The sum of 1 / (k + rank) over the retrievers that found a passage (Cormack, Clarke and Büttcher, "Reciprocal Rank
     * Fusion outperforms Condorcet and individual Rank Learning Methods", SIGIR 2009). For scores that can't be compared.
     *
     * @param k how little the first ranks count more than later ones, at least 1
     */
    record ReciprocalRank(int k) implements Fusion {
        /** @throws IllegalArgumentException if k is out of range */
        public ReciprocalRank {
            if (k < 1) {
                throw new IllegalArgumentException("k must be at least 1, was " + k);
            }
        }
    }
}
