package dev.datastudio.agents.model.internal;

import dev.datastudio.agents.model.ModelSpec;
import dev.datastudio.agents.model.Provider;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.secret.Secret;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import java.util.function.Function;

/** Makes the models of LangChain4j's provider modules, each of which may be missing. */
public interface ProviderModels {
    /** A model that answers as a whole. It does not retry; the HTTP client does. */
    ChatModel chat(Access access);

    /** A model that answers piece by piece. */
    StreamingChatModel streaming(Access access);

    /**
     * What is needed to reach a model.
     *
     * @param http sends the requests
     */
    record Access(ModelSpec spec, Secret key, HttpClientBuilder http) {}

    /**
     * Makes something with the models of a provider.
     *
     * @throws StudioException DEPENDENCY_MISSING that names the module
     */
    static <T> T with(Provider provider, Function<ProviderModels, T> use) {
        try {
            return use.apply(of(provider));
        } catch (NoClassDefFoundError e) {
            throw new StudioException(
                    ErrorCode.DEPENDENCY_MISSING,
                    "Models of " + provider.title() + " can't be used, as LangChain4j's module for them is missing",
                    "Add " + coordinates(provider) + " to the class path",
                    e);
        }
    }

    private static ProviderModels of(Provider provider) {
        return switch (provider) {
            case OPENAI, GENERIC -> new OpenAiModels(OpenAiModels.Flavour.PLAIN);
            case AZURE_OPENAI -> new OpenAiModels(OpenAiModels.Flavour.AZURE);
            case ANTHROPIC -> new AnthropicModels();
            case OLLAMA -> new OllamaModels();
            case MISTRAL -> new MistralModels();
        };
    }

    /** The Maven coordinates of the module that a provider needs. */
    static String coordinates(Provider provider) {
        return switch (provider) {
            case OPENAI, GENERIC, AZURE_OPENAI -> "dev.langchain4j:langchain4j-open-ai:1.18.1";
            case ANTHROPIC -> "dev.langchain4j:langchain4j-anthropic:1.18.0";
            case OLLAMA -> "dev.langchain4j:langchain4j-ollama:1.18.1";
            case MISTRAL -> "dev.langchain4j:langchain4j-mistral-ai:1.18.1";
        };
    }
}
