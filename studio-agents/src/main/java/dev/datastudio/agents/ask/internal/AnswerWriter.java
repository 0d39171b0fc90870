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
    /** The answer of a plan whose steps are done, in any order. */
    Answer answered(AskTask task, Understanding understood, List<FinishedStep> finished) {
        PlanOutcome.Planned planned = understood.planned();
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
        return Answer.builder(task.id(), AnswerStatus.ANSWERED)
                .planner(understood.planner())
                .reading(planned.reading())
                .links(planned.links())
                .changes(understood.changes())
                .message(message)
                .steps(answers)
                .warnings(List.copyOf(warnings))
                .plans(understood.plans())
                .build();
    }

    /** The answer of a question that has no plan. */
    Answer explained(AskTask task, Understanding understood) {
        PlanOutcome outcome = understood.outcome();
        if (outcome instanceof PlanOutcome.Ambiguous ambiguous) {
            return ambiguous(task, ambiguous, understood);
        } else if (outcome instanceof PlanOutcome.NotUnderstood notUnderstood) {
            return refused(task, AnswerStatus.NOT_UNDERSTOOD, understood)
                    .message(notUnderstoodMessage(task, notUnderstood))
                    .unknownWords(notUnderstood.unknownWords())
                    .suggestions(notUnderstood.suggestions())
                    .build();
        } else if (outcome instanceof PlanOutcome.CannotAnswer cannot) {
            return refused(task, AnswerStatus.CANNOT_ANSWER, understood)
                    .message(cannot.reason())
                    .unknownWords(cannot.unknownWords())
                    .suggestions(cannot.suggestions())
                    .build();
        }
        throw new AssertionError(outcome);
    }

    private static Answer ambiguous(AskTask task, PlanOutcome.Ambiguous ambiguous, Understanding understood) {
        List<PlanOutcome.Candidate> readings = ambiguous.candidates();
        return refused(task, AnswerStatus.AMBIGUOUS, understood)
                .message("The question can be read in " + readings.size() + " ways. Ask the one that you mean.")
                .suggestions(
                        readings.stream().map(PlanOutcome.Candidate::question).toList())
                .alternatives(readings.stream()
                        .map(c -> new Answer.Alternative(c.reading(), c.question()))
                        .toList())
                .build();
    }

    private static Answer.Builder refused(AskTask task, AnswerStatus status, Understanding understood) {
        return Answer.builder(task.id(), status).planner(understood.planner()).plans(understood.plans());
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
}
