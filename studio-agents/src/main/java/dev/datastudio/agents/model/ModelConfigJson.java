package dev.datastudio.agents.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.datastudio.agents.model.internal.ParametersJson;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.secret.Secret;
import java.util.List;
import java.util.Map;

/** Configurations of models as JSON for other programs; keys go in and never come out. */
public final class ModelConfigJson {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private ModelConfigJson() {}

    /**
     * What somebody wants to keep.
     *
     * @param key empty when none was given
     */
    public record Input(ModelSpec spec, ModelScope scope, Secret key) {}

    /** One configuration: {@code id, name, provider, model_name, endpoint_url, is_active, configuration, ...}. */
    public static String write(ModelConfig config) {
        return node(config).toString();
    }

    /** Several of them, as an array. */
    public static String write(List<ModelConfig> configs) {
        ArrayNode array = JSON.createArrayNode();
        configs.forEach(config -> array.add(node(config)));
        return array.toString();
    }

    /** What can answer: {@code agent_available, llm_configured, active_config}. */
    public static String write(ModelCapabilities capabilities) {
        ObjectNode json = JSON.createObjectNode();
        json.put("agent_available", capabilities.isAgentAvailable());
        json.put("llm_configured", capabilities.isModelConfigured());
        json.putNull("active_config");
        capabilities.activeConfig().ifPresent(config -> json.set("active_config", head(config)));
        return json.toString();
    }

    /** What came of trying a model: {@code ok, millis} and {@code model_name} or {@code code, message, mend}. */
    public static String write(ModelCheck check) {
        ObjectNode json = JSON.createObjectNode();
        json.put("ok", check.works());
        json.put("millis", check.took().toMillis());
        if (check instanceof ModelCheck.Answered answered) {
            json.put("model_name", answered.modelName());
        } else if (check instanceof ModelCheck.Failed failed) {
            json.put("code", failed.code().name());
            json.put("message", failed.what());
            json.put("mend", failed.mend());
        } else {
            throw new AssertionError(check);
        }
        return json.toString();
    }

    private static ObjectNode head(ModelConfig config) {
        return JSON.createObjectNode()
                .put("id", config.id().toString())
                .put("name", config.name())
                .put("provider", config.spec().provider().id())
                .put("model_name", config.spec().modelName())
                .put("endpoint_url", config.spec().endpoint());
    }

    private static ObjectNode node(ModelConfig config) {
        ObjectNode json = head(config);
        json.put("is_active", config.isActive());
        json.set("configuration", ParametersJson.write(config.spec().parameters()));
        json.put("scope", config.scope().id());
        json.put("has_key", config.hasKey());
        json.put("from_environment", config.isFromEnvironment());
        json.put("revision", config.revision());
        return json;
    }

    /**
     * Reads what somebody wants to keep: {@code name} and {@code provider}, and, where they are not the provider's,
     * {@code model_name}, {@code endpoint_url}, {@code configuration}; {@code scope} ({@code tenant} unless told) and
     * {@code api_key}. Other names are ignored.
     *
     * @throws StudioException {@link ErrorCode#INVALID_ARGUMENT}; its message does not repeat the JSON, which has a key
     */
    public static Input read(String json) {
        JsonNode root = parse(json);
        ModelSpec spec = new ModelSpec(
                root.path("name").asText(),
                Provider.parse(root.path("provider").asText()),
                text(root, "model_name"),
                text(root, "endpoint_url"),
                ParametersJson.read(root.path("configuration")));
        return new Input(spec, scope(text(root, "scope")), Secret.of(text(root, "api_key")));
    }

    /**
     * Reads parameters that a person wrote as names and values, such as {@code temperature} and {@code 0.2}.
     *
     * @throws StudioException {@link ErrorCode#INVALID_ARGUMENT} for an unknown name or a value that does not fit
     */
    public static ModelParameters parameters(Map<String, String> values) {
        return ParametersJson.read(values);
    }

    private static String text(JsonNode root, String name) {
        return root.path(name).isNull() ? "" : root.path(name).asText();
    }

    private static ModelScope scope(String id) {
        if (id.isEmpty() || id.equals(ModelScope.TENANT.id())) {
            return ModelScope.TENANT;
        }
        if (id.equals(ModelScope.USER.id())) {
            return ModelScope.USER;
        }
        throw new StudioException(
                ErrorCode.INVALID_ARGUMENT,
                "A model has no scope " + StudioException.quote(id),
                "Use tenant, for everybody, or user, for yourself");
    }

    private static JsonNode parse(String json) {
        try {
            JsonNode root = JSON.readTree(json);
            if (root.isObject()) {
                return root;
            }
        } catch (JsonProcessingException e) {
            throw notAnObject(); // without the cause, which would quote the key
        }
        throw notAnObject();
    }

    private static StudioException notAnObject() {
        return new StudioException(
                ErrorCode.INVALID_ARGUMENT,
                "A configuration of a model must be a JSON object",
                "Send name, provider and api_key, each as a text");
    }
}
