package dev.datastudio.core.table.internal;

import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.query.QueryEngine;
import dev.datastudio.core.query.EngineLease;
import dev.datastudio.core.table.TableInfo;
import dev.datastudio.core.table.TableInfo.ColumnInfo;
import dev.datastudio.core.table.TableSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The one table of a data set. */
public record DatasetTables(Dataset dataset, EngineLease lease) implements TableSource {
    @Override
    public String name() {
        return dataset.name();
    }

    @Override
    public String kind() {
        return DATASET;
    }

    @Override
    public List<TableInfo> tables() {
        return List.of(info(dataset));
    }

    /** A data set as a table. */
    public static TableInfo info(Dataset dataset) {
        List<ColumnInfo> columns =
                dataset.columns().stream().map(DatasetTables::column).toList();
        return new TableInfo(dataset.table(), quoted(dataset.table()), "", dataset.rowCount(), true, columns);
    }

    private static ColumnInfo column(Column column) {
        List<String> notes = new ArrayList<>(List.of(column.role().name().toLowerCase(Locale.ROOT)));
        if (column.nullCount() > 0) {
            notes.add(column.nullCount() + " missing");
        }
        if (column.distinctCount() >= 0) {
            notes.add(column.distinctCount() + " distinct");
        }
        return new ColumnInfo(column.name(), quoted(column.name()), column.type(), "", String.join(", ", notes));
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    @Override
    public QueryEngine engine() {
        return lease.engine();
    }

    @Override
    public void close() {
        lease.close();
    }
}
