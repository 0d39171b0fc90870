package dev.datastudio.ml.registry.internal;

import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.core.dataset.RowColumn;
import dev.datastudio.core.dataset.RowSource;
import dev.datastudio.ml.registry.Prediction;
import dev.datastudio.ml.registry.TrainedModel;
import dev.datastudio.ml.spec.Task;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows with what a model says of them, some thousand at a time. Not thread-safe. */
public final class PredictedRows implements RowSource {
    private final Dataset dataset;
    private final ModelRows rows;
    private final TrainedModel known;
    private final KeptModel model;
    private List<Map<String, @Nullable Object>> taken = List.of();
    private List<Prediction> predictions = List.of();
    private int next;

    public PredictedRows(
            Dataset dataset, Iterator<Map<String, @Nullable Object>> rows, TrainedModel known, KeptModel model) {
        this.dataset = dataset;
        this.rows = new ModelRows(dataset, rows, model.preparation().columns());
        this.known = known;
        this.model = model;
    }

    @Override
    public List<RowColumn> columns() {
        List<RowColumn> columns = new ArrayList<>();
        for (Column column : dataset.columns()) {
            columns.add(new RowColumn(column.name(), column.type(), RowColumn.FLOATING, 0, column.unit()));
        }
        boolean tellsNumbers = !known.signature().numbers().isEmpty();
        if (!known.classes().isEmpty()) {
            columns.add(told(main(), ColumnType.TEXT));
        } else if (!tellsNumbers) {
            columns.add(told(main(), ColumnType.DECIMAL));
        }
        known.signature().numbers().forEach(each -> columns.add(told(each, ColumnType.DECIMAL)));
        if (!tellsNumbers) {
            known.classes().forEach(each -> columns.add(told("share of " + each, ColumnType.DECIMAL)));
        }
        return columns;
    }

    private String main() {
        if (known.task() == Task.CLUSTERING) {
            return "group";
        }
        return known.target().isEmpty() ? "predicted" : "predicted " + known.target();
    }

    private static RowColumn told(String name, ColumnType type) {
        return new RowColumn(name, type, RowColumn.FLOATING, 0, "");
    }

    @Override
    public @Nullable Object @Nullable [] next() {
        if (next == taken.size() && !take()) {
            return null;
        }
        Map<String, @Nullable Object> row = taken.get(next);
        Prediction prediction = predictions.get(next++);
        List<@Nullable Object> values = new ArrayList<>();
        dataset.columns().forEach(column -> values.add(row.get(column.name())));
        if (!known.classes().isEmpty()) {
            values.add(prediction.label().isEmpty() ? null : prediction.label());
        } else if (prediction.numbers().isEmpty()) {
            values.add(Double.isNaN(prediction.value()) ? null : prediction.value());
        }
        values.addAll(prediction.numbers().values());
        if (known.signature().numbers().isEmpty()) {
            known.classes().forEach(each -> values.add(prediction.shares().get(each)));
        }
        return values.toArray();
    }

    private boolean take() {
        next = 0;
        taken = rows.next();
        predictions = taken.isEmpty() ? List.of() : model.predict(rows.table(taken));
        return !taken.isEmpty();
    }
}
