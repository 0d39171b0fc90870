package dev.datastudio.core.chart.dataset;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.util.Arrays;
import java.util.Locale;

/** What can be drawn from a data set, and which columns it needs. */
public enum ChartKind {
    /** The columns decide; the reason is told. */
    AUTO,
    /** How often values of the number {@code x} fall into ranges. */
    HISTOGRAM,
    /** How densely values of the number {@code x} lie, with a curve for each {@code group}. */
    DENSITY,
    /** Quartiles of the number {@code x}, or of {@code y} for each category {@code x}. */
    BOX,
    /** As {@link #BOX}, with the shape of the spread. */
    VIOLIN,
    /** Rows or {@code y} for each category {@code x}, side by side for each {@code group}. */
    BAR,
    /** As {@link #BAR}, with the groups on top of each other. */
    STACKED_BAR,
    /** Shares of the categories {@code x} in the rows or in {@code y}. */
    PIE,
    /** Rows or {@code y} along the time or number {@code x}, with a line for each {@code group}. */
    LINE,
    /** As {@link #LINE}, filled. */
    AREA,
    /** As {@link #AREA}, with the groups on top of each other. */
    STACKED_AREA,
    /** The number {@code y} against the number {@code x}, coloured by {@code group}; many points as a density. */
    SCATTER,
    /** Rows, or the number named first among {@code columns}, for each pair of categories {@code x} and {@code y}. */
    HEATMAP,
    /** Coefficients of correlation of the numbers in {@code columns}; of all when there are none. */
    CORRELATION,
    /** The numbers in {@code columns} against each other, coloured by {@code group}. */
    PAIR;

    /** The name in JSON: lower case. */
    public String jsonName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The kind of a name in JSON, letter case aside.
     *
     * @throws StudioException with {@link ErrorCode#CHART_INVALID} when there is none
     */
    public static ChartKind parse(String name) {
        for (ChartKind kind : values()) {
            if (kind.jsonName().equals(name.trim().toLowerCase(Locale.ROOT).replace('-', '_'))) {
                return kind;
            }
        }
        throw new StudioException(
                ErrorCode.CHART_INVALID,
                "There is no kind of chart " + StudioException.quote(name),
                "Use one of " + Arrays.stream(values()).map(ChartKind::jsonName).toList());
    }
}
