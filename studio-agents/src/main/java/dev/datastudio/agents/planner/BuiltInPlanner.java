package dev.datastudio.agents.planner;

import dev.datastudio.agents.planner.PlanOutcome.CannotAnswer;
import dev.datastudio.agents.planner.PlanOutcome.Planned;
import dev.datastudio.agents.planner.internal.ReadingWriter;
import dev.datastudio.agents.planner.internal.SchemaPlanners;
import dev.datastudio.agents.planner.internal.TablePlanner;
import dev.datastudio.agents.planner.internal.TablePlanners;
import dev.datastudio.core.analysis.AnalysisPlan;
import java.util.List;

/**
 * Understands questions in English without a model: every content word must be a column, a stored value or an
 * operation, or the question is refused with the words that are none. Thread-safe; make one and keep it, because it
 * keeps what it derived from the latest data sets.
 */
public final class BuiltInPlanner {
    /** Changes whenever a question may get another plan; part of cache keys. */
    public static final String VERSION = "built-in-3";

    /** The most characters of a question; a longer one is refused. */
    public static final int MAX_QUESTION_LENGTH = 2_000;

    private final TablePlanners planners = new TablePlanners();
    private final SchemaPlanners schemas = new SchemaPlanners();

    /** A planner that knows no table yet. */
    public BuiltInPlanner() {}

    /**
     * Plans a question. Does not block and reads no data beyond the request's values. Of several tables, the fewest that
     * fit every word are taken, joined over the request's relations; where several fit alike, the question is ambiguous.
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
        return tables.size() == 1
                ? tables.get(0).plan(request.question()).outcome()
                : schemas.planner(tables, request.relations()).plan(request.question());
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
}
