package dev.datastudio.ml.tool.internal;

import dev.datastudio.api.tool.ToolContext;
import dev.datastudio.api.tool.ToolResult;
import dev.datastudio.core.Studio;
import dev.datastudio.core.tool.internal.Arguments;
import dev.datastudio.core.tool.internal.CheckedTool;
import dev.datastudio.core.tool.internal.InputSchema;
import dev.datastudio.ml.registry.Models;
import dev.datastudio.ml.registry.TrainedModel;
import java.util.ArrayList;
import java.util.List;

/** Lists the caller's trained models. */
public final class ListTrainedModels extends CheckedTool {
    private static final int SHOWN = 50;

    private final Studio studio;

    public ListTrainedModels(Studio studio) {
        super(
                "list_trained_models",
                "Lists the models that were trained or imported: what each tells, how good it is beside its baseline where it"
                        + " has one, and its id.",
                new InputSchema().optional("target", "Only models that predict this column"));
        this.studio = studio;
    }

    @Override
    protected ToolResult result(Arguments arguments, ToolContext context) {
        String target = arguments.text("target").strip();
        List<TrainedModel> models = Models.of(studio).as(context.caller()).list().stream()
                .filter(model -> target.isEmpty() || model.target().equalsIgnoreCase(target))
                .toList();
        if (models.isEmpty()) {
            return ToolResult.of("No model was trained yet" + (target.isEmpty() ? "." : " that predicts it."));
        }
        List<String> lines = new ArrayList<>();
        lines.add("Trained models (" + Math.min(SHOWN, models.size()) + " shown, " + models.size() + " total):");
        models.stream().limit(SHOWN).map(ModelText::line).forEach(lines::add);
        return ToolResult.of(String.join("\n", lines));
    }

    /** A model by its id, or the newest of a name. */
    static TrainedModel find(Models models, String model) {
        return models.find(model.strip()).orElseGet(() -> models.get(model.strip()));
    }
}
