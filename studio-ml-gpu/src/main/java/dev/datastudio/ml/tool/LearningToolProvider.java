package dev.datastudio.ml.tool;

import dev.datastudio.api.tenant.Caller;
import dev.datastudio.api.tool.Tool;
import dev.datastudio.core.Studio;
import dev.datastudio.core.tool.ToolProvider;
import dev.datastudio.ml.tool.internal.DescribeTrainedModel;
import dev.datastudio.ml.tool.internal.GenerateRows;
import dev.datastudio.ml.tool.internal.Kinds;
import dev.datastudio.ml.tool.internal.ListTrainedModels;
import dev.datastudio.ml.tool.internal.PredictWithModel;
import dev.datastudio.ml.tool.internal.TrainDeep;
import dev.datastudio.ml.tool.internal.TrainModel;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives agents and protocols the tools that train and use models. They count as reading: a training changes nothing that
 * is there, it keeps something new, as a chart does. Thread-safe.
 */
public final class LearningToolProvider implements ToolProvider {
    @Override
    public String name() {
        return "learning";
    }

    @Override
    public String description() {
        return "Trains models on data sets and predicts with them.";
    }

    @Override
    public List<Tool> tools(Studio studio, Caller caller) {
        List<Tool> tools = new ArrayList<>();
        tools.add(new TrainModel(studio));
        if (!Kinds.deep().isEmpty()) {
            tools.add(new TrainDeep(studio));
        }
        tools.add(new PredictWithModel(studio));
        tools.add(new GenerateRows(studio));
        tools.add(new ListTrainedModels(studio));
        tools.add(new DescribeTrainedModel(studio));
        return tools;
    }
}
