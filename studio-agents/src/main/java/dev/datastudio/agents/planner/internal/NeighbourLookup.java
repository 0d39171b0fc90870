package dev.datastudio.agents.planner.internal;

import dev.datastudio.core.analysis.Aggregate;
import dev.datastudio.core.analysis.Condition;
import dev.datastudio.core.analysis.Condition.Comparator;
import dev.datastudio.core.analysis.Dimension;
import dev.datastudio.core.analysis.Expression;
import dev.datastudio.core.analysis.Limit;
import dev.datastudio.core.analysis.Measure;
import dev.datastudio.core.analysis.Operation;
import dev.datastudio.core.analysis.Order;
import dev.datastudio.core.analysis.Step;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** "Who is listed below Ada?", "what was the venue before Dakar?", "Ada is ranked right above whom?". */
final class NeighbourLookup {
    private static final Set<String> AFTER = Set.of(
            "after", "below", "beneath", "underneath", "following", "follows", "followed", "behind", "succeeded");
    private static final Set<String> BEFORE =
            Set.of("before", "above", "preceding", "precedes", "preceded", "prior to");
    /** Words of time; the others are of places on the page. */
    private static final Set<String> OF_TIME =
            Set.of("after", "before", "following", "followed", "preceding", "preceded", "prior to", "succeeded");

    private static final Set<String> IDLE = Set.of(
            "next",
            "previous",
            "previously",
            "immediately",
            "directly",
            "right",
            "just",
            "ranked",
            "rank",
            "placed",
            "place",
            "finished",
            "finish",
            "finishes",
            "comes",
            "came",
            "come",
            "appears",
            "is listed",
            "to",
            "top",
            "at",
            "same",
            "position",
            "whom",
            "there",
            "held",
            "won",
            "released",
            "directly listed",
            "in the list",
            "on the list");

    private final LookupSentence sentence;

    NeighbourLookup(LookupSentence sentence) {
        this.sentence = sentence;
    }

    Optional<Step> read() {
        List<Integer> cues = sentence.places(AFTER);
        boolean isAfter = !cues.isEmpty();
        cues = isAfter ? cues : sentence.places(BEFORE);
        Optional<Integer> anchor = anchor();
        boolean both = isAfter && !sentence.places(BEFORE).isEmpty();
        if (cues.size() != 1 || anchor.isEmpty() || both) {
            return Optional.empty();
        }
        int cue = cues.get(0);
        int at = anchor.get();
        boolean asksFirst = asks(0, cue);
        boolean isTurned = at < cue && !asks(0, at);
        // "Ada is listed above whom?" asks for the row below Ada; "below it" points back to Ada.
        boolean pointsBack = Set.of("it", "him", "her", "that", "them").contains(sentence.word(cue + 1));
        if ((at < cue && !isTurned && !pointsBack) || (at > cue && !asksFirst)) {
            return Optional.empty();
        }
        boolean later = isAfter ^ (isTurned && !pointsBack);
        boolean byTime = OF_TIME.contains(sentence.word(cue));
        sentence.use(cue);
        sentence.use(at);
        sentence.pass(IDLE);
        // "Was issued after": the verb, though a column is called by it.
        sentence.places(Item.Kind.COLUMN).stream()
                .filter(i -> sentence.word(i).endsWith("ed")
                        && i > 0
                        && sentence.items().get(i - 1).is(Tag.IS))
                .forEach(sentence::use);
        return step(at, later, byTime, isTurned ? sentence.items().size() : cue);
    }

    /** The single value or date beside which something is looked for. */
    private Optional<Integer> anchor() {
        List<Integer> values = sentence.places(Item.Kind.VALUE);
        List<Integer> dates = sentence.places(Item.Kind.DATE);
        return values.size() + dates.size() == 1
                ? Optional.of(values.isEmpty() ? dates.get(0) : values.get(0))
                : Optional.empty();
    }

    private boolean asks(int from, int to) {
        boolean asks = false;
        for (int i = from; i < to; i++) {
            asks |= Set.of("who", "which", "what", "name", "where", "when", "whom", "tell me", "give")
                            .contains(sentence.word(i))
                    || sentence.items().get(i).is(Tag.QUESTION);
        }
        return asks;
    }

    private Optional<Step> step(int at, boolean later, boolean byTime, int end) {
        Item item = sentence.items().get(at);
        Optional<ColumnEntry> time = sentence.time();
        if (item.is(Item.Kind.DATE)) {
            return time.filter(ColumnEntry::isTemporal)
                    .flatMap(t ->
                            sentence.target(end, t).map(target -> byTime(t, target, dated(t, item.value()), later)));
        }
        Optional<ValueMatch> value = sentence.value(at);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        Optional<ColumnEntry> target =
                asksWhen(end) ? time : sentence.target(end, value.get().column());
        if (target.isEmpty()) {
            return Optional.empty();
        }
        Condition is = sentence.is(value.get(), at);
        boolean ordersByTime =
                byTime && time.isPresent() && sentence.index().table().isUnique(time.get());
        return Optional.of(
                ordersByTime ? byTime(time.get(), target.get(), is, later) : byPlace(target.get(), value.get(), later));
    }

    private boolean asksWhen(int end) {
        return sentence.places(Set.of("when")).stream().anyMatch(p -> p < end);
    }

    private static Condition dated(ColumnEntry time, Object date) {
        return new Condition.Comparison(time.ref(), Comparator.EQUAL, new Expression.Constant(date));
    }

    /** The nearest row in time. */
    private Step byTime(ColumnEntry time, ColumnEntry target, Condition is, boolean later) {
        sentence.note("The row " + (later ? "after" : "before") + " it is the next one by " + time.name() + ".");
        Expression there = new Expression.ResultOf(start(Operation.AGGREGATE)
                .filter(is)
                .measures(List.of(Measure.of(later ? Aggregate.MAX : Aggregate.MIN, time.ref())))
                .build());
        return start(Operation.LIST)
                .dimensions(List.of(Dimension.of(target.ref())))
                .filter(new Condition.Comparison(time.ref(), later ? Comparator.GREATER : Comparator.LESS, there))
                .order(List.of(new Order(
                        new Order.Key.OfValue(time.ref()),
                        later ? Order.Direction.ASCENDING : Order.Direction.DESCENDING)))
                .limit(new Limit(1, Limit.Ties.KEEP, -1))
                .build();
    }

    /** The row beside it, as the rows stand in the table. */
    private Step byPlace(ColumnEntry target, ValueMatch value, boolean later) {
        sentence.note(
                "The row " + (later ? "after" : "before") + " it is the next one as the rows stand in the table.");
        var places = new RowPlaces(sentence.index());
        RowPlaces.Side side = later ? RowPlaces.Side.BEFORE : RowPlaces.Side.AFTER;
        return start(Operation.LIST)
                .cleaning(places.withBeside(value.column(), side))
                .dimensions(List.of(Dimension.of(target.ref())))
                .filter(new Condition.Comparison(
                        places.beside(value.column(), side), Comparator.EQUAL, new Expression.Constant(value.stored())))
                .build();
    }

    private Step.Builder start(Operation operation) {
        return Step.of(operation, sentence.index().dataset().table());
    }
}
