package dev.datastudio.ml.registry.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.datastudio.ml.prepare.internal.Columns;
import dev.datastudio.ml.prepare.internal.FittedPreparation;
import dev.datastudio.ml.prepare.internal.Matrix;
import dev.datastudio.ml.prepare.internal.RawTable;
import dev.datastudio.ml.registry.Explanation;
import dev.datastudio.ml.registry.Prediction;
import dev.datastudio.ml.train.internal.Learners;
import dev.datastudio.ml.train.internal.Model;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that predictions depend on: how columns become features, and what was learnt. Thread-safe.
 *
 * @param classes what is told apart; empty for numbers
 */
public record KeptModel(FittedPreparation preparation, List<String> classes, Model model) implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FORM = 1;

    public KeptModel {
        classes = List.copyOf(classes);
    }

    /** What the model says of each row. */
    public List<Prediction> predict(RawTable table) {
        double[] found = model.predict(preparation.apply(table));
        List<Prediction> predictions = new ArrayList<>(table.rows());
        for (int row = 0; row < table.rows(); row++) {
            predictions.add(classes.isEmpty() ? new Prediction("", found[row], Map.of()) : of(found, row));
        }
        return predictions;
    }

    private Prediction of(double[] found, int row) {
        Map<String, Double> shares = new LinkedHashMap<>();
        int best = 0;
        int at = row * classes.size();
        for (int k = 0; k < classes.size(); k++) {
            shares.put(classes.get(k), found[at + k]);
            best = found[at + k] > found[at + best] ? k : best;
        }
        return new Prediction(classes.get(best), found[at + best], shares);
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
            // Two classes have one margin, that of the second.
            double sign = classes.size() == 2 && of.equals(classes.get(0)) ? -1 : 1;
            Map<String, Double> amounts =
                    Columns.sums(preparation.sources(), feature -> sign * found.at(0, margin, feature));
            double base = sign * found.base(0, margin);
            return new Explanation(
                    prediction,
                    of,
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

    /** As the bytes of JSON. */
    public byte[] write() {
        ObjectNode json = JSON.createObjectNode();
        json.put("form", FORM);
        json.set("preparation", JSON.valueToTree(preparation));
        json.set("classes", JSON.valueToTree(classes));
        Learners.write(model, json.putObject("model"));
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
    static KeptModel read(byte[] bytes) {
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
                    Learners.read(json.required("model")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        model.close();
    }
}
