package dev.datastudio.core.chart;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.datastudio.api.chart.Chart;
import dev.datastudio.api.chart.CustomChart;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.chart.internal.PlotlyWriter;
import dev.datastudio.core.chart.internal.figure.FigureCheck;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/**
 * Charts as figures of plotly.js 4: an object with {@code data} and {@code layout}, made from the same numbers and
 * colours as the pictures. Text from data is escaped, so that Plotly shows it and never reads it as markup.
 */
public final class PlotlyJson {
    private static final JsonFactory JSON = new JsonFactory();

    private PlotlyJson() {}

    /**
     * The figure as JSON text, ready for {@code Plotly.newPlot(element, figure.data, figure.layout)}.
     *
     * @throws StudioException with {@link ErrorCode#CHART_INVALID} when a custom figure holds what it may not
     */
    public static String of(Chart chart) {
        if (chart instanceof CustomChart custom && !custom.isEmpty()) {
            return FigureCheck.check(custom.figure()).toString();
        }
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            new PlotlyWriter(json).write(chart);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
