package dev.datastudio.agents.model.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.datastudio.agents.model.ModelParameters;
import dev.datastudio.agents.model.ModelSpec;
import dev.datastudio.agents.model.Provider;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;

/**
 * What tokens cost: as a configuration says, else the list price of the provider's own service from the resource
 * {@code prices.json}, which names its date. What neither knows has no price; nothing is guessed.
 */
public final class Prices {
    private static final JsonNode LIST = ModelResources.read("prices.json");
    private static final BigDecimal PER_TOKENS = BigDecimal.valueOf(1_000_000);

    private Prices() {}

    /** What so many tokens cost, in US dollars; empty when a price is not known. */
    public static Optional<BigDecimal> cost(ModelSpec spec, long inputTokens, long outputTokens) {
        ModelParameters parameters = spec.parameters();
        Optional<BigDecimal> input = parameters.inputPrice().or(() -> listed(spec, "input"));
        Optional<BigDecimal> output = parameters.outputPrice().or(() -> listed(spec, "output"));
        if (input.isEmpty() || output.isEmpty()) {
            return Optional.empty();
        }
        BigDecimal sum = input.get()
                .multiply(BigDecimal.valueOf(inputTokens))
                .add(output.get().multiply(BigDecimal.valueOf(outputTokens)));
        return Optional.of(sum.divide(PER_TOKENS, MathContext.DECIMAL64).stripTrailingZeros());
    }

    /** A list price is that of the provider's own service, not of another one that serves the same model. */
    private static Optional<BigDecimal> listed(ModelSpec spec, String what) {
        Provider provider = spec.provider();
        if (!spec.endpoint().equals(provider.defaultEndpoint())) {
            return Optional.empty();
        }
        String price =
                LIST.path(provider.id()).path(spec.modelName()).path(what).asText();
        return price.isEmpty() ? Optional.empty() : Optional.of(new BigDecimal(price));
    }
}
