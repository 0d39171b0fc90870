package dev.datastudio.agents.planner.internal;

import dev.datastudio.core.analysis.Condition.Comparator;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads conditions on rows of other tables: "who have pets", "not used by any document". Marks their words as used. */
final class RelatedReader {
    private final Clause clause;
    private final Scope scope;

    RelatedReader(Clause clause, Scope scope) {
        this.clause = clause;
        this.scope = scope;
    }

    /** What was said of other tables' rows, in order. */
    List<Related> read() {
        List<Related> related = new ArrayList<>();
        for (int at = 0; at < clause.size(); at++) {
            if (clause.isAt(at, Item.Kind.TABLE) && clause.get(at).table().isPresent()) {
                read(at, clause.get(at).table().get(), null).ifPresent(related::add);
            } else if (isThing(at)) {
                ColumnEntry key = clause.get(at).columns().get(0).column();
                read(at, scope.tableOf(key), key).ifPresent(related::add);
            }
        }
        return related;
    }

    /** What stands before the name of a table. */
    private static final class Before {
        int start;
        boolean not;
        boolean with;
        boolean verb;
        boolean relative;

        @Nullable
        Comparator count;

        long number;
    }

    /** "Courses" that have no table of their own are told by the column of their keys. */
    private boolean isThing(int at) {
        if (!clause.isAt(at, Item.Kind.COLUMN) || clause.get(at).columns().size() != 1) {
            return false;
        }
        ColumnMatch match = clause.get(at).columns().get(0);
        String word = clause.get(at).text().toLowerCase(Locale.ROOT);
        return match.score() < 1
                && match.column().isKey()
                && !Stemmer.singular(word).equals(word);
    }

    private Optional<Related> read(int at, TableEntry table, @Nullable ColumnEntry counted) {
        boolean qualifies = at + 1 < clause.size() && isColumnOf(at + 1, table);
        if (qualifies || at == 0) {
            return Optional.empty();
        }
        Before before = before(at);
        boolean limited = before.count != null;
        boolean said = before.not || limited || before.relative || before.with || before.verb;
        if (!said || !hasSubject(before.start, table) || (isComputed(before.start) && !limited && !before.not)) {
            return Optional.empty();
        }
        boolean owns = before.not || limited || before.relative || (before.with && !isTheirs(at));
        if (!owns) {
            return Optional.empty();
        }
        for (int i = before.start; i <= at; i++) {
            clause.use(i);
        }
        return Optional.of(new Related(table, before.not, before.count, before.number, counted));
    }

    private boolean isColumnOf(int at, TableEntry table) {
        return clause.isAt(at, Item.Kind.COLUMN)
                && clause.get(at).columns().stream().anyMatch(m -> table.has(m.column()));
    }

    /** "Students with their courses" wants to see both. */
    private boolean isTheirs(int at) {
        return List.of("their", "its", "his", "her")
                .contains(clause.get(at - 1).text().toLowerCase(Locale.ROOT));
    }

    private Before before(int at) {
        Before before = new Before();
        before.start = at;
        for (int i = at - 1; i >= 0; i--) {
            Item item = clause.get(i);
            if (clause.isUsed(i)) {
                return before;
            } else if (item.is(Tag.NOT)) {
                before.not = true;
            } else if (item.is(Tag.WITH)) {
                before.with = true;
            } else if (item.is(Tag.RELATES)) {
                before.verb = true;
            } else if (item.is(Tag.RELATIVE)) {
                before.relative = true;
                before.with |= item.text().toLowerCase(Locale.ROOT).matches(".* (have|has|had)");
                before.start = i;
                return before;
            } else if (isNumber(i) && before.count == null) {
                number(i, before);
                i = before.start;
                continue;
            } else if (!isSkipped(i)) {
                return before;
            } else {
                continue;
            }
            before.start = i;
        }
        return before;
    }

    /** Articles and the like, and the "by" of "used by". */
    private boolean isSkipped(int at) {
        Item item = clause.get(at);
        boolean by = item.is(Tag.GROUP)
                && item.text().equalsIgnoreCase("by")
                && at > 0
                && (clause.get(at - 1).is(Tag.RELATES)
                        || clause.get(at - 1).text().toLowerCase(Locale.ROOT).endsWith("ed"));
        return by || item.is(Tag.FILLER) || item.is(Tag.SHOW) || item.is(Tag.IS) || item.is(Tag.PREPOSITION);
    }

    private boolean isNumber(int at) {
        boolean compared = clause.isAt(clause.before(at), Tag.COMPARATOR);
        boolean owned = clause.isAt(clause.before(at), Tag.WITH);
        return clause.get(at).is(Item.Kind.NUMBER)
                && clause.get(at).value() instanceof BigDecimal n
                && n.scale() <= 0
                && (compared || owned);
    }

    private void number(int at, Before before) {
        before.number = ((BigDecimal) clause.get(at).value()).longValue();
        int sign = clause.before(at);
        boolean compared =
                clause.isAt(sign, Tag.COMPARATOR) && clause.get(sign).argument().indexOf(':') < 0;
        before.count = compared ? ComparisonReader.comparator(clause.get(sign)) : Comparator.EQUAL;
        before.start = compared ? sign : at;
    }

    /** Whether something is named before whose rows the condition can be of. */
    private boolean hasSubject(int start, TableEntry table) {
        for (int i = 0; i < start; i++) {
            Item item = clause.get(i);
            if (item.is(Item.Kind.COLUMN)
                    || (item.is(Item.Kind.TABLE) && !item.table().equals(Optional.of(table)))) {
                return true;
            }
        }
        return false;
    }

    /** "The number of machines", "the most employees" are computed, not asked for. */
    private boolean isComputed(int start) {
        int before = clause.before(start);
        return before >= 0
                && (clause.get(before).is(Tag.COUNT)
                        || clause.get(before).is(Tag.HIGHEST)
                        || clause.get(before).is(Tag.LOWEST)
                        || clause.get(before).is(Tag.GROUP)
                        || clause.get(before).is(Tag.AGGREGATE));
    }
}
