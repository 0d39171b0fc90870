package dev.datastudio.api.metadata;

import java.util.List;

/**
 * How counters stand after an addition. Immutable.
 *
 * @param added whether the amounts were added; if not, a limit stood against it
 * @param sums one for each addition, in its order: afterwards, or as they stand when nothing was added
 */
public record CounterSums(boolean added, List<Long> sums) {
    public CounterSums {
        sums = List.copyOf(sums);
    }
}
