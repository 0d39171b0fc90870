package dev.datastudio.agents.model.internal;

import dev.datastudio.agents.model.ModelParameters;
import dev.datastudio.agents.model.ModelSpec;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;

/**
 * What tokens cost, as their configuration says. Studio has no list of prices: they change, and a wrong sum is worse than
 * none.
 */
public final class Prices {
    private static final BigDecimal PER_TOKENS = BigDecimal.valueOf(1_000_000);

    private Prices() {}

    /** What so many tokens cost, in US dollars; empty when a price is not known. */
    public static Optional<BigDecimal> cost(ModelSpec spec, long inputTokens, long outputTokens) {
        ModelParameters parameters = spec.parameters();
        Optional<BigDecimal> input = parameters.inputPrice();
        Optional<BigDecimal> output = parameters.outputPrice();
        if (input.isEmpty() || output.isEmpty()) {
            return Optional.empty();
        }
        BigDecimal sum = input.get()
                .multiply(BigDecimal.valueOf(inputTokens))
                .add(output.get().multiply(BigDecimal.valueOf(outputTokens)));
        return Optional.of(sum.divide(PER_TOKENS, MathContext.DECIMAL64).stripTrailingZeros());
    }
}
