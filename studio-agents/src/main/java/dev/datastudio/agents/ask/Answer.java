package dev.datastudio.agents.ask;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * What a question was answered with: how it was read, what was computed, and what reproduces it. Immutable.
 *
 * @param id names the answer; a repeat from the cache keeps it
 * @param status how the question ended
 * @param cached whether it came from the cache, with nothing computed
 * @param planner who understood the question: {@code built-in}
 * @param reading how the question was understood, in words; empty when it was not
 * @param message what to tell the person: the findings, or why there are none and what to do
 * @param steps one for each intent, in the order of the question; empty unless answered
 * @param unknownWords words that fit nothing
 * @param suggestions questions that work on this data
 * @param warnings what to know before trusting it, whole sentences
 * @param millis how long it took, in milliseconds
 */
public record Answer(
        String id,
        AnswerStatus status,
        boolean cached,
        String planner,
        String reading,
        String message,
        List<AnswerStep> steps,
        List<String> unknownWords,
        List<String> suggestions,
        List<String> warnings,
        long millis) {

    /** The version of the JSON form. */
    public static final int SCHEMA_VERSION = 1;

    public Answer {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(status, "status");
        steps = List.copyOf(steps);
        unknownWords = List.copyOf(unknownWords);
        suggestions = List.copyOf(suggestions);
        warnings = List.copyOf(warnings);
    }

    /** This answer as it comes out of the cache. */
    public Answer fromCache(long millis) {
        return new Answer(
                id, status, true, planner, reading, message, steps, unknownWords, suggestions, warnings, millis);
    }

    /** This answer with more warnings, when it is known how long it took. */
    public Answer finished(List<String> moreWarnings, long millis) {
        List<String> all = new ArrayList<>(warnings);
        all.addAll(moreWarnings);
        return new Answer(id, status, cached, planner, reading, message, steps, unknownWords, suggestions, all, millis);
    }

    /** This answer under another id, as when it belongs to a numbered question. */
    public Answer withId(String id) {
        return new Answer(
                id, status, cached, planner, reading, message, steps, unknownWords, suggestions, warnings, millis);
    }

    /** This answer with each step changed, as when its files are copied elsewhere. */
    public Answer mapSteps(UnaryOperator<AnswerStep> change) {
        return new Answer(
                id,
                status,
                cached,
                planner,
                reading,
                message,
                steps.stream().map(change).toList(),
                unknownWords,
                suggestions,
                warnings,
                millis);
    }

    /** One line for a log or a shell; the whole is {@link AnswerJson}. */
    @Override
    public String toString() {
        return "Answer[" + status.jsonName() + ", " + steps.size() + (steps.size() == 1 ? " step" : " steps")
                + (cached ? ", cached" : "") + "]";
    }
}
