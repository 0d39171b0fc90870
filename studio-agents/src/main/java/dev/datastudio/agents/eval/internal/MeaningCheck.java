package dev.datastudio.agents.eval.internal;

import dev.datastudio.agents.ask.AnswerStep;
import dev.datastudio.agents.planner.PlanOutcome;
import dev.datastudio.api.query.QueryResult;
import dev.datastudio.core.analysis.AnalysisPlan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Expects the columns that a question means, exactly; and beside them its tasks and the mark of its chart. Of an answer
 * of several steps the columns and tasks of all count together, and the mark of the first. Immutable.
 *
 * @param columns names, letter case aside
 * @param tasks names of the set; empty when it has none for this question
 * @param mark of Vega-Lite; empty when it has none for this question
 */
record MeaningCheck(SortedSet<String> columns, SortedSet<String> tasks, String mark) implements Check {
    private static final Map<String, String> MARKS = Map.of(
            "bar", "bar",
            "histogram", "bar",
            "scatter", "point",
            "line", "line",
            "area", "area",
            "pie", "arc",
            "box", "boxplot",
            "heatmap", "rect");

    @Override
    public Verdict judge(Asked asked, Function<String, QueryResult> database) {
        List<List<@Nullable Object>> expected = List.of(new ArrayList<>(columns));
        Verdict verdict = Verdict.refused(expected);
        AnalysisPlan plan = asked.plan().orElse(null);
        if (asked.outcome() instanceof PlanOutcome.Ambiguous ambiguous) {
            verdict = offered(ambiguous, expected).orElse(verdict);
        }
        if (asked.isAnswered() && plan != null) {
            SortedSet<String> meant = PlanMeaning.columns(plan);
            verdict = lower(columns).equals(lower(meant))
                    ? Verdict.right(expected, List.of(new ArrayList<>(meant)))
                    : Verdict.wrong(expected, List.of(new ArrayList<>(meant)), "other columns");
        }
        if (!tasks.isEmpty()) {
            verdict =
                    verdict.with("tasks", asked.isAnswered() && plan != null && tasks.equals(PlanMeaning.tasks(plan)));
        }
        return mark.isEmpty() ? verdict : verdict.with("mark", mark.equals(markOf(asked)));
    }

    /** The set lists every column that ambiguous words may mean; an answer that offers just those means the same. */
    private Optional<Verdict> offered(PlanOutcome.Ambiguous ambiguous, List<List<@Nullable Object>> expected) {
        SortedSet<String> meant = new TreeSet<>();
        ambiguous.candidates().forEach(c -> meant.addAll(PlanMeaning.columns(c.plan())));
        return lower(columns).equals(lower(meant))
                ? Optional.of(Verdict.right(expected, List.of(new ArrayList<>(meant))))
                : Optional.empty();
    }

    private static Set<String> lower(Collection<String> names) {
        return names.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String markOf(Asked asked) {
        if (!asked.isAnswered() || asked.answer().steps().isEmpty()) {
            return "";
        }
        AnswerStep first = asked.answer().steps().get(0);
        return first.chart() == null ? "" : MARKS.getOrDefault(first.chart(), first.chart());
    }
}
