package dev.datastudio.cli;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.Studio;
import dev.datastudio.core.artifact.Slugs;
import dev.datastudio.core.dataset.ImportTarget;
import dev.datastudio.ml.drift.Drift;
import dev.datastudio.ml.registry.Comparison;
import dev.datastudio.ml.registry.Explanation;
import dev.datastudio.ml.registry.ModelCard;
import dev.datastudio.ml.registry.Models;
import dev.datastudio.ml.registry.TrainedModel;
import dev.datastudio.ml.spec.TrainingSpec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code studio trained [ACTION] [MODEL]}: the models that were trained: used, questioned, taken away and brought in (A5, A6). */
@Command(
        name = "trained",
        description =
                "Lists, shows, uses, questions and deletes the models that './studio train' trained, and imports ONNX files.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "./studio trained                          all of them",
            "./studio trained show MODEL               what is known of it",
            "./studio trained predict MODEL FILE       a file with its predictions",
            "./studio trained generate MODEL --rows N  rows that it makes, as a new data set",
            "./studio trained explain MODEL size=3     what each column adds",
            "./studio trained drift MODEL FILE         are its rows like those of training",
            "./studio trained compare MODEL MODEL      models side by side",
            "./studio trained card MODEL [--out FILE]  its card as Markdown",
            "./studio trained onnx MODEL [--out FILE]  as an ONNX file",
            "./studio trained delete MODEL",
            "./studio trained import FILE              an ONNX file as a model"
        })
final class TrainedCommand implements Callable<Integer> {
    private static final int MANY = Models.MOST_COMPARED;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "ACTION",
            description =
                    "list (the default), show, predict, generate, explain, drift, compare, card, onnx, delete or import; see below")
    private String action = "list";

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "WORD",
            description = "the name of the model, or its id; then a file, values or other models")
    private List<String> words = List.of();

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "what the data set with the predictions or the made rows, or the imported model is called")
    private String name = "";

    @Option(names = "--rows", paramLabel = "N", description = "how many rows are made; 1000 unless told")
    private long rows = 1_000;

    @Option(names = "--seed", paramLabel = "N", description = "the same seed makes the same rows; 42 unless told")
    private long seed = TrainingSpec.DEFAULT_SEED;

    @Option(names = "--label", paramLabel = "CLASS", description = "the class that is explained")
    private String label = "";

    @Option(names = "--out", paramLabel = "FILE", description = "where the card or the ONNX file goes")
    private @Nullable Path out;

    @Option(names = "--replace", description = "replace that file if it is there")
    private boolean replace;

    @Mixin
    private OnnxImportOptions importing = new OnnxImportOptions();

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    @Mixin
    private WorkspaceOption workspace = new WorkspaceOption();

    private final Terminal terminal;

    TrainedCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /** What can be done, with how many words behind it. */
    private enum Action {
        LIST("no model", 0, 0),
        SHOW("one model", 1, 1),
        PREDICT("a model and a file", 2, 2),
        GENERATE("one model", 1, 1),
        EXPLAIN("a model and values such as quantity=3", 2, Integer.MAX_VALUE),
        DRIFT("a model and a file", 2, 2),
        COMPARE("2 to " + MANY + " models", 2, MANY),
        CARD("one model; a file is named after --out", 1, 1),
        ONNX("one model; a file is named after --out", 1, 1),
        DELETE("one model", 1, 1),
        IMPORT("one ONNX file", 1, 1);

        private final String takes;
        private final int least;
        private final int most;

        Action(String takes, int least, int most) {
            this.takes = takes;
            this.least = least;
            this.most = most;
        }
    }

    @Override
    public Integer call() {
        Action asked = Arrays.stream(Action.values())
                .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(action))
                .findFirst()
                .orElseThrow(() -> new StudioException(
                        ErrorCode.INVALID_ARGUMENT,
                        "There is nothing that trained models can " + StudioException.quote(action),
                        "Say list, show, predict, generate, explain, drift, compare, card, onnx, delete or import"));
        if (words.size() < asked.least || words.size() > asked.most) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "'" + action + "' takes " + asked.takes,
                    asked == Action.IMPORT
                            ? "Name the file: ./studio trained import model.onnx"
                            : "Name a model by its name or id; './studio trained' lists them");
        }
        try (Studio studio = workspace.open()) {
            Models models = Models.of(studio);
            switch (asked) {
                case LIST -> list(models.list());
                case SHOW -> show(find(models));
                case PREDICT -> predict(studio, models);
                case GENERATE -> generate(models);
                case EXPLAIN -> explain(models);
                case DRIFT -> drift(studio, models);
                case COMPARE -> compare(models);
                case CARD -> card(find(models));
                case ONNX -> onnx(models);
                case DELETE -> delete(models);
                case IMPORT -> show(models.importOnnx(Path.of(words.get(0)), importing.options(name)));
            }
            return StudioCommand.OK;
        }
    }

    private TrainedModel find(Models models) {
        return find(models, words.get(0));
    }

    private static TrainedModel find(Models models, String model) {
        return models.find(model).orElseGet(() -> models.get(model));
    }

    private void list(List<TrainedModel> all) {
        if (json) {
            terminal.out().println(TrainedJson.of(all));
        } else if (all.isEmpty()) {
            terminal.out().println("There are no trained models yet. Train one: ./studio train FILE TARGET");
        } else {
            all.forEach(each -> terminal.out().println(TrainedText.line(each)));
        }
    }

    private void show(TrainedModel each) {
        terminal.out().println(json ? TrainedJson.of(each) : TrainedText.card(each));
    }

    private void predict(Studio studio, Models models) {
        TrainedModel found = find(models);
        Dataset dataset = new DataFiles(studio, terminal).open(words.get(1));
        String called = name.isEmpty()
                ? dataset.name() + " with " + (found.target().isEmpty() ? found.name() : "predicted " + found.target())
                : name;
        Dataset predicted;
        try (ProgressLine progress = terminal.progressOf("Predicting")) {
            ImportTarget target =
                    ImportTarget.named(called).reportingTo(progress).stoppedBy(terminal.cancellation());
            predicted = models.predict(found.id(), dataset, target);
        }
        terminal.out()
                .println(
                        json
                                ? TrainedJson.dataset(predicted)
                                : predicted.name() + ", version " + predicted.version() + ": " + predicted.rowCount()
                                        + " rows with their predictions, as the table " + predicted.table());
    }

    private void generate(Models models) {
        TrainedModel found = find(models);
        String called = name.isEmpty() ? Models.madeBy(found) : name;
        Dataset made;
        try (ProgressLine progress = terminal.progressOf("Making rows")) {
            ImportTarget target =
                    ImportTarget.named(called).reportingTo(progress).stoppedBy(terminal.cancellation());
            made = models.generate(found.id(), rows, seed, target);
        }
        terminal.out()
                .println(
                        json
                                ? TrainedJson.dataset(made)
                                : made.name() + ", version " + made.version() + ": " + made.rowCount()
                                        + " rows that the model made, none of them real, as the table " + made.table());
    }

    private void explain(Models models) {
        TrainedModel found = find(models);
        Map<String, @Nullable Object> row = TypedRow.of(found, words.subList(1, words.size()));
        Explanation why = label.isEmpty() ? models.explain(found.id(), row) : models.explain(found.id(), row, label);
        terminal.out().println(json ? TrainedJson.of(why) : TrainedText.of(found, row, why));
    }

    private void drift(Studio studio, Models models) {
        TrainedModel found = find(models);
        Dataset dataset = new DataFiles(studio, terminal).open(words.get(1));
        Drift drift;
        try (ProgressLine progress = terminal.progressOf("Comparing rows")) {
            drift = models.drift(found.id(), dataset, terminal.cancellation(), progress);
        }
        terminal.out().println(json ? TrainedJson.of(drift) : TrainedText.of(drift));
    }

    private void compare(Models models) {
        List<String> ids = words.stream().map(each -> find(models, each).id()).toList();
        Comparison found = models.compare(ids);
        terminal.out().println(json ? TrainedJson.of(found) : TrainedText.of(found));
    }

    private void card(TrainedModel found) {
        String card = ModelCard.of(found);
        if (out == null) {
            terminal.out().println(json ? TrainedJson.card(card) : card);
        } else {
            written(out, card.getBytes(StandardCharsets.UTF_8));
        }
    }

    private void onnx(Models models) {
        TrainedModel found = find(models);
        byte[] file = models.exportOnnx(found.id());
        written(out == null ? Path.of(new Slugs().of(found.name()) + ".onnx") : out, file);
    }

    private void written(Path file, byte[] content) {
        WholeFile.write(file, content, replace);
        terminal.out()
                .println(
                        json
                                ? TrainedJson.file(file, content.length)
                                : "Wrote " + file + ", " + content.length + " bytes.");
    }

    private void delete(Models models) {
        TrainedModel found = find(models);
        models.delete(found.id());
        terminal.out()
                .println(
                        json
                                ? TrainedJson.of(found)
                                : "Deleted " + found.name() + ", version " + found.version() + ".");
    }
}
