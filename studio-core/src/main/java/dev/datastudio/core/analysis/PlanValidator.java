package dev.datastudio.core.analysis;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.analysis.internal.Schema;
import dev.datastudio.core.analysis.internal.StepChecker;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Checks plans against data sets and gives names their real spelling. Immutable and thread-safe.
 *
 * <p>Constants are fitted to what they are compared with: a text that is a date becomes one beside a date, a name of a
 * month or weekday becomes its number beside that part of a date.
 */
public final class PlanValidator {
    private final Schema schema;

    private PlanValidator(Schema schema) {
        this.schema = schema;
    }

    /**
     * A validator for plans over some data sets.
     *
     * @throws IllegalArgumentException if two have one table name, letter case aside
     */
    public static PlanValidator of(List<Dataset> datasets) {
        return new PlanValidator(new Schema(datasets));
    }

    /** Everything that is wrong with a plan; empty when it can be carried out. */
    public List<PlanProblem> problems(AnalysisPlan plan) {
        List<PlanProblem> problems = new ArrayList<>();
        checked(plan, problems);
        return List.copyOf(problems);
    }

    /**
     * The plan with tables and columns as the data sets spell them.
     *
     * @throws StudioException with {@link ErrorCode#INVALID_PLAN}, naming every problem
     */
    public AnalysisPlan validate(AnalysisPlan plan) {
        List<PlanProblem> problems = new ArrayList<>();
        AnalysisPlan checked = checked(plan, problems);
        refuse(problems);
        return checked;
    }

    /**
     * The step with tables and columns as the data sets spell them.
     *
     * @throws StudioException with {@link ErrorCode#INVALID_PLAN}, naming every problem
     */
    public Step validate(Step step) {
        List<PlanProblem> problems = new ArrayList<>();
        Step checked = new StepChecker(schema, problems).check(step, "step");
        refuse(problems);
        return checked;
    }

    private AnalysisPlan checked(AnalysisPlan plan, List<PlanProblem> problems) {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < plan.steps().size(); i++) {
            steps.add(new StepChecker(schema, problems).check(plan.steps().get(i), "steps[" + i + "]"));
        }
        return new AnalysisPlan(steps);
    }

    private static void refuse(List<PlanProblem> problems) {
        if (problems.isEmpty()) {
            return;
        }
        String what = problems.stream().map(p -> p.path() + ": " + p.what()).collect(Collectors.joining("; "));
        String mend = problems.stream().map(PlanProblem::mend).distinct().collect(Collectors.joining("; "));
        throw new StudioException(ErrorCode.INVALID_PLAN, "The plan can't be carried out: " + what, mend);
    }
}
