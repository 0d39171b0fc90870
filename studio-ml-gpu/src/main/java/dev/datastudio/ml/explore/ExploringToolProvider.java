package dev.datastudio.ml.explore;

import dev.datastudio.api.tenant.Caller;
import dev.datastudio.api.tool.Tool;
import dev.datastudio.core.Studio;
import dev.datastudio.core.tool.ToolProvider;
import dev.datastudio.ml.explore.internal.tool.ClusterRows;
import dev.datastudio.ml.explore.internal.tool.FindAnomalies;
import dev.datastudio.ml.explore.internal.tool.ForecastSeries;
import dev.datastudio.ml.explore.internal.tool.PrincipalComponents;
import java.util.List;

/**
 * Gives agents and protocols {@code cluster_rows}, {@code principal_components}, {@code find_anomalies} and {@code
 * forecast_series}. They count as reading: they change nothing that is there, and keep something new, as a chart does.
 * Thread-safe.
 */
public final class ExploringToolProvider implements ToolProvider {
    @Override
    public String name() {
        return "exploring";
    }

    @Override
    public String description() {
        return "Finds groups, components and unusual rows, and forecasts series.";
    }

    @Override
    public List<Tool> tools(Studio studio, Caller caller) {
        return List.of(
                new ClusterRows(studio),
                new PrincipalComponents(studio),
                new FindAnomalies(studio),
                new ForecastSeries(studio));
    }
}
