package dev.datastudio.agents.model.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.datastudio.agents.model.ModelParameters;
import dev.datastudio.agents.model.ModelSpec;
import dev.datastudio.agents.model.Provider;
import dev.datastudio.api.secret.Secret;
import dev.datastudio.core.fetch.UrlGuard;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class OpenAiParametersTest {
    private static final ModelParameters LIMITED = ModelParameters.DEFAULT.withMaxTokens(77);

    @Test
    void theLimitOfAnswersHasTheNameThatTheServiceKnows() {
        OpenAiChatRequestParameters own = parameters(ModelSpec.of(Provider.OPENAI, "own"));
        OpenAiChatRequestParameters other =
                parameters(ModelSpec.of(Provider.GENERIC, "other", "qwen", "https://models.example.org/v1"));

        assertEquals(77, own.maxCompletionTokens());
        assertEquals(77, other.maxOutputTokens());
        assertEquals(null, other.maxCompletionTokens());
    }

    private static OpenAiChatRequestParameters parameters(ModelSpec spec) {
        try (ModelHttp http = new ModelHttp(UrlGuard.DEFAULT)) {
            ProviderModels.Access access = new ProviderModels.Access(
                    spec.withParameters(LIMITED),
                    Secret.of("key"),
                    http.clientFor(Secret.of("key"), Duration.ofSeconds(1), 0));
            ChatRequestParameters parameters =
                    new OpenAiModels(OpenAiModels.Flavour.PLAIN).chat(access).defaultRequestParameters();
            return (OpenAiChatRequestParameters) parameters;
        }
    }
}
