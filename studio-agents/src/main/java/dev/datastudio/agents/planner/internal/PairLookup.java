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
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Two values set against each other: "which is taller, A or B?", "what is the difference in votes between A and B?". */
final class PairLookup {
    private static final Set<String> DIFFERENCE =
            Set.of("difference", "difference in", "difference between", "differences");
    private static final Set<String> OFTEN =
            Set.of("often", "times", "frequently", "number of times", "the most times");
    private static final Set<String> IDLE = Set.of(
            "or",
            "and",
            "between",
            "of",
            "what",
            "the",
            "in",
            "how",
            "much",
            "how much",
            "how many",
            "many",
            "by",
            "either");

    private final LookupSentence sentence;

    PairLookup(LookupSentence sentence) {
        this.sentence = sentence;
    }

    Optional<Step> read() {
        List<Integer> values = sentence.places(Item.Kind.VALUE);
        if (values.size() != 2) {
            return Optional.empty();
        }
        int left = values.get(0);
        int right = values.get(1);
        Optional<ColumnEntry> column = shared(left, right);
        if (column.isEmpty()) {
            return Optional.empty();
        }
        sentence.use(left);
        sentence.use(right);
        List<Expression.Constant> pair = List.of(constant(left, column.get()), constant(right, column.get()));
        if (pair.get(0).equals(pair.get(1))) {
            return Optional.empty();
        }
        Condition either = new Condition.OneOf(column.get().ref(), pair);
        boolean isDifference = !sentence.places(DIFFERENCE).isEmpty();
        boolean isMore = !sentence.places(Set.of("than")).isEmpty()
                && !sentence.places(Set.of("how many", "how", "how much")).isEmpty();
        if (isDifference || isMore) {
            return difference(column.get(), either, isMore);
        }
        return isChoice(left, right) ? choice(column.get(), either) : Optional.empty();
    }

    /** "A or the B"; "is A older or younger than B" wants another word. */
    private boolean isChoice(int left, int right) {
        boolean joins = false;
        for (int i = left + 1; i < right; i++) {
            joins |= sentence.word(i).equals("or");
            if ((!joins && !sentence.items().get(i).is(Item.Kind.PUNCTUATION)) || i - left > 3) {
                return false;
            }
        }
        return joins;
    }

    private Optional<ColumnEntry> shared(int left, int right) {
        List<ColumnEntry> columns = sentence.items().get(left).values().stream()
                .filter(v -> !v.isPart())
                .map(ValueMatch::column)
                .distinct()
                .filter(c -> sentence.items().get(right).values().stream()
                        .anyMatch(v -> !v.isPart() && v.column().equals(c)))
                .toList();
        if (columns.size() > 1) {
            columns =
                    columns.stream().filter(sentence.index().table()::isUnique).toList();
        }
        return columns.size() == 1 ? Optional.of(columns.get(0)) : Optional.empty();
    }

    private Expression.Constant constant(int at, ColumnEntry column) {
        ValueMatch value = sentence.items().get(at).values().stream()
                .filter(v -> !v.isPart() && v.column().equals(column))
                .findFirst()
                .orElseThrow();
        sentence.is(value, at);
        return new Expression.Constant(value.stored());
    }

    /** Which of the two has more, or is there more often. */
    private Optional<Step> choice(ColumnEntry column, Condition either) {
        sentence.pass(Set.of("or", "either", "between"));
        int head = sentence.unknownHead(column);
        if (head >= 0) {
            sentence.use(head);
        }
        if (!sentence.places(OFTEN).isEmpty()) {
            sentence.pass(OFTEN);
            return counted(column, either);
        }
        Optional<LookupDegree> degree = LookupDegree.of(sentence, column);
        return degree.map(d -> Step.of(Operation.LIST, table())
                .dimensions(List.of(Dimension.of(column.ref())))
                .filter(either)
                .order(List.of(new Order(new Order.Key.OfValue(d.by()), direction(d.isMore()))))
                .limit(new Limit(1, Limit.Ties.KEEP, -1))
                .build());
    }

    private Optional<Step> counted(ColumnEntry column, Condition either) {
        boolean isMore = !sentence.places(Set.of("more", "most")).isEmpty();
        boolean isLess =
                !sentence.places(Set.of("less", "fewer", "least", "fewest")).isEmpty();
        if (isMore == isLess) {
            return Optional.empty();
        }
        sentence.pass(Set.of(
                "more", "most", "less", "fewer", "least", "fewest", "times", "won", "held", "listed", "title",
                "titles"));
        return Optional.of(Step.of(Operation.AGGREGATE, table())
                .dimensions(List.of(Dimension.of(column.ref())))
                .measures(List.of(Measure.count()))
                .filter(either)
                .order(List.of(Order.byMeasure(0, direction(isMore))))
                .limit(new Limit(1, Limit.Ties.KEEP, -1))
                .build());
    }

    private static Order.Direction direction(boolean isMore) {
        return isMore ? Order.Direction.DESCENDING : Order.Direction.ASCENDING;
    }

    /** By how much the two differ; only where each stands in one row, as the sum of many rows might be meant else. */
    private Optional<Step> difference(ColumnEntry column, Condition either, boolean isMore) {
        if (!sentence.index().table().isUnique(column)) {
            return Optional.empty();
        }
        sentence.pass(DIFFERENCE);
        sentence.pass(IDLE);
        Optional<Expression> by =
                isMore ? LookupDegree.of(sentence, column).map(LookupDegree::by) : onlyMeasure(column);
        return by.map(value -> Step.of(Operation.AGGREGATE, table())
                .measures(List.of(Measure.of(Aggregate.RANGE, value)))
                .filter(either)
                .build());
    }

    private Optional<Expression> onlyMeasure(ColumnEntry compared) {
        List<Integer> columns = sentence.places(Item.Kind.COLUMN).stream()
                .filter(i -> !sentence.column(i).filter(compared::equals).isPresent())
                .toList();
        if (columns.size() != 1) {
            return Optional.empty();
        }
        sentence.places(Item.Kind.COLUMN).forEach(sentence::use);
        LookupDegree.useCompound(sentence, columns.get(0));
        return sentence.column(columns.get(0)).filter(c -> !c.isTemporal()).flatMap(sentence::measure);
    }

    private String table() {
        return sentence.index().dataset().table();
    }
}
