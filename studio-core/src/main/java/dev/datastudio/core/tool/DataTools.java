package dev.datastudio.core.tool;

import dev.datastudio.api.tool.Tool;
import dev.datastudio.core.table.TableSources;
import dev.datastudio.core.tool.internal.AggregateData;
import dev.datastudio.core.tool.internal.DescribeSource;
import dev.datastudio.core.tool.internal.RowTools;
import java.util.List;

/**
 * The seven tools over data sets and databases: {@code execute_sql_query}, {@code read_source_data},
 * {@code describe_source}, {@code sample_source_data}, {@code count_rows}, {@code filter_data} and
 * {@code aggregate_data}. Each names its source by {@code source_id} and sees only those of its caller.
 *
 * <p>Whatever SQL comes with the arguments runs through the source's engine, which lets through one statement that only
 * reads. Rows come as text: a line with the execution time in ms, one with the column names, one such as
 * {@code Rows (20 shown, 1000 total):}, then the rows, aligned and parted by {@code " | "}.
 */
public final class DataTools {
    /** How many rows a call shows at most. */
    public static final int MAX_ROWS = 1_000;

    /** How many rows a call shows unless told. */
    public static final int DEFAULT_ROWS = 20;

    private DataTools() {}

    /** All seven. */
    public static List<Tool> over(TableSources sources) {
        return List.of(
                RowTools.executeSqlQuery(sources),
                RowTools.readSourceData(sources),
                new DescribeSource(sources),
                RowTools.sampleSourceData(sources),
                RowTools.countRows(sources),
                RowTools.filterData(sources),
                new AggregateData(sources));
    }
}
