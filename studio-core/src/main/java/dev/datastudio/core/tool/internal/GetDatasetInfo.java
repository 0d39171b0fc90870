package dev.datastudio.core.tool.internal;

import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.dataset.Origin;
import dev.datastudio.api.tool.ToolContext;
import dev.datastudio.api.tool.ToolResult;
import dev.datastudio.core.dataset.Datasets;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Tells what is known of a data set without reading its rows. */
public final class GetDatasetInfo extends DatasetTool {
    private static final int MAX_CHARACTERS = 20_000;
    private static final int FOR_WARNINGS = 2_000;
    /** What the details of other origins hold is long, and of use to programs only. */
    private static final Set<String> TELLING = Set.of(Origin.FILE, Origin.URL, Origin.KAGGLE);

    public GetDatasetInfo(Datasets datasets) {
        super(
                datasets,
                "get_dataset_info",
                "Tells what a data set is: name, version, origin, number of rows, what was noticed on import, and each"
                        + " column with its type, role, missing and distinct values. Use it first.",
                new InputSchema());
    }

    @Override
    ToolResult answer(Datasets own, Dataset dataset, Arguments arguments, ToolContext context) {
        Lines lines = new Lines(MAX_CHARACTERS);
        lines.add(
                "Data set " + Lines.clean(dataset.name()) + ", version " + dataset.version() + ", id " + dataset.id());
        lines.add("Table in SQL: " + dataset.table());
        lines.add("Origin: " + origin(dataset.origin()) + ", imported at " + dataset.importedAt());
        lines.add(Lines.count(dataset.rowCount(), "row") + ", "
                + Lines.count(dataset.columns().size(), "column") + ":");
        List<String> columns =
                dataset.columns().stream().map(GetDatasetInfo::column).toList();
        lines.addAll(columns, FOR_WARNINGS, "column");
        List<String> warnings = dataset.warnings().stream()
                .map(warning -> "Note: " + Lines.sentence(warning))
                .toList();
        lines.addAll(warnings, 0, "note");
        return ToolResult.of(lines.toString());
    }

    private static String origin(Origin origin) {
        String detail = TELLING.contains(origin.kind()) && !origin.detail().isEmpty() ? " " + origin.detail() : "";
        return Lines.sentence(origin.kind() + detail);
    }

    private static String column(Column column) {
        String unit = column.unit().isEmpty() ? "" : " in " + Lines.clean(column.unit());
        String distinct = column.distinctCount() < 0 ? "distinct not known" : column.distinctCount() + " distinct";
        return Lines.clean(column.name()) + " | " + column.type().name().toLowerCase(Locale.ROOT) + unit + " | "
                + column.role().name().toLowerCase(Locale.ROOT) + " | " + column.nullCount() + " missing | " + distinct;
    }
}
