package dev.datastudio.app.learning;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.datastudio.api.chart.Chart;
import dev.datastudio.core.chart.ChartTable;
import dev.datastudio.core.chart.PlotlyJson;
import dev.datastudio.ml.evaluate.ModelCharts;
import dev.datastudio.ml.registry.ModelSource;
import dev.datastudio.ml.registry.TrainedModel;
import dev.datastudio.ml.spec.TrainingSpecJson;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a trained model. Immutable.
 *
 * @param model what lists show
 * @param description what people should know of it; may be empty
 * @param columns what it predicts from, and what their values are, in order
 * @param classes what it tells apart, in order; empty for numbers
 * @param features what the columns became
 * @param found what people should know of what it tells, where it was found without a target: each group, each component,
 *     what is usual, a sentence each; else empty
 * @param warnings what was noticed, whole sentences
 * @param trainRows how many rows it learnt from; 0 when it was imported
 * @param testRows how many it was judged on
 * @param metrics the main one first
 * @param folds the main metric in each fold of a cross-validation; empty when there was none
 * @param charts what shows how good it is, and what it goes by
 * @param device what it was trained on
 * @param tookMillis how long the training took
 * @param bytes what is kept of it
 * @param spec what makes it again from the same data; empty when it was imported
 * @param numbers the names of the numbers that it tells of a row; empty when it predicts a number or classes
 * @param file the name of the file that it was imported from; empty when it was not
 * @param producer what made that file; empty when that is not known
 */
@Schema(name = "ModelCard")
record ModelCardView(
        TrainedModelView model,
        String description,
        List<Input> columns,
        List<String> classes,
        List<String> features,
        List<String> found,
        List<String> warnings,
        long trainRows,
        long testRows,
        List<TrainedModelView.Score> metrics,
        List<Double> folds,
        List<ModelChart> charts,
        String device,
        long tookMillis,
        long bytes,

        @Schema(type = "object", additionalProperties = Schema.AdditionalPropertiesValue.TRUE) @JsonRawValue
        String spec,

        List<String> numbers,
        String file,
        String producer) {
    /**
     * A column that a model predicts from.
     *
     * @param name of the column
     * @param type what its values are: {@code decimal}, {@code text}, …
     */
    @Schema(name = "ModelColumn")
    record Input(String name, String type) {}

    /**
     * A chart of a model.
     *
     * @param name {@code confusion}, {@code roc}, {@code importances}, …
     * @param title what it shows
     * @param figure as Plotly draws it
     * @param columns of its numbers as a table
     * @param rows each as wide as the columns
     */
    @Schema(name = "ModelChart")
    record ModelChart(
            String name,
            String title,

            @Schema(type = "object", additionalProperties = Schema.AdditionalPropertiesValue.TRUE) @JsonRawValue
            String figure,

            List<String> columns,
            List<List<@Nullable Object>> rows) {
        static ModelChart of(String name, Chart chart) {
            ChartTable table = ChartTable.of(chart);
            return new ModelChart(name, chart.text().title(), PlotlyJson.of(chart), table.columns(), table.rows());
        }
    }

    static ModelCardView of(TrainedModel model) {
        List<Input> columns = new ArrayList<>();
        model.columns().forEach((name, type) -> columns.add(new Input(name, Words.of(type))));
        return new ModelCardView(
                TrainedModelView.of(model),
                model.description(),
                columns,
                model.classes(),
                model.features(),
                model.source() instanceof ModelSource.Explored explored ? explored.found() : List.of(),
                model.warnings(),
                model.learntFrom().map(TrainedModel.Data::trainRows).orElse(0L),
                model.evaluation().rows(),
                TrainedModelView.scores(model),
                model.evaluation().folds(),
                charts(model).entrySet().stream()
                        .map(each -> ModelChart.of(each.getKey(), each.getValue()))
                        .toList(),
                model.device(),
                model.took().toMillis(),
                model.bytes(),
                spec(model),
                model.signature().numbers(),
                model.source() instanceof ModelSource.Imported imported ? imported.file() : "",
                model.source() instanceof ModelSource.Imported imported ? imported.producer() : "");
    }

    private static String spec(TrainedModel model) {
        if (model.source() instanceof ModelSource.Trained trained) {
            return TrainingSpecJson.write(trained.spec());
        }
        return model.source() instanceof ModelSource.Explored explored ? explored.spec() : "{}";
    }

    private static Map<String, Chart> charts(TrainedModel model) {
        Map<String, Chart> charts =
                new LinkedHashMap<>(ModelCharts.of(model.evaluation(), model.target(), model.classes()));
        if (!model.history().isEmpty()) {
            String learnt = model.target().isEmpty() ? "rows" : model.target();
            charts.put("losses", Losses.chart(learnt, model.history()));
        }
        return charts;
    }
}
