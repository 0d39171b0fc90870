package dev.datastudio.agents.planner.internal;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.core.analysis.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads what a text begins with, ends with or contains: "name starts with A", "the letter M in their name". */
final class TextMatchReader {
    private final Clause clause;
    private final Decisions decisions;
    private final FoundConditions found;

    TextMatchReader(Clause clause, Decisions decisions, FoundConditions found) {
        this.clause = clause;
        this.decisions = decisions;
        this.found = found;
    }

    /** Whether a word that is not known may be a text that is looked for, so that it need not be. */
    static boolean mayBeText(List<Item> items, int at) {
        boolean within = at + 1 < items.size() && isIn(items.get(at + 1));
        for (int i = at - 1; i >= 0; i--) {
            Item item = items.get(i);
            if (item.is(Tag.TEXT_MATCH) || item.is(Tag.LETTERS) || (within && has(item))) {
                return true;
            }
            boolean passes = item.isFiller()
                    || item.is(Tag.OR)
                    || item.is(Tag.AND)
                    || item.text().length() == 1;
            if (!passes) {
                return false;
            }
        }
        return false;
    }

    private static boolean isIn(Item item) {
        return item.text().equalsIgnoreCase("in") || item.text().equalsIgnoreCase("within");
    }

    private static boolean has(Item item) {
        return item.is(Tag.WITH) || (item.is(Tag.RELATIVE) && item.text().contains(" ha"));
    }

    /** Reads a condition that begins with a verb for matching or with "letter"; does nothing when it isn't whole. */
    void read(int at) {
        int first = at + 1;
        while (first < clause.size() && isBefore(first)) {
            first++;
        }
        Texts texts = texts(first);
        if (texts.values().isEmpty()) {
            return;
        }
        int column = clause.before(at);
        int not = -1;
        while (clause.isAt(column, Tag.RELATIVE) || clause.isAt(column, Tag.WITH) || clause.isAt(column, Tag.NOT)) {
            not = clause.get(column).is(Tag.NOT) ? column : not;
            column = clause.before(column);
        }
        int within = within(texts.last());
        if (within >= 0) {
            add(within, texts, at, not, Math.max(within, texts.last()));
        } else if (isText(column)) {
            add(column, texts, at, not, texts.last());
        }
    }

    /** "Who have TN in their address". */
    boolean readWithin(int at) {
        int has = clause.before(at);
        int column = within(at);
        boolean isSaid = has >= 0 && column >= 0 && has(clause.get(has));
        if (isSaid) {
            int before = clause.before(has);
            int not = clause.isAt(before, Tag.NOT) ? before : -1;
            add(column, new Texts(List.of(clause.get(at).text()), true, at), at, not, column);
        }
        return isSaid;
    }

    /** Texts that are looked for; any of them, or all. */
    private record Texts(List<String> values, boolean any, int last) {}

    /** Articles and "the letter" before a text; a single letter after "letter" is none. */
    private boolean isBefore(int at) {
        Item item = clause.get(at);
        boolean isLetter = item.text().length() == 1 && clause.get(at - 1).is(Tag.LETTERS);
        return item.is(Tag.LETTERS) || (item.is(Tag.FILLER) && !isLetter);
    }

    private Texts texts(int first) {
        List<String> values = new ArrayList<>();
        boolean any = false;
        int last = first;
        for (int at = first; at < clause.size() && !clause.isUsed(at); at++) {
            Item item = clause.get(at);
            boolean isLetter =
                    item.text().length() == 1 && Character.isLetter(item.text().charAt(0));
            boolean joins = item.is(Tag.OR) || item.is(Tag.AND) || item.isMark(",") || item.is(Tag.FILLER);
            if (isLetter || (values.isEmpty() && canBeText(item))) {
                values.add(item.text());
                last = at;
                if (!isLetter) {
                    break;
                }
            } else if (values.isEmpty() || !joins) {
                break;
            } else if (item.is(Tag.OR)
                    && at + 1 < clause.size()
                    && clause.get(at + 1).text().length() == 1) {
                any = true;
            }
        }
        return new Texts(values, any, last);
    }

    private static boolean canBeText(Item item) {
        return item.is(Item.Kind.QUOTED)
                || item.is(Item.Kind.UNKNOWN)
                || item.is(Item.Kind.VALUE)
                || item.is(Item.Kind.NUMBER);
    }

    /** The column of "in their first name" right after a text; -1 for none. */
    private int within(int text) {
        int in = text + 1;
        boolean isIn = in < clause.size() && isIn(clause.get(in));
        int column = isIn ? clause.after(in) : -1;
        return isText(column) ? column : -1;
    }

    private boolean isText(int at) {
        return clause.isAt(at, Item.Kind.COLUMN)
                && clause.get(at).columns().stream()
                        .anyMatch(m -> m.column().column().type() == ColumnType.TEXT);
    }

    private void add(int column, Texts texts, int at, int not, int last) {
        var position = switch (clause.get(at).argument()) {
            case "start" -> Condition.Position.START;
            case "end" -> Condition.Position.END;
            default -> Condition.Position.ANYWHERE;
        };
        ColumnEntry entry = decisions.column(clause.get(column), c -> c.column().type() == ColumnType.TEXT);
        List<Condition> parts = texts.values().stream()
                .<Condition>map(t -> new Condition.TextMatch(entry.ref(), position, t))
                .toList();
        Condition condition =
                parts.size() == 1 ? parts.get(0) : texts.any() ? new Condition.Any(parts) : new Condition.All(parts);
        boolean isGrouped = clause.isAt(clause.before(column), Tag.GROUP);
        boolean isShown = column < at && isShown(column);
        clause.use(at, Math.max(texts.last(), at));
        if (column > texts.last() && !isGrouped) {
            clause.use(column);
        } else if (!isShown && !isGrouped) {
            clause.use(column);
        }
        if (not >= 0) {
            clause.use(not);
            found.addPlain(new Condition.Not(condition), Math.min(column, at), last);
        } else {
            found.add(condition, Math.min(column, at), last);
        }
    }

    /** "Names starting with A" asks for the names; "whose name starts with A" does not. */
    private boolean isShown(int column) {
        int before = clause.before(column);
        boolean isCondition = clause.isAt(before, Tag.RELATIVE)
                || clause.isAt(before, Tag.AND)
                || clause.isAt(before, Tag.OR)
                || clause.isAt(before, Tag.WITH)
                || (before >= 0
                        && clause.get(before).text().toLowerCase(Locale.ROOT).matches("whose|where|if"));
        return !isCondition;
    }
}
