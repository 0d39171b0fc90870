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
    private final TimeSeries planning;
    private final TimeSeries planningCpu;
    private final TimeSeries asking;

    Scores(int questions) {
        planning = new TimeSeries(questions);
        planningCpu = new TimeSeries(questions);
        asking = new TimeSeries(questions);
    }

    void add(Judged judged) {
        parts.computeIfAbsent(judged.question().part(), name -> new PartScores())
                .add(judged);
        planning.add(judged.spent().planning());
        planningCpu.add(judged.spent().planningCpu());
        asking.add(judged.spent().asking());
    }

    EvaluationReport report(EvaluationSet set, Duration took) {
        List<Part> scored = new ArrayList<>();
        parts.forEach((name, scores) -> scored.add(scores.part(name)));
        return new EvaluationReport(set, scored, planning.times(), planningCpu.times(), asking.times(), took);
    }

    /** Times that were measured. */
    private static final class TimeSeries {
        private final long[] nanos;
        private int size;

        TimeSeries(int most) {
            nanos = new long[most];
        }

        void add(long time) {
            if (time > 0) {
                nanos[size++] = time;
            }
        }

        Times times() {
            return Times.of(Arrays.copyOf(nanos, size));
        }
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
