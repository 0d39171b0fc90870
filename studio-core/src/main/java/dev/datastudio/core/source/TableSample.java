package dev.datastudio.core.source;

import dev.datastudio.api.query.ResultColumn;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some rows of a source's table, in no particular order. Immutable.
 *
 * @param columns in order, without those that hold binary data
 * @param rows each as wide as {@code columns}; values as those of {@link dev.datastudio.api.query.QueryResult}
 */
public record TableSample(List<ResultColumn> columns, List<List<@Nullable Object>> rows) {
    public TableSample {
        columns = List.copyOf(columns);
        List<List<@Nullable Object>> copy = new ArrayList<>(rows.size());
        for (List<@Nullable Object> row : rows) {
            copy.add(Collections.unmodifiableList(new ArrayList<>(row)));
        }
        rows = Collections.unmodifiableList(copy);
    }
}
