package dev.datastudio.ml.tool.internal;

import dev.datastudio.core.Studio;
import dev.datastudio.core.tool.internal.Arguments;
import dev.datastudio.ml.TrainingRequest;
import dev.datastudio.ml.algorithm.Algorithm;
import dev.datastudio.ml.spec.TrainingSpec;
import dev.datastudio.ml.tune.Budget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Trains a model of a table, or the best of many within a budget. */
public final class TrainModel extends TrainingTool {
    private static final String ALGORITHM = "algorithm";
    private static final String PARAMETERS = "parameters";
    private static final String BUDGET = "budget_seconds";
    private static final String BEST = "best";
    private static final String BY_DEFAULT = "random_forest";
    private static final int DEFAULT_SECONDS = 30;
    /** A tool has two minutes, and the best is trained after its search. */
    private static final int MOST_SECONDS = 90;

    public TrainModel(Studio studio) {
        super(
                studio,
                "train_ml_model",
                "Trains a model that predicts a column of a data set from its other columns, judges it on rows that it"
                        + " has not seen, beside a baseline, and keeps it. Numbers are predicted by regression, words by"
                        + " classification.",
                schema().choice(
                                ALGORITHM,
                                algorithms(),
                                BY_DEFAULT,
                                "What is trained; best tries many kinds within budget_seconds and keeps the best")
                        .object(
                                PARAMETERS,
                                "Parameters of the algorithm, all optional, with ranges and defaults. "
                                        + Kinds.parameters(Kinds.classical(), List.of()))
                        .count(BUDGET, MOST_SECONDS, "How long best looks, " + DEFAULT_SECONDS + " unless told"));
    }

    private static List<String> algorithms() {
        List<String> names = new ArrayList<>(Kinds.names(Kinds.classical()));
        names.add(BEST);
        return names;
    }

    @Override
    TrainingRequest request(TrainingRequest plain, Arguments arguments) {
        String name = arguments.choice(ALGORITHM, algorithms(), BY_DEFAULT);
        Map<String, Object> parameters =
                arguments.objects(PARAMETERS).stream().findFirst().orElse(Map.of());
        if (!name.equals(BEST)) {
            return with(plain, plain.spec().with(Algorithm.of(name, parameters)));
        }
        if (!parameters.isEmpty()) {
            throw Arguments.invalid("'parameters' were given for best", "Leave them out, or name one algorithm");
        }
        int seconds = arguments.count(BUDGET, DEFAULT_SECONDS, MOST_SECONDS);
        return plain.bestWithin(Budget.of(Duration.ofSeconds(seconds)));
    }

    static TrainingRequest with(TrainingRequest plain, TrainingSpec spec) {
        return new TrainingRequest(
                plain.dataset(), spec, plain.budget(), plain.name(), plain.description(), plain.time(), plain.limits());
    }
}
