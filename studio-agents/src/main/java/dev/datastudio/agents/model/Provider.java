package dev.datastudio.agents.model;

import dev.datastudio.agents.model.internal.ProviderDefaults;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Who offers a model, which decides the protocol that is spoken. */
public enum Provider {
    /** OpenAI. */
    OPENAI,
    /** OpenAI's models in Azure; the model's name is that of a deployment. */
    AZURE_OPENAI,
    /** Anthropic. */
    ANTHROPIC,
    /** A server of Ollama, by default on this machine. */
    OLLAMA,
    /** Mistral. */
    MISTRAL,
    /** Any other service or server that speaks OpenAI's chat completions. */
    GENERIC;

    /**
     * The provider of an id.
     *
     * @throws StudioException {@link ErrorCode#INVALID_ARGUMENT} when there is none, naming those there are
     */
    public static Provider parse(String id) {
        List<String> ids = Arrays.stream(values()).map(Provider::id).toList();
        int index = ids.indexOf(id.strip().toLowerCase(Locale.ROOT));
        if (index < 0) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "There is no provider of models " + StudioException.quote(id),
                    "Use one of " + ids);
        }
        return values()[index];
    }

    /** As it stands in JSON: {@code azure_openai}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What people call it: {@code Azure OpenAI}. */
    public String title() {
        return ProviderDefaults.of(this).title();
    }

    /** The model that is used unless another one is named; empty for {@link #GENERIC}. */
    public String defaultModel() {
        return ProviderDefaults.of(this).model();
    }

    /** The model for embeddings that is used unless another one is named; empty when there is none. */
    public String defaultEmbeddingModel() {
        return ProviderDefaults.of(this).embeddingModel();
    }

    /** Where it is reached unless told; empty for {@link #AZURE_OPENAI} and {@link #GENERIC}, which must be told. */
    public String defaultEndpoint() {
        return ProviderDefaults.of(this).endpoint();
    }

    /** Whether its service takes requests without a key: {@link #OLLAMA} and {@link #GENERIC} may. */
    public boolean worksWithoutKey() {
        return this == OLLAMA || this == GENERIC;
    }
}
