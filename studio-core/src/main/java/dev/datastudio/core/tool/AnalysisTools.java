package dev.datastudio.core.tool;

import dev.datastudio.api.artifact.ArtifactStore;
import dev.datastudio.api.chart.ChartRenderer;
import dev.datastudio.api.chart.ChartStyle;
import dev.datastudio.api.tool.Tool;
import dev.datastudio.core.dataset.Datasets;
import dev.datastudio.core.query.QueryEngines;
import dev.datastudio.core.table.TableSources;
import dev.datastudio.core.tool.internal.CreateVisualization;
import dev.datastudio.core.tool.internal.EdaAnalysis;
import dev.datastudio.core.tool.internal.GetDatasetInfo;
import dev.datastudio.core.tool.internal.HypothesisTest;
import dev.datastudio.core.tool.internal.SqlQuery;
import java.util.List;
import java.util.Objects;

/**
 * The tools that analyse data sets: {@code get_dataset_info}, {@code eda_analysis}, {@code hypothesis_test},
 * {@code create_visualization} and {@code sql_query}. Each names its data set by {@code source_id} and sees only those
 * of its caller.
 *
 * <p>Nothing in the arguments is run but the statement of {@code sql_query}, which goes through the engine's gate:
 * columns are looked up by name, everything else is one of a list or a number.
 * {@code create_visualization} writes a picture and a Plotly figure beside the data set's other files, under names of
 * their own; the same request gives the same names.
 */
public final class AnalysisTools {
    private AnalysisTools() {}

    /**
     * What charts are drawn with. Immutable.
     *
     * @param artifacts where pictures and figures go
     * @param renderer what draws them
     * @param style their size and language
     */
    public record Drawing(ArtifactStore artifacts, ChartRenderer renderer, ChartStyle style) {
        public Drawing {
            Objects.requireNonNull(artifacts, "artifacts");
            Objects.requireNonNull(renderer, "renderer");
            Objects.requireNonNull(style, "style");
        }
    }

    /**
     * All five, over the data sets of whoever calls them; everything given stays open.
     *
     * @param sources what {@code sql_query} opens: the same data sets, and databases
     */
    public static List<Tool> over(Datasets datasets, QueryEngines engines, TableSources sources, Drawing drawing) {
        return List.of(
                new GetDatasetInfo(datasets),
                new EdaAnalysis(datasets),
                new HypothesisTest(datasets, engines),
                new CreateVisualization(datasets, engines, drawing),
                new SqlQuery(sources, datasets, engines));
    }
}
