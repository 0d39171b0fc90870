package dev.datastudio.ml.registry.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.datastudio.api.embedding.Embedder;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.ml.drift.internal.Snapshot;
import dev.datastudio.ml.onnx.internal.OnnxGraph;
import dev.datastudio.ml.prepare.internal.Columns;
import dev.datastudio.ml.prepare.internal.FittedPreparation;
import dev.datastudio.ml.prepare.internal.Matrix;
import dev.datastudio.ml.prepare.internal.RawTable;
import dev.datastudio.ml.registry.Explanation;
import dev.datastudio.ml.registry.Prediction;
import dev.datastudio.ml.registry.Signature;
import dev.datastudio.ml.registry.TrainedModel;
import dev.datastudio.ml.spec.Task;
import dev.datastudio.ml.train.internal.Imported;
import dev.datastudio.ml.train.internal.Learners;
import dev.datastudio.ml.train.internal.model.Model;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * All that predictions depend on: how columns become features, and what was learnt. Thread-safe.
 *
 * @param classes what is told apart; empty for numbers
 * @param trainingRows what the columns looked like in training; empty when that was not recorded
 */
public record KeptModel(FittedPreparation preparation, List<String> classes, Model model, List<Snapshot> trainingRows)
        implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FORM = 1;

    public KeptModel {
        classes = List.copyOf(classes);
        trainingRows = List.copyOf(trainingRows);
    }

    /** What it is given and what it tells. */
    public Signature signature(Task task, String target) {
        return new Signature(
                task, target, preparation.columns(), classes, model.features(preparation), model.numbers());
    }

    /**
     * The same with the embedder of the studio, if it reads texts by one, and ended by a cancellation where predictions of
     * some thousand rows may take long.
     *
     * @throws dev.datastudio.api.error.StudioException with {@code DEPENDENCY_MISSING} when the studio has none, or another
     */
    KeptModel bound(Supplier<Optional<Embedder>> embedder, Cancellation cancellation) {
        Model stopped = model instanceof Imported imported ? imported.stoppedBy(cancellation) : model;
        return new KeptModel(preparation.bound(embedder), classes, stopped, trainingRows);
    }

    /** What the model says of each row. */
    public List<Prediction> predict(RawTable table) {
        double[] found = model.predict(table, preparation);
        List<Prediction> predictions = new ArrayList<>(table.rows());
        for (int row = 0; row < table.rows(); row++) {
            predictions.add(
                    !model.numbers().isEmpty()
                            ? numbers(found, row)
                            : classes.isEmpty() ? new Prediction("", found[row], Map.of(), Map.of()) : of(found, row));
        }
        return predictions;
    }

    /** Of a model that tells numbers by their names, of which the first is the main one. */
    private Prediction numbers(double[] found, int row) {
        List<String> names = model.numbers();
        int width = names.size() + (classes.isEmpty() ? 0 : 1);
        int at = row * width;
        Map<String, Double> numbers = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            numbers.put(names.get(i), found[at + i]);
        }
        String label = classes.isEmpty() ? "" : classes.get((int) found[at + names.size()]);
        return new Prediction(label, found[at], Map.of(), numbers);
    }

    private Prediction of(double[] found, int row) {
        Map<String, Double> shares = new LinkedHashMap<>();
        int best = 0;
        int at = row * classes.size();
        for (int k = 0; k < classes.size(); k++) {
            if (Double.isNaN(found[at + k])) {
                return new Prediction("", Double.NaN, Map.of(), Map.of());
            }
            shares.put(classes.get(k), found[at + k]);
            best = found[at + k] > found[at + best] ? k : best;
        }
        return new Prediction(classes.get(best), found[at + best], shares, Map.of());
    }

    /**
     * Why it says what it says of the first row of a table.
     *
     * @param label the class to explain; empty for the one that is predicted
     * @return nothing where the kind of model can't tell
     */
    public Optional<Explanation> explain(RawTable table, String label) {
        Matrix features = preparation.apply(table);
        return model.contributions(features).map(found -> {
            Prediction prediction = predict(table).get(0);
            String of = label.isEmpty() ? prediction.label() : label;
            int margin = found.margins() == 1 ? 0 : classes.indexOf(of);
            // Log-odds of two classes have one margin, that of the second.
            double sign = classes.size() == 2 && found.margins() == 1 && of.equals(classes.get(0)) ? -1 : 1;
            Map<String, Double> amounts =
                    Columns.sums(preparation.sources(), feature -> sign * found.at(0, margin, feature));
            double base = sign * found.base(0, margin);
            Explanation.Unit unit = classes.isEmpty()
                    ? Explanation.Unit.NUMBER
                    : found.isOfShares() ? Explanation.Unit.SHARE : Explanation.Unit.LOG_ODDS;
            return new Explanation(
                    prediction,
                    of,
                    unit,
                    base
                            + amounts.values().stream()
                                    .mapToDouble(Double::doubleValue)
                                    .sum(),
                    base,
                    amounts.entrySet().stream()
                            .map(each -> new Explanation.Contribution(each.getKey(), each.getValue()))
                            .sorted(Comparator.comparingDouble(each -> -Math.abs(each.amount())))
                            .toList());
        });
    }

    /**
     * As an ONNX file that takes the features; how they are made of columns is told beside.
     *
     * @return nothing where the kind of model can't be written so
     */
    public Optional<byte[]> export(TrainedModel known) {
        OnnxGraph graph = new OnnxGraph(preparation.names().size(), classes);
        if (!model.export(graph)) {
            return Optional.empty();
        }
        try {
            Map<String, String> about = new LinkedHashMap<>();
            about.put("studio.model", known.id());
            about.put("studio.target", known.target());
            about.put("studio.classes", JSON.writeValueAsString(classes));
            about.put("studio.features", JSON.writeValueAsString(preparation.names()));
            about.put("studio.preparation", JSON.writeValueAsString(preparation));
            return Optional.of(graph.write(
                    known.name(),
                    "Takes prepared features, not the columns of the data: see studio.features and studio.preparation",
                    about));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As the bytes of JSON. */
    public byte[] write() {
        ObjectNode json = JSON.createObjectNode();
        json.put("form", FORM);
        json.set("preparation", JSON.valueToTree(preparation));
        json.set("classes", JSON.valueToTree(classes));
        Learners.write(model, json.putObject("model"));
        // Of the list alone Jackson would not know that its elements have kinds.
        json.set("trainingRows", JSON.valueToTree(trainingRows.toArray(new Snapshot[0])));
        try {
            return JSON.writeValueAsBytes(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws RuntimeException if it is something else
     */
    public static KeptModel read(byte[] bytes) {
        try {
            JsonNode json = JSON.readTree(bytes);
            if (json.required("form").asInt() != FORM) {
                throw new IllegalArgumentException("the form " + json.path("form") + " is not known");
            }
            List<String> classes = new ArrayList<>();
            json.required("classes").forEach(each -> classes.add(each.asText()));
            return new KeptModel(
                    JSON.treeToValue(json.required("preparation"), FittedPreparation.class),
                    classes,
                    Learners.read(json.required("model")),
                    json.has("trainingRows") // models of before have none
                            ? List.of(JSON.treeToValue(json.get("trainingRows"), Snapshot[].class))
                            : List.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        model.close();
    }
}
