package dev.datastudio.core.cleaning.internal;

import java.util.ArrayList;
import java.util.List;

/**
 * What a step makes of its rows, as SQL. Immutable.
 *
 * @param from the rows it reads, with what it computes beside them
 * @param outputs the columns it gives, in order
 * @param keep which rows stay; never NULL
 * @param changes the cells whose values may change
 * @param order whether rows keep their order
 */
record StepSql(Fragment from, List<Output> outputs, Fragment keep, List<Change> changes, Order order) {
    StepSql {
        outputs = List.copyOf(outputs);
        changes = List.copyOf(changes);
    }

    /** A column that a step gives. */
    record Output(String name, Fragment value) {}

    /**
     * A column before and after.
     *
     * @param before its value as a text; NULL for a new column
     * @param after its value as a text
     */
    record Change(String column, Fragment before, Fragment after) {}

    /** Whether rows stay in order. */
    enum Order {
        KEPT,
        LOST
    }

    /** All rows stay, some columns have other values. */
    static StepSql changing(StepInput input, List<Output> changed) {
        return changing(input, input.table(), changed, Order.KEPT);
    }

    static StepSql changing(StepInput input, Fragment from, List<Output> changed, Order order) {
        List<Change> changes = changed.stream()
                .map(o -> new Change(o.name(), Fragment.name(o.name()), o.value()))
                .toList();
        return new StepSql(from, input.outputs(changed), Fragment.TRUE, changes, order);
    }

    /** All rows stay and get some more columns. */
    static StepSql adding(StepInput input, List<Output> added) {
        List<Output> outputs = new ArrayList<>(input.outputs(List.of()));
        outputs.addAll(added);
        List<Change> changes = added.stream()
                .map(o -> new Change(o.name(), Fragment.MISSING, o.value()))
                .toList();
        return new StepSql(input.table(), outputs, Fragment.TRUE, changes, Order.KEPT);
    }

    /** Some rows stay, as they are. */
    static StepSql keeping(StepInput input, Fragment keep) {
        return keeping(input, input.table(), keep, Order.KEPT);
    }

    static StepSql keeping(StepInput input, Fragment from, Fragment keep, Order order) {
        return new StepSql(from, input.outputs(List.of()), keep, List.of(), order);
    }

    /** The rows after the step, with their numbers. */
    Fragment select(Fragment row) {
        List<Fragment> columns = new ArrayList<>();
        for (Output output : outputs) {
            columns.add(Fragment.of(output.value(), " AS ", Fragment.name(output.name())));
        }
        columns.add(row);
        Fragment where = keep.equals(Fragment.TRUE) ? Fragment.of("") : Fragment.of(" WHERE ", keep);
        return Fragment.of("SELECT ", Fragment.join(", ", columns), " FROM ", from, where);
    }
}
