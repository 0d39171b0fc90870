package dev.datastudio.testkit.model;

/** The protocols of chat models that a {@link ScriptedModelServer} speaks, each below a base URL of its own. */
public enum ModelProtocol {
    /** Chat completions of OpenAI, as most services and local servers speak it. */
    OPENAI("/v1"),
    /** Chat completions of Azure OpenAI: the deployment stands in the path. */
    AZURE_OPENAI("/azure"),
    /** Messages of Anthropic. */
    ANTHROPIC("/anthropic/v1"),
    /** Chat of Ollama: a JSON object a line instead of server-sent events. */
    OLLAMA("/ollama"),
    /** Chat completions of Mistral: those of OpenAI, with the usage in the last chunk of a stream. */
    MISTRAL("/mistral/v1");

    private final String path;

    ModelProtocol(String path) {
        this.path = path;
    }

    /** Where its base URL leads to, such as {@code /v1}. */
    String path() {
        return path;
    }

    /** How it writes requests and answers. */
    ModelWire wire() {
        return switch (this) {
            case OPENAI, AZURE_OPENAI -> new OpenAiWire(OpenAiWire.UsageAt.OWN_CHUNK);
            case ANTHROPIC -> new AnthropicWire();
            case OLLAMA -> new OllamaWire();
            case MISTRAL -> new OpenAiWire(OpenAiWire.UsageAt.LAST_CHUNK);
        };
    }

    /** The model that is asked for: for Azure the deployment in the path, else what the body says. */
    String model(String inBody, String target) {
        String[] parts = target.split("/", -1);
        return this == AZURE_OPENAI ? parts[parts.length - 3] : inBody;
    }

    /** Whether a request is one for an answer: path without query. */
    boolean isAsked(String target) {
        int query = target.indexOf('?');
        String asked = query < 0 ? target : target.substring(0, query);
        return switch (this) {
            case OPENAI, MISTRAL -> asked.equals(path + "/chat/completions");
            case AZURE_OPENAI -> asked.startsWith(path + "/openai/deployments/") && asked.endsWith("/chat/completions");
            case ANTHROPIC -> asked.equals(path + "/messages");
            case OLLAMA -> asked.equals(path + "/api/chat");
        };
    }
}
