package dev.datastudio.app.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.datastudio.agents.model.ModelParameters;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * How a model is called. What is absent is as the service has it.
 *
 * @param temperature 0 to 2
 * @param topP more than 0 and at most 1
 * @param maxTokens how many tokens an answer may have
 * @param timeoutSeconds how long a whole answer may take, 0.1 to 3600; 60 unless told
 * @param maxRetries how often a request is sent again, 0 to 10; 2 unless told
 * @param apiVersion of Azure OpenAI
 * @param inputPrice what 1,000,000 tokens that are read cost, in US dollars
 * @param outputPrice the same for tokens that are written
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ModelSettings(
        @Nullable Double temperature,
        @JsonProperty("top_p") @Nullable Double topP,
        @JsonProperty("max_tokens") @Nullable Integer maxTokens,
        @JsonProperty("timeout_seconds") @Nullable BigDecimal timeoutSeconds,
        @JsonProperty("max_retries") @Nullable Integer maxRetries,
        @JsonProperty("api_version") @Nullable String apiVersion,
        @JsonProperty("input_price_per_million") @Nullable BigDecimal inputPrice,
        @JsonProperty("output_price_per_million") @Nullable BigDecimal outputPrice) {
    static ModelSettings of(ModelParameters parameters) {
        return new ModelSettings(
                parameters.temperature().isPresent() ? parameters.temperature().getAsDouble() : null,
                parameters.topP().isPresent() ? parameters.topP().getAsDouble() : null,
                parameters.maxTokens().isPresent() ? parameters.maxTokens().getAsInt() : null,
                BigDecimal.valueOf(parameters.timeout().toMillis(), 3).stripTrailingZeros(),
                parameters.maxRetries(),
                parameters.apiVersion().isEmpty() ? null : parameters.apiVersion(),
                parameters.inputPrice().orElse(null),
                parameters.outputPrice().orElse(null));
    }
}
