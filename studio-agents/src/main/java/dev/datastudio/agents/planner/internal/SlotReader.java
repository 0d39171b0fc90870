package dev.datastudio.agents.planner.internal;

import dev.datastudio.core.analysis.Condition;
import dev.datastudio.core.analysis.DatePart;
import dev.datastudio.core.analysis.Order.Direction;
import dev.datastudio.core.analysis.TimeGrain;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Walks once over a clause and puts what each word says into its slot; conditions have been read before. */
final class SlotReader {
    /** The least score of a whole name. */
    private static final double WHOLE = 0.9;

    private static final Set<String> PER = Set.of("by", "per", "grouped by", "group by", "for each", "for every");

    private final Clause clause;
    private final Decisions decisions;
    private final Slots slots = new Slots();
    private final RankReader ranks;
    private final Surroundings surroundings;
    private final TableReader tables;
    private final CountReader counts;
    private final List<String> aggregates = new ArrayList<>();
    private Expecting state = Expecting.FREE;
    private int lastColumn = -1;
    private boolean lacksColumn;

    private SlotReader(Clause clause, Decisions decisions) {
        this.clause = clause;
        this.decisions = decisions;
        this.ranks = new RankReader(clause, decisions, slots);
        this.surroundings = new Surroundings(clause, slots);
        this.tables = new TableReader(clause, slots, decisions.index());
        this.counts = new CountReader(clause, decisions, slots);
    }

    static Slots read(Clause clause, Decisions decisions) {
        return new SlotReader(clause, decisions).run();
    }

    private Slots run() {
        if (joins()) {
            slots.related.addAll(new RelatedReader(clause, decisions.index()).read());
        }
        new EdgesReader(clause, decisions, slots).read();
        new AlongReader(clause, slots).read();
        new PartsReader(clause, decisions, slots).read();
        new ComputedReader(clause, decisions, slots).read();
        new PlaceReader(clause, decisions, slots).read();
        new PortionReader(clause, decisions, slots).read();
        new SortReader(clause, decisions, slots).read();
        var filters = new FilterReader(clause, decisions);
        filters.setsEndsAgainst(slots.changes && slots.grain == null);
        slots.filter = Condition.all(List.of(filters.read(), slots.inRanges));
        slots.having = filters.having();
        slots.versus = filters.versus();
        slots.rowsNamed = filters.namesRows();
        slots.listed.addAll(filters.listed());
        compared(filters.comparedGrain());
        for (int at = 0; at < clause.size(); at++) {
            if (!clause.isUsed(at)) {
                readAt(at);
            }
        }
        if (joins()) {
            tables.finish();
        }
        if (lacksColumn && slots.having.equals(Condition.always()) && slots.problem.isEmpty()) {
            slots.problem =
                    "It is not said of which column the " + aggregates.get(0).replace('_', ' ') + " is wanted.";
        }
        return slots;
    }

    /** Periods that were set against each other are what time is cut into, and what a change is between. */
    private void compared(@Nullable TimeGrain grain) {
        if (grain == null) {
            return;
        }
        slots.grain = grain;
        slots.periods = slots.changes;
        if (slots.periods) {
            slots.transform = null;
            clause.unused(Tag.COMPUTE).stream()
                    .filter(i -> clause.get(i).argument().equals("moved"))
                    .forEach(clause::use);
        }
    }

    private boolean joins() {
        return !decisions.index().isSingle();
    }

    private void readAt(int at) {
        Item item = clause.get(at);
        switch (item.kind()) {
            case COLUMN -> column(at);
            case WORD -> word(at, item);
            case TABLE -> {
                if (joins() && item.table().isPresent()) {
                    slots.rowsNamed = true;
                    state = tables.read(at, state);
                } else {
                    rows(at);
                }
            }
            case NUMBER -> number(at);
            default -> {}
        }
    }

    private void word(int at, Item item) {
        switch (item.tag()) {
            case GROUP -> group(at);
            case AGGREGATE -> aggregate(at, item);
            case COUNT -> count(at);
            case DISTINCT -> {
                slots.distinct = true;
                clause.use(at);
            }
            case RATE -> counts.rate(at, lastColumn);
            case TOP, BOTTOM, HIGHEST, LOWEST, JUDGED, MOST_COMMON, LEAST_COMMON, MORE_OF, LESS_OF ->
                state = ranks.read(at, state);
            case QUESTION -> question(at);
            case ROWS -> rows(at);
            case VERSUS -> slots.versus = true;
            case LAST -> {
                if (ranks.lastOne(at)) {
                    state = Expecting.FREE;
                }
            }
            case OPERATION -> {
                if (!new PictureReader(clause, slots).read(at)) {
                    slots.operations.add(item.argument());
                }
                clause.use(at);
                state = Expecting.FREE;
            }
            case CHART -> {
                slots.chart = item.argument();
                clause.use(at);
            }
            case COMPARATOR -> {
                boolean groups =
                        item.text().equalsIgnoreCase("over") && clause.isAt(clause.after(at), Item.Kind.COLUMN);
                if (groups) {
                    clause.use(at);
                    state = Expecting.GROUP;
                }
            }
            default -> timeOrSort(at, item);
        }
    }

    private void timeOrSort(int at, Item item) {
        switch (item.tag()) {
            case GRAIN -> grain(at, item);
            case GRAIN_ADJECTIVE -> {
                slots.grain = TimeReader.grain(item.argument());
                clause.use(at);
            }
            case DATE_PART -> {
                if (item.argument().equals("weekend")) {
                    return;
                }
                slots.datePart = DatePart.valueOf(item.argument().toUpperCase(Locale.ROOT));
                slots.grainIsEntity = state == Expecting.ENTITY;
                clause.use(at);
            }
            case OVER_TIME -> {
                slots.overTime = true;
                clause.use(at);
            }
            case SHOW, WITH, AXIS -> state = Expecting.FREE;
            default -> {}
        }
    }

    private void group(int at) {
        int next = clause.after(at);
        if (tables.isDoer(at, next)) {
            return;
        }
        boolean hasNone =
                next >= clause.size() && PER.contains(clause.get(at).text().toLowerCase(Locale.ROOT));
        if (hasNone
                && slots.operations.isEmpty()
                && slots.bare.isEmpty()
                && slots.entities.isEmpty()
                && slots.counted == null) {
            slots.problem = "It is not said what is grouped by.";
            return;
        }
        if (surroundings.isEachNumberOf(at, next)) {
            clause.use(next);
            state = Expecting.GROUP;
            return;
        }
        boolean measures =
                clause.isAt(next, Tag.AGGREGATE) || clause.isAt(next, Tag.COUNT) || clause.isAt(next, Tag.HIGHEST);
        if (measures) {
            slots.groups.addAll(slots.entities.isEmpty() ? ranks.takeCategories() : List.of());
            state = Expecting.FREE;
        } else if (clause.isAt(next, Item.Kind.COLUMN) && surroundings.ranksBy(next)) {
            state = Expecting.RANK;
        } else {
            state = Expecting.GROUP;
        }
    }

    private void aggregate(int at, Item item) {
        boolean isExtreme = item.argument().equals("max") || item.argument().equals("min");
        boolean ofRows = slots.rowsNamed
                || !slots.entities.isEmpty()
                || slots.bare.stream().anyMatch(c -> !c.isQuantity());
        if (isExtreme && ofRows && clause.isAt(clause.before(at), Tag.WITH)) {
            state = ranks.superlative(at, item.argument().equals("max") ? Direction.DESCENDING : Direction.ASCENDING);
            return;
        }
        int next = clause.after(at);
        boolean ofCount = item.argument().equals("sum") && clause.isAt(next, Tag.COUNT);
        if (ofCount) {
            clause.use(at);
            return;
        }
        boolean inTotal = item.argument().equals("sum") && slots.counts && !surroundings.columnFollows(at);
        if (inTotal) {
            clause.use(at);
            return;
        }
        if (isOfAggregate(at, item)) {
            slots.problem = "An aggregate of another aggregate is more than one step ('" + item.text() + "').";
        }
        boolean continues = state == Expecting.AGGREGATE && !aggregates.isEmpty() && lastColumn < 0;
        boolean isListed = surroundings.isListedAfter(at);
        if (!continues || (aggregates.contains("sum") && !isListed)) {
            aggregates.clear();
        }
        aggregates.add(item.argument());
        lastColumn = -1;
        lacksColumn = true;
        state = Expecting.AGGREGATE;
        boolean hasColumn = clause.items().stream().anyMatch(i -> i.is(Item.Kind.COLUMN));
        if (hasColumn) {
            clause.use(at);
        }
    }

    /** "The mean of the medians", which is not the mean and the median. */
    private boolean isOfAggregate(int at, Item item) {
        int before = at - 1;
        while (before >= 0 && clause.get(before).is(Tag.FILLER)) {
            before--;
        }
        boolean joined = before >= 0 && clause.get(before).text().equalsIgnoreCase("of");
        int outer = joined ? before - 1 : before;
        boolean isOf = outer >= 0
                && clause.get(outer).is(Tag.AGGREGATE)
                && (joined || clause.get(outer).text().toLowerCase(Locale.ROOT).endsWith(" of"));
        return isOf && !item.argument().equals("sum") && decisions.index().isSingle();
    }

    private void count(int at) {
        int next = clause.after(at);
        boolean measured = state == Expecting.AGGREGATE
                && clause.isAt(next, Item.Kind.COLUMN)
                && clause.get(next).columns().stream().anyMatch(m -> m.column().isQuantity());
        clause.use(at);
        if (!measured) {
            slots.counts = true;
            state = Expecting.COUNTED;
        }
    }

    private void question(int at) {
        slots.asks = true;
        int next = clause.after(at);
        String word = clause.get(at).text().toLowerCase(Locale.ROOT);
        slots.asksWhen |= word.equals("when");
        boolean which = word.endsWith("which") || (word.equals("what") && next == at + 1);
        if (which
                && (clause.isAt(next, Item.Kind.COLUMN)
                        || clause.isAt(next, Tag.GRAIN)
                        || clause.isAt(next, Tag.DATE_PART)
                        || clause.isAt(next, Item.Kind.TABLE))) {
            state = Expecting.ENTITY;
        }
    }

    private void rows(int at) {
        clause.use(at);
        if (state == Expecting.RANK && slots.measures.isEmpty() && !surroundings.isSized(at)) {
            slots.counts = true;
        }
        slots.rowsNamed = true;
        slots.perRow |= state == Expecting.GROUP;
        slots.rowsAsMass |= surroundings.isSingularTable(at);
        boolean isOwner = clause.isAt(at + 1, Item.Kind.COLUMN);
        if (state == Expecting.COUNTED || (state == Expecting.GROUP && !isOwner)) {
            state = Expecting.FREE;
        }
    }

    private void number(int at) {
        int next = at + 1;
        boolean ofRows = clause.isAt(next, Tag.ROWS) || clause.isAt(next, Item.Kind.TABLE);
        if (ofRows && slots.limit == 0 && !slots.counts) {
            ranks.useLimit(at);
        }
    }

    private void grain(int at, Item item) {
        if (state == Expecting.COUNTED && item.argument().equals("day")) {
            counts.days(at);
            state = Expecting.FREE;
        } else if (state == Expecting.GROUP
                || state == Expecting.ENTITY
                || slots.isOperation("trend")
                || slots.versus) {
            slots.grain = TimeReader.grain(item.argument());
            slots.grainIsEntity = state == Expecting.ENTITY;
            clause.use(at);
        } else if (item.argument().equals("day") && counts.daysAreRows()) {
            rows(at);
        }
    }

    private void column(int at) {
        Item item = clause.get(at);
        boolean isVerb = state == Expecting.FREE && !joins() && counts.isVerb(at);
        if (!isVerb) {
            clause.use(at);
        }
        if (isVerb || (joins() && state != Expecting.GROUP && tables.isRole(item, at))) {
            return;
        }
        item.columns().stream()
                .filter(m -> m.score() < WHOLE && m.how() == ColumnMatch.How.PART)
                .forEach(m -> slots.partial.add(m.column()));
        switch (state) {
            case GROUP -> grouped(item);
            case AGGREGATE -> aggregated(at, item);
            case ENTITY -> entity(item);
            case COUNTED -> {
                slots.counted = decisions.column(item, c -> true);
                if (slots.counted.isFlag() && slots.partial.contains(slots.counted)) {
                    slots.problem = "'" + item.text() + "' is only a part of the name " + slots.counted.name() + ".";
                }
                state = Expecting.FREE;
            }
            case RANK -> ranked(item);
            case MAX, MIN -> extreme(item);
            default -> {
                if (counts.ownsWhatWasNamed(at)) {
                    slots.rowsNamed = true;
                    decisions.note("'" + item.text() + "' was taken to mean the rows.", 0.1);
                } else {
                    bare(item);
                }
            }
        }
        lastColumn = at;
    }

    private void extreme(Item item) {
        slots.measures.add(new Slots.MeasureSlot(
                state == Expecting.MAX ? "max" : "min", decisions.column(item, ColumnEntry::isQuantity)));
        state = Expecting.FREE;
    }

    private void bare(Item item) {
        boolean wantsQuantity = slots.isOperation("trend")
                || slots.isOperation("outliers")
                || slots.isOperation("correlation")
                || slots.isOperation("covariance");
        ColumnEntry column = decisions.column(item, c -> !wantsQuantity || c.isQuantity());
        if (column.isTemporal()
                && !slots.isOperation("distribution")
                && !slots.isOperation("summary")
                && !slots.isOperation("missing")) {
            slots.time = column;
        } else {
            slots.bare.add(column);
        }
    }

    private void grouped(Item item) {
        ColumnEntry column = decisions.column(item, c -> c.isCategory() || c.isTemporal());
        if (column.isTemporal()) {
            slots.time = column;
        } else {
            slots.groups.add(column);
        }
    }

    private void aggregated(int at, Item item) {
        boolean anyType = aggregates.stream().allMatch(a -> a.equals("min") || a.equals("max") || a.equals("mode"));
        ColumnEntry column = decisions.column(item, ColumnEntry::isQuantity);
        boolean isListed = lastColumn < 0 || surroundings.isListedAfter(at);
        lacksColumn = false;
        if (column.isTemporal() && !anyType) {
            slots.time = column;
        } else if (!column.isQuantity() && lastColumn >= 0 && !isListed) {
            counts.groupOrThing(item, column);
        } else if (!column.isNumeric() && anyType && !column.isTemporal() && lastColumn >= 0) {
            slots.groups.add(column);
        } else if (!column.isNumeric() && counts.isTotalOf(at, aggregates)) {
            slots.counts = true;
            slots.counted = column;
            state = Expecting.FREE;
        } else if (!column.isNumeric() && !anyType) {
            slots.problem = column.name() + " is not a number, so no "
                    + aggregates.get(0).replace('_', ' ') + " of it can be computed.";
        } else {
            aggregates.forEach(a -> slots.measures.add(new Slots.MeasureSlot(a, column)));
        }
    }

    private void entity(Item item) {
        ColumnEntry column = decisions.column(item, c -> c.isCategory() || c.isTemporal());
        boolean isRanked = slots.rank != null && !slots.superlative && column.isQuantity() && !column.isCategory();
        if (column.isTemporal()) {
            slots.time = column;
            slots.grainIsEntity = true;
        } else if (isRanked || (column.isQuantity() && !column.isCategory())) {
            slots.measures.add(new Slots.MeasureSlot("", column));
        } else {
            slots.entities.add(column);
        }
    }

    private void ranked(Item item) {
        ColumnEntry column = decisions.column(item, ColumnEntry::isQuantity);
        if (column.isQuantity()) {
            slots.measures.add(new Slots.MeasureSlot("", column));
        } else if (column.isTemporal()) {
            slots.measures.add(new Slots.MeasureSlot("", column));
        } else {
            slots.counts = true;
            slots.counted = column;
        }
        state = Expecting.FREE;
    }
}
