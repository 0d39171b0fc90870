package dev.datastudio.core.chart.internal;

import dev.datastudio.api.chart.ChartText;
import dev.datastudio.api.chart.ViolinChart.Violin;
import java.util.List;

/** The notes below pictures that several kinds of charts share. */
public final class Notes {
    private static final int NAMED = 4;

    private Notes() {}

    /** The text with a note when the widths of violins can't be compared. */
    public static ChartText withWidths(ChartText text, List<Violin> violins) {
        return ViolinWidths.areEach(violins)
                ? text.withNote("Each violin has the full width, whatever its density")
                : text;
    }

    /** The text with one note on all categories that have no curve; an empty name stands for all values. */
    public static ChartText withFewValues(ChartText text, List<String> names) {
        if (names.isEmpty()) {
            return text;
        }
        if (names.size() == 1) {
            String name = names.get(0);
            return text.withNote(name.isEmpty() ? "All values are the same" : name + " has too few different values");
        }
        int named = names.size() <= NAMED + 1 ? names.size() - 1 : NAMED;
        String last = named == names.size() - 1 ? names.get(named) : names.size() - named + " more";
        return text.withNote(
                String.join(", ", names.subList(0, named)) + " and " + last + " have too few different values");
    }
}
