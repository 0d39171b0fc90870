package dev.datastudio.cli;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.Studio;
import dev.datastudio.ml.TrainingJobs;
import dev.datastudio.ml.TrainingRequest;
import dev.datastudio.ml.algorithm.Algorithm;
import dev.datastudio.ml.spec.Preparation;
import dev.datastudio.ml.spec.Split;
import dev.datastudio.ml.spec.TrainingSpec;
import dev.datastudio.ml.tune.Budget;
import dev.datastudio.ml.tune.Tuned;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code studio train FILE [TARGET]}: a model of a file, judged beside a baseline and kept (A3, A4, A25). */
@Command(
        name = "train",
        description =
                "Trains a model that predicts a column of a file, or learns what its rows are like, judges it and keeps it.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "./studio train sales.csv profit --algorithm gradient_boosting --set rounds=200",
            "./studio train sales.csv profit --best 2m",
            "./studio train reviews.csv verdict --algorithm logistic_regression --prepare texts=embedding",
            "./studio train sales.csv --algorithm autoencoder          which rows are unusual",
            "./studio train sales.csv --algorithm generative_network   to make rows like them"
        })
final class TrainCommand implements Callable<Integer> {
    private static final Pattern TIME = Pattern.compile("(\\d{1,5})\\s*(s|m|h|)");
    private static final Duration MOST = Duration.ofHours(5);

    @Parameters(index = "0", paramLabel = "FILE", description = "what is learnt from")
    private String file = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "TARGET",
            description = "the column that is predicted; left out for an algorithm that learns without one")
    private String target = "";

    @Option(names = "--algorithm", paramLabel = "NAME", description = "what is trained; random_forest unless told")
    private String algorithm = "";

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "a parameter of the algorithm; can be given several times")
    private Map<String, String> parameters = new LinkedHashMap<>();

    @Option(
            names = "--prepare",
            paramLabel = "NAME=VALUE",
            description =
                    "how columns become numbers, such as texts=embedding, texts by their meaning; can be given several"
                            + " times")
    private Map<String, String> preparation = new LinkedHashMap<>();

    @Option(names = "--best", paramLabel = "TIME", description = "look for the best of many for so long: 90s, 2m")
    private String best = "";

    @Option(names = "--features", split = ",", paramLabel = "COLUMNS", description = "predict it from these columns")
    private List<String> features = List.of();

    @Option(names = "--latest-by", paramLabel = "COLUMN", description = "judge it on the latest rows by this column")
    private String time = "";

    @Option(names = "--name", paramLabel = "NAME", description = "what the model is called")
    private String name = "";

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    @Mixin
    private WorkspaceOption workspace = new WorkspaceOption();

    private final Terminal terminal;

    TrainCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (Studio studio = workspace.open()) {
            Dataset dataset = new DataFiles(studio, terminal).open(file);
            TrainingRequest asked = request(dataset);
            Tuned tuned;
            try (ProgressLine progress = terminal.progressOf("Training")) {
                tuned = TrainingJobs.of(studio).train(studio.caller(), asked, terminal.cancellation(), progress);
            }
            terminal.out().println(json ? TrainedJson.of(tuned) : TrainedText.card(tuned.model()));
            return StudioCommand.OK;
        }
    }

    private TrainingRequest request(Dataset dataset) {
        TrainingSpec spec = (target.isEmpty()
                        ? TrainingSpec.without(learnsWithout())
                        : TrainingSpec.predicting(dataset.column(target).name()))
                .from(features)
                .with(Preparation.of(preparation));
        if (!time.isEmpty()) {
            spec = spec.with(
                    new Split(Split.DEFAULT.testShare(), dataset.column(time).name(), ""));
        }
        if (!best.isEmpty() && (!algorithm.isEmpty() || !parameters.isEmpty())) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "--best looks for the algorithm itself",
                    "Leave --algorithm and --set out, or --best");
        }
        String kind = algorithm.isEmpty() ? spec.algorithm().name() : algorithm;
        TrainingRequest asked = TrainingRequest.of(dataset, spec.with(Algorithm.of(kind, parameters)))
                .named(name);
        return best.isEmpty() ? asked : asked.bestWithin(Budget.of(duration(best)));
    }

    private Algorithm learnsWithout() {
        Algorithm asked = algorithm.isEmpty() ? null : Algorithm.of(algorithm, parameters);
        if (asked == null || asked.needsTarget()) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "There is no column to predict",
                    "Name it behind the file, or say --algorithm autoencoder or generative_network, which learn without one");
        }
        return asked;
    }

    /** A time such as {@code 90}, {@code 90s}, {@code 2m}, {@code 1h}. */
    static Duration duration(String text) {
        Matcher parts = TIME.matcher(text.strip());
        if (parts.matches()) {
            long count = Long.parseLong(parts.group(1));
            Duration time = switch (parts.group(2)) {
                case "h" -> Duration.ofHours(count);
                case "m" -> Duration.ofMinutes(count);
                default -> Duration.ofSeconds(count);
            };
            if (!time.isZero() && time.compareTo(MOST) <= 0) {
                return time;
            }
        }
        throw new StudioException(
                ErrorCode.INVALID_ARGUMENT,
                "--best is " + StudioException.quote(text),
                "Give a time up to 5h, such as 90s or 2m");
    }
}
