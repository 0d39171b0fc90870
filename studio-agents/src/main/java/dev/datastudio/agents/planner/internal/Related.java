package dev.datastudio.agents.planner.internal;

import dev.datastudio.core.analysis.Condition;
import org.jspecify.annotations.Nullable;

/**
 * A condition on the rows of another table that belong to a row: "who have pets", "without orders", "with at least 2
 * concerts".
 *
 * @param negated whether there must be none
 * @param count how their number is compared, for at least one null
 * @param number what it is compared with
 * @param counted the column whose different values are counted; null for the rows themselves
 */
record Related(
        TableEntry table,
        boolean negated,
        Condition.@Nullable Comparator count,
        long number,
        @Nullable ColumnEntry counted) {}
