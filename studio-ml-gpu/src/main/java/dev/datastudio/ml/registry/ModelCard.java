package dev.datastudio.ml.registry;

import dev.datastudio.ml.evaluate.Evaluation;
import dev.datastudio.ml.evaluate.Importance;
import dev.datastudio.ml.evaluate.Metric;
import dev.datastudio.ml.evaluate.ModelCharts;
import dev.datastudio.ml.spec.Split;
import dev.datastudio.ml.spec.TrainingSpecJson;
import java.util.List;
import java.util.Locale;
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
        metrics(card, model.evaluation(), model.spec().target().isEmpty());
        warnings(card, model.warnings());
        importances(card, model.evaluation().importances());
        use(card, model);
        limits(card, model);
        card.append("## Trained by\n\n```json\n")
                .append(code(TrainingSpecJson.write(model.spec())))
                .append("\n```\n");
        return card.toString();
    }

    private static void what(StringBuilder card, TrainedModel model) {
        String algorithm = model.spec().algorithm().name().replace('_', ' ');
        if (model.spec().target().isEmpty()) {
            card.append(model.classes().isEmpty() ? "Makes rows, " : "Tells unusual rows from usual ones, ");
        } else {
            card.append("Predicts **").append(plain(model.spec().target())).append("**, ");
            card.append(
                    model.classes().isEmpty()
                            ? "a number, "
                            : "one of " + model.classes().size() + " classes (" + some(model.classes()) + "), ");
        }
        card.append("from ").append(some(List.copyOf(model.columns().keySet()))).append(".\n\n");
        row(card, "", "");
        row(card, "---", "---");
        row(card, "Algorithm", plain(algorithm + " " + model.spec().algorithm().parameters()));
        row(
                card,
                "Data",
                plain(model.data().name()) + ", version " + model.data().version() + ", content "
                        + plain(shortened(model.data().contentHash())));
        row(card, "Rows learnt from", number(model.data().trainRows()));
        row(
                card,
                "Rows judged on",
                number(model.evaluation().rows()) + ", " + split(model.spec().split()));
        row(card, "Preparation", plain(model.spec().preparation().toString()));
        row(card, "Features", number(model.features().size()));
        row(
                card,
                "Trained",
                model.trainedAt() + " on " + plain(model.device()) + ", in "
                        + ModelCharts.number(model.took().toMillis() / 1e3)
                        + " s");
        card.append('\n');
    }

    private static String split(Split split) {
        if (!split.timeColumn().isEmpty()) {
            return "the latest by " + plain(split.timeColumn());
        }
        return split.groupColumn().isEmpty() ? "drawn by chance" : "whole groups of " + plain(split.groupColumn());
    }

    private static void metrics(StringBuilder card, Evaluation evaluation, boolean isUnlabelled) {
        card.append("## How good it is\n\n");
        row(card, "Metric", "Model", "95 in 100 resamples", "Baseline");
        row(card, "---", "---:", "---:", "---:");
        for (Metric metric : evaluation.metrics()) {
            row(
                    card,
                    plain(ModelCharts.words(metric.name())),
                    ModelCharts.number(metric.value()),
                    ModelCharts.number(metric.low()) + " to " + ModelCharts.number(metric.high()),
                    evaluation.baseline().isEmpty()
                            ? "–"
                            : ModelCharts.number(
                                    evaluation.baseline(metric.name()).value()));
        }
        card.append("\nThe baseline always ")
                .append(
                        isUnlabelled
                                ? "makes the mean row"
                                : evaluation.confusion().isEmpty()
                                        ? "says the mean"
                                        : "says the shares of the classes in training")
                .append(".\n\n");
        if (!evaluation.folds().isEmpty()) {
            card.append("In a cross-validation of the training rows: ")
                    .append(evaluation.folds().stream().map(ModelCharts::number).collect(Collectors.joining(", ")))
                    .append(".\n\n");
        }
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
        if (importances.size() > MOST_COLUMNS) {
            card.append("\nAnd ").append(importances.size() - MOST_COLUMNS).append(" more columns.\n");
        }
        card.append('\n');
    }

    private static void use(StringBuilder card, TrainedModel model) {
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
        card.append("## What it is not for\n\n")
                .append("- Rows unlike those that it learnt from: look at the drift of new data first.\n")
                .append("- Reasons: a column that moves the prediction need not move ")
                .append(plain(model.spec().target()))
                .append(" itself.\n");
        if (!model.classes().isEmpty()) {
            card.append("- Shares as probabilities without a look at the calibration.\n");
        }
        if (model.data().trainRows() < 1_000) {
            card.append("- Decisions that need more than ")
                    .append(number(model.data().trainRows()))
                    .append(" rows can tell.\n");
        }
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
