package dev.datastudio.agents.ask;

import dev.datastudio.agents.planner.WordLink;
import dev.datastudio.core.analysis.AnalysisPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What a question was answered with: how it was read, what was computed, and what reproduces it. Immutable.
 *
 * @param id names the answer; a repeat from the cache keeps it
 * @param status how the question ended
 * @param cached whether it came from the cache, with nothing computed
 * @param planner who understood the question: {@code built-in}
 * @param reading how the question was understood, in words; empty when it was not
 * @param links what each word of the question was taken for, in order; empty unless answered
 * @param changes what a follow-up changed in the answer before, in words, one change each; empty for a question of its
 *     own
 * @param message what to tell the person: the findings, or why there are none and what to do
 * @param steps one for each intent, in the order of the question; empty unless answered
 * @param unknownWords words that fit nothing
 * @param suggestions questions that work on this data
 * @param alternatives the readings of an ambiguous question, to choose from
 * @param warnings what to know before trusting it, whole sentences
 * @param plans the plans of its conversation, the oldest first, its own last if it is answered; what a follow-up
 *     changes and goes back to
 * @param millis how long it took, in milliseconds
 */
public record Answer(
        String id,
        AnswerStatus status,
        boolean cached,
        String planner,
        String reading,
        List<WordLink> links,
        List<String> changes,
        String message,
        List<AnswerStep> steps,
        List<String> unknownWords,
        List<String> suggestions,
        List<Alternative> alternatives,
        List<String> warnings,
        List<AnalysisPlan> plans,
        long millis) {

    /** The version of the JSON form. */
    public static final int SCHEMA_VERSION = 1;

    public Answer {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(status, "status");
        links = List.copyOf(links);
        changes = List.copyOf(changes);
        steps = List.copyOf(steps);
        unknownWords = List.copyOf(unknownWords);
        suggestions = List.copyOf(suggestions);
        alternatives = List.copyOf(alternatives);
        warnings = List.copyOf(warnings);
        plans = List.copyOf(plans);
    }

    /**
     * One reading of an ambiguous question. Immutable.
     *
     * @param reading what it would compute, in words
     * @param question what to ask for this reading alone
     */
    public record Alternative(String reading, String question) {}

    /** An answer of the built-in planner, to be filled. */
    public static Builder builder(String id, AnswerStatus status) {
        return new Builder(id, status);
    }

    /** This answer, to be changed. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** The plan that was carried out; empty unless answered. */
    public Optional<AnalysisPlan> plan() {
        return status == AnswerStatus.ANSWERED && !plans.isEmpty()
                ? Optional.of(plans.get(plans.size() - 1))
                : Optional.empty();
    }

    /** This answer as it comes out of the cache. */
    public Answer fromCache(long millis) {
        return toBuilder().cached(true).millis(millis).build();
    }

    /** This answer with more warnings, when it is known how long it took. */
    public Answer finished(List<String> moreWarnings, long millis) {
        List<String> all = new ArrayList<>(warnings);
        all.addAll(moreWarnings);
        return toBuilder().warnings(all).millis(millis).build();
    }

    /** This answer under another id, as when it belongs to a numbered question. */
    public Answer withId(String id) {
        Builder changed = toBuilder();
        changed.id = id;
        return changed.build();
    }

    /** This answer with each step changed, as when its files are copied elsewhere. */
    public Answer mapSteps(UnaryOperator<AnswerStep> change) {
        return toBuilder().steps(steps.stream().map(change).toList()).build();
    }

    /** One line for a log or a shell; the whole is {@link AnswerJson}. */
    @Override
    public String toString() {
        return "Answer[" + status.jsonName() + ", " + steps.size() + (steps.size() == 1 ? " step" : " steps")
                + (cached ? ", cached" : "") + "]";
    }

    /** Fills an {@link Answer}. Not thread-safe. */
    public static final class Builder {
        private String id;
        private final AnswerStatus status;
        private boolean cached;
        private String planner = "built-in";
        private String reading = "";
        private List<WordLink> links = List.of();
        private List<String> changes = List.of();
        private String message = "";
        private List<AnswerStep> steps = List.of();
        private List<String> unknownWords = List.of();
        private List<String> suggestions = List.of();
        private List<Alternative> alternatives = List.of();
        private List<String> warnings = List.of();
        private List<AnalysisPlan> plans = List.of();
        private long millis;

        private Builder(String id, AnswerStatus status) {
            this.id = id;
            this.status = status;
        }

        private Builder(Answer answer) {
            id = answer.id;
            status = answer.status;
            cached = answer.cached;
            planner = answer.planner;
            reading = answer.reading;
            links = answer.links;
            changes = answer.changes;
            message = answer.message;
            steps = answer.steps;
            unknownWords = answer.unknownWords;
            suggestions = answer.suggestions;
            alternatives = answer.alternatives;
            warnings = answer.warnings;
            plans = answer.plans;
            millis = answer.millis;
        }

        private Builder cached(boolean cached) {
            this.cached = cached;
            return this;
        }

        public Builder planner(String planner) {
            this.planner = planner;
            return this;
        }

        public Builder reading(String reading) {
            this.reading = reading;
            return this;
        }

        public Builder links(List<WordLink> links) {
            this.links = links;
            return this;
        }

        public Builder changes(List<String> changes) {
            this.changes = changes;
            return this;
        }

        public Builder message(String message) {
            this.message = message;
            return this;
        }

        public Builder steps(List<AnswerStep> steps) {
            this.steps = steps;
            return this;
        }

        public Builder unknownWords(List<String> unknownWords) {
            this.unknownWords = unknownWords;
            return this;
        }

        public Builder suggestions(List<String> suggestions) {
            this.suggestions = suggestions;
            return this;
        }

        public Builder alternatives(List<Alternative> alternatives) {
            this.alternatives = alternatives;
            return this;
        }

        public Builder warnings(List<String> warnings) {
            this.warnings = warnings;
            return this;
        }

        public Builder plans(List<AnalysisPlan> plans) {
            this.plans = plans;
            return this;
        }

        public Builder millis(long millis) {
            this.millis = millis;
            return this;
        }

        /** The answer. */
        public Answer build() {
            return new Answer(
                    id,
                    status,
                    cached,
                    planner,
                    reading,
                    links,
                    changes,
                    message,
                    steps,
                    unknownWords,
                    suggestions,
                    alternatives,
                    warnings,
                    plans,
                    millis);
        }
    }
}
