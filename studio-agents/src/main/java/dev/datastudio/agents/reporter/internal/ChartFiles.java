package dev.datastudio.agents.reporter.internal;

import dev.datastudio.agents.ask.AnswerArtifact;
import dev.datastudio.agents.reporter.ReportOptions.Pictures;
import dev.datastudio.api.artifact.ArtifactKey;
import dev.datastudio.api.artifact.ArtifactStore;
import dev.datastudio.api.artifact.SupportsLocalPath;
import dev.datastudio.api.chart.Chart;
import dev.datastudio.api.chart.ChartFormat;
import dev.datastudio.api.chart.ChartStyle;
import dev.datastudio.core.artifact.ArtifactPaths;
import dev.datastudio.core.chart.PlotlyJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps a chart as a picture and an interactive figure, under the report's id. */
final class ChartFiles {
    private ChartFiles() {}

    static List<AnswerArtifact> keep(ReportTask task, @Nullable Chart chart) {
        if (chart == null || task.options().pictures() == Pictures.SKIP) {
            return List.of();
        }
        ArtifactPaths paths = ArtifactPaths.of(task.caller(), "report-" + task.id());
        ChartStyle style = ChartStyle.DEFAULT.withLocale(task.studio().locale());
        byte[] picture = task.studio().charts().render(chart, ChartFormat.PNG, style);
        byte[] figure = PlotlyJson.of(chart).getBytes(StandardCharsets.UTF_8);
        return List.of(
                store(task, "image", paths.plot("chart"), picture),
                store(task, "json", paths.folder().resolve("plots/chart.plotly.json"), figure));
    }

    private static AnswerArtifact store(ReportTask task, String type, ArtifactKey key, byte[] content) {
        ArtifactStore store = task.studio().artifacts();
        store.put(key, content);
        String path =
                store instanceof SupportsLocalPath local ? local.localPath(key).toString() : "";
        return new AnswerArtifact(type, "chart", key.value(), path);
    }
}
