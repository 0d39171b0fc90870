package dev.datastudio.ml.tool.internal;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.tool.ToolContext;
import dev.datastudio.api.tool.ToolResult;
import dev.datastudio.core.Studio;
import dev.datastudio.core.tool.internal.Arguments;
import dev.datastudio.core.tool.internal.CheckedTool;
import dev.datastudio.core.tool.internal.DatasetTool;
import dev.datastudio.core.tool.internal.InputSchema;
import dev.datastudio.ml.TrainingJobs;
import dev.datastudio.ml.TrainingOptions;
import dev.datastudio.ml.TrainingRequest;
import dev.datastudio.ml.spec.Split;
import dev.datastudio.ml.spec.TrainingSpec;
import dev.datastudio.ml.tune.Tuned;
import java.util.ArrayList;
import java.util.List;

/** What both tools that train share: they train in the queue for trainings, and wait for it. */
abstract class TrainingTool extends CheckedTool {
    private static final String SOURCE = "source_id";
    private static final String TARGET = "target";
    private static final String FEATURES = "features";
    private static final String NAME = "name";
    private static final String TIME = "time_column";

    private final Studio studio;

    TrainingTool(Studio studio, String name, String description, InputSchema schema) {
        super(name, description, schema);
        this.studio = studio;
    }

    /** What the tools of models ask that predict a column. */
    static InputSchema schema() {
        return schema(source().required(TARGET, "The column to predict"));
    }

    /** The same for tools some of whose models predict none. */
    static InputSchema schema(String target) {
        return schema(source().optional(TARGET, target));
    }

    private static InputSchema source() {
        return new InputSchema().required(SOURCE, "The id of the data set, or its name for the newest version");
    }

    private static InputSchema schema(InputSchema begun) {
        return begun.texts(FEATURES, "The columns to predict it from; all that can tell something when left out")
                .optional(TIME, "A column of times: the model is judged on the latest rows instead of some by chance")
                .optional(NAME, "What the model is called; another model of that name becomes its next version");
    }

    /** What is learnt where no column is named that is to be predicted. */
    TrainingSpec without(Arguments arguments) {
        return TrainingSpec.predicting(arguments.required(TARGET)); // says that it is missing
    }

    /** The request with what this tool trains. */
    abstract TrainingRequest request(TrainingRequest plain, Arguments arguments);

    @Override
    protected final ToolResult result(Arguments arguments, ToolContext context) {
        Dataset dataset = DatasetTool.find(studio.datasets().as(context.caller()), arguments.required(SOURCE));
        String target = arguments.text(TARGET);
        TrainingSpec spec = target.isBlank()
                ? without(arguments)
                : TrainingSpec.predicting(dataset.column(target).name());
        spec = spec.from(arguments.texts(FEATURES).stream()
                .map(name -> dataset.column(name).name())
                .toList());
        String time = arguments.text(TIME);
        if (!time.isBlank()) {
            spec = spec.with(
                    new Split(Split.DEFAULT.testShare(), dataset.column(time).name(), ""));
        }
        String name = arguments.text(NAME);
        if (name.length() > TrainingOptions.MAX_NAME) {
            throw Arguments.invalid(
                    "The argument 'name' has " + name.length() + " characters",
                    "Give at most " + TrainingOptions.MAX_NAME);
        }
        TrainingRequest asked = request(TrainingRequest.of(dataset, spec).named(name), arguments);
        Tuned tuned =
                TrainingJobs.of(studio).train(context.caller(), asked, context.cancellation(), context.progress());
        List<String> lines = new ArrayList<>(ModelText.summary(tuned.model()));
        lines.addAll(ModelText.tries(tuned));
        List<String> keys = ModelFiles.of(studio).charts(tuned.model());
        keys.forEach(key -> lines.add((key.endsWith(".png") ? "Picture: " : "Interactive figure: ") + key));
        return new ToolResult(String.join("\n", lines), false, keys);
    }
}
