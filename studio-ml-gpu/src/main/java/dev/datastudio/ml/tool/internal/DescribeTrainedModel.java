package dev.datastudio.ml.tool.internal;

import dev.datastudio.api.tool.ToolContext;
import dev.datastudio.api.tool.ToolResult;
import dev.datastudio.core.Studio;
import dev.datastudio.core.text.internal.OutsideText;
import dev.datastudio.core.tool.internal.Arguments;
import dev.datastudio.core.tool.internal.CheckedTool;
import dev.datastudio.core.tool.internal.InputSchema;
import dev.datastudio.ml.registry.ModelSource;
import dev.datastudio.ml.registry.Models;
import dev.datastudio.ml.registry.TrainedModel;
import dev.datastudio.ml.spec.TrainingSpecJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Says all that is known of a trained model. */
public final class DescribeTrainedModel extends CheckedTool {
    private static final int MOST_COLUMNS = 100;

    private final Studio studio;

    public DescribeTrainedModel(Studio studio) {
        super(
                "describe_trained_model",
                "Says what a trained model predicts and from which columns, how good it is beside its baseline, what was"
                        + " noticed in training, and the spec that trains it again.",
                new InputSchema().required("model", "The id of the model, or its name for the newest version"));
        this.studio = studio;
    }

    @Override
    protected ToolResult result(Arguments arguments, ToolContext context) {
        Models models = Models.of(studio).as(context.caller());
        TrainedModel model = ListTrainedModels.find(models, arguments.required("model"));
        List<String> lines = new ArrayList<>(ModelText.summary(model));
        lines.add("It predicts from: "
                + model.columns().entrySet().stream()
                        .limit(MOST_COLUMNS)
                        .map(each -> OutsideText.line(each.getKey(), 200) + " ("
                                + each.getValue().name().toLowerCase(Locale.ROOT) + ")")
                        .collect(Collectors.joining(", "))
                + (model.columns().size() > MOST_COLUMNS ? " and others" : "") + ".");
        if (!model.classes().isEmpty()) {
            lines.add("It tells apart: "
                    + model.classes().stream().map(ModelText::quoted).collect(Collectors.joining(", ")) + ".");
        }
        if (!model.description().isBlank()) {
            lines.add("Description: " + OutsideText.line(model.description(), 2_000));
        }
        if (model.source() instanceof ModelSource.Trained trained) {
            lines.add("Spec: " + TrainingSpecJson.write(trained.spec()));
        } else if (model.source() instanceof ModelSource.Explored explored) {
            lines.add("Spec: " + explored.spec());
        }
        return ToolResult.of(String.join("\n", lines));
    }
}
