package dev.datastudio.ml.explore.internal;

import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.core.dataset.Datasets;
import dev.datastudio.core.dataset.ImportTarget;
import dev.datastudio.core.dataset.RowColumn;
import dev.datastudio.core.dataset.RowSource;
import dev.datastudio.ml.explore.ExploreOptions;
import dev.datastudio.ml.prepare.internal.FittedPreparation;
import dev.datastudio.ml.prepare.internal.Matrix;
import dev.datastudio.ml.prepare.internal.RawTable;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rows of a data set with what was found of each, some thousand at a time. Not thread-safe. */
final class KeptRows implements RowSource {
    private static final int AT_A_TIME = 4_096;

    private final Dataset dataset;
    private final Iterator<Map<String, @Nullable Object>> rows;
    private final FittedPreparation preparation;
    private final Found found;
    private final List<Map<String, @Nullable Object>> taken = new ArrayList<>();
    private List<List<Object>> values = List.of();
    private int next;

    /**
     * What is found of rows.
     *
     * @param columns what is added to each row
     * @param of the values of these columns, a list a row, from the features of the rows
     */
    record Found(List<RowColumn> columns, Function<Matrix, List<List<Object>>> of) {
        Found {
            columns = List.copyOf(columns);
        }
    }

    private KeptRows(
            Dataset dataset, Iterator<Map<String, @Nullable Object>> rows, FittedPreparation preparation, Found found) {
        this.dataset = dataset;
        this.rows = rows;
        this.preparation = preparation;
        this.found = found;
    }

    /** A new data set, when there is a name for it. */
    static Optional<Dataset> keep(Inquiry inquiry, FittedPreparation preparation, Found found, Kind kind) {
        Dataset dataset = inquiry.dataset();
        ExploreOptions options = inquiry.options();
        if (options.keepAs().isBlank()) {
            return Optional.empty();
        }
        Datasets datasets = inquiry.studio().datasets().as(inquiry.caller());
        try (Stream<Map<String, @Nullable Object>> rows = datasets.rows(dataset)) {
            ImportTarget target = ImportTarget.named(options.keepAs().strip())
                    .from(kind.origin(inquiry))
                    .expecting(dataset.rowCount())
                    .reportingTo(options.progress())
                    .stoppedBy(options.cancellation());
            return Optional.of(datasets.importRows(target, new KeptRows(dataset, rows.iterator(), preparation, found)));
        } catch (SQLException e) {
            throw new IllegalStateException("rows are read from no database", e);
        }
    }

    @Override
    public List<RowColumn> columns() {
        List<RowColumn> columns = new ArrayList<>();
        for (Column column : dataset.columns()) {
            columns.add(new RowColumn(column.name(), column.type(), RowColumn.FLOATING, 0, column.unit()));
        }
        columns.addAll(found.columns());
        return columns;
    }

    @Override
    public @Nullable Object @Nullable [] next() {
        if (next == taken.size() && !take()) {
            return null;
        }
        Map<String, @Nullable Object> row = taken.get(next);
        List<@Nullable Object> all = new ArrayList<>();
        dataset.columns().forEach(column -> all.add(row.get(column.name())));
        all.addAll(values.get(next++));
        return all.toArray();
    }

    private boolean take() {
        taken.clear();
        next = 0;
        while (rows.hasNext() && taken.size() < AT_A_TIME) {
            taken.add(rows.next());
        }
        if (taken.isEmpty()) {
            return false;
        }
        values = found.of().apply(preparation.apply(RawTable.of(preparation.columns(), taken)));
        return true;
    }
}
