package dev.datastudio.rag.answer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.datastudio.api.search.PassageKey;
import dev.datastudio.rag.document.DocumentPassage;
import dev.datastudio.rag.retrieve.Retrieval;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is far in meaning and lacks the words is not the answer (A9). */
class AnswerabilityTest {
    private static final String PROSE = "The bridge over the river was opened in summer by the mayor of the town.";
    private static final String NUMBERS = "region | 2023 | 2024\nnorth | 120 | 131\nsouth | 99 | 87";

    private static List<Evidence> evidence(String text) {
        PassageKey key = new PassageKey(new PassageKey.Version("doc", "v1"), 0);
        DocumentPassage passage = new DocumentPassage(key, "a.txt", "", text, "en", 0, 0, text.length());
        return List.of(new Evidence(passage, 1, Map.of(), List.of()));
    }

    private static Retrieval found(Optional<Double> cosine) {
        return new Retrieval(List.of(), 0, cosine, Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({
        "0.71, Do penguins breed here?, true",
        "0.69, Do penguins breed here?, false",
        "0.69, Who opened the bridges?, true",
        "0.69, Which penguins breed under a bridge?, false"
    })
    void proseIsOffTheSubjectWhenItIsFarAndLacksTheWords(double cosine, String question, boolean expected) {
        assertEquals(expected, Answerability.mayAnswer(question, found(Optional.of(cosine)), evidence(PROSE)));
    }

    @ParameterizedTest
    @CsvSource({"0.61, true", "0.59, false"})
    void numbersMayBeFarther(double cosine, boolean expected) {
        assertEquals(
                expected,
                Answerability.mayAnswer(
                        "How did sales develop lately?", found(Optional.of(cosine)), evidence(NUMBERS)));
    }

    @ParameterizedTest
    @CsvSource({
        "bridge, true",
        "Who opened the bridges?, true",
        "Where do penguins breed in summer?, true",
        "Which penguins breed on cold summer islands?, false",
        "Do penguins breed here?, false"
    })
    void withoutMeaningAThirdOfTheWordsMustBeThere(String question, boolean expected) {
        assertEquals(expected, Answerability.mayAnswer(question, found(Optional.empty()), evidence(PROSE)));
    }

    @ParameterizedTest
    @CsvSource({
        "Sales of the north by quarter and product in 1999?, true",
        "Sales of bicycles by quarter and product in 1999?, false"
    })
    void ofNumbersAFifth(String question, boolean expected) {
        assertEquals(expected, Answerability.mayAnswer(question, found(Optional.empty()), evidence(NUMBERS)));
    }

    @Test
    void nothingFoundIsNoAnswer() {
        assertFalse(Answerability.mayAnswer("bridge", found(Optional.empty()), List.of()));
    }
}
