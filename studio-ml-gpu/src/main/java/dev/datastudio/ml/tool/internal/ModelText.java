package dev.datastudio.ml.tool.internal;

import dev.datastudio.core.text.internal.OutsideText;
import dev.datastudio.ml.evaluate.Evaluation;
import dev.datastudio.ml.evaluate.Importance;
import dev.datastudio.ml.evaluate.Metric;
import dev.datastudio.ml.registry.ModelSource;
import dev.datastudio.ml.registry.Prediction;
import dev.datastudio.ml.registry.TrainedModel;
import dev.datastudio.ml.tune.Try;
import dev.datastudio.ml.tune.Tuned;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Models in lines of text, for models and people. */
public final class ModelText {
    private static final int MOST_COLUMNS = 8;
    private static final int MOST_TRIES = 8;
    private static final int MOST_NAME = 200;

    private ModelText() {}

    /** What it is, how good beside the baseline, what it goes by, and what was noticed. */
    public static List<String> summary(TrainedModel model) {
        Evaluation judged = model.evaluation();
        List<String> lines = new ArrayList<>();
        lines.add("Trained model " + quoted(model.name()) + ", version " + model.version() + ": " + told(model) + " by "
                + words(model.algorithm()) + ".");
        lines.add(origin(model));
        for (Metric metric : judged.metrics()) {
            lines.add("- " + metric(metric)
                    + judged.beside(metric.name())
                            .map(each -> "; baseline " + number(each.value()))
                            .orElse(""));
        }
        if (!judged.baseline().isEmpty()) {
            String always = model.target().isEmpty()
                    ? "makes the mean row"
                    : "says the " + (model.classes().isEmpty() ? "mean" : "most frequent class");
            lines.add(("The baseline always " + always + ". " + verdict(judged)).strip());
        }
        String columns = judged.importances().stream()
                .filter(each -> each.drop() > 0)
                .limit(MOST_COLUMNS)
                .map(ModelText::importance)
                .collect(Collectors.joining(", "));
        if (!columns.isEmpty()) {
            lines.add("What it goes by most (fall of "
                    + words(judged.metrics().get(0).name()) + " without the column): " + columns + ".");
        }
        model.warnings().forEach(warning -> lines.add("Warning: " + OutsideText.line(warning, 1_000)));
        lines.add("Model id: " + model.id());
        return lines;
    }

    /** What it says of a row, as the end of "it …". */
    private static String told(TrainedModel model) {
        if (!model.target().isEmpty()) {
            return "predicts " + quoted(model.target());
        }
        return switch (model.task()) {
            case CLUSTERING -> "tells which of " + model.classes().size() + " groups a row belongs to";
            case PROJECTION ->
                "tells where a row lies on " + model.signature().numbers().size() + " directions";
            case ANOMALY_DETECTION -> "tells whether a row is unusual";
            case GENERATION -> "makes new rows";
            case CLASSIFICATION -> "tells one of " + model.classes().size() + " classes";
            default -> "tells a number";
        };
    }

    private static String origin(TrainedModel model) {
        if (model.source() instanceof ModelSource.Imported imported) {
            return "It was imported"
                    + (imported.file().isEmpty() ? "" : " from the file " + quoted(imported.file()))
                    + (imported.producer().isEmpty() ? "" : ", made by " + quoted(imported.producer()))
                    + ", and was not judged here.";
        }
        TrainedModel.Data data = model.data();
        String learnt = "It learnt from " + count(data.trainRows()) + " rows of " + quoted(data.name()) + ", version "
                + data.version();
        return model.source() instanceof ModelSource.Explored
                ? learnt + ", without a target; on these rows:"
                : learnt + ", and was judged on " + count(model.evaluation().rows()) + " rows that it had not seen:";
    }

    /** What was tried, the best first; nothing when there was no search. */
    static List<String> tries(Tuned tuned) {
        List<Try> done = tuned.tries().stream()
                .filter(each -> !each.folds().isEmpty())
                .sorted(Comparator.comparingLong(Try::rows)
                        .reversed()
                        .thenComparing(Comparator.comparingDouble(Try::score).reversed()))
                .toList();
        if (done.isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        lines.add(tuned.tries().size() + " specs were tried; the best by cross-validation:");
        done.stream()
                .limit(MOST_TRIES)
                .forEach(each -> lines.add("- " + words(each.algorithm().name()) + " " + number(each.score()) + " on "
                        + count(each.rows()) + " rows"));
        return lines;
    }

    /** One model in one line. */
    static String line(TrainedModel model) {
        return "- " + quoted(model.name()) + " version " + model.version() + ": "
                + (model.target().isEmpty() ? told(model) : quoted(model.target())) + " by "
                + words(model.algorithm()) + ", " + score(model.evaluation())
                + (model.source() instanceof ModelSource.Imported ? ", imported " : ", trained ")
                + model.trainedAt().toString().substring(0, 10) + ", id " + model.id();
    }

    /** The main number beside that of the baseline, where there is one. */
    private static String score(Evaluation judged) {
        return judged.main()
                .map(main -> words(main.name()) + " " + number(main.value())
                        + judged.beside(main.name())
                                .map(each -> " (baseline " + number(each.value()) + ")")
                                .orElse(""))
                .orElse("not judged here");
    }

    /** What a model says of a row. */
    public static String prediction(TrainedModel model, Prediction prediction) {
        if (!prediction.numbers().isEmpty()) {
            return Stream.concat(
                            Stream.of(prediction.label()).filter(each -> !each.isEmpty()),
                            prediction.numbers().entrySet().stream()
                                    .map(each -> each.getKey() + " " + number(each.getValue())))
                    .collect(Collectors.joining(", "));
        }
        String target = model.target().isEmpty() ? "prediction" : OutsideText.line(model.target(), MOST_NAME);
        if (Double.isNaN(prediction.value())) {
            return target + ": the model tells nothing of this row";
        }
        return model.classes().isEmpty()
                ? target + " = " + number(prediction.value())
                : target + " = " + quoted(prediction.label()) + " (share " + number(prediction.value()) + ")";
    }

    /** Whether it tells more than the baseline, by the bounds of its main number. */
    static String verdict(Evaluation judged) {
        Metric main = judged.metrics().get(0);
        double plain = judged.beside(main.name()).map(Metric::value).orElse(Double.NaN);
        if (Double.isNaN(plain)) {
            return "";
        }
        boolean isLessBetter = main.name().equals("reconstruction_error");
        if (isLessBetter ? main.high() < plain : main.low() > plain) {
            return "The model is better than that.";
        }
        return (isLessBetter ? main.value() < plain : main.value() > plain)
                ? "The model looks better than that, but it may be by chance: the baseline lies within its bounds."
                : "The model is no better than that: don't use it.";
    }

    private static String metric(Metric metric) {
        return words(metric.name()) + " " + number(metric.value())
                + (Double.isNaN(metric.low())
                        ? ""
                        : " (95% between " + number(metric.low()) + " and " + number(metric.high()) + ")");
    }

    private static String importance(Importance importance) {
        return OutsideText.line(importance.column(), MOST_NAME) + " " + number(importance.drop());
    }

    static String quoted(String text) {
        return "'" + OutsideText.line(text, MOST_NAME) + "'";
    }

    private static String words(String name) {
        return switch (name) {
            case "r2" -> "R2";
            case "rmse", "mae", "mse" -> name.toUpperCase(Locale.ROOT);
            case "roc_auc" -> "area under the ROC curve";
            case "f1" -> "F1";
            case "xg_boost" -> "XGBoost";
            case "k_means" -> "k-means";
            case "onnx" -> "ONNX";
            default -> name.replace('_', ' ');
        };
    }

    private static String count(long rows) {
        return String.format(Locale.ROOT, "%,d", rows);
    }

    static String number(double value) {
        if (Double.isNaN(value)) {
            return "not known";
        }
        double size = Math.abs(value);
        if (size != 0 && (size < 0.001 || size >= 1e9)) {
            return String.format(Locale.ROOT, "%.3g", value);
        }
        return String.format(Locale.ROOT, size < 10 ? "%.3f" : size < 1_000 ? "%.1f" : "%.0f", value);
    }
}
