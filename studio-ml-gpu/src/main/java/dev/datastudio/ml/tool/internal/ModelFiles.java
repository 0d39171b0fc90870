package dev.datastudio.ml.tool.internal;

import dev.datastudio.api.artifact.ArtifactKey;
import dev.datastudio.api.chart.Chart;
import dev.datastudio.api.chart.ChartFormat;
import dev.datastudio.api.chart.ChartStyle;
import dev.datastudio.core.Studio;
import dev.datastudio.core.chart.PlotlyJson;
import dev.datastudio.ml.evaluate.ModelCharts;
import dev.datastudio.ml.registry.TrainedModel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Charts of models beside their files, with which they go. Thread-safe. */
final class ModelFiles {
    /** What tells most at a glance: one of the first, and the importances. */
    private static final List<String> FIRST = List.of("confusion", "predicted");

    private static final String SECOND = "importances";

    private final Studio studio;

    private ModelFiles(Studio studio) {
        this.studio = studio;
    }

    static ModelFiles of(Studio studio) {
        return new ModelFiles(studio);
    }

    /** Draws what tells most of a model; gives the keys of picture and figure of each. */
    List<String> charts(TrainedModel model) {
        Map<String, Chart> charts = ModelCharts.of(model.evaluation(), model.target(), model.classes());
        List<String> keys = new ArrayList<>();
        charts.forEach((name, chart) -> {
            if (FIRST.contains(name) || name.equals(SECOND)) {
                keys.addAll(keep(model, name, chart));
            }
        });
        return keys;
    }

    private List<String> keep(TrainedModel model, String name, Chart chart) {
        ArtifactKey folder = ArtifactKey.of(model.owner()).resolve("models/" + model.id());
        ArtifactKey picture = folder.resolve(name + ".png");
        ArtifactKey figure = folder.resolve(name + ".plotly.json");
        ChartStyle style = ChartStyle.DEFAULT.withLocale(studio.locale());
        studio.artifacts().put(picture, studio.charts().render(chart, ChartFormat.PNG, style));
        studio.artifacts().put(figure, PlotlyJson.of(chart).getBytes(StandardCharsets.UTF_8));
        return List.of(picture.value(), figure.value());
    }
}
