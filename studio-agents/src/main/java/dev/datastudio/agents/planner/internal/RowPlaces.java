package dev.datastudio.agents.planner.internal;

import dev.datastudio.core.analysis.Cleaning;
import dev.datastudio.core.analysis.Expression;
import dev.datastudio.core.analysis.Expression.ColumnRef;
import java.util.List;

/** The place of each row in its table as a column of its own, and the value of the row beside it. Immutable. */
final class RowPlaces {
    private final SchemaIndex index;
    private final ColumnRef place;

    RowPlaces(SchemaIndex index) {
        this.index = index;
        this.place = free("row");
    }

    private ColumnRef free(String wanted) {
        String name = wanted;
        while (index.find(name).isPresent()) {
            name = "own " + name;
        }
        return new ColumnRef(index.dataset().table(), name);
    }

    /** The place of a row, from 1. */
    ColumnRef place() {
        return place;
    }

    /** What makes the place a column. */
    List<Cleaning> placed() {
        return List.of(new Cleaning.Derived(place, new Expression.RowNumber()));
    }

    /** What a column has in the row before, or in the row after. */
    ColumnRef beside(ColumnEntry column, Side side) {
        return free((side == Side.BEFORE ? "previous " : "next ") + column.name());
    }

    /** What makes the value of the row beside a column. */
    List<Cleaning> withBeside(ColumnEntry column, Side side) {
        Expression order = side == Side.BEFORE
                ? new Expression.RowNumber()
                : new Expression.Arithmetic(
                        Expression.Operator.SUBTRACT, new Expression.Constant(0L), new Expression.RowNumber());
        return List.of(
                new Cleaning.Derived(place, order),
                new Cleaning.Derived(beside(column, side), new Expression.Previous(column.ref(), place)));
    }

    /** Which of the two rows beside one. */
    enum Side {
        BEFORE,
        AFTER
    }
}
