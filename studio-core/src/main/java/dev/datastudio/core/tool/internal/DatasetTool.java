package dev.datastudio.core.tool.internal;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tool.ToolContext;
import dev.datastudio.api.tool.ToolResult;
import dev.datastudio.core.dataset.Datasets;
import dev.datastudio.core.query.DuckDbTable;
import dev.datastudio.core.query.EngineLease;
import dev.datastudio.core.query.QueryEngines;
import java.util.List;
import java.util.Optional;

/** What the analysis tools share: the data set of the caller, and an engine over it. */
public abstract class DatasetTool extends CheckedTool {
    private static final String SOURCE = "source_id";

    private final Datasets datasets;

    DatasetTool(Datasets datasets, String name, String description, InputSchema schema) {
        super(name, description, schema.required(SOURCE, "The id of the data set, or its name for the newest version"));
        this.datasets = datasets;
    }

    @Override
    protected final ToolResult result(Arguments arguments, ToolContext context) {
        Datasets own = datasets.as(context.caller());
        return answer(own, find(own, arguments.required(SOURCE)), arguments, context);
    }

    /**
     * A data set by its name or id.
     *
     * @param own the caller's data sets
     * @throws StudioException with {@link ErrorCode#SOURCE_NOT_FOUND}
     */
    public static Dataset find(Datasets own, String id) {
        Optional<Dataset> named = own.find(id);
        return named.or(() -> own.list().stream()
                        .filter(dataset -> dataset.id().toString().equalsIgnoreCase(id))
                        .findFirst())
                .orElseThrow(() -> new StudioException(
                        ErrorCode.SOURCE_NOT_FOUND,
                        "There is no data set " + StudioException.quote(id),
                        "List the data sets to see their ids; import a database's table to have it as one"));
    }

    /** @param own the caller's data sets */
    abstract ToolResult answer(Datasets own, Dataset dataset, Arguments arguments, ToolContext context);

    static EngineLease engine(QueryEngines engines, Datasets own, Dataset dataset) {
        return engines.lease(List.of(new DuckDbTable(dataset.table(), own.file(dataset))));
    }
}
