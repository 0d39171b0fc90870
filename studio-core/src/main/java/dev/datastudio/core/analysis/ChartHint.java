package dev.datastudio.core.analysis;

import java.util.Locale;

/** The chart that was asked for; {@link #AUTO} leaves the choice to the shape of the result. */
public enum ChartHint {
    AUTO,
    NONE,
    TABLE,
    HISTOGRAM,
    BAR,
    STACKED_BAR,
    LINE,
    AREA,
    SCATTER,
    BOX,
    PIE,
    DENSITY,
    HEATMAP,
    VIOLIN,
    PAIR;

    /** The name in JSON: lower case. */
    public String jsonName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
