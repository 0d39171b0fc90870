package dev.datastudio.ml.tool.internal;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.tool.ToolContext;
import dev.datastudio.api.tool.ToolResult;
import dev.datastudio.core.Studio;
import dev.datastudio.core.dataset.ImportTarget;
import dev.datastudio.core.tool.internal.Arguments;
import dev.datastudio.core.tool.internal.CheckedTool;
import dev.datastudio.core.tool.internal.InputSchema;
import dev.datastudio.ml.registry.Models;
import dev.datastudio.ml.registry.TrainedModel;
import dev.datastudio.ml.spec.TrainingSpec;
import java.util.Map;

/** Has a generative network make rows, into a new data set. */
public final class GenerateRows extends CheckedTool {
    private static final String MODEL = "model";
    private static final String ROWS = "rows";
    private static final String SEED = "seed";
    private static final String NAME = "name";
    private static final int BY_DEFAULT = 1_000;

    private final Studio studio;

    public GenerateRows(Studio studio) {
        super(
                "generate_rows",
                "Makes new rows like those that a generative_network learnt from, as a new data set. They are made by a"
                        + " model, not real: say so wherever they are used.",
                new InputSchema()
                        .required(MODEL, "The id of the generative network, or its name for the newest version")
                        .count(ROWS, (int) Models.MOST_MADE, "How many rows, " + BY_DEFAULT + " unless told")
                        .schema(
                                SEED,
                                Map.of(
                                        "type",
                                        "integer",
                                        "default",
                                        TrainingSpec.DEFAULT_SEED,
                                        "description",
                                        "A whole number: the same makes the same rows"))
                        .optional(NAME, "What the new data set is called"));
        this.studio = studio;
    }

    @Override
    protected ToolResult result(Arguments arguments, ToolContext context) {
        Models models = Models.of(studio).as(context.caller());
        TrainedModel model = ListTrainedModels.find(models, arguments.required(MODEL));
        String name = arguments.text(NAME).isBlank() ? Models.madeBy(model) : arguments.text(NAME);
        Dataset made = models.generate(
                model.id(),
                arguments.count(ROWS, BY_DEFAULT, (int) Models.MOST_MADE),
                seed(arguments),
                ImportTarget.named(name).reportingTo(context.progress()).stoppedBy(context.cancellation()));
        return ToolResult.of("The " + made.rowCount() + " rows that the model made are the data set "
                + ModelText.quoted(made.name()) + ", version " + made.version() + ", id " + made.id()
                + ". None of them is real.");
    }

    private static long seed(Arguments arguments) {
        double seed = arguments.number(SEED, TrainingSpec.DEFAULT_SEED);
        if (seed != Math.rint(seed) || Math.abs(seed) > Integer.MAX_VALUE) {
            throw Arguments.invalid(
                    "The argument 'seed' is " + seed,
                    "Give a whole number from -" + Integer.MAX_VALUE + " to " + Integer.MAX_VALUE);
        }
        return (long) seed;
    }
}
