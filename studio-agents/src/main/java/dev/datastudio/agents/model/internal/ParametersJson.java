package dev.datastudio.agents.model.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.datastudio.agents.model.ModelParameters;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.StreamSupport;

/** The parameters of a model as JSON: what is not set is left out. */
public final class ParametersJson {
    /** All names, in the order in which they are written. */
    public static final List<String> NAMES = List.of(
            "temperature",
            "top_p",
            "max_tokens",
            "timeout_seconds",
            "max_retries",
            "api_version",
            "input_price_per_million",
            "output_price_per_million");

    private static final int MILLIS = 1_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private ParametersJson() {}

    public static ObjectNode write(ModelParameters parameters) {
        ObjectNode json = JSON.createObjectNode();
        parameters.temperature().ifPresent(value -> json.put("temperature", value));
        parameters.topP().ifPresent(value -> json.put("top_p", value));
        parameters.maxTokens().ifPresent(value -> json.put("max_tokens", value));
        long millis = parameters.timeout().toMillis();
        if (millis % MILLIS == 0) {
            json.put("timeout_seconds", millis / MILLIS);
        } else {
            json.put("timeout_seconds", BigDecimal.valueOf(millis, 3));
        }
        json.put("max_retries", parameters.maxRetries());
        if (!parameters.apiVersion().isEmpty()) {
            json.put("api_version", parameters.apiVersion());
        }
        parameters.inputPrice().ifPresent(value -> json.put("input_price_per_million", value));
        parameters.outputPrice().ifPresent(value -> json.put("output_price_per_million", value));
        return json;
    }

    /**
     * Reads what {@link #write} wrote or a person wrote.
     *
     * @throws StudioException INVALID_ARGUMENT for an unknown name or a value of another kind
     */
    public static ModelParameters read(JsonNode json) {
        if (json.isMissingNode() || json.isNull()) {
            return ModelParameters.DEFAULT;
        }
        requireKnown(json);
        Optional<BigDecimal> seconds = number(json, "timeout_seconds");
        return new ModelParameters(
                number(json, "temperature")
                        .map(value -> OptionalDouble.of(value.doubleValue()))
                        .orElse(OptionalDouble.empty()),
                number(json, "top_p")
                        .map(value -> OptionalDouble.of(value.doubleValue()))
                        .orElse(OptionalDouble.empty()),
                whole(json, "max_tokens"),
                seconds.map(value -> Duration.ofMillis(value.movePointRight(3).longValue()))
                        .orElse(ModelParameters.DEFAULT.timeout()),
                whole(json, "max_retries").orElse(ModelParameters.DEFAULT.maxRetries()),
                json.path("api_version").asText(),
                number(json, "input_price_per_million"),
                number(json, "output_price_per_million"));
    }

    /** Reads what a person wrote as names and values. */
    public static ModelParameters read(Map<String, String> values) {
        ObjectNode json = JSON.createObjectNode();
        values.forEach(json::put);
        return read(json);
    }

    private static void requireKnown(JsonNode json) {
        if (!json.isObject()) {
            throw wrong("The parameters of a model must be a JSON object, were " + StudioException.quote(json));
        }
        List<String> unknown = StreamSupport.stream(((Iterable<String>) json::fieldNames).spliterator(), false)
                .filter(name -> !NAMES.contains(name))
                .toList();
        if (!unknown.isEmpty()) {
            throw wrong("A model has no parameter " + StudioException.quote(unknown.get(0)));
        }
    }

    private static Optional<BigDecimal> number(JsonNode json, String name) {
        JsonNode value = json.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        try {
            BigDecimal number = new BigDecimal(value.asText());
            if (Math.abs((long) number.scale()) > 20 || number.precision() > 20) {
                throw new NumberFormatException("too many digits");
            }
            return Optional.of(number);
        } catch (NumberFormatException e) {
            throw wrong("The parameter " + name + " must be a number, was " + StudioException.quote(value.asText()));
        }
    }

    private static OptionalInt whole(JsonNode json, String name) {
        Optional<BigDecimal> number = number(json, name);
        if (number.isEmpty()) {
            return OptionalInt.empty();
        }
        try {
            return OptionalInt.of(number.get().intValueExact());
        } catch (ArithmeticException e) {
            throw wrong(
                    "The parameter " + name + " must be a whole number, was " + StudioException.quote(number.get()));
        }
    }

    private static StudioException wrong(String what) {
        return new StudioException(ErrorCode.INVALID_ARGUMENT, what, "The parameters are " + String.join(", ", NAMES));
    }
}
