package dev.datastudio.ml.tool.internal;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.tool.ToolContext;
import dev.datastudio.api.tool.ToolResult;
import dev.datastudio.core.Studio;
import dev.datastudio.core.dataset.Datasets;
import dev.datastudio.core.dataset.ImportTarget;
import dev.datastudio.core.tool.internal.Arguments;
import dev.datastudio.core.tool.internal.CheckedTool;
import dev.datastudio.core.tool.internal.DatasetTool;
import dev.datastudio.core.tool.internal.InputSchema;
import dev.datastudio.ml.registry.Models;
import dev.datastudio.ml.registry.Prediction;
import dev.datastudio.ml.registry.TrainedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Predicts rows that are given, or those of a data set into a new one. */
public final class PredictWithModel extends CheckedTool {
    private static final String MODEL = "model";
    private static final String ROWS = "rows";
    private static final String SOURCE = "source_id";
    private static final String NAME = "name";
    private static final int MOST_ROWS = 200;

    private final Studio studio;

    public PredictWithModel(Studio studio) {
        super(
                "predict_with_model",
                "Predicts with a trained model: of rows that are given, or of all rows of a data set, which become a new"
                        + " data set with the predictions beside them.",
                new InputSchema()
                        .required(MODEL, "The id of the model, or its name for the newest version")
                        .schema(
                                ROWS,
                                Map.of(
                                        "type",
                                        "array",
                                        "items",
                                        Map.of("type", "object"),
                                        "maxItems",
                                        MOST_ROWS,
                                        "description",
                                        "Rows as objects: each column that the model predicts from with its value, or"
                                                + " null where it is not known"))
                        .optional(SOURCE, "Instead of rows: the id or name of a data set whose rows are predicted")
                        .optional(NAME, "What the new data set is called"));
        this.studio = studio;
    }

    @Override
    protected ToolResult result(Arguments arguments, ToolContext context) {
        Models models = Models.of(studio).as(context.caller());
        TrainedModel model = ListTrainedModels.find(models, arguments.required(MODEL));
        List<Map<String, Object>> rows = arguments.objects(ROWS);
        String source = arguments.text(SOURCE);
        if (rows.isEmpty() == source.isBlank()) {
            throw Arguments.invalid(
                    rows.isEmpty() ? "There is nothing to predict" : "Both 'rows' and 'source_id' are given",
                    "Give rows with " + model.columns().keySet() + ", or a data set");
        }
        if (rows.size() > MOST_ROWS) {
            throw Arguments.invalid(rows.size() + " rows are given", "Give at most " + MOST_ROWS + ", or a data set");
        }
        return rows.isEmpty() ? dataset(models, model, source, arguments, context) : rows(models, model, rows);
    }

    private static ToolResult rows(Models models, TrainedModel model, List<Map<String, Object>> rows) {
        List<String> lines = new ArrayList<>();
        for (Prediction prediction : models.predict(model.id(), rows)) {
            lines.add((lines.size() + 1) + ". " + ModelText.prediction(model, prediction));
        }
        return ToolResult.of(String.join("\n", lines));
    }

    private ToolResult dataset(
            Models models, TrainedModel model, String source, Arguments arguments, ToolContext context) {
        Datasets own = studio.datasets().as(context.caller());
        Dataset dataset = DatasetTool.find(own, source);
        String name = arguments.text(NAME).isBlank()
                ? dataset.name() + " with " + (model.target().isEmpty() ? model.name() : "predicted " + model.target())
                : Datasets.requireName(arguments.text(NAME));
        if (own.find(name)
                .filter(each -> !each.origin().kind().equals(Models.PREDICTED))
                .isPresent()) {
            throw Arguments.invalid(
                    "There is a data set " + ModelText.quoted(name) + " already, which holds no predictions",
                    "Give another name");
        }
        Dataset predicted = models.predict(
                model.id(),
                dataset,
                ImportTarget.named(name).reportingTo(context.progress()).stoppedBy(context.cancellation()));
        return ToolResult.of("The " + predicted.rowCount() + " rows with their predictions are the data set "
                + ModelText.quoted(predicted.name()) + ", version " + predicted.version() + ", id " + predicted.id()
                + ". The new columns: "
                + predicted.columns().stream()
                        .skip(dataset.columns().size())
                        .map(column -> ModelText.quoted(column.name()))
                        .toList()
                + ".");
    }
}
