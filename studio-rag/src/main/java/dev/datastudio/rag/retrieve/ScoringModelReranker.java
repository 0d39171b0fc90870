package dev.datastudio.rag.retrieve;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.search.Passage;
import dev.datastudio.rag.embed.internal.ModelCalls;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.scoring.ScoringModel;
import java.util.List;
import java.util.Objects;

/**
 * Ranks with a scoring model of LangChain4j, such as a cross-encoder in ONNX or one of Cohere. Retries and time-outs are
 * those of the model, which stays open. A passage is read with its context before it. Thread-safe when the model is.
 */
public final class ScoringModelReranker implements Reranker {
    private final String name;
    private final ScoringModel model;

    private ScoringModelReranker(String name, ScoringModel model) {
        this.name = name;
        this.model = model;
    }

    /**
     * A reranker of a model.
     *
     * @param name the model with its version, not blank
     */
    public static ScoringModelReranker of(String name, ScoringModel model) {
        if (Objects.requireNonNull(name, "name").isBlank()) {
            throw new IllegalArgumentException("name must not be blank");
        }
        return new ScoringModelReranker(name, Objects.requireNonNull(model, "model"));
    }

    @Override
    public String name() {
        return name;
    }

    /**
     * {@inheritDoc}
     *
     * @throws StudioException {@link ErrorCode#MODEL_REFUSED} when trying again can't help, {@link
     *     ErrorCode#MODEL_FAILED} for another failure, {@link ErrorCode#MODEL_ANSWER_INVALID} when scores are missing or
     *     not finite
     */
    @Override
    public List<Double> scores(String text, List<Passage> passages, Cancellation cancellation) {
        cancellation.throwIfCancelled();
        List<TextSegment> segments = passages.stream()
                .map(p -> TextSegment.from(p.context().isBlank() ? p.text() : p.context() + "\n" + p.text()))
                .toList();
        List<Double> scores = ModelCalls.ask(
                "The scoring model '" + name + "'",
                () -> model.scoreAll(segments, text).content());
        if (scores.size() != passages.size() || !scores.stream().allMatch(Double::isFinite)) {
            throw new StudioException(
                    ErrorCode.MODEL_ANSWER_INVALID,
                    "The scoring model '" + name + "' gave " + scores.size() + " scores for " + passages.size()
                            + " passages, or one that is no number",
                    "Check that it is a model for scoring texts, and that its name is right");
        }
        return scores;
    }
}
