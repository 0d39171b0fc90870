package dev.datastudio.core.chart.internal;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.datastudio.api.chart.Axis;
import dev.datastudio.api.chart.ChartText;
import dev.datastudio.api.chart.ValueFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Writes the layout of a figure: words, axes, legend, in the look of the pictures. Not thread-safe. */
final class PlotlyLayout {
    private static final int NOTES_BELOW = -58;

    private final JsonGenerator json;
    private final List<Annotation> annotations = new ArrayList<>();

    PlotlyLayout(JsonGenerator json) {
        this.json = json;
    }

    /**
     * Text as Plotly shows it unchanged: Plotly reads some HTML tags and entities in every text, and {@code $…$} as
     * MathJax where that is loaded.
     */
    static String text(String raw) {
        String clean = Words.clean(raw);
        StringBuilder safe = new StringBuilder(clean.length() + 16);
        for (int i = 0; i < clean.length(); i++) {
            char c = clean.charAt(i);
            switch (c) {
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '&' -> safe.append("&amp;");
                case '$' -> safe.append("&#36;");
                default -> safe.append(c);
            }
        }
        return safe.toString();
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

    void common(ChartText text, boolean empty) throws IOException {
        title(text);
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
        json.writeNumberField("t", text.subtitle().isEmpty() ? 72 : 92);
        json.writeNumberField("b", text.notes().isEmpty() ? 64 : 88);
        json.writeEndObject();
        if (empty) {
            annotations.add(new Annotation("No values to show", 0.5, "paper", 0.5, 0, "center", Palette.QUIET));
        }
        if (!text.notes().isEmpty()) {
            String notes = String.join(" · ", text.notes());
            annotations.add(new Annotation(notes, 0, "paper", 0, NOTES_BELOW, "left", Palette.QUIET));
        }
    }

    private void title(ChartText text) throws IOException {
        json.writeObjectFieldStart("title");
        json.writeStringField("text", "<b>" + text(text.title()) + "</b>");
        if (!text.subtitle().isEmpty()) {
            json.writeObjectFieldStart("subtitle");
            json.writeStringField("text", text(text.subtitle()));
            json.writeObjectFieldStart("font");
            json.writeNumberField("size", 12);
            colour("color", Palette.QUIET);
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeNumberField("x", 0.02);
        json.writeStringField("xanchor", "left");
        json.writeObjectFieldStart("font");
        json.writeNumberField("size", 16);
        colour("color", Palette.INK);
        json.writeEndObject();
        json.writeEndObject();
    }

    void legend(boolean shown) throws IOException {
        json.writeBooleanField("showlegend", shown);
        if (shown) {
            json.writeObjectFieldStart("legend");
            json.writeStringField("orientation", "h");
            json.writeNumberField("x", 0);
            json.writeStringField("xanchor", "left");
            json.writeNumberField("y", 1.02);
            json.writeStringField("yanchor", "bottom");
            json.writeEndObject();
        }
    }

    /** The ground of a plot with axes. */
    void ground() throws IOException {
        colour("plot_bgcolor", Palette.WHITE);
    }

    /** An axis of numbers or moments. */
    void values(String name, Axis axis, boolean grid) throws IOException {
        json.writeObjectFieldStart(name);
        boolean date = axis.format() instanceof ValueFormat.Date;
        json.writeStringField("type", date ? "date" : axis.scale() == Axis.Scale.LOG ? "log" : "linear");
        axisTitle(axis.label());
        json.writeBooleanField("showgrid", grid);
        if (grid) {
            colour("gridcolor", Palette.GRID);
        }
        colour("linecolor", Palette.AXIS);
        json.writeBooleanField("zeroline", !date);
        if (!date) {
            colour("zerolinecolor", Palette.ZERO);
        }
        json.writeBooleanField("automargin", true);
        if (axis.format() instanceof ValueFormat.Percent) {
            json.writeStringField("tickformat", ",.1~%");
        } else if (!date) {
            json.writeStringField("exponentformat", "B");
            json.writeBooleanField("separatethousands", true);
        }
        json.writeEndObject();
    }

    /** An axis of names, never read as numbers or dates. */
    void categories(String name, String title, boolean downwards) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeStringField("type", "category");
        axisTitle(title);
        json.writeBooleanField("showgrid", false);
        colour("linecolor", Palette.AXIS);
        json.writeBooleanField("automargin", true);
        if (downwards) {
            json.writeStringField("autorange", "reversed");
        }
        json.writeEndObject();
    }

    /** An axis whose whole numbers, from 0 on, stand for names. */
    void named(String name, String title, List<String> names) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeStringField("type", "linear");
        axisTitle(title);
        json.writeBooleanField("showgrid", false);
        json.writeBooleanField("zeroline", false);
        colour("linecolor", Palette.AXIS);
        json.writeArrayFieldStart("tickvals");
        for (int i = 0; i < names.size(); i++) {
            json.writeNumber(i);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("ticktext");
        for (String one : names) {
            json.writeString(text(one));
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void axisTitle(String title) throws IOException {
        json.writeObjectFieldStart("title");
        json.writeStringField("text", text(title));
        json.writeEndObject();
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
        json.writeStringField("text", text(name));
        json.writeStringField("textposition", "end");
        json.writeNumberField("textangle", 0);
        json.writeStringField("xanchor", "left");
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndArray();
    }

    /** A text in the middle of a place of the whole plot, both 0 to 1. */
    void textAt(double x, double y, String text, int colour) {
        annotations.add(new Annotation(text, x, "paper", y, 0, "center", colour));
    }

    /** A name below the axis, such as that of an open bin. */
    void nameBelow(double place, String name) {
        annotations.add(new Annotation(name, place, "x", 0, 0, "center", Palette.TEXT));
    }

    /** Writes the texts that stand in or below the plot. */
    void finish() throws IOException {
        if (annotations.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("annotations");
        for (Annotation annotation : annotations) {
            json.writeStartObject();
            json.writeStringField("text", text(annotation.text));
            json.writeStringField("xref", annotation.xref);
            json.writeStringField("yref", "paper");
            json.writeFieldName("x");
            number(json, annotation.x);
            json.writeNumberField("y", annotation.y);
            json.writeNumberField("yshift", annotation.yShiftPx);
            json.writeStringField("xanchor", annotation.xanchor);
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

    /** A text at a place of an axis or of the whole plot, moved by some pixels upwards. */
    private record Annotation(String text, double x, String xref, double y, int yShiftPx, String xanchor, int colour) {}
}
