package dev.datastudio.agents.reporter.internal;

import dev.datastudio.agents.reporter.internal.ChartSpec.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The chart that the columns themselves ask for, as the built-in planner draws results: a line along time, bars for
 * categories, points for two numbers, bins for one.
 */
final class BuiltInChart {
    private BuiltInChart() {}

    /** The first of them that the rows allow; empty when there is none. */
    static Optional<ChartSpec> choose(ResultTable rows) {
        List<String> times = new ArrayList<>();
        List<String> numbers = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < rows.columns().size(); i++) {
            List<String> kind = rows.grain(i) != null ? times : rows.isNumber(i) ? numbers : names;
            kind.add(rows.name(i));
        }
        return specs(times, numbers, names).stream()
                .filter(spec ->
                        new ChartCheck(new ChartFiller(spec, rows)).problem().isEmpty())
                .findFirst();
    }

    private static List<ChartSpec> specs(List<String> times, List<String> numbers, List<String> names) {
        List<ChartSpec> specs = new ArrayList<>();
        if (numbers.isEmpty()) {
            return specs;
        }
        List<String> first = numbers.subList(0, 1);
        if (!times.isEmpty()) {
            specs.add(new ChartSpec(Kind.LINE, times.get(0), first, names.isEmpty() ? "" : names.get(0), ""));
            specs.add(new ChartSpec(Kind.BAR, times.get(0), first, "", ""));
        }
        if (names.size() == 2) {
            specs.add(new ChartSpec(Kind.BAR, names.get(0), first, names.get(1), ""));
            specs.add(new ChartSpec(Kind.BAR, names.get(1), first, names.get(0), ""));
            specs.add(new ChartSpec(Kind.HEATMAP, names.get(0), first, names.get(1), ""));
        } else if (names.size() == 1) {
            specs.add(new ChartSpec(Kind.BAR, names.get(0), first, "", ""));
        } else if (numbers.size() > 1) {
            specs.add(new ChartSpec(Kind.SCATTER, numbers.get(0), numbers.subList(1, 2), "", ""));
        } else {
            specs.add(new ChartSpec(Kind.HISTOGRAM, numbers.get(0), List.of(), "", ""));
        }
        return specs;
    }
}
