package dev.datastudio.agents.model.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** What the parameters of a model may be. */
public record ParameterRules(
        OptionalDouble temperature,
        OptionalDouble topP,
        OptionalInt maxTokens,
        Duration timeout,
        int maxRetries,
        String apiVersion,
        Optional<BigDecimal> inputPrice,
        Optional<BigDecimal> outputPrice) {
    private static final int MAX_TOKENS = 1_000_000;
    private static final int MAX_RETRIES = 10;
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final BigDecimal MAX_PRICE = BigDecimal.valueOf(1_000_000);

    /**
     * Checks everything.
     *
     * @throws StudioException INVALID_ARGUMENT that names every value out of its range
     */
    public void check() {
        List<String> wrong = new ArrayList<>();
        temperature.ifPresent(value -> require(value >= 0 && value <= 2, "temperature in 0..2", value, wrong));
        topP.ifPresent(value -> require(value > 0 && value <= 1, "top_p more than 0 and at most 1", value, wrong));
        maxTokens.ifPresent(
                value -> require(value >= 1 && value <= MAX_TOKENS, "max_tokens in 1.." + MAX_TOKENS, value, wrong));
        require(
                timeout.compareTo(SHORTEST) >= 0 && timeout.compareTo(LONGEST) <= 0,
                "timeout_seconds in 0.1..3600",
                timeout.toMillis() / 1000.0,
                wrong);
        require(maxRetries >= 0 && maxRetries <= MAX_RETRIES, "max_retries in 0.." + MAX_RETRIES, maxRetries, wrong);
        require(
                apiVersion.matches("[0-9A-Za-z.-]{0,40}"),
                "api_version of at most 40 letters, digits, '.' and '-'",
                apiVersion,
                wrong);
        inputPrice.ifPresent(value -> requirePrice("input_price_per_million", value, wrong));
        outputPrice.ifPresent(value -> requirePrice("output_price_per_million", value, wrong));
        throwIfAny("The parameters of a model", wrong);
    }

    private static void requirePrice(String name, BigDecimal value, List<String> wrong) {
        require(value.signum() >= 0 && value.compareTo(MAX_PRICE) <= 0, name + " in 0..1000000", value, wrong);
    }

    static void require(boolean isRight, String rule, Object value, List<String> wrong) {
        if (!isRight) {
            wrong.add(rule + ", was " + StudioException.quote(value));
        }
    }

    static void throwIfAny(String what, List<String> wrong) {
        if (!wrong.isEmpty()) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    what + " must have " + String.join("; ", wrong),
                    "Correct what is named and try again");
        }
    }
}
