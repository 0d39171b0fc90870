package dev.datastudio.ml.prepare.internal;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.embedding.Embedder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How columns become features, as it was fitted on training rows; kept with the model. Immutable.
 *
 * @param columns the types of the columns that are read, by name
 * @param encoders what makes the features, in order
 * @param products pairs of features whose products are added behind them
 * @param kept the features that are used, by their place; empty for all
 * @param shifts what is taken off each used feature
 * @param factors what each is multiplied with then
 */
public record FittedPreparation(
        Map<String, ColumnType> columns,
        List<Encoder> encoders,
        List<Pair> products,
        List<Integer> kept,
        List<Double> shifts,
        List<Double> factors) {
    public FittedPreparation {
        columns = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(columns));
        encoders = List.copyOf(encoders);
        products = List.copyOf(products);
        kept = List.copyOf(kept);
        shifts = List.copyOf(shifts);
        factors = List.copyOf(factors);
    }

    /** Two features by their place. */
    public record Pair(int first, int second) {}

    /**
     * The same with the embedder of the studio, if it reads texts by one.
     *
     * @param embedder asked only if it does
     * @throws dev.datastudio.api.error.StudioException with {@code DEPENDENCY_MISSING} when the studio has none, or another
     */
    public FittedPreparation bound(Supplier<Optional<Embedder>> embedder) {
        List<Encoder> bound = encoders.stream()
                .map(each -> each instanceof EmbeddedTexts texts ? texts.bound(embedder.get()) : each)
                .toList();
        return new FittedPreparation(columns, bound, products, kept, shifts, factors);
    }

    /** What the used features are called, in order. */
    @JsonIgnore
    public List<String> names() {
        List<String> all = new ArrayList<>();
        encoders.forEach(encoder -> all.addAll(encoder.names()));
        products.forEach(pair -> all.add(all.get(pair.first()) + " x " + all.get(pair.second())));
        return kept.isEmpty() ? all : kept.stream().map(all::get).toList();
    }

    /** The columns that the used features are made of, each feature's, in order; of products both. */
    @JsonIgnore
    public List<List<String>> sources() {
        List<List<String>> all = new ArrayList<>();
        encoders.forEach(encoder -> encoder.names().forEach(name -> all.add(List.of(encoder.column()))));
        for (Pair pair : products) {
            List<String> both = new ArrayList<>(all.get(pair.first()));
            both.addAll(all.get(pair.second()));
            all.add(both.stream().distinct().toList());
        }
        return kept.isEmpty() ? all : kept.stream().map(all::get).toList();
    }

    /** The features of all rows of a table that has the columns. */
    public Matrix apply(RawTable table) {
        return finish(encode(table));
    }

    /** The features before products, selection and scaling. */
    Matrix encode(RawTable table) {
        return encode(encoders, table);
    }

    static Matrix encode(List<Encoder> encoders, RawTable table) {
        int width = encoders.stream().mapToInt(each -> each.names().size()).sum();
        table.requireRoom(width);
        double[] values = new double[table.rows() * width];
        int at = 0;
        for (Encoder encoder : encoders) {
            RawColumn raw = table.column(encoder.column());
            Encoder placed = encoder.on(raw);
            for (int row = 0; row < table.rows(); row++) {
                placed.encode(raw, row, values, row * width + at);
            }
            at += encoder.names().size();
        }
        return new Matrix(values, table.rows(), width);
    }

    /** Adds products, selects and scales. */
    Matrix finish(Matrix encoded) {
        Matrix all = withProducts(encoded, products);
        Matrix used = kept.isEmpty()
                ? all
                : all.columns(kept.stream().mapToInt(Integer::intValue).toArray());
        double[] values = used.values() == encoded.values() ? used.values().clone() : used.values();
        double[] off = shifts.stream().mapToDouble(Double::doubleValue).toArray();
        double[] by = factors.stream().mapToDouble(Double::doubleValue).toArray();
        for (int i = 0; i < values.length; i++) {
            int column = i % used.columns();
            values[i] = (values[i] - off[column]) * by[column];
        }
        return new Matrix(values, used.rows(), used.columns());
    }

    static Matrix withProducts(Matrix encoded, List<Pair> products) {
        if (products.isEmpty()) {
            return encoded;
        }
        int width = encoded.columns() + products.size();
        double[] values = new double[encoded.rows() * width];
        for (int row = 0; row < encoded.rows(); row++) {
            System.arraycopy(encoded.values(), row * encoded.columns(), values, row * width, encoded.columns());
            int at = row * width + encoded.columns();
            for (Pair pair : products) {
                values[at++] = encoded.at(row, pair.first()) * encoded.at(row, pair.second());
            }
        }
        return new Matrix(values, encoded.rows(), width);
    }
}
