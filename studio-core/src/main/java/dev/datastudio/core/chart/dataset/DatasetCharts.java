package dev.datastudio.core.chart.dataset;

import dev.datastudio.api.chart.Chart;
import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.ColumnRole;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.query.QueryEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Draws data sets: bins, quartiles, densities and sums are computed by SQL in the engine, so that memory does not grow
 * with the rows; only what a chart shows is read. As thread-safe as its engine.
 *
 * <p>Of many rows points are sampled or counted in cells, of many categories the greatest are shown and the others
 * gathered; both stand in the chart's subtitle. A column without any value gives a chart that says so.
 */
public final class DatasetCharts {
    private static final String DUCKDB = "duckdb";

    private final QueryEngine engine;

    private DatasetCharts(QueryEngine engine) {
        this.engine = engine;
    }

    /**
     * Charts of the tables of an engine, which stays open.
     *
     * @throws StudioException with {@link ErrorCode#CHART_UNSUPPORTED} when the engine is not DuckDB
     */
    public static DatasetCharts of(QueryEngine engine) {
        Objects.requireNonNull(engine, "engine");
        if (!engine.name().equals(DUCKDB)) {
            throw new StudioException(
                    ErrorCode.CHART_UNSUPPORTED,
                    "Charts can't be computed by the engine " + StudioException.quote(engine.name()),
                    "Import the table as a data set, and draw that");
        }
        return new DatasetCharts(engine);
    }

    /** As {@link #draw(Dataset, ChartRequest, Cancellation)}, without a way to stop it. */
    public DatasetChart draw(Dataset dataset, ChartRequest request) {
        return draw(dataset, request, Cancellation.none());
    }

    /**
     * The chart of some columns. Blocks while the rows are read, once or a few times.
     *
     * @param dataset one of the engine's tables
     * @throws StudioException with {@link ErrorCode#CHART_INVALID} when the columns don't suit the kind,
     *     {@link ErrorCode#UNKNOWN_COLUMN} when there is no such column, or one of {@link QueryEngine#execute}
     */
    public DatasetChart draw(Dataset dataset, ChartRequest request, Cancellation cancellation) {
        Inputs inputs = Inputs.of(dataset, request);
        KindChoice choice = KindChoice.of(inputs);
        Inputs chosen = choice.inputs();
        Rows rows = new Rows(engine, dataset, cancellation);
        List<String> suggestions = new ArrayList<>();
        Chart chart = draw(rows, chosen, choice.kind(), suggestions);
        return new DatasetChart(chart, choice.kind(), choice.reason(), suggestions);
    }

    private static Chart draw(Rows rows, Inputs inputs, ChartKind kind, List<String> suggestions) {
        return switch (kind) {
            case HISTOGRAM -> new SpreadCharts(rows, inputs, suggestions).histogram();
            case DENSITY -> new SpreadCharts(rows, inputs, suggestions).density();
            case BOX -> new SpreadCharts(rows, inputs, suggestions).boxes();
            case VIOLIN -> new SpreadCharts(rows, inputs, suggestions).violins();
            case BAR, STACKED_BAR -> new CategoryCharts(rows, inputs).bars(kind);
            case PIE -> new CategoryCharts(rows, inputs).pie();
            case HEATMAP -> new CategoryCharts(rows, inputs).heatmap();
            case LINE, AREA, STACKED_AREA -> new CourseCharts(rows, inputs).course(kind);
            case SCATTER -> new RelationCharts(rows, inputs, suggestions).scatter();
            case CORRELATION -> new RelationCharts(rows, inputs, suggestions).correlation();
            case PAIR -> new RelationCharts(rows, inputs, suggestions).pairs();
            case AUTO -> throw new AssertionError(kind);
        };
    }

    /** The columns of a data set that measure something and vary. */
    static List<Column> numbers(Dataset dataset) {
        List<Column> numbers = new ArrayList<>();
        for (Column column : dataset.columns()) {
            if (column.type().isNumeric() && column.role() == ColumnRole.MEASURE && column.distinctCount() != 1) {
                numbers.add(column);
            }
        }
        return numbers;
    }
}
