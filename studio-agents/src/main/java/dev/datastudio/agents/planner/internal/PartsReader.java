package dev.datastudio.agents.planner.internal;

import dev.datastudio.core.analysis.Aggregate;
import dev.datastudio.core.analysis.Dimension;
import dev.datastudio.core.analysis.Measure;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Reads aggregates of what parts add up to: "average daily sales" is the mean of the days' sums, "average number of
 * orders per customer" that of the customers' counts.
 */
final class PartsReader {
    private static final Set<String> OVER = Set.of("mean", "median", "max", "min");
    private static final Set<String> PER =
            Set.of("per", "each", "every", "for each", "for every", "in each", "by each");

    private final Clause clause;
    private final Decisions decisions;
    private final Slots slots;

    PartsReader(Clause clause, Decisions decisions, Slots slots) {
        this.clause = clause;
        this.decisions = decisions;
        this.slots = slots;
    }

    void read() {
        for (int at = 0; at < clause.size(); at++) {
            if (clause.isAt(at, Tag.AGGREGATE) && OVER.contains(clause.get(at).argument())) {
                int next = clause.after(at);
                if (clause.isAt(next, Tag.GRAIN_ADJECTIVE)) {
                    ofPeriods(at, next);
                } else if (clause.isAt(next, Tag.COUNT)) {
                    ofCounts(at, next);
                }
            }
        }
    }

    /** "Average daily sales", "maximum monthly number of orders". */
    private void ofPeriods(int aggregate, int adjective) {
        boolean isAdjective =
                clause.get(adjective).text().toLowerCase(Locale.ROOT).endsWith("ly")
                        || clause.get(adjective).text().equalsIgnoreCase("annual");
        Optional<ColumnEntry> time =
                new TimeColumns(decisions.index()).main(decisions).filter(TimeColumns::canCut);
        if (!isAdjective || time.isEmpty()) {
            return;
        }
        int thing = clause.after(adjective);
        Optional<Counted> inner = clause.isAt(thing, Tag.COUNT) ? counted(thing) : added(thing);
        if (inner.isEmpty()) {
            return;
        }
        clause.use(aggregate, inner.get().last());
        Dimension period = Dimension.of(
                time.get().ref(), TimeReader.grain(clause.get(adjective).argument()));
        add(aggregate, inner.get().measure(), period, clause.get(adjective).argument());
    }

    private record Counted(Measure.Aggregated measure, int last) {}

    /** A quantity of which sums mean something. */
    private Optional<Counted> added(int at) {
        if (!clause.isAt(at, Item.Kind.COLUMN)) {
            return Optional.empty();
        }
        ColumnEntry column = decisions.column(clause.get(at), ColumnEntry::isQuantity);
        boolean adds =
                column.isQuantity() && Measures.defaultAggregate(column) == Aggregate.SUM && !Measures.isStock(column);
        return adds ? Optional.of(new Counted(Measure.of(Aggregate.SUM, column.ref()), at)) : Optional.empty();
    }

    /** "Number of orders": the rows, or the different values of a column. */
    private Optional<Counted> counted(int count) {
        int thing = clause.after(count);
        if (clause.isAt(thing, Item.Kind.TABLE) || clause.isAt(thing, Tag.ROWS) || clause.isAt(thing, Tag.PERSON)) {
            return Optional.of(new Counted(Measure.count(), thing));
        } else if (!clause.isAt(thing, Item.Kind.COLUMN)) {
            return Optional.empty();
        }
        ColumnEntry column = decisions.column(clause.get(thing), c -> !c.isQuantity());
        Measure.Aggregated measure = column.isQuantity()
                ? Measure.of(Aggregate.SUM, column.ref())
                : Measure.of(Aggregate.COUNT_DISTINCT, column.ref());
        return column.isFlag() ? Optional.empty() : Optional.of(new Counted(measure, thing));
    }

    /** "Average number of orders per customer", "per day". */
    private void ofCounts(int aggregate, int count) {
        Optional<Counted> inner = counted(count);
        if (inner.isEmpty() || !decisions.index().isSingle()) {
            return;
        }
        int per = inner.get().last() + 1;
        boolean isPer = clause.isAt(per, Tag.GROUP)
                && PER.contains(clause.get(per).text().toLowerCase(Locale.ROOT));
        int part = per + 1;
        Optional<Dimension> dimension = isPer ? part(part) : Optional.empty();
        if (dimension.isEmpty()) {
            return;
        }
        clause.use(aggregate, part);
        add(aggregate, inner.get().measure(), dimension.get(), clause.get(part).text());
    }

    private Optional<Dimension> part(int at) {
        if (clause.isAt(at, Tag.GRAIN)) {
            return new TimeColumns(decisions.index())
                    .main(decisions)
                    .filter(TimeColumns::canCut)
                    .map(c -> Dimension.of(
                            c.ref(), TimeReader.grain(clause.get(at).argument())));
        } else if (clause.isAt(at, Item.Kind.COLUMN)) {
            ColumnEntry column = decisions.column(clause.get(at), c -> c.isCategory() || c.isTemporal());
            if (TimeColumns.canCut(column)) {
                boolean grain = clause.get(at).text().matches("(?i)(year|quarter|month|week|day)s?");
                return Optional.of(Dimension.of(
                        column.ref(), grain ? TimeReader.grain(clause.get(at).text()) : TimeColumns.grainOf(column)));
            }
            return column.isCategory() ? Optional.of(Dimension.of(column.ref())) : Optional.empty();
        }
        return Optional.empty();
    }

    private void add(int aggregate, Measure.Aggregated inner, Dimension part, String name) {
        Aggregate over = Aggregate.valueOf(clause.get(aggregate).argument().toUpperCase(Locale.ROOT));
        slots.computed.add(new Measure.Nested(over, inner, List.of(part)));
        decisions.note(
                "First each " + name.toLowerCase(Locale.ROOT) + " is put together, then the "
                        + clause.get(aggregate).argument() + " is taken over them; one without rows doesn't count.",
                0.05);
    }
}
