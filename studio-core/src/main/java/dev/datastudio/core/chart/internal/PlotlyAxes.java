package dev.datastudio.core.chart.internal;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.datastudio.api.chart.Axis;
import dev.datastudio.api.chart.ValueFormat;
import dev.datastudio.api.chart.ValueFormat.DateGrain;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Writes the axes of a figure. Not thread-safe. */
final class PlotlyAxes {
    /** About how many letters stand beside each other below a plot. */
    private static final int LETTERS_BELOW = 90;

    /** Longer names would take more of the figure's height than the plot. */
    private static final int MAX_TURNED = 16;

    private static final int LETTER_PX = 6;
    private static final int LINE_PX = 24;
    private static final double DAY = 86_400_000;
    private static final double FEW_WHOLE = 6;

    private final JsonGenerator json;
    private final Look look;

    PlotlyAxes(JsonGenerator json, Look look) {
        this.json = json;
        this.look = look;
    }

    /** Whether axes are drawn; those of a figure without values would have ticks that mean nothing. */
    enum Look {
        SHOWN,
        HIDDEN
    }

    /**
     * An axis of numbers or moments.
     *
     * @param values some of those shown, the greatest among them; moments have a place around them when they are one
     */
    void values(String name, Axis axis, boolean grid, Collection<Double> values) throws IOException {
        boolean date = axis.format() instanceof ValueFormat.Date;
        start(name, date ? "date" : axis.scale() == Axis.Scale.LOG ? "log" : "linear", axis.label());
        json.writeBooleanField("showgrid", grid);
        if (grid) {
            colour("gridcolor", Palette.GRID);
        }
        json.writeBooleanField("zeroline", !date);
        if (!date) {
            colour("zerolinecolor", Palette.ZERO);
        }
        if (axis.format() instanceof ValueFormat.Percent) {
            json.writeStringField("tickformat", ",.1~%");
        } else if (axis.format() instanceof ValueFormat.Date moments) {
            around(values, moments.grain());
        } else {
            json.writeStringField("exponentformat", exponents(values));
            json.writeBooleanField("separatethousands", true);
            if (isFewWhole(axis, values)) {
                json.writeNumberField("dtick", 1); // Plotly would put half ones between them
            }
        }
        json.writeEndObject();
    }

    private static boolean isFewWhole(Axis axis, Collection<Double> values) {
        return axis.format() instanceof ValueFormat.Whole
                && axis.scale() == Axis.Scale.LINEAR
                && values.stream().allMatch(value -> Double.isNaN(value) || Math.abs(value) <= FEW_WHOLE);
    }

    /** Thousands and millions have letters; for 0.0005 Plotly would say 500µ then. */
    static String exponents(Collection<Double> values) {
        boolean small = values.stream().allMatch(value -> Double.isNaN(value) || Math.abs(value) < 1);
        return small ? "e" : "B";
    }

    /** A lone moment would stand in a range of milliseconds. */
    private void around(Collection<Double> moments, DateGrain grain) throws IOException {
        List<Double> places = moments.stream().distinct().limit(2).toList();
        if (places.size() == 1) {
            double room = switch (grain) {
                case SECOND, MINUTE -> DAY / 1440;
                case HOUR -> DAY / 24;
                case DAY -> DAY;
                case WEEK -> 7 * DAY;
                case MONTH, QUARTER -> 31 * DAY;
                case YEAR -> 366 * DAY;
            };
            json.writeArrayFieldStart("range");
            PlotlyLayout.number(json, places.get(0) - room);
            PlotlyLayout.number(json, places.get(0) + room);
            json.writeEndArray();
        }
    }

    /** An axis of numbers with ticks of its own. */
    void ticks(String name, Axis axis, List<Double> places, List<String> labels) throws IOException {
        start(name, "linear", axis.label());
        json.writeBooleanField("showgrid", false);
        json.writeBooleanField("zeroline", false);
        ticks(places, labels);
        json.writeEndObject();
    }

    /** Names below the plot, from left to right; never read as numbers or dates. */
    void categoriesBelow(String title, List<String> names) throws IOException {
        start("xaxis", "category", title);
        json.writeBooleanField("showgrid", false);
        shortened(names, below(names));
        turned(names);
        json.writeEndObject();
    }

    /** Names left of the plot, from top to bottom; never read as numbers or dates. */
    void categoriesBeside(String title, List<String> names) throws IOException {
        start("yaxis", "category", title);
        json.writeBooleanField("showgrid", false);
        json.writeStringField("autorange", "reversed");
        shortened(names, PlotlyWords.names(names));
        json.writeEndObject();
    }

    /** An axis below the plot whose whole numbers, from 0 on, stand for names. */
    void numbered(String title, List<String> names) throws IOException {
        start("xaxis", "linear", title);
        json.writeBooleanField("showgrid", false);
        json.writeBooleanField("zeroline", false);
        json.writeArrayFieldStart("range");
        json.writeNumber(-0.6);
        json.writeNumber(names.size() - 0.4);
        json.writeEndArray();
        List<Double> places = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            places.add((double) i);
        }
        ticks(places, below(names));
        turned(names);
        json.writeEndObject();
    }

    /** How high the labels of names below a plot are, in pixels. */
    static int depthPx(List<String> names) {
        return isTurned(names) ? LINE_PX + longest(below(names)) * LETTER_PX : LINE_PX;
    }

    private void start(String name, String type, String title) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeStringField("type", type);
        json.writeObjectFieldStart("title");
        json.writeStringField("text", PlotlyWords.text(PlotlyWords.shortened(title, LETTERS_BELOW / 2)));
        json.writeEndObject();
        colour("linecolor", Palette.AXIS);
        json.writeBooleanField("automargin", true);
        if (look == Look.HIDDEN) {
            json.writeBooleanField("visible", false);
        }
    }

    /** Categories keep their names, by which traces find them; only their labels are shorter. */
    private void shortened(List<String> names, List<String> labels) throws IOException {
        List<String> whole = names.stream().map(PlotlyWords::text).toList();
        if (!labels.equals(whole)) {
            texts("tickvals", whole);
            texts("ticktext", labels);
        }
    }

    private void ticks(List<Double> places, List<String> labels) throws IOException {
        json.writeArrayFieldStart("tickvals");
        for (double place : places) {
            PlotlyLayout.number(json, place);
        }
        json.writeEndArray();
        texts("ticktext", labels);
    }

    private void texts(String field, List<String> texts) throws IOException {
        json.writeArrayFieldStart(field);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    private void turned(List<String> names) throws IOException {
        json.writeNumberField("tickangle", isTurned(names) ? -90 : 0);
    }

    private static boolean isTurned(List<String> names) {
        return names.size() * (longest(PlotlyWords.names(names)) + 2) > LETTERS_BELOW;
    }

    private static List<String> below(List<String> names) {
        return isTurned(names) ? PlotlyWords.names(names, MAX_TURNED) : PlotlyWords.names(names);
    }

    private static int longest(List<String> labels) {
        return labels.stream().mapToInt(String::length).max().orElse(0);
    }

    private void colour(String field, int colour) throws IOException {
        json.writeStringField(field, Palette.hex(colour));
    }
}
