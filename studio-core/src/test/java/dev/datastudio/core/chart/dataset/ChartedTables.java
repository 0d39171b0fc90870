package dev.datastudio.core.chart.dataset;

import dev.datastudio.api.chart.ChartFormat;
import dev.datastudio.api.chart.ChartStyle;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.core.Studio;
import dev.datastudio.core.chart.Java2dChartRenderer;
import dev.datastudio.core.chart.PlotlyJson;
import dev.datastudio.core.query.EngineLease;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;

/** Data sets made by SELECT, and their charts, each of which is also drawn. */
final class ChartedTables implements AutoCloseable {
    private final Java2dChartRenderer renderer = new Java2dChartRenderer();
    private final Studio studio = Studio.inMemory();
    private final Path folder;

    ChartedTables(Path folder) {
        this.folder = folder;
    }

    Dataset table(String name, String select) throws Exception {
        Path file = folder.resolve(name + ".parquet");
        Files.deleteIfExists(file);
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("COPY (" + select + ") TO '" + file + "' (FORMAT parquet)");
        }
        return studio.datasets().importFile(file);
    }

    Dataset file(Path file) {
        return studio.datasets().importFile(file);
    }

    DatasetChart draw(Dataset dataset, ChartRequest.Builder request) {
        try (EngineLease lease = studio.engine(List.of(dataset))) {
            DatasetChart chart = DatasetCharts.of(lease.engine()).draw(dataset, request.build());
            renderer.render(chart.chart(), ChartFormat.PNG, ChartStyle.DEFAULT.withScale(0.5));
            renderer.render(chart.chart(), ChartFormat.SVG, ChartStyle.DEFAULT);
            PlotlyJson.of(chart.chart());
            return chart;
        }
    }

    @Override
    public void close() {
        studio.close();
    }
}
