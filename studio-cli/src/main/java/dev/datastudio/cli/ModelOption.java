package dev.datastudio.cli;

import dev.datastudio.agents.ask.AskOptions;
import dev.datastudio.agents.ask.ModelPlanning;
import dev.datastudio.agents.ask.ModelPlanning.Policy;
import dev.datastudio.agents.model.Models;
import dev.datastudio.agents.planner.model.ModelPlanner;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.Studio;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which model may read a question, and when. */
final class ModelOption {
    @Option(
            names = "--model",
            paramLabel = "CONFIG",
            description = "a configured model that may read the question; 'active' for the active one")
    private @Nullable String model;

    @Option(
            names = "--model-policy",
            paramLabel = "POLICY",
            defaultValue = "built-in-first",
            description =
                    "when the model is asked: built-in-first (where that is not certain), model-first, model-only")
    private String policy = "";

    /** The options with the model, if one was named. */
    AskOptions applied(Studio studio, AskOptions options) {
        if (model == null) {
            return options;
        }
        Models models = Models.of(studio);
        ModelPlanner planner = ModelPlanner.of(models, models.config(model.equals("active") ? "" : model));
        return options.withModel(new ModelPlanning(planner, policy()));
    }

    private Policy policy() {
        List<String> known = new ArrayList<>();
        for (Policy each : Policy.values()) {
            String word = each.name().toLowerCase(Locale.ROOT).replace('_', '-');
            if (word.equals(policy)) {
                return each;
            }
            known.add(word);
        }
        throw new StudioException(
                ErrorCode.INVALID_ARGUMENT,
                "--model-policy is " + StudioException.quote(policy),
                "Use one of " + known);
    }
}
