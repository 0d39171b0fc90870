package dev.datastudio.agents.ask.internal;

import dev.datastudio.agents.ask.Answer;
import dev.datastudio.agents.ask.AnswerStatus;
import dev.datastudio.agents.ask.AnswerStep;
import dev.datastudio.agents.planner.PlanOutcome;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Puts an answer together from what the planner said and what the steps gave. */
final class AnswerWriter {
    static final String PLANNER = "built-in";

    /** The answer of a plan whose steps are done, in any order. */
    Answer answered(AskTask task, PlanOutcome.Planned planned, List<FinishedStep> finished) {
        List<FinishedStep> steps = finished.stream()
                .sorted(Comparator.comparingInt(FinishedStep::number))
                .toList();
        if (steps.size() != planned.plan().steps().size()) {
            throw new StudioException(
                    ErrorCode.INTERNAL,
                    "Only " + steps.size() + " of " + planned.plan().steps().size() + " intents were answered",
                    "Please report the question");
        }
        Set<String> warnings = new LinkedHashSet<>(planned.notes());
        steps.forEach(step -> warnings.addAll(step.warnings()));
        warnings.addAll(new DataNotes(planned.plan()).of(task.datasets()));
        List<AnswerStep> answers = steps.stream().map(FinishedStep::step).toList();
        String message = answers.stream().map(AnswerStep::reading).collect(Collectors.joining(" "));
        return answer(task, AnswerStatus.ANSWERED, planned.reading(), message, answers, List.of(), List.of(), warnings);
    }

    /** The answer of a question that has no plan. */
    Answer explained(AskTask task, PlanOutcome outcome) {
        if (outcome instanceof PlanOutcome.Ambiguous ambiguous) {
            List<String> readings = ambiguous.candidates().stream()
                    .map(PlanOutcome.Candidate::question)
                    .toList();
            String message = "The question can be read in " + readings.size() + " ways. Ask the one that you mean.";
            return refused(task, AnswerStatus.AMBIGUOUS, message, List.of(), readings);
        } else if (outcome instanceof PlanOutcome.NotUnderstood notUnderstood) {
            return refused(
                    task,
                    AnswerStatus.NOT_UNDERSTOOD,
                    notUnderstoodMessage(task, notUnderstood),
                    notUnderstood.unknownWords(),
                    notUnderstood.suggestions());
        } else if (outcome instanceof PlanOutcome.CannotAnswer cannot) {
            return refused(
                    task, AnswerStatus.CANNOT_ANSWER, cannot.reason(), cannot.unknownWords(), cannot.suggestions());
        }
        throw new AssertionError(outcome);
    }

    private static String notUnderstoodMessage(AskTask task, PlanOutcome.NotUnderstood outcome) {
        if (outcome.unknownWords().isEmpty()) {
            return "The question was not understood. Name a column and what you want to know of it.";
        }
        String words =
                outcome.unknownWords().stream().map(StudioException::quote).collect(Collectors.joining(", "));
        String files = task.datasets().stream().map(Dataset::name).collect(Collectors.joining(", "));
        String message = "Nothing in " + files + " fits " + words + ".";
        return outcome.nearest().isEmpty()
                ? message
                : message + " The nearest are " + String.join(", ", outcome.nearest()) + ".";
    }

    private static Answer refused(
            AskTask task, AnswerStatus status, String message, List<String> unknown, List<String> suggestions) {
        return answer(task, status, "", message, List.of(), unknown, suggestions, Set.of());
    }

    private static Answer answer(
            AskTask task,
            AnswerStatus status,
            String reading,
            String message,
            List<AnswerStep> steps,
            List<String> unknownWords,
            List<String> suggestions,
            Set<String> warnings) {
        return new Answer(
                task.id(),
                status,
                false,
                PLANNER,
                reading,
                message,
                steps,
                unknownWords,
                suggestions,
                List.copyOf(warnings),
                0);
    }
}
