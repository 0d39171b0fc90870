package dev.datastudio.agents.planner.internal;

import dev.datastudio.core.analysis.Order.Direction;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads what is to come first: "top 5", "highest", "oldest", "most common", "best". Marks the words it takes as used. */
final class RankReader {
    private static final BigDecimal MOST = BigDecimal.valueOf(1_000_000);

    private final Clause clause;
    private final Decisions decisions;
    private final Slots slots;

    RankReader(Clause clause, Decisions decisions, Slots slots) {
        this.clause = clause;
        this.decisions = decisions;
        this.slots = slots;
    }

    /** Reads one ranking word; what the next column is for after it. */
    Expecting read(int at, Expecting state) {
        Item item = clause.get(at);
        readPlace(at);
        return switch (item.tag()) {
            case TOP, BOTTOM -> top(at, state);
            case HIGHEST -> superlative(at, Direction.DESCENDING);
            case LOWEST -> superlative(at, Direction.ASCENDING);
            case JUDGED -> judged(at);
            case MOST_COMMON, LEAST_COMMON -> commonest(at);
            case MORE_OF, LESS_OF -> quality(at, state);
            default -> throw new AssertionError(item);
        };
    }

    /** "The second highest fare": one place of a ranking. */
    private void readPlace(int at) {
        if (clause.isAt(at - 1, Tag.PLACE)) {
            slots.skipped = Integer.parseInt(clause.get(at - 1).argument()) - 1;
            clause.use(at - 1);
        }
    }

    /** Takes the categories that stand by themselves: they are what is ranked. */
    List<ColumnEntry> takeCategories() {
        List<ColumnEntry> categories =
                slots.bare.stream().filter(ColumnEntry::isCategory).toList();
        slots.bare.removeAll(categories);
        return categories;
    }

    /** Takes a number as the most rows. */
    void useLimit(int number) {
        if (clause.get(number).text().endsWith("%")) {
            slots.problem = "A ranking shows a number of rows or groups, not a share of them ('"
                    + clause.get(number).text() + "').";
            return;
        }
        if (clause.get(number).value() instanceof BigDecimal n && n.signum() > 0 && n.compareTo(MOST) < 0) {
            slots.limit = n.intValue();
            clause.use(number);
        }
    }

    private boolean useLimitBeside(int at) {
        int next = clause.after(at);
        int number = clause.isAt(next, Item.Kind.NUMBER) ? next : clause.isAt(at - 1, Item.Kind.NUMBER) ? at - 1 : -1;
        if (number >= 0) {
            useLimit(number);
        }
        return number >= 0;
    }

    private Expecting top(int at, Expecting state) {
        if (isOfFew(at)) {
            return state;
        }
        int next = clause.after(at);
        if (isOrdinal(at)) {
            clause.use(at);
            slots.ordinal = Direction.ASCENDING;
            return Expecting.FREE;
        }
        boolean entityFollows = useLimitBeside(at)
                || clause.isAt(next, Item.Kind.COLUMN)
                || clause.isAt(next, Item.Kind.TABLE)
                || clause.isAt(next, Tag.GRAIN);
        if (!entityFollows && !clause.isAt(next, Tag.ROWS)) {
            return state;
        }
        if (slots.cut) {
            slots.problem = "The first few of the first few is more than one step.";
            return state;
        }
        clause.use(at);
        slots.cut = true;
        slots.superlative = slots.limit == 0 && clause.get(at).text().equalsIgnoreCase("top") && isSingular(next);
        slots.firstOnes = clause.get(at).text().equalsIgnoreCase("first");
        slots.rank = clause.get(at).is(Tag.TOP) ? Direction.DESCENDING : Direction.ASCENDING;
        return Expecting.ENTITY;
    }

    /** "The first winner", without a number: the earliest one, or the first of the list. */
    private boolean isOrdinal(int at) {
        Item item = clause.get(at);
        boolean isFirst = item.argument().equals("first") || item.text().equalsIgnoreCase("first");
        boolean hasNumber = clause.isAt(clause.after(at), Item.Kind.NUMBER) || clause.isAt(at - 1, Item.Kind.NUMBER);
        boolean ranks = clause.items().stream()
                .anyMatch(i -> i.is(Tag.HIGHEST) || i.is(Tag.LOWEST) || i.is(Tag.MORE_OF) || i.is(Tag.LESS_OF));
        return isFirst
                && !hasNumber
                && !ranks
                && !slots.counts
                && !clause.has(Tag.GROUP)
                && decisions.index().isSingle();
    }

    /** "The last winner": the latest one; marks the word as used. */
    boolean lastOne(int at) {
        int next = clause.after(at);
        if (lastFew(at, next)) {
            return true;
        }
        boolean isLast = (clause.isAt(next, Item.Kind.COLUMN)
                        || clause.isAt(next, Tag.ROWS)
                        || clause.isAt(next, Item.Kind.TABLE))
                && clause.get(at).text().equalsIgnoreCase("last")
                && !slots.counts
                && !clause.has(Tag.GROUP)
                && decisions.index().isSingle();
        if (isLast) {
            clause.use(at);
            slots.ordinal = Direction.DESCENDING;
        }
        return isLast;
    }

    /** "The last 5 orders": the rows with the latest dates. */
    private boolean lastFew(int at, int number) {
        int rows = number + 1;
        boolean ofRows = clause.isAt(number, Item.Kind.NUMBER)
                && decisions.index().isSingle()
                && (isRows(rows)
                        || (clause.isAt(rows, Item.Kind.COLUMN)
                                && clause.get(rows).columns().stream()
                                        .allMatch(m -> m.column().isKey())));
        Optional<ColumnEntry> time = ofRows && !slots.counts && slots.measures.isEmpty()
                ? new TimeColumns(decisions.index()).main(decisions)
                : Optional.empty();
        if (time.isEmpty()) {
            return false;
        }
        useLimit(number);
        clause.use(at);
        clause.use(rows);
        slots.sort = new Slots.SortSlot(time.get(), "", Direction.DESCENDING);
        slots.operations.add("list");
        slots.rowsNamed = true;
        return true;
    }

    /** "The average sales of the top 10 customers": one number over groups that must be ranked first. */
    private boolean isOfFew(int at) {
        boolean aggregates =
                slots.measures.stream().anyMatch(m -> !m.aggregate().isEmpty());
        int before = at - 1;
        while (before >= 0 && clause.get(before).is(Tag.FILLER)) {
            before--;
        }
        String joint = before < 0 ? "" : clause.get(before).text().toLowerCase(Locale.ROOT);
        boolean isOf = aggregates && Set.of("of", "for", "from", "among", "in").contains(joint);
        if (isOf) {
            slots.problem = "An aggregate over the first few groups is more than one step; ask for the groups and"
                    + " what ranks them, as in \"top 10\" and a column \"by\" another.";
        }
        return isOf;
    }

    /** "Highest", "the 5 lowest", "with maximum". */
    Expecting superlative(int at, Direction direction) {
        if (slots.superlative && slots.rank != direction && slots.isOperation("comparison")) {
            slots.problem =
                    "The difference of a highest and a lowest value is the range; ask for the range of a column.";
        }
        if (isExtremeOfEach(at)) {
            clause.use(at);
            return direction == Direction.DESCENDING ? Expecting.MAX : Expecting.MIN;
        }
        if (clause.isAt(at - 1, Item.Kind.NUMBER)) {
            useLimit(at - 1);
        } else if (clause.isAt(clause.after(at), Item.Kind.NUMBER)) {
            useLimit(clause.after(at));
        }
        slots.ranksRows |= isOfRows(at);
        slots.asksForExtreme |= asksForValue(at);
        if (slots.entities.isEmpty() && !slots.ranksRows) {
            slots.entities.addAll(takeCategories());
        }
        clause.use(at);
        slots.rank = direction;
        slots.superlative = true;
        slots.ranksRows |= isRowAt(clause.after(at)) || followsRow(at);
        return Expecting.RANK;
    }

    /** "The hometown of the teacher with the highest age": the rows are ranked, and what is named of them is shown. */
    private boolean isOfRows(int at) {
        int with = clause.before(at);
        int rows = with < 0 ? -1 : clause.before(with);
        return with >= 0 && clause.get(with).is(Tag.WITH) && isRows(rows) && ofQuantity(clause.after(at));
    }

    /** "What is the highest salary of the employees": no row is asked for, but a number. */
    private boolean asksForValue(int at) {
        int before = clause.before(at > 0 && clause.get(at - 1).is(Tag.PLACE) ? at - 1 : at);
        int next = clause.after(at) + 1;
        boolean ofMany = next + 1 >= clause.size()
                || Set.of("of", "among", "for", "in")
                        .contains(clause.get(next).text().toLowerCase(Locale.ROOT));
        return before >= 0
                && clause.get(before).is(Tag.QUESTION)
                && clause.get(before).text().toLowerCase(Locale.ROOT).startsWith("what")
                && ofQuantity(clause.after(at))
                && ofMany;
    }

    private boolean ofQuantity(int column) {
        return clause.isAt(column, Item.Kind.COLUMN)
                && clause.get(column).columns().stream()
                        .anyMatch(m -> m.column().isQuantity());
    }

    private boolean isRows(int at) {
        return at >= 0
                && at < clause.size()
                && (clause.get(at).is(Item.Kind.TABLE) || clause.get(at).is(Tag.ROWS));
    }

    /** "The title and highest price for each film": nothing is ranked, each group has a highest price of its own. */
    private boolean isExtremeOfEach(int at) {
        int column = clause.after(at);

        boolean asks = !slots.entities.isEmpty() || slots.limit > 0 || clause.isAt(at - 1, Item.Kind.NUMBER);
        int next = column + 1;
        while (next < clause.size()
                && (clause.get(next).isFiller()
                        || clause.get(next).is(Item.Kind.TABLE)
                        || clause.get(next).is(Tag.ROWS))) {
            next++;
        }
        boolean withSuperlative = clause.isAt(clause.before(at), Tag.WITH);
        return ofQuantity(column) && !asks && !withSuperlative && clause.isAt(next, Tag.GROUP);
    }

    /** "Best" and "worst": whether high or low is decided when the measure is known. */
    private Expecting judged(int at) {
        useLimitBeside(at);
        if (slots.entities.isEmpty()) {
            slots.entities.addAll(takeCategories());
        }
        clause.use(at);
        slots.judged = clause.get(at).argument();
        slots.rank = Direction.DESCENDING;
        slots.superlative = slots.limit == 0 && !isPlural(clause.after(at));
        return Expecting.ENTITY;
    }

    /** "The top customer" is one. */
    private boolean isSingular(int at) {
        String word = at < clause.size() ? clause.get(at).text().toLowerCase(Locale.ROOT) : "";
        return clause.isAt(at, Item.Kind.COLUMN)
                && clause.get(at).columns().stream()
                        .allMatch(m -> m.column().isCategory() && !m.column().isNumeric())
                && Stemmer.singular(word).equals(word)
                && !word.endsWith("s");
    }

    private boolean isPlural(int at) {
        if (!clause.isAt(at, Item.Kind.COLUMN) && !clause.isAt(at, Item.Kind.TABLE)) {
            return false;
        }
        String word = clause.get(at).text().toLowerCase(Locale.ROOT);
        return slots.entities.isEmpty() && !Stemmer.singular(word).equals(word);
    }

    private Expecting commonest(int at) {
        if (clause.isAt(at - 1, Item.Kind.NUMBER)) {
            useLimit(at - 1);
        }
        slots.rank = clause.get(at).is(Tag.MOST_COMMON) ? Direction.DESCENDING : Direction.ASCENDING;
        slots.superlative = true;
        slots.counts = true;
        slots.entities.addAll(takeCategories());
        clause.use(at);
        return Expecting.ENTITY;
    }

    /** "Most expensive", "oldest": the column that measures it, if there is one. */
    private Expecting quality(int at, Expecting state) {
        Item item = clause.get(at);
        List<ColumnEntry> measuring = decisions.columnsCalled(item.argument(), c -> c.isQuantity() || c.isTemporal());
        if (measuring.isEmpty()) {
            return state;
        }
        ColumnEntry column = measure(at, measuring);
        decisions.note("'" + item.text() + "' is judged by " + column.name() + ".", 0.1);
        useLimitBeside(at);
        slots.measures.add(new Slots.MeasureSlot("", column));
        slots.rankedBy = column;
        slots.rank = item.is(Tag.MORE_OF) ? Direction.DESCENDING : Direction.ASCENDING;
        slots.superlative = true;
        slots.ranksRows |= isRows(clause.after(at)) || isRowAt(clause.after(at));
        if (!slots.ranksRows) {
            slots.entities.addAll(takeCategories());
        }
        clause.use(at);
        return Expecting.ENTITY;
    }

    private boolean isRowAt(int at) {
        return at >= 0
                && at < clause.size()
                && decisions.index().isSingle()
                && (clause.get(at).is(Item.Kind.TABLE)
                        || clause.get(at).is(Tag.ROWS)
                        || clause.get(at).is(Item.Kind.VALUE));
    }

    /** "The city with the largest area", "cities with the top 3 largest areas". */
    private boolean followsRow(int at) {
        int before = clause.before(at);
        while (before >= 0
                && (clause.get(before).is(Item.Kind.NUMBER)
                        || clause.get(before).is(Tag.TOP))) {
            before = clause.before(before);
        }
        boolean joins = before >= 0
                && (clause.get(before).is(Tag.WITH) || clause.get(before).is(Tag.RELATIVE));
        return joins
                && isRowAt(clause.before(before))
                && !clause.get(clause.before(before)).is(Item.Kind.VALUE);
    }

    /** "Longest flipper" names which of several lengths is meant; of several dates the main one is. */
    private ColumnEntry measure(int at, List<ColumnEntry> measuring) {
        int next = clause.after(at);
        if (clause.isAt(next, Item.Kind.COLUMN)) {
            List<ColumnEntry> named = clause.get(next).columns().stream()
                    .map(ColumnMatch::column)
                    .filter(measuring::contains)
                    .toList();
            if (named.size() == 1) {
                clause.use(next);
                return named.get(0);
            }
        }
        return measuring.stream().allMatch(ColumnEntry::isTemporal)
                ? new TimeColumns(decisions.index()).main(measuring, decisions)
                : decisions.pick(clause.get(at).text(), measuring);
    }
}
