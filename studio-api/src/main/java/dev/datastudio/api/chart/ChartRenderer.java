package dev.datastudio.api.chart;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.util.Set;

/**
 * Draws charts. Thread-safe: calls run side by side.
 *
 * <p>A renderer declares what it can do; whatever it doesn't declare it refuses with
 * {@link ErrorCode#CHART_UNSUPPORTED}. The same chart, format and style give the same bytes on one machine.
 */
public interface ChartRenderer {
    /** What the renderer is called in configuration, logs and errors: {@code java2d}. */
    String name();

    /** The formats that it writes; not empty. */
    Set<ChartFormat> formats();

    /** The kinds of chart that it draws; not empty. */
    Set<Class<? extends Chart>> kinds();

    /**
     * Draws a chart. Labels may be any text: none is ever run as a script or read as markup.
     *
     * @return the whole file
     * @throws StudioException with {@link ErrorCode#CHART_UNSUPPORTED} when the kind or the format is not declared,
     *     {@link ErrorCode#DEPENDENCY_MISSING} when the machine lacks something that drawing needs, such as a font
     */
    byte[] render(Chart chart, ChartFormat format, ChartStyle style);
}
