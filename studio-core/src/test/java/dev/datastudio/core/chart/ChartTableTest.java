package dev.datastudio.core.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.chart.Axis;
import dev.datastudio.api.chart.Chart;
import dev.datastudio.api.chart.Chart.Point;
import dev.datastudio.api.chart.ChartText;
import dev.datastudio.api.chart.CustomChart;
import dev.datastudio.api.chart.LineChart;
import dev.datastudio.api.chart.ValueFormat;
import dev.datastudio.api.chart.ValueFormat.DateGrain;
import dev.datastudio.testkit.chart.SampleCharts;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The numbers of charts for those who don't see them (A2). */
class ChartTableTest {
    @Test
    void everyKindOfChartWithNumbersHasATable() {
        for (Chart chart : SampleCharts.filled(ChartText.of("A chart"), List.of("North", "South", "West"))
                .values()) {
            if (chart.isEmpty() || chart instanceof CustomChart) {
                continue;
            }
            ChartTable table = ChartTable.of(chart);

            assertFalse(table.rows().isEmpty(), chart.kind());
            assertTrue(table.rows().stream()
                    .allMatch(row -> row.size() == table.columns().size()));
        }
    }

    @Test
    void timesAreWrittenAsDatesAndGapsAreEmpty() {
        LineChart chart = new LineChart(
                ChartText.of("Sales"),
                Axis.of("Month", ValueFormat.date(DateGrain.MONTH)),
                Axis.of("Sales", ValueFormat.number()),
                List.of(new LineChart.Series("Sales", List.of(new Point(0, 2.5), new Point(86_400_000, Double.NaN)))));

        ChartTable table = ChartTable.of(chart);

        assertEquals(List.of("Month", "Sales"), table.columns());
        assertEquals(List.of(Arrays.asList("1970-01-01", 2.5), Arrays.asList("1970-01-02", null)), table.rows());
    }
}
