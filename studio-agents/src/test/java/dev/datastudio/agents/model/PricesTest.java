package dev.datastudio.agents.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.datastudio.agents.model.internal.Prices;
import java.math.BigDecimal;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PricesTest {
    @Test
    void aPriceThatNobodySaidIsNotGuessed() {
        ModelSpec spec = ModelSpec.of(Provider.OPENAI, "x");

        assertEquals(Optional.empty(), Prices.cost(spec, 1, 1));
    }

    @Test
    void costsWhatTheConfigurationSays() {
        ModelSpec spec = ModelSpec.of(Provider.OPENAI, "x")
                .withParameters(ModelParameters.DEFAULT.withPrices(BigDecimal.TEN, BigDecimal.ONE));

        assertEquals(Optional.of(new BigDecimal("0.011")), Prices.cost(spec, 1_000, 1_000));
    }
}
