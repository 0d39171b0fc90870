package dev.datastudio.ml.explore.internal;

import dev.datastudio.api.chart.Axis;
import dev.datastudio.api.chart.Chart;
import dev.datastudio.api.chart.ChartText;
import dev.datastudio.api.chart.HeatmapChart;
import dev.datastudio.api.chart.ValueFormat;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.dataset.RowColumn;
import dev.datastudio.ml.evaluate.Evaluation;
import dev.datastudio.ml.evaluate.Metric;
import dev.datastudio.ml.explore.ComponentSpec;
import dev.datastudio.ml.explore.Components;
import dev.datastudio.ml.explore.Components.Component;
import dev.datastudio.ml.prepare.internal.Matrix;
import dev.datastudio.ml.spec.Task;
import dev.datastudio.ml.train.internal.Projected;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Finds principal components. */
public final class ComponentFinder {
    private static final double MOST_OF_IT = 0.9;
    private static final int MOST_BY_DEFAULT = 10;
    private static final int MOST_DRAWN = 20;
    private static final int MOST_DRAWN_COMPONENTS = 6;

    private ComponentFinder() {}

    /** Does it; what goes wrong is told as in {@link dev.datastudio.ml.explore.Explore#components}. */
    public static Components find(Inquiry inquiry, ComponentSpec spec) {
        Space space = Space.read(inquiry, spec.columns(), Space.Use.DIRECTIONS);
        Matrix points = space.points();
        List<String> features = space.preparation().names();
        if (features.size() < 2) {
            throw Checks.wrong(
                    "There is only one feature, " + StudioException.quote(features.get(0)),
                    "Name at least two columns of numbers");
        }
        if (features.size() > Directions.MOST_FEATURES) {
            throw new StudioException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "There are " + features.size() + " features, and " + Directions.MOST_FEATURES + " are possible",
                    "Name fewer columns");
        }
        Directions directions = Directions.of(points, inquiry.course());
        List<Component> components = new ArrayList<>();
        for (int i = 0; i < count(spec, directions); i++) {
            components.add(new Component(
                    i + 1,
                    directions.variances()[i],
                    directions.variances()[i] / directions.total(),
                    Arrays.stream(directions.vectors()[i]).boxed().toList()));
        }
        List<RowColumn> columns = components.stream()
                .map(each -> RowColumn.of("component " + each.number(), ColumnType.DECIMAL))
                .toList();
        Projected model = new Projected(Arrays.copyOf(directions.vectors(), components.size()));
        KeptRows.Found found = new KeptRows.Found(columns, some -> scores(model, some, columns.size()));
        double explained = components.stream().mapToDouble(Component::share).sum();
        Keeping keeping = Keeping.of(
                inquiry,
                space,
                found,
                Kind.COMPONENTS,
                new Keeping.Parts(
                        "principal_components",
                        spec,
                        Task.PROJECTION,
                        model,
                        List.of(),
                        Evaluation.of(points.rows(), List.of(Metric.of("explained_variance", explained)), List.of()),
                        Sentences.directions(components, features),
                        space.warnings()));
        return new Components(
                points.rows(),
                features,
                components,
                space.warnings(),
                chart(inquiry.dataset(), features, components),
                keeping.rows(),
                keeping.model());
    }

    private static int count(ComponentSpec spec, Directions directions) {
        int all = directions.variances().length;
        if (spec.components() > 0) {
            return Math.min(all, spec.components());
        }
        double explained = 0;
        int count = 0;
        while (count < Math.min(all, MOST_BY_DEFAULT) && (count < 2 || explained < MOST_OF_IT)) {
            explained += directions.variances()[count++] / directions.total();
        }
        return count;
    }

    private static List<List<Object>> scores(Projected model, Matrix points, int count) {
        double[] scores = model.predict(points);
        return IntStream.range(0, points.rows())
                .mapToObj(row -> IntStream.range(0, count)
                        .mapToObj(k -> (Object) scores[row * count + k])
                        .toList())
                .toList();
    }

    private static Chart chart(Dataset dataset, List<String> features, List<Component> components) {
        List<Component> drawn = components.subList(0, Math.min(MOST_DRAWN_COMPONENTS, components.size()));
        List<Integer> strongest = IntStream.range(0, features.size())
                .boxed()
                .sorted(Comparator.comparingDouble((Integer f) -> -drawn.stream()
                                .mapToDouble(each -> Math.abs(each.loadings().get(f)) * each.variance())
                                .max()
                                .orElse(0))
                        .thenComparing(f -> f))
                .limit(MOST_DRAWN)
                .toList();
        ChartText text = ChartText.of("Principal components of " + dataset.name())
                .withSubtitle("How much each column takes part, with the share of the variance that is explained");
        if (strongest.size() < features.size()) {
            text = text.withNote("Showing the " + strongest.size() + " strongest of " + features.size() + " features");
        }
        return new HeatmapChart(
                text,
                "",
                "",
                Axis.of("Loading", ValueFormat.number()),
                drawn.stream()
                        .map(each -> String.format(Locale.ROOT, "%d (%.0f%%)", each.number(), each.share() * 100))
                        .toList(),
                strongest.stream().map(features::get).toList(),
                strongest.stream()
                        .map(f -> drawn.stream()
                                .map(each -> Summary.rounded(each.loadings().get(f)))
                                .toList())
                        .toList(),
                HeatmapChart.Shading.DIVERGING);
    }
}
