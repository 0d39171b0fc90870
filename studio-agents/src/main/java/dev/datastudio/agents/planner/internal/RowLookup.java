package dev.datastudio.agents.planner.internal;

import dev.datastudio.core.analysis.Aggregate;
import dev.datastudio.core.analysis.Condition;
import dev.datastudio.core.analysis.Dimension;
import dev.datastudio.core.analysis.Expression;
import dev.datastudio.core.analysis.Limit;
import dev.datastudio.core.analysis.Measure;
import dev.datastudio.core.analysis.Operation;
import dev.datastudio.core.analysis.Order;
import dev.datastudio.core.analysis.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a column has in the rows of some values, how many such rows there are, or the row that has most of a column:
 * "how many gold medals did Nepal win?", "how many games did they play in 2007?", "what car achieved the highest qual?".
 */
final class RowLookup {
    private static final Set<String> VERBS = Set.of(
            "have",
            "has",
            "had",
            "get",
            "got",
            "win",
            "won",
            "earn",
            "earned",
            "score",
            "scored",
            "make",
            "made",
            "receive",
            "received",
            "take",
            "took",
            "play",
            "played",
            "come",
            "came",
            "happen",
            "happened",
            "achieve",
            "achieved",
            "reach",
            "reached",
            "hold",
            "held",
            "serve",
            "served",
            "appear",
            "appeared",
            "show",
            "finish",
            "finished",
            "been",
            "attend",
            "attended",
            "take place",
            "took place",
            "spend",
            "spent",
            "record",
            "recorded",
            "located",
            "is",
            "are",
            "did",
            "do",
            "does",
            "there",
            "whom",
            "total",
            "overall",
            "finishes",
            "aired",
            "released",
            "driven",
            "listed",
            "according",
            "identified",
            "also",
            "as",
            "under",
            "by",
            "driver",
            "drivers",
            "this",
            "title");
    private static final Set<String> COUNTS =
            Set.of("how many", "how", "many", "number", "number of", "times", "total number of", "how often", "often");
    /** What is a number in each row, so that rows are not counted for it. */
    private static final Set<String> MEASURED = Set.of(
            "point",
            "goal",
            "vote",
            "run",
            "lap",
            "medal",
            "dollar",
            "seat",
            "mile",
            "minute",
            "hour",
            "day",
            "week",
            "year",
            "fan",
            "spectator",
            "sponsor",
            "copy",
            "loss",
            "penalty",
            "yard",
            "kilometer",
            "metre",
            "meter");
    /** "Japan and France each won how many" asks for what both have. */
    private static final Set<String> EACH = Set.of("each", "both");

    private static final Set<String> MOST =
            Set.of("most", "highest", "largest", "greatest", "biggest", "top", "maximum");
    private static final Set<String> LEAST = Set.of("least", "lowest", "smallest", "fewest", "minimum");
    private static final Set<String> OF_SIZE =
            Set.of("amount", "number", "total", "value", "numbers", "score", "level", "a", "one");

    private final LookupSentence sentence;

    RowLookup(LookupSentence sentence) {
        this.sentence = sentence;
    }

    Optional<Step> read() {
        Optional<List<Condition>> conditions = new LookupConditions(sentence).read();
        if (conditions.isEmpty()) {
            return Optional.empty();
        }
        List<Integer> most = sentence.places(MOST);
        List<Integer> least = sentence.places(LEAST);
        if (most.size() + least.size() == 1) {
            return superlative(conditions.get(), !most.isEmpty());
        }
        boolean hasRows = !conditions.get().isEmpty() && most.isEmpty() && least.isEmpty();
        return hasRows ? ofRows(conditions.get()) : Optional.empty();
    }

    /** The rows that have the most of a column. */
    private Optional<Step> superlative(List<Condition> conditions, boolean isMost) {
        int at = sentence.places(isMost ? MOST : LEAST).get(0);
        Optional<Integer> of = sentence.places(Item.Kind.COLUMN).stream()
                .filter(i -> i > at && onlyIdleBetween(at, i))
                .findFirst();
        Optional<Expression> by = of.flatMap(sentence::column).flatMap(sentence::measure);
        boolean asksForSize = at > 1
                && sentence.word(at - 1).equals("the")
                && sentence.items().get(at - 2).is(Tag.IS)
                && sentence.places(Set.of("who")).isEmpty();
        if (asksForSize || by.isEmpty() || !sentence.places(COUNTS).stream().allMatch(i -> i > at)) {
            return Optional.empty();
        }
        sentence.use(at);
        sentence.use(of.get());
        LookupDegree.useCompound(sentence, of.get());
        sentence.pass(OF_SIZE);
        sentence.pass(VERBS);
        Optional<ColumnEntry> subject = sentence.subject();
        List<Integer> others = unusedColumns();
        boolean isNamed = subject.filter(c -> sentence.unknownHead(c) >= 0).isPresent()
                || sentence.word(0).startsWith("who");
        if (others.isEmpty() && (subject.isEmpty() || !isNamed)) {
            return Optional.empty();
        }
        return sentence.target(
                        sentence.items().size(),
                        subject.orElse(sentence.index().columns().get(0)))
                .map(target -> Step.of(Operation.LIST, table())
                        .dimensions(List.of(Dimension.of(target.ref())))
                        .filter(Condition.all(conditions))
                        .order(List.of(new Order(
                                new Order.Key.OfValue(by.get()),
                                isMost ? Order.Direction.DESCENDING : Order.Direction.ASCENDING)))
                        .limit(new Limit(1, Limit.Ties.KEEP, -1))
                        .build());
    }

    private boolean onlyIdleBetween(int from, int to) {
        for (int i = from + 1; i < to; i++) {
            boolean idle = OF_SIZE.contains(sentence.word(i))
                    || sentence.items().get(i).isFiller();
            if (!idle) {
                return false;
            }
        }
        return true;
    }

    private List<Integer> unusedColumns() {
        return sentence.places(Item.Kind.COLUMN).stream()
                .filter(i -> !sentence.isUsed(i))
                .toList();
    }

    private Optional<Step> ofRows(List<Condition> conditions) {
        boolean counts = !sentence.places(COUNTS).isEmpty();
        Set<ColumnEntry> limited = new HashSet<>();
        conditions.forEach(
                c -> c.columns().forEach(r -> sentence.index().find(r.name()).ifPresent(limited::add)));
        // "The winner Ada": a column beside its own value only says what the value is.
        List<Integer> targets = new ArrayList<>();
        for (int at : unusedColumns()) {
            if (sentence.column(at).filter(limited::contains).isPresent()) {
                sentence.use(at);
            } else {
                targets.add(at);
            }
        }
        if (targets.size() > 1) {
            return Optional.empty();
        }
        Optional<Integer> target = targets.stream().findFirst();
        Optional<ColumnEntry> column = target.flatMap(sentence::column);
        if (target.isPresent() && column.isEmpty()) {
            return Optional.empty();
        }
        target.ifPresent(at -> {
            sentence.use(at);
            LookupDegree.useCompound(sentence, at);
        });
        sentence.pass(VERBS);
        sentence.pass(Set.of("and"));
        Condition rows = Condition.all(conditions);
        if (counts) {
            sentence.pass(COUNTS);
            boolean isOfEach = !sentence.places(EACH).isEmpty();
            if (!isOfEach || column.isEmpty()) {
                return column.isPresent() ? size(column.get(), rows) : number(rows, limited);
            }
        }
        sentence.pass(EACH);
        return column.map(c -> Step.of(Operation.AGGREGATE, table())
                .dimensions(List.of(Dimension.of(c.ref())))
                .filter(rows)
                .build());
    }

    /** "How many games": the rows, where the table doesn't say what they are; one of a kind is not counted. */
    private Optional<Step> number(Condition rows, Set<ColumnEntry> limited) {
        if (limited.stream().anyMatch(sentence.index().table()::isUnique)) {
            return Optional.empty();
        }
        for (int at : sentence.places(Item.Kind.UNKNOWN)) {
            String before = sentence.word(at - 1);
            boolean follows = COUNTS.contains(before)
                    || before.equals("of")
                    || sentence.items().get(Math.max(0, at - 1)).is(Item.Kind.VALUE);
            String one = Stemmer.singular(sentence.word(at));
            boolean isOne = one.equals(sentence.word(at)) || MEASURED.contains(one);
            if (follows && !isOne && !sentence.isUsed(at) && sentence.index().isNameless()) {
                sentence.use(at);
                sentence.note("'" + sentence.word(at) + "' was taken to mean the rows.");
                break;
            }
        }
        return Optional.of(Step.of(Operation.AGGREGATE, table())
                .measures(List.of(Measure.count()))
                .filter(rows)
                .build());
    }

    /** "How many points did Ada score": added up, should there be several rows; other things are counted. */
    private Optional<Step> size(ColumnEntry column, Condition rows) {
        Optional<Expression> by = column.isTemporal() ? Optional.empty() : sentence.measure(column);
        if (by.isPresent() && !column.isYearNumber()) {
            return Optional.of(Step.of(Operation.AGGREGATE, table())
                    .measures(List.of(Measure.of(Aggregate.SUM, by.get())))
                    .filter(rows)
                    .build());
        }
        return Optional.of(Step.of(Operation.AGGREGATE, table())
                .measures(List.of(Measure.count()))
                .filter(rows)
                .build());
    }

    private String table() {
        return sentence.index().dataset().table();
    }
}
