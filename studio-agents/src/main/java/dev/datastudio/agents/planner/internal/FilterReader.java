package dev.datastudio.agents.planner.internal;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.core.analysis.Condition;
import dev.datastudio.core.analysis.Condition.Comparator;
import dev.datastudio.core.analysis.Expression;
import dev.datastudio.core.analysis.Measure;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads which rows count, and which groups. Marks the words it takes as used. */
final class FilterReader {
    private final Clause clause;
    private final Decisions decisions;
    private final TimeReader times;
    private final List<Found> found = new ArrayList<>();
    private boolean versus;
    private @Nullable ColumnEntry lastCompared;
    private final List<Condition> having = new ArrayList<>();

    FilterReader(Clause clause, Decisions decisions) {
        this.clause = clause;
        this.decisions = decisions;
        this.times = new TimeReader(clause, decisions);
    }

    /** Whether values were set against each other; filled by {@link #read}. */
    boolean versus() {
        return versus;
    }

    private record Found(Condition condition, int from, int to) {}

    /** Rows that count; always when nothing is said. */
    Condition read() {
        for (int at = 0; at < clause.size(); at++) {
            if (!clause.isUsed(at)) {
                readAt(at);
            }
        }
        return combined();
    }

    /** Groups that count; filled by {@link #read}. */
    Condition having() {
        return Condition.all(having);
    }

    private void readAt(int at) {
        Item item = clause.get(at);
        if (item.is(Item.Kind.VALUE)) {
            values(at);
        } else if (item.is(Tag.EMPTY) || item.is(Tag.NOT_EMPTY)) {
            missing(at);
        } else if (item.is(Tag.TEXT_MATCH)) {
            textMatch(at);
        } else if (item.is(Tag.RELATIVE) || item.is(Tag.WITH)) {
            flag(at);
        } else {
            Optional<Condition> time = times.read(at);
            if (time.isPresent()) {
                add(time.get(), at, lastUsed(at));
            } else if (item.is(Tag.BETWEEN)) {
                between(at);
            } else if (item.is(Tag.COMPARATOR) || isSign(item)) {
                comparison(at);
            } else if (item.is(Item.Kind.NUMBER)
                    || item.is(Item.Kind.QUOTED)
                    || item.is(Tag.TRUE)
                    || item.is(Tag.FALSE)) {
                equality(at);
            }
        }
    }

    private int lastUsed(int from) {
        int last = from;
        while (last + 1 < clause.size() && clause.isUsed(last + 1)) {
            last++;
        }
        return last;
    }

    private void add(Condition condition, int from, int to) {
        int not = clause.before(from);
        if (clause.isAt(not, Tag.NOT)) {
            clause.use(not);
            found.add(new Found(new Condition.Not(condition), not, to));
        } else {
            found.add(new Found(condition, from, to));
        }
    }

    /** Conditions side by side are all to hold, unless "or" stands between them. */
    private Condition combined() {
        List<Condition> all = new ArrayList<>();
        List<Condition> any = new ArrayList<>();
        int end = -1;
        for (Found next : found) {
            boolean or = end >= 0 && orBetween(end, next.from());
            if (!or && !any.isEmpty()) {
                all.add(any.size() == 1 ? any.get(0) : new Condition.Any(any));
                any = new ArrayList<>();
            }
            any.add(next.condition());
            end = next.to();
        }
        if (!any.isEmpty()) {
            all.add(any.size() == 1 ? any.get(0) : new Condition.Any(any));
        }
        return Condition.all(Alternatives.merged(all));
    }

    private boolean orBetween(int from, int to) {
        for (int i = from + 1; i < to; i++) {
            if (clause.isAt(i, Tag.OR)) {
                clause.use(i);
                return true;
            }
        }
        return false;
    }

    private void values(int at) {
        Item first = clause.get(at);
        int before = beforeSigns(at);
        int after = clause.after(at);
        ValueMatch value =
                decisions.value(first, c -> names(before, c) || (after == at + 1 && names(after, c)) || placed(at, c));
        List<Expression.Constant> constants = new ArrayList<>(List.of(new Expression.Constant(value.stored())));
        clause.use(at);
        int last = at;
        for (int next = nextInList(at); next > 0; next = nextInList(next)) {
            Optional<ValueMatch> more = clause.get(next).values().stream()
                    .filter(v -> v.column().equals(value.column()))
                    .findFirst();
            if (more.isEmpty()) {
                break;
            }
            constants.add(new Expression.Constant(more.get().stored()));
            clause.use(last, next);
            last = next;
        }
        useName(before, value.column());
        if (clause.isAt(last + 1, Item.Kind.COLUMN)
                && names(last + 1, value.column())
                && !clause.isAt(before, Tag.GROUP)) {
            clause.use(last + 1);
            last++;
        }
        Expression ref = value.column().ref();
        Condition condition = constants.size() == 1
                ? new Condition.Comparison(ref, Comparator.EQUAL, constants.get(0))
                : new Condition.OneOf(ref, constants);
        negatable(condition, at, last);
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
            found.add(new Found(new Condition.Not(condition), sign, to));
            return;
        }
        if (clause.isMarkAt(sign, "=") || clause.isMarkAt(sign, "==")) {
            clause.use(sign);
        }
        add(condition, from, to);
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

    private void missing(int at) {
        boolean isMissing = clause.get(at).is(Tag.EMPTY);
        int before = clause.before(at);
        int after = clause.after(at);
        int column = clause.isAt(before, Item.Kind.COLUMN) ? before : clause.isAt(after, Item.Kind.COLUMN) ? after : -1;
        if (column < 0) {
            return;
        }
        Condition condition = new Condition.Missing(
                decisions.column(clause.get(column), c -> true).ref());
        clause.use(at);
        clause.use(column);
        add(isMissing ? condition : new Condition.Not(condition), Math.min(at, column), Math.max(at, column));
    }

    private void textMatch(int at) {
        int column = clause.before(at);
        int text = clause.after(at);
        boolean hasText = text < clause.size()
                && (clause.get(text).is(Item.Kind.QUOTED)
                        || clause.get(text).is(Item.Kind.UNKNOWN)
                        || clause.get(text).is(Item.Kind.VALUE));
        if (clause.isAt(column, Tag.RELATIVE)) {
            column = clause.before(column);
        }
        if (!hasText || !clause.isAt(column, Item.Kind.COLUMN)) {
            return;
        }
        var position = switch (clause.get(at).argument()) {
            case "start" -> Condition.Position.START;
            case "end" -> Condition.Position.END;
            default -> Condition.Position.ANYWHERE;
        };
        ColumnEntry entry = decisions.column(clause.get(column), c -> c.column().type() == ColumnType.TEXT);
        clause.use(at);
        clause.use(text);
        add(new Condition.TextMatch(entry.ref(), position, clause.get(text).text()), column, text);
    }

    /** "Who survived", "that are alone": a column that is true or 1. */
    private void flag(int at) {
        int next = clause.after(at);
        boolean isNot = clause.isAt(next, Tag.NOT);
        int column = isNot ? clause.after(next) : next;
        if (!clause.isAt(column, Item.Kind.COLUMN)) {
            return;
        }
        boolean verdictFollows = clause.isAt(clause.after(column), Tag.COMPARATOR)
                || clause.isAt(clause.after(column), Item.Kind.NUMBER)
                || clause.isAt(clause.after(column), Tag.EMPTY)
                || clause.isMarkAt(column + 1, "=");
        ColumnEntry entry = clause.get(column).columns().get(0).column();
        if (verdictFollows || !entry.isFlag() || clause.get(column).columns().size() > 1) {
            return;
        }
        clause.use(at, column);
        Condition holds = holds(entry, decisions);
        found.add(new Found(isNot ? new Condition.Not(holds) : holds, at, column));
    }

    /** A column of true and false is true, one of 0 and 1 is 1. */
    static Condition holds(ColumnEntry flag, Decisions decisions) {
        boolean isBoolean = flag.column().type() == ColumnType.BOOLEAN;
        if (!isBoolean) {
            decisions.note(flag.name() + " was taken to hold where it is 1.", 0.05);
        }
        return equal(flag, isBoolean ? (Object) true : (Object) 1L);
    }

    private static Condition equal(ColumnEntry column, Object value) {
        return new Condition.Comparison(column.ref(), Comparator.EQUAL, new Expression.Constant(value));
    }

    private static boolean isSign(Item item) {
        return item.is(Item.Kind.PUNCTUATION)
                && List.of(">", "<", ">=", "<=", "!=", "<>").contains(item.text());
    }

    private static Comparator comparator(Item item) {
        String argument = item.argument().substring(item.argument().indexOf(':') + 1);
        return switch (item.is(Tag.COMPARATOR) ? argument : item.text()) {
            case "greater", ">" -> Comparator.GREATER;
            case "less", "<" -> Comparator.LESS;
            case "greater_or_equal", ">=" -> Comparator.GREATER_OR_EQUAL;
            case "less_or_equal", "<=" -> Comparator.LESS_OR_EQUAL;
            default -> Comparator.NOT_EQUAL;
        };
    }

    private void comparison(int at) {
        int number = clause.after(at);
        if (number >= clause.size()) {
            return;
        }
        int column = comparedColumn(at, number);
        Optional<Expression> right = rightSide(number, column);
        ColumnEntry same = lastCompared;
        if (right.isPresent() && column == NONE && same != null && repeats(at)) {
            clause.use(at, number);
            add(new Condition.Comparison(same.ref(), comparator(clause.get(at)), right.get()), at, number);
            return;
        }
        if (right.isEmpty() || column == NONE) {
            return;
        }
        Comparator comparator = comparator(clause.get(at));
        if (column == COUNTED) {
            int rows = clause.after(number);
            clause.use(at, rows);
            having.add(new Condition.MeasureComparison(Measure.count(), comparator, right.get()));
            return;
        }
        Optional<ColumnEntry> entry = compared(at, column);
        if (entry.isEmpty()) {
            return;
        }
        clause.use(at);
        useConstant(number);
        int aggregate = column >= 0 ? clause.before(column) : -1;
        if (clause.isAt(aggregate, Tag.AGGREGATE)) {
            clause.use(aggregate, column);
            having.add(new Condition.MeasureComparison(
                    Measures.of(clause.get(aggregate).argument(), entry.get()), comparator, right.get()));
            return;
        }
        if (column >= 0) {
            clause.use(column);
        }
        int from = column >= 0 ? Math.min(at, column) : at;
        lastCompared = entry.get();
        add(new Condition.Comparison(entry.get().ref(), comparator, right.get()), from, Math.max(number, column));
    }

    /** "Above 50 or below 46": the second comparison is of the same column. */
    private boolean repeats(int at) {
        int joint = clause.before(at);
        return clause.isAt(joint, Tag.OR) || clause.isAt(joint, Tag.AND);
    }

    private static final int NONE = -1;
    private static final int BY_ADJECTIVE = -2;
    private static final int COUNTED = -3;

    private int comparedColumn(int at, int number) {
        if (clause.get(at).argument().indexOf(':') > 0) {
            return BY_ADJECTIVE;
        }
        int before = clause.before(at);
        while (clause.isAt(before, Tag.RELATIVE) || clause.isAt(before, Tag.NOT)) {
            before = clause.before(before);
        }
        int after = clause.after(number);
        boolean directlyAfter = clause.isAt(after, Item.Kind.COLUMN) && after <= number + 2;
        boolean isThing = clause.isAt(before, Tag.WITH)
                || clause.isAt(clause.before(at), Tag.RELATIVE)
                || !clause.isAt(before, Item.Kind.COLUMN);
        if (clause.isAt(after, Tag.ROWS)
                || (clause.isAt(after, Item.Kind.TABLE) && clause.get(at).is(Tag.COMPARATOR))) {
            return COUNTED;
        }
        if ((isThing && directlyAfter) || clause.get(before < 0 ? at : before).is(Tag.WITH)) {
            return directlyAfter ? after : NONE;
        }
        return clause.isAt(before, Item.Kind.COLUMN) ? before : directlyAfter ? after : NONE;
    }

    private Optional<ColumnEntry> compared(int at, int column) {
        if (column >= 0) {
            ColumnEntry entry = decisions.column(clause.get(column), ColumnEntry::isNumeric);
            return entry.isNumeric() || entry.isTemporal() ? Optional.of(entry) : Optional.empty();
        }
        String words = clause.get(at).argument();
        List<ColumnEntry> called =
                decisions.columnsCalled(words.substring(0, words.indexOf(':')), ColumnEntry::isNumeric);
        return called.isEmpty()
                ? Optional.empty()
                : Optional.of(decisions.pick(clause.get(at).text(), called));
    }

    /** A number, a date, or "the average", which is that of all rows. */
    private Optional<Expression> rightSide(int at, int column) {
        Item item = clause.get(at);
        if (item.value() instanceof BigDecimal number) {
            return Optional.of(new Expression.Constant(plain(number)));
        }
        if (item.value() instanceof LocalDate date) {
            return Optional.of(new Expression.Constant(date));
        }
        if (item.is(Tag.AGGREGATE) && column >= 0 && item.argument().matches("mean|median")) {
            ColumnEntry entry = decisions.column(clause.get(column), ColumnEntry::isNumeric);
            return entry.isNumeric()
                    ? Optional.of(new Expression.Overall(Measures.of(item.argument(), entry)))
                    : Optional.empty();
        }
        return Optional.empty();
    }

    private void useConstant(int at) {
        clause.use(at);
    }

    /** Whole numbers as Long, so that they equal integers; others as they are. */
    static Object plain(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() <= 0 && stripped.precision() - stripped.scale() <= 18
                ? (Object) stripped.longValueExact()
                : number;
    }

    private void between(int at) {
        int low = clause.after(at);
        if (low < clause.size()
                && (clause.get(low).is(Item.Kind.VALUE) || clause.get(low).is(Item.Kind.COLUMN))) {
            clause.use(at);
            return;
        }
        int and = clause.after(low);
        int high = clause.isAt(and, Tag.AND) || isTo(low + 1)
                ? clause.after(isTo(low + 1) ? low + 1 : and)
                : clause.size();
        if (high >= clause.size()
                || !(clause.get(low).value() instanceof BigDecimal from)
                || !(clause.get(high).value() instanceof BigDecimal to)) {
            return;
        }
        int column = comparedColumn(at, high);
        Optional<ColumnEntry> entry = column >= 0 ? compared(at, column) : Optional.empty();
        if (entry.isEmpty()) {
            return;
        }
        clause.use(at, high);
        clause.use(column);
        Condition condition = new Condition.Between(
                entry.get().ref(), new Expression.Constant(plain(from)), new Expression.Constant(plain(to)));
        add(condition, Math.min(at, column), Math.max(high, column));
    }

    private boolean isTo(int at) {
        return at < clause.size() && clause.get(at).text().equalsIgnoreCase("to");
    }

    /** "Pclass 1", "survived = 1", "with 8 cylinders", "8 cylinder cars", "name is 'x'". */
    private void equality(int at) {
        int sign = clause.before(at);
        boolean signed = clause.isMarkAt(sign, "=") || clause.isMarkAt(sign, "==");
        int before = signed ? clause.before(sign) : sign;
        boolean saysIs = before >= 0 && before < at - 1 && clause.get(at - 1).is(Tag.IS);
        int after = at + 1;
        Object value = constant(clause.get(at));
        if (clause.isAt(before, Item.Kind.COLUMN) && (signed || saysIs || before == at - 1)) {
            equal(before, at, value, signed || saysIs, signed ? sign : at);
        } else if (clause.isAt(after, Item.Kind.COLUMN)
                && value instanceof Long
                && !clause.isAt(before, Tag.TOP)
                && !clause.isAt(before, Tag.BOTTOM)) {
            boolean with = clause.isAt(before, Tag.WITH) || clause.isAt(at - 1, Tag.WITH);
            equal(after, at, value, with, at);
        }
    }

    private static Object constant(Item item) {
        if (item.is(Tag.TRUE) || item.is(Tag.FALSE)) {
            return item.is(Tag.TRUE);
        }
        return item.value() instanceof BigDecimal number ? plain(number) : item.value();
    }

    private void equal(int column, int at, Object value, boolean isSaid, int sign) {
        ColumnEntry entry = decisions.column(
                clause.get(column),
                c -> value instanceof String
                        ? !c.isNumeric()
                        : c.isNumeric() || c.column().type() == ColumnType.BOOLEAN);
        boolean fits = value instanceof Boolean
                ? entry.column().type() == ColumnType.BOOLEAN
                : value instanceof String ? entry.column().type() == ColumnType.TEXT : entry.isNumeric();
        if (!fits || (!isSaid && value instanceof Number && !entry.isSmallInteger())) {
            return;
        }
        clause.use(column);
        clause.use(at);
        clause.use(sign);
        add(equal(entry, value), Math.min(column, at), Math.max(column, at));
    }
}
