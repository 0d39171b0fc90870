package dev.datastudio.agents.planner.internal;

import dev.datastudio.core.analysis.Condition;
import dev.datastudio.core.analysis.Dimension;
import dev.datastudio.core.analysis.Operation;
import dev.datastudio.core.analysis.Step;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** "Which portion has the same route as Rabin Boulevard?". */
final class SameLookup {
    private static final Set<String> IDLE =
            Set.of("same", "as", "number", "amount", "other", "that", "of", "number of", "share", "shares");

    private final LookupSentence sentence;

    SameLookup(LookupSentence sentence) {
        this.sentence = sentence;
    }

    Optional<Step> read() {
        List<Integer> same = sentence.places(Set.of("same"));
        List<Integer> values = sentence.places(Item.Kind.VALUE);
        if (same.size() != 1
                || values.size() != 1
                || !sentence.places(Set.of("how many")).isEmpty()) {
            return Optional.empty();
        }
        int at = values.get(0);
        Optional<ValueMatch> value = sentence.value(at);
        Optional<Integer> shared = sentence.places(Item.Kind.COLUMN).stream()
                .filter(i -> i > same.get(0) && (i < at || at < same.get(0)))
                .findFirst();
        Optional<ColumnEntry> column = shared.flatMap(sentence::column);
        if (value.isEmpty()
                || column.isEmpty()
                || column.get().equals(value.get().column())) {
            return Optional.empty();
        }
        sentence.use(at);
        sentence.use(shared.orElseThrow());
        LookupDegree.useCompound(sentence, shared.orElseThrow());
        sentence.pass(IDLE);
        return sentence.target(same.get(0), value.get().column()).map(target -> {
            Condition is = sentence.is(value.get(), at);
            return step(target, column.get(), is);
        });
    }

    private Step step(ColumnEntry target, ColumnEntry shared, Condition is) {
        String table = sentence.index().dataset().table();
        Step others = Step.of(Operation.LIST, table)
                .dimensions(List.of(Dimension.of(shared.ref())))
                .filter(is)
                .build();
        return Step.of(Operation.LIST, table)
                .dimensions(List.of(Dimension.of(target.ref())))
                .filter(Condition.all(List.of(new Condition.Among(shared.ref(), others), new Condition.Not(is))))
                .build();
    }
}
