package dev.datastudio.core.chart;

import dev.datastudio.api.chart.Chart;
import dev.datastudio.api.chart.ChartStyle;
import dev.datastudio.core.chart.internal.Fonts;
import dev.datastudio.core.chart.internal.Pictures;
import dev.datastudio.core.chart.internal.Scene;
import dev.datastudio.core.chart.internal.Scenes;
import java.util.ArrayList;
import java.util.List;

/** Many charts side by side in one picture, as photographers look through a film. */
public final class ContactSheet {
    private static final int MAX_CHARTS = 100;

    private ContactSheet() {}

    /**
     * The charts as one PNG, from left to right and from top to bottom.
     *
     * @param charts 1 to 100 of kinds that {@link Java2dChartRenderer} draws
     * @param columns how many stand beside each other, at least 1
     * @param each size of each chart
     */
    public static byte[] png(List<? extends Chart> charts, int columns, ChartStyle each) {
        if (charts.isEmpty() || charts.size() > MAX_CHARTS || columns < 1) {
            throw new IllegalArgumentException("charts must be 1.." + MAX_CHARTS + " in at least 1 column, were "
                    + charts.size() + " in " + columns);
        }
        Fonts fonts = new Fonts();
        List<Scene> scenes = new ArrayList<>();
        for (Chart chart : charts) {
            scenes.add(Scenes.of(chart, each, fonts));
        }
        return Pictures.png(scenes, columns, each.scale(), fonts);
    }
}
