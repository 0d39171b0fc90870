package dev.datastudio.ml.registry;

import dev.datastudio.ml.algorithm.Parameter;
import dev.datastudio.ml.algorithm.internal.Parameters;
import dev.datastudio.ml.evaluate.Evaluation;
import dev.datastudio.ml.evaluate.Importance;
import dev.datastudio.ml.evaluate.Metric;
import dev.datastudio.ml.evaluate.ModelCharts;
import dev.datastudio.ml.prepare.internal.Preparer;
import dev.datastudio.ml.spec.Categories;
import dev.datastudio.ml.spec.Preparation;
import dev.datastudio.ml.spec.Scaling;
import dev.datastudio.ml.spec.Split;
import dev.datastudio.ml.spec.Task;
import dev.datastudio.ml.spec.TrainingSpec;
import dev.datastudio.ml.spec.TrainingSpecJson;
import dev.datastudio.ml.train.internal.Learners;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What people should know of a model before they trust it, as Markdown (after Mitchell et al., "Model Cards for Model
 * Reporting", 2019): what it predicts, from what, how good it is beside a baseline, what was noticed, what moves it, how it
 * is used and what it is not for.
 *
 * <p>Names that come from data are escaped, so that they are neither markup of Markdown nor HTML, wherever it is shown.
 */
public final class ModelCard {
    private static final Pattern MARKUP = Pattern.compile("[\\\\`*_{}\\[\\]()#+!|~$]");
    private static final Pattern SPACE = Pattern.compile("[\\s\\p{Cntrl}]+");
    private static final Pattern WORD = Pattern.compile("\\p{Lu}");
    private static final int MOST_COLUMNS = 20;

    private ModelCard() {}

    /** The card, lines parted by {@code \n}. */
    public static String of(TrainedModel model) {
        StringBuilder card = new StringBuilder();
        card.append("# ")
                .append(plain(model.name()))
                .append(", version ")
                .append(model.version())
                .append("\n\n");
        if (!model.description().isBlank()) {
            card.append(plain(model.description())).append("\n\n");
        }
        what(card, model);
        metrics(card, model);
        if (model.source() instanceof ModelSource.Trained trained) {
            preparation(card, model, trained.spec());
        }
        if (model.source() instanceof ModelSource.Explored explored
                && !explored.found().isEmpty()) {
            card.append("## What was found\n\n");
            explored.found()
                    .forEach(each -> card.append("- ").append(plain(each)).append('\n'));
            card.append('\n');
        }
        warnings(card, model.warnings());
        importances(card, model.evaluation().importances());
        use(card, model);
        limits(card, model);
        if (model.source() instanceof ModelSource.Trained trained) {
            spec(card, "Trained by", TrainingSpecJson.write(trained.spec()));
        } else if (model.source() instanceof ModelSource.Explored explored) {
            spec(card, "Found by", explored.spec());
        }
        return card.toString();
    }

    private static void spec(StringBuilder card, String how, String json) {
        card.append("## ")
                .append(how)
                .append("\n\n```json\n")
                .append(code(json))
                .append("\n```\n");
    }

    private static void what(StringBuilder card, TrainedModel model) {
        if (model.target().isEmpty()) {
            card.append("Tells **").append(plain(told(model))).append("**, ");
        } else {
            card.append("Predicts **").append(plain(model.target())).append("**, ");
            card.append(
                    model.classes().isEmpty()
                            ? "a number, "
                            : "one of " + model.classes().size() + " classes (" + some(model.classes()) + "), ");
        }
        card.append("from ").append(some(List.copyOf(model.columns().keySet()))).append(".\n\n");
        row(card, "", "");
        row(card, "---", "---");
        String algorithm = model.algorithm().replace('_', ' ');
        if (model.source() instanceof ModelSource.Trained trained) {
            algorithm += " " + trained.spec().algorithm().parameters();
        }
        row(card, "Algorithm", plain(algorithm));
        model.learntFrom().ifPresent(data -> {
            row(
                    card,
                    "Data",
                    plain(data.name()) + ", version " + data.version() + ", content "
                            + plain(shortened(data.contentHash())));
            row(card, "Rows learnt from", number(data.trainRows()));
        });
        if (model.source() instanceof ModelSource.Trained trained) {
            row(
                    card,
                    "Rows judged on",
                    number(model.evaluation().rows()) + ", "
                            + split(trained.spec().split()));
        } else if (model.source() instanceof ModelSource.Imported imported) {
            row(card, "File", plain(imported.file()) + ", content " + plain(shortened(imported.contentHash())));
            row(card, "Made by", imported.producer().isEmpty() ? "not told" : plain(imported.producer()));
        }
        row(card, "Features", number(model.features().size()));
        row(
                card,
                made(model),
                model.source() instanceof ModelSource.Imported
                        ? model.trainedAt().toString()
                        : model.trainedAt() + " on " + plain(model.device()) + ", in "
                                + ModelCharts.number(model.took().toMillis() / 1e3) + " s");
        card.append('\n');
    }

    private static String made(TrainedModel model) {
        if (model.source() instanceof ModelSource.Imported) {
            return "Imported";
        }
        return model.source() instanceof ModelSource.Explored ? "Found" : "Trained";
    }

    /** What one without a target says of a row. */
    private static String told(TrainedModel model) {
        return switch (model.task()) {
            case CLUSTERING -> "which of " + model.classes().size() + " groups a row belongs to";
            case PROJECTION ->
                "where a row lies on " + model.signature().numbers().size() + " directions";
            case ANOMALY_DETECTION -> "whether a row is unusual";
            case GENERATION -> "what new rows may look like";
            case CLASSIFICATION -> "one of " + model.classes().size() + " classes";
            default -> "a number";
        };
    }

    private static String split(Split split) {
        if (!split.timeColumn().isEmpty()) {
            return "the latest by " + plain(split.timeColumn());
        }
        return split.groupColumn().isEmpty() ? "drawn by chance" : "whole groups of " + plain(split.groupColumn());
    }

    private static String baseline(TrainedModel model) {
        if (model.target().isEmpty()) {
            return "makes the mean row";
        }
        return model.evaluation().confusion().isEmpty()
                ? "says the mean"
                : "says the shares of the classes in training";
    }

    private static void metrics(StringBuilder card, TrainedModel model) {
        Evaluation evaluation = model.evaluation();
        card.append("## How good it is\n\n");
        if (evaluation.metrics().isEmpty()) {
            card.append("It was not judged here.\n\n");
            return;
        }
        row(card, "Metric", "Model", "95 in 100 resamples", "Baseline");
        row(card, "---", "---:", "---:", "---:");
        for (Metric metric : evaluation.metrics()) {
            row(
                    card,
                    plain(ModelCharts.words(metric.name())),
                    ModelCharts.number(metric.value()),
                    Double.isNaN(metric.low())
                            ? "–"
                            : ModelCharts.number(metric.low()) + " to " + ModelCharts.number(metric.high()),
                    evaluation
                            .beside(metric.name())
                            .map(each -> ModelCharts.number(each.value()))
                            .orElse("–"));
        }
        if (model.source() instanceof ModelSource.Explored) {
            card.append("\nOn the rows that it was found in: nothing says that it is right, only how clear it is.\n");
        } else if (!evaluation.baseline().isEmpty()) {
            card.append("\nThe baseline always ").append(baseline(model)).append(".\n");
        }
        card.append('\n');
        if (!evaluation.folds().isEmpty()) {
            card.append("In a cross-validation of the training rows: ")
                    .append(evaluation.folds().stream().map(ModelCharts::number).collect(Collectors.joining(", ")))
                    .append(".\n\n");
        }
    }

    private static void preparation(StringBuilder card, TrainedModel model, TrainingSpec spec) {
        Preparation preparation = spec.preparation();
        card.append("## What became of the columns\n\n")
                .append(number(model.columns().size()))
                .append(" columns became ")
                .append(number(model.features().size()))
                .append(" features. All of it was fitted on the training rows only.\n\n");
        row(card, "Setting", "Here", "What it says");
        row(card, "---", "---", "---");
        Map<String, Object> values = Parameters.values(preparation);
        for (RecordComponent component : Preparation.class.getRecordComponents()) {
            Parameter parameter = Objects.requireNonNull(component.getAnnotation(Parameter.class), component.getName());
            String value = String.valueOf(values.get(component.getName())).replace('_', ' ');
            row(
                    card,
                    WORD.matcher(component.getName()).replaceAll(" $0").toLowerCase(Locale.ROOT),
                    plain(value + automatic(component.getName(), spec)),
                    plain(parameter.meaning()));
        }
        card.append('\n');
    }

    /** What was really done where the kind of model decides it; else nothing. */
    private static String automatic(String setting, TrainingSpec spec) {
        Preparer.Traits traits = Learners.traits(spec.algorithm());
        if (setting.equals("categories") && spec.preparation().categories() == Categories.AUTOMATIC) {
            return traits.likesRanks() ? ": ranks by frequency" : ": a feature a value";
        }
        if (setting.equals("scaling") && spec.preparation().scaling() == Scaling.AUTOMATIC) {
            return traits.needsScale() ? ": mean 0, standard deviation 1" : ": as they are";
        }
        return "";
    }

    private static void warnings(StringBuilder card, List<String> warnings) {
        card.append("## What was noticed\n\n");
        if (warnings.isEmpty()) {
            card.append("Nothing unusual.\n");
        }
        warnings.forEach(each -> card.append("- ").append(plain(each)).append('\n'));
        card.append('\n');
    }

    private static void importances(StringBuilder card, List<Importance> importances) {
        if (importances.isEmpty()) {
            return;
        }
        card.append("## What moves it\n\n");
        row(card, "Column", "Fall when shuffled", "Share of the model", "Mean size of SHAP values");
        row(card, "---", "---:", "---:", "---:");
        importances.stream()
                .limit(MOST_COLUMNS)
                .forEach(each -> row(
                        card,
                        plain(each.column()),
                        ModelCharts.number(each.drop()),
                        each.share() == null ? "–" : ModelCharts.number(each.share()),
                        each.shap() == null ? "–" : ModelCharts.number(each.shap())));
        int rows = importances.get(0).shapRows();
        if (rows > 0) {
            card.append("\nSHAP values are means over ").append(number(rows)).append(" test rows.\n");
        }
        if (importances.size() > MOST_COLUMNS) {
            card.append("\nAnd ").append(importances.size() - MOST_COLUMNS).append(" more columns.\n");
        }
        card.append('\n');
    }

    private static void use(StringBuilder card, TrainedModel model) {
        if (model.task() == Task.GENERATION) {
            card.append("## How it is used\n\n```java\nDataset made = Models.of(studio).generate(\"")
                    .append(model.id())
                    .append("\", 1_000, 42, \"made rows\");\n```\n\n");
            return;
        }
        card.append(
                "## How it is used\n\n```java\nMap<String, Object> row = new HashMap<>(); // null for what is missing\n");
        model.columns()
                .forEach((name, type) -> card.append("row.put(\"")
                        .append(code(name.replace("\\", "\\\\").replace("\"", "\\\"")))
                        .append("\", …); // ")
                        .append(type.name().toLowerCase(Locale.ROOT))
                        .append('\n'));
        card.append("Prediction prediction = Models.of(studio).predict(\"")
                .append(model.id())
                .append("\", row);\n```\n\n");
    }

    private static void limits(StringBuilder card, TrainedModel model) {
        if (model.task() == Task.GENERATION) {
            card.append("## What it is not for\n\n")
                    .append("- Facts: none of the rows that it makes is real. Say so wherever they are used.\n")
                    .append(
                            "- Keeping rows secret: nothing keeps a made row from being like one that it learnt from.\n")
                    .append(
                            "- What is rare, or how columns hang together, without a look: it may make both worse than the"
                                    + " means and sizes of columns tell.\n\n");
            return;
        }
        card.append("## What it is not for\n\n")
                .append("- Rows unlike those that it learnt from: look at the drift of new data first.\n")
                .append("- Reasons: a column that moves the prediction need not move ")
                .append(model.target().isEmpty() ? "what it stands for" : plain(model.target()))
                .append(" itself.\n");
        if (!model.classes().isEmpty() && model.signature().numbers().isEmpty()) {
            card.append("- Shares as probabilities without a look at the calibration.\n");
        }
        model.learntFrom()
                .filter(data -> data.trainRows() < 1_000)
                .ifPresent(data -> card.append("- Decisions that need more than ")
                        .append(number(data.trainRows()))
                        .append(" rows can tell.\n"));
        card.append("- Decisions about people without somebody who answers for them.\n\n");
    }

    private static String some(List<String> names) {
        String shown = names.stream().limit(MOST_COLUMNS).map(ModelCard::plain).collect(Collectors.joining(", "));
        return names.size() <= MOST_COLUMNS ? shown : shown + " and " + (names.size() - MOST_COLUMNS) + " more";
    }

    private static String shortened(String hash) {
        return hash.length() <= 12 ? hash : hash.substring(0, 12);
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private static void row(StringBuilder card, String... cells) {
        card.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    /** A text that is neither Markdown nor HTML. */
    private static String plain(String text) {
        String line = SPACE.matcher(text.strip()).replaceAll(" ");
        return MARKUP.matcher(line)
                .replaceAll("\\\\$0")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;");
    }

    /** A text within a block of code that can neither end the block nor begin HTML, and means the same in Java and JSON. */
    private static String code(String text) {
        return SPACE.matcher(text)
                .replaceAll(" ")
                .replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("&", "\\u0026")
                .replace("`", "\\u0060");
    }
}
