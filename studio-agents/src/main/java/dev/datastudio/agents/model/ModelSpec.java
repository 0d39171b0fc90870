package dev.datastudio.agents.model;

import dev.datastudio.agents.model.internal.SpecRules;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.util.Objects;

/**
 * What a configuration of a model says. One that breaks a rule can't be made. Immutable; holds no key.
 *
 * @param name what people call it, 1 to 100 characters, no line break
 * @param provider who offers the model
 * @param modelName the model's name at the service, or the deployment's in Azure; as given, never empty
 * @param endpoint where the service is reached: {@code https://} or, on hosts that the host program allows,
 *     {@code http://}, without user, query and fragment; never empty, and without a slash at its end
 * @param parameters how it is called
 */
public record ModelSpec(String name, Provider provider, String modelName, String endpoint, ModelParameters parameters) {
    /**
     * An empty {@code modelName} or {@code endpoint} becomes the provider's.
     *
     * @throws StudioException {@link ErrorCode#INVALID_ARGUMENT} that names every part that breaks its rule
     */
    public ModelSpec {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(provider, "provider");
        Objects.requireNonNull(parameters, "parameters");
        modelName = modelName.isBlank() ? provider.defaultModel() : modelName.strip();
        endpoint = SpecRules.normalised(endpoint.isBlank() ? provider.defaultEndpoint() : endpoint.strip());
        new SpecRules(name, provider, modelName, endpoint, parameters).check();
    }

    /** The default model of a provider at its own service. */
    public static ModelSpec of(Provider provider, String name) {
        return new ModelSpec(name, provider, "", "", ModelParameters.DEFAULT);
    }

    /** A model at a place of one's own. */
    public static ModelSpec of(Provider provider, String name, String modelName, String endpoint) {
        return new ModelSpec(name, provider, modelName, endpoint, ModelParameters.DEFAULT);
    }

    /** With another name. */
    public ModelSpec withName(String value) {
        return new ModelSpec(value, provider, modelName, endpoint, parameters);
    }

    /** With another model of the service. */
    public ModelSpec withModelName(String value) {
        return new ModelSpec(name, provider, value, endpoint, parameters);
    }

    /** At another place. */
    public ModelSpec withEndpoint(String value) {
        return new ModelSpec(name, provider, modelName, value, parameters);
    }

    /** Called in another way. */
    public ModelSpec withParameters(ModelParameters value) {
        return new ModelSpec(name, provider, modelName, endpoint, value);
    }
}
