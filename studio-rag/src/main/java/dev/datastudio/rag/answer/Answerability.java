package dev.datastudio.rag.answer;

import dev.datastudio.rag.retrieve.Retrieval;

/** Whether what was found is near enough to a question to hold its answer. */
final class Answerability {
    /**
     * The cosine of the best passage below which documents are said not to hold the answer; of BGE-small's vectors,
     * unrelated texts have some 0.5. Measured in docs/documents.md.
     */
    private static final double LEAST_COSINE = 0.6;

    private Answerability() {}

    /** Where meaning was not looked at, a passage with a word of the question may hold the answer. */
    static boolean mayAnswer(Retrieval found) {
        return found.bestCosine()
                .map(cosine -> cosine >= LEAST_COSINE)
                .orElse(!found.passages().isEmpty());
    }
}
