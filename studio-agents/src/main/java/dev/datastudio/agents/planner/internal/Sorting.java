package dev.datastudio.agents.planner.internal;

import dev.datastudio.core.analysis.Dimension;
import dev.datastudio.core.analysis.Measure;
import dev.datastudio.core.analysis.Order;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the rows of groups are sorted when the question says so. */
final class Sorting {
    private Sorting() {}

    static List<Order> order(Slots slots, List<Dimension> dimensions, List<Measure> measures) {
        Slots.SortSlot sort = slots.sort;
        if (sort == null || dimensions.isEmpty()) {
            return List.of();
        }
        ColumnEntry column = sort.column();
        boolean byDimension = sort.axis().equals("x") || (column != null && isDimension(column, dimensions));
        boolean unsaid = column == null && sort.axis().isEmpty();
        return List.of(
                byDimension && !unsaid
                        ? Order.byDimension(0, sort.direction())
                        : Order.byMeasure(measureOf(column, measures), sort.direction()));
    }

    private static boolean isDimension(ColumnEntry column, List<Dimension> dimensions) {
        return dimensions.stream().anyMatch(d -> d.of().columns().contains(column.ref()));
    }

    private static int measureOf(@Nullable ColumnEntry column, List<Measure> measures) {
        for (int i = 0; column != null && i < measures.size(); i++) {
            if (measures.get(i).columns().contains(column.ref())) {
                return i;
            }
        }
        return 0;
    }
}
