package dev.datastudio.core.cleaning.internal;

import dev.datastudio.core.analysis.Expression.Constant;
import java.util.Map;

/**
 * What was counted of a step. Immutable.
 *
 * @param rows rows before
 * @param left rows after
 * @param cells values that changed
 * @param lost values that became missing
 * @param facts statistics that it worked with
 */
record Measured(long rows, long left, long cells, long lost, Map<String, Constant> facts) {
    Measured {
        facts = Map.copyOf(facts);
    }

    long removed() {
        return rows - left;
    }
}
