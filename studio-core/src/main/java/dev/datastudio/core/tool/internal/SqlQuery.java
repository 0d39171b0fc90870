package dev.datastudio.core.tool.internal;

import static dev.datastudio.core.tool.DataTools.DEFAULT_ROWS;
import static dev.datastudio.core.tool.DataTools.MAX_ROWS;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.query.Query;
import dev.datastudio.api.query.QueryEngine;
import dev.datastudio.api.query.QueryLimits;
import dev.datastudio.api.tool.ToolContext;
import dev.datastudio.api.tool.ToolResult;
import dev.datastudio.core.dataset.Datasets;
import dev.datastudio.core.query.DuckDbTable;
import dev.datastudio.core.query.EngineLease;
import dev.datastudio.core.query.QueryEngines;
import dev.datastudio.core.table.TableSource;
import dev.datastudio.core.table.TableSources;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Runs one statement that only reads, over a database, a data set, or several data sets joined. */
public final class SqlQuery extends CheckedTool {
    private static final String MORE = "more_source_ids";
    private static final int MAX_SOURCES = 16;

    private final TableSources sources;
    private final Datasets datasets;
    private final QueryEngines engines;

    public SqlQuery(TableSources sources, Datasets datasets, QueryEngines engines) {
        super(
                "sql_query",
                "Runs one SQL SELECT over a data set, several data sets joined, or a database, and gives its rows. Only"
                        + " reads. get_dataset_info tells the name of a data set's table and its columns.",
                new InputSchema()
                        .required(DataTool.SOURCE, "The id of the data set or database, or the name of a data set")
                        .required("sql", "One SELECT statement")
                        .texts(MORE, "Ids or names of further data sets whose tables the statement names")
                        .rows("limit", DEFAULT_ROWS, MAX_ROWS));
        this.sources = sources;
        this.datasets = datasets;
        this.engines = engines;
    }

    @Override
    protected ToolResult result(Arguments arguments, ToolContext context) {
        String first = arguments.required(DataTool.SOURCE);
        List<String> more = arguments.texts(MORE);
        if (more.isEmpty()) {
            try (TableSource source = sources.open(context.caller(), first)) {
                return rows(source.engine(), arguments, context);
            }
        }
        try (EngineLease lease = engines.lease(tables(datasets.as(context.caller()), first, more))) {
            return rows(lease.engine(), arguments, context);
        }
    }

    private static ToolResult rows(QueryEngine engine, Arguments arguments, ToolContext context) {
        QueryLimits limits = QueryLimits.DEFAULT.withMaxRows(arguments.count("limit", DEFAULT_ROWS, MAX_ROWS));
        Query query = new Query(arguments.required("sql"), List.of(), limits);
        return ToolResult.of(RowText.of(engine.execute(query, context.cancellation())));
    }

    private static List<DuckDbTable> tables(Datasets own, String first, List<String> more) {
        if (more.size() >= MAX_SOURCES) {
            throw Arguments.invalid(
                    "The statement is over " + (more.size() + 1) + " data sets",
                    "Name at most " + MAX_SOURCES + " in one statement");
        }
        List<String> ids = new ArrayList<>(more);
        ids.add(0, first);
        Set<Dataset> chosen = new HashSet<>();
        Set<String> names = new HashSet<>();
        List<DuckDbTable> tables = new ArrayList<>();
        for (String id : ids) {
            Dataset dataset = DatasetTool.find(own, id);
            if (!chosen.add(dataset)) {
                continue;
            }
            if (!names.add(dataset.table())) {
                throw Arguments.invalid(
                        "Two of the data sets are the table '" + dataset.table() + "'", "Name only one of them");
            }
            tables.add(new DuckDbTable(dataset.table(), own.file(dataset)));
        }
        return tables;
    }
}
