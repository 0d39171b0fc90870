package dev.datastudio.agents.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.datastudio.agents.model.internal.Prices;
import java.math.BigDecimal;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PricesTest {
    @Test
    void takesTheListPriceOfTheProvidersOwnService() {
        assertEquals(
                Optional.of(new BigDecimal("0.75")),
                Prices.cost(ModelSpec.of(Provider.OPENAI, "x"), 1_000_000, 1_000_000));
        assertEquals(
                Optional.of(new BigDecimal("0.00025")), Prices.cost(ModelSpec.of(Provider.ANTHROPIC, "x"), 1_000, 0));
    }

    @Test
    void knowsNoPriceOfTheSameModelElsewhereOrOfAnotherModel() {
        ModelSpec elsewhere = ModelSpec.of(Provider.OPENAI, "x", "gpt-4o-mini", "https://proxy.example.org/v1");

        assertEquals(Optional.empty(), Prices.cost(elsewhere, 1, 1));
        assertEquals(
                Optional.empty(), Prices.cost(ModelSpec.of(Provider.OPENAI, "x").withModelName("gpt-99"), 1, 1));
        assertEquals(Optional.empty(), Prices.cost(ModelSpec.of(Provider.MISTRAL, "x"), 1, 1));
    }

    @Test
    void whatTheConfigurationSaysGoesFirst() {
        ModelSpec spec = ModelSpec.of(Provider.OPENAI, "x")
                .withParameters(ModelParameters.DEFAULT.withPrices(BigDecimal.TEN, BigDecimal.ONE));

        assertEquals(Optional.of(new BigDecimal("0.011")), Prices.cost(spec, 1_000, 1_000));
    }
}
