package dev.datastudio.rag.answer.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.datastudio.rag.answer.Exchange;
import java.util.List;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A question that leans on the one before is looked for with it (A9). */
class FollowUpQuestionsTest {
    private static final String BEFORE = "When was the Lind bridge opened?";

    private final FollowUpQuestions followUps = new FollowUpQuestions(new Terms(new EnglishAnalyzer()));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Who opened it?",
                "And how long is it?",
                "What about the museum?",
                "Why?",
                "How much did that cost the town council?",
                "Were there other ones?"
            })
    void looksForALeaningQuestionTogetherWithTheOneBefore(String question) {
        assertEquals(BEFORE + " " + question, followUps.complete(question, List.of(new Exchange(BEFORE, "In 1932."))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Who designed the town museum?", "How many rooms does the museum have?"})
    void leavesAQuestionThatStandsAlone(String question) {
        assertEquals(question, followUps.complete(question, List.of(new Exchange(BEFORE, "In 1932."))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Who opened it?", "Why?"})
    void leavesTheFirstQuestion(String question) {
        assertEquals(question, followUps.complete(question, List.of()));
    }
}
