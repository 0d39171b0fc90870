package dev.datastudio.app.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a model shall be, for the description of the API: the body itself is read by the SDK, whose errors never repeat it.
 *
 * @param name what people call it, 1 to 100 characters
 * @param provider one of those that {@code GET /model-providers} lists
 * @param modelName the provider's default when absent
 * @param endpointUrl the provider's own when absent
 * @param configuration how it is called
 * @param scope {@code tenant} (unless told) for everybody of the organisation, {@code user} for yourself
 * @param apiKey write-only; in a change, absent leaves the key as it is
 */
@Schema(name = "ModelInput")
record ModelInput(
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) String name,
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) String provider,
        @JsonProperty("model_name") @Nullable String modelName,
        @JsonProperty("endpoint_url") @Nullable String endpointUrl,
        @Nullable ModelSettings configuration,

        @Schema(allowableValues = {"tenant", "user"}) @Nullable
        String scope,

        @JsonProperty("api_key") @Schema(accessMode = Schema.AccessMode.WRITE_ONLY) @Nullable
        String apiKey) {}
