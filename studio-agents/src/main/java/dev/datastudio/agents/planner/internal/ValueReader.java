package dev.datastudio.agents.planner.internal;

import dev.datastudio.core.analysis.Condition;
import dev.datastudio.core.analysis.Condition.Comparator;
import dev.datastudio.core.analysis.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads stored values as conditions: "in the West or East", "not USA", "from SFO". */
final class ValueReader {
    /** How many first letters a noun and its verb share. */
    private static final int STEM = 5;

    private final Clause clause;
    private final Decisions decisions;
    private final FoundConditions found;
    private final List<ColumnEntry> listed = new ArrayList<>();
    private boolean versus;

    ValueReader(Clause clause, Decisions decisions, FoundConditions found) {
        this.clause = clause;
        this.decisions = decisions;
        this.found = found;
    }

    /** Whether values were set against each other; filled by {@link #read}. */
    boolean versus() {
        return versus;
    }

    /** Columns of which several values were named, joined by "and", so that each is meant by itself. */
    List<ColumnEntry> listed() {
        return listed;
    }

    /** Reads the values that begin at an index. */
    void read(int at) {
        Item first = clause.get(at);
        if (repeatsColumn(at) || contradicts(at)) {
            return;
        }
        int before = beforeSigns(at);
        int after = clause.after(at);
        ValueMatch value =
                decisions.value(first, c -> names(before, c) || (after == at + 1 && names(after, c)) || placed(at, c));
        List<Expression.Constant> constants = new ArrayList<>(List.of(new Expression.Constant(value.stored())));
        boolean areParts = value.isPart();
        clause.use(at);
        int last = at;
        boolean anyOr = false;
        for (int next = nextInList(at); next > 0; next = nextInList(next)) {
            Optional<ValueMatch> more = clause.get(next).values().stream()
                    .filter(v -> v.column().equals(value.column()) && v.isPart() == value.isPart())
                    .findFirst();
            if (more.isEmpty()) {
                break;
            }
            constants.add(new Expression.Constant(more.get().stored()));
            anyOr |= orBetween(last, next);
            clause.use(last, next);
            last = next;
        }
        useVerb(before, value.column());
        useName(before, value.column());
        if (clause.isAt(last + 1, Item.Kind.COLUMN)
                && names(last + 1, value.column())
                && !clause.isAt(before, Tag.GROUP)) {
            clause.use(last + 1);
            last++;
        }
        Expression ref = value.column().ref();
        Condition condition = areParts
                ? parts(ref, constants)
                : constants.size() == 1
                        ? new Condition.Comparison(ref, Comparator.EQUAL, constants.get(0))
                        : new Condition.OneOf(ref, constants);
        boolean isNegated = clause.isAt(clause.before(at), Tag.NOT) || saysUnequal(clause.before(at));
        if (constants.size() > 1 && !anyOr && !isNegated) {
            listed.add(value.column());
        }
        negatable(condition, at, last);
    }

    /** Values that hold one of some texts. */
    private static Condition parts(Expression ref, List<Expression.Constant> texts) {
        List<Condition> parts = texts.stream()
                .<Condition>map(t -> new Condition.TextMatch(
                        ref, Condition.Position.ANYWHERE, t.value().toString()))
                .toList();
        return parts.size() == 1 ? parts.get(0) : new Condition.Any(parts);
    }

    /** "Each nominee was nominated for": the verb of a column that was named is no value of another one. */
    private boolean repeatsColumn(int at) {
        String word = clause.get(at).text();
        String auxiliary = at == 0
                ? ""
                : clause.get(at - 1).text().toLowerCase(Locale.ROOT).replaceFirst(".* ", "");
        boolean isVerb = word.endsWith("ed")
                && word.equals(word.toLowerCase(Locale.ROOT))
                && Set.of("been", "was", "were", "is", "are", "be", "got").contains(auxiliary);
        boolean repeats = isVerb
                && word.length() > STEM
                && clause.items().stream()
                        .filter(i -> i.is(Item.Kind.COLUMN))
                        .anyMatch(i -> i.text().toLowerCase(Locale.ROOT).startsWith(word.substring(0, STEM)));
        repeats |= isVerb && isSaidElsewhere(at);
        if (repeats) {
            clause.use(at);
            decisions.note("'" + word + "' was taken for the verb of a column.", 0.1);
        }
        return repeats;
    }

    /** "Were nominated with the result Won": a column that is named with its value has no other value beside it. */
    private boolean isSaidElsewhere(int at) {
        for (int i = at + 1; i < clause.size(); i++) {
            int column = clause.before(i);
            boolean named = clause.isAt(i, Item.Kind.VALUE)
                    && clause.get(i).values().stream()
                            .anyMatch(v -> names(column, v.column()) && holds(at, v.column()));
            if (named) {
                return !orBetween(at, i) && nextInList(at) < 0;
            }
        }
        return false;
    }

    private boolean holds(int at, ColumnEntry column) {
        return clause.get(at).values().stream().allMatch(v -> v.column().equals(column));
    }

    /** "With award Oscar", where Oscar is a name and no award: what is meant can't be told. */
    private boolean contradicts(int at) {
        int column = at - 1;
        boolean isSaid = clause.isAt(column, Item.Kind.COLUMN)
                && (clause.isAt(column - 1, Tag.WITH) || clause.isAt(column - 1, Tag.RELATIVE))
                && clause.get(at).value() instanceof String;
        return isSaid
                && clause.get(column).columns().stream()
                        .allMatch(m -> !m.column().isNumeric()
                                && clause.get(at).values().stream()
                                        .noneMatch(v -> v.column().equals(m.column())));
    }

    private boolean orBetween(int from, int to) {
        for (int i = from + 1; i < to; i++) {
            if (clause.get(i).is(Tag.OR)) {
                return true;
            }
        }
        return false;
    }

    private boolean saysUnequal(int at) {
        boolean worded =
                clause.isAt(at, Tag.COMPARATOR) && clause.get(at).argument().equals("not_equal");
        return worded || clause.isMarkAt(at, "!=") || clause.isMarkAt(at, "<>");
    }

    /** The item before a value, its "=" and "not" stepped over. */
    private int beforeSigns(int at) {
        int before = clause.before(at);
        while (clause.isMarkAt(before, "=")
                || clause.isMarkAt(before, "==")
                || saysUnequal(before)
                || clause.isAt(before, Tag.NOT)) {
            before = clause.before(before);
        }
        return before;
    }

    private void negatable(Condition condition, int from, int to) {
        int sign = clause.before(from);
        if (saysUnequal(sign)) {
            clause.use(sign);
            found.addPlain(new Condition.Not(condition), sign, to);
            return;
        }
        if (clause.isMarkAt(sign, "=") || clause.isMarkAt(sign, "==")) {
            clause.use(sign);
        }
        found.add(condition, from, to);
    }

    private boolean names(int at, ColumnEntry column) {
        return clause.isAt(at, Item.Kind.COLUMN)
                && clause.get(at).columns().stream().anyMatch(m -> m.column().equals(column));
    }

    /** "From SFO" is an origin, "to SFO" a destination. */
    private boolean placed(int at, ColumnEntry column) {
        String word = at == 0 ? "" : clause.get(at - 1).text().toLowerCase(Locale.ROOT);
        return (word.equals("from") && hasPart(column, "origin", "source", "departure", "from"))
                || ((word.equals("to") || word.equals("into"))
                        && hasPart(column, "destination", "arrival", "dest", "target"));
    }

    private static boolean hasPart(ColumnEntry column, String... words) {
        return List.of(words).stream().anyMatch(column.parts()::contains);
    }

    /** "Embarked at Southampton", "directed by Spielberg": the verb is that of the value's own column. */
    private void useVerb(int at, ColumnEntry column) {
        int verb = clause.isAt(at, Tag.GROUP) && clause.get(at).text().equals("by") ? clause.before(at) : at;
        if (!clause.isAt(verb, Item.Kind.COLUMN)) {
            return;
        }
        String word = clause.get(verb).text().toLowerCase(Locale.ROOT);
        String stem = Stemmer.stem(word);
        boolean isVerb = word.endsWith("ed") || word.endsWith("ing");
        if (isVerb && column.parts().stream().anyMatch(p -> Stemmer.stem(p).equals(stem))) {
            clause.use(verb);
        }
    }

    private void useName(int at, ColumnEntry column) {
        if (names(at, column) && !clause.isAt(clause.before(at), Tag.GROUP)) {
            clause.use(at);
        }
    }

    /** The index of the next value of a list, or -1. */
    private int nextInList(int at) {
        int next = at + 1;
        while (clause.isMarkAt(next, ",")
                || clause.isMarkAt(next, "/")
                || clause.isAt(next, Tag.AND)
                || clause.isAt(next, Tag.OR)
                || clause.isAt(next, Tag.VERSUS)
                || isArticle(next)) {
            versus |= clause.isAt(next, Tag.VERSUS);
            next++;
        }
        return next > at + 1 && clause.isAt(next, Item.Kind.VALUE) ? next : -1;
    }

    private boolean isArticle(int at) {
        return clause.isAt(at, Tag.FILLER) && clause.get(at).text().equalsIgnoreCase("the");
    }
}
