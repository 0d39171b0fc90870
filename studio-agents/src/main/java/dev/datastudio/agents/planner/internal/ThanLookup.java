package dev.datastudio.agents.planner.internal;

import dev.datastudio.core.analysis.Aggregate;
import dev.datastudio.core.analysis.Condition;
import dev.datastudio.core.analysis.Condition.Comparator;
import dev.datastudio.core.analysis.Dimension;
import dev.datastudio.core.analysis.Expression;
import dev.datastudio.core.analysis.Measure;
import dev.datastudio.core.analysis.Operation;
import dev.datastudio.core.analysis.Step;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** "How many teams had more points than Sílex?", "which district is larger than Boudh?". */
final class ThanLookup {
    private static final Set<String> COUNTS = Set.of("how many", "number of", "how", "many", "number");

    private final LookupSentence sentence;

    ThanLookup(LookupSentence sentence) {
        this.sentence = sentence;
    }

    Optional<Step> read() {
        List<Integer> values = sentence.places(Item.Kind.VALUE);
        List<Integer> than = sentence.places(Set.of("than"));
        if (values.size() != 1 || than.size() != 1 || values.get(0) < than.get(0)) {
            return Optional.empty();
        }
        int at = values.get(0);
        Optional<ValueMatch> value = sentence.value(at);
        if (value.isEmpty() || !sentence.index().table().isUnique(value.get().column())) {
            return Optional.empty();
        }
        boolean counts = !sentence.places(COUNTS).isEmpty();
        sentence.pass(COUNTS);
        sentence.use(at);
        ColumnEntry column = value.get().column();
        int head = head();
        if (head >= 0) {
            sentence.use(head);
        }
        sentence.pass(Set.of("only"));
        return LookupDegree.of(sentence, column).map(d -> step(d, value.get(), at, counts));
    }

    /** The noun of what is counted or listed. */
    private int head() {
        for (int i = 1; i < sentence.items().size(); i++) {
            boolean asked = Set.of("many", "which", "what", "only", "the").contains(sentence.word(i - 1));
            if (sentence.items().get(i).is(Item.Kind.UNKNOWN)) {
                return asked && sentence.index().isNameless() ? i : -1;
            }
        }
        return -1;
    }

    private Step step(LookupDegree degree, ValueMatch value, int at, boolean counts) {
        String table = sentence.index().dataset().table();
        Condition is = sentence.is(value, at);
        Expression there = new Expression.ResultOf(Step.of(Operation.AGGREGATE, table)
                .filter(is)
                .measures(List.of(Measure.of(Aggregate.MAX, degree.by())))
                .build());
        Condition beyond =
                new Condition.Comparison(degree.by(), degree.isMore() ? Comparator.GREATER : Comparator.LESS, there);
        return counts
                ? Step.of(Operation.AGGREGATE, table)
                        .measures(List.of(Measure.count()))
                        .filter(beyond)
                        .build()
                : Step.of(Operation.LIST, table)
                        .dimensions(List.of(Dimension.of(value.column().ref())))
                        .filter(beyond)
                        .build();
    }
}
