package dev.datastudio.agents.planner.internal;

import dev.datastudio.core.analysis.Condition;
import dev.datastudio.core.analysis.Measure;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the words of a segment name, without saying yet what becomes of it. Not thread-safe. */
final class Fragment {
    Slots slots = new Slots();
    /** Aggregates that were named without a column, as in "median instead of mean". */
    final List<String> aggregates = new ArrayList<>();
    /** What is done with the numbers of all groups; null when nothing was said of it. */
    Measure.@Nullable Transform transform;

    boolean reverses;
    boolean swapsAxes;
    /** How many bins; 0 when not said. */
    int bins;
    /** More or fewer bins than before; 0 when not said. */
    int binSteps;

    boolean everything;
    /** Whether groups stand beside those there: "for each", "split by". */
    boolean splits;
    /** Whether periods take the place of the groups there: "by month". */
    boolean regroups;
    /** Parts that are named as parts: "the filter", "the limit". */
    final Set<Part> parts = EnumSet.noneOf(Part.class);
    /** Words that fit nothing. */
    final List<String> unknown = new ArrayList<>();
    /** Words that were linked and not made use of. */
    final List<String> ignored = new ArrayList<>();

    /** A part of a step that has a name of its own. */
    enum Part {
        FILTER,
        LIMIT,
        SORT,
        GROUPS,
        CHART
    }

    boolean hasFilter() {
        return !slots.filter.equals(Condition.always());
    }

    /** Columns to group by, named with "by" or as what is asked about. */
    List<ColumnEntry> groups() {
        return Stream.concat(slots.groups.stream(), slots.entities.stream())
                .distinct()
                .toList();
    }

    /** Columns that stand by themselves. */
    List<ColumnEntry> bare() {
        return slots.bare.stream().distinct().toList();
    }

    boolean hasTime() {
        return slots.hasTime();
    }

    Optional<ColumnEntry> time() {
        return Optional.ofNullable(slots.time);
    }

    /** "All of them", and nothing else. */
    boolean isJustEverything() {
        return everything && names() == 0;
    }

    boolean isEmpty() {
        return !everything && names() == 0;
    }

    private int names() {
        boolean isNone = aggregates.isEmpty()
                && transform == null
                && !reverses
                && !swapsAxes
                && bins == 0
                && binSteps == 0
                && parts.isEmpty()
                && !hasFilter()
                && slots.having.equals(Condition.always())
                && groups().isEmpty()
                && slots.measures.isEmpty()
                && bare().isEmpty()
                && !hasTime()
                && slots.chart.isEmpty()
                && slots.sort == null
                && slots.rank == null
                && slots.limit == 0
                && !slots.counts
                && slots.counted == null
                && slots.operations.isEmpty();
        return isNone ? 0 : 1;
    }
}
