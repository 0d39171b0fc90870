package dev.datastudio.app.model;

import dev.datastudio.agents.model.ModelCall;
import dev.datastudio.agents.model.ModelTotals;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What calls of models used in some days.
 *
 * @param days how many
 * @param calls how many there were, failed ones included
 * @param tokensIn how many tokens were read
 * @param tokensOut how many were written
 * @param cost what they cost in US dollars; null when that is not known of each
 * @param byModel the same for each configuration
 */
public record ModelUsage(
        int days, long calls, long tokensIn, long tokensOut, Optional<BigDecimal> cost, List<OfModel> byModel) {
    /**
     * What the calls of one configuration used.
     *
     * @param name of the configuration
     * @param calls how many there were, failed ones included
     * @param tokensIn how many tokens were read
     * @param tokensOut how many were written
     * @param cost what they cost in US dollars; null when that is not known of each
     */
    public record OfModel(String name, long calls, long tokensIn, long tokensOut, Optional<BigDecimal> cost) {
        private static OfModel of(String name, ModelTotals totals) {
            return new OfModel(name, totals.calls(), totals.inputTokens(), totals.outputTokens(), totals.cost());
        }
    }

    static ModelUsage of(int days, List<ModelCall> calls) {
        ModelTotals all = ModelTotals.of(calls);
        Map<String, List<ModelCall>> byName =
                calls.stream().collect(Collectors.groupingBy(ModelCall::config, TreeMap::new, Collectors.toList()));
        List<OfModel> each = byName.entrySet().stream()
                .map(entry -> OfModel.of(entry.getKey(), ModelTotals.of(entry.getValue())))
                .toList();
        return new ModelUsage(days, all.calls(), all.inputTokens(), all.outputTokens(), all.cost(), each);
    }
}
