package dev.datastudio.agents.ask.internal;

import dev.datastudio.api.artifact.ArtifactKey;
import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.ColumnRole;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.core.analysis.AnalysisPlan;
import dev.datastudio.core.analysis.ChartHint;
import dev.datastudio.core.analysis.Condition;
import dev.datastudio.core.analysis.Dimension;
import dev.datastudio.core.analysis.Expression;
import dev.datastudio.core.analysis.Operation;
import dev.datastudio.core.analysis.PlanJson;
import dev.datastudio.core.analysis.Step;
import dev.datastudio.core.analysis.TimeGrain;
import dev.datastudio.core.artifact.ArtifactPaths;
import dev.datastudio.core.artifact.Slugs;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the files of a step are called. Immutable.
 *
 * <p>The plain forms have the short names that other programs know: {@code dist_plots/sales.png} for a column's
 * distribution, {@code trend_plots/profit.png} for its monthly sum. Any other form (filtered, of another grain, as
 * another chart) adds eight digits of the plan's hash, so that two answers never share a file.
 *
 * @param label what the files show: {@code sales_distribution}
 * @param picture the chart drawn
 * @param figure the chart as data, beside its picture
 * @param table the rows
 */
record StepName(String label, ArtifactKey picture, ArtifactKey figure, ArtifactKey table) {
    private static final int HASH_DIGITS = 8;

    /** The names of a plan's steps, in order. */
    static List<StepName> of(AnalysisPlan plan, List<Dataset> datasets) {
        Slugs slugs = new Slugs();
        List<StepName> names = new ArrayList<>();
        for (Step step : plan.steps()) {
            names.add(of(step, datasets, slugs));
        }
        return names;
    }

    private static StepName of(Step step, List<Dataset> datasets, Slugs slugs) {
        Dataset dataset = datasets.stream()
                .filter(d -> d.table().equals(step.source().tables().get(0)))
                .findFirst()
                .orElse(datasets.get(0));
        ArtifactPaths paths = ArtifactPaths.of(dataset);
        String column = slugs.of(subject(step));
        String file = isPlain(step, dataset) ? column : column + "-" + hash(step);
        if (step.operation() == Operation.DISTRIBUTION) {
            return named(column + "_distribution", paths.distributionPlot(file), paths);
        } else if (step.operation() == Operation.TREND) {
            return named(column + "_trend", paths.trendPlot(file), paths);
        } else if (step.operation() == Operation.SUMMARY) {
            String name = isPlain(step, dataset) ? "summary_stats" : "summary_stats-" + hash(step);
            return new StepName("summary_stats", paths.plot(name), paths.result("plots/" + name), paths.result(name));
        }
        return named(column + "_" + step.operation().jsonName(), paths.plot(file), paths);
    }

    private static StepName named(String label, ArtifactKey picture, ArtifactPaths paths) {
        String within = picture.value().substring(paths.folder().value().length() + 1);
        String base = within.substring(0, within.length() - ".png".length());
        return new StepName(
                label,
                picture,
                paths.folder().resolve(base + ".plotly.json"),
                paths.folder().resolve(base + ".json"));
    }

    private static String subject(Step step) {
        Stream<Expression.ColumnRef> columns = Stream.concat(
                step.measures().stream().flatMap(measure -> measure.columns().stream()),
                step.dimensions().stream().flatMap(dimension -> dimension.of().columns().stream()));
        return columns.map(Expression.ColumnRef::name).findFirst().orElse("rows");
    }

    private static boolean isPlain(Step step, Dataset dataset) {
        boolean whole = step.cleaning().isEmpty()
                && step.filter().equals(Condition.always())
                && step.having().equals(Condition.always())
                && step.limit() == null
                && step.chart() == ChartHint.AUTO;
        return whole
                && switch (step.operation()) {
                    case DISTRIBUTION ->
                        step.dimensions().isEmpty() && step.measures().size() == 1;
                    case SUMMARY -> step.dimensions().isEmpty();
                    case TREND -> isPlainTrend(step, dataset);
                    default -> false;
                };
    }

    private static boolean isPlainTrend(Step step, Dataset dataset) {
        String firstTime = dataset.columns().stream()
                .filter(column -> column.role() == ColumnRole.TIME)
                .map(Column::name)
                .findFirst()
                .orElse("");
        Dimension month = Dimension.of(Expression.column(step.source().tables().get(0), firstTime), TimeGrain.MONTH);
        return step.measures().size() == 1 && step.dimensions().equals(List.of(month));
    }

    private static String hash(Step step) {
        String form = PlanJson.canonical(AnalysisPlan.of(step)) + step.chart();
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(form.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, HASH_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
