package dev.datastudio.agents.eval.internal;

import dev.datastudio.agents.eval.EvaluationOutcome;
import dev.datastudio.agents.eval.EvaluationReport;
import dev.datastudio.agents.eval.EvaluationReport.Aspect;
import dev.datastudio.agents.eval.EvaluationReport.Part;
import dev.datastudio.agents.eval.EvaluationReport.Slice;
import dev.datastudio.agents.eval.EvaluationReport.Tally;
import dev.datastudio.agents.eval.EvaluationReport.Times;
import dev.datastudio.agents.eval.EvaluationSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Adds judged questions up. Not thread-safe. */
final class Scores {
    private final Map<String, PartScores> parts = new LinkedHashMap<>();
    private final long[] planning;
    private final long[] asking;
    private int planned;
    private int asked;

    Scores(int questions) {
        planning = new long[questions];
        asking = new long[questions];
    }

    void add(Judged judged) {
        parts.computeIfAbsent(judged.question().part(), name -> new PartScores())
                .add(judged);
        if (judged.planningNanos() > 0) {
            planning[planned++] = judged.planningNanos();
        }
        if (judged.askingNanos() > 0) {
            asking[asked++] = judged.askingNanos();
        }
    }

    EvaluationReport report(EvaluationSet set, Duration took) {
        List<Part> scored = new ArrayList<>();
        parts.forEach((name, scores) -> scored.add(scores.part(name)));
        return new EvaluationReport(
                set, scored, Times.of(Arrays.copyOf(planning, planned)), Times.of(Arrays.copyOf(asking, asked)), took);
    }

    private static final class PartScores {
        private Tally tally = Tally.NONE;
        private final Map<String, Map<String, Tally>> slices = new TreeMap<>();
        private final Map<String, Aspect> aspects = new LinkedHashMap<>();

        void add(Judged judged) {
            EvaluationOutcome outcome = judged.question().outcome();
            tally = tally.plus(outcome);
            judged.slices()
                    .forEach((property, value) -> slices.computeIfAbsent(property, name -> new TreeMap<>())
                            .merge(value, Tally.NONE.plus(outcome), Tally::plus));
            boolean answered = outcome == EvaluationOutcome.RIGHT || outcome == EvaluationOutcome.WRONG;
            judged.aspects().forEach((name, right) -> {
                Aspect before = aspects.getOrDefault(name, new Aspect(name, 0, 0, 0));
                aspects.put(
                        name,
                        new Aspect(
                                name,
                                before.right() + (right ? 1 : 0),
                                before.answered() + (answered ? 1 : 0),
                                before.all() + 1));
            });
        }

        Part part(String name) {
            List<Slice> all = new ArrayList<>();
            slices.forEach((property, values) ->
                    values.forEach((value, outcomes) -> all.add(new Slice(property, value, outcomes))));
            return new Part(name, tally, all, List.copyOf(aspects.values()));
        }
    }
}
