package dev.datastudio.agents.model;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What several calls used together. Immutable.
 *
 * @param calls how many there were, failed ones included
 * @param inputTokens how many were read
 * @param outputTokens how many were written
 * @param knownCost what the calls whose cost is known cost together, in US dollars
 * @param callsWithoutCost of how many calls that used tokens the cost is not known
 */
public record ModelTotals(
        long calls, long inputTokens, long outputTokens, BigDecimal knownCost, long callsWithoutCost) {
    public ModelTotals {
        Objects.requireNonNull(knownCost, "knownCost");
    }

    /** The sums over some calls. */
    public static ModelTotals of(List<ModelCall> calls) {
        long input = 0;
        long output = 0;
        long withoutCost = 0;
        BigDecimal cost = BigDecimal.ZERO;
        for (ModelCall call : calls) {
            input += call.inputTokens();
            output += call.outputTokens();
            cost = cost.add(call.cost().orElse(BigDecimal.ZERO));
            boolean isUsed = call.inputTokens() + call.outputTokens() > 0;
            withoutCost += isUsed && call.cost().isEmpty() ? 1 : 0;
        }
        return new ModelTotals(calls.size(), input, output, cost, withoutCost);
    }

    /** What all the calls cost, in US dollars; empty when the cost of one is not known. */
    public Optional<BigDecimal> cost() {
        return callsWithoutCost == 0 ? Optional.of(knownCost) : Optional.empty();
    }
}
