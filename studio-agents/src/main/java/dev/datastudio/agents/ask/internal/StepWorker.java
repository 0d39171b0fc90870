package dev.datastudio.agents.ask.internal;

import dev.datastudio.agents.ask.AnswerArtifact;
import dev.datastudio.agents.ask.AnswerJson;
import dev.datastudio.agents.ask.AnswerStep;
import dev.datastudio.agents.ask.AskOptions.Pictures;
import dev.datastudio.agents.ask.TestOutcome;
import dev.datastudio.api.artifact.ArtifactKey;
import dev.datastudio.api.chart.Chart;
import dev.datastudio.api.chart.ChartFormat;
import dev.datastudio.api.chart.ChartStyle;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.query.QueryEngine;
import dev.datastudio.api.query.QueryLimits;
import dev.datastudio.core.Studio;
import dev.datastudio.core.analysis.ChartChoice;
import dev.datastudio.core.analysis.ChartChooser;
import dev.datastudio.core.analysis.Evidence;
import dev.datastudio.core.analysis.Operation;
import dev.datastudio.core.analysis.StepResult;
import dev.datastudio.core.analysis.StepRunner;
import dev.datastudio.core.chart.PlotlyJson;
import dev.datastudio.core.query.EngineLease;
import dev.datastudio.core.statistics.TestResult;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Carries out one step of a plan: rows, chart, files. */
final class StepWorker {
    /** What a chart is drawn from, also when fewer rows are wanted in the answer. */
    private static final long CHART_ROWS = 5_000;

    private final Studio studio;
    private final ArtifactPlaces places;

    StepWorker(Studio studio) {
        this.studio = studio;
        this.places = new ArtifactPlaces(studio.artifacts());
    }

    FinishedStep work(AskTask task, AskGraph.NumberedStep numbered, Cancellation cancellation) {
        StepResult result = rows(task, numbered, cancellation);
        List<String> warnings = new ArrayList<>(result.warnings());
        Optional<ChartChoice> choice = ChartChooser.choose(result);
        choice.ifPresent(chosen -> warnings.addAll(chosen.notes()));
        Chart chart = choice.map(ChartChoice::chart).orElse(null);
        cancellation.throwIfCancelled();
        List<AnswerArtifact> files =
                task.options().pictures() == Pictures.DRAW ? files(numbered.name(), result, chart) : List.of();
        long kept = Math.min(task.options().maxRows(), result.result().rows().size());
        AnswerStep step = new AnswerStep(
                numbered.step().intent(),
                result.step().operation().jsonName(),
                result.reading(),
                result.sql(),
                result.result().columns(),
                result.result().rows().subList(0, (int) kept),
                result.result().totalRows(),
                result.value().orElse(null),
                test(result),
                chart == null ? null : chart.kind(),
                files);
        return new FinishedStep(numbered.number(), step, warnings);
    }

    private static @Nullable TestOutcome test(StepResult result) {
        if (!(result.evidence() instanceof Evidence.Tested tested)) {
            return null;
        }
        TestResult test = tested.result();
        return new TestOutcome(
                test.name(),
                test.statistic(),
                test.pValue(),
                test.effect().map(TestResult.Effect::value).orElse(Double.NaN),
                test.conclusion());
    }

    private StepResult rows(AskTask task, AskGraph.NumberedStep numbered, Cancellation cancellation) {
        ZoneId zone = studio.clock().getZone();
        Clock today = Clock.fixed(task.today().atStartOfDay(zone).toInstant(), zone);
        QueryLimits limits = QueryLimits.DEFAULT.withMaxRows(
                Math.max(CHART_ROWS, task.options().maxRows()));
        QueryEngine database = task.engine();
        if (database != null) {
            return StepRunner.of(database, today).run(numbered.step(), task.datasets(), limits, cancellation);
        }
        try (EngineLease lease = studio.engine(task.caller(), task.datasets())) {
            return StepRunner.of(lease.engine(), today).run(numbered.step(), task.datasets(), limits, cancellation);
        }
    }

    private List<AnswerArtifact> files(StepName name, StepResult result, @Nullable Chart chart) {
        List<AnswerArtifact> files = new ArrayList<>();
        if (chart != null) {
            ChartStyle style = ChartStyle.DEFAULT.withLocale(studio.locale());
            files.add(store("image", name, name.picture(), studio.charts().render(chart, ChartFormat.PNG, style)));
            files.add(store("json", name, name.figure(), PlotlyJson.of(chart).getBytes(StandardCharsets.UTF_8)));
        }
        if (chart == null && result.step().operation() == Operation.SUMMARY) {
            byte[] table = AnswerJson.write(result.result()).getBytes(StandardCharsets.UTF_8);
            files.add(store("json", name, name.table(), table));
        }
        return files;
    }

    private AnswerArtifact store(String type, StepName name, ArtifactKey key, byte[] content) {
        studio.artifacts().put(key, content);
        return new AnswerArtifact(type, name.label(), key.value(), places.path(key));
    }
}
