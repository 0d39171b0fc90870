package dev.datastudio.agents.planner.internal;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Puts the tables that a clause names into its slots: what is counted, grouped by, asked for, or just meant. */
final class TableReader {
    private final Clause clause;
    private final Slots slots;
    private final Scope scope;

    TableReader(Clause clause, Slots slots, Scope scope) {
        this.clause = clause;
        this.slots = slots;
        this.scope = scope;
    }

    /** "Books written by authors from Italy": whoever does it is no group. */
    boolean isDoer(int by, int next) {
        boolean computes = slots.counts || !slots.measures.isEmpty();
        return !scope.isSingle()
                && !computes
                && by > 0
                && clause.get(by).text().equalsIgnoreCase("by")
                && clause.get(by - 1).is(Tag.RELATES)
                && clause.isAt(next, Item.Kind.TABLE);
    }

    /**
     * Whether a column only tells by which of several keys tables are joined: "on the affirmative side", where the
     * people of both sides are joined.
     */
    boolean isRole(Item item, int at) {
        boolean isSide = at + 1 < clause.size() && clause.get(at + 1).text().equalsIgnoreCase("side");
        return isSide || isRole(item);
    }

    private boolean isRole(Item item) {
        return item.columns().stream().allMatch(m -> isRole(m.column()));
    }

    private boolean isRole(ColumnEntry column) {
        TableEntry from = scope.tableOf(column);
        for (TableEntry to : scope.tables()) {
            boolean isNamed = clause.items().stream()
                    .anyMatch(i -> i.is(Item.Kind.TABLE) && i.table().equals(Optional.of(to)));
            List<JoinGraph.Edge> ways = scope.joins().between(from, to);
            if (isNamed
                    && ways.size() > 1
                    && ways.stream().anyMatch(e -> e.left().column().equals(column))) {
                return true;
            }
        }
        return false;
    }

    /** Reads one name of a table; what the next column is for after it. */
    Expecting read(int at, Expecting state) {
        TableEntry table = clause.get(at).table().orElseThrow();
        clause.use(at);
        slots.tables.add(table);
        if (qualifies(at, table)) {
            slots.setSubject(table);
            return state;
        }
        switch (state) {
            case COUNTED -> {
                slots.countedTable = table;
                return Expecting.FREE;
            }
            case RANK -> {
                if (slots.measures.isEmpty()) {
                    slots.counts = true;
                    slots.countedTable = table;
                } else {
                    slots.setSubject(table);
                }
                return Expecting.FREE;
            }
            case GROUP -> {
                addShown(table, slots.groups);
                slots.groupedTables.add(table);
                return state;
            }
            case ENTITY -> {
                addShown(table, slots.entities);
                slots.setSubject(table);
                return state;
            }
            default -> {
                slots.setSubject(table);
                return state;
            }
        }
    }

    private static void addShown(TableEntry table, List<ColumnEntry> to) {
        table.shown().stream().filter(c -> !to.contains(c)).forEach(to::add);
    }

    /** "Student names": the table only says whose column follows. */
    private boolean qualifies(int at, TableEntry table) {
        return isColumnOf(at + 1, table) || isOwned(at, table);
    }

    private boolean isColumnOf(int at, TableEntry table) {
        return at >= 0
                && at < clause.size()
                && clause.get(at).is(Item.Kind.COLUMN)
                && clause.get(at).columns().stream().anyMatch(m -> table.has(m.column()));
    }

    /** "By country of the customer": the column before is the customer's. */
    private boolean isOwned(int at, TableEntry table) {
        int before = clause.before(at);
        boolean led =
                before >= 0 && clause.items().subList(before + 1, at).stream().anyMatch(i -> i.is(Tag.PREPOSITION));
        return led && isColumnOf(before, table);
    }

    /** Fills in what the names of tables say together, once all words are read. */
    void finish() {
        boolean computes = slots.counts
                || slots.rank != null
                || slots.isOperation("share")
                || slots.measures.stream().anyMatch(m -> !m.aggregate().isEmpty());
        TableEntry subject = slots.subject;
        if (slots.rank != null && slots.entities.isEmpty() && slots.groups.isEmpty() && subject != null) {
            boolean elsewhere = !(slots.ranksRows && !slots.counts)
                    && !subject.equals(slots.countedTable)
                    && slots.measures.stream().noneMatch(m -> subject.has(m.column()));
            List<ColumnEntry> named = slots.bare.stream().filter(subject::has).toList();
            if (elsewhere) {
                slots.bare.removeAll(named);
                slots.entities.addAll(named.isEmpty() ? subject.shown() : named);
            }
        }
        if (slots.counts && slots.groups.isEmpty() && slots.entities.isEmpty() && slots.bare.isEmpty()) {
            shownBeforeCount();
        }
        boolean listsEach = !computes && !slots.groupedTables.isEmpty() && !slots.bare.isEmpty() && !slots.hasTime();
        if (listsEach) {
            List<ColumnEntry> groups = List.copyOf(slots.groups);
            slots.groups.clear();
            groups.stream().filter(c -> !slots.bare.contains(c)).forEach(c -> slots.bare.add(0, c));
            slots.operations.add("list");
        }
        namedOnly(computes);
    }

    /** "What are the companies and how many stations do they run": what is named first is shown. */
    private void shownBeforeCount() {
        TableEntry subject = slots.subject;
        boolean first = subject != null
                && !subject.equals(slots.countedTable)
                && !slots.tables.isEmpty()
                && slots.tables.get(0).equals(subject)
                && clause.has(Tag.AND);
        if (first && subject != null) {
            addShown(subject, slots.groups);
        }
    }

    /** "The students and their courses", "customers with an order": rows are shown by what they are called. */
    private void namedOnly(boolean computes) {
        boolean nothingElse = slots.mentioned().isEmpty() && slots.groups.isEmpty() && !slots.hasTime() && !computes;
        if (!nothingElse || slots.isOperation("columns")) {
            return;
        }
        List<TableEntry> shown = slots.tables.stream().distinct().toList();
        if (shown.size() > 1 || (shown.size() == 1 && !slots.related.isEmpty())) {
            shown.forEach(t -> addShown(t, slots.bare));
            slots.operations.add("list");
        }
    }

    /** The name of a table in lower case, as it may stand in a question. */
    static String words(TableEntry table) {
        return String.join(" ", table.parts()).toLowerCase(Locale.ROOT);
    }

    /** What a clause counts, when it names a table for it. */
    static Optional<TableEntry> counted(Slots slots) {
        return Optional.ofNullable(slots.countedTable);
    }
}
