package dev.datastudio.agents.planner.internal;

import dev.datastudio.core.analysis.Measure.Transform;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads "rank products by sales within each region": a place for each, by what is computed of it. */
final class PlaceReader {
    private static final Set<String> RANKS = Set.of("rank", "ranks", "ranking", "rank the", "ranking of");

    private final Clause clause;
    private final Decisions decisions;
    private final Slots slots;

    PlaceReader(Clause clause, Decisions decisions, Slots slots) {
        this.clause = clause;
        this.decisions = decisions;
        this.slots = slots;
    }

    void read() {
        shares();
        int rank = clause.after(-1);
        boolean ranks = clause.isAt(rank, Tag.SORT)
                && RANKS.contains(clause.get(rank).text().toLowerCase(Locale.ROOT));
        int thing = clause.after(rank);
        int by = thing + 1;
        if (!ranks || !clause.isAt(thing, Item.Kind.COLUMN) || !clause.isAt(by, Tag.GROUP)) {
            return;
        }
        ColumnEntry ranked = decisions.column(clause.get(thing), ColumnEntry::isCategory);
        int named = clause.after(by);
        boolean aggregates = clause.isAt(named, Tag.AGGREGATE);
        int measure = aggregates ? clause.after(named) : named;
        boolean isQuantity = clause.isAt(measure, Item.Kind.COLUMN)
                && clause.get(measure).columns().stream()
                        .anyMatch(m -> m.column().isQuantity());
        if (!ranked.isCategory() || !isQuantity || ranked.isQuantity()) {
            return;
        }
        ColumnEntry quantity = decisions.column(clause.get(measure), ColumnEntry::isQuantity);
        clause.use(rank, measure);
        slots.measures.add(new Slots.MeasureSlot(aggregates ? clause.get(named).argument() : "", quantity));
        slots.groups.add(ranked);
        slots.transform = Transform.RANK;
        family(measure + 1);
    }

    /** "The share of each segment within each region": what the shares add up to 100% in. */
    private void shares() {
        boolean shares = clause.items().stream()
                .anyMatch(i -> i.is(Tag.OPERATION) && i.argument().equals("share"));
        if (!shares) {
            return;
        }
        for (int at = 0; at < clause.size(); at++) {
            if (isWithin(at) && family(at).isPresent()) {
                slots.transform = Transform.SHARE_WITHIN;
                return;
            }
        }
    }

    private boolean isWithin(int at) {
        return clause.get(at).text().toLowerCase(Locale.ROOT).matches("within( each| every)?");
    }

    /** The column that stands after "within each" or the like, which comes first then. */
    private Optional<ColumnEntry> family(int from) {
        int at = from;
        while (at < clause.size()
                && (isWithin(at) || clause.isAt(at, Tag.GROUP) || clause.get(at).is(Tag.PREPOSITION))) {
            at++;
        }
        if (at == from || !clause.isAt(at, Item.Kind.COLUMN)) {
            return Optional.empty();
        }
        ColumnEntry column = decisions.column(clause.get(at), ColumnEntry::isCategory);
        if (!column.isCategory()) {
            return Optional.empty();
        }
        clause.use(from, at);
        slots.groups.add(0, column);
        return Optional.of(column);
    }
}
