package dev.datastudio.agents.model;

import dev.datastudio.agents.model.internal.ParameterRules;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * How a model is called. Immutable; begins at {@link #DEFAULT}.
 *
 * @param temperature 0 to 2; empty for the service's own
 * @param topP more than 0 and at most 1; empty for the service's own
 * @param maxTokens how many tokens an answer may have, 1 to 1,000,000; empty for the service's own limit
 * @param timeout how long a whole answer may take, and how long a streamed one may be silent; 100 milliseconds to 1 hour.
 *     A stream ends at the latest after ten times that
 * @param maxRetries how often a request is sent again after a connection failed or the service was busy (429) or broken
 *     (5xx), 0 to 10
 * @param apiVersion of {@link Provider#AZURE_OPENAI}, such as {@code 2024-10-21}; of others empty
 * @param inputPrice what 1,000,000 tokens that are read cost, in US dollars; empty for the list price, if there is one
 * @param outputPrice the same for tokens that are written
 */
public record ModelParameters(
        OptionalDouble temperature,
        OptionalDouble topP,
        OptionalInt maxTokens,
        Duration timeout,
        int maxRetries,
        String apiVersion,
        Optional<BigDecimal> inputPrice,
        Optional<BigDecimal> outputPrice) {
    /** 60 seconds, 2 retries, and everything else as the service has it. */
    public static final ModelParameters DEFAULT = new ModelParameters(
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalInt.empty(),
            Duration.ofSeconds(60),
            2,
            "",
            Optional.empty(),
            Optional.empty());

    /** @throws StudioException {@link ErrorCode#INVALID_ARGUMENT} that names every value out of its range */
    public ModelParameters {
        Objects.requireNonNull(temperature, "temperature");
        Objects.requireNonNull(topP, "topP");
        Objects.requireNonNull(maxTokens, "maxTokens");
        Objects.requireNonNull(timeout, "timeout");
        Objects.requireNonNull(apiVersion, "apiVersion");
        Objects.requireNonNull(inputPrice, "inputPrice");
        Objects.requireNonNull(outputPrice, "outputPrice");
        new ParameterRules(temperature, topP, maxTokens, timeout, maxRetries, apiVersion, inputPrice, outputPrice)
                .check();
    }

    /** With this temperature. */
    public ModelParameters withTemperature(double value) {
        return new ModelParameters(
                OptionalDouble.of(value), topP, maxTokens, timeout, maxRetries, apiVersion, inputPrice, outputPrice);
    }

    /** With this nucleus of probability. */
    public ModelParameters withTopP(double value) {
        return new ModelParameters(
                temperature,
                OptionalDouble.of(value),
                maxTokens,
                timeout,
                maxRetries,
                apiVersion,
                inputPrice,
                outputPrice);
    }

    /** With this limit for answers. */
    public ModelParameters withMaxTokens(int value) {
        return new ModelParameters(
                temperature, topP, OptionalInt.of(value), timeout, maxRetries, apiVersion, inputPrice, outputPrice);
    }

    /** With this time limit. */
    public ModelParameters withTimeout(Duration value) {
        return new ModelParameters(
                temperature, topP, maxTokens, value, maxRetries, apiVersion, inputPrice, outputPrice);
    }

    /** With so many retries. */
    public ModelParameters withMaxRetries(int value) {
        return new ModelParameters(temperature, topP, maxTokens, timeout, value, apiVersion, inputPrice, outputPrice);
    }

    /** With this version of Azure's interface. */
    public ModelParameters withApiVersion(String value) {
        return new ModelParameters(temperature, topP, maxTokens, timeout, maxRetries, value, inputPrice, outputPrice);
    }

    /** With these prices of 1,000,000 tokens, in US dollars. */
    public ModelParameters withPrices(BigDecimal input, BigDecimal output) {
        return new ModelParameters(
                temperature, topP, maxTokens, timeout, maxRetries, apiVersion, Optional.of(input), Optional.of(output));
    }
}
