package dev.datastudio.core.chart;

import dev.datastudio.api.chart.ChartRenderer;
import dev.datastudio.testkit.chart.ChartRendererContract;

class Java2dChartRendererTest extends ChartRendererContract {
    @Override
    protected ChartRenderer createRenderer() {
        return new Java2dChartRenderer();
    }
}
