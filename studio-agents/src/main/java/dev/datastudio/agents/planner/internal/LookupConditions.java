package dev.datastudio.agents.planner.internal;

import dev.datastudio.core.analysis.Condition;
import dev.datastudio.core.analysis.Condition.Comparator;
import dev.datastudio.core.analysis.DatePart;
import dev.datastudio.core.analysis.Expression;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which rows a look-up is about: those that have the values, years and sizes that it names. Not thread-safe. */
final class LookupConditions {
    private static final Map<String, Comparator> BOUNDS = Map.ofEntries(
            Map.entry("at least", Comparator.GREATER_OR_EQUAL),
            Map.entry("at most", Comparator.LESS_OR_EQUAL),
            Map.entry("more than", Comparator.GREATER),
            Map.entry("greater than", Comparator.GREATER),
            Map.entry("higher than", Comparator.GREATER),
            Map.entry("larger than", Comparator.GREATER),
            Map.entry("less than", Comparator.LESS),
            Map.entry("fewer than", Comparator.LESS),
            Map.entry("lower than", Comparator.LESS),
            Map.entry("over", Comparator.GREATER),
            Map.entry("above", Comparator.GREATER),
            Map.entry("under", Comparator.LESS),
            Map.entry("below", Comparator.LESS));
    private static final Map<String, Comparator> OF_TIME =
            Map.of("after", Comparator.GREATER, "before", Comparator.LESS, "since", Comparator.GREATER_OR_EQUAL);
    private static final Set<String> EXACT =
            Set.of("in", "during", "of", "the", "year", "for", "is", "was", "at", "on", "exactly", "to", "from");

    private final LookupSentence sentence;
    private final Set<ColumnEntry> bounded = new HashSet<>();

    LookupConditions(LookupSentence sentence) {
        this.sentence = sentence;
    }

    /** All conditions; empty when one of the names can't be told. */
    Optional<List<Condition>> read() {
        List<Condition> conditions = new ArrayList<>();
        Map<ColumnEntry, List<ValueMatch>> equal = new LinkedHashMap<>();
        for (int at : sentence.places(Item.Kind.VALUE)) {
            Optional<ValueMatch> value = value(at);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            sentence.use(at);
            ValueMatch match = value.get();
            if (match.isPart()) {
                sentence.note("'" + match.stored() + "' was looked for within "
                        + match.column().name() + ".");
                conditions.add(
                        new Condition.TextMatch(match.column().ref(), Condition.Position.ANYWHERE, match.stored()));
            } else {
                sentence.is(match, at);
                equal.computeIfAbsent(match.column(), c -> new ArrayList<>()).add(match);
            }
        }
        for (var values : equal.entrySet()) {
            conditions.add(oneOf(values.getKey(), values.getValue()));
        }
        for (int at : sentence.places(Item.Kind.NUMBER)) {
            Optional<Condition> number = number(at);
            if (number.isEmpty()) {
                return Optional.empty();
            }
            conditions.add(number.get());
        }
        return sentence.places(Item.Kind.DATE).isEmpty() ? Optional.of(conditions) : Optional.empty();
    }

    private static Condition oneOf(ColumnEntry column, List<ValueMatch> values) {
        return values.size() == 1
                ? LookupSentence.equal(values.get(0))
                : new Condition.OneOf(
                        column.ref(),
                        values.stream()
                                .map(v -> new Expression.Constant(v.stored()))
                                .toList());
    }

    /** What a value is one of: of several columns the one that the question names, else the one that names rows. */
    private Optional<ValueMatch> value(int at) {
        List<ValueMatch> values = sentence.items().get(at).values();
        if (values.size() == 1) {
            return Optional.of(values.get(0));
        }
        List<ValueMatch> named =
                values.stream().filter(v -> isNamed(v.column())).toList();
        return named.size() == 1 ? Optional.of(named.get(0)) : sentence.value(at);
    }

    private boolean isNamed(ColumnEntry column) {
        return sentence.places(Item.Kind.COLUMN).stream()
                .anyMatch(i -> sentence.column(i).filter(column::equals).isPresent());
    }

    private Optional<Condition> number(int at) {
        Item item = sentence.items().get(at);
        int before = at - 1;
        Optional<Comparator> bound = bound(at);
        Optional<ColumnEntry> beside = columnBeside(at);
        if (item.year() > 0 && beside.filter(c -> !c.isYearNumber()).isEmpty()) {
            Optional<Comparator> time = Optional.ofNullable(OF_TIME.get(sentence.word(before)));
            return year(at, item.year(), time.or(() -> bound));
        }
        if (beside.isEmpty() || !(item.value() instanceof BigDecimal number)) {
            return Optional.empty();
        }
        ColumnEntry column = beside.get();
        if (!bounded.add(column)) {
            return Optional.empty();
        }
        boolean isExact = bound.isEmpty();
        sentence.use(at);
        sentence.places(Item.Kind.COLUMN).stream()
                .filter(i -> Math.abs(i - at) <= 2)
                .filter(i -> sentence.column(i).filter(column::equals).isPresent())
                .forEach(i -> {
                    sentence.use(i);
                    LookupDegree.useCompound(sentence, i);
                });
        return sentence.measure(column)
                .map(by -> new Condition.Comparison(
                        by, isExact ? Comparator.EQUAL : bound.get(), new Expression.Constant(number)));
    }

    private Optional<Comparator> bound(int at) {
        String two = sentence.word(at - 2) + " " + sentence.word(at - 1);
        for (String words : List.of(two, sentence.word(at - 1))) {
            Comparator bound = BOUNDS.get(words);
            if (bound != null) {
                sentence.use(at - 1);
                if (words.indexOf(' ') > 0) {
                    sentence.use(at - 2);
                }
                return Optional.of(bound);
            }
        }
        return Optional.empty();
    }

    /** The column of numbers right before or after a number: "position 2", "10 points". */
    private Optional<ColumnEntry> columnBeside(int at) {
        for (int i : new int[] {at + 1, at - 1, at - 2}) {
            boolean skips = i == at - 2 && !EXACT.contains(sentence.word(at - 1));
            if (i >= 0
                    && i < sentence.items().size()
                    && !skips
                    && sentence.items().get(i).is(Item.Kind.COLUMN)) {
                return sentence.column(i)
                        .filter(c -> c.isNumeric() || sentence.index().isNumberAsText(c));
            }
        }
        return Optional.empty();
    }

    private Optional<Condition> year(int at, int year, Optional<Comparator> bound) {
        sentence.use(at);
        if (OF_TIME.containsKey(sentence.word(at - 1))) {
            sentence.use(at - 1);
        }
        Optional<ColumnEntry> time = sentence.time();
        if (time.isPresent()) {
            sentence.places(Item.Kind.COLUMN).stream()
                    .filter(i -> sentence.column(i).filter(time.get()::equals).isPresent() && Math.abs(i - at) <= 2)
                    .forEach(sentence::use);
            Expression of = time.get().isTemporal()
                    ? new Expression.PartOf(DatePart.YEAR, time.get().ref())
                    : time.get().ref();
            return Optional.of(
                    new Condition.Comparison(of, bound.orElse(Comparator.EQUAL), new Expression.Constant((long) year)));
        }
        if (bound.isPresent()) {
            return Optional.empty();
        }
        List<ValueMatch> holding = sentence.index().valuesHolding(List.of(String.valueOf(year)));
        return holding.size() == 1
                ? Optional.of(new Condition.TextMatch(
                        holding.get(0).column().ref(), Condition.Position.ANYWHERE, String.valueOf(year)))
                : Optional.empty();
    }
}
