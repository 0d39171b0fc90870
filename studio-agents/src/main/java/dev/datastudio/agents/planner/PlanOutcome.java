package dev.datastudio.agents.planner;

import dev.datastudio.core.analysis.AnalysisPlan;
import java.util.List;
import java.util.Objects;

/** What became of a question. Immutable. */
public sealed interface PlanOutcome {
    /**
     * The question has one reading.
     *
     * @param plan what it asks for
     * @param reading the plan in words, naming the columns; a sentence for each step
     * @param notes what was decided on the way, whole sentences: a default, a corrected spelling, a word left out
     * @param confidence 0 to 1; 1 when every word was linked exactly and nothing had to be decided
     * @param links what each word was taken for, in the order of the question
     */
    record Planned(AnalysisPlan plan, String reading, List<String> notes, double confidence, List<WordLink> links)
            implements PlanOutcome {
        /** @throws IllegalArgumentException if the confidence is outside its range */
        public Planned {
            Objects.requireNonNull(plan, "plan");
            Objects.requireNonNull(reading, "reading");
            notes = List.copyOf(notes);
            links = List.copyOf(links);
            if (!(confidence >= 0 && confidence <= 1)) {
                throw new IllegalArgumentException("confidence must be in 0..1, was " + confidence);
            }
        }
    }

    /** The question has several readings that are about equally good; the best first, at least two. */
    record Ambiguous(List<Candidate> candidates) implements PlanOutcome {
        /** @throws IllegalArgumentException if there are fewer than two candidates */
        public Ambiguous {
            candidates = List.copyOf(candidates);
            if (candidates.size() < 2) {
                throw new IllegalArgumentException("candidates must be at least 2, were " + candidates.size());
            }
        }
    }

    /**
     * Words of the question could not be linked to anything.
     *
     * @param unknownWords those words, as typed, in order; empty for an empty question
     * @param nearest columns and values that look alike, the nearest first
     * @param suggestions questions about the same data that have an answer
     */
    record NotUnderstood(List<String> unknownWords, List<String> nearest, List<String> suggestions)
            implements PlanOutcome {
        public NotUnderstood {
            unknownWords = List.copyOf(unknownWords);
            nearest = List.copyOf(nearest);
            suggestions = List.copyOf(suggestions);
        }
    }

    /**
     * The question is clear, but neither the data nor the planner can answer it.
     *
     * @param reason what is missing, a whole sentence
     * @param unknownWords words that name it, as typed; may be empty
     * @param suggestions questions about the same data that have an answer
     */
    record CannotAnswer(String reason, List<String> unknownWords, List<String> suggestions) implements PlanOutcome {
        public CannotAnswer {
            Objects.requireNonNull(reason, "reason");
            unknownWords = List.copyOf(unknownWords);
            suggestions = List.copyOf(suggestions);
        }
    }

    /**
     * One reading of an ambiguous question.
     *
     * @param plan what it would ask for
     * @param reading the plan in words
     * @param question a question that asks for this plan alone
     */
    record Candidate(AnalysisPlan plan, String reading, String question) {}
}
