package dev.datastudio.rag.answer;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What documents say to a question. Immutable.
 *
 * @param status whether there is an answer
 * @param method who wrote it
 * @param question what was looked for: the question as it stands alone, with what a conversation before it said
 * @param statements the answer, part by part; empty unless answered
 * @param evidence the passages that were found, the best first; also when they hold no answer
 * @param droppedCitations how many quotes were not in the passages that they were said to be from, and were left out
 * @param tokens that the model said it used; 0 without one
 * @param warnings what a reader should know, as sentences
 */
public record DocumentAnswer(
        Status status,
        Method method,
        String question,
        List<Statement> statements,
        List<Evidence> evidence,
        int droppedCitations,
        int tokens,
        List<String> warnings) {
    public DocumentAnswer {
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(question, "question");
        statements = List.copyOf(statements);
        evidence = List.copyOf(evidence);
        warnings = List.copyOf(warnings);
    }

    /** The answer as one text; empty unless answered. */
    public String text() {
        return statements.stream().map(Statement::text).collect(Collectors.joining("\n"));
    }

    /** All words of documents that the answer rests on, in its order. */
    public List<Citation> citations() {
        return statements.stream()
                .flatMap(statement -> statement.citations().stream())
                .toList();
    }

    /** Whether there is an answer. */
    public enum Status {
        /** Yes. */
        ANSWERED,
        /** The documents don't hold one, as far as could be found. */
        NOT_IN_DOCUMENTS,
        /** The model wrote one, but nothing that it quoted is in the documents; so it is not shown. */
        NOT_SUPPORTED
    }

    /** Who wrote an answer. */
    public enum Method {
        /** A model, out of the passages. */
        MODEL,
        /** Nobody: it is made of the sentences of the documents that fit the question best. */
        EXTRACT
    }
}
