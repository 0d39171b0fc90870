package dev.datastudio.ml.registry.internal;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.ml.prepare.internal.RawTable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows of a data set as a model reads them, some thousand at a time. Not thread-safe. */
public final class ModelRows {
    private static final int AT_A_TIME = 4_096;

    private final Map<String, ColumnType> columns;
    private final Map<String, String> names = new LinkedHashMap<>();
    private final Iterator<Map<String, @Nullable Object>> rows;

    /**
     * Of a data set that may write the names of the columns in other letters.
     *
     * @param columns of the model
     * @throws dev.datastudio.api.error.StudioException with {@code UNKNOWN_COLUMN} when one is missing
     */
    public ModelRows(Dataset dataset, Iterator<Map<String, @Nullable Object>> rows, Map<String, ColumnType> columns) {
        this.columns = columns;
        this.rows = rows;
        columns.keySet().forEach(name -> names.put(name, dataset.column(name).name()));
    }

    /** The next rows as they stand in the data set; empty at the end. */
    public List<Map<String, @Nullable Object>> next() {
        List<Map<String, @Nullable Object>> some = new ArrayList<>();
        while (rows.hasNext() && some.size() < AT_A_TIME) {
            some.add(rows.next());
        }
        return some;
    }

    /** Their columns by the names of the model. */
    public RawTable table(List<Map<String, @Nullable Object>> some) {
        return RawTable.of(columns, some.stream().map(this::named).toList());
    }

    private Map<String, @Nullable Object> named(Map<String, @Nullable Object> row) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        names.forEach((name, inDataset) -> values.put(name, row.get(inDataset)));
        return values;
    }
}
