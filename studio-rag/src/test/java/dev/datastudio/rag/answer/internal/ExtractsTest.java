package dev.datastudio.rag.answer.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.datastudio.rag.answer.Citation;
import dev.datastudio.rag.answer.Evidence;
import dev.datastudio.rag.answer.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Without a model, the sentences that fit the question best are the answer, as they stand (A9). */
class ExtractsTest {
    @Test
    void takesTheSentenceThatHasTheWordsOfTheQuestion() {
        List<Statement> answer = answer(
                "When was the bridge opened?",
                SampleEvidence.of(
                        "The river is wide. Many people cross it. The bridge was opened in 1932 by the mayor.",
                        "The museum has 40 rooms."));

        assertEquals(
                "The bridge was opened in 1932 by the mayor.", answer.get(0).text());
        Citation citation = answer.get(0).citations().get(0);
        assertEquals("The bridge was opened in 1932 by the mayor.", citation.quote());
        assertEquals(100 + 41, citation.from(), "counted in the text of the document");
    }

    @Test
    void addsASentenceForEachPartOfTheQuestion() {
        List<Statement> answer = answer(
                "How long is the bridge and who designed the museum?",
                SampleEvidence.of(
                        "The bridge is 400 m long. It carries two lanes.",
                        "Opening hours vary. The museum was designed by Ida Lind."));

        assertEquals(
                List.of("The museum was designed by Ida Lind.", "The bridge is 400 m long."),
                answer.stream()
                        .map(Statement::text)
                        .sorted((a, b) -> b.compareTo(a))
                        .toList());
    }

    @Test
    void leavesOutASentenceThatHoldsMuchLessOfTheQuestionThanTheFirst() {
        List<Statement> answer = answer(
                "When was the painted bridge of Harrow opened by the mayor?",
                SampleEvidence.of(
                        "The bridge of Harrow was opened in 1932 by the mayor.", "The museum shows a painted vase."));

        assertEquals(
                List.of("The bridge of Harrow was opened in 1932 by the mayor."),
                answer.stream().map(Statement::text).toList());
    }

    @Test
    void countsRareWordsMoreThanCommonOnes() {
        List<Statement> answer = answer(
                "bridge height",
                SampleEvidence.of("The bridge is old. The bridge is red. The bridge is long. Its height is 60 m."));

        assertEquals("Its height is 60 m.", answer.get(0).text());
    }

    @Test
    void saysNothingWhenNoSentenceHasAWordOfTheQuestion() {
        assertEquals(List.of(), answer("Who painted it?", SampleEvidence.of("The bridge is 400 m long.")));
    }

    private static List<Statement> answer(String question, List<Evidence> evidence) {
        return new Extracts(new QuestionWords(question)).answer(evidence);
    }
}
