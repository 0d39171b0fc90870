package dev.datastudio.agents.model.internal;

import dev.datastudio.agents.model.ModelConfig;
import dev.datastudio.api.secret.Secret;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import org.jspecify.annotations.Nullable;

/** Makes models that share their connections, which are opened when first needed. Thread-safe. */
public final class Connections implements AutoCloseable {
    private final EndpointRules endpoints;
    private @Nullable ModelHttp guarded;
    private @Nullable ModelHttp trusted;
    private boolean isClosed;

    /**
     * Without connections yet.
     *
     * @param endpoints where the requests may go
     */
    public Connections(EndpointRules endpoints) {
        this.endpoints = endpoints;
    }

    /** A model that answers as a whole. */
    public ChatModel chat(ModelConfig config, Secret key) {
        return ProviderModels.with(config.spec().provider(), models -> models.chat(access(config, key)));
    }

    /** A model that answers piece by piece. */
    public StreamingChatModel streaming(ModelConfig config, Secret key) {
        return ProviderModels.with(config.spec().provider(), models -> models.streaming(access(config, key)));
    }

    private ProviderModels.Access access(ModelConfig config, Secret key) {
        ModelHttp http = http(config);
        HttpClientBuilder client = http.clientFor(
                key,
                config.spec().parameters().timeout(),
                config.spec().parameters().maxRetries());
        return new ProviderModels.Access(config.spec(), key, client);
    }

    /** What the environment says is the host program's own word; what people say is checked. */
    private synchronized ModelHttp http(ModelConfig config) {
        if (isClosed) {
            throw new IllegalStateException("The studio is closed; open it again to use it");
        }
        if (config.isFromEnvironment()) {
            ModelHttp open = trusted == null
                    ? new ModelHttp(endpoints.trusting(config.spec()).guard())
                    : trusted;
            trusted = open;
            return open;
        }
        endpoints.require(config.spec());
        ModelHttp open = guarded == null ? new ModelHttp(endpoints.guard()) : guarded;
        guarded = open;
        return open;
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        if (guarded != null) {
            guarded.close();
        }
        if (trusted != null) {
            trusted.close();
        }
    }
}
