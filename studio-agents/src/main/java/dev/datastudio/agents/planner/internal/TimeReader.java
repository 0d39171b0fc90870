package dev.datastudio.agents.planner.internal;

import dev.datastudio.core.analysis.Condition;
import dev.datastudio.core.analysis.Condition.Comparator;
import dev.datastudio.core.analysis.DatePart;
import dev.datastudio.core.analysis.Expression;
import dev.datastudio.core.analysis.TimeGrain;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads periods: "in 2017", "since March 2016", "between 2014 and 2016", "last 3 months". */
final class TimeReader {
    private static final Set<String> TO = Set.of("to", "until", "till", "through", "up to");

    private final Clause clause;
    private final Decisions decisions;
    private @Nullable TimeGrain comparedGrain;
    private boolean setsEnds;

    TimeReader(Clause clause, Decisions decisions) {
        this.clause = clause;
        this.decisions = decisions;
    }

    /** The length of periods that were set against each other; null when none were. */
    @Nullable
    TimeGrain comparedGrain() {
        return comparedGrain;
    }

    void setsEndsAgainst(boolean sets) {
        setsEnds = sets;
    }

    /** A calendar period with the index of its last word. */
    private record Period(LocalDate first, LocalDate end, int last) {}

    /** The condition that begins at an index, its words marked as used. */
    Optional<Condition> read(int at) {
        Optional<Condition> relative = relative(at);
        if (relative.isPresent()) {
            return relative;
        }
        Optional<Condition> months = months(at);
        if (months.isPresent()) {
            return months;
        }
        Optional<Condition> range = range(at);
        if (range.isPresent()) {
            return range;
        }
        if (clause.isAt(at, Tag.MONTH)) {
            return monthOfAnyYear(at);
        } else if (clause.isAt(at, Tag.DATE_PART)) {
            return partOfWeek(at);
        }
        return Optional.empty();
    }

    private Optional<Condition> relative(int at) {
        if (clause.isAt(at, Tag.DAY)) {
            return onDate(at, at, TimeGrain.DAY, Integer.parseInt(clause.get(at).argument()), 1);
        }
        boolean isThis = clause.isAt(at, Tag.THIS);
        if (!isThis && !clause.isAt(at, Tag.LAST)) {
            return Optional.empty();
        }
        int next = at + 1;
        int length = 1;
        if (!isThis && clause.isAt(next, Item.Kind.NUMBER) && clause.get(next).value() instanceof BigDecimal n) {
            length = Math.max(1, Math.min(n.intValue(), 10_000));
            next++;
        }
        if (!clause.isAt(next, Tag.GRAIN)) {
            return namesGrain(next)
                    ? onDate(at, next, grain(clause.get(next).text()), isThis ? 0 : -length, length)
                    : Optional.empty();
        }
        return onDate(at, next, grain(clause.get(next).argument()), isThis ? 0 : -length, length);
    }

    /** A column may itself be called "year" or "month". */
    private boolean namesGrain(int at) {
        return clause.isAt(at, Item.Kind.COLUMN)
                && List.of("year", "month", "week", "day")
                        .contains(Stemmer.singular(clause.get(at).text().toLowerCase(Locale.ROOT)));
    }

    static TimeGrain grain(String argument) {
        return TimeGrain.valueOf(
                Stemmer.singular(argument.toLowerCase(Locale.ROOT)).toUpperCase(Locale.ROOT));
    }

    private Optional<Condition> onDate(int from, int to, TimeGrain unit, int offset, int length) {
        Optional<ColumnEntry> column = dateNear(from);
        if (column.isEmpty() || !TimeColumns.canCut(column.get())) {
            return Optional.empty();
        }
        clause.use(from, to);
        Condition period = new Condition.RelativePeriod(column.get().ref(), unit, offset, length);
        int joint = to + 1;
        boolean joined = clause.isAt(joint, Tag.VERSUS) || clause.isAt(joint, Tag.AND);
        Optional<Condition> other = joined ? relative(joint + 1) : Optional.empty();
        if (other.isEmpty()) {
            return Optional.of(period);
        }
        clause.use(joint);
        comparedGrain = unit;
        return Optional.of(new Condition.Any(List.of(period, other.get())));
    }

    private Optional<Condition> range(int at) {
        String word = clause.get(at).text().toLowerCase(Locale.ROOT);
        boolean opensRange = clause.isAt(at, Tag.BETWEEN) || word.equals("from");
        int start = opensRange || clause.isAt(at, Tag.PREPOSITION) || clause.isAt(at, Tag.COMPARATOR) ? at + 1 : at;
        while (start < clause.size()
                && start > at
                && (clause.get(start).is(Tag.FILLER) || clause.isAt(start, yearGrain()) || isYearColumn(start))) {
            start++;
        }
        Optional<Period> first = period(start);
        if (first.isEmpty() || (clause.isAt(at, Tag.COMPARATOR) && !comparesTime(at, start))) {
            return Optional.empty();
        }
        int joint = first.get().last() + 1;
        boolean isRange =
                opensRange || (joint < clause.size() && clause.get(joint).text().equalsIgnoreCase("to"));
        if (isRange) {
            boolean joins = clause.isAt(joint, Tag.AND)
                    || (joint < clause.size()
                            && TO.contains(clause.get(joint).text().toLowerCase(Locale.ROOT)));
            Optional<Period> second = joins ? period(joint + 1) : Optional.empty();
            if (second.isPresent()) {
                boolean turned = second.get().first().isBefore(first.get().first());
                Period from = turned ? second.get() : first.get();
                Period to = turned ? first.get() : second.get();
                int last = second.get().last();
                if (setsEnds && grainOf(from) == grainOf(to)) {
                    comparedGrain = grainOf(from);
                    return either(at, from, new Period(to.first(), to.end(), last));
                }
                return condition(at, last, from.first(), to.end(), "in");
            }
        }
        if (start == at && !isBareAllowed(at, first.get())) {
            return Optional.empty();
        }
        boolean compares = clause.items().stream()
                .anyMatch(i -> i.is(Tag.OPERATION) && i.argument().equals("comparison"));
        boolean isSetAgainst = clause.isAt(joint, Tag.VERSUS) || (compares && clause.isAt(joint, Tag.AND));
        Optional<Period> sibling = isSetAgainst || clause.isAt(joint, Tag.AND) || clause.isAt(joint, Tag.OR)
                ? period(joint + 1)
                : Optional.empty();
        boolean unlike = sibling.isPresent() && grainOf(first.get()) != grainOf(sibling.get());
        if (unlike) {
            return Optional.empty();
        }
        if (sibling.isPresent() && (start == at || sense(at, word).equals("in"))) {
            if (isSetAgainst) {
                comparedGrain = grainOf(first.get());
            }
            return either(at, first.get(), sibling.get());
        }
        return condition(
                at, first.get().last(), first.get().first(), first.get().end(), start == at ? "in" : sense(at, word));
    }

    /** "From January to March 2017", "between March and May", "in January and March 2017". */
    private Optional<Condition> months(int at) {
        boolean opens = clause.isAt(at, Tag.BETWEEN) || clause.isAt(at, Tag.PREPOSITION);
        int first = opens ? at + 1 : at;
        int joint = first + 1;
        int second = joint + 1;
        boolean both = clause.isAt(first, Tag.MONTH)
                && second < clause.size()
                && clause.isAt(second, Tag.MONTH)
                && period(first).isEmpty();
        if (!both) {
            return Optional.empty();
        }
        boolean isRange = TO.contains(clause.get(joint).text().toLowerCase(Locale.ROOT))
                || (clause.isAt(at, Tag.BETWEEN) && clause.isAt(joint, Tag.AND));
        boolean joins = isRange || clause.isAt(joint, Tag.AND) || clause.isAt(joint, Tag.OR);
        Optional<Period> last = period(second);
        int from = Integer.parseInt(clause.get(first).argument());
        if (!joins || (last.isEmpty() && !isRange)) {
            return Optional.empty();
        }
        if (last.isEmpty()) {
            return monthsOfAnyYear(
                    at, second, from, Integer.parseInt(clause.get(second).argument()));
        }
        LocalDate start = LocalDate.of(last.get().first().getYear(), from, 1);
        if (start.isAfter(last.get().first())) {
            return Optional.empty();
        }
        return isRange
                ? condition(at, last.get().last(), start, last.get().end(), "in")
                : either(at, new Period(start, start.plusMonths(1), first), last.get());
    }

    private Optional<Condition> monthsOfAnyYear(int at, int last, long from, long to) {
        Optional<ColumnEntry> column = dateNear(at);
        if (column.isEmpty() || !TimeColumns.canCut(column.get()) || from > to) {
            return Optional.empty();
        }
        clause.use(at, last);
        return Optional.of(new Condition.Between(
                new Expression.PartOf(DatePart.MONTH, column.get().ref()),
                new Expression.Constant(from),
                new Expression.Constant(to)));
    }

    private static TimeGrain grainOf(Period period) {
        long days = ChronoUnit.DAYS.between(period.first(), period.end());
        return days > 92 ? TimeGrain.YEAR : days > 31 ? TimeGrain.QUARTER : days > 1 ? TimeGrain.MONTH : TimeGrain.DAY;
    }

    private static Tag yearGrain() {
        return Tag.GRAIN;
    }

    /** "In 2016 and 2017": in one or the other. */
    private Optional<Condition> either(int at, Period first, Period second) {
        if (second.first().equals(first.end())) {
            return condition(at, second.last(), first.first(), second.end(), "in");
        }
        Optional<Condition> one = condition(at, second.last(), first.first(), first.end(), "in");
        Optional<Condition> other = condition(at, second.last(), second.first(), second.end(), "in");
        return one.flatMap(o -> other.map(p -> new Condition.Any(List.of(o, p))));
    }

    /** "More than 2000" is a year only where a date is compared. */
    private boolean comparesTime(int at, int start) {
        int before = clause.before(at);
        boolean afterDate = clause.isAt(before, Item.Kind.COLUMN)
                && clause.get(before).columns().stream()
                        .anyMatch(m -> m.column().isTemporal() || m.column().isYearNumber());
        return afterDate || !clause.get(start).is(Item.Kind.NUMBER);
    }

    private boolean isYearColumn(int at) {
        return clause.isAt(at, Item.Kind.COLUMN)
                && clause.get(at).columns().get(0).column().parts().contains("year");
    }

    /** Without a preposition only what can be nothing else is a period. */
    private boolean isBareAllowed(int at, Period period) {
        return (clause.isAt(at, Tag.MONTH) && period.last() > at)
                || clause.isAt(at, Tag.QUARTER)
                || clause.isAt(at, Item.Kind.DATE)
                || (clause.get(at).year() > 1700
                        && at > 0
                        && !clause.isAt(at - 1, Tag.TOP)
                        && dateNear(at).isPresent()
                        && at == clause.size() - 1);
    }

    private String sense(int at, String word) {
        if (clause.get(at).is(Tag.COMPARATOR)) {
            return switch (clause.get(at).argument()) {
                case "greater" -> "after";
                case "less" -> "before";
                case "greater_or_equal" -> "since";
                default -> "until";
            };
        }
        return switch (word) {
            case "from" -> isMadeIn(at) ? "in" : "since";
            case "since", "starting" -> "since";
            case "after", "later than" -> "after";
            case "before", "prior to", "earlier than" -> "before";
            case "until", "till", "up to", "through", "as of" -> "until";
            default -> "in";
        };
    }

    /** "Movies from 1999" are those of that year, unless "on" or "onwards" follows. */
    private boolean isMadeIn(int at) {
        int before = at - 1;
        boolean ofRows = before >= 0
                && (clause.get(before).is(Item.Kind.TABLE) || clause.get(before).is(Tag.ROWS));
        boolean goesOn = clause.items().subList(at, clause.size()).stream()
                .map(i -> i.text().toLowerCase(Locale.ROOT))
                .anyMatch(t -> t.equals("on") || t.equals("onwards") || t.equals("onward"));
        return ofRows && !goesOn;
    }

    private Optional<Period> period(int at) {
        if (at >= clause.size() || clause.isUsed(at)) {
            return Optional.empty();
        }
        Item item = clause.get(at);
        if (item.value() instanceof LocalDate date) {
            return Optional.of(new Period(date, date.plusDays(1), at));
        }
        if (item.year() > 0) {
            LocalDate first = LocalDate.of(item.year(), 1, 1);
            return Optional.of(new Period(first, first.plusYears(1), at));
        }
        boolean startsWithDay = item.is(Item.Kind.NUMBER) && clause.isAt(at + 1, Tag.MONTH);
        if (startsWithDay) {
            return dayOf(at + 1, at, at + 2);
        }
        if (item.is(Tag.MONTH) || item.is(Tag.QUARTER)) {
            return monthOrQuarter(item, at);
        }
        return Optional.empty();
    }

    private Optional<Period> monthOrQuarter(Item item, int at) {
        int next = clause.isMarkAt(at + 1, ",")
                        || (at + 1 < clause.size() && clause.get(at + 1).text().equals("of"))
                ? at + 2
                : at + 1;
        int year = next < clause.size() ? clause.get(next).year() : 0;
        int number = Integer.parseInt(item.argument());
        if (year > 0) {
            boolean isMonth = item.is(Tag.MONTH);
            LocalDate first = LocalDate.of(year, isMonth ? number : 3 * number - 2, 1);
            return Optional.of(new Period(first, first.plusMonths(isMonth ? 1 : 3), next));
        }
        return item.is(Tag.MONTH) ? dayOf(at, at + 1, at + 2) : Optional.empty();
    }

    private Optional<Period> dayOf(int month, int day, int year) {
        int yearAt = clause.isMarkAt(year, ",") ? year + 1 : year;
        if (yearAt >= clause.size()
                || clause.get(yearAt).year() == 0
                || !(clause.get(day).value() instanceof BigDecimal number)) {
            return Optional.empty();
        }
        try {
            LocalDate date = LocalDate.of(
                    clause.get(yearAt).year(),
                    Integer.parseInt(clause.get(month).argument()),
                    number.intValue());
            return Optional.of(new Period(date, date.plusDays(1), yearAt));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private Optional<Condition> condition(int from, int to, LocalDate first, LocalDate end, String sense) {
        Optional<ColumnEntry> column = dateNear(from);
        if (column.isEmpty()) {
            return Optional.empty();
        }
        clause.use(from, to);
        Expression date = column.get().ref();
        if (column.get().isYearNumber()) {
            return Optional.of(
                    yearCondition(date, first.getYear(), end.minusDays(1).getYear(), sense));
        }
        Condition notBefore = compare(date, Comparator.GREATER_OR_EQUAL, first);
        Condition beforeEnd = compare(date, Comparator.LESS, end);
        return Optional.of(
                switch (sense) {
                    case "since" -> notBefore;
                    case "after" -> compare(date, Comparator.GREATER_OR_EQUAL, end);
                    case "before" -> compare(date, Comparator.LESS, first);
                    case "until" -> beforeEnd;
                    default -> Condition.all(List.of(notBefore, beforeEnd));
                });
    }

    private static Condition yearCondition(Expression year, long first, long last, String sense) {
        return switch (sense) {
            case "since" -> compare(year, Comparator.GREATER_OR_EQUAL, first);
            case "after" -> compare(year, Comparator.GREATER, last);
            case "before" -> compare(year, Comparator.LESS, first);
            case "until" -> compare(year, Comparator.LESS_OR_EQUAL, last);
            default ->
                first == last
                        ? compare(year, Comparator.EQUAL, first)
                        : new Condition.Between(year, new Expression.Constant(first), new Expression.Constant(last));
        };
    }

    private static Condition compare(Expression left, Comparator comparator, Object right) {
        return new Condition.Comparison(left, comparator, new Expression.Constant(right));
    }

    /** "On weekends": Saturday and Sunday; "on weekdays": the days from Monday to Friday. */
    private Optional<Condition> partOfWeek(int at) {
        String before = at == 0 ? "" : clause.get(at - 1).text().toLowerCase(Locale.ROOT);
        boolean weekend = clause.get(at).argument().equals("weekend");
        boolean weekdays = clause.get(at).text().equalsIgnoreCase("weekdays") && before.equals("on");
        Optional<ColumnEntry> column = weekend || weekdays ? dateNear(at) : Optional.empty();
        boolean groups = clause.isAt(at - 1, Tag.GROUP) || clause.has(Tag.VERSUS) || clause.has(Tag.OR);
        if (column.isEmpty() || !TimeColumns.canCut(column.get()) || groups) {
            return Optional.empty();
        }
        clause.use(at);
        decisions.note("The weekend is Saturday and Sunday.", 0.02);
        Expression day = new Expression.PartOf(DatePart.WEEKDAY, column.get().ref());
        return Optional.of(
                compare(day, weekend ? Comparator.GREATER_OR_EQUAL : Comparator.LESS_OR_EQUAL, weekend ? 6L : 5L));
    }

    /** "In March", of whichever year. */
    private Optional<Condition> monthOfAnyYear(int at) {
        Optional<ColumnEntry> column = dateNear(at);
        if (column.isEmpty() || !TimeColumns.canCut(column.get())) {
            return Optional.empty();
        }
        long month = Long.parseLong(clause.get(at).argument());
        clause.use(at);
        return Optional.of(
                compare(new Expression.PartOf(DatePart.MONTH, column.get().ref()), Comparator.EQUAL, month));
    }

    /** The date column named just before, else the main one. */
    private Optional<ColumnEntry> dateNear(int at) {
        int before = clause.before(at);
        while (before >= 0
                && (clause.get(before).is(Tag.RELATIVE) || clause.get(before).is(Tag.GRAIN))) {
            before = clause.before(before);
        }
        if (clause.isAt(before, Item.Kind.COLUMN)) {
            ColumnEntry column = decisions.column(clause.get(before), c -> c.isTemporal() || c.isYearNumber());
            boolean grouped = clause.isAt(clause.before(before), Tag.GROUP);
            if (column.isTemporal() || column.isYearNumber()) {
                if (!grouped) {
                    clause.use(before);
                }
                return Optional.of(column);
            }
        }
        return new TimeColumns(decisions.index()).main(decisions);
    }
}
