package dev.datastudio.agents.planner.internal;

import dev.datastudio.api.dataset.ColumnRole;
import dev.datastudio.core.analysis.Aggregate;
import dev.datastudio.core.analysis.Condition;
import dev.datastudio.core.analysis.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Moves what was said to the slot in which it is meant, once all words are read: groups, conditions, pictures. */
final class Regrouping {
    private final Slots slots;
    private final Decisions decisions;

    Regrouping(Slots slots, Decisions decisions) {
        this.slots = slots;
        this.decisions = decisions;
    }

    /** "A scatter chart of the grade and the average age": the number without an aggregate is what groups the other. */
    void groupPoints() {
        boolean computes = slots.counts
                || slots.measures.stream().anyMatch(m -> !m.aggregate().isEmpty());
        boolean isOne = slots.bare.size() == 1 && slots.bare.get(0).isSmallInteger() && slots.groups.isEmpty();
        if (slots.chart.equals("scatter") && computes && isOne && slots.entities.isEmpty()) {
            slots.groups.addAll(slots.bare);
            slots.bare.clear();
        }
    }

    /** "Regions with total sales above 1000": the categories are the groups, and what is compared is shown. */
    void compareGroups() {
        List<ColumnEntry> categories =
                slots.bare.stream().filter(ColumnEntry::isCategory).toList();
        slots.bare.removeAll(categories);
        slots.groups.addAll(categories);
        slots.groups.addAll(slots.entities);
        slots.entities.clear();
        slots.comparesGroups = true;
    }

    /** "How many survived": rows whose column is true or 1. */
    void countFlagged() {
        List<ColumnEntry> flags = new ArrayList<>(slots.bare);
        ColumnEntry counted = slots.counted;
        if (counted != null) {
            flags.add(counted);
        }
        for (ColumnEntry flag : flags) {
            boolean isGroup = slots.groups.contains(flag) || (flag.equals(counted) && slots.bare.contains(flag));
            if (flag.isFlag() && !isGroup && flag.column().role() != ColumnRole.ID && !slots.partial.contains(flag)) {
                Condition holds = FilterReader.holds(flag, decisions);
                slots.filter = Condition.all(List.of(slots.filter, holds));
                slots.bare.remove(flag);
                slots.counted = flag.equals(counted) ? null : counted;
            }
        }
    }

    /**
     * A pie shows the shares of groups by itself, so its rows keep the numbers. So they do where numbers don't add up to
     * a whole: averages and extremes have no shares.
     */
    void drawShares() {
        boolean grouped = !slots.groups.isEmpty()
                || !slots.entities.isEmpty()
                || slots.hasTime()
                || slots.bare.stream().anyMatch(c -> !c.isQuantity() && (!c.isFlag() || !slots.measures.isEmpty()));
        boolean adds = slots.measures.stream()
                .allMatch(m -> m.aggregate().isEmpty() || m.aggregate().equals("sum"));
        if (grouped && (slots.chart.equals("pie") || !adds)) {
            slots.operations.remove("share");
            slots.chart = slots.chart.isEmpty() ? "pie" : slots.chart;
            if (!adds) {
                decisions.note("Only sums and counts have shares of a whole, so the values themselves are shown.", 0.1);
            }
        }
    }

    /** "What percentage survived", "the share of the West": the shares of all values of that column. */
    void shareOfSome() {
        boolean plain =
                slots.groups.isEmpty() && slots.entities.isEmpty() && !slots.hasTime() && slots.listed.isEmpty();
        if (!plain) {
            return;
        }
        List<ColumnEntry> flags =
                slots.bare.stream().filter(ColumnEntry::isFlag).toList();
        boolean adds = slots.counted == null
                && Stream.concat(slots.measures.stream().map(Slots.MeasureSlot::column), slots.bare.stream())
                        .filter(c -> !flags.contains(c))
                        .allMatch(c -> c.isQuantity() && Measures.defaultAggregate(c) == Aggregate.SUM);
        if (flags.size() == 1 && slots.bare.size() == 1 && slots.measures.isEmpty() && adds) {
            slots.bare.removeAll(flags);
            slots.groups.addAll(flags);
        } else if (flags.isEmpty()
                && adds
                && slots.filter instanceof Condition.Comparison c
                && c.comparator() == Condition.Comparator.EQUAL
                && c.left() instanceof Expression.ColumnRef ref) {
            decisions
                    .index()
                    .find(ref.table(), ref.name())
                    .filter(ColumnEntry::isCategory)
                    .ifPresent(column -> {
                        slots.groups.add(column);
                        slots.filter = Condition.always();
                        decisions.note("The shares of all values of " + column.name() + " are shown.", 0.05);
                    });
        }
    }
}
