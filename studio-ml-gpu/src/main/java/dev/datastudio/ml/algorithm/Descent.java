package dev.datastudio.ml.algorithm;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.ml.algorithm.internal.Parameters;
import java.util.Locale;

/** How deep models are trained: by gradients of some rows at a time. Immutable. */
public record Descent(
        @Parameter(byDefault = "50", min = 1, max = 1000, meaning = "most passes over the training rows")
        int epochs,

        @Parameter(byDefault = "32", min = 1, max = 512, meaning = "rows a step")
        int batch,

        @Parameter(byDefault = "0.001", min = 1e-5, max = 1, meaning = "size of a step")
        double learningRate,

        @Parameter(
                byDefault = "10",
                min = 0,
                max = 1000,
                meaning =
                        "ends after so many passes that did not better the validation rows, with the best; 0 for never")
        int patience,

        @Parameter(byDefault = "ADAM", meaning = "how a step is made of a slope")
        Optimizer optimizer,

        @Parameter(byDefault = "CONSTANT", meaning = "how the learning rate goes on")
        Schedule schedule,

        @Parameter(byDefault = "pytorch", meaning = "what computes; pytorch only")
        String framework) {
    /** With the defaults of its parameters. */
    public static final Descent DEFAULT = Parameters.defaults(Descent.class);

    /** @throws StudioException with {@code INVALID_ARGUMENT} if a value is out of its range, or for another framework */
    public Descent {
        Parameters.check(Descent.class, epochs, batch, learningRate, patience, optimizer, schedule, framework);
        framework = framework.strip().toLowerCase(Locale.ROOT);
        if (framework.equals("tensorflow")) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "Models can't be trained with tensorflow: its engine for Java only runs models that were made elsewhere",
                    "Use pytorch");
        }
        if (!framework.equals("pytorch")) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "There is no framework " + StudioException.quote(framework),
                    "Use pytorch");
        }
    }
}
