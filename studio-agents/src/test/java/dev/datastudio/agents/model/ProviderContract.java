package dev.datastudio.agents.model;

import dev.datastudio.api.secret.Secret;
import dev.datastudio.core.Studio;
import dev.datastudio.testkit.model.ChatModelContract;
import dev.datastudio.testkit.model.ModelProtocol;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The models of one provider as {@link Models} makes them. */
abstract class ProviderContract extends ChatModelContract {
    private static Studio studio;

    private final Provider provider;
    private final ModelProtocol protocol;

    ProviderContract(Provider provider, ModelProtocol protocol) {
        this.provider = provider;
        this.protocol = protocol;
    }

    @BeforeAll
    static void open() {
        studio = Studio.inMemory();
    }

    @AfterAll
    static void closeStudio() {
        studio.close();
    }

    @Override
    protected ModelProtocol protocol() {
        return protocol;
    }

    @Override
    protected ChatModel chat(Setup setup) {
        Models models = Models.of(studio).in(ModelUse.NONE.stoppedBy(setup.cancellation()));
        return models.create(config(models, setup));
    }

    @Override
    protected StreamingChatModel streaming(Setup setup) {
        Models models = Models.of(studio).in(ModelUse.NONE.stoppedBy(setup.cancellation()));
        return models.createStreaming(config(models, setup));
    }

    private ModelConfig config(Models models, Setup setup) {
        ModelParameters parameters =
                ModelParameters.DEFAULT.withTimeout(setup.timeout()).withMaxRetries(setup.maxRetries());
        ModelSpec spec = new ModelSpec(
                UUID.randomUUID().toString(),
                provider,
                setup.modelName(),
                setup.server().baseUrl(protocol),
                parameters);
        return models.configs().create(spec, ModelScope.USER, Secret.of(setup.key()));
    }
}
