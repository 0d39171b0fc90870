package dev.datastudio.core.chart.internal;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.datastudio.api.chart.ChartText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Writes the layout of a figure but for its axes: words, legend, margins, in the look of the pictures. Not thread-safe. */
final class PlotlyLayout {
    private static final int TITLE_LETTERS = 56;
    private static final int SUBTITLE_LETTERS = 88;
    private static final int NOTE_LETTERS = 96;
    private static final int TITLE_LINE_PX = 21;
    private static final int SUBTITLE_LINE_PX = 16;
    private static final int NOTE_LINE_PX = 14;

    /** The room for the title of the axis below the plot. */
    private static final int AXIS_TITLE_PX = 40;

    private final JsonGenerator json;
    private final List<Annotation> annotations = new ArrayList<>();

    PlotlyLayout(JsonGenerator json) {
        this.json = json;
    }

    /** Whole numbers without a decimal point, NaN as null. */
    static void number(JsonGenerator json, double value) throws IOException {
        if (!Double.isFinite(value)) {
            json.writeNull();
        } else if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            json.writeNumber((long) value);
        } else {
            json.writeNumber(value);
        }
    }

    /**
     * What all figures have.
     *
     * @param depthPx how high the labels below the plot are
     */
    void common(ChartText text, boolean empty, int depthPx) throws IOException {
        List<String> title = PlotlyWords.lines(text.title(), TITLE_LETTERS, 2);
        List<String> subtitle = PlotlyWords.lines(text.subtitle(), SUBTITLE_LETTERS, 2);
        List<String> notes = PlotlyWords.lines(String.join(" · ", text.notes()), NOTE_LETTERS, 3);
        title(title, subtitle);
        json.writeObjectFieldStart("font");
        json.writeStringField("family", Fonts.CSS_FAMILIES);
        json.writeNumberField("size", 12);
        colour("color", Palette.TEXT);
        json.writeEndObject();
        colour("paper_bgcolor", Palette.WHITE);
        json.writeArrayFieldStart("colorway");
        for (int i = 0; i < Palette.size(); i++) {
            json.writeString(Palette.hex(Palette.series(i)));
        }
        json.writeEndArray();
        json.writeObjectFieldStart("margin");
        json.writeNumberField("l", 72);
        json.writeNumberField("r", 24);
        json.writeNumberField("t", 40 + title.size() * TITLE_LINE_PX + subtitle.size() * SUBTITLE_LINE_PX);
        json.writeNumberField("b", depthPx + AXIS_TITLE_PX + (notes.isEmpty() ? 0 : 12 + notes.size() * NOTE_LINE_PX));
        json.writeEndObject();
        if (empty) {
            annotations.add(new Annotation("No values to show", 0.5, 0.5, 0, "center", Palette.QUIET));
        }
        if (!notes.isEmpty()) {
            int below = -depthPx - AXIS_TITLE_PX;
            annotations.add(new Annotation(String.join("<br>", notes), 0, 0, below, "left", Palette.QUIET));
        }
    }

    private void title(List<String> title, List<String> subtitle) throws IOException {
        json.writeObjectFieldStart("title");
        json.writeStringField("text", "<b>" + String.join("<br>", title) + "</b>");
        if (!subtitle.isEmpty()) {
            json.writeObjectFieldStart("subtitle");
            json.writeStringField("text", String.join("<br>", subtitle));
            json.writeObjectFieldStart("font");
            json.writeNumberField("size", 12);
            colour("color", Palette.QUIET);
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeNumberField("x", 0.02);
        json.writeStringField("xanchor", "left");
        json.writeStringField("yref", "container");
        json.writeNumberField("y", 1);
        json.writeStringField("yanchor", "top");
        json.writeObjectFieldStart("pad");
        json.writeNumberField("t", title.size() > 1 ? 26 : 16);
        json.writeEndObject();
        json.writeObjectFieldStart("font");
        json.writeNumberField("size", 16);
        colour("color", Palette.INK);
        json.writeEndObject();
        json.writeEndObject();
    }

    /** A legend right of the plot, where it never meets the title however many rows it has. */
    void legend(boolean shown) throws IOException {
        json.writeBooleanField("showlegend", shown);
        if (shown) {
            json.writeObjectFieldStart("legend");
            json.writeStringField("orientation", "v");
            json.writeNumberField("x", 1.02);
            json.writeStringField("xanchor", "left");
            json.writeNumberField("y", 1);
            json.writeStringField("yanchor", "top");
            json.writeStringField("itemsizing", "constant");
            json.writeEndObject();
        }
    }

    /** The ground of a plot with axes. */
    void ground() throws IOException {
        colour("plot_bgcolor", Palette.WHITE);
    }

    /** A dashed upright line with a name. */
    void marker(double x, String name) throws IOException {
        json.writeArrayFieldStart("shapes");
        json.writeStartObject();
        json.writeStringField("type", "line");
        json.writeStringField("yref", "paper");
        json.writeFieldName("x0");
        number(json, x);
        json.writeFieldName("x1");
        number(json, x);
        json.writeNumberField("y0", 0);
        json.writeNumberField("y1", 1);
        json.writeObjectFieldStart("line");
        colour("color", Palette.INK);
        json.writeNumberField("width", 1.2);
        json.writeStringField("dash", "dash");
        json.writeEndObject();
        json.writeObjectFieldStart("label");
        json.writeStringField("text", PlotlyWords.text(name));
        json.writeStringField("textposition", "end");
        json.writeNumberField("textangle", 0);
        json.writeStringField("xanchor", "left");
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndArray();
    }

    /** A text in the middle of a place of the whole plot, both 0 to 1. */
    void textAt(double x, double y, String text, int colour) {
        annotations.add(new Annotation(PlotlyWords.text(text), x, y, 0, "center", colour));
    }

    /** Writes the texts that stand in or below the plot. */
    void finish() throws IOException {
        if (annotations.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("annotations");
        for (Annotation annotation : annotations) {
            json.writeStartObject();
            json.writeStringField("text", annotation.text);
            json.writeStringField("xref", "paper");
            json.writeStringField("yref", "paper");
            json.writeFieldName("x");
            number(json, annotation.x);
            json.writeNumberField("y", annotation.y);
            json.writeNumberField("yshift", annotation.yShiftPx);
            json.writeStringField("xanchor", annotation.xanchor);
            json.writeStringField("align", annotation.xanchor);
            json.writeStringField("yanchor", annotation.y == 0 ? "top" : "middle");
            json.writeBooleanField("showarrow", false);
            json.writeObjectFieldStart("font");
            json.writeNumberField("size", 11);
            colour("color", annotation.colour);
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void colour(String field, int colour) throws IOException {
        json.writeStringField(field, Palette.hex(colour));
    }

    /** A text at a place of the whole plot, moved by some pixels upwards. */
    private record Annotation(String text, double x, double y, int yShiftPx, String xanchor, int colour) {}
}
