package dev.datastudio.core.chart;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.datastudio.api.chart.ChartText;
import dev.datastudio.api.chart.CustomChart;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.chart.internal.figure.FigureCharts;
import dev.datastudio.core.chart.internal.figure.FigureCheck;

/**
 * Figures written by hand, or by a model, for plotly.js. They may hold traces of a dozen types with their usual
 * attributes, at most 2 million characters, 50 traces and 200,000 values; nothing that loads, links or acts.
 *
 * <p>A figure of one kind of trace on one pair of axes is drawn as a picture too; all others only in the browser.
 */
public final class CustomFigures {
    private CustomFigures() {}

    /**
     * The chart of a figure that may be shown.
     *
     * @param figure JSON: an object with {@code data}, a list of traces, and {@code layout}, which may be left out
     * @return with the figure's own title, and only what was checked
     * @throws StudioException with {@link ErrorCode#CHART_INVALID}, naming the first five parts that a figure may not
     *     have and the nearest names that it may
     */
    public static CustomChart parse(String figure) {
        ObjectNode checked = FigureCheck.check(figure);
        return new CustomChart(ChartText.of(FigureCharts.title(checked)), checked.toString());
    }
}
