package dev.datastudio.cli;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.Studio;
import dev.datastudio.core.dataset.ImportTarget;
import dev.datastudio.ml.evaluate.Evaluation;
import dev.datastudio.ml.registry.ModelCard;
import dev.datastudio.ml.registry.Models;
import dev.datastudio.ml.registry.TrainedModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code studio trained [list|show MODEL|predict MODEL FILE|delete MODEL|import FILE]}: the models that are kept (A6). */
@Command(
        name = "trained",
        description =
                "Lists, shows, uses and deletes the models that './studio train' trained, and imports ONNX files.",
        mixinStandardHelpOptions = true)
final class TrainedCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "ACTION",
            description = "list (the default), show, predict, delete or import")
    private String action = "list";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "MODEL",
            description = "the name of the model, or its id; of import the ONNX file")
    private String model = "";

    @Parameters(index = "2", arity = "0..1", paramLabel = "FILE", description = "the file whose rows are predicted")
    private String file = "";

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "what the data set with the predictions, or the imported model is called")
    private String name = "";

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

    @Override
    public Integer call() {
        boolean isPrediction = action.equals("predict");
        boolean isImport = action.equals("import");
        boolean needsModel = isPrediction || isImport || action.equals("show") || action.equals("delete");
        if (!needsModel && !action.equals("list")) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "There is nothing that trained models can " + StudioException.quote(action),
                    "Say list, show, predict, delete or import");
        }
        if (needsModel == model.isEmpty() || isPrediction == file.isEmpty()) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "'" + action + "' takes "
                            + (isPrediction
                                    ? "a model and a file"
                                    : isImport ? "one ONNX file" : needsModel ? "one model" : "no model"),
                    isImport
                            ? "Name the file: ./studio trained import model.onnx"
                            : "Name a model by its name or id; './studio trained' lists them");
        }
        try (Studio studio = workspace.open()) {
            Models models = Models.of(studio);
            switch (action) {
                case "show" -> show(find(models));
                case "predict" -> predict(studio, models);
                case "delete" -> delete(models);
                case "import" -> show(models.importOnnx(Path.of(model), importing.options(name)));
                default -> list(models.list());
            }
            return StudioCommand.OK;
        }
    }

    private TrainedModel find(Models models) {
        return models.find(model).orElseGet(() -> models.get(model));
    }

    private void list(List<TrainedModel> all) {
        if (json) {
            terminal.out().println(TrainedJson.of(all));
        } else if (all.isEmpty()) {
            terminal.out().println("There are no trained models yet. Train one: ./studio train FILE TARGET");
        } else {
            all.forEach(each -> terminal.out().println(line(each)));
        }
    }

    private static String line(TrainedModel each) {
        return String.format(
                Locale.ROOT,
                "%s  %s, version %d: %s%s, %s",
                each.id(),
                each.name(),
                each.version(),
                each.target().isEmpty() ? "" : each.target() + " by ",
                each.algorithm(),
                score(each.evaluation()));
    }

    private static String score(Evaluation judged) {
        return judged.main()
                .map(main -> String.format(Locale.ROOT, "%s %.3f", main.name(), main.value())
                        + judged.beside(main.name())
                                .map(plain -> String.format(Locale.ROOT, " (baseline %.3f)", plain.value()))
                                .orElse(""))
                .orElse("not judged here");
    }

    private void show(TrainedModel each) {
        terminal.out().println(json ? TrainedJson.of(each) : ModelCard.of(each));
    }

    private void predict(Studio studio, Models models) {
        TrainedModel found = find(models);
        Dataset dataset = new DataFiles(studio, terminal).open(file);
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
