package dev.datastudio.agents.planner;

import dev.datastudio.agents.planner.PlanOutcome.Ambiguous;
import dev.datastudio.agents.planner.PlanOutcome.Candidate;
import dev.datastudio.agents.planner.PlanOutcome.CannotAnswer;
import dev.datastudio.agents.planner.PlanOutcome.NotUnderstood;
import dev.datastudio.agents.planner.PlanOutcome.Planned;
import dev.datastudio.agents.planner.internal.ReadingWriter;
import dev.datastudio.agents.planner.internal.TablePlanner;
import dev.datastudio.agents.planner.internal.TablePlanners;
import dev.datastudio.core.analysis.AnalysisPlan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Understands questions in English without a model: every content word must be a column, a stored value or an
 * operation, or the question is refused with the words that are none. Thread-safe; make one and keep it, because it
 * keeps what it derived from the latest data sets.
 */
public final class BuiltInPlanner {
    /** Changes whenever a question may get another plan; part of cache keys. */
    public static final String VERSION = "built-in-2";

    /** The most characters of a question; a longer one is refused. */
    public static final int MAX_QUESTION_LENGTH = 2_000;

    /** How much surer one table's reading must be to go before another's. */
    private static final double CLEARLY = 0.15;

    private final TablePlanners planners = new TablePlanners();

    /** A planner that knows no table yet. */
    public BuiltInPlanner() {}

    /**
     * Plans a question. Does not block and reads no data beyond the request's values. With several tables, the one that
     * fits every word is taken; a question that fits several is ambiguous unless it names one.
     */
    public PlanOutcome plan(PlanRequest request) {
        List<TablePlanner> tables = request.datasets().stream()
                .map(d -> planners.planner(d, request.values()))
                .toList();
        if (request.question().length() > MAX_QUESTION_LENGTH) {
            return new CannotAnswer(
                    "The question has " + request.question().length() + " characters; the most is "
                            + MAX_QUESTION_LENGTH + ".",
                    List.of(),
                    tables.get(0).suggestions());
        }
        List<TablePlanner.Result> results =
                tables.stream().map(t -> t.plan(request.question())).toList();
        return results.size() == 1 ? results.get(0).outcome() : best(results, request);
    }

    /**
     * Reads a text that was said after an answer: a question of its own, or a change of that answer's plan. Does not
     * block and reads no data beyond the request's values.
     *
     * @param previous the plan of the answer before
     * @param request the text, over the same tables
     */
    public FollowUp followUp(AnalysisPlan previous, PlanRequest request) {
        if (request.question().length() > MAX_QUESTION_LENGTH) {
            return new FollowUp.NewQuestion();
        }
        String table = previous.steps().get(0).source().tables().get(0);
        return request.datasets().stream()
                .filter(d -> d.table().equalsIgnoreCase(table))
                .findFirst()
                .map(d -> planners.planner(d, request.values()).followUp(previous, request.question()))
                .orElseGet(FollowUp.NewQuestion::new);
    }

    /** A plan in words, as {@link Planned#reading()} has it. */
    public static String reading(AnalysisPlan plan) {
        return ReadingWriter.of(plan);
    }

    private static PlanOutcome best(List<TablePlanner.Result> results, PlanRequest request) {
        List<TablePlanner.Result> planned = results.stream()
                .filter(r -> r.outcome() instanceof Planned || r.outcome() instanceof Ambiguous)
                .toList();
        List<TablePlanner.Result> named =
                planned.stream().filter(TablePlanner.Result::namesTable).toList();
        if (named.size() == 1) {
            return named.get(0).outcome();
        } else if (planned.size() == 1) {
            return planned.get(0).outcome();
        } else if (planned.size() > 1) {
            return either(named.isEmpty() ? planned : named, request.question());
        }
        return refusal(results, request);
    }

    /** The reading that is clearly the surest, else all of them. */
    private static PlanOutcome either(List<TablePlanner.Result> planned, String question) {
        List<PlanOutcome> surest = planned.stream()
                .map(TablePlanner.Result::outcome)
                .sorted(Comparator.comparingDouble(BuiltInPlanner::confidence).reversed())
                .toList();
        if (confidence(surest.get(0)) >= confidence(surest.get(1)) + CLEARLY) {
            return surest.get(0);
        }
        List<Candidate> candidates = new ArrayList<>();
        for (TablePlanner.Result result : planned) {
            if (result.outcome() instanceof Planned p) {
                String table = p.plan().steps().get(0).source().tables().get(0);
                String named = question.strip().replaceFirst("[?!.]+$", "") + " in " + table;
                candidates.add(new Candidate(p.plan(), "In " + table + ": " + p.reading(), named));
            } else if (result.outcome() instanceof Ambiguous a) {
                candidates.addAll(a.candidates());
            }
        }
        return new Ambiguous(candidates);
    }

    private static double confidence(PlanOutcome outcome) {
        return outcome instanceof Planned planned ? planned.confidence() : 0;
    }

    private static PlanOutcome refusal(List<TablePlanner.Result> results, PlanRequest request) {
        List<NotUnderstood> refused = results.stream()
                .filter(r -> r.outcome() instanceof NotUnderstood)
                .map(r -> (NotUnderstood) r.outcome())
                .toList();
        boolean allRefused = refused.size() == results.size();
        boolean allWordsKnown = allRefused
                && refused.stream()
                        .allMatch(r -> r.unknownWords().stream()
                                .anyMatch(w -> refused.stream()
                                        .anyMatch(o -> !o.unknownWords().contains(w))))
                && refused.get(0).unknownWords().stream()
                        .noneMatch(w ->
                                refused.stream().allMatch(o -> o.unknownWords().contains(w)));
        if (allWordsKnown) {
            return new CannotAnswer(
                    "This needs columns of several of the tables "
                            + request.datasets().stream().map(d -> d.table()).toList()
                            + ", and no relation between them is known.",
                    List.of(),
                    refused.get(0).suggestions());
        }
        return results.stream()
                .max(Comparator.comparing(TablePlanner.Result::namesTable).thenComparingInt(TablePlanner.Result::links))
                .orElseThrow()
                .outcome();
    }
}
