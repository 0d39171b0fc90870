package dev.datastudio.agents.vocabulary;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.analysis.AnalysisPlan;
import java.util.Locale;
import java.util.Objects;

/**
 * A question with the plan that a person checked. Immutable. It answers the same words only, letter case, spaces and
 * closing marks aside, on data sets that have the plan's tables and columns.
 *
 * @param question 1 to 2,000 characters
 * @param plan what it asks for
 */
public record VerifiedQuestion(String question, AnalysisPlan plan) {
    /** The most characters of a question. */
    public static final int MAX_LENGTH = 2_000;

    /** @throws StudioException with {@link ErrorCode#INVALID_ARGUMENT} if the question is out of range */
    public VerifiedQuestion {
        Objects.requireNonNull(plan, "plan");
        question = question.strip();
        if (question.isEmpty() || question.length() > MAX_LENGTH) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "The question has " + question.length() + " characters",
                    "Give 1 to " + MAX_LENGTH);
        }
    }

    /** Whether a text asks this question. */
    public boolean isAskedBy(String text) {
        return normalised(text).equals(normalised(question));
    }

    /** Letter case, spaces and closing marks make no other question. */
    static String normalised(String text) {
        return text.strip()
                .replaceFirst("[?!.\\s]+$", "")
                .replaceAll("\\s+", " ")
                .toLowerCase(Locale.ROOT);
    }
}
